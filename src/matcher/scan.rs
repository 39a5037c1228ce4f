//! Text → hits: every surface that stands in it, sorted into what its uses do.

use super::filter::each_bit;
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

/// A pattern that fills places, found at a place.
#[derive(Debug, Clone, Copy)]
struct Filled {
    filler: u32,
    span: Span<Norm>,
    /// The hit of the same filler before it.
    before: u32,
}

/// A pattern that was found, among those that fill a place.
#[derive(Debug, Clone, Copy)]
struct Filler {
    place: u32,
    filler: u32,
    /// The one of the same place before it.
    before: u32,
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
    /// Near rules of which every slot may have a hit.
    pub nears: Vec<u32>,
    /// Sequences of which every word may have a hit.
    pub sequences: Vec<u32>,
    found: Vec<Found>,
    /// Hits of patterns that fill places.
    fillers: Vec<Filled>,
    /// A bit per filler that was hit: far smaller than what follows, and so it is asked first.
    present: Vec<u64>,
    /// Per filler: its newest hit.
    newest: Vec<u32>,
    /// Which of them fill which places.
    of_places: Vec<Filler>,
    /// Per place: the newest of these.
    newest_of_place: Vec<u32>,
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
        self.unless.longest = 0;
        self.unless.rules = 0;
        self.nears.clear();
        self.sequences.clear();
        self.found.clear();
        self.newest.resize(tables.fillers.len(), NONE);
        self.present.resize(tables.fillers.len().div_ceil(64), 0);
        self.newest_of_place.resize(tables.places.len(), NONE);
        self.of_classes.resize_with(MASKED as usize, Vec::new);
        for filled in self.fillers.drain(..) {
            self.newest[filled.filler as usize] = NONE;
            self.present[filled.filler as usize / 64] = 0;
        }
        for filler in self.of_places.drain(..) {
            self.newest_of_place[filler.place as usize] = NONE;
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
        let mut found = std::mem::take(&mut self.found);
        for some in found.chunks(64) {
            self.file(tables, doc, some);
        }
        found.clear();
        self.found = found;
        self.unless.settle();
        self.keep_whole_groups(tables);
    }

    /// Files up to 64 hits by what their patterns are good for. That cannot be guessed, and a wrong guess costs more than a bit: first all are asked, then
    /// each is filed where it belongs.
    fn file(&mut self, tables: &Tables, doc: &Document<'_>, found: &[Found]) {
        let (mut speaking, mut silencing, mut filling) = (0u64, 0u64, 0u64);
        for hit in found {
            let pattern = &tables.patterns[hit.pattern as usize];
            speaking = speaking >> 1 | u64::from(pattern.uses.0 < pattern.uses.1) << 63;
            silencing = silencing >> 1 | u64::from(pattern.uses.1 < pattern.silences) << 63;
            filling = filling >> 1 | u64::from(pattern.filler != NONE) << 63;
        }
        let unused = 64 - found.len();
        each_bit(speaking >> unused, |i| self.speak(tables, doc, &found[i]));
        each_bit(silencing >> unused, |i| self.silence(tables, doc, &found[i]));
        each_bit(filling >> unused, |i| self.fill(tables, &found[i]));
    }

    /// Files a hit under its uses.
    #[inline]
    fn speak(&mut self, tables: &Tables, doc: &Document<'_>, found: &Found) {
        for used in part(&tables.uses, tables.patterns[found.pattern as usize].uses) {
            if !used.capital || is_capital(doc, found.span) {
                let list = if used.channel == Channel::Cue { &mut self.cues } else { &mut self.terms };
                list.push(TermHit::new(used, found.span));
            }
        }
    }

    fn silence(&mut self, tables: &Tables, doc: &Document<'_>, found: &Found) {
        let pattern = &tables.patterns[found.pattern as usize];
        for used in part(&tables.uses, (pattern.uses.1, pattern.silences)) {
            if !used.capital || is_capital(doc, found.span) {
                self.unless.add(used.rule, found.span);
            }
        }
    }

    /// Notes which places a hit fills, and wakes groups.
    #[inline]
    fn fill(&mut self, tables: &Tables, found: &Found) {
        let id = tables.patterns[found.pattern as usize].filler;
        let before = std::mem::replace(&mut self.newest[id as usize], self.fillers.len() as u32);
        self.fillers.push(Filled { filler: id, span: found.span, before });
        if before == NONE {
            set(&mut self.present, id);
            let filler = &tables.fillers[id as usize];
            self.classes |= filler.classes;
            for &place in part(&tables.fills, filler.fills) {
                set(&mut self.filled, place);
                let newest = &mut self.newest_of_place[place as usize];
                let before = std::mem::replace(newest, self.of_places.len() as u32);
                self.of_places.push(Filler { place, filler: id, before });
            }
            for &group in part(&tables.wakes, filler.wakes) {
                set(&mut self.woken, group);
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
            each_bit(bits, |i| {
                let group = word * 64 + i as u32;
                if part(&tables.fillings, tables.groups[group as usize]).iter().all(may_be_filled) {
                    match group.checked_sub(first_sequence) {
                        None => nears.push(group),
                        Some(sequence) => sequences.push(sequence),
                    }
                }
            });
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
            } else if tables.listed[place as usize] {
                let members = &tables.places[place as usize];
                let mut of_place = self.newest_of_place[place as usize];
                while of_place != NONE {
                    let Filler { filler, before, .. } = self.of_places[of_place as usize];
                    members_of(members, filler).for_each(|member| self.hits_of(doc, *member, out));
                    of_place = before;
                }
            } else {
                let present = |m: &&Member| has(&self.present, m.filler());
                tables.places[place as usize].iter().filter(present).for_each(|m| self.hits_of(doc, *m, out));
            }
        }
        out.sort_unstable();
    }

    /// Appends the hits of a member of a place.
    fn hits_of(&self, doc: &Document<'_>, member: Member, out: &mut Vec<PartHit>) {
        let mut at = self.newest[member.filler() as usize];
        while at != NONE {
            let filled = &self.fillers[at as usize];
            out.extend(part_hit(doc, member, filled.span));
            at = filled.before;
        }
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
        for filled in self.fillers.iter().filter(belongs) {
            let same = members_of(members, filled.filler);
            list.extend(same.filter_map(|member| part_hit(doc, *member, filled.span)));
        }
    }
}

/// The members of a place that a filler stands for.
fn members_of(members: &[Member], filler: u32) -> impl Iterator<Item = &Member> {
    let from = members.partition_point(|m| m.filler() < filler);
    members[from..].iter().take_while(move |m| m.filler() == filler)
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
