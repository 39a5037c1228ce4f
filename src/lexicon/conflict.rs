//! The same surface in two categories or brands without a `resolve`: nothing could decide what it means.

use std::collections::BTreeMap;

use super::blocks::{self, Spot};
use super::entry::{Entry, Target};
use super::fault::Fault;
use super::source::Source;
use super::taxonomy::Taxonomy;

/// A fault for every surface that two entries claim plainly, at the second one.
pub(super) fn find(entries: &[Entry], taxonomy: &Taxonomy, layers: &[Vec<Source>]) -> Vec<Fault> {
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
                Some(other) => {
                    let [here, there] = [entry, other].map(|e| spot(e, taxonomy, layers, &term.surface));
                    let other = taxonomy.label(other.target);
                    faults.push(Fault {
                        code: "L803",
                        message: format!(
                            "`{}` stands here and in `{other}` too ({}:{}:{})",
                            term.surface, there.path, there.line, there.column
                        ),
                        path: here.path,
                        line: here.line,
                        column: here.column,
                        help:
                            "keep it where it belongs, or give each of the two a `resolve` with the words that decide"
                                .to_owned(),
                    });
                }
            }
        }
    }
    faults
}

/// Where an entry lists a surface; the entry itself where that cannot be found.
fn spot(entry: &Entry, taxonomy: &Taxonomy, layers: &[Vec<Source>], surface: &str) -> Spot {
    blocks::surface(layers, entry.target.kind(), &taxonomy.label(entry.target), surface).unwrap_or_else(|| Spot {
        path: entry.path.clone(),
        line: entry.line,
        column: 1,
    })
}
