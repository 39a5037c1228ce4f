//! `rival label`: one JSON line per post, in input order, streaming.

use smallvec::SmallVec;

use super::run::{Report, Run};
use crate::accumulate::ShownWords;
use crate::error::Result;
use crate::render::{LabelWriter, PostFacts};

/// Labels every post and hands the lines to `sink`, whole batches at a time, in input order.
///
/// Posts that are set aside (no text of their own, another language) get a line too, with empty lists. A file that breaks off has given
/// the lines up to there; the report names it.
///
/// # Errors
/// What `sink` returns.
pub fn label(run: Run, mut sink: impl FnMut(&[u8]) -> Result<()>) -> Result<Report> {
    let labels: Vec<String> = run.inputs.as_slice().iter().map(|input| input.label()).collect();
    let interpreter = run.interpreter.clone();
    let writer = LabelWriter::new(&interpreter.lexicon().taxonomy);
    run.each(
        |worker, interpreter, filter, batch| {
            let mut lines = Vec::with_capacity(batch.len() * 2);
            let outcome = worker.read(interpreter, filter, batch, |post, evidence, _| {
                let place = match &post.id {
                    Some(_) => String::new(),
                    None => format!("{}:{}", labels[post.origin.file as usize], post.origin.row),
                };
                let reception: SmallVec<[_; 4]> = post.reception.known().collect();
                let words = ShownWords::of(&post.text);
                let facts = PostFacts {
                    id: post.id.as_deref().unwrap_or(&place),
                    time: post.time.as_ref().map(|t| t.text.as_str()),
                    platform: post.platform.as_deref(),
                    words: &|range| words.at(range),
                    reception: &reception,
                };
                writer.write(&mut lines, &facts, evidence);
            });
            (outcome, lines)
        },
        |_, lines| sink(&lines),
    )
}
