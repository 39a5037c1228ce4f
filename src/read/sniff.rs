//! The head of a file tells its format and its columns.

use super::batch::{Layout, Rows};
use super::columns::{Columns, Mapping};
use super::csv::dialect;
use super::json::lines::Lines;
use super::json::object::{self, Keys};
use super::piece::{Cut, line_end};
use super::reject::Reason;
use crate::error::Error;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing but blanks.
    Empty,
    /// One JSON object a line.
    JsonLines,
    /// A table, with the byte between its columns; `None` for one column.
    Table(Option<u8>),
}

impl Format {
    /// Its name, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Empty => "empty",
            Format::JsonLines => "JSON Lines",
            Format::Table(Some(b'\t')) => "TSV",
            Format::Table(Some(b';')) => "CSV with ;",
            Format::Table(Some(b'|')) => "CSV with |",
            Format::Table(_) => "CSV",
        }
    }
}

/// What the head of a file tells.
pub(super) struct Sniffed {
    pub format: Format,
    pub layout: Layout,
    /// Bytes at the start that belong to no row.
    pub head: usize,
    pub cutter: Box<dyn Cut>,
}

/// Objects whose keys are looked at.
const OBJECTS: usize = 200;

/// Tells format and columns from the first bytes of a file.
pub(super) fn sniff(head: &[u8], end: bool, told: &Columns) -> Result<Sniffed, (Reason, Error)> {
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let body = &head[mark..];
    let unknown = |error| (Reason::ColumnsUnknown, error);
    if !body.iter().any(|byte| !byte.is_ascii_whitespace()) {
        let layout = Layout { mapping: Mapping::default(), rows: Rows::Objects(Keys::new(&Mapping::default())) };
        return Ok(Sniffed { format: Format::Empty, layout, head: mark, cutter: Box::new(Lines::default()) });
    }
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if !matches!(first, Some(b'{' | b'[')) {
        let table = dialect::sniff(body, end, told)?;
        let rows = Rows::Table(table.dialect, table.header);
        return Ok(Sniffed {
            format: Format::Table(table.dialect.separator),
            layout: Layout { mapping: table.mapping, rows },
            head: mark + table.head,
            cutter: Box::new(table.cutter),
        });
    }
    let mapping = Mapping::of_keys(&keys_of_lines(body, end), told).map_err(unknown)?;
    let rows = Rows::Objects(Keys::new(&mapping));
    Ok(Sniffed {
        format: Format::JsonLines,
        layout: Layout { mapping, rows },
        head: mark,
        cutter: Box::new(Lines::default()),
    })
}

/// The keys of the first objects, each once.
fn keys_of_lines(body: &[u8], end: bool) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut at = 0;
    for _ in 0..OBJECTS {
        let (stop, next) = match line_end(body, at, end) {
            Some(found) => found,
            None if end && at < body.len() => (body.len(), body.len()),
            None => break,
        };
        for key in std::str::from_utf8(&body[at..stop]).ok().and_then(object::keys_of).unwrap_or_default() {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        at = next;
    }
    keys
}
