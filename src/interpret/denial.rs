//! What the words before and around a statement do to it: negators with their reach, what spends them, what takes a statement back.

use smallvec::SmallVec;

use super::cues::{Cues, of_rule};
use crate::lexicon::id::Role;
use crate::matcher::{Match, Via};
use crate::normalize::is_han;
use crate::normalize::span::{Norm, Span};
use crate::segment::within_words;

/// How many words a negator reaches ahead, and how many an unmet expectation.
const NEGATOR_REACH: u32 = 3;
const EXPECTATION_REACH: u32 = 8;
/// How many words from a wish for more stands what is wished for.
const WISH_REACH: u32 = 6;
/// How many words ahead a thing is said not to be wanted: "no need for a fancy".
const NEEDLESS_REACH: u32 = 2;
/// How many words behind a hope, a plea or an inability stands what it is about: "make sure you don't |burn it".
const HOPED_REACH: u32 = 8;
/// Words of one member of a list that a negator stands before, and the bytes of such a list that are looked at.
const MEMBER_WORDS: u32 = 4;
const LIST: usize = 90;

/// What negation makes of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Denial {
    /// It stands.
    No,
    /// The contrary holds.
    Contrary,
    /// A negation stands before it, but for another word: "never went back to |cheap flour", 不是因为|好吃.
    Unclear,
}

impl Denial {
    fn of(is_denied: bool) -> Self {
        if is_denied { Self::Contrary } else { Self::No }
    }
}

impl Cues<'_> {
    /// Whether what stands at a span is denied: an odd number of negators just before it in its clause, an unmet expectation, or a wish for
    /// what is lacking. A rhetorical question takes one denial back.
    pub(super) fn denied(&self, m: &Match) -> bool {
        self.denied_beside(m, |_| false) != Denial::No
    }

    /// The same beside other statements, on which a negator may be spent: 不贵好吃.
    pub(super) fn denied_beside(&self, m: &Match, spent: impl Fn(Span<Norm>) -> bool) -> Denial {
        let (span, rules) = (m.span, self.rules);
        if self.denied_within(m) {
            return Denial::Contrary;
        }
        let here = self.clause(m.clause);
        if here.is_empty() {
            return Denial::No;
        }
        if self.denied_around(m, here) {
            return Denial::Contrary;
        }
        let (turns, carried) = self.turns(m, here, spent);
        if self.unsurpassed(m, here) {
            return Denial::No;
        }
        let mut unmet = of_rule(here, rules.expectation)
            .filter(|c| c.span.end <= span.start && within_words(self.text, c.span.end..span.start, EXPECTATION_REACH))
            .map(|c| self.works(c.span, span))
            .peekable();
        // An expectation phrase carries its own negator, which must not count twice.
        if unmet.peek().is_some() {
            return if unmet.any(|works| works) { Denial::Contrary } else { Denial::Unclear };
        }
        if of_rule(here, rules.could_be).any(|c| self.is_lacking(m, c.span, here)) {
            return Denial::Contrary;
        }
        match turns % 2 == 1 && !self.in_sentence(rules.rhetorical, m.sentence) {
            true if !carried || self.ends_with_another_thought(m, here) => Denial::Unclear,
            turned => Denial::of(turned),
        }
    }

    /// Whether words before a statement work on it: English ones over a few words only, "not as popular as that one, which is |cheap".
    fn works(&self, before: Span<Norm>, at: Span<Norm>) -> bool {
        let between = &self.text[before.end as usize..at.start as usize];
        self.text[at.range()].starts_with(is_han) || self.rules.carriers.carry(between)
    }

    /// Whether a wish is for what a statement names: 希望再|便宜些, "could be |cheaper".
    fn is_lacking(&self, m: &Match, wish: Span<Norm>, here: &[Match]) -> bool {
        let span = m.span;
        if span.start >= wish.end {
            let denied = of_rule(here, self.rules.negator).any(|c| span.contains(c.span));
            // "It would be nice if it |wasn't too expensive" wishes for what it says.
            return within_words(self.text, wish.end..span.start, WISH_REACH) && self.works(wish, span) && !denied;
        }
        // What is lacking belongs to a statement that holds the words itself: 前台|有待提高.
        wish.start < span.start && wish.overlaps(span)
            || span.end <= wish.start
                && self.text[span.range()].starts_with(is_han)
                && within_words(self.text, span.end..wish.start, WISH_REACH)
    }

    /// How many negators of a clause turn a statement round, and whether the words between carry them on to it.
    fn turns(&self, m: &Match, here: &[Match], spent: impl Fn(Span<Norm>) -> bool) -> (u32, bool) {
        let rules = [self.rules.negator, self.rules.contrast, self.rules.nor];
        let mut before: SmallVec<[&Match; 8]> =
            here.iter().filter(|c| c.span.end <= m.span.start && rules.contains(&Some(c.rule))).collect();
        // Of those that end at one place the longest: 也不 before 不.
        before.sort_by_key(|m| (std::cmp::Reverse(m.span.end), m.span.start, Some(m.rule) != self.rules.nor));
        let (mut turns, mut carried, mut next) = (0, true, m.span.start);
        for m in before {
            if m.span.end > next {
                continue;
            }
            if Some(m.rule) == self.rules.contrast || !within_words(self.text, m.span.end..next, NEGATOR_REACH) {
                break;
            }
            if self.is_spent(m.span, next, here) || spent(m.span) {
                break;
            }
            turns += 1;
            carried &= self.rules.carriers.carry(&self.text[m.span.end as usize..next as usize]);
            next = m.span.start;
            // The negator that it goes on from was spent on what stands between.
            if Some(m.rule) == self.rules.nor {
                break;
            }
        }
        (turns, carried)
    }

    /// Whether a clause ends or a new thought begins between the parts of a near rule: a negator before them denies the first,
    /// 没有|电视，宽带不能用, 不是大|床但软硬刚好.
    fn ends_with_another_thought(&self, m: &Match, here: &[Match]) -> bool {
        let Via::Near { gap } = m.via else { return false };
        ends_clause(&self.text[m.span.range()]) || of_rule(here, self.rules.contrast).any(|c| gap.contains(c.span))
    }

    /// Whether a negator denies something before a place and nothing at it: 人不多|安静, 没几天就|坏, "not far, |cheap".
    fn is_spent(&self, negator: Span<Norm>, at: u32, here: &[Match]) -> bool {
        of_rule(here, self.rules.spent).any(|c| c.span.contains(negator) && c.span.end <= at)
            || self.is_passed_over(negator, at, here)
    }

    /// Whether what follows a negator holds all the same: 没几天就|坏.
    fn is_passed_over(&self, negator: Span<Norm>, at: u32, here: &[Match]) -> bool {
        of_rule(here, self.rules.regardless).any(|c| {
            c.span.start > negator.end && c.span.start <= at && !within_words(self.text, negator.end..c.span.start, 0)
        })
    }

    /// Whether a negator before a statement belongs to words that praise: 没有比这更|好喝, "couldn't have been |friendlier".
    fn unsurpassed(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.unsurpassed).any(|c| {
            c.span.start < m.span.start && within_words(self.text, c.span.end.min(m.span.start)..m.span.start, 1)
                // What nothing is better than stands inside: 没什么比|香喷喷的早餐|更好.
                || c.span.contains(m.span)
        })
    }

    /// Whether words after or around a statement take it back: scorn, a better place elsewhere, the one exception.
    fn denied_around(&self, m: &Match, here: &[Match]) -> bool {
        let here = |rule| of_rule(here, rule);
        let scorned = here(self.rules.scorn)
            .any(|c| c.span.start >= m.span.end && within_words(self.text, m.span.end..c.span.start, 1));
        let elsewhere = here(self.rules.elsewhere).any(|c| {
            // A statement that holds the words itself says so already.
            c.span.overlaps(m.span) && !m.span.contains(c.span)
                || c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, NEGATOR_REACH)
        });
        let excepted = matches!(m.via, Via::Near { .. })
            && here(self.rules.excepting).any(|c| {
                c.span.start <= m.span.start
                    && (c.span.overlaps(m.span) || within_words(self.text, c.span.end..m.span.start, 1))
            });
        scorned || elsewhere || excepted
    }

    /// Whether a negator or an unmet expectation stands between the parts of a near rule, just before the last: 服务|不太|到位.
    fn denied_within(&self, m: &Match) -> bool {
        let Via::Near { gap } = m.via else { return false };
        let turns = self
            .found
            .iter()
            .filter(|c| Some(c.rule) == self.rules.negator || Some(c.rule) == self.rules.expectation)
            .filter(|c| gap.contains(c.span) && within_words(self.text, c.span.end..gap.end, NEGATOR_REACH))
            .filter(|c| !ends_clause(&self.text[c.span.end as usize..gap.end as usize]))
            .filter(|c| !self.is_spent(c.span, gap.end, self.clause(c.clause)))
            .count();
        turns % 2 == 1
    }

    /// Whether a statement is one of several that a negator before the first denies: "no cramps, nausea or |headaches", 没有异味、|色差.
    pub(super) fn denied_in_list(&self, m: &Match, role: Role) -> bool {
        // Most statements stand in no list.
        let before = &self.text[..m.span.start as usize];
        if !before.trim_end().ends_with([',', '、']) && !before.ends_with([' ', '或', '者', '及']) {
            return false;
        }
        let here = self.sentence(m.sentence);
        let Some(head) = of_rule(here, self.rules.lists).filter(|c| c.span.end <= m.span.start).last() else {
            return false;
        };
        let (from, to) = (head.span.end, m.span.start);
        let list = &self.text[from as usize..to as usize];
        if list.len() > LIST || list.contains(['(', ';', '.', '，', '；', '（', '\n']) {
            return false;
        }
        // Between Chinese words only 、 parts the members: a comma begins something new.
        let is_chinese = list.contains(is_han);
        let marks = list.contains('、') || !is_chinese && list.contains(',');
        let contrasted = of_rule(here, self.rules.contrast).any(|c| c.span.start >= from && c.span.end <= to);
        if contrasted || is_chinese && (!marks || list.contains(',')) {
            return false;
        }
        let joined = of_rule(here, self.rules.or_else).any(|c| {
            let before = c.span.start >= from && c.span.end <= to && within_words(self.text, c.span.end..to, 0);
            let after = c.span.start >= m.span.end && within_words(self.text, m.span.end..c.span.start, MEMBER_WORDS);
            before || after && marks
        });
        // Without "or" only faults are listed so: 没有异味、做工好 praises.
        if !(joined || is_chinese && role == Role::Avoid) {
            return false;
        }
        let mut members = list.split(['、', ',']);
        let are_short = members.clone().all(|one| within_words(one, 0..one.len() as u32, MEMBER_WORDS));
        are_short && members.next().is_some_and(|first| !first.trim().is_empty())
    }

    /// Whether a statement is said not to be needed or looked for, which blames nothing: "don't need |waterproof boots".
    pub(super) fn needless(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.needless).any(|c| {
            let ahead = c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, NEEDLESS_REACH);
            ahead || c.span.start < m.span.start && c.span.overlaps(m.span)
        })
    }

    /// Whether a fault is only hoped, begged or meant not to be, which praises nothing: 希望|不要退步, "be careful not to |burn it", 不能吃|太辣.
    pub(super) fn hoped_away(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.hoped).any(|c| {
            c.span.start < m.span.end
                && within_words(self.text, c.span.end.min(m.span.start)..m.span.start, HOPED_REACH)
        })
    }

    /// Whether a negator belongs to words of dislike: who does not like a fault blames it, 不喜欢|吵.
    pub(super) fn dislikes(&self, negator: Span<Norm>, here: &[Match]) -> bool {
        of_rule(here, self.rules.dislike).any(|c| c.span.contains(negator))
    }

    /// Whether the sentence of a statement mocks what it praises.
    pub(super) fn mocked(&self, m: &Match) -> bool {
        self.in_sentence(self.rules.irony, m.sentence)
    }

    /// Whether a negator stands directly before a span.
    pub(super) fn negated_at(&self, span: Span<Norm>, clause: u32, reach: u32) -> bool {
        self.of_clause(self.rules.negator, clause)
            .any(|m| m.span.end <= span.start && within_words(self.text, m.span.end..span.start, reach))
    }

    /// Whether an occasion is but a likeness: 像|开追悼会, "feels like| Christmas".
    pub(super) fn likened(&self, m: &Match) -> bool {
        self.of_clause(self.rules.likeness, m.clause)
            .any(|c| c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, 0))
    }

    /// What stands around a span in the title of a work, before and behind: 《天堂|电影院|》; nothing outside of one.
    pub(super) fn title_around(&self, span: Span<Norm>) -> Option<(&str, &str)> {
        if !self.titles {
            return None;
        }
        let (before, after) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        let lead = &before[before.rfind('《')? + '《'.len_utf8()..];
        let rest = &after[..after.find('》')?];
        (!lead.contains('》') && !rest.contains('《')).then_some((lead, rest))
    }
}

/// Whether a stretch holds the end of a clause: a comma, or a space between Han characters.
fn ends_clause(stretch: &str) -> bool {
    stretch.contains([',', '，'])
        || stretch.match_indices(' ').any(|(at, _)| {
            stretch[..at].chars().next_back().is_some_and(is_han) && stretch[at + 1..].chars().next().is_none_or(is_han)
        })
}
