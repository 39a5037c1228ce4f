//! The findings as tidy long tables: one definition of each, which the four writers (CSV, Parquet, workbook, SQLite), the schema and the
//! documents share.
//!
//! A new table is a function in a file of `content/` and one line in [`content::all`]. Columns may be added within a version of a table; a
//! column that goes, or changes its meaning, its unit or its type, raises the version of its table.

mod cell;
mod content;
mod definition;
mod schema;
mod source;
#[cfg(test)]
mod tests;
mod write;

pub use schema::tables_schema;
pub(super) use source::Source;

use super::out::OutFile;
use crate::error::Result;

pub(super) use cell::{Cell, Kind};
pub(super) use definition::{Definition, Table};

/// The files of all tables together.
const WHOLE: [&str; 2] = ["rival.xlsx", "rival.sqlite"];

/// All tables in every format: `csv/*.csv`, `parquet/*.parquet`, `rival.xlsx` and `rival.sqlite`.
///
/// # Errors
/// A writer that failed: a bug, or no memory.
pub(super) fn table_files(source: &Source<'_>) -> Result<Vec<OutFile>> {
    let tables: Vec<Table> = content::all().iter().map(|each| each.fill(source)).collect();
    let mut files = Vec::with_capacity(2 * tables.len() + WHOLE.len());
    for table in &tables {
        let [csv, parquet] = paths(table.definition.name);
        files.push(OutFile { path: csv, bytes: write::csv(table)? });
        files.push(OutFile { path: parquet, bytes: write::parquet(table)? });
    }
    let [workbook, sqlite] = WHOLE.map(str::to_owned);
    files.push(OutFile { path: workbook, bytes: write::workbook(&tables)? });
    files.push(OutFile { path: sqlite, bytes: write::sqlite(&tables)? });
    Ok(files)
}

/// The paths of all these files.
pub(super) fn table_paths() -> impl Iterator<Item = String> {
    definitions().into_iter().flat_map(|table| paths(table.name)).chain(WHOLE.map(str::to_owned))
}

/// The files of one table.
fn paths(name: &str) -> [String; 2] {
    [format!("csv/{name}.csv"), format!("parquet/{name}.parquet")]
}

/// The definitions of all tables, in the order of the workbook.
pub(super) fn definitions() -> Vec<Definition> {
    content::all().iter().map(|each| each.definition()).collect()
}
