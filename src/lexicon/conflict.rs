//! The same surface in two categories or brands without a `resolve`: nothing could decide what it means.

use std::collections::BTreeMap;

use super::entry::{Entry, Target};
use super::fault::Fault;

/// A fault for every surface that two entries claim plainly, at the second one.
pub(super) fn find(entries: &[Entry]) -> Vec<Fault> {
    let mut claims: BTreeMap<&str, &Entry> = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in entries.iter().filter(|e| matches!(e.target, Target::Category(_) | Target::Brand(_))) {
        let ambiguous = |surface: &str| entry.resolve.iter().flat_map(|r| &r.terms).any(|t| t.surface == surface);
        for term in entry.terms.iter().filter(|t| !ambiguous(&t.surface)) {
            match claims.get(term.surface.as_str()) {
                None => {
                    claims.insert(&term.surface, entry);
                }
                Some(other) if other.rule == entry.rule => {}
                Some(other) => faults.push(Fault {
                    code: "L803",
                    path: entry.path.clone(),
                    line: entry.line,
                    column: 1,
                    message: format!("`{}` stands here and in {}:{} too", term.surface, other.path, other.line),
                    help: "keep it where it belongs, or give one of the two a `resolve` with the words that decide"
                        .to_owned(),
                }),
            }
        }
    }
    faults
}
