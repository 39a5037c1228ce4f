//! The same counts for parts of the posts: by platform or by region, each beside the counts of all other posts; by month or quarter, each
//! in parts by platform, so that the mix of platforms can be held constant.

use rustc_hash::FxHashMap;

use super::counts::{Counts, Frame};
use super::finish::Finish;
use super::record::Record;
use super::tally::Tally;
use crate::lexicon::taxonomy::Taxonomy;

/// By what posts are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// By platform.
    Platform,
    /// By region, as exported.
    Region,
    /// By month.
    Month,
    /// By quarter of the year.
    Quarter,
}

impl Grouping {
    /// The word of the command line and the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Grouping::Platform => "platform",
            Grouping::Region => "region",
            Grouping::Month => "month",
            Grouping::Quarter => "quarter",
        }
    }

    /// Whether the groups follow each other in time.
    pub fn is_period(self) -> bool {
        matches!(self, Grouping::Month | Grouping::Quarter)
    }

    /// What is the same for all records of a group; `None` where a record is in none.
    fn of(self, record: &Record, finish: &Finish<'_>) -> Option<u64> {
        let name = |hash: u64| (hash != 0).then_some(hash);
        let month = record.month();
        match self {
            Grouping::Platform => name(finish.place(record).platform),
            Grouping::Region => name(finish.place(record).region),
            Grouping::Month => month,
            Grouping::Quarter => month.map(|month| month / 3),
        }
    }

    /// The name of a group.
    fn name(self, key: u64, finish: &Finish<'_>) -> Option<String> {
        match self {
            Grouping::Platform | Grouping::Region => finish.named(key).map(str::to_owned),
            Grouping::Month => Some(format!("{:04}-{:02}", key / 12, key % 12 + 1)),
            Grouping::Quarter => Some(format!("{:04}-Q{}", key / 4, key % 4 + 1)),
        }
    }
}

/// One part of the posts.
#[derive(Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its counts.
    pub counts: Counts,
    /// The counts of all posts of other groups; of a period nothing, because what differs there is told by the period before.
    pub others: Counts,
    /// A period by platform, all of them in the same order; the small platforms together under an empty name.
    pub strata: Vec<(String, Counts)>,
}

/// Most groups that are told apart; the smaller ones stand in `others` only. Of periods, the last.
const MOST_GROUPS: usize = 12;
const MOST_PERIODS: usize = 24;
/// Platforms that are told apart within periods.
const MOST_PLATFORMS: usize = 6;
/// Consumer posts from which on a group is worth counts of its own.
const ENOUGH_POSTS: usize = 30;

impl Tally {
    /// Drops copies over all posts, then counts all of them, and each group. Platforms and regions come in the order of their size, then of
    /// their name; periods in the order of time. Quotes go with the whole.
    pub fn finish_by(self, taxonomy: &Taxonomy, frame: &Frame, by: Grouping) -> (Counts, Vec<Group>) {
        let finish = Finish::of(self, taxonomy, frame);
        let mut groups = sizes(&finish, by);
        if by.is_period() {
            groups.sort_by_key(|&(_, _, key)| key);
            groups.drain(..groups.len().saturating_sub(MOST_PERIODS));
        } else {
            groups.truncate(MOST_GROUPS);
        }
        // One group beside nothing compares nothing.
        let groups = if groups.len() < 2 { Vec::new() } else { groups };
        let platforms: Vec<(String, u64)> = if by.is_period() {
            let large = sizes(&finish, Grouping::Platform);
            large.into_iter().take(MOST_PLATFORMS).map(|(_, name, key)| (name, key)).collect()
        } else {
            Vec::new()
        };
        let groups = groups
            .into_iter()
            .map(|(_, name, key)| {
                let inside = |record: &Record| by.of(record, &finish) == Some(key);
                let others = if by.is_period() {
                    Counts::default()
                } else {
                    finish.count(|record| by.of(record, &finish).is_some_and(|other| other != key))
                };
                let strata = if by.is_period() { strata(&finish, &platforms, &inside) } else { Vec::new() };
                Group { name, counts: finish.count(inside), others, strata }
            })
            .collect();
        (finish.whole(), groups)
    }
}

/// The groups with enough posts: (posts, name, key), the largest first.
fn sizes(finish: &Finish<'_>, by: Grouping) -> Vec<(usize, String, u64)> {
    let mut sizes: FxHashMap<u64, usize> = FxHashMap::default();
    for key in finish.consumers().filter_map(|record| by.of(record, finish)) {
        *sizes.entry(key).or_default() += 1;
    }
    let mut groups: Vec<(usize, String, u64)> = sizes
        .into_iter()
        .filter(|&(_, posts)| posts >= ENOUGH_POSTS)
        .filter_map(|(key, posts)| Some((posts, by.name(key, finish)?, key)))
        .collect();
    groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    groups
}

/// The counts of a part by platform.
fn strata(finish: &Finish<'_>, platforms: &[(String, u64)], inside: &dyn Fn(&Record) -> bool) -> Vec<(String, Counts)> {
    let mut out: Vec<(String, Counts)> = platforms
        .iter()
        .map(|(name, key)| {
            (name.clone(), finish.count(|record| inside(record) && finish.place(record).platform == *key))
        })
        .collect();
    let small = |record: &Record| platforms.iter().all(|(_, key)| finish.place(record).platform != *key);
    out.push((String::new(), finish.count(|record| inside(record) && small(record))));
    out
}
