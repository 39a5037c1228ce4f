//! Things named only to say what another one is made of, is like or stands beside.

use super::mentions::{Named, Saying};
use crate::lexicon::id::CategoryId;
use crate::lexicon::taxonomy::Taxonomy;
use crate::normalize::span::{Norm, Span};
use crate::segment::within_words;

/// Words between a thing and what makes it a likeness or a landmark: "like a small plane".
const ASIDE_REACH: u32 = 1;

/// The mentions that begin right behind a place, or a space after it.
fn next_to(span: Span<Norm>, named: &[Named]) -> impl Iterator<Item = &Named> {
    let from = named.partition_point(|o| o.found.span.start < span.end);
    named[from..].iter().take_while(move |o| o.found.span.start <= span.end + 1)
}

/// How a thing is named beside another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    /// It stands for itself.
    No,
    /// As a part of another thing's name, or its likeness: never consumed by these words.
    Within,
    /// As its flavor or a landmark: consumed only where it is the topic as well.
    Beside,
}

impl Saying<'_> {
    /// Whether a clause has words by which a thing is named beside another one.
    pub(super) fn places_things(&self, clause: u32) -> bool {
        let rules = self.cues.rules;
        let placing = [rules.ingredient, rules.likeness, rules.flavor, rules.near_to, rules.nearby, rules.place_name];
        self.cues.clause(clause).iter().any(|m| placing.contains(&Some(m.rule)))
    }

    /// Whether a thing is named only to say what another is made of, is like, tastes of or stands beside.
    pub(super) fn aside(&self, taxonomy: &Taxonomy, n: &Named, named: &[Named]) -> Aside {
        let (rules, span) = (self.cues.rules, n.found.span);
        let before = |rule| {
            self.cues
                .of_clause(rule, n.found.clause)
                .any(|m| m.span.end <= span.start && within_words(self.cues.text, m.span.end..span.start, ASIDE_REACH))
        };
        let after = |rule, reach| {
            self.cues
                .of_clause(rule, n.found.clause)
                .any(|m| m.span.start >= span.end && within_words(self.cues.text, span.end..m.span.start, reach))
        };
        // The last word of a dish names it: 牛肉|面, "bacon sandwich"; a place is named by both: 海鲜|大排档.
        let sector = |c: CategoryId| &taxonomy.category(c).sector;
        let of_a_dish = self.cues.of_clause(rules.ingredient, n.found.clause).any(|m| m.span == span)
            && next_to(span, named).any(|o| {
                let between = self.cues.text.get(span.end as usize..o.found.span.start as usize);
                o.category != n.category
                    && sector(o.category) == sector(n.category)
                    && (between == Some("") || between == Some(" ") && self.is_latin(span))
            });
        // A place named after a sight is a sight still: 鼓楼|一条街.
        let is_sight = taxonomy.category(n.category).role == "leisure.sight";
        // A brand is no ingredient and no likeness, but a landmark like any other.
        let own = n.brand.is_none();
        if own && (of_a_dish || before(rules.likeness)) || !is_sight && after(rules.place_name, 0) {
            Aside::Within
        } else if own && after(rules.flavor, 0) || before(rules.near_to) || after(rules.nearby, 1) {
            Aside::Beside
        } else {
            Aside::No
        }
    }

    /// Whether a word is but a part of the title of a work of another kind: 《天堂|电影院》.
    pub(super) fn is_of_a_title(&self, taxonomy: &Taxonomy, n: &Named) -> bool {
        if n.brand.is_some() || taxonomy.category(n.category).titled {
            return false;
        }
        let around = self.cues.title_around(n.found.span);
        around.is_some_and(|(lead, rest)| !lead.is_empty() || !rest.is_empty())
    }

    /// Whether a word is but the name of a forum, where something was posted: r/snowboarding.
    pub(super) fn is_of_a_forum(&self, n: &Named) -> bool {
        let before = self.cues.text[..n.found.span.start as usize].strip_suffix("r/");
        before.is_some_and(|b| !b.ends_with(char::is_alphanumeric))
    }

    fn is_latin(&self, span: Span<Norm>) -> bool {
        self.cues.text[span.range()].is_ascii()
    }
}
