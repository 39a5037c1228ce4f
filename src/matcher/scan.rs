//! Text → hits: every surface that stands in it, sorted into what its uses do.

use super::compile::{Channel, Part, Tables, Use};
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
    /// Near rule, sequence, class or sense.
    pub owner: u32,
    /// Slot or piece; 0 for classes and senses.
    pub place: u8,
    pub span: Span<Norm>,
    pub boundary: Boundary,
}

/// All hits of one text; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub terms: Vec<TermHit>,
    pub unless: Vec<(RuleId, Span<Norm>)>,
    pub near: Vec<PartHit>,
    pub pieces: Vec<PartHit>,
    pub classes: Vec<PartHit>,
    pub senses: Vec<PartHit>,
    ids: WordIds,
}

impl Hits {
    fn clear(&mut self) {
        self.terms.clear();
        self.unless.clear();
        self.near.clear();
        self.pieces.clear();
        self.classes.clear();
        self.senses.clear();
    }

    /// Finds every surface of a text.
    pub(super) fn find(&mut self, tables: &Tables, doc: &Document<'_>, outline: &Outline) {
        self.clear();
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
        self.near.sort_unstable();
        self.pieces.sort_unstable();
        self.classes.sort_unstable();
        self.senses.sort_unstable();
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

    fn file(&mut self, tables: &Tables, used: &Use, span: Span<Norm>) {
        let part = |owner: u32, place: u8| PartHit { owner, place, span, boundary: used.boundary };
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
            Part::Near { near, slot } => self.near.push(part(near, slot)),
            Part::Piece { sequence, piece } => self.pieces.push(part(sequence, piece)),
            Part::Class(class) => self.classes.push(part(u32::from(class), 0)),
            Part::Sense(sense) => self.senses.push(part(sense, 0)),
        }
    }
}

/// The hits of one owner and place in a sorted list.
pub(super) fn of_place(hits: &[PartHit], owner: u32, place: u8) -> &[PartHit] {
    let from = hits.partition_point(|h| (h.owner, h.place) < (owner, place));
    let to = from + hits[from..].partition_point(|h| (h.owner, h.place) == (owner, place));
    &hits[from..to]
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
