//! Surfaces that stand close together in one sentence.

use super::compile::{NearRule, Part, Tables};
use super::scan::{Hits, PartHit, of_place};
use super::select::Check;
use super::{Match, Via};
use crate::normalize::span::{Norm, Span};
use crate::segment::words_between;

/// Hits of one slot that are looked at; a text that repeats a word a thousand times needs no more.
const MOST_HITS: usize = 48;

/// Which slots of which near rules have a hit; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Slots {
    filled: Vec<u8>,
    touched: Vec<u32>,
}

impl Slots {
    /// The near rules of which every slot has a hit, sorted.
    fn ready(&mut self, tables: &Tables, hits: &Hits) -> Vec<u32> {
        self.filled.resize(tables.nears.len(), 0);
        for &near in &self.touched {
            self.filled[near as usize] = 0;
        }
        self.touched.clear();
        for hit in &hits.near {
            self.fill(hit.owner, hit.place);
        }
        let mut last = None;
        for hit in hits.classes.iter().filter(|h| last.replace(h.owner) != Some(h.owner)) {
            for &part in &tables.class_parts[hit.owner as usize] {
                if let Part::Near { near, slot } = part {
                    self.fill(near, slot);
                }
            }
        }
        let mut ready: Vec<u32> =
            self.touched.iter().copied().filter(|&n| self.filled[n as usize] == tables.nears[n as usize].full).collect();
        ready.sort_unstable();
        ready
    }

    fn fill(&mut self, near: u32, slot: u8) {
        let filled = &mut self.filled[near as usize];
        if *filled == 0 {
            self.touched.push(near);
        }
        *filled |= 1 << slot;
    }

    /// Reports every near rule that is met, once per place.
    pub(super) fn find(&mut self, tables: &Tables, hits: &Hits, check: &mut Check<'_>, out: &mut Vec<Match>) {
        for near in self.ready(tables, hits) {
            let rule = &tables.nears[near as usize];
            let lists: Vec<Vec<PartHit>> = (0..rule.classes.len()).map(|slot| slot_hits(rule, near, slot, hits)).collect();
            let mut groups = Vec::new();
            group(rule, &lists, check, &mut Vec::new(), &mut groups);
            report(rule, &hits.unless, &groups, check, out);
        }
    }
}

/// The hits of one slot: its own surfaces and those of its classes, by place, capped.
fn slot_hits(rule: &NearRule, near: u32, slot: usize, hits: &Hits) -> Vec<PartHit> {
    let mut list = of_place(&hits.near, near, slot as u8).to_vec();
    for &class in &rule.classes[slot] {
        list.extend_from_slice(of_place(&hits.classes, u32::from(class), 0));
    }
    list.sort_unstable_by_key(|h| (h.span, h.boundary));
    list.truncate(MOST_HITS);
    list
}

/// Extends a group by one hit per further slot; a full group is kept.
fn group(rule: &NearRule, lists: &[Vec<PartHit>], check: &mut Check<'_>, picked: &mut Vec<PartHit>, out: &mut Vec<Span<Norm>>) {
    let Some(list) = lists.get(picked.len()) else {
        let start = picked.iter().map(|h| h.span.start).min().unwrap_or(0);
        let end = picked.iter().map(|h| h.span.end).max().unwrap_or(0);
        out.push(Span::new(start as usize, end as usize));
        return;
    };
    for hit in list {
        let fits = match picked.last() {
            None => true,
            Some(_) => picked.iter().any(|p| close(rule, p, hit, check)) && !picked.iter().any(|p| p.span.overlaps(hit.span)),
        };
        if fits && check.stands(hit) {
            picked.push(*hit);
            let before = out.len();
            group(rule, lists, check, picked, out);
            picked.pop();
            // One group per first hit is enough: the evidence names a place, not every pair.
            if out.len() > before && picked.len() == 1 {
                return;
            }
        }
    }
}

/// Whether two hits stand in one sentence, in order if asked, near enough.
fn close(rule: &NearRule, a: &PartHit, b: &PartHit, check: &Check<'_>) -> bool {
    let (first, second) = if a.span.start <= b.span.start { (a.span, b.span) } else { (b.span, a.span) };
    if rule.ordered && first != a.span || first.end > second.start {
        return false;
    }
    // A word has at most some 20 bytes; far pairs need no count.
    second.start - first.end <= rule.within * 24
        && check.outline.sentence_at(first.start) == check.outline.sentence_at(second.start)
        && words_between(check.text, first.end, second.start) <= rule.within
}

/// One match per place; groups that overlap an `unless` phrase fall.
fn report(
    rule: &NearRule,
    unless: &[(crate::lexicon::id::RuleId, Span<Norm>)],
    groups: &[Span<Norm>],
    check: &Check<'_>,
    out: &mut Vec<Match>,
) {
    let mut last: Option<Span<Norm>> = None;
    let mut groups = groups.to_vec();
    groups.sort_unstable();
    for span in groups {
        let silenced = unless.iter().any(|(r, s)| *r == rule.rule && s.overlaps(span));
        if silenced || last.is_some_and(|l| l.overlaps(span)) {
            continue;
        }
        last = Some(span);
        let clause = check.outline.clause_at(span.start);
        out.push(Match {
            rule: rule.rule,
            span,
            clause: clause as u32,
            sentence: check.outline.clauses.get(clause).map_or(0, |c| c.sentence),
            sense: None,
            passing: false,
            via: Via::Near,
        });
    }
}
