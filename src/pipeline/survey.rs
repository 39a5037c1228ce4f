//! Every post with its evidence, folded batch by batch: what the workbench looks at a corpus with.

use super::run::{Report, Run};
use super::worker::Fate;
use crate::error::Result;
use crate::interpret::evidence::Evidence;
use crate::read::post::Post;

/// Folds the posts of each batch into a `T` on any thread; `merge` gets these in input order on the calling thread.
///
/// `add` is told whether the post counts; one that is set aside (no text of its own, another language) says nothing. A file that breaks off
/// has given its posts up to there; the report names it.
///
/// # Errors
/// What `merge` returns, and a ledger that does not balance (a bug).
pub fn survey<T: Default + Send>(
    run: Run,
    add: impl Fn(&mut T, &Post, &Evidence, bool) + Sync,
    mut merge: impl FnMut(T) -> Result<()>,
) -> Result<Report> {
    run.each(
        |worker, interpreter, filter, batch| {
            let mut seen = T::default();
            let outcome = worker.read(interpreter, filter, batch, |post, evidence, fate| {
                add(&mut seen, post, evidence, fate == Fate::Analyzed);
            });
            (outcome, seen)
        },
        |_, seen| merge(seen),
    )
}
