//! How far the words of a post can be doubted as the reason they are quoted for: who reads a card must find in the quote what its line says.

use super::{Citation, READABLE, gap};
use crate::accumulate::expand::of_side;
use crate::interpret::evidence::{MotiveLabel, Relation, Stance};
use crate::lexicon::id::{Entity, RelationKind, Role};

/// Bytes between a thing and the words of a reason from which on they seldom share a clause: twenty Han characters, ten English words.
const CLAUSE: usize = 60;
/// The doubt where the post says the contrary too: more than all the others together.
const CONTESTED: u8 = 16;
/// The doubt where the reason is said once only, and where it is said twice: one word is misread sooner than three.
const SAID: [u8; 2] = [3, 1];
/// The doubt where it may be of another thing.
const ASTRAY: u8 = 3;

impl Citation<'_> {
    /// The doubt about a reason for a thing: the post says the contrary of it too, says it of something else as well, far from the thing, only
    /// once, in many words, or without a judgment of the thing.
    pub(super) fn doubt(&self, of: Entity, label: &MotiveLabel) -> u8 {
        let praised = label.role != Role::Avoid;
        let near = |(thing, words)| gap(&thing, &words) <= CLAUSE;
        let astray = [
            !label.of.iter().all(|&other| self.are_kin(of, other)),
            !self.nearest_pair(of, &label.traces).is_some_and(near),
        ];
        let weak = [
            !READABLE.contains(&self.record.chars()),
            !self.naming(of).any(|mention| mention.polarity == judgment(praised)),
        ];
        let held = |doubts: &[bool]| doubts.iter().map(|&doubt| u8::from(doubt)).sum::<u8>();
        let said = SAID.get(label.traces.len().saturating_sub(1)).copied().unwrap_or(0);
        CONTESTED * u8::from(self.is_contested(of, praised)) + said + ASTRAY * held(&astray) + held(&weak)
    }

    /// Whether the post also blames the thing that it praises or likes another better, or praises the one that it blames.
    pub(super) fn is_contested(&self, of: Entity, praised: bool) -> bool {
        let against = |label: &MotiveLabel| (label.role == Role::Avoid) == praised && label.of.contains(&of);
        let contrary = judgment(!praised);
        self.evidence.motives.iter().any(against)
            || self.naming(of).any(|mention| mention.polarity == contrary)
            || self.evidence.relations.iter().any(|relation| self.is_other(of, relation, praised))
    }

    /// Whether words of choosing or comparing set another thing above this one, or below it where it is blamed.
    fn is_other(&self, of: Entity, relation: &Relation, praised: bool) -> bool {
        let directed = matches!(relation.kind, RelationKind::InsteadOf | RelationKind::BetterThan);
        let side = if praised { relation.b } else { relation.a };
        directed && side.is_some_and(|side| of_side(side, self.taxonomy).any(|entity| entity == of))
    }

    /// Whether two things are one, or one is a kind of the other.
    fn are_kin(&self, one: Entity, other: Entity) -> bool {
        let category = |entity: Entity| match entity {
            Entity::Category(category) => category,
            Entity::Brand(brand) => self.taxonomy.brand(brand).home,
        };
        let brands = matches!((one, other), (Entity::Brand(_), Entity::Brand(_)));
        one == other || (!brands && self.taxonomy.same_lineage(category(one), category(other)))
    }
}

fn judgment(praised: bool) -> Stance {
    if praised { Stance::Positive } else { Stance::Negative }
}
