//! The formats. Each writes the same cells; what differs is how a format says that a value is absent.

mod csv;
mod parquet;
mod sqlite;
mod workbook;

pub(super) use csv::csv;
#[cfg(test)]
pub(super) use csv::inert;
pub(super) use parquet::parquet;
pub(super) use sqlite::sqlite;
pub(super) use workbook::workbook;

use crate::error::{Error, ErrorKind};

/// A writer that failed although it writes to memory.
fn broken(what: &str, cause: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Internal, format!("{what} cannot be made: {cause}")).help("please report it")
}
