//! Matches of the motive channel → motives with their role: negation and contrast turn them round, a repeat takes the motive praised most.

use std::cmp::Reverse;

use super::contrary;
use super::cues::Cues;
use super::denial::Denial;
use super::links::Place;
use crate::lexicon::id::{MotiveId, Role, RuleId};
use crate::lexicon::{Lexicon, Negated, Target};
use crate::matcher::{Match, Verdict, Via};
use crate::normalize::is_han;
use crate::normalize::span::{Norm, Span};

/// How many sentences from the words of coming again a reason is given for it.
const REASON_REACH: u32 = 3;

/// A motive found at a place, in the role that it has after negation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motivated {
    pub id: MotiveId,
    pub role: Role,
    pub rule: RuleId,
    pub span: Span<Norm>,
    /// Where words say it together, the stretch before the last of them.
    pub gap: Option<Span<Norm>>,
    pub clause: u32,
    pub sentence: u32,
    /// Counts only beside a thing.
    pub thing: bool,
    /// Its role is the contrary of the one that its words have.
    pub turned: bool,
}

impl Motivated {
    pub(super) fn place(&self) -> Place {
        Place { span: self.span, clause: self.clause, sentence: self.sentence }
    }
}

/// Reads the motives of a post; what a negation takes back is reported to `fell`.
pub(super) fn read(
    lexicon: &Lexicon,
    labels: &[Match],
    cues: &Cues<'_>,
    mut fell: impl FnMut(RuleId, Span<Norm>, Verdict),
) -> Vec<Motivated> {
    let mut out: Vec<Motivated> = Vec::new();
    for (at, m) in labels.iter().enumerate() {
        let entry = lexicon.entry(m.rule);
        let Target::Motive(id, written) = entry.target else { continue };
        let here = cues.clause(m.clause);
        let untold = cues.asked(m, here) || cues.of_another(m, here) || written == Role::Buy && cues.needless(m, here);
        let role = if untold {
            None
        } else if written == Role::Buy && cues.mocked(m) || cues.denied_in_list(m, written) {
            turned(written, entry.negated)
        } else {
            let spent = |negator| {
                is_spent(lexicon, &labels[..at], m, cues, negator)
                    || written == Role::Avoid && cues.dislikes(negator, here)
            };
            match cues.denied_beside(m, spent) {
                Denial::No => Some(written),
                Denial::Contrary if written == Role::Avoid && cues.hoped_away(m, here) => None,
                Denial::Contrary => turned(written, entry.negated),
                Denial::Unclear if entry.negated == Negated::Keep => Some(written),
                Denial::Unclear => None,
            }
        };
        match role {
            Some(role) => {
                let gap = match m.via {
                    Via::Term => None,
                    Via::Near { gap } => Some(gap),
                };
                out.push(Motivated {
                    id,
                    role,
                    rule: m.rule,
                    span: m.span,
                    gap,
                    clause: m.clause,
                    sentence: m.sentence,
                    thing: m.thing,
                    turned: role != written,
                });
            }
            None => fell(m.rule, m.span, Verdict::Negated),
        }
    }
    contrary::settle(&mut out, cues, &mut fell);
    // Where words of a motive say themselves why somebody comes again, nothing is inferred.
    if out.iter().all(|m| m.role != Role::Repeat)
        && let Some(repeat) = repeated(cues, &out)
    {
        out.push(repeat);
    }
    out.sort_by_key(|m| (m.id, m.role, m.span, m.rule));
    out
}

/// Whether another statement of the clause before this one takes a negator for itself: it holds the negator and is of this role, 不贵|好吃, or it stands
/// behind the negator and is of the other one, 不难吃|便宜. English joins the two by words, which carry the negation on.
fn is_spent(lexicon: &Lexicon, before: &[Match], m: &Match, cues: &Cues<'_>, negator: Span<Norm>) -> bool {
    let role = |m: &Match| match lexicon.entry(m.rule).target {
        Target::Motive(_, role) => Some(role),
        _ => None,
    };
    let near = before.iter().rev().take_while(|o| o.clause == m.clause && role(o).is_some());
    let mut between = near.filter(|o| o.span.end <= m.span.start && o.span.end > negator.end);
    let is_chinese = cues.text[m.span.range()].starts_with(is_han);
    between.any(|o| {
        let alike = role(o) == role(m);
        if o.span.start <= negator.start { alike } else { is_chinese && o.span.start >= negator.end && !alike }
    })
}

/// The role after a negation; `None` where nothing is said any more.
fn turned(role: Role, negated: Negated) -> Option<Role> {
    match (negated, role) {
        (Negated::Keep, role) => Some(role),
        (Negated::Drop, _) | (Negated::Flip, Role::Repeat) => None,
        (Negated::Flip, Role::Buy) => Some(Role::Avoid),
        (Negated::Flip, Role::Avoid) => Some(Role::Buy),
    }
}

/// Buying or coming again, with the motive praised most in the post; of equals the one said nearest, then the first by id. Where nothing is praised
/// around the words of coming again, they are of something else: "went back to bed".
fn repeated(cues: &Cues<'_>, motives: &[Motivated]) -> Option<Motivated> {
    let praised = || motives.iter().filter(|m| m.role == Role::Buy);
    let is_near = |again: &Match| praised().any(|m| m.sentence.abs_diff(again.sentence) <= REASON_REACH);
    let again = cues.of(cues.rules.again).find(|again| {
        is_near(again) && !cues.denied(again) && !cues.of(cues.rules.never_again).any(|n| n.clause == again.clause)
    })?;
    // Words of one clause praise once.
    let mut praised: Vec<(MotiveId, u32, u32)> =
        praised().map(|m| (m.id, m.clause, m.span.start.abs_diff(again.span.start))).collect();
    praised.sort_unstable();
    praised.dedup_by_key(|&mut (id, clause, _)| (id, clause));
    let of_one = praised.chunk_by(|a, b| a.0 == b.0);
    let most = of_one.max_by_key(|c| (c.len(), c.iter().map(|&(id, _, far)| Reverse((far, id))).max()))?;
    Some(Motivated {
        id: most[0].0,
        role: Role::Repeat,
        rule: again.rule,
        span: again.span,
        gap: None,
        clause: again.clause,
        sentence: again.sentence,
        thing: false,
        turned: false,
    })
}
