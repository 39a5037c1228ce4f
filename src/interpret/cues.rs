//! The words of the language in one post: what negates, wishes, asks, praises, and how far it reaches.

use smallvec::SmallVec;

use crate::lexicon::id::RuleId;
use crate::lexicon::{Lexicon, Target};
use crate::matcher::{Match, Reach, Scratch, Via};
use crate::normalize::span::{Norm, Span};
use crate::segment::within_words;

/// How many words a negator reaches ahead, and how many an unmet expectation.
const NEGATOR_REACH: u32 = 3;
const EXPECTATION_REACH: u32 = 8;
/// How many words after its opening a question asks for.
const QUESTION_REACH: u32 = 4;
/// What may stand before the opening of a question.
const SENTENCE_ENDS: [char; 6] = ['.', '!', '?', ',', '\n', ';'];

/// Declares the cues that the interpreter asks for; their words are in `lexicons/language/cues.toml`.
macro_rules! cue_rules {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The rule of each cue, where the lexicon has one.
        #[derive(Debug, Default)]
        pub(super) struct CueRules { $($(#[$doc])* pub $name: Option<RuleId>,)* }

        impl CueRules {
            /// Looks the cues up by name.
            pub(super) fn of(lexicon: &Lexicon) -> Self {
                let rule = |name: &str| {
                    let cue = lexicon.cue(name)?;
                    lexicon.entries.iter().find(|e| e.target == Target::Cue(cue)).map(|e| e.rule)
                };
                Self { $($name: rule(stringify!($name)),)* }
            }

            fn all(&self) -> impl Iterator<Item = RuleId> {
                [$(self.$name,)*].into_iter().flatten()
            }
        }
    };
}

cue_rules! {
    /// Turns round what follows: 不, not.
    negator,
    /// What follows was hoped for and not met: 没有想象中.
    expectation,
    /// What follows is lacking: 希望再便宜点, "could be".
    could_be,
    /// Starts a new thought: 但是, but.
    contrast,
    /// A wish or a plan.
    intent,
    /// A desire.
    desire,
    /// A question to others.
    ask,
    /// Having, eating, using.
    consume,
    /// Having.
    own,
    /// A measure: 一杯, "a pint of".
    quantity,
    /// Liking.
    praise,
    /// Disliking.
    complaint,
    /// A question that asserts.
    rhetorical,
    /// Turns a clause into a question without a question mark: 吗.
    question,
    /// What follows is only supposed: 如果, if.
    hypothetical,
    /// Buying or coming again.
    again,
    /// Not again.
    never_again,
    /// Words around a negator that make it praise: 没有比…更, "never had such".
    unsurpassed,
    /// Denies what stands just before: 好吃个鬼, "great service my ass".
    scorn,
    /// Means the opposite of the praise in its sentence: 也是醉了, "yeah right".
    irony,
    /// Another place has more of the quality: 别家更, "cheaper elsewhere".
    elsewhere,
    /// The first thing named is left out of the praise: 除了服务都, "everything but".
    excepting,
    /// A negator that goes on from another one: 也不, nor.
    nor,
    /// Opens a sentence that asks whether it is so: "is it".
    whether,
    /// What dishes are made of.
    ingredient,
    /// What follows is a likeness: "tastes like".
    likeness,
    /// What stands just before is a taste or look: 味, flavored.
    flavor,
    /// What follows is a landmark: 紧邻, "next to".
    near_to,
    /// What stands just before is a landmark: 附近, "nearby".
    nearby,
    /// Makes a place, a street or a club of the name just before: 公园, 俱乐部, "street".
    place_name,
    /// A number of things.
    number,
    /// Stands between means and end: 让我, "so that".
    leads_to,
    /// Stands before the means: 因为, "thanks to".
    owing_to,
    /// Stands before the end: 为了, "in order to".
    in_order_to,
}

impl CueRules {
    /// Where the cues of a rule are asked for, by [`Cues`], motives and mentions.
    pub(super) fn reach(&self, rule: RuleId) -> Reach {
        if [self.again, self.rhetorical, self.irony].contains(&Some(rule)) {
            Reach::Post
        } else if [self.leads_to, self.owing_to, self.in_order_to].contains(&Some(rule)) {
            Reach::Sentence
        } else if self.all().any(|r| r == rule) {
            Reach::Clause
        } else {
            Reach::Nowhere
        }
    }
}

/// The cues of one post.
#[derive(Clone, Copy)]
pub(super) struct Cues<'c> {
    pub rules: &'c CueRules,
    pub found: &'c [Match],
    pub text: &'c str,
    /// Whether the post names works by their titles: 《…》.
    pub titles: bool,
}

impl<'c> Cues<'c> {
    pub(super) fn new(rules: &'c CueRules, scratch: &'c Scratch, text: &'c str) -> Self {
        Self { rules, found: &scratch.cues, text, titles: text.contains('《') }
    }

    /// The places of a cue.
    pub(super) fn of(&self, rule: Option<RuleId>) -> impl Iterator<Item = &'c Match> + use<'c> {
        self.found.iter().filter(move |m| Some(m.rule) == rule)
    }

    /// All cues of a clause. They stand in the order of the text: a long one has as many cues as statements, and each statement asks.
    pub(super) fn clause(&self, clause: u32) -> &'c [Match] {
        let from = self.found.partition_point(|m| m.clause < clause);
        let len = self.found[from..].partition_point(|m| m.clause == clause);
        &self.found[from..from + len]
    }

    /// All cues of a sentence.
    pub(super) fn sentence(&self, sentence: u32) -> &'c [Match] {
        let from = self.found.partition_point(|m| m.sentence < sentence);
        let len = self.found[from..].iter().take_while(|m| m.sentence == sentence).count();
        &self.found[from..from + len]
    }

    /// The places of a cue in a clause.
    pub(super) fn of_clause(&self, rule: Option<RuleId>, clause: u32) -> impl Iterator<Item = &'c Match> + use<'c> {
        of_rule(self.clause(clause), rule)
    }

    /// Whether a cue stands in a clause.
    pub(super) fn in_clause(&self, rule: Option<RuleId>, clause: u32) -> bool {
        self.of_clause(rule, clause).next().is_some()
    }

    /// Whether a cue stands in a sentence.
    pub(super) fn in_sentence(&self, rule: Option<RuleId>, sentence: u32) -> bool {
        of_rule(self.sentence(sentence), rule).next().is_some()
    }

    /// Whether what stands at a span is denied: an odd number of negators just before it in its clause, an unmet expectation, or a wish for
    /// what is lacking. A rhetorical question takes one denial back.
    pub(super) fn denied(&self, m: &Match) -> bool {
        let (span, rules) = (m.span, self.rules);
        if self.denied_within(m) {
            return true;
        }
        let here = self.clause(m.clause);
        if here.is_empty() {
            return false;
        }
        if self.denied_around(m, here) {
            return true;
        }
        let turns = self.turns(m, here);
        if self.unsurpassed(m, here) {
            return false;
        }
        let expected = of_rule(here, rules.expectation)
            .any(|m| m.span.end <= span.start && within_words(self.text, m.span.end..span.start, EXPECTATION_REACH));
        // What is lacking belongs to a statement that holds the words itself: 前台|有待提高.
        let lacking = of_rule(here, rules.could_be).any(|m| !m.span.overlaps(span));
        // An expectation phrase carries its own negator, which must not count twice.
        if expected || lacking {
            return true;
        }
        turns % 2 == 1 && !self.in_sentence(rules.rhetorical, m.sentence)
    }

    /// How many negators of a clause turn a statement round.
    fn turns(&self, m: &Match, here: &[Match]) -> u32 {
        let rules = [self.rules.negator, self.rules.contrast, self.rules.nor];
        let mut before: SmallVec<[&Match; 8]> =
            here.iter().filter(|c| c.span.end <= m.span.start && rules.contains(&Some(c.rule))).collect();
        // Of those that end at one place the longest: 也不 before 不.
        before.sort_by_key(|m| (std::cmp::Reverse(m.span.end), m.span.start, Some(m.rule) != self.rules.nor));
        let (mut turns, mut next) = (0, m.span.start);
        for m in before {
            if m.span.end > next {
                continue;
            }
            if Some(m.rule) == self.rules.contrast || !within_words(self.text, m.span.end..next, NEGATOR_REACH) {
                break;
            }
            turns += 1;
            next = m.span.start;
            // The negator that it goes on from was spent on what stands between.
            if Some(m.rule) == self.rules.nor {
                break;
            }
        }
        turns
    }

    /// Whether a negator before a statement belongs to words that praise: 没有比这更|好喝, "couldn't have been |friendlier".
    fn unsurpassed(&self, m: &Match, here: &[Match]) -> bool {
        of_rule(here, self.rules.unsurpassed).any(|c| {
            c.span.start < m.span.start && within_words(self.text, c.span.end.min(m.span.start)..m.span.start, 1)
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

    /// Whether the sentence of a statement mocks what it praises.
    pub(super) fn mocked(&self, m: &Match) -> bool {
        self.in_sentence(self.rules.irony, m.sentence)
    }

    /// Whether an occasion is but a likeness: 像|开追悼会, "feels like| Christmas".
    pub(super) fn likened(&self, m: &Match) -> bool {
        self.of_clause(self.rules.likeness, m.clause)
            .any(|c| c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, 0))
    }

    /// What stands around a span in the title of a work, before and behind: 《天堂|电影院|》; nothing outside of one.
    pub(super) fn title_around(&self, span: Span<Norm>) -> Option<(&'c str, &'c str)> {
        if !self.titles {
            return None;
        }
        let (before, after) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        let lead = &before[before.rfind('《')? + '《'.len_utf8()..];
        let rest = &after[..after.find('》')?];
        (!lead.contains('》') && !rest.contains('《')).then_some((lead, rest))
    }

    /// Whether a statement is asked for, not made: "is it tasty?", 贵不贵.
    pub(super) fn asked(&self, m: &Match) -> bool {
        let (start, end) = (m.span.start as usize, m.span.end as usize);
        let (before, after) = (&self.text[..start], &self.text[end..]);
        let mut own = self.text[start..end].chars();
        let (first, second) = (own.next(), own.next());
        let doubled = |mut rest: std::str::Chars<'_>| matches!(rest.next(), Some('不' | '没')) && rest.next() == first;
        let mut back = before.chars().rev();
        let last = back.next();
        // 贵|不贵, 贵不|贵, and 贵|不贵 where the surface holds the negator.
        if doubled(after.chars())
            || matches!(last, Some('不' | '没')) && back.next() == first
            || matches!(first, Some('不' | '没')) && last.is_some() && last == second
        {
            return true;
        }
        let ends_asking = || {
            after
                .chars()
                .find(|c| matches!(c, '?' | '？' | '.' | '!' | '。' | '！' | '\n'))
                .is_some_and(|c| c == '?' || c == '？')
        };
        self.of_clause(self.rules.whether, m.clause).any(|c| {
            let lead = self.text[..c.span.start as usize].trim_end();
            c.span.end <= m.span.start
                && within_words(self.text, c.span.end..m.span.start, QUESTION_REACH)
                && (lead.is_empty() || lead.ends_with(SENTENCE_ENDS))
        }) && ends_asking()
    }

    /// Whether a negator or an unmet expectation stands between the parts of a near rule, just before the last: 服务|不太|到位.
    fn denied_within(&self, m: &Match) -> bool {
        let Via::Near { gap } = m.via else { return false };
        let turns = self
            .found
            .iter()
            .filter(|c| Some(c.rule) == self.rules.negator || Some(c.rule) == self.rules.expectation)
            .filter(|c| gap.contains(c.span) && within_words(self.text, c.span.end..gap.end, NEGATOR_REACH))
            .filter(|c| !self.text[c.span.end as usize..gap.end as usize].contains([',', '，']))
            .count();
        turns % 2 == 1
    }

    /// Whether a negator stands directly before a span.
    pub(super) fn negated_at(&self, span: Span<Norm>, clause: u32, reach: u32) -> bool {
        self.of_clause(self.rules.negator, clause)
            .any(|m| m.span.end <= span.start && within_words(self.text, m.span.end..span.start, reach))
    }
}

/// The places of a cue among some.
fn of_rule(cues: &[Match], rule: Option<RuleId>) -> impl Iterator<Item = &Match> {
    cues.iter().filter(move |m| Some(m.rule) == rule)
}
