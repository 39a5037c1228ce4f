//! Text → hits: every surface that stands in it, sorted into what its uses do.

use super::filter::each_bit;
use super::han::Coded;
use super::latin::WordIds;
use super::places::Places;
use super::tables::{Channel, NONE, Tables, Use};
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
    pub thing: bool,
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
        let Use { sense, channel, boundary, passing, thing, .. } = *used;
        Self { order, sense, channel, boundary, passing, thing }
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

/// A pattern found at a place.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The number of the surface.
    pub pattern: u32,
    /// Where.
    pub span: Span<Norm>,
}

impl Found {
    #[inline]
    pub(super) fn new(pattern: u32, start: u32, end: u32) -> Self {
        Self { pattern, span: Span::new(start as usize, end as usize) }
    }
}

/// Phrases that take hits of their rules back.
#[derive(Debug, Default)]
pub(super) struct Silence {
    /// Sorted once all are found: a long text has as many phrases as hits, and each hit asks.
    pub phrases: Vec<(RuleId, Span<Norm>)>,
    /// Bytes of the longest.
    longest: u32,
    /// A bit per rule among them, rules taken by their last six bits: most hits are of none.
    rules: u64,
}

impl Silence {
    fn clear(&mut self) {
        self.phrases.clear();
        (self.longest, self.rules) = (0, 0);
    }

    fn add(&mut self, rule: RuleId, span: Span<Norm>) {
        self.phrases.push((rule, span));
        self.longest = self.longest.max(span.end - span.start);
        self.rules |= 1 << (rule.0 % 64);
    }

    fn settle(&mut self) {
        self.phrases.sort_unstable();
    }

    /// The phrase that takes a hit of a rule back.
    pub(super) fn over(&self, rule: RuleId, span: Span<Norm>) -> Option<Span<Norm>> {
        self.first(rule, span, |phrase| phrase.overlaps(span))
    }

    /// The phrase of a rule in which a hit of another one stands whole: 快手 in 好快手, but not 札幌啤酒 beside 啤酒博物馆.
    pub(super) fn around(&self, rule: RuleId, span: Span<Norm>) -> Option<Span<Norm>> {
        self.first(rule, span, |phrase| phrase.contains(span))
    }

    fn first(&self, rule: RuleId, span: Span<Norm>, fits: impl Fn(Span<Norm>) -> bool) -> Option<Span<Norm>> {
        if self.rules & 1 << (rule.0 % 64) == 0 {
            return None;
        }
        let first = (rule, span.start.saturating_sub(self.longest));
        let from = self.phrases.partition_point(|&(of, phrase)| (of, phrase.start) < first);
        let near = self.phrases[from..].iter().take_while(|(of, phrase)| *of == rule && phrase.start < span.end);
        near.map(|&(_, phrase)| phrase).find(|&phrase| fits(phrase))
    }
}

/// All hits of one text; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// Hits of all channels but cues.
    pub terms: Vec<TermHit>,
    pub cues: Vec<TermHit>,
    pub unless: Silence,
    /// Hits that are parts of something larger.
    pub places: Places,
    found: Vec<Found>,
    coded: Coded,
    ids: WordIds,
}

impl Hits {
    fn start(&mut self, tables: &Tables) {
        self.terms.clear();
        self.cues.clear();
        self.unless.clear();
        self.found.clear();
        self.places.start(tables);
    }

    /// Finds every surface of a text.
    pub(super) fn find(&mut self, tables: &Tables, doc: &Document<'_>, outline: &Outline) {
        self.start(tables);
        let text = doc.norm();
        tables.han.find(text, &mut self.coded, &mut self.found);
        if !outline.words.is_empty() {
            if self.found.iter().any(|found| inside_latin_word(text, found.span)) {
                self.found.retain(|found| !inside_latin_word(text, found.span));
            }
            let found = &mut self.found;
            tables.latin.find(text, outline, &mut self.ids, |pattern, span| found.push(Found { pattern, span }));
        }
        if doc.zones().iter().any(|zone| zone.kind != ZoneKind::Hashtag) {
            self.found.retain(|found| !doc.is_foreign(found.span));
        }
        let mut found = std::mem::take(&mut self.found);
        for some in found.chunks(64) {
            self.file(tables, doc, outline, some);
        }
        found.clear();
        self.found = found;
        self.unless.settle();
        self.places.keep_whole_groups(tables);
    }

    /// Files up to 64 hits by what their patterns are good for. That cannot be guessed, and a wrong guess costs more than a bit: first all are asked, then
    /// each is filed where it belongs.
    fn file(&mut self, tables: &Tables, doc: &Document<'_>, outline: &Outline, found: &[Found]) {
        let (mut speaking, mut silencing, mut filling) = (0u64, 0u64, 0u64);
        for hit in found {
            let pattern = tables.patterns.row(hit.pattern as usize);
            speaking = speaking >> 1 | u64::from(pattern.uses.0 < pattern.uses.1) << 63;
            silencing = silencing >> 1 | u64::from(pattern.uses.1 < pattern.silences) << 63;
            filling = filling >> 1 | u64::from(pattern.filler != NONE) << 63;
        }
        let unused = 64 - found.len();
        each_bit(speaking >> unused, |i| self.speak(tables, doc, &found[i]));
        each_bit(silencing >> unused, |i| self.silence(tables, doc, &found[i]));
        each_bit(filling >> unused, |i| self.places.fill(tables, outline, &found[i]));
    }

    /// Files a hit under its uses.
    #[inline]
    fn speak(&mut self, tables: &Tables, doc: &Document<'_>, found: &Found) {
        for used in tables.uses.part(tables.patterns.row(found.pattern as usize).uses) {
            if !used.capital || is_capital(doc, found.span) {
                let list = if used.channel == Channel::Cue { &mut self.cues } else { &mut self.terms };
                list.push(TermHit::new(used, found.span));
            }
        }
    }

    fn silence(&mut self, tables: &Tables, doc: &Document<'_>, found: &Found) {
        let pattern = tables.patterns.row(found.pattern as usize);
        for used in tables.uses.part((pattern.uses.1, pattern.silences)) {
            if !used.capital || is_capital(doc, found.span) {
                self.unless.add(used.rule, found.span);
            }
        }
    }
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
pub(super) fn is_capital(doc: &Document<'_>, span: Span<Norm>) -> bool {
    doc.raw()[doc.to_raw(span).range()].chars().next().is_some_and(char::is_uppercase)
}
