//! The same counts for parts of the posts: by platform or by region, each beside the counts of all other posts.

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
}

impl Grouping {
    /// The word of the command line and the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Grouping::Platform => "platform",
            Grouping::Region => "region",
        }
    }

    /// The hash of a record's group; 0 where it is in none.
    fn of(self, record: &Record) -> u64 {
        match self {
            Grouping::Platform => record.platform,
            Grouping::Region => record.region,
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
    /// The counts of all posts of other groups.
    pub others: Counts,
}

/// Most groups that are told apart; the smaller ones stand in `others` only.
const MOST_GROUPS: usize = 12;
/// Consumer posts from which on a group is worth counts of its own.
const ENOUGH_POSTS: usize = 30;

impl Tally {
    /// Drops copies over all posts, then counts all of them, and each group beside the others. The groups come in the order of their size, then of
    /// their name; quotes go with the whole.
    pub fn finish_by(self, taxonomy: &Taxonomy, frame: &Frame, by: Grouping) -> (Counts, Vec<Group>) {
        let finish = Finish::of(self, taxonomy, frame);
        let mut sizes: FxHashMap<u64, usize> = FxHashMap::default();
        for record in finish.consumers() {
            *sizes.entry(by.of(record)).or_default() += 1;
        }
        let mut groups: Vec<(usize, String, u64)> = sizes
            .into_iter()
            .filter(|&(hash, posts)| hash != 0 && posts >= ENOUGH_POSTS)
            .filter_map(|(hash, posts)| Some((posts, finish.named(hash)?.to_owned(), hash)))
            .collect();
        groups.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        groups.truncate(MOST_GROUPS);
        // One group beside nothing compares nothing.
        let groups = if groups.len() < 2 { Vec::new() } else { groups };
        let groups = groups
            .into_iter()
            .map(|(_, name, hash)| Group {
                name,
                counts: finish.count(|record| by.of(record) == hash),
                others: finish.count(|record| ![0, hash].contains(&by.of(record))),
            })
            .collect();
        (finish.whole(), groups)
    }
}
