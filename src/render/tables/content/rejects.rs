//! Rows that were not used.

use crate::read::reject::Reject;
use crate::render::tables::definition::{Columns, Spec};

/// A row that was not used, with the name of its file.
pub(super) type Unused<'s> = (&'s str, &'s Reject);

/// Where every row stands that was not used, and why. Never what it says.
pub(super) fn rejects<'s>() -> Spec<'s, Unused<'s>> {
    let columns = Columns::new()
        .text("file_name", "The file, as it was given or found", |u: &Unused<'_>| u.0)
        .count("file_row", "The row, from 1, without the header", |u| u.1.origin.row)
        .count("file_line", "The line on which it begins, from 1", |u| u.1.line)
        .count("file_byte", "The byte of the decoded file at which it begins", |u| u.1.byte)
        .text("reason_code", "A stable code: `rival explain R201`", |u| u.1.reason.code())
        .text("reason_name", "Its short name", |u| u.1.reason.name())
        .truth("is_set_aside", "Left out on purpose, not rejected", |u| u.1.reason.is_set_aside())
        .maybe_text("reason_detail", "Counts, keys or positions that help to find the fault", |u| Some(&u.1.detail));
    Spec {
        name: "rejects",
        version: 1,
        doc: "Where every row stands that was not used, and why",
        key: &["file_name", "file_row", "file_byte", "reason_code"],
        indexes: &[&["reason_code"]],
        columns,
        rows: |source| {
            let file = |reject: &Reject| source.files.get(reject.origin.file as usize).map_or("?", String::as_str);
            source.rejects.iter().map(|reject| (file(reject), reject)).collect()
        },
    }
}
