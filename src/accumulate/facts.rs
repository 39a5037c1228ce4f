//! What a record says of a post, in a few bytes: records are all that grows with every post.

use super::shorthand::{Reader, Writer, put_number, take_number};
use crate::interpret::evidence::{Side, Stance, Theme, Window};
use crate::lexicon::id::{
    AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId,
};

/// What a record says of a post; everything in it is an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The places and facts of many posts in shorthand, one behind the other: a fifth of what facts take as values, and no memory of its own for
/// any post. Of each there stand the number of its place, the length of its facts, and these.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    bytes: Vec<u8>,
    /// Where those of one post are written before their length is known.
    written: Vec<u8>,
}

/// Where the place and the facts of a post stand, in the upper 48 bits, and above nothing else but the characters of its text, in the lower 16.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry(u64);

impl Entry {
    /// That of a post of which no tally keeps anything yet.
    pub fn new(chars: u16) -> Self {
        Self(u64::from(chars))
    }

    /// Characters of the folded text.
    pub fn chars(self) -> u16 {
        self.0 as u16
    }

    fn start(self) -> usize {
        (self.0 >> u16::BITS) as usize
    }
}

impl Facts {
    /// Adds the place and the facts of a post.
    pub fn add(&mut self, entry: Entry, place: u32, facts: &[Fact]) -> Entry {
        let mut written = std::mem::take(&mut self.written);
        written.clear();
        let mut writer = Writer::new(&mut written);
        facts.iter().for_each(|&fact| writer.write(fact));
        let entry = self.add_written(entry, place, &written);
        self.written = written;
        entry
    }

    /// Adds the facts of a post of others, whose place has this number here.
    pub fn add_from(&mut self, others: &Self, entry: Entry, place: u32) -> Entry {
        self.add_written(entry, place, others.bytes(entry))
    }

    fn add_written(&mut self, entry: Entry, place: u32, facts: &[u8]) -> Entry {
        let start = self.bytes.len() as u64;
        put_number(&mut self.bytes, u64::from(place));
        put_number(&mut self.bytes, facts.len() as u64);
        self.bytes.extend_from_slice(facts);
        Entry(start << u16::BITS | u64::from(entry.chars()))
    }

    /// The number of the place of a post, and its facts as bytes.
    fn read(&self, entry: Entry) -> (u32, &[u8]) {
        let mut rest = self.bytes.get(entry.start()..).unwrap_or_default();
        match (take_number(&mut rest), take_number(&mut rest)) {
            (Some(place), Some(length)) => (place as u32, rest.get(..length as usize).unwrap_or_default()),
            _ => (0, &[]),
        }
    }

    /// The number of the place of a post.
    pub fn place(&self, entry: Entry) -> u32 {
        self.read(entry).0
    }

    /// The facts of a post, as bytes.
    pub fn bytes(&self, entry: Entry) -> &[u8] {
        self.read(entry).1
    }

    /// The facts of a post one by one, in the order of the list.
    pub fn of(&self, entry: Entry) -> Reader<'_> {
        Reader::of(self.bytes(entry))
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
            first.add(Entry::new(1), 3, &[Fact::Customer(CustomerId(7))]);
            let there = store.add(Entry::new(40_000), 5, &facts);
            let here = first.add_from(&store, there, 700);
            prop_assert_eq!((first.place(here), store.place(there), here.chars()), (700, 5, 40_000));
            prop_assert_eq!(first.of(here).collect::<Vec<_>>(), facts);
        }
    }
}
