//! Which hits stand: boundary check first, then the longest of the survivors.

use smallvec::SmallVec;

use super::log::{Log, Verdict};
use super::places::PartHit;
use super::scan::{Silence, TermHit};
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
    /// The clause of the last match: hits come in the order of the text.
    clause: usize,
}

impl<'c> Check<'c> {
    pub(super) fn new(doc: &'c Document<'c>, outline: &'c Outline, cutter: &'c mut Cutter) -> Self {
        Self { doc, outline, cutter, clause: 0 }
    }

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

    fn found(&mut self, hit: &TermHit) -> Match {
        let span = hit.span();
        let clause = self.outline.clause_from(self.clause, span.start);
        self.clause = clause;
        Match {
            rule: hit.rule(),
            span,
            clause: clause as u32,
            sentence: self.outline.clauses.get(clause).map_or(0, |c| c.sentence),
            sense: hit.sense(),
            passing: hit.passing,
            thing: hit.thing,
            via: Via::Term,
        }
    }
}

/// The places of a user's own things whose surfaces have one meaning: his words come first, and no longer one that is built in covers them.
pub(super) fn firm(
    terms: &[TermHit],
    unless: &Silence,
    own: &[bool],
    check: &mut Check<'_>,
) -> SmallVec<[Span<Norm>; 8]> {
    let mut firm: SmallVec<[Span<Norm>; 8]> = SmallVec::new();
    if own.is_empty() {
        return firm;
    }
    for hit in terms.iter().take_while(|h| h.channel == Channel::Mention) {
        let span = hit.span();
        if own[hit.rule().index()]
            && hit.sense().is_none()
            && firm.last().is_none_or(|last| last.end <= span.start)
            && silenced(hit, unless).is_none()
            && check.veto(span, hit.boundary).is_none()
        {
            firm.push(span);
        }
    }
    firm
}

/// Mentions: leftmost-longest among the survivors; several senses of one span stay together.
pub(super) fn mentions(
    terms: &[TermHit],
    unless: &Silence,
    (homes, firm): (&[RuleId], &[Span<Norm>]),
    check: &mut Check<'_>,
    log: &mut Option<Log>,
    out: &mut Vec<Match>,
) {
    let mut taken: Option<Span<Norm>> = None;
    for hit in terms.iter().take_while(|h| h.channel == Channel::Mention) {
        let span = hit.span();
        // 冰啤 and 啤酒 in 冰啤酒 are one word of one rule: the first grows.
        if let (Some(t), Some(last)) = (taken, out.last_mut())
            && last.rule == hit.rule()
            && firm.is_empty()
            && (t.start < span.start && span.start < t.end && t.end < span.end)
            && check.veto(span, hit.boundary).is_none()
        {
            last.span.end = span.end;
            taken = Some(last.span);
            continue;
        }
        let first = firm.iter().find(|own| own.overlaps(span) && **own != span);
        let verdict = match taken {
            _ if first.is_some() => Some(Verdict::OtherSense),
            Some(t) if t != span && t.end > span.start => Some(Verdict::InsideLonger(t)),
            _ => silenced(hit, unless)
                .or_else(|| unless.around(homes[hit.rule().index()], span).map(Verdict::Unless))
                .or_else(|| check.veto(span, hit.boundary)),
        };
        match verdict {
            Some(verdict) => note(log, hit, verdict),
            None => {
                taken = Some(span);
                out.push(check.found(hit));
            }
        }
    }
}

/// All other channels: a hit strictly inside a longer survivor of its channel falls; partial overlaps both stand.
pub(super) fn labels(
    terms: &[TermHit],
    unless: &Silence,
    wanted: impl Fn(&TermHit) -> bool,
    check: &mut Check<'_>,
    log: &mut Option<Log>,
    out: &mut Vec<Match>,
) {
    let mut channel = None;
    let (mut from, mut longest) = (out.len(), 0);
    for hit in terms.iter().filter(|h| wanted(h)) {
        let span = hit.span();
        if channel != Some(hit.channel) {
            channel = Some(hit.channel);
            (from, longest) = (out.len(), 0);
        }
        // Cues of different names may stand inside each other: each is asked for by itself.
        let same = |m: &Match| hit.channel != Channel::Cue || m.rule == hit.rule();
        // They begin one behind the other, so that none from so far back can reach the end of this one.
        let near = out[from..].iter().rev().take_while(|m| m.span.start + longest >= span.end);
        let longer = near.into_iter().find(|m| m.span != span && m.span.contains(span) && same(m));
        let verdict = match longer {
            Some(m) => Some(Verdict::InsideLonger(m.span)),
            None => silenced(hit, unless).or_else(|| check.veto(span, hit.boundary)),
        };
        match verdict {
            Some(verdict) => note(log, hit, verdict),
            None => {
                longest = longest.max(span.end - span.start);
                out.push(check.found(hit));
            }
        }
    }
}

/// Whether a longer phrase of the same rule takes the hit back.
fn silenced(hit: &TermHit, unless: &Silence) -> Option<Verdict> {
    unless.over(hit.rule(), hit.span()).map(Verdict::Unless)
}

fn note(log: &mut Option<Log>, hit: &TermHit, verdict: Verdict) {
    if let Some(log) = log {
        log.note(hit.rule(), hit.span(), verdict);
    }
}
