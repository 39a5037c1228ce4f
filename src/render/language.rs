//! The two languages that a reader may want, and how each writes figures.

use super::book::Names;
use super::figures::{self, TIE};
use crate::analyze::findings::Meta;

/// The language of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Language {
    /// The language of most consumer posts: the same posts give the same report on every machine, whatever its locale.
    pub fn of_posts(meta: &Meta) -> Self {
        let posts = |code: &str| meta.languages.get(code).copied().unwrap_or(0);
        if posts("zh") >= posts("en") { Self::Zh } else { Self::En }
    }

    /// One of two wordings.
    pub(super) fn say<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The tag of HTML's `lang`.
    pub(super) fn tag(self) -> &'static str {
        self.say("zh-CN", "en")
    }

    /// The label in this language, or the other one's where it has none.
    pub(super) fn name(self, names: Names<'_>) -> String {
        let (own, other) = match self {
            Self::Zh => (names.zh, names.en),
            Self::En => (names.en, names.zh),
        };
        if own.is_empty() { other } else { own }.to_owned()
    }

    /// `44%`, `44 %`.
    pub(super) fn percent(self, share: f64) -> String {
        self.tight(figures::percent(share))
    }

    /// `36–52%`, `36–52 %`.
    pub(super) fn percent_range(self, range: [f64; 2]) -> String {
        self.tight(figures::percent_range(range))
    }

    fn tight(self, figure: String) -> String {
        match self {
            Self::Zh => figure.replace(TIE, ""),
            Self::En => figure,
        }
    }

    /// `22 位作者`, `22 authors`.
    pub(super) fn authors(self, number: u64) -> String {
        match self {
            Self::Zh => format!("{}{TIE}位作者", figures::count(number)),
            Self::En => figures::counted(number, "author"),
        }
    }

    /// `2024年5月`, `May 2024`.
    pub(super) fn month(self, time: &str) -> Option<String> {
        match self {
            Self::En => figures::month(time),
            Self::Zh => {
                let (year, month) = figures::year_month(time)?;
                let month: u8 = month.parse().ok().filter(|m| (1..=12).contains(m))?;
                Some(format!("{year}年{month}月"))
            }
        }
    }

    /// `2024年1月–6月`, `Jan 2024 – Jun 2024`.
    pub(super) fn period(self, period: &[String; 2]) -> Option<String> {
        let (from, until) = (self.month(&period[0])?, self.month(&period[1])?);
        if from == until {
            return Some(from);
        }
        Some(match self {
            Self::En => format!("{from} – {until}"),
            Self::Zh => match until.strip_prefix(&from[..from.find('年').map_or(0, |at| at + '年'.len_utf8())]) {
                Some(month) => format!("{from}–{month}"),
                None => format!("{from}–{until}"),
            },
        })
    }

    /// `甲、乙和丙`, `a, b and c`.
    pub(super) fn list(self, words: &[String]) -> String {
        let (comma, and) = (self.say("、", ", "), self.say("和", " and "));
        match words {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{}{and}{last}", most.join(comma)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_each_language_writes_them() {
        use Language::{En, Zh};
        assert_eq!((Zh.percent(0.441), En.percent(0.441)), ("44%".to_owned(), "44\u{a0}%".to_owned()));
        assert_eq!(Zh.percent_range([0.36, 0.52]), "36–52%");
        assert_eq!((Zh.month("2024-05-01"), Zh.month("2024-13-01")), (Some("2024年5月".to_owned()), None));
        let period = |a: &str, b: &str| [a.to_owned(), b.to_owned()];
        assert_eq!(Zh.period(&period("2024-01-08", "2024-06-28")).as_deref(), Some("2024年1月–6月"));
        assert_eq!(Zh.period(&period("2023-11-08", "2024-06-28")).as_deref(), Some("2023年11月–2024年6月"));
        assert_eq!(En.period(&period("2024-01-08", "2024-06-28")).as_deref(), Some("Jan\u{a0}2024 – Jun\u{a0}2024"));
        assert_eq!(Zh.list(&["甲".into(), "乙".into(), "丙".into()]), "甲、乙和丙");
        assert_eq!(En.list(&["a".into(), "b".into()]), "a and b");
    }

    #[test]
    fn the_language_is_that_of_most_posts() {
        let mut meta = Meta::default();
        assert_eq!(Language::of_posts(&meta), Language::Zh);
        meta.languages.insert("en".to_owned(), 2);
        assert_eq!(Language::of_posts(&meta), Language::En);
    }
}
