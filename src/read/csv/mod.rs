//! CSV and TSV, read strictly: a quote is either where it belongs or the row is damaged, and damage ends at its line.
//!
//! The trouble with CSV is that one quote too many or too few turns all following rows into text (reliability P2). So a
//! record that does not parse to its very end with the right number of columns costs its first line only: reading goes
//! on at the next physical line. Records of several lines are believed only if no line in them could be a row itself.

pub(super) mod dialect;
pub(super) mod fields;
pub(super) mod records;
pub(super) mod scan;
pub(super) mod separator;
pub(super) mod shape;
pub(super) mod sheet;
