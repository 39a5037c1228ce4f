//! What the lexicons have already: not worth suggesting.

use rustc_hash::FxHashSet;

use crate::lexicon::{Class, Entry, Lexicon, Piece, Target, Term, Words};
use crate::matcher::{Channel, spellings};

/// Surfaces by what they are known for.
pub(super) struct Known {
    /// Words of the label itself: its surfaces, those of its rules, and what silences it.
    own: FxHashSet<String>,
    /// Surfaces of other labels of its kind, and names of things.
    others: FxHashSet<String>,
    /// Names of things; a longer phrase around one is no surface of an occasion or a motive.
    things: FxHashSet<String>,
    /// Whether the label is a category or a brand.
    pub names_things: bool,
}

impl Known {
    pub fn of(lexicon: &Lexicon, targets: &[Target]) -> Self {
        let kind = targets.first().map(|&t| Channel::of(t));
        let names_things = kind == Some(Channel::Mention);
        let empty = FxHashSet::default;
        let mut known = Self { own: empty(), others: empty(), things: empty(), names_things };
        for entry in &lexicon.entries {
            let noun = Channel::of(entry.target) == Channel::Mention;
            if targets.contains(&entry.target) {
                each_term(entry, &lexicon.classes, |t| known.own.extend(spellings(t, noun)));
                continue;
            }
            for term in surfaces(entry) {
                if noun && !names_things {
                    known.things.extend(spellings(term, noun));
                } else if Some(Channel::of(entry.target)) == kind {
                    known.others.extend(spellings(term, noun));
                }
            }
        }
        known
    }

    /// Whether a candidate is known: as a surface of this label, of another of its kind, or as the name of a thing.
    pub fn has(&self, candidate: &str) -> bool {
        self.own.contains(candidate) || self.others.contains(candidate) || self.things.contains(candidate)
    }

    /// Whether a candidate is only a longer phrase around something known.
    pub fn holds(&self, parts: impl Iterator<Item = String>) -> bool {
        parts.into_iter().any(|part| self.has(&part))
    }
}

fn surfaces(entry: &Entry) -> impl Iterator<Item = &Term> {
    entry.terms.iter().chain(entry.resolve.iter().flat_map(|r| &r.terms))
}

/// Every surface that stands anywhere in an entry, those of its classes too.
fn each_term(entry: &Entry, classes: &[Class], mut each: impl FnMut(&Term)) {
    let mut words = |words: &Words| {
        words.terms.iter().for_each(&mut each);
        words.classes.iter().flat_map(|&c| &classes[usize::from(c)].terms).for_each(&mut each);
    };
    entry.near.iter().flat_map(|n| &n.slots).for_each(&mut words);
    for (_, piece) in entry.sequences.iter().flat_map(|s| &s.pieces) {
        if let Piece::Words(w) | Piece::Absent(w) = piece {
            words(w);
        }
    }
    surfaces(entry).chain(&entry.unless).for_each(each);
}
