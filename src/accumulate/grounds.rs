//! On what the evidence of a cell rests: where all that an author says in it was read by one brand's entry, by one wording of an
//! occasion or by one pattern of a relation, that one carries him (method §4, `max_term_influence`).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::fingerprint::mix;
use crate::interpret::evidence::{Trace, Wording};
use crate::lexicon::id::{BrandId, Entity, OccasionId, RelationKind, RuleId};
use crate::read::post::Post;

/// What evidence can rest on alone. A category's own words are not among them: without its name nothing would be left of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// A brand stands for its category.
    Brand(BrandId),
    /// A wording, by its key.
    Wording(u32),
}

/// A wording: its rule, and the words where it has some of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The rule.
    pub rule: RuleId,
    /// The words as somebody wrote them, in lower case; none for patterns and words that stand close together.
    pub words: Option<Box<str>>,
}

/// Authors of a cell who rest on one ground alone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Resting {
    /// How many.
    pub authors: u64,
    /// Their part of L(e,o) in units, over posts that may speak for e.
    pub about: u64,
    /// The same over posts that may enter shares between entities.
    pub free: u64,
}

/// Everything that rests on one ground alone, by at least two authors: one author alone carries no result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grounds {
    /// By cell of entity and occasion.
    pub links: BTreeMap<(Entity, OccasionId, Ground), Resting>,
    /// By relation: the loser, then the winner, and the key of the pattern; authors.
    pub pairs: BTreeMap<(RelationKind, Entity, Entity, u32), u64>,
    /// Wordings by their key.
    pub wordings: BTreeMap<u32, Said>,
}

/// The one ground of each sort on which a statement rests; `None` and 0 where there are several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Alone {
    pub brand: Option<BrandId>,
    pub wording: u32,
}

impl Alone {
    /// What two statements of one author for one cell rest on.
    pub fn and(self, other: Self) -> Self {
        Self {
            brand: self.brand.filter(|_| self.brand == other.brand),
            wording: if self.wording == other.wording { self.wording } else { 0 },
        }
    }

    /// The grounds.
    fn each(self) -> impl Iterator<Item = Ground> {
        let wording = (self.wording != 0).then_some(Ground::Wording(self.wording));
        self.brand.map(Ground::Brand).into_iter().chain(wording)
    }
}

/// The key of the one wording behind a statement; 0 where there are several.
pub(super) fn wording_key(traces: &[Trace]) -> u32 {
    let key = |trace: &Trace| (mix(u64::from(trace.rule.0), u64::from(trace.wording.0)) as u32).max(1);
    let Some(first) = traces.first().map(key) else { return 0 };
    if traces[1..].iter().all(|trace| key(trace) == first) { first } else { 0 }
}

/// The wordings of a tally by their key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wordings(BTreeMap<u32, Said>);

impl Wordings {
    /// Notes the words behind an occasion of a post.
    pub fn note_words(&mut self, post: &Post, traces: &[Trace]) {
        let (key, Some(trace)) = (wording_key(traces), traces.first()) else { return };
        if key == 0 {
            return;
        }
        let words = post.text.get(trace.span.range()).filter(|_| trace.wording != Wording::NEAR);
        match self.0.get_mut(&key) {
            None => {
                let words = words.map(|words| words.to_lowercase().into());
                self.0.insert(key, Said { rule: trace.rule, words });
            }
            // One wording is written in several ways; of these the first in order stands for all.
            Some(known) => {
                if let (Some(words), Some(shown)) = (words, &mut known.words)
                    && words != shown.as_ref()
                {
                    let words: Box<str> = words.to_lowercase().into();
                    if words < *shown {
                        *shown = words;
                    }
                }
            }
        }
    }

    /// Notes the pattern behind a relation.
    pub fn note_pattern(&mut self, traces: &[Trace]) {
        if let (key @ 1.., Some(trace)) = (wording_key(traces), traces.first()) {
            self.0.entry(key).or_insert(Said { rule: trace.rule, words: None });
        }
    }

    /// Adds those of another tally.
    pub fn merge(&mut self, other: Self) {
        for (key, said) in other.0 {
            let known = self.0.entry(key).or_insert_with(|| said.clone());
            if said < *known {
                *known = said;
            }
        }
    }

    /// Those of the keys that anything rests on.
    pub fn of(&self, grounds: &Grounds) -> BTreeMap<u32, Said> {
        let links = grounds.links.keys().filter_map(|&(.., ground)| match ground {
            Ground::Wording(key) => Some(key),
            Ground::Brand(_) => None,
        });
        let keys = links.chain(grounds.pairs.keys().map(|&(.., key)| key));
        keys.filter_map(|key| Some((key, self.0.get(&key)?.clone()))).collect()
    }
}

/// Grounds while they are being filled, one author at a time.
#[derive(Default)]
pub(super) struct Ledger {
    links: FxHashMap<(Entity, OccasionId, Ground), Resting>,
    pairs: FxHashMap<(RelationKind, Entity, Entity, u32), u64>,
}

impl Ledger {
    /// An author's link with the weights that it has.
    pub fn link(&mut self, entity: Entity, occasion: OccasionId, alone: Alone, about: u64, free: u64) {
        for ground in alone.each() {
            let resting = self.links.entry((entity, occasion, ground)).or_default();
            resting.authors += 1;
            resting.about += about;
            resting.free += free;
        }
    }

    /// An author's relation.
    pub fn pair(&mut self, (kind, loser, winner): (RelationKind, Entity, Entity), key: u32) {
        if key != 0 {
            *self.pairs.entry((kind, loser, winner, key)).or_default() += 1;
        }
    }

    /// What at least two authors rest on, in order.
    pub fn finish(self) -> Grounds {
        Grounds {
            links: self.links.into_iter().filter(|(_, resting)| resting.authors > 1).collect(),
            pairs: self.pairs.into_iter().filter(|&(_, authors)| authors > 1).collect(),
            wordings: BTreeMap::new(),
        }
    }
}
