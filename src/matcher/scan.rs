//! Text → hits: every surface that stands in it, sorted into what its uses do.

use super::han::Coded;
use super::latin::WordIds;
use super::tables::{Channel, Filling, MASKED, Member, NONE, Tables, Use, part};
use crate::lexicon::Boundary;
use crate::lexicon::id::RuleId;
use crate::normalize::span::{Norm, Span};
use crate::normalize::{Document, ZoneKind};
use crate::segment::Outline;

/// A surface found for a rule, not yet checked against word boundaries.
#[derive(Debug, Clone, Copy)]
pub(super) struct TermHit {
    /// Channel, start, end and rule in one number, by which hits are sorted: of one channel the leftmost, and there the longest, first.
    pub order: u64,
    sense: u32,
    pub channel: Channel,
    pub boundary: Boundary,
    pub passing: bool,
}

/// Bits of [`TermHit::order`] for a place and for a rule: texts are shorter than 2^20 bytes and rules fewer than 2^20.
const BITS: u32 = 20;
const MOST: u32 = (1 << BITS) - 1;

impl TermHit {
    fn new(used: &Use, span: Span<Norm>) -> Self {
        let far = u64::from(MOST.saturating_sub(span.end));
        let order = (used.channel as u64) << (3 * BITS)
            | u64::from(span.start) << (2 * BITS)
            | far << BITS
            | u64::from(used.rule.0);
        Self { order, sense: used.sense, channel: used.channel, boundary: used.boundary, passing: used.passing }
    }

    pub(super) fn span(&self) -> Span<Norm> {
        let bits = |shift: u32| (self.order >> shift) as u32 & MOST;
        Span::new(bits(2 * BITS) as usize, (MOST - bits(BITS)) as usize)
    }

    pub(super) fn rule(&self) -> RuleId {
        RuleId(self.order as u32 & MOST)
    }

    /// For a surface of several meanings: the sense that must be shown to hold.
    pub(super) fn sense(&self) -> Option<u32> {
        (self.sense != NONE).then_some(self.sense)
    }
}

/// A surface found for a part of something larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartHit {
    pub span: Span<Norm>,
    pub boundary: Boundary,
}

/// A pattern found at a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub pattern: u32,
    pub span: Span<Norm>,
}

impl Found {
    #[inline]
    pub(super) fn new(pattern: u32, start: u32, end: u32) -> Self {
        Self { pattern, span: Span::new(start as usize, end as usize) }
    }
}

/// A pattern that fills places, found at a place.
#[derive(Debug, Clone, Copy)]
struct Filled {
    filler: u32,
    span: Span<Norm>,
    /// The hit of the same filler before it.
    before: u32,
}

/// A list into which everything is written and in which only what counts is kept: a branch for each would be guessed wrong too often.
#[derive(Debug)]
struct Kept<T> {
    /// What lies behind `count` is of no account.
    slots: Vec<T>,
    count: usize,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { slots: Vec::new(), count: 0 }
    }
}

impl<T: Copy> Kept<T> {
    /// Empties the list and makes room for so many.
    fn start(&mut self, room: usize, any: T) {
        self.count = 0;
        if self.slots.len() < room {
            self.slots.resize(room, any);
        }
    }

    /// Writes one, to be kept or not; no more than there is room for.
    #[inline]
    fn write(&mut self, one: T, keep: bool) {
        self.slots[self.count] = one;
        self.count += usize::from(keep);
    }

    fn list(&self) -> &[T] {
        &self.slots[..self.count]
    }
}

/// Phrases that take hits of their rules back.
#[derive(Debug, Default)]
pub(super) struct Silence {
    pub phrases: Vec<(RuleId, Span<Norm>)>,
    /// A bit per rule among them, rules taken by their last six bits: most hits are of none.
    rules: u64,
}

impl Silence {
    fn add(&mut self, rule: RuleId, span: Span<Norm>) {
        self.phrases.push((rule, span));
        self.rules |= 1 << (rule.0 % 64);
    }

    /// The phrase that takes a hit of a rule back.
    pub(super) fn over(&self, rule: RuleId, span: Span<Norm>) -> Option<Span<Norm>> {
        if self.rules & 1 << (rule.0 % 64) == 0 {
            return None;
        }
        self.phrases.iter().find(|(of, phrase)| *of == rule && phrase.overlaps(span)).map(|&(_, phrase)| phrase)
    }
}

/// All hits of one text; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Hits of all channels but cues.
    pub terms: Vec<TermHit>,
    pub cues: Vec<TermHit>,
    pub unless: Silence,
    /// Near rules of which every slot may have a hit.
    pub nears: Vec<u32>,
    /// Sequences of which every word may have a hit.
    pub sequences: Vec<u32>,
    found: Vec<Found>,
    /// Among `found`: those with uses, and those that silence.
    used: Kept<Found>,
    silent: Kept<Found>,
    /// Hits of patterns that fill places.
    fillers: Kept<Filled>,
    /// A bit per filler that was hit: far smaller than what follows, and so it is asked first.
    present: Vec<u64>,
    /// Per filler: its newest hit.
    newest: Vec<u32>,
    /// A bit per place of a group that one of them fills.
    filled: Vec<u64>,
    /// A bit per group that one of them wakes.
    woken: Vec<u64>,
    /// A bit per class that one of them belongs to.
    classes: u64,
    /// Hits per class, for those classes that have a bit in `gathered`.
    of_classes: Vec<Vec<PartHit>>,
    gathered: u64,
    coded: Coded,
    ids: WordIds,
}

impl Hits {
    fn start(&mut self, tables: &Tables) {
        self.terms.clear();
        self.cues.clear();
        self.unless.phrases.clear();
        self.unless.rules = 0;
        self.nears.clear();
        self.sequences.clear();
        self.found.clear();
        self.newest.resize(tables.fillers.len(), NONE);
        self.present.resize(tables.fillers.len().div_ceil(64), 0);
        self.of_classes.resize_with(MASKED as usize, Vec::new);
        for filled in self.fillers.list() {
            self.newest[filled.filler as usize] = NONE;
            self.present[filled.filler as usize / 64] = 0;
        }
        self.filled.clear();
        self.filled.resize(tables.places.len().div_ceil(64), 0);
        self.woken.clear();
        self.woken.resize(tables.groups.len().div_ceil(64), 0);
        (self.classes, self.gathered) = (0, 0);
    }

    /// Finds every surface of a text.
    pub(super) fn find(&mut self, tables: &Tables, doc: &Document<'_>, outline: &Outline) {
        self.start(tables);
        let text = doc.norm();
        tables.han.find(text, &mut self.coded, &mut self.found);
        if self.found.iter().any(|found| inside_latin_word(text, found.span)) {
            self.found.retain(|found| !inside_latin_word(text, found.span));
        }
        if !outline.words.is_empty() {
            let found = &mut self.found;
            tables.latin.find(text, outline, &mut self.ids, |pattern, span| found.push(Found { pattern, span }));
        }
        if doc.zones().iter().any(|zone| zone.kind != ZoneKind::Hashtag) {
            self.found.retain(|found| !doc.is_foreign(found.span));
        }
        self.sort_out(tables);
        self.file_uses(tables, doc);
        self.wake(tables);
        self.keep_whole_groups(tables);
    }

    /// Sorts what was found by what it is good for. Each hit is written to every list and kept only where it belongs: what a pattern does cannot be
    /// guessed, and a wrong guess costs more than all of this.
    fn sort_out(&mut self, tables: &Tables) {
        let Self { found, used, silent, fillers, present, newest, .. } = self;
        // One more than are kept: the last one is written in any case.
        let room = found.len() + 1;
        used.start(room, Found::new(NONE, 0, 0));
        silent.start(room, Found::new(NONE, 0, 0));
        fillers.start(room, Filled { filler: NONE, span: Span::new(0, 0), before: NONE });
        for found in &*found {
            let pattern = &tables.patterns[found.pattern as usize];
            used.write(*found, pattern.uses.0 < pattern.uses.1);
            silent.write(*found, pattern.uses.1 < pattern.silences);
            let filled = Filled { filler: pattern.filler, span: found.span, before: NONE };
            fillers.write(filled, pattern.filler != NONE);
        }
        let count = fillers.count;
        for (filled, at) in fillers.slots[..count].iter_mut().zip(0..) {
            set(present, filled.filler);
            filled.before = std::mem::replace(&mut newest[filled.filler as usize], at);
        }
    }

    /// Files hits under their uses.
    fn file_uses(&mut self, tables: &Tables, doc: &Document<'_>) {
        for found in self.used.list() {
            for used in part(&tables.uses, tables.patterns[found.pattern as usize].uses) {
                if used.capital && !is_capital(doc, found.span) {
                    continue;
                }
                let list = if used.channel == Channel::Cue { &mut self.cues } else { &mut self.terms };
                list.push(TermHit::new(used, found.span));
            }
        }
        for found in self.silent.list() {
            let pattern = &tables.patterns[found.pattern as usize];
            for used in part(&tables.uses, (pattern.uses.1, pattern.silences)) {
                if !used.capital || is_capital(doc, found.span) {
                    self.unless.add(used.rule, found.span);
                }
            }
        }
    }

    /// Notes which places are filled, and wakes groups.
    fn wake(&mut self, tables: &Tables) {
        let Self { fillers, filled, woken, classes, .. } = self;
        for hit in fillers.list().iter().filter(|hit| hit.before == NONE) {
            let filler = &tables.fillers[hit.filler as usize];
            *classes |= filler.classes;
            for &place in part(&tables.fills, filler.fills) {
                set(filled, place);
            }
            for &group in part(&tables.wakes, filler.wakes) {
                set(woken, group);
            }
        }
    }

    /// Of the groups that were woken those of which every part has a hit.
    fn keep_whole_groups(&mut self, tables: &Tables) {
        let Self { nears, sequences, filled, woken, classes, .. } = self;
        let may_be_filled = |f: &Filling| {
            *classes & f.classes != 0 || part(&tables.filling_places, f.places).iter().any(|&place| has(filled, place))
        };
        let first_sequence = tables.nears.len() as u32;
        for (&bits, word) in woken.iter().zip(0u32..) {
            let mut left = bits;
            while left != 0 {
                let group = word * 64 + left.trailing_zeros();
                left &= left - 1;
                if part(&tables.fillings, tables.groups[group as usize]).iter().all(may_be_filled) {
                    match group.checked_sub(first_sequence) {
                        None => nears.push(group),
                        Some(sequence) => sequences.push(sequence),
                    }
                }
            }
        }
    }

    /// Appends the hits of some places, by position.
    pub(super) fn of_places(&mut self, tables: &Tables, doc: &Document<'_>, places: &[u32], out: &mut Vec<PartHit>) {
        for &place in places {
            if tables.is_masked(place) {
                if self.classes & 1 << place != 0 {
                    self.gather(tables, doc, place);
                    out.extend_from_slice(&self.of_classes[place as usize]);
                }
            } else {
                for member in tables.places[place as usize].iter().filter(|m| has(&self.present, m.filler())) {
                    let mut at = self.newest[member.filler() as usize];
                    while at != NONE {
                        let filled = &self.fillers.list()[at as usize];
                        out.extend(part_hit(doc, *member, filled.span));
                        at = filled.before;
                    }
                }
            }
        }
        out.sort_unstable();
    }

    /// Lists the hits of a class, once per text.
    fn gather(&mut self, tables: &Tables, doc: &Document<'_>, class: u32) {
        if self.gathered & 1 << class != 0 {
            return;
        }
        self.gathered |= 1 << class;
        let list = &mut self.of_classes[class as usize];
        list.clear();
        let members = &tables.places[class as usize];
        let belongs = |f: &&Filled| tables.fillers[f.filler as usize].classes & 1 << class != 0;
        for filled in self.fillers.list().iter().filter(belongs) {
            let from = members.partition_point(|m| m.filler() < filled.filler);
            let same = members[from..].iter().take_while(|m| m.filler() == filled.filler);
            list.extend(same.filter_map(|member| part_hit(doc, *member, filled.span)));
        }
    }
}

/// The hit of a member of a place, unless it lacks its capital.
fn part_hit(doc: &Document<'_>, member: Member, span: Span<Norm>) -> Option<PartHit> {
    (!member.capital() || is_capital(doc, span)).then(|| PartHit { span, boundary: member.boundary() })
}

fn has(bits: &[u64], at: u32) -> bool {
    bits[at as usize / 64] & 1 << (at % 64) != 0
}

fn set(bits: &mut [u64], at: u32) {
    bits[at as usize / 64] |= 1 << (at % 64);
}

/// Whether a mixed surface (`T恤`, `k歌`) begins or ends in the middle of a longer Latin word.
fn inside_latin_word(text: &str, span: Span<Norm>) -> bool {
    let bytes = text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    if bytes[start] >= 0x80 && bytes[end - 1] >= 0x80 {
        return false;
    }
    let cut = |a: usize, b: usize| bytes[a].is_ascii_alphanumeric() && bytes[b].is_ascii_alphanumeric();
    start > 0 && cut(start - 1, start) || end < bytes.len() && cut(end - 1, end)
}

/// Whether a span begins with a capital in the raw text.
fn is_capital(doc: &Document<'_>, span: Span<Norm>) -> bool {
    doc.raw()[doc.to_raw(span).range()].chars().next().is_some_and(char::is_uppercase)
}
