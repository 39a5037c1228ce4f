//! The same surface in two categories or brands without a `resolve`: nothing could decide what it means. In an overlay it is taken from the entries
//! below: who writes `ford` into his own lexicon means his own.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::blocks::{self, Spot};
use super::entry::{Entry, Target};
use super::fault::Fault;
use super::source::Source;
use super::taxonomy::Taxonomy;

/// Who claims which surface, layer by layer.
#[derive(Default)]
pub(super) struct Claims {
    by_surface: FxHashMap<String, Vec<(usize, Target)>>,
}

impl Claims {
    /// Notes the plain surfaces of an entry of a layer; returns those that entries of lower layers must give up, with their owners.
    pub(super) fn take(&mut self, layer: usize, entry: &Entry) -> Vec<(Target, String)> {
        let mut given_up = Vec::new();
        if !matches!(entry.target, Target::Category(_) | Target::Brand(_)) {
            return given_up;
        }
        let ambiguous = |surface: &str| entry.resolve.iter().flat_map(|r| &r.terms).any(|t| t.surface == surface);
        for resolve in entry.resolve.iter().flat_map(|r| &r.terms) {
            self.by_surface.entry(resolve.surface.clone()).or_default().push((layer, entry.target));
        }
        for term in entry.terms.iter().filter(|t| !ambiguous(&t.surface)) {
            let owners = self.by_surface.entry(term.surface.clone()).or_default();
            let lower = |&(of, target): &(usize, Target)| of < layer && target != entry.target;
            given_up.extend(owners.iter().filter(|o| lower(o)).map(|&(_, target)| (target, term.surface.clone())));
            owners.retain(|o| !lower(o));
            owners.push((layer, entry.target));
        }
        given_up
    }
}

/// Takes a surface from an entry.
pub(super) fn give_up(entry: &mut Entry, surface: &str) {
    entry.terms.change(|terms| terms.retain(|t| t.surface != surface));
    entry.resolve.change(|all| all.iter_mut().for_each(|one| one.terms.retain(|t| t.surface != surface)));
}

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
        path: entry.path.to_string(),
        line: entry.line,
        column: 1,
    })
}
