//! Matches of the motive channel → motives with their role: negation and contrast turn them round, a repeat takes the motive praised most.

use super::cues::Cues;
use super::links::Place;
use crate::lexicon::id::{MotiveId, Role, RuleId};
use crate::lexicon::{Lexicon, Negated, Target};
use crate::matcher::{Match, Verdict};
use crate::normalize::span::{Norm, Span};

/// A motive found at a place, in the role that it has after negation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motivated {
    pub id: MotiveId,
    pub role: Role,
    pub rule: RuleId,
    pub span: Span<Norm>,
    pub clause: u32,
    pub sentence: u32,
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
    for m in labels {
        let entry = lexicon.entry(m.rule);
        let Target::Motive(id, written) = entry.target else { continue };
        let role = if is_question(cues.text, m.span) || cues.asked(m) {
            None
        } else if cues.denied(m) || written == Role::Buy && cues.mocked(m) {
            turned(written, entry.negated)
        } else {
            Some(written)
        };
        match role {
            Some(role) => {
                out.push(Motivated { id, role, rule: m.rule, span: m.span, clause: m.clause, sentence: m.sentence })
            }
            None => fell(m.rule, m.span, Verdict::Negated),
        }
    }
    if let Some(repeat) = repeated(cues, &out) {
        out.push(repeat);
    }
    out.sort_by_key(|m| (m.id, m.role, m.span, m.rule));
    out
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

/// `好吃吗` asks, it does not praise.
fn is_question(text: &str, span: Span<Norm>) -> bool {
    let after = &text[span.end as usize..];
    let mut rest = after.chars().filter(|c| !matches!(c, ' ' | '的' | '不'));
    matches!(rest.next(), Some('吗' | '嘛' | '么' | '咩'))
        && after.chars().take(4).any(|c| matches!(c, '?' | '？' | '吗'))
}

/// Buying or coming again, with the motive praised most in the post; of equals the first by id.
fn repeated(cues: &Cues<'_>, motives: &[Motivated]) -> Option<Motivated> {
    let again = cues
        .of(cues.rules.again)
        .find(|m| !cues.denied(m) && !cues.of(cues.rules.never_again).any(|n| n.clause == m.clause))?;
    let mut praised: Vec<MotiveId> = motives.iter().filter(|m| m.role == Role::Buy).map(|m| m.id).collect();
    praised.sort_unstable();
    let most = praised.chunk_by(|a, b| a == b).max_by_key(|c| (c.len(), std::cmp::Reverse(c[0])))?;
    Some(Motivated {
        id: most[0],
        role: Role::Repeat,
        rule: again.rule,
        span: again.span,
        clause: again.clause,
        sentence: again.sentence,
    })
}
