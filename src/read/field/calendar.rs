//! What is known of the times of a file before one of them is read.

use jiff::civil::Date;

use super::time::two_and_year;
use crate::error::{Error, ErrorKind, Result};
use crate::read::post::Time;

/// What a column of times is read with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Calendar {
    /// Whether `03/04/2024` is in March or in April; where nothing tells, it is no time.
    pub order: Option<DayOrder>,
    /// The day of the export, for times that are told from it.
    pub now: Option<Day>,
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(Date);

impl Day {
    /// Reads `2024-03-01`.
    ///
    /// # Errors
    /// `Usage` for what is no day.
    pub fn parse(written: &str) -> Result<Self> {
        written
            .trim()
            .parse()
            .map(Day)
            .map_err(|_| Error::new(ErrorKind::Usage, format!("`{written}` is no day")).help("write it as 2024-03-01"))
    }

    pub(super) fn date(self) -> Date {
        self.0
    }

    /// The day of a time.
    pub(crate) fn of(time: &Time) -> Option<Self> {
        time.text.get(..10)?.parse().ok().map(Day)
    }
}

/// What the first of two small numbers in a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// `25/12/2024`.
    DayFirst,
    /// `12/25/2024`.
    MonthFirst,
}

impl DayOrder {
    /// What the cells of a column tell: one number above 12 settles it, two that disagree settle nothing.
    pub(crate) fn of_column<'c>(cells: impl Iterator<Item = &'c str>) -> Option<Self> {
        let mut found = None;
        for (first, second, ..) in cells.filter_map(|cell| two_and_year(cell.trim())) {
            let told = match (first, second) {
                (13.., 1..=12) => DayOrder::DayFirst,
                (1..=12, 13..) => DayOrder::MonthFirst,
                _ => continue,
            };
            if found.is_some_and(|other| other != told) {
                return None;
            }
            found = Some(told);
        }
        found
    }
}
