//! All records of a tally, with what many of them share.

use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use super::facts::{Fact, Facts};
use super::record::{Place, Record};

/// Records, what they say, and where they come from.
#[derive(Debug, Clone, Default)]
pub(super) struct Records {
    pub list: Vec<Record>,
    facts: Facts,
    places: Vec<Place>,
    numbers: FxHashMap<Place, u32>,
}

impl Records {
    /// Adds a post.
    pub fn push(&mut self, record: Record, place: Place, facts: &[Fact]) {
        let place = self.number(place);
        let entry = self.facts.add(record.entry, place, facts);
        self.list.push(Record { entry, ..record });
    }

    /// Adds other records.
    pub fn append(&mut self, mut other: Self) {
        if self.list.len() < other.list.len() {
            std::mem::swap(self, &mut other);
        }
        let numbers: Vec<u32> = other.places.iter().map(|&place| self.number(place)).collect();
        for record in other.list {
            let place = numbers[other.facts.place(record.entry) as usize];
            let entry = self.facts.add_from(&other.facts, record.entry, place);
            self.list.push(Record { entry, ..record });
        }
    }

    /// Sorts them: first by their key.
    pub fn sort(&mut self) {
        let mut list = std::mem::take(&mut self.list);
        list.sort_unstable_by(|a, b| self.order(a, self, b));
        self.list = list;
    }

    /// What a record says.
    pub fn facts<'r>(&'r self, record: &Record) -> impl Iterator<Item = Fact> + Clone + use<'r> {
        self.facts.of(record.entry)
    }

    /// Where it comes from.
    pub fn place(&self, record: &Record) -> &Place {
        &self.places[self.facts.place(record.entry) as usize]
    }

    /// The order of a record and one of others, which may be these.
    fn order(&self, one: &Record, others: &Self, other: &Record) -> Ordering {
        one.key.cmp(&other.key).then_with(|| {
            let ((before, after), (other_before, other_after)) = (one.keys(), other.keys());
            (before.cmp(&other_before))
                .then_with(|| self.place(one).cmp(others.place(other)))
                .then_with(|| after.cmp(&other_after))
                .then_with(|| self.facts.bytes(one.entry).cmp(others.facts.bytes(other.entry)))
        })
    }

    /// The number of a place.
    fn number(&mut self, place: Place) -> u32 {
        let next = self.places.len() as u32;
        *self.numbers.entry(place).or_insert_with(|| {
            self.places.push(place);
            next
        })
    }
}

/// Equal as sets: the order in which records came does not matter.
impl PartialEq for Records {
    fn eq(&self, other: &Self) -> bool {
        let (mut these, mut those) = (self.clone(), other.clone());
        these.sort();
        those.sort();
        let mut pairs = these.list.iter().zip(&those.list);
        self.list.len() == other.list.len() && pairs.all(|(one, other)| these.order(one, &those, other).is_eq())
    }
}
