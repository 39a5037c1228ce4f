//! The words over which a negation works on what follows: not |very| good, 不|怎么|好. Behind any other word it belongs to that word.

use crate::lexicon::{CARRIES, JOINS, Lexicon};
use crate::normalize::is_han;

/// The most Han characters that one such word has.
const LONGEST: usize = 4;

/// The words that carry a negation on, in order.
#[derive(Debug, Default)]
pub(super) struct Carriers {
    words: Vec<Box<str>>,
    /// What joins the last of several things that are denied together, between spaces: "not greasy or |sticky".
    joints: Vec<Box<str>>,
}

impl Carriers {
    /// The words of a lexicon.
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let of = |id: &str| lexicon.classes.iter().find(|class| class.id == id);
        let terms = |id| of(id).into_iter().flat_map(|class| class.terms.iter().map(|term| term.surface.as_str()));
        let mut words: Vec<Box<str>> = terms(CARRIES).map(Into::into).collect();
        words.sort_unstable();
        Self { words, joints: terms(JOINS).map(|word| format!(" {word} ").into()).collect() }
    }

    /// Whether a negation before a stretch of a text still works behind it.
    pub(super) fn carry(&self, stretch: &str) -> bool {
        let from = self.joints.iter().filter_map(|joint| Some(stretch.rfind(&**joint)? + joint.len())).max();
        self.pass(&stretch[from.unwrap_or(0)..])
    }

    /// Whether a stretch is made of such words alone.
    fn pass(&self, stretch: &str) -> bool {
        let rest = stretch.trim_start_matches(|c: char| !c.is_alphanumeric());
        let Some(first) = rest.chars().next() else { return true };
        if is_han(first) {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
            return ends.into_iter().any(|end| self.has(&rest[..end]) && self.pass(&rest[end..]));
        }
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '\'' || is_han(c)).unwrap_or(rest.len());
        self.has(&rest[..end]) && self.pass(&rest[end..])
    }

    fn has(&self, word: &str) -> bool {
        self.words.binary_search_by(|known| (**known).cmp(word)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_of_degree_and_being_carry_a_negation_on() {
        let words = ["is", "it's", "very", "是", "怎么", "那么"];
        let mut words: Vec<Box<str>> = words.into_iter().map(Into::into).collect();
        words.sort_unstable();
        let carriers = Carriers { words, joints: vec![" or ".into()] };
        for stretch in ["", " ", " very ", " is *very* ", "是那么", "怎么", " greasy or ", " it's very "] {
            assert!(carriers.carry(stretch), "{stretch}");
        }
        for stretch in [" gone back to ", "因为", "是因为", " very old ", "那", " or greasy "] {
            assert!(!carriers.carry(stretch), "{stretch}");
        }
    }
}
