//! Rows that were not used, read back from the lines of `--rejects` some at a time: a hostile input may be nothing else.

use std::io::BufRead;

use serde::Deserialize;

use super::{Definition, Fill, Rows, Table};
use crate::error::{Error, ErrorKind, Result};
use crate::render::tables::definition::{Columns, Row, Take};
use crate::render::tables::source::Source;

/// Where every row stands that was not used, and why. Never what it says.
pub(super) struct Rejects;

/// What a line tells of a row; the row itself, where it was asked for, stays out of the tables.
#[derive(Deserialize)]
struct Unused {
    file: String,
    row: u64,
    line: u64,
    byte: u64,
    code: String,
    reason: String,
    detail: String,
    sha256: Option<String>,
}

/// Rows that are in memory together.
const TOGETHER: usize = 8_192;

fn columns() -> Columns<'static, Unused> {
    Columns::new()
        .text("file_name", "The file, as it was given or found", |u: &Unused| &u.file)
        .count("file_row", "The row, from 1, without the header; 0 is the file as a whole", |u| u.row)
        .count("file_line", "The line on which it begins, from 1", |u| u.line)
        .count("file_byte", "The byte of the decoded file at which it begins", |u| u.byte)
        .text("reason_code", "A stable code: `rival explain R201`", |u| &u.code)
        .text("reason_name", "Its short name", |u| &u.reason)
        .truth("is_set_aside", "Left out on purpose, not rejected", |u| u.code.starts_with('S'))
        .maybe_text("reason_detail", "Counts, keys or positions that help to find the fault", |u| Some(&u.detail))
        .maybe_text("row_sha256", "64 bits of the row's SHA-256: the same row elsewhere has the same", |u| {
            u.sha256.as_deref()
        })
}

impl<'s> Fill<'s> for Rejects {
    fn definition(&self) -> Definition {
        Definition {
            name: "rejects",
            version: 1,
            doc: "Where every row stands that was not used, and why",
            columns: columns().listed(),
            key: &["file_name", "file_row", "file_byte", "reason_code"],
            indexes: &[&["reason_code"]],
        }
    }

    fn fill(&self, source: &'s Source<'s>) -> Table<'s> {
        Table { definition: self.definition(), rows: Rows::Streamed(Box::new(|take| tell(source, take))) }
    }
}

fn tell(source: &Source<'_>, take: &mut Take<'_>) -> Result<()> {
    let columns = columns();
    let cells = columns.cells(Rejects.definition(), source);
    let mut waiting: Vec<Row> = Vec::new();
    for line in source.rejects.read()?.split(b'\n') {
        let line = line.map_err(unread)?;
        let unused: Unused = serde_json::from_slice(&line).map_err(unread)?;
        waiting.push(cells(&unused));
        if waiting.len() == TOGETHER {
            take(&waiting)?;
            waiting.clear();
        }
    }
    if waiting.is_empty() { Ok(()) } else { take(&waiting) }
}

/// What was written a moment ago comes back whole unless the disk is broken.
fn unread(cause: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::Output, format!("the rejects cannot be read back: {cause}")).help("check the disk")
}
