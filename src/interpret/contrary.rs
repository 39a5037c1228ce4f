//! Statements of one motive that say the contrary of each other in the same words: which of them stands.

use smallvec::SmallVec;

use super::cues::Cues;
use super::motives::Motivated;
use crate::lexicon::id::{Role, RuleId};
use crate::matcher::Verdict;
use crate::normalize::span::{Norm, Span};

/// Takes out the statements that another overrules; each is reported to `fell`.
pub(super) fn settle(said: &mut Vec<Motivated>, cues: &Cues<'_>, mut fell: impl FnMut(RuleId, Span<Norm>, Verdict)) {
    let overruled: SmallVec<[Motivated; 2]> =
        said.iter().filter(|m| m.gap.is_some() && is_overruled(m, said, cues)).copied().collect();
    let mut take_out = |said: &mut Vec<Motivated>, out: &[Motivated], why: fn(&Motivated) -> Verdict| {
        out.iter().for_each(|m| fell(m.rule, m.span, why(m)));
        said.retain(|m| !out.iter().any(|o| o.rule == m.rule && o.span == m.span));
    };
    take_out(said, &overruled, |_| Verdict::Negated);
    let mut together = Together::of(said);
    let stretched: SmallVec<[Motivated; 2]> =
        said.iter().flat_map(|m| together.around(m).filter(|o| is_stretched(o, m, cues)).copied()).collect();
    take_out(said, &stretched, |_| Verdict::Negated);
    together = Together::of(said);
    said.retain(|m| {
        let longer = together.around(m).find(|o| is_part(m, o)).map(|o| o.span);
        longer.into_iter().for_each(|span| fell(m.rule, m.span, Verdict::InsideLonger(span)));
        longer.is_none()
    });
}

/// What words say that stand together, by motive and place, with the length of the longest: of a long post only those around are looked at.
struct Together {
    said: Vec<Motivated>,
    longest: u32,
}

impl Together {
    fn of(said: &[Motivated]) -> Self {
        let mut said: Vec<Motivated> = said.iter().filter(|m| m.gap.is_some()).copied().collect();
        said.sort_by_key(|m| (m.id, m.span.start));
        let longest = said.iter().map(|m| m.span.end - m.span.start).max().unwrap_or(0);
        Self { said, longest }
    }

    /// Those that hold a statement and more, and say the contrary.
    fn around<'s>(&'s self, m: &'s Motivated) -> impl Iterator<Item = &'s Motivated> {
        let turns = |o: &&Motivated| matches!((m.role, o.role), (Role::Buy, Role::Avoid) | (Role::Avoid, Role::Buy));
        let first = (m.id, m.span.end.saturating_sub(self.longest));
        let from = self.said.partition_point(|o| (o.id, o.span.start) < first);
        let around = self.said[from..].iter().take_while(|o| o.id == m.id && o.span.start <= m.span.start);
        around.filter(|o| o.span != m.span && o.span.contains(m.span)).filter(turns)
    }
}

/// Whether words together reach past a statement that says of the same thing, or by the same word, what is said: of 价格|性价比高 the second
/// speaks for itself, and so does the first of 设计一般|特别. A praise does not shield from the blame behind it (屏幕还行|太小), nor a blame from
/// what is set against it (房间小，但|干净).
fn is_stretched(o: &Motivated, m: &Motivated, cues: &Cues<'_>) -> bool {
    let Some(gap) = o.gap else { return false };
    let holds = |at: u32| gap.start <= at && at < gap.end;
    let by_its_last_word = m.gap.is_some() && holds(m.span.start) && m.span.end == o.span.end;
    let of_its_first = m.span.start <= gap.start && gap.start < m.span.end && m.span.end <= gap.end;
    let set_against = || cues.of(cues.rules.contrast).any(|c| gap.contains(c.span));
    by_its_last_word || of_its_first && m.role == Role::Avoid && !set_against()
}

/// Whether a statement is one of the words that say the contrary together: 颜值 praises, 颜值堪忧 does not, and where its last word stands right
/// before theirs, it is a word of degree (服务好|差).
fn is_part(m: &Motivated, o: &Motivated) -> bool {
    let reaches_on = |gap: Span<Norm>| m.span.start <= gap.start && (m.span.end <= gap.start || m.span.end >= gap.end);
    m.gap.is_none() || o.gap.is_some_and(reaches_on)
}

/// Whether words that stand together say what they say only by a negator that belongs to other words of the motive: of 价格|性价比不高 the part
/// 性价比不高 speaks for itself.
fn is_overruled(m: &Motivated, all: &[Motivated], cues: &Cues<'_>) -> bool {
    let contrary = |o: &Motivated| o.id == m.id && !o.turned && o.role != m.role;
    let ends_it = |o: &Motivated| o.span.end == m.span.end && o.span.start > m.span.start;
    let denies = |o: &Motivated| cues.of_clause(cues.rules.negator, o.clause).any(|c| o.span.contains(c.span));
    m.turned && all.iter().any(|o| ends_it(o) && contrary(o) && denies(o))
}
