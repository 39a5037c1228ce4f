//! Rows that were not used, read back from the lines of `--rejects`.

use std::borrow::Cow;

use serde::Deserialize;

use crate::render::tables::definition::{Columns, Spec};

/// What a line tells of a row; the row itself, where it was asked for, stays out of the tables.
#[derive(Deserialize)]
pub(super) struct Unused<'s> {
    #[serde(borrow)]
    file: Cow<'s, str>,
    row: u64,
    line: u64,
    byte: u64,
    code: Cow<'s, str>,
    reason: Cow<'s, str>,
    detail: Cow<'s, str>,
    sha256: Option<Cow<'s, str>>,
}

/// Where every row stands that was not used, and why. Never what it says.
pub(super) fn rejects<'s>() -> Spec<'s, Unused<'s>> {
    let columns = Columns::new()
        .text("file_name", "The file, as it was given or found", |u: &Unused<'_>| &u.file)
        .count("file_row", "The row, from 1, without the header; 0 is the file as a whole", |u| u.row)
        .count("file_line", "The line on which it begins, from 1", |u| u.line)
        .count("file_byte", "The byte of the decoded file at which it begins", |u| u.byte)
        .text("reason_code", "A stable code: `rival explain R201`", |u| &u.code)
        .text("reason_name", "Its short name", |u| &u.reason)
        .truth("is_set_aside", "Left out on purpose, not rejected", |u| u.code.starts_with('S'))
        .maybe_text("reason_detail", "Counts, keys or positions that help to find the fault", |u| Some(&u.detail))
        .maybe_text("row_sha256", "64 bits of the row's SHA-256: the same row elsewhere has the same", |u| {
            u.sha256.as_deref()
        });
    Spec {
        name: "rejects",
        version: 1,
        doc: "Where every row stands that was not used, and why",
        key: &["file_name", "file_row", "file_byte", "reason_code"],
        indexes: &[&["reason_code"]],
        columns,
        rows: |source| {
            let lines = source.rejects.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
            lines.filter_map(|line| serde_json::from_slice(line).ok()).collect()
        },
    }
}
