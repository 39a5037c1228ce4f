//! Names as they stand in a sentence: an English one is plural or a mass noun, a short Chinese one wants marks around it.

use std::fmt;

use super::book::capital;

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    text: String,
    /// Takes a plural verb.
    many: bool,
}

impl Phrase {
    /// A mass noun or the name of one thing: whisky, Tsingtao.
    pub fn one(text: String) -> Self {
        Self { text, many: false }
    }

    /// Things: video games, shoes.
    pub fn many(text: String) -> Self {
        Self { text, many: true }
    }

    /// A Chinese name. One of a single character, or of several words, would run into the sentence around it.
    pub fn chinese(text: String) -> Self {
        let runs_in = text.chars().nth(1).is_none() || text.contains(['/', '(']);
        Self::one(if runs_in { format!("“{text}”") } else { text })
    }

    /// The form of the verb that agrees with it.
    pub fn verb<'t>(&self, one: &'t str, many: &'t str) -> &'t str {
        if self.many { many } else { one }
    }

    /// In English, when it is clearly strong and when it is clearly weak; nothing where no occasion could be judged.
    pub fn holds(&self, own: &str, weak: &str, judged: bool) -> Option<String> {
        let (title, are) = (self.capital(), self.verb("is", "are"));
        match (own.is_empty(), weak.is_empty()) {
            (false, false) => Some(format!("{title} {are} strong {own}, and weak {weak}.")),
            (false, true) => Some(format!("{title} {are} strong {own}.")),
            (true, false) => Some(format!("{title} {are} weak {weak}; no occasion clearly belongs to {self}.")),
            (true, true) => judged.then(|| format!("No occasion clearly belongs to {self}.")),
        }
    }

    /// At the start of a sentence.
    pub fn capital(&self) -> String {
        capital(&self.text)
    }
}

/// What is said in English of one name or of several by which posts may have been fetched: that it stands there, and which it is.
pub(super) fn fetched_by(names: usize) -> [&'static str; 2] {
    if names > 1 { ["each stand", "those names"] } else { ["stands", "that name"] }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_agree() {
        let take = |name: &Phrase| format!("{} {}", name.capital(), name.verb("takes", "take"));
        assert_eq!(take(&Phrase::one("whisky".into())), "Whisky takes");
        assert_eq!(take(&Phrase::many("video games".into())), "Video games take");
    }

    #[test]
    fn a_chinese_name_does_not_run_into_its_sentence() {
        let shown = ["茶", "威士忌", "药/医疗", "酒(未指明)"].map(|name| Phrase::chinese(name.into()).to_string());
        assert_eq!(shown, ["“茶”", "威士忌", "“药/医疗”", "“酒(未指明)”"]);
    }
}
