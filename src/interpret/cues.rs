//! The words of the language in one post: what negates, wishes, asks, praises, and where each stands.

use super::carriers::Carriers;
use crate::lexicon::id::RuleId;
use crate::lexicon::{Lexicon, Target};
use crate::matcher::{Match, Reach, Scratch};

/// Declares the cues that the interpreter asks for; their words are in `lexicons/language/cues.toml`.
macro_rules! cue_rules {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The rule of each cue, where the lexicon has one.
        #[derive(Debug, Default)]
        pub(super) struct CueRules {
            $($(#[$doc])* pub $name: Option<RuleId>,)*
            /// What a negation works over.
            pub carriers: Carriers,
        }

        impl CueRules {
            /// Looks the cues up by name.
            pub(super) fn of(lexicon: &Lexicon) -> Self {
                let rule = |name: &str| {
                    let cue = lexicon.cue(name)?;
                    lexicon.entries.iter().find(|e| e.target == Target::Cue(cue)).map(|e| e.rule)
                };
                Self { $($name: rule(stringify!($name)),)* carriers: Carriers::of(lexicon) }
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
    /// A negator together with all that it denies: 不贵, "not far".
    spent,
    /// What follows holds whatever was denied before it: (不放糖)也, (没几天)就.
    regardless,
    /// What follows is not wanted, which says nothing against it: 不需要, "don't need".
    needless,
    /// What follows is hoped, begged or meant not to be: 希望 (不退步), "be careful not to".
    hoped,
    /// Does not like what follows: 不喜欢, "not a fan of".
    dislike,
    /// A negator that denies a whole list: 没有 (A、B), "no (A, B or C)".
    lists,
    /// Joins the last of several things that one negator denies: 或, or.
    or_else,
    /// Opens a sentence that asks whether it is so: "is it".
    whether,
    /// What follows is looked for: 求推荐, 哪家.
    sought,
    /// Asks for the judgement that it holds: "do you recommend", "is it worth".
    inquiry,
    /// Opens a condition, which says nothing of what is: 如果, if.
    supposed,
    /// Opens a sentence that tells others what to do: "learn how to".
    advice,
    /// What follows is what something is held against: "than the", "as good as a".
    compared,
    /// The same before a quality that may be the one in which they differ: 比.
    than,
    /// What follows is only set beside something: 跟, 相对.
    beside,
    /// Another place or maker that what follows is said of: 隔壁店, 另一家.
    other_place,
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
    /// Words of news, politics and quarrel.
    news,
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
        if [self.again, self.rhetorical, self.irony, self.news].contains(&Some(rule)) {
            Reach::Post
        } else if [self.leads_to, self.owing_to, self.in_order_to].contains(&Some(rule)) {
            Reach::Sentence
        } else if self.lists == Some(rule) {
            Reach::Beside
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

    /// Whether a cue stands in a sentence.
    pub(super) fn in_sentence(&self, rule: Option<RuleId>, sentence: u32) -> bool {
        of_rule(self.sentence(sentence), rule).next().is_some()
    }
}

/// The places of a cue among some.
pub(super) fn of_rule(cues: &[Match], rule: Option<RuleId>) -> impl Iterator<Item = &Match> {
    cues.iter().filter(move |m| Some(m.rule) == rule)
}
