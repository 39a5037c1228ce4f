//! Merging is commutative and associative with an identity: compact records of posts until `finish`, then author counts.
//!
//! A worker makes a [`Tally`] and adds posts to it; tallies merge by union; [`Tally::finish`] drops copies and turns the rest
//! into [`Counts`]: integers per entity, occasion, motive, relation and bucket of authors, beside a few quotes.

mod counts;
mod dedup;
mod expand;
mod facts;
mod fingerprint;
mod finish;
mod grounds;
mod groups;
mod jobs;
mod number;
mod portraits;
mod position;
mod position_sheet;
mod quotes;
mod record;
mod records;
mod sheet;
mod shorthand;
mod tally;
#[cfg(test)]
mod tests;
mod withhold;
#[cfg(test)]
pub(crate) mod world;

pub use crate::interpret::evidence::Theme;
pub use counts::{
    Counts, DemandCounts, Duplicates, EntityCounts, Frame, JobCounts, KeywordCounts, LinkCounts, MOST_OCCASIONS,
    PostCounts, Spread, SwitchCounts, UNIT,
};
pub use expand::role_unknown;
pub use fingerprint::text_hash;
pub use grounds::{Ground, Grounds, Resting, Said};
pub use groups::{Group, Grouping};
pub use portraits::{FOLDS, Feature, Fold, Portrait};
pub use position::{FeltCounts, FeltSums, Position, Valued};
pub use quotes::{Cell, Quote, Shown, ShownWords, excerpt};
pub use record::Record;
pub use tally::Tally;
