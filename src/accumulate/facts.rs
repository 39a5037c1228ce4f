//! What a record says of a post, in a few bytes: records are all that grows with every post.

use serde::{Deserialize, Serialize};

use crate::interpret::evidence::{Side, Stance, Theme, Window};
use crate::lexicon::id::{
    AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId,
};

/// What a record says of a post; everything in it is an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Fact {
    /// A thing is named, not in passing.
    Names(Side),
    /// An occasion is spoken of; the key of the one wording behind it, or 0.
    Occasion(OccasionId, u32),
    /// A thing is tied to an occasion.
    Link(Entity, OccasionId, Window),
    /// A motive, of a thing or of nothing in particular.
    Motive(Option<Entity>, MotiveId, Role),
    /// A job: thing (or none), occasion, motive, its role, and whether the writer wants for something.
    Job(Option<Entity>, OccasionId, MotiveId, Role, bool),
    /// A relation: the loser, then the winner; for kinds without a winner the smaller, then the greater. The key of the one pattern
    /// behind it, or 0.
    Relation(RelationKind, Side, Side, u32),
    /// A thing is given up for nothing.
    Lost(Side),
    /// The speaker tells who he is.
    Customer(CustomerId),
    /// An essence, of a thing or of nothing in particular.
    Essence(Option<Entity>, EssenceId),
    /// A feature of a thing.
    Attribute(Entity, AttributeId, Stance),
    /// A step up the ladder; whether words of cause or purpose join the two.
    Step(Entity, Theme, Option<Theme>, bool),
    /// Arousal and imagery of what is said of a thing; only where either is above 0.
    Felt(Entity, Option<Theme>, u16, u16),
    /// A stage of the customer's way, of a thing or of nothing in particular.
    Stage(Option<Entity>, StageId, Stance),
}

/// Bytes that no fact needs: a relation of two brands takes 21.
const LONGEST: usize = 32;

/// The facts of a post in the form of postcard, one behind the other: a third of what they take as values.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Facts(Box<[u8]>);

impl Facts {
    /// The facts of a list.
    pub fn of(facts: &[Fact]) -> Self {
        let mut bytes = Vec::with_capacity(8 * facts.len());
        let mut room = [0; LONGEST];
        for fact in facts {
            let written = postcard::to_slice(fact, &mut room);
            debug_assert!(written.is_ok(), "{fact:?}");
            bytes.extend_from_slice(written.as_deref().unwrap_or_default());
        }
        Self(bytes.into_boxed_slice())
    }

    /// One by one, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = Fact> + Clone + '_ {
        let mut rest: &[u8] = &self.0;
        std::iter::from_fn(move || {
            let (fact, behind) = postcard::take_from_bytes(rest).ok()?;
            rest = behind;
            Some(fact)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::id::{BrandId, CategoryId};
    use proptest::prelude::*;

    fn fact() -> impl Strategy<Value = Fact> {
        (0u8..7, any::<u16>(), any::<u16>(), any::<u32>(), any::<bool>()).prop_map(|(kind, a, b, key, yes)| {
            let side = Side { category: CategoryId(a), brand: yes.then_some(BrandId(b)) };
            let thing = if yes { Entity::Brand(BrandId(a)) } else { Entity::Category(CategoryId(a)) };
            match kind {
                0 => Fact::Names(side),
                1 => Fact::Occasion(OccasionId(b), key),
                2 => Fact::Link(thing, OccasionId(b), Window::Hashtag),
                3 => Fact::Job(yes.then_some(thing), OccasionId(b), MotiveId(a), Role::Repeat, yes),
                4 => Fact::Relation(RelationKind::GoesWith, side, Side { brand: None, ..side }, key),
                5 => Fact::Step(thing, Theme::Essence(EssenceId(b)), yes.then_some(Theme::Motive(MotiveId(a))), yes),
                _ => Fact::Felt(thing, Some(Theme::Attribute(AttributeId(b))), a, b),
            }
        })
    }

    proptest! {
        #[test]
        fn they_come_back_as_they_were(facts in prop::collection::vec(fact(), 0..40)) {
            prop_assert_eq!(Facts::of(&facts).iter().collect::<Vec<_>>(), facts);
        }
    }
}
