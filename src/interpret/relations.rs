//! Sequences whose slots are filled by things named → relations. Direction comes from the pattern, not from the order of words.

use super::evidence::{Relation, Side, Trace};
use super::mentions::Named;
use crate::lexicon::id::RelationKind;
use crate::lexicon::taxonomy::Taxonomy;
use crate::lexicon::{Lexicon, Slot, Target};
use crate::matcher::{Matcher, Scratch};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::{Outline, words_between};

/// Places of one part that are looked at.
const MOST_PLACES: usize = 32;

/// One way to fill a sequence.
#[derive(Debug, Clone, Copy, Default)]
struct Filled {
    a: Option<usize>,
    b: Option<usize>,
}

/// A place that fills a part, with the index of what is named there (0 for words).
type Place = (Span<Norm>, usize);

/// What is needed while a sequence is matched.
struct Search<'s> {
    text: &'s str,
    outline: &'s Outline,
    /// Per part: its most words before, its slot.
    parts: &'s [(u32, Option<Slot>)],
    /// The places of all slots.
    sides: &'s [Place],
    /// Per part that is words: its places.
    words: &'s [Vec<Place>],
}

/// All relations of a post, each pair and kind once.
pub(super) fn read(
    lexicon: &Lexicon,
    matcher: &Matcher,
    doc: &Document<'_>,
    scratch: &mut Scratch,
    named: &[Named],
) -> Vec<Relation> {
    let mut out: Vec<Relation> = Vec::new();
    if named.is_empty() || matcher.sequences(scratch).is_empty() {
        return out;
    }
    let sides = sides(named);
    let (mut words, mut spans) = (Vec::new(), Vec::new());
    for i in 0..matcher.sequences(scratch).len() {
        let sequence = matcher.sequences(scratch)[i];
        let rule = matcher.sequence(sequence);
        let Target::Relation(kind) = lexicon.entry(rule.rule).target else { continue };
        if rule.parts.iter().filter(|(_, slot)| slot.is_some()).count() > sides.len() {
            continue;
        }
        // Most sequences fail by distance; word boundaries are asked for only where all places together would do.
        for checked in [false, true] {
            words.resize_with(rule.parts.len().max(words.len()), Vec::new);
            for (piece, list) in
                words.iter_mut().enumerate().take(rule.parts.len()).filter(|&(p, _)| rule.parts[p].1.is_none())
            {
                matcher.pieces(scratch, doc, (sequence, piece), checked, &mut spans);
                list.clear();
                list.extend(spans.iter().map(|&s| (s, 0)).take(if checked { MOST_PLACES } else { usize::MAX }));
            }
            let search = Search {
                text: doc.norm(),
                outline: &scratch.outline,
                parts: &rule.parts,
                sides: &sides,
                words: &words,
            };
            let found = search.all();
            if found.is_empty() {
                break;
            }
            for (span, filled) in found.into_iter().filter(|_| checked) {
                let trace = Trace { rule: rule.rule, span: doc.to_raw(span) };
                add(&lexicon.taxonomy, kind, named, filled, trace, &mut out);
            }
        }
    }
    out.sort_by_key(|r| (r.kind, r.a, r.b));
    out
}

/// The places of things named; a brand followed by its own category (喜力啤酒) is one thing.
fn sides(named: &[Named]) -> Vec<(Span<Norm>, usize)> {
    let mut out: Vec<(Span<Norm>, usize)> = Vec::with_capacity(named.len());
    for (i, n) in named.iter().enumerate() {
        let joins = out.last().is_some_and(|&(span, before)| {
            span.end == n.found.span.start
                && named[before].brand.is_some()
                && n.brand.is_none()
                && named[before].category == n.category
        });
        match out.last_mut() {
            Some((span, _)) if joins => span.end = n.found.span.end,
            _ => out.push((n.found.span, i)),
        }
    }
    out.truncate(MOST_PLACES);
    out
}

impl Search<'_> {
    fn places(&self, part: usize) -> &[Place] {
        match self.parts[part].1 {
            Some(_) => self.sides,
            None => &self.words[part],
        }
    }

    /// One filling per place of the first part.
    fn all(&self) -> Vec<(Span<Norm>, Filled)> {
        let mut out = Vec::new();
        let Some(&(_, slot)) = self.parts.first() else { return out };
        let mut dead = vec![0u32; self.parts.len()];
        for &(span, index) in self.places(0) {
            dead.fill(0);
            let filled = Filled::default().with(slot, index);
            if let Some((end, filled)) = self.rest(1, span, filled, &mut dead) {
                out.push((Span::new(span.start as usize, end as usize), filled));
            }
        }
        out
    }

    /// Fills the parts from `at` on behind a place; `dead` remembers per part from where nothing follows, which keeps the search short.
    fn rest(&self, at: usize, before: Span<Norm>, filled: Filled, dead: &mut [u32]) -> Option<(u32, Filled)> {
        let Some(&(gap, slot)) = self.parts.get(at) else { return Some((before.end, filled)) };
        if dead[at] == before.end + 1 {
            return None;
        }
        for &(span, index) in self.places(at) {
            // A thing may be named with its verb (喝茶): the verb is then the part before. (Not where the sequence only begins: 戒 in 戒指
            // is no verb.)
            let holds = at > 1 && slot.is_some() && span.start <= before.start && before.end < span.end;
            if !holds {
                if span.start < before.end {
                    continue;
                }
                // Places are sorted: beyond the gap nothing comes back.
                if !self.near(before.end, span.start, gap) {
                    break;
                }
            }
            if let Some(found) = self.rest(at + 1, span, filled.with(slot, index), dead) {
                return Some(found);
            }
        }
        dead[at] = before.end + 1;
        None
    }

    fn near(&self, from: u32, to: u32, gap: u32) -> bool {
        to - from <= (gap + 1) * 24
            && self.outline.sentence_at(from.saturating_sub(1)) == self.outline.sentence_at(to)
            && words_between(self.text, from, to) <= gap
    }
}

impl Filled {
    fn with(mut self, slot: Option<Slot>, index: usize) -> Self {
        match slot {
            Some(Slot::A) => self.a = Some(index),
            Some(Slot::B) => self.b = Some(index),
            None => {}
        }
        self
    }
}

/// Adds a relation unless both sides are the same thing or of one lineage; a pair found again adds its words only.
fn add(
    taxonomy: &Taxonomy,
    kind: RelationKind,
    named: &[Named],
    filled: Filled,
    trace: Trace,
    out: &mut Vec<Relation>,
) {
    let side = |i: Option<usize>| i.map(|i| Side { category: named[i].category, brand: named[i].brand });
    let (mut a, mut b) = (side(filled.a), side(filled.b));
    if let (Some(x), Some(y)) = (a, b) {
        let same_brand = x.brand == y.brand;
        if same_brand && (x.brand.is_some() || taxonomy.same_lineage(x.category, y.category)) {
            return;
        }
        // A brand against the bare word of its own category compares nothing.
        if x.brand.is_some() != y.brand.is_some() && x.category == y.category {
            return;
        }
    }
    if matches!(kind, RelationKind::EitherOr | RelationKind::GoesWith) && a > b {
        std::mem::swap(&mut a, &mut b);
    }
    match out.iter_mut().find(|r| r.kind == kind && r.a == a && r.b == b) {
        Some(known) => {
            if !known.traces.contains(&trace) {
                known.traces.push(trace);
                known.traces.sort_unstable_by_key(|t| (t.span, t.rule));
            }
        }
        None => out.push(Relation { kind, a, b, traces: vec![trace] }),
    }
}
