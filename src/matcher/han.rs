//! Surfaces with Han or other signs: by their first two characters, then by what follows.
//!
//! Surfaces are short and a text holds few of them, so an automaton, whose states lie all over the memory, mostly waits for it. Here nearly
//! every place of a text is refused by one bit of a filter that stays in the fastest cache, and what passes is found in two loads more. Each
//! step is a pass over the whole text, whose loads do not wait for each other.

use serde::{Deserialize, Serialize};

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::anchors::Anchors;
use super::filter::{Filter, each_bit};
use super::packed::{self, Cells, Lists, Row, Rows, number};
use super::scan::Found;
use super::tables::NONE;

/// The code of a character that stands in no surface.
const NO_CODE: u16 = 0;
/// Characters behind the pair that a [`Tail`] holds itself.
const PACKED: usize = 4;
/// Codes behind a text that are read: of the pair at its last character, and of a tail behind that.
const MARGIN: usize = 1 + PACKED;
/// Slots of the table per pair, at least.
const SLOTS_PER_PAIR: usize = 2;

/// All surfaces with Han or other signs.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct HanIndex {
    /// Per character of the Basic Multilingual Plane its code: the more surfaces hold it, the smaller.
    #[serde(with = "packed::rows")]
    codes: Vec<u16>,
    /// Those beyond it.
    beyond: FxHashMap<char, u16>,
    /// Per code: the surface that is this character alone. The characters that are one have the first codes.
    singles: Rows<u32, 1>,
    /// The last code of these.
    last_single: u16,
    /// A bit per hash of a pair, and of the three first characters of longer surfaces.
    filter: Filter<4096>,
    longer: Filter<2048>,
    /// Pairs by hash, each in the first free slot from there on.
    pairs: Rows<Pair, 4>,
    tails: Rows<Tail, 4>,
    /// What of tails does not fit into [`Tail::packed`].
    rests: Lists<u16, 1>,
    /// Bits of a hash that make a slot.
    slot_bits: u32,
    /// Where surfaces may stand in a text that is mostly ASCII.
    anchors: Anchors,
}

/// The first two characters of surfaces.
#[derive(Debug, Clone, Copy)]
struct Pair {
    /// Both codes; 0 in a free slot.
    key: u32,
    /// The surface that is this pair.
    whole: u32,
    /// What follows in longer ones: a range of [`HanIndex::tails`].
    tails: (u32, u32),
}

/// The characters of a surface behind its pair.
#[derive(Debug, Clone, Copy)]
struct Tail {
    /// The codes of the first ones, the very first lowest; 0 where there are fewer.
    packed: u64,
    pattern: u32,
    /// The others, in [`HanIndex::rests`].
    rest: u32,
}

impl Row<4> for Pair {
    #[inline]
    fn to_cells(&self) -> [u32; 4] {
        [self.key, self.whole, self.tails.0, self.tails.1]
    }

    #[inline]
    fn of_cells(&[key, whole, from, to]: &Cells<4>) -> Self {
        let (key, whole, from, to) = (number(key), number(whole), number(from), number(to));
        Self { key, whole, tails: (from, to) }
    }
}

impl Row<4> for Tail {
    #[inline]
    fn to_cells(&self) -> [u32; 4] {
        [self.packed as u32, (self.packed >> 32) as u32, self.pattern, self.rest]
    }

    #[inline]
    fn of_cells(&[low, high, pattern, rest]: &Cells<4>) -> Self {
        let (low, high, pattern, rest) = (number(low), number(high), number(pattern), number(rest));
        Self { packed: u64::from(high) << 32 | u64::from(low), pattern, rest }
    }
}

/// A text as codes; reused from text to text.
#[derive(Debug, Default)]
pub struct Coded {
    codes: Vec<u16>,
    /// Per code the byte at which its character begins, and the end of the text.
    starts: Vec<u32>,
}

/// More characters than a `u16` can number.
#[derive(Debug)]
pub struct TooManyCharacters;

impl HanIndex {
    /// The index of surfaces with their patterns; each surface must come once.
    ///
    /// # Errors
    /// Where they are made of more than 65,535 different characters.
    pub fn new(surfaces: &[(&str, u32)]) -> Result<Self, TooManyCharacters> {
        let mut index = Self {
            codes: vec![NO_CODE; 1 << 16],
            beyond: FxHashMap::default(),
            singles: Rows::default(),
            last_single: NO_CODE,
            filter: Filter::default(),
            longer: Filter::default(),
            pairs: Rows::default(),
            tails: Rows::default(),
            rests: Lists::default(),
            slot_bits: 0,
            anchors: Anchors::of(surfaces.iter().map(|&(surface, _)| surface)),
        };
        index.number(surfaces)?;
        let mut coded: Vec<(Vec<u16>, u32)> = Vec::with_capacity(surfaces.len());
        for &(surface, pattern) in surfaces {
            let codes: Vec<u16> = surface.chars().map(|c| index.code(c)).collect();
            match codes[..] {
                [] => {}
                [single] => index.singles.change(usize::from(single), |alone| *alone = pattern),
                _ => coded.push((codes, pattern)),
            }
        }
        coded.sort_unstable();
        index.file(&coded);
        Ok(index)
    }

    /// Gives the patterns their final numbers.
    pub(super) fn renumber(&mut self, ranks: &[u32]) {
        let number = |pattern: &mut u32| {
            if *pattern != NONE {
                *pattern = ranks[*pattern as usize];
            }
        };
        self.singles.change_all(number);
        self.pairs.change_all(|pair| number(&mut pair.whole));
        self.tails.change_all(|tail| number(&mut tail.pattern));
    }

    /// Numbers all characters, those that are a surface alone first, and then those of many surfaces: what is met often stands close together
    /// in memory.
    fn number(&mut self, surfaces: &[(&str, u32)]) -> Result<(), TooManyCharacters> {
        // Per character: whether it is a surface alone, and in how many it stands.
        let mut counts: FxHashMap<char, (bool, u32)> = FxHashMap::default();
        for (surface, _) in surfaces {
            for c in surface.chars() {
                let (alone, count) = counts.entry(c).or_default();
                *alone |= surface.len() == c.len_utf8();
                *count += 1;
            }
        }
        let mut order: Vec<(char, (bool, u32))> = counts.into_iter().collect();
        order.sort_unstable_by_key(|&(c, count)| (std::cmp::Reverse(count), c));
        for (i, &(c, (alone, _))) in order.iter().enumerate() {
            let code = u16::try_from(i + 1).map_err(|_| TooManyCharacters)?;
            if alone {
                self.last_single = code;
            }
            match self.codes.get_mut(c as usize) {
                Some(place) => *place = code,
                None => {
                    self.beyond.insert(c, code);
                }
            }
        }
        self.singles = std::iter::repeat_n(NONE, order.len() + 1).collect();
        Ok(())
    }

    /// Files the surfaces of two characters and more, in the order of their codes.
    fn file(&mut self, coded: &[(Vec<u16>, u32)]) {
        let same_pair = |a: &(Vec<u16>, u32), b: &(Vec<u16>, u32)| a.0[..2] == b.0[..2];
        let count = coded.chunk_by(same_pair).count();
        let slots = (count * SLOTS_PER_PAIR).next_power_of_two().max(64);
        self.slot_bits = slots.trailing_zeros();
        let mut pairs = vec![Pair { key: 0, whole: NONE, tails: (0, 0) }; slots];
        for of_pair in coded.chunk_by(same_pair) {
            let key = key(of_pair[0].0[0], of_pair[0].0[1]);
            let from = self.tails.len() as u32;
            let mut whole = NONE;
            for (codes, pattern) in of_pair {
                match &codes[2..] {
                    [] => whole = *pattern,
                    tail => {
                        self.longer.add(longer_hash(key, tail[0]));
                        self.file_tail(tail, *pattern);
                    }
                }
            }
            self.filter.add(hash(key));
            let mut slot = (hash(key) >> (32 - self.slot_bits)) as usize;
            while pairs[slot].key != 0 {
                slot = (slot + 1) % slots;
            }
            pairs[slot] = Pair { key, whole, tails: (from, self.tails.len() as u32) };
        }
        self.pairs = pairs.into_iter().collect();
    }

    fn file_tail(&mut self, codes: &[u16], pattern: u32) {
        let mut first = [NO_CODE; PACKED];
        let inside = codes.len().min(PACKED);
        first[..inside].copy_from_slice(&codes[..inside]);
        let rest = if codes.len() > PACKED { self.rests.push(codes[PACKED..].iter().copied()) } else { NONE };
        self.tails.push(&Tail { packed: packed(first), pattern, rest });
    }

    #[inline]
    fn code(&self, c: char) -> u16 {
        match self.codes.get(c as usize) {
            Some(&code) => code,
            None => self.beyond.get(&c).copied().unwrap_or(NO_CODE),
        }
    }

    /// Lists every surface that stands in a text, overlapping ones too.
    pub fn find(&self, text: &str, coded: &mut Coded, out: &mut Vec<Found>) {
        // Counted without a check for overflow, which would cost the processor its wide registers; texts are short.
        let beyond_ascii = text.bytes().fold(0u32, |count, byte| count.wrapping_add(u32::from(byte >> 7)));
        if beyond_ascii as usize * 2 > text.len() {
            return self.find_in(text, 0..text.len(), coded, out);
        }
        for region in self.anchors.regions(text) {
            self.find_in(text, region, coded, out);
        }
    }

    /// Lists the surfaces that stand in a region of a text.
    fn find_in(&self, text: &str, region: Range<usize>, coded: &mut Coded, out: &mut Vec<Found>) {
        let count = self.encode(text, region, coded);
        let Coded { codes, starts } = coded;
        for from in (0..count).step_by(64) {
            let length = (count - from).min(64);
            // A bit per place: a branch for each would be guessed wrong too often.
            let (mut alone, mut pairs) = (0u64, 0u64);
            for (&code, &next) in codes[from..from + length].iter().zip(&codes[from + 1..]) {
                let single = code.wrapping_sub(1) < self.last_single;
                alone = alone >> 1 | u64::from(single) << 63;
                pairs = pairs >> 1 | u64::from(self.filter.may_hold(hash(key(code, next)))) << 63;
            }
            each_bit(alone >> (64 - length), |i| {
                let at = from + i;
                out.push(Found::new(self.singles.row(usize::from(codes[at])), starts[at], starts[at + 1]));
            });
            each_bit(pairs >> (64 - length), |i| self.find_at(from + i, codes, starts, out));
        }
    }

    /// Writes a region of a text as codes, with a margin of zeros behind; returns how many they are.
    fn encode(&self, text: &str, region: Range<usize>, coded: &mut Coded) -> usize {
        let Coded { codes, starts } = coded;
        // No text has more characters than bytes. What the buffers hold of texts before does no harm.
        let room = region.len() + 1 + MARGIN;
        if codes.len() < room {
            codes.resize(room, NO_CODE);
            starts.resize(room, 0);
        }
        let (mut count, mut at) = (0, region.start);
        let bytes = &text.as_bytes()[..region.end];
        for (code, start) in codes.iter_mut().zip(starts.iter_mut()) {
            let Some(&byte) = bytes.get(at) else { break };
            *start = at as u32;
            count += 1;
            if let (0xE3..=0xE9, Some(wide)) = (byte, bytes[at..].first_chunk::<3>()) {
                // U+3000 to U+9FFF: nearly all of a Chinese text.
                let [a, b, c] = wide.map(usize::from);
                *code = self.codes.get((a & 0xF) << 12 | (b & 0x3F) << 6 | c & 0x3F).copied().unwrap_or(NO_CODE);
                at += 3;
            } else {
                let c = text[at..].chars().next().unwrap_or_default();
                *code = self.code(c);
                at += c.len_utf8();
            }
        }
        codes[count..count + MARGIN].fill(NO_CODE);
        starts[count] = region.end as u32;
        count
    }

    /// Lists the surfaces of two and more characters at a place.
    #[inline]
    fn find_at(&self, at: usize, codes: &[u16], starts: &[u32], out: &mut Vec<Found>) {
        let key = key(codes[at], codes[at + 1]);
        let Some(pair) = self.pair(key) else { return };
        if pair.whole != NONE {
            out.push(Found::new(pair.whole, starts[at], starts[at + 2]));
        }
        if !self.longer.may_hold(longer_hash(key, codes[at + 2])) {
            return;
        }
        let Some(&behind) = codes[at + 2..].first_chunk() else { return };
        let (third, behind) = (u64::from(behind[0]), packed(behind));
        // Tails are sorted by their first character.
        let tails = self.tails.part(pair.tails);
        let first = tails.partition_point(|tail| tail.packed & 0xFFFF < third);
        for tail in tails.from(first).iter().take_while(|tail| tail.packed & 0xFFFF == third) {
            // A code of 0 in the tail stands for no character.
            let unused = tail.packed.leading_zeros() & !15;
            if (behind ^ tail.packed) << unused == 0 {
                let mut end = at + 2 + PACKED - unused as usize / 16;
                if tail.rest != NONE {
                    let rest = self.rests.list(tail.rest as usize);
                    if !codes.get(end..end + rest.len()).is_some_and(|codes| rest.iter().eq(codes.iter().copied())) {
                        continue;
                    }
                    end += rest.len();
                }
                out.push(Found::new(tail.pattern, starts[at], starts[end]));
            }
        }
    }

    #[inline]
    fn pair(&self, key: u32) -> Option<Pair> {
        let mut slot = (hash(key) >> (32 - self.slot_bits)) as usize;
        loop {
            let pair = self.pairs.row(slot);
            if pair.key == 0 {
                return None;
            }
            if pair.key == key {
                return Some(pair);
            }
            // There are as many slots as a power of two.
            slot = (slot + 1) & (self.pairs.len() - 1);
        }
    }
}

fn key(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

/// Spreads a key over 32 bits, of which the upper ones are used.
fn hash(key: u32) -> u32 {
    (key ^ key >> 15).wrapping_mul(0x9E37_79B1)
}

/// The same for a pair and what follows it.
fn longer_hash(pair: u32, next: u16) -> u32 {
    hash(pair.wrapping_mul(0x85EB_CA6B) ^ u32::from(next))
}

fn packed(codes: [u16; PACKED]) -> u64 {
    codes.iter().rev().fold(0, |all, &code| all << 16 | u64::from(code))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_stands_there(
            surfaces in prop::collection::btree_set("[啤酒好喝ab🍺]{1,8}", 0..40),
            text in "[啤酒好喝ab🍺，]{0,40}",
        ) {
            let numbered: Vec<(&str, u32)> = surfaces.iter().map(String::as_str).zip(0..).collect();
            let index = HanIndex::new(&numbered).expect("few characters");
            let (mut found, mut coded) = (Vec::new(), Coded::default());
            // A longer text in the same buffers must leave nothing behind.
            index.find("啤酒好喝啤酒好喝ab🍺啤酒好喝啤酒好喝ab🍺啤酒好喝啤酒好喝ab🍺", &mut coded, &mut found);
            found.clear();
            index.find(&text, &mut coded, &mut found);
            let found: Vec<(u32, u32, u32)> = found.iter().map(|f| (f.pattern, f.span.start, f.span.end)).collect();
            let naive: BTreeSet<(u32, u32, u32)> = numbered
                .iter()
                .flat_map(|&(surface, pattern)| {
                    let starts = text.char_indices().map(|(at, _)| at).filter(|&at| text[at..].starts_with(surface));
                    starts.map(move |at| (pattern, at as u32, (at + surface.len()) as u32)).collect::<Vec<_>>()
                })
                .collect();
            prop_assert_eq!(found.len(), naive.len());
            prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), naive);
        }
    }
}
