//! What a lexicon is compiled to: every surface once, with all its uses.

use serde::{Deserialize, Serialize};

use super::distinct::Distinct;
use super::han::HanIndex;
use super::latin::WordTrie;
use super::packed::{Cells, Lists, Row, Rows, number, quarters, whole};
use crate::lexicon::id::RuleId;
use crate::lexicon::{Boundary, Gap, Slot, Target};

/// The kinds of statement among which the longest surface wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Channel {
    /// Categories and brands.
    Mention,
    /// Occasions.
    Occasion,
    /// Motives.
    Motive,
    /// Essences.
    Essence,
    /// Features of what is consumed.
    Attribute,
    /// Stages of the customer's way.
    Stage,
    /// Who speaks.
    Voice,
    /// What the speaker says of himself.
    Customer,
    /// A relation that needs no slots (went without).
    Relation,
    /// Words of the language.
    Cue,
}

impl Channel {
    /// The channel of a target.
    pub fn of(target: Target) -> Self {
        match target {
            Target::Category(_) | Target::Brand(_) => Channel::Mention,
            Target::Occasion(_) => Channel::Occasion,
            Target::Motive(..) => Channel::Motive,
            Target::Essence(_) => Channel::Essence,
            Target::Attribute(_) => Channel::Attribute,
            Target::Stage(_) => Channel::Stage,
            Target::Voice(_) => Channel::Voice,
            Target::Customer(_) => Channel::Customer,
            Target::Relation(_) => Channel::Relation,
            Target::Cue(_) => Channel::Cue,
        }
    }
}

/// One use of a surface: it speaks for its rule, or takes the hits of its rule back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Use {
    pub rule: RuleId,
    /// Where it has several meanings the one that must be shown to hold, else [`NONE`].
    pub sense: u32,
    pub channel: Channel,
    pub boundary: Boundary,
    pub capital: bool,
    pub passing: bool,
    pub thing: bool,
}

/// A surface that fills a place, in four bytes: most places are gone through for every post that may need them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member(u32);

impl Row<1> for Member {
    #[inline]
    fn to_cells(&self) -> [u32; 1] {
        [self.0]
    }

    #[inline]
    fn of_cells(&[member]: &Cells<1>) -> Self {
        let member = number(member);
        Self(member)
    }
}

impl Member {
    /// By the number of its filler; while the lexicon is still compiled, of its pattern.
    pub(super) fn new(filler: u32, boundary: Boundary, capital: bool) -> Self {
        Self(filler << 3 | u32::from(capital) << 2 | boundary as u32)
    }

    pub(super) fn of_filler(self, filler: u32) -> Self {
        Self(filler << 3 | self.0 & 7)
    }

    pub(super) fn filler(self) -> u32 {
        self.0 >> 3
    }

    pub(super) fn capital(self) -> bool {
        self.0 & 4 != 0
    }

    pub(super) fn boundary(self) -> Boundary {
        match self.0 & 3 {
            0 => Boundary::Inside,
            1 => Boundary::Strict,
            _ => Boundary::Raw,
        }
    }
}

/// Classes that have a bit in the masks; those beyond are places like all others.
pub(super) const MASKED: u32 = u128::BITS;

/// What fills one part of a group: a bit per class, and other places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filling {
    pub classes: u128,
    /// A range of [`Tables::filling_places`].
    pub places: (u32, u32),
}

impl Row<6> for Filling {
    #[inline]
    fn to_cells(&self) -> [u32; 6] {
        let [a, b, c, d] = quarters(self.classes);
        [a, b, c, d, self.places.0, self.places.1]
    }

    #[inline]
    fn of_cells(&[a, b, c, d, from, to]: &Cells<6>) -> Self {
        let (a, b, c, d, from, to) = (number(a), number(b), number(c), number(d), number(from), number(to));
        Self { classes: whole([a, b, c, d]), places: (from, to) }
    }
}

/// No pattern, filler or sense.
pub(super) const NONE: u32 = u32::MAX;

/// What a pattern is good for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pattern {
    /// Its uses: a range of [`Tables::uses`].
    pub uses: (u32, u32),
    /// Where in the same table the hits end that it takes back; they follow its uses.
    pub silences: u32,
    /// Its index in [`Tables::fillers`], if it fills any place.
    pub filler: u32,
}

impl Row<4> for Pattern {
    #[inline]
    fn to_cells(&self) -> [u32; 4] {
        [self.uses.0, self.uses.1, self.silences, self.filler]
    }

    #[inline]
    fn of_cells(&[from, to, silences, filler]: &Cells<4>) -> Self {
        let (from, to, silences, filler) = (number(from), number(to), number(silences), number(filler));
        Self { uses: (from, to), silences, filler }
    }
}

/// What a pattern does that fills places.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filler {
    /// A bit per class that it belongs to, as far as the bits go ([`MASKED`]).
    pub classes: u128,
    /// All other places of groups that it fills: a range of [`Tables::fills`].
    pub fills: (u32, u32),
    /// The groups that are worth a look where it stands: a range of [`Tables::wakes`].
    pub wakes: (u32, u32),
}

impl Row<8> for Filler {
    #[inline]
    fn to_cells(&self) -> [u32; 8] {
        let ([a, b, c, d], Self { fills, wakes, .. }) = (quarters(self.classes), self);
        [a, b, c, d, fills.0, fills.1, wakes.0, wakes.1]
    }

    #[inline]
    fn of_cells(&[a, b, c, d, fills_from, fills_to, wakes_from, wakes_to]: &Cells<8>) -> Self {
        let (a, b, c, d, fills_from, fills_to, wakes_from, wakes_to) = (
            number(a),
            number(b),
            number(c),
            number(d),
            number(fills_from),
            number(fills_to),
            number(wakes_from),
            number(wakes_to),
        );
        Self { classes: whole([a, b, c, d]), fills: (fills_from, fills_to), wakes: (wakes_from, wakes_to) }
    }
}

/// Some bits of a set that stand side by side, in four bytes: the number of a word of 16 bits, and its bits. Sets have up to 2^20.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bits(u32);

impl Row<1> for Bits {
    #[inline]
    fn to_cells(&self) -> [u32; 1] {
        [self.0]
    }

    #[inline]
    fn of_cells(&[bits]: &Cells<1>) -> Self {
        let bits = number(bits);
        Self(bits)
    }
}

impl Bits {
    /// Those of numbers that share a word; the caller knows that they do.
    pub(super) fn of(numbers: &[u32]) -> Self {
        let bits = numbers.iter().fold(0, |bits, number| bits | 1 << (number % 16));
        Self(numbers.first().map_or(0, |number| number / 16) << 16 | bits)
    }

    #[inline]
    pub(super) fn set_in(self, words: &mut [u16]) {
        words[(self.0 >> 16) as usize] |= self.0 as u16;
    }
}

/// A near rule.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NearRule {
    pub rule: RuleId,
    pub within: u32,
    pub ordered: bool,
    /// Per slot: the places that fill it, its own first, then those of its classes.
    pub slots: Vec<Vec<u32>>,
}

/// What stands at a part of a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartKind {
    /// One of its words.
    Words,
    /// A named thing.
    Slot(Slot),
    /// A named thing that may be left out.
    Optional(Slot),
    /// None of its words.
    Absent,
}

/// A sequence with the places of its parts.
#[derive(Debug, Serialize, Deserialize)]
pub struct SequenceRule {
    /// Its rule.
    pub rule: RuleId,
    /// Per part: what may stand before it, and what stands there.
    pub parts: Vec<(Gap, PartKind)>,
    /// The part that wakes it: likely the rarest of its words.
    pub waking: usize,
    /// Whether it compares by degree, so that both sides must be things of one kind.
    pub alike: bool,
    /// Per part: the places that fill it; none for a slot and for words that must be absent.
    pub(super) places: Vec<Vec<u32>>,
    /// Per part: the places of words that must be absent.
    pub(super) absent: Vec<Vec<u32>>,
}

/// Everything that is compiled from a lexicon.
#[derive(Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct Tables {
    /// Surfaces with Han or other signs, over the normalized text.
    pub han: HanIndex,
    /// Latin surfaces.
    pub latin: WordTrie,
    pub patterns: Rows<Pattern, 4>,
    /// Uses of all patterns, grouped.
    pub uses: Distinct<Use>,
    /// The patterns that fill places, in their order.
    pub fillers: Rows<Filler, 8>,
    /// Places that they fill, grouped by filler: what a common word fills stands side by side, so that one step sets many bits.
    pub fills: Rows<Bits, 1>,
    /// Groups that they wake, grouped by filler. Each group has one part that wakes it, the one that is likely the rarest, so that common words
    /// cost next to nothing.
    pub wakes: Rows<Bits, 1>,
    pub nears: Vec<NearRule>,
    pub sequences: Vec<SequenceRule>,
    /// Near rules and behind them sequences, as groups of parts that must all have a hit: each a range of [`Tables::fillings`].
    pub groups: Rows<(u32, u32), 2>,
    /// What fills the parts of groups, slots of sequences left out.
    pub fillings: Rows<Filling, 6>,
    pub filling_places: Rows<u32, 1>,
    /// Per sense: its rule, whether it is the default, and the places of its cues.
    pub senses: Vec<(RuleId, bool, Vec<u32>)>,
    /// Per place: the surfaces that fill it, by number. The first places are those of the shared classes.
    pub places: Lists<Member, 1>,
    /// The same while surfaces are still being added.
    #[serde(skip)]
    pub growing: Vec<Vec<Member>>,
    /// Per place: whether it is part of a group and no class with a bit of its own, so that [`Tables::fills`] lists it.
    pub listed: Vec<bool>,
    /// Per class of the lexicon its place; classes have the first ones.
    pub class_places: Vec<u32>,
    /// Per rule.
    pub channels: Vec<Channel>,
    /// Per rule: the rule whose `unless` phrases speak for it too where they hold all of a hit: for a brand, that of its home category;
    /// its own where there is none.
    pub homes: Vec<RuleId>,
}

impl Tables {
    /// Whether a place is a class with a bit of its own.
    #[inline]
    pub(super) fn is_masked(&self, place: u32) -> bool {
        is_masked(&self.class_places, place)
    }
}

/// The same, where the places of the classes are at hand.
#[inline]
pub(super) fn is_masked(class_places: &[u32], place: u32) -> bool {
    place < MASKED.min(class_places.len() as u32)
}
