//! How the files of a run are to be read, where the user says so.

use super::charset::Charset;
use super::columns::Columns;
use super::field::calendar::{Day, DayOrder};

/// What the user tells of the files; all of it is found without being told in most of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Columns by field.
    pub columns: Columns,
    /// The encoding of files that bear no mark.
    pub encoding: Option<Charset>,
    /// Tables have no header: columns are named by their numbers, from 1.
    pub no_header: bool,
    /// A quote where CSV allows none is text.
    pub lenient_quotes: bool,
    /// Repair what has one meaning only: halves of emoji encoded apart, raw tabs in JSON, separators in a last column.
    pub repair: bool,
    /// Use the rows of a compressed file that is cut off, up to there.
    pub keep_partial: bool,
    /// Whether `03/04/2024` is in March or in April.
    pub dates: Option<DayOrder>,
    /// The day of the export, for times such as `昨天`, `3天前` and `05月12日`.
    pub now: Option<Day>,
}

impl From<Columns> for Reading {
    fn from(columns: Columns) -> Self {
        Self { columns, ..Self::default() }
    }
}
