//! Which posts a run is about: `--since`, `--until`, `--platform`, `--lang`, `--region`.

use crate::interpret::evidence::Lang;
use crate::read::post::Post;

/// Conditions that a post must meet; an empty condition is met by all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// First day, `2024-03-01`; a post without a time does not meet it.
    pub since: Option<String>,
    /// Last day, included.
    pub until: Option<String>,
    /// Platforms, lower case.
    pub platforms: Vec<String>,
    /// Languages.
    pub langs: Vec<Lang>,
    /// Words that the region contains.
    pub regions: Vec<String>,
}

impl Filter {
    /// Whether a post meets the conditions on its time, platform and region.
    pub fn meets(&self, post: &Post) -> bool {
        let day = post.time.as_ref().and_then(|t| t.text.get(..10));
        let since = self.since.as_deref().is_none_or(|since| day.is_some_and(|d| d >= since));
        let until = self.until.as_deref().is_none_or(|until| day.is_some_and(|d| d <= until));
        let platform =
            self.platforms.is_empty() || post.platform.as_ref().is_some_and(|p| self.platforms.iter().any(|q| q == p));
        let region = self.regions.is_empty()
            || post.region.as_ref().is_some_and(|r| self.regions.iter().any(|q| r.contains(q.as_str())));
        since && until && platform && region
    }

    /// Whether a language is wanted.
    pub fn wants(&self, lang: Lang) -> bool {
        self.langs.is_empty() || self.langs.contains(&lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::post::{Origin, Reception, Time};

    #[test]
    fn days_are_included_at_both_ends() {
        let post = |day: Option<&str>| Post {
            origin: Origin { file: 0, row: 1 },
            id: None,
            text: "x".into(),
            title_len: 0,
            author: None,
            time: day.map(|d| Time { text: d.into(), month: 0 }),
            platform: Some("weibo".into()),
            region: Some("浙江杭州".into()),
            thread: None,
            is_comment: false,
            keyword: None,
            url: None,
            reception: Reception::default(),
        };
        let filter = Filter { since: Some("2024-03-01".into()), until: Some("2024-03-31".into()), ..Filter::default() };
        assert!(filter.meets(&post(Some("2024-03-01"))) && filter.meets(&post(Some("2024-03-31T23:59:00+08:00"))));
        assert!(!filter.meets(&post(Some("2024-04-01"))) && !filter.meets(&post(None)));
        let filter = Filter { platforms: vec!["xhs".into()], ..Filter::default() };
        assert!(!filter.meets(&post(None)));
        let filter = Filter { regions: vec!["浙江".into()], ..Filter::default() };
        assert!(filter.meets(&post(None)));
    }
}
