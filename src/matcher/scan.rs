//! Text → hits: every surface that stands in it, sorted into what its uses do.

use super::latin::WordIds;
use super::tables::{Channel, Filling, Group, MASKED, Member, Part, Tables, Use, part};
use crate::lexicon::Boundary;
use crate::lexicon::id::RuleId;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// A surface found for a rule, not yet checked against word boundaries.
#[derive(Debug, Clone, Copy)]
pub(super) struct TermHit {
    pub span: Span<Norm>,
    pub channel: Channel,
    pub rule: RuleId,
    pub boundary: Boundary,
    pub sense: Option<u32>,
    pub passing: bool,
}

/// A surface found for a part of something larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartHit {
    pub span: Span<Norm>,
    pub boundary: Boundary,
}

/// A pattern found at a place.
#[derive(Debug, Clone, Copy)]
struct Found {
    pattern: u32,
    span: Span<Norm>,
    classes: u64,
    /// The hit of the same pattern before it.
    before: u32,
}

/// No hit.
const NONE: u32 = u32::MAX;

/// All hits of one text; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub terms: Vec<TermHit>,
    pub unless: Vec<(RuleId, Span<Norm>)>,
    /// Near rules of which every slot may have a hit.
    pub nears: Vec<u32>,
    /// Sequences of which every word may have a hit.
    pub sequences: Vec<u32>,
    /// Hits of patterns that fill places.
    fillers: Vec<Found>,
    /// A bit per pattern among the fillers.
    present: Vec<u64>,
    /// Per pattern that is present: its newest hit.
    newest: Vec<u32>,
    /// A bit per place that one of them fills.
    filled: Vec<u64>,
    /// A bit per class that one of them belongs to.
    classes: u64,
    /// Hits per class, for those classes that have a bit in `gathered`.
    of_classes: Vec<Vec<PartHit>>,
    gathered: u64,
    ids: WordIds,
}

impl Hits {
    fn start(&mut self, tables: &Tables) {
        self.terms.clear();
        self.unless.clear();
        self.nears.clear();
        self.sequences.clear();
        self.present.resize(tables.patterns.len().div_ceil(64), 0);
        self.newest.resize(tables.patterns.len(), NONE);
        self.of_classes.resize_with(MASKED as usize, Vec::new);
        for found in self.fillers.drain(..) {
            self.present[found.pattern as usize / 64] = 0;
        }
        self.filled.clear();
        self.filled.resize(tables.places.len().div_ceil(64), 0);
        (self.classes, self.gathered) = (0, 0);
    }

    /// Finds every surface of a text.
    pub(super) fn find(&mut self, tables: &Tables, doc: &Document<'_>, outline: &Outline) {
        self.start(tables);
        let text = doc.norm();
        let mut ids = std::mem::take(&mut self.ids);
        if let Some(han) = &tables.han {
            for region in tables.anchors.regions(text) {
                for found in han.find_overlapping_iter(&text[region.clone()]) {
                    let span = Span::new(region.start + found.start(), region.start + found.end());
                    if !inside_latin_word(text, span) {
                        self.take(tables, doc, found.value(), span);
                    }
                }
            }
        }
        if !outline.words.is_empty() {
            tables.latin.find(text, outline, &mut ids, |pattern, span| self.take(tables, doc, pattern, span));
        }
        self.ids = ids;
        self.keep_whole_groups(tables);
    }

    /// Of the groups that were woken those of which every part has a hit, each once.
    fn keep_whole_groups(&mut self, tables: &Tables) {
        let Self { nears, sequences, filled, classes, .. } = self;
        let may_be_filled = |f: &Filling| *classes & f.classes != 0 || f.places.iter().any(|&place| has(filled, place));
        nears.retain(|&near| tables.nears[near as usize].fillings.iter().all(may_be_filled));
        nears.sort_unstable();
        nears.dedup();
        sequences.retain(|&sequence| tables.sequences[sequence as usize].fillings.iter().all(may_be_filled));
        sequences.sort_unstable();
        sequences.dedup();
    }

    /// Files one found pattern under all its uses.
    fn take(&mut self, tables: &Tables, doc: &Document<'_>, id: u32, span: Span<Norm>) {
        if !doc.zones().is_empty() && doc.is_foreign(span) {
            return;
        }
        let pattern = &tables.patterns[id as usize];
        for used in part(&tables.uses, pattern.uses) {
            if !used.capital || is_capital(doc, span) {
                self.file(used, span);
            }
        }
        let fills = part(&tables.fills, pattern.fills);
        if fills.is_empty() && pattern.classes == 0 {
            return;
        }
        let is_new = !has(&self.present, id);
        let before = if is_new { NONE } else { self.newest[id as usize] };
        self.newest[id as usize] = self.fillers.len() as u32;
        self.fillers.push(Found { pattern: id, span, classes: pattern.classes, before });
        if is_new {
            set(&mut self.present, id);
            self.classes |= pattern.classes;
            for &place in fills {
                set(&mut self.filled, place);
            }
            for &group in part(&tables.wakes, pattern.wakes) {
                match group {
                    Group::Near(near) => self.nears.push(near),
                    Group::Sequence(sequence) => self.sequences.push(sequence),
                }
            }
        }
    }

    #[inline]
    fn file(&mut self, used: &Use, span: Span<Norm>) {
        let Use { rule, channel, boundary, passing, .. } = *used;
        let term = |sense: Option<u32>| TermHit { span, channel, rule, boundary, sense, passing };
        match used.part {
            Part::Term => self.terms.push(term(None)),
            Part::Ambiguous(sense) => self.terms.push(term(Some(sense))),
            Part::Unless => self.unless.push((rule, span)),
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
            } else if has(&self.filled, place) {
                for member in tables.places[place as usize].iter().filter(|m| has(&self.present, m.pattern)) {
                    let mut at = self.newest[member.pattern as usize];
                    while let Some(found) = self.fillers.get(at as usize) {
                        out.extend(part_hit(doc, member, found.span));
                        at = found.before;
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
        for found in self.fillers.iter().filter(|f| f.classes & 1 << class != 0) {
            let from = members.partition_point(|m| m.pattern < found.pattern);
            let same = members[from..].iter().take_while(|m| m.pattern == found.pattern);
            list.extend(same.filter_map(|member| part_hit(doc, member, found.span)));
        }
    }
}

/// The hit of a member of a place, unless it lacks its capital.
fn part_hit(doc: &Document<'_>, member: &Member, span: Span<Norm>) -> Option<PartHit> {
    (!member.capital || is_capital(doc, span)).then_some(PartHit { span, boundary: member.boundary })
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
    let cut = |a: usize, b: usize| bytes[a].is_ascii_alphanumeric() && bytes[b].is_ascii_alphanumeric();
    start > 0 && cut(start - 1, start) || end < bytes.len() && end > 0 && cut(end - 1, end)
}

/// Whether a span begins with a capital in the raw text.
fn is_capital(doc: &Document<'_>, span: Span<Norm>) -> bool {
    doc.raw()[doc.to_raw(span).range()].chars().next().is_some_and(char::is_uppercase)
}
