//! Text → hits: every surface that stands in it, sorted into what its uses do.

use super::compile::{Channel, Owner, Part, Tables, Use};
use super::latin::WordIds;
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

/// No earlier hit.
const NONE: u32 = u32::MAX;

/// The newest hit of a place in the text that it was last found in.
#[derive(Debug, Clone, Copy)]
struct Head {
    text: u32,
    newest: u32,
}

/// Which parts of a rule have a hit in the text that it was last found in.
#[derive(Debug, Clone, Copy, Default)]
struct Filled {
    text: u32,
    bits: u32,
}

/// All hits of one text; reused from text to text. Nothing is cleared: what belongs to an earlier text has its number.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub terms: Vec<TermHit>,
    pub unless: Vec<(RuleId, Span<Norm>)>,
    /// Near rules of which every slot has a hit.
    pub nears: Vec<u32>,
    /// Sequences of which every word has a hit.
    pub sequences: Vec<u32>,
    text: u32,
    /// Hits of places, each with the one before it.
    chain: Vec<(PartHit, u32)>,
    heads: Vec<Head>,
    near_slots: Vec<Filled>,
    sequence_parts: Vec<Filled>,
    ids: WordIds,
}

impl Hits {
    fn start(&mut self, tables: &Tables) {
        self.terms.clear();
        self.unless.clear();
        self.nears.clear();
        self.sequences.clear();
        self.chain.clear();
        if self.heads.len() != tables.places.len() || self.text == u32::MAX {
            self.heads = vec![Head { text: 0, newest: NONE }; tables.places.len()];
            self.near_slots = vec![Filled::default(); tables.nears.len()];
            self.sequence_parts = vec![Filled::default(); tables.sequences.len()];
            self.text = 0;
        }
        self.text += 1;
    }

    /// Finds every surface of a text.
    pub(super) fn find(&mut self, tables: &Tables, doc: &Document<'_>, outline: &Outline) {
        self.start(tables);
        let text = doc.norm();
        let mut ids = std::mem::take(&mut self.ids);
        if let Some(han) = &tables.han {
            for found in han.find_overlapping_iter(text) {
                let span = Span::new(found.start(), found.end());
                if !inside_latin_word(text, span) {
                    self.take(tables, doc, found.value(), span);
                }
            }
        }
        if !outline.words.is_empty() {
            tables.latin.find(text, outline, &mut ids, |pattern, span| self.take(tables, doc, pattern, span));
        }
        self.ids = ids;
        self.nears.sort_unstable();
        self.sequences.sort_unstable();
    }

    /// Files one found pattern under all its uses.
    fn take(&mut self, tables: &Tables, doc: &Document<'_>, pattern: u32, span: Span<Norm>) {
        if !doc.zones().is_empty() && doc.is_foreign(span) {
            return;
        }
        let (from, to) = tables.ranges[pattern as usize];
        for used in &tables.uses[from as usize..to as usize] {
            if used.capital && !is_capital(doc, span) {
                continue;
            }
            self.file(tables, used, span);
        }
    }

    #[inline]
    fn file(&mut self, tables: &Tables, used: &Use, span: Span<Norm>) {
        let term = |sense: Option<u32>| TermHit {
            span,
            channel: tables.channels[used.rule.index()],
            rule: used.rule,
            boundary: used.boundary,
            sense,
            passing: used.passing,
        };
        match used.part {
            Part::Term => self.terms.push(term(None)),
            Part::Ambiguous(sense) => self.terms.push(term(Some(sense))),
            Part::Unless => self.unless.push((used.rule, span)),
            Part::Place(place) => self.place(tables, place, PartHit { span, boundary: used.boundary }),
        }
    }

    /// Adds a hit to a place; the first one of a text tells the rules that wait for it.
    fn place(&mut self, tables: &Tables, place: u32, hit: PartHit) {
        let head = &mut self.heads[place as usize];
        let before = if head.text == self.text { head.newest } else { NONE };
        *head = Head { text: self.text, newest: self.chain.len() as u32 };
        self.chain.push((hit, before));
        if before == NONE {
            for &owner in &tables.places[place as usize] {
                match owner {
                    Owner::Near { near, slot } => {
                        let full = u32::from(tables.nears[near as usize].full);
                        if fill(&mut self.near_slots[near as usize], self.text, slot, full) {
                            self.nears.push(near);
                        }
                    }
                    Owner::Piece { sequence, piece } => {
                        let full = tables.sequences[sequence as usize].full;
                        if fill(&mut self.sequence_parts[sequence as usize], self.text, piece, full) {
                            self.sequences.push(sequence);
                        }
                    }
                    Owner::Sense(_) => {}
                }
            }
        }
    }

    /// Appends the hits of some places, by position.
    pub(super) fn of_places(&self, places: &[u32], out: &mut Vec<PartHit>) {
        for &place in places {
            let head = self.heads[place as usize];
            let mut at = if head.text == self.text { head.newest } else { NONE };
            while at != NONE {
                let (hit, before) = self.chain[at as usize];
                out.push(hit);
                at = before;
            }
        }
        out.sort_unstable();
    }
}

/// Notes a part; true where it was the last one missing.
fn fill(filled: &mut Filled, text: u32, part: u8, full: u32) -> bool {
    if filled.text != text {
        *filled = Filled { text, bits: 0 };
    }
    let before = filled.bits;
    filled.bits |= 1 << part;
    before != full && filled.bits == full
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
