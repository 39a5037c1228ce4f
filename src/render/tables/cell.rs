//! One value of a table, and the kinds that all formats can hold.

use std::sync::Arc;

use jiff::civil::Date;

use crate::render::visible::visible_line;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Kind {
    /// Words on one line, in which nothing acts.
    Text,
    /// A whole number.
    Integer,
    /// A number; shares lie in 0..1.
    Real,
    /// True or false.
    Truth,
    /// A day, `2024-03-01`.
    Day,
}

impl Kind {
    /// The word of the table `columns`.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Real => "real",
            Kind::Truth => "boolean",
            Kind::Day => "date",
        }
    }
}

/// A value. What cannot be told is absent: never 0, never NaN.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) enum Cell {
    Absent,
    /// Shared: some stand in every row.
    Text(Arc<str>),
    Integer(i64),
    Real(f64),
    Truth(bool),
    Day(Date),
}

impl Cell {
    /// Words as they stand in every format: on one line, and with what would act on a terminal shown instead.
    pub fn text(raw: &str) -> Self {
        Cell::Text(visible_line(raw).into())
    }

    pub fn integer(count: impl TryInto<i64>) -> Self {
        count.try_into().map_or(Cell::Absent, Cell::Integer)
    }

    /// A number that is one; -0 is 0.
    pub fn real(figure: f64) -> Self {
        match figure {
            figure if !figure.is_finite() => Cell::Absent,
            0.0 => Cell::Real(0.0),
            figure => Cell::Real(figure),
        }
    }

    /// The day with which a time begins.
    pub fn day(time: &str) -> Self {
        let day = time.get(..10).and_then(|day| day.parse::<Date>().ok());
        day.map_or(Cell::Absent, Cell::Day)
    }

    /// The first day of the month with which a time begins.
    pub fn month(time: &str) -> Self {
        match Self::day(time) {
            Cell::Day(day) => Cell::Day(day.first_of_month()),
            other => other,
        }
    }
}
