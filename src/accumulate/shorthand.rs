//! How facts are written down. Each begins with a head: its kind, what else is small, and whether it is of the same thing as the fact before.
//! Things that a post has named already are told by their place among these; ids are numbers of seven bits a byte.

use smallvec::SmallVec;

use super::facts::Fact;
use super::number::{of_entity, of_perhaps, of_side, of_small_theme, perhaps, side, small_theme};
use crate::interpret::evidence::{Side, Stance, Theme, Window};
use crate::lexicon::id::{
    AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId,
};

const NAMES: u8 = 0;
const OCCASION: u8 = 1;
const LINK: u8 = 2;
const MOTIVE: u8 = 3;
const JOB: u8 = 4;
const RELATION: u8 = 5;
const LOST: u8 = 6;
const CUSTOMER: u8 = 7;
const ESSENCE: u8 = 8;
const ATTRIBUTE: u8 = 9;
const STEP: u8 = 10;
const FELT: u8 = 11;
const STAGE: u8 = 12;

/// The bits of the kind; above them stand three of what is small, and the last one.
const KIND: u8 = 0x0F;
/// What is small.
const SMALL: u32 = 4;
/// The thing is that of the fact before, or there is none to tell.
const SAME: u8 = 0x80;
/// In place of a place: the thing is new, and its number follows.
const NEW: u8 = u8::MAX;
/// Something that is set or not, beside a role of two bits.
const SET: u8 = 4;

const ROLES: [Role; 3] = [Role::Buy, Role::Avoid, Role::Repeat];
const STANCES: [Stance; 5] = [Stance::Positive, Stance::Negative, Stance::Wish, Stance::Ask, Stance::Neutral];
const WINDOWS: [Window; 5] = [Window::Clause, Window::Sentence, Window::Post, Window::Title, Window::Hashtag];

/// The things of a post in the order in which they came: the same for who writes and who reads.
#[derive(Debug, Clone, Default)]
struct Things {
    known: SmallVec<[u32; 8]>,
    /// That of the fact before.
    last: u32,
}

impl Things {
    /// Notes a thing, as far as there are places.
    fn know(&mut self, number: u32) {
        if self.known.len() < usize::from(NEW) && !self.known.contains(&number) {
            self.known.push(number);
        }
    }

    /// Notes what a side names.
    fn know_side(&mut self, side: Side) {
        self.know(of_perhaps(Some(Entity::Category(side.category))));
        side.brand.into_iter().for_each(|brand| self.know(of_perhaps(Some(Entity::Brand(brand)))));
    }
}

/// Writes the facts of one post.
pub(super) struct Writer<'b> {
    bytes: &'b mut Vec<u8>,
    things: Things,
}

impl<'b> Writer<'b> {
    /// A writer of another post.
    pub fn new(bytes: &'b mut Vec<u8>) -> Self {
        Self { bytes, things: Things::default() }
    }

    /// Writes a fact.
    pub fn write(&mut self, fact: Fact) {
        let some = |of: Entity| Some(of_entity(of) + 1);
        let perhaps = |of: Option<Entity>| Some(of_perhaps(of));
        match fact {
            Fact::Names(side) => {
                self.head(NAMES, 0, None, [of_side(side)]);
                self.things.know_side(side);
            }
            Fact::Occasion(id, wording) => {
                self.head(OCCASION, 0, None, [u64::from(id.0)]);
                self.key(wording);
            }
            Fact::Link(of, id, window) => self.head(LINK, window as u8, some(of), [u64::from(id.0)]),
            Fact::Motive(of, id, role) => self.head(MOTIVE, role as u8, perhaps(of), [u64::from(id.0)]),
            Fact::Job(of, occasion, motive, role, unmet) => {
                let small = role as u8 | if unmet { SET } else { 0 };
                self.head(JOB, small, perhaps(of), [u64::from(occasion.0), u64::from(motive.0)]);
            }
            Fact::Relation(kind, loser, winner, pattern) => {
                self.head(RELATION, kind as u8, None, [of_side(loser), of_side(winner)]);
                self.key(pattern);
            }
            Fact::Lost(side) => self.head(LOST, 0, None, [of_side(side)]),
            Fact::Customer(id) => self.head(CUSTOMER, 0, None, [u64::from(id.0)]),
            Fact::Essence(of, id) => self.head(ESSENCE, 0, perhaps(of), [u64::from(id.0)]),
            Fact::Attribute(of, id, stance) => self.head(ATTRIBUTE, stance as u8, some(of), [u64::from(id.0)]),
            Fact::Step(of, to, from, joined) => {
                self.head(STEP, u8::from(joined), some(of), [of_small_theme(to), of_perhaps_theme(from)]);
            }
            Fact::Felt(of, theme, arousal, imagery) => {
                let numbers = [of_perhaps_theme(theme), u64::from(arousal), u64::from(imagery)];
                self.head(FELT, 0, some(of), numbers);
            }
            Fact::Stage(of, id, stance) => self.head(STAGE, stance as u8, perhaps(of), [u64::from(id.0)]),
        }
    }

    /// The head of a fact, its thing where it is another one, and its numbers.
    fn head<const N: usize>(&mut self, kind: u8, small: u8, of: Option<u32>, numbers: [u64; N]) {
        let other = of.filter(|&of| of != self.things.last);
        self.bytes.push(kind | small << SMALL | if other.is_none() { SAME } else { 0 });
        if let Some(of) = other {
            self.things.last = of;
            match self.things.known.iter().position(|&known| known == of) {
                Some(place) => self.bytes.push(place as u8),
                None => {
                    self.bytes.push(NEW);
                    put_number(self.bytes, u64::from(of));
                    self.things.know(of);
                }
            }
        }
        numbers.into_iter().for_each(|number| put_number(self.bytes, number));
    }

    /// A key, whose bits are all alike.
    fn key(&mut self, key: u32) {
        self.bytes.extend_from_slice(&key.to_le_bytes());
    }
}

fn of_perhaps_theme(of: Option<Theme>) -> u64 {
    of.map_or(0, |of| of_small_theme(of) + 1)
}

/// Reads the facts of one post.
#[derive(Debug, Clone)]
pub(super) struct Reader<'f> {
    rest: &'f [u8],
    things: Things,
}

impl<'f> Reader<'f> {
    /// A reader of what a [`Writer`] wrote.
    pub fn of(bytes: &'f [u8]) -> Self {
        Self { rest: bytes, things: Things::default() }
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    fn number(&mut self) -> Option<u64> {
        take_number(&mut self.rest)
    }

    fn id(&mut self) -> Option<u16> {
        self.number().map(|number| number as u16)
    }

    fn theme(&mut self) -> Option<Option<Theme>> {
        Some(self.number()?.checked_sub(1).map(small_theme))
    }

    fn key(&mut self) -> Option<u32> {
        let (key, rest) = self.rest.split_first_chunk::<4>()?;
        self.rest = rest;
        Some(u32::from_le_bytes(*key))
    }

    /// The thing of a fact that is another one than that before.
    fn thing(&mut self) -> Option<u32> {
        match self.byte()? {
            NEW => {
                let number = self.number()? as u32;
                self.things.know(number);
                Some(number)
            }
            place => self.things.known.get(usize::from(place)).copied(),
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Fact;

    fn next(&mut self) -> Option<Fact> {
        let head = self.byte()?;
        let small = usize::from((head & !SAME) >> SMALL);
        if head & SAME == 0 {
            self.things.last = self.thing()?;
        }
        let of = perhaps(self.things.last);
        Some(match head & KIND {
            NAMES => {
                let side = side(self.number()?);
                self.things.know_side(side);
                Fact::Names(side)
            }
            OCCASION => Fact::Occasion(OccasionId(self.id()?), self.key()?),
            LINK => Fact::Link(of?, OccasionId(self.id()?), *WINDOWS.get(small)?),
            MOTIVE => Fact::Motive(of, MotiveId(self.id()?), *ROLES.get(small)?),
            JOB => {
                let set = usize::from(SET);
                let (occasion, motive) = (OccasionId(self.id()?), MotiveId(self.id()?));
                Fact::Job(of, occasion, motive, *ROLES.get(small & !set)?, small & set != 0)
            }
            RELATION => {
                let (loser, winner) = (side(self.number()?), side(self.number()?));
                Fact::Relation(*RelationKind::ALL.get(small)?, loser, winner, self.key()?)
            }
            LOST => Fact::Lost(side(self.number()?)),
            CUSTOMER => Fact::Customer(CustomerId(self.id()?)),
            ESSENCE => Fact::Essence(of, EssenceId(self.id()?)),
            ATTRIBUTE => Fact::Attribute(of?, AttributeId(self.id()?), *STANCES.get(small)?),
            STEP => Fact::Step(of?, small_theme(self.number()?), self.theme()?, small != 0),
            FELT => Fact::Felt(of?, self.theme()?, self.id()?, self.id()?),
            STAGE => Fact::Stage(of, StageId(self.id()?), *STANCES.get(small)?),
            _ => return None,
        })
    }
}

/// Writes a number, seven bits a byte, the least first.
pub(super) fn put_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7F {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Takes a number from the front.
pub(super) fn take_number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}
