//! Which hits stand: boundary check first, then the longest of the survivors.

use super::log::{Log, Verdict};
use super::scan::{PartHit, TermHit};
use super::tables::Channel;
use super::{Match, Via};
use crate::lexicon::Boundary;
use crate::lexicon::id::RuleId;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::{Cutter, Outline};

/// What is needed to ask about boundaries.
pub(super) struct Check<'c> {
    pub doc: &'c Document<'c>,
    pub outline: &'c Outline,
    pub cutter: &'c mut Cutter,
}

impl Check<'_> {
    /// Whether the boundary policy lets a span stand; the verdict if not.
    pub(super) fn veto(&mut self, span: Span<Norm>, boundary: Boundary) -> Option<Verdict> {
        match boundary {
            Boundary::Raw => None,
            Boundary::Inside => self.cutter.crosses(self.doc.norm(), span).then_some(Verdict::CrossesWord),
            Boundary::Strict => (!self.cutter.is_whole(self.doc.norm(), span)).then_some(Verdict::NotAWord),
        }
    }

    pub(super) fn stands(&mut self, hit: &PartHit) -> bool {
        self.veto(hit.span, hit.boundary).is_none()
    }

    fn found(&self, hit: &TermHit) -> Match {
        let clause = self.outline.clause_at(hit.span.start);
        Match {
            rule: hit.rule,
            span: hit.span,
            clause: clause as u32,
            sentence: self.outline.clauses.get(clause).map_or(0, |c| c.sentence),
            sense: hit.sense,
            passing: hit.passing,
            via: Via::Term,
        }
    }
}

/// Sorts hits so that of one channel the leftmost, and there the longest, come first.
pub(super) fn sort(terms: &mut [TermHit]) {
    // One number instead of a tuple: texts are shorter than 2^20 bytes and rules fewer than 2^20.
    terms.sort_unstable_by_key(|h| {
        let far = u64::from((1u32 << 20) - 1).saturating_sub(u64::from(h.span.end));
        (h.channel as u64) << 60 | u64::from(h.span.start) << 40 | far << 20 | u64::from(h.rule.0)
    });
}

/// Mentions: leftmost-longest among the survivors; several senses of one span stay together.
pub(super) fn mentions(
    terms: &[TermHit],
    unless: &[(RuleId, Span<Norm>)],
    check: &mut Check<'_>,
    log: &mut Option<Log>,
    out: &mut Vec<Match>,
) {
    let mut taken: Option<Span<Norm>> = None;
    for hit in terms.iter().filter(|h| h.channel == Channel::Mention) {
        // 冰啤 and 啤酒 in 冰啤酒 are one word of one rule: the first grows.
        if let (Some(t), Some(last)) = (taken, out.last_mut())
            && last.rule == hit.rule
            && (t.start < hit.span.start && hit.span.start < t.end && t.end < hit.span.end)
            && check.veto(hit.span, hit.boundary).is_none()
        {
            last.span.end = hit.span.end;
            taken = Some(last.span);
            continue;
        }
        let verdict = match taken {
            Some(t) if t != hit.span && t.end > hit.span.start => Some(Verdict::InsideLonger(t)),
            _ => silenced(hit, unless).or_else(|| check.veto(hit.span, hit.boundary)),
        };
        match verdict {
            Some(verdict) => note(log, hit, verdict),
            None => {
                taken = Some(hit.span);
                out.push(check.found(hit));
            }
        }
    }
}

/// All other channels: a hit strictly inside a longer survivor of its channel falls; partial overlaps both stand.
pub(super) fn labels(
    terms: &[TermHit],
    unless: &[(RuleId, Span<Norm>)],
    wanted: impl Fn(&TermHit) -> bool,
    check: &mut Check<'_>,
    log: &mut Option<Log>,
    out: &mut Vec<Match>,
) {
    let mut channel = None;
    let mut from = out.len();
    for hit in terms.iter().filter(|h| wanted(h)) {
        if channel != Some(hit.channel) {
            channel = Some(hit.channel);
            from = out.len();
        }
        // Cues of different names may stand inside each other: each is asked for by itself.
        let same = |m: &Match| hit.channel != Channel::Cue || m.rule == hit.rule;
        let longer = out[from..].iter().rev().find(|m| m.span != hit.span && m.span.contains(hit.span) && same(m));
        let verdict = match longer {
            Some(m) => Some(Verdict::InsideLonger(m.span)),
            None => silenced(hit, unless).or_else(|| check.veto(hit.span, hit.boundary)),
        };
        match verdict {
            Some(verdict) => note(log, hit, verdict),
            None => out.push(check.found(hit)),
        }
    }
}

/// Whether a longer phrase of the same rule takes the hit back.
fn silenced(hit: &TermHit, unless: &[(RuleId, Span<Norm>)]) -> Option<Verdict> {
    unless
        .iter()
        .find(|(rule, span)| *rule == hit.rule && span.overlaps(hit.span))
        .map(|&(_, span)| Verdict::Unless(span))
}

fn note(log: &mut Option<Log>, hit: &TermHit, verdict: Verdict) {
    if let Some(log) = log {
        log.note(hit.rule, hit.span, verdict);
    }
}
