//! The chapters, one file each; a chapter that has nothing to show is not bound in.

pub(super) mod brief;
mod caveats;
mod claims;
pub(super) mod contact;
pub(super) mod customers;
pub(super) mod essence;
pub(super) mod groups;
pub(super) mod heat;
pub(super) mod market;
pub(super) mod method;
pub(super) mod motives;
pub(super) mod occasions;
mod ranges;
pub(super) mod rivals;
pub(super) mod steals;
pub(super) mod strengths;
mod verdict;

/// The q below which a difference counts as shown (method §4).
const FDR: f64 = 0.10;
/// Authors below which a cell is drawn as thin.
const THIN: u64 = 10;
