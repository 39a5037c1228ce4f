//! What is asked for, asked about or advised is not said.

use super::cues::{Cues, of_rule};
use crate::matcher::Match;
use crate::normalize::span::{Norm, Span};
use crate::segment::within_words;

/// How many words after its opening a question asks for.
const QUESTION_REACH: u32 = 4;
/// How many words behind the words of looking for something stands what is looked for.
const SOUGHT_REACH: u32 = 4;
/// How many words behind "if" stands what is only supposed.
const SUPPOSED_REACH: u32 = 4;
/// How many words of a statement may stand behind the words that ask for it.
const INQUIRY_REST: u32 = 2;
/// What may stand before the opening of a question.
const CLAUSE_ENDS: [char; 6] = ['.', '!', '?', ',', '\n', ';'];
/// What may stand before a sentence.
const SENTENCE_ENDS: [char; 4] = ['.', '!', '?', '\n'];

impl Cues<'_> {
    /// Whether a statement is asked for, not made: "is it tasty?", 贵不贵, 求推荐好喝的. Takes the cues of its clause.
    pub(super) fn asked(&self, m: &Match, here: &[Match]) -> bool {
        is_question(self.text, m.span)
            || self.doubled(m)
            || !here.is_empty()
                && (self.asked_whether(m, here)
                    || self.sought(m, here)
                    || self.inquired(m, here)
                    || self.advised(m, here)
                    || self.supposed(m, here))
    }

    /// 如果|好吃就留着, "if it is |cheap": nobody has found it so. A wish says what is lacking: 如果|便宜些就更好了.
    fn supposed(&self, m: &Match, here: &[Match]) -> bool {
        let is_open =
            |c: &Match| c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, SUPPOSED_REACH);
        of_rule(here, self.rules.supposed).any(is_open) && of_rule(here, self.rules.could_be).next().is_none()
    }

    /// 贵|不贵, 贵不|贵, and 贵|不贵 where the surface holds the negator.
    fn doubled(&self, m: &Match) -> bool {
        let (start, end) = (m.span.start as usize, m.span.end as usize);
        let mut own = self.text[start..end].chars();
        let (first, second) = (own.next(), own.next());
        let mut after = self.text[end..].chars();
        let mut back = self.text[..start].chars().rev();
        let last = back.next();
        matches!(after.next(), Some('不' | '没')) && after.next() == first
            || matches!(last, Some('不' | '没')) && back.next() == first
            || matches!(first, Some('不' | '没')) && last.is_some() && last == second
    }

    /// "is it |tasty?"
    fn asked_whether(&self, m: &Match, here: &[Match]) -> bool {
        let ends_asking = || {
            let after = &self.text[m.span.end as usize..];
            after
                .chars()
                .find(|c| matches!(c, '?' | '？' | '.' | '!' | '。' | '！' | '\n'))
                .is_some_and(|c| c == '?' || c == '？')
        };
        of_rule(here, self.rules.whether).any(|c| {
            c.span.end <= m.span.start
                && within_words(self.text, c.span.end..m.span.start, QUESTION_REACH)
                && self.opens(c, &CLAUSE_ENDS)
        }) && ends_asking()
    }

    /// 求推荐|好喝的, 哪家店|好吃; a rhetorical question says what it asks for.
    fn sought(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.sought).any(|c| {
            c.span.overlaps(m.span)
                || c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, SOUGHT_REACH)
        }) && !self.in_sentence(self.rules.rhetorical, m.sentence)
    }

    /// "Do you |recommend it?", "not sure if it is |worth it"; "what do you recommend for under thirty pounds" wants something cheap.
    fn inquired(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.inquiry).any(|c| {
            let rest = c.span.end.min(m.span.end)..m.span.end;
            c.span.overlaps(m.span) && within_words(self.text, rest, INQUIRY_REST)
        }) && !self.in_sentence(self.rules.rhetorical, m.sentence)
    }

    /// "Learn how to" at the head of a sentence tells others what to do.
    fn advised(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.advice).any(|c| c.span.overlaps(m.span) && self.opens(c, &SENTENCE_ENDS))
    }

    /// Whether a cue stands at the head of its sentence or clause.
    fn opens(&self, c: &Match, ends: &[char]) -> bool {
        let lead = self.text[..c.span.start as usize].trim_end_matches([' ', '*', '"', '-', '#']);
        lead.is_empty() || lead.ends_with(ends)
    }
}

/// `好吃吗` asks, it does not praise.
fn is_question(text: &str, span: Span<Norm>) -> bool {
    let after = &text[span.end as usize..];
    let mut rest = after.chars().filter(|c| !matches!(c, ' ' | '的' | '不'));
    matches!(rest.next(), Some('吗' | '嘛' | '么' | '咩'))
        && after.chars().take(4).any(|c| matches!(c, '?' | '？' | '吗'))
}
