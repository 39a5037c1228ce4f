//! Surfaces that stand close together in one sentence.

use super::compile::{NearRule, Tables};
use super::scan::{Hits, PartHit};
use super::select::Check;
use super::{Match, Via};
use crate::lexicon::id::RuleId;
use crate::normalize::span::{Norm, Span};
use crate::segment::words_between;

/// Hits of one slot that are looked at; a text that repeats a word a thousand times needs no more.
const MOST_HITS: usize = 48;

/// The hits of the slots of the rule at hand; reused from rule to rule.
#[derive(Debug, Default)]
pub(super) struct Slots {
    lists: Vec<Vec<PartHit>>,
    picked: Vec<PartHit>,
    groups: Vec<Span<Norm>>,
}

impl Slots {
    /// Reports every near rule that is met, once per place.
    pub(super) fn find(&mut self, tables: &Tables, hits: &Hits, check: &mut Check<'_>, out: &mut Vec<Match>) {
        for &near in &hits.nears {
            let rule = &tables.nears[near as usize];
            self.lists.resize_with(rule.slots.len().max(self.lists.len()), Vec::new);
            for (list, places) in self.lists.iter_mut().zip(&rule.slots) {
                list.clear();
                hits.of_places(tables, check.doc, places, list);
                list.truncate(MOST_HITS);
            }
            self.picked.clear();
            self.groups.clear();
            group(rule, &self.lists[..rule.slots.len()], check, &mut self.picked, &mut self.groups);
            self.groups.sort_unstable();
            report(rule, &hits.unless, &self.groups, check, out);
        }
    }
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
        && words_between(check.doc.norm(), first.end, second.start) <= rule.within
}

/// One match per place; groups that overlap an `unless` phrase fall.
fn report(
    rule: &NearRule,
    unless: &[(RuleId, Span<Norm>)],
    groups: &[Span<Norm>],
    check: &Check<'_>,
    out: &mut Vec<Match>,
) {
    let mut last: Option<Span<Norm>> = None;
    for &span in groups {
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
