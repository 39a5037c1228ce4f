//! What a record says of a post, in a few bytes: records are all that grows with every post.

use serde::{Deserialize, Serialize};

use super::number;
use crate::interpret::evidence::{Side, Stance, Theme, Window};
use crate::lexicon::id::{
    AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId,
};

/// What a record says of a post; everything in it is an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Fact {
    /// A thing is named, not in passing.
    Names(#[serde(with = "number::side")] Side),
    /// An occasion is spoken of; the key of the one wording behind it, or 0.
    Occasion(OccasionId, u32),
    /// A thing is tied to an occasion.
    Link(#[serde(with = "number::thing")] Entity, OccasionId, Window),
    /// A motive, of a thing or of nothing in particular.
    Motive(#[serde(with = "number::perhaps_thing")] Option<Entity>, MotiveId, Role),
    /// A job: thing (or none), occasion, motive, its role, and whether the writer wants for something.
    Job(#[serde(with = "number::perhaps_thing")] Option<Entity>, OccasionId, MotiveId, Role, bool),
    /// A relation: the loser, then the winner; for kinds without a winner the smaller, then the greater. The key of the one pattern
    /// behind it, or 0.
    Relation(RelationKind, #[serde(with = "number::side")] Side, #[serde(with = "number::side")] Side, u32),
    /// A thing is given up for nothing.
    Lost(#[serde(with = "number::side")] Side),
    /// The speaker tells who he is.
    Customer(CustomerId),
    /// An essence, of a thing or of nothing in particular.
    Essence(#[serde(with = "number::perhaps_thing")] Option<Entity>, EssenceId),
    /// A feature of a thing.
    Attribute(#[serde(with = "number::thing")] Entity, AttributeId, Stance),
    /// A step up the ladder; whether words of cause or purpose join the two.
    Step(
        #[serde(with = "number::thing")] Entity,
        #[serde(with = "number::what")] Theme,
        #[serde(with = "number::perhaps_what")] Option<Theme>,
        bool,
    ),
    /// Arousal and imagery of what is said of a thing; only where either is above 0.
    Felt(#[serde(with = "number::thing")] Entity, #[serde(with = "number::perhaps_what")] Option<Theme>, u16, u16),
    /// A stage of the customer's way, of a thing or of nothing in particular.
    Stage(#[serde(with = "number::perhaps_thing")] Option<Entity>, StageId, Stance),
}

/// Bytes that no fact needs: a relation of two brands takes 21.
const LONGEST: usize = 32;

/// The facts of many posts in the form of postcard, one behind the other: a third of what they take as values, and no memory of its own for
/// any post.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    bytes: Vec<u8>,
}

/// Where the facts of one post stand: where they begin in the upper 40 bits, how many bytes they take in the lower 24.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Stretch(u64);

/// Bits of a length: a text of 64 KB says far less.
const LENGTH: u32 = 24;

impl Facts {
    /// Adds the facts of a post.
    pub fn add(&mut self, facts: &[Fact]) -> Stretch {
        let start = self.bytes.len();
        let mut room = [0; LONGEST];
        for fact in facts {
            let written = postcard::to_slice(fact, &mut room);
            debug_assert!(written.is_ok(), "{fact:?}");
            self.bytes.extend_from_slice(written.as_deref().unwrap_or_default());
        }
        Stretch((start as u64) << LENGTH | (self.bytes.len() - start) as u64)
    }

    /// Adds the facts of others; every stretch of theirs then lies so much further back.
    pub fn append(&mut self, other: &mut Self) -> u64 {
        let by = self.bytes.len() as u64;
        self.bytes.append(&mut other.bytes);
        by
    }

    /// The facts of a post, as bytes.
    pub fn bytes(&self, Stretch(at): Stretch) -> &[u8] {
        let start = (at >> LENGTH) as usize;
        self.bytes.get(start..start + (at & ((1 << LENGTH) - 1)) as usize).unwrap_or_default()
    }

    /// The facts of a post one by one, in the order of the list.
    pub fn of<'f>(&'f self, stretch: Stretch) -> impl Iterator<Item = Fact> + Clone + use<'f> {
        let mut rest = self.bytes(stretch);
        std::iter::from_fn(move || {
            let (fact, behind) = postcard::take_from_bytes(rest).ok()?;
            rest = behind;
            Some(fact)
        })
    }
}

impl Stretch {
    /// The same stretch after [`Facts::append`].
    pub fn moved(self, by: u64) -> Self {
        Self(self.0 + (by << LENGTH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::id::{BrandId, CategoryId};
    use proptest::prelude::*;

    fn fact() -> impl Strategy<Value = Fact> {
        (0u8..13, any::<u16>(), any::<u16>(), any::<u32>(), any::<bool>()).prop_map(|(kind, a, b, key, yes)| {
            let side = Side { category: CategoryId(a), brand: yes.then_some(BrandId(b)) };
            let thing = if yes { Entity::Brand(BrandId(a)) } else { Entity::Category(CategoryId(a)) };
            match kind {
                0 => Fact::Names(side),
                1 => Fact::Occasion(OccasionId(b), key),
                2 => Fact::Link(thing, OccasionId(b), Window::Hashtag),
                3 => Fact::Job(yes.then_some(thing), OccasionId(b), MotiveId(a), Role::Repeat, yes),
                4 => Fact::Relation(RelationKind::GoesWith, side, Side { brand: None, ..side }, key),
                5 => Fact::Step(thing, Theme::Essence(EssenceId(b)), yes.then_some(Theme::Motive(MotiveId(a))), yes),
                6 => Fact::Lost(side),
                7 => Fact::Motive(yes.then_some(thing), MotiveId(b), Role::Avoid),
                8 => Fact::Essence(yes.then_some(thing), EssenceId(b)),
                9 => Fact::Attribute(thing, AttributeId(b), Stance::Wish),
                10 => Fact::Stage(yes.then_some(thing), StageId(b), Stance::Negative),
                11 => Fact::Step(thing, Theme::Occasion(OccasionId(b)), None, yes),
                _ => Fact::Felt(thing, Some(Theme::Attribute(AttributeId(b))), a, b),
            }
        })
    }

    proptest! {
        #[test]
        fn they_come_back_as_they_were(facts in prop::collection::vec(fact(), 0..40)) {
            let (mut first, mut store) = (Facts::default(), Facts::default());
            first.add(&[Fact::Customer(CustomerId(7))]);
            let at = store.add(&facts);
            let by = first.append(&mut store);
            prop_assert_eq!(first.of(at.moved(by)).collect::<Vec<_>>(), facts);
        }
    }
}
