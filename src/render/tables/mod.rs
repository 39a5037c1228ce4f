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

use rayon::prelude::*;

use super::publish::StagedFolder;
use crate::error::Result;

pub(super) use cell::{Cell, Kind};
pub(super) use definition::{Definition, Rows, Table};

/// The files of all tables together.
const WHOLE: [&str; 2] = ["rival.xlsx", "rival.sqlite"];

/// Writes all tables in every format: `csv/*.csv`, `parquet/*.parquet`, `rival.xlsx` and `rival.sqlite`, side by side.
///
/// # Errors
/// `Output`, or a writer that failed: a bug, or no memory.
pub(super) fn write_tables(source: &Source<'_>, folder: &StagedFolder) -> Result<()> {
    // Filled on any thread, though what fills them cannot be shared.
    let tables: Vec<Table<'_>> = (0..content::all().len())
        .into_par_iter()
        .filter_map(|at| content::all().get(at).map(|each| each.fill(source)))
        .collect();
    let [workbook, sqlite] = WHOLE;
    let each = || {
        tables.par_iter().try_for_each(|table| {
            let [csv, parquet] = paths(table.definition.name);
            folder.file(&csv, |sink| write::csv(table, sink))?;
            folder.file(&parquet, |sink| write::parquet(table, sink))
        })
    };
    // The two that take longest begin first.
    let (workbook, (sqlite, each)) = rayon::join(
        || folder.file(workbook, |sink| write::workbook(&tables, sink)),
        || rayon::join(|| folder.file(sqlite, |sink| write::sqlite(&tables, sink)), each),
    );
    workbook.and(sqlite).and(each)
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
