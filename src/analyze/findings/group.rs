//! What a part of the posts says (`--by`).

use serde::Serialize;

use crate::analyze::compare::PairDifference;

/// One group, beside all posts of other groups.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupFinding {
    /// `platform`, `region`, `month` or `quarter`.
    pub by: &'static str,
    /// Its name.
    pub value: String,
    /// Consumer posts.
    pub posts: u64,
    /// Distinct authors.
    pub authors: u64,
    /// The first rivals of each subject in this group, and all pairs that differ: `a` is told by the posts of all other groups, `b` by this
    /// group; q is over all groups. Of a period only `b`.
    pub rivals: Vec<PairDifference>,
}
