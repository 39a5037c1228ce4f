//! The head of a file tells its format and its columns.

use super::batch::{Layout, Rows};
use super::columns::{Columns, Field, Mapping};
use super::csv::dialect;
use super::json::detect::{Standing, habits, second_is_object, standing};
use super::json::lines::Lines;
use super::json::list::List;
use super::json::object::Keys;
use super::piece::Cut;
use super::reject::Reason;
use crate::error::Error;

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Nothing but blanks.
    Empty,
    /// One JSON object a line.
    JsonLines,
    /// A list of JSON objects, by itself or inside an object.
    JsonList,
    /// JSON objects one after the other, on several lines each.
    JsonStream,
    /// A table, with the byte between its columns; `None` for one column.
    Table(Option<u8>),
}

impl Format {
    /// Its name, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Empty => "empty",
            Format::JsonLines => "JSON Lines",
            Format::JsonList => "JSON list",
            Format::JsonStream => "JSON objects",
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
    if !matches!(first, Some(b'{' | b'[')) && !second_is_object(body, end) {
        let table = dialect::sniff(body, end, told)?;
        let rows = Rows::Table(table.dialect, table.header);
        return Ok(Sniffed {
            format: Format::Table(table.dialect.separator),
            layout: Layout { mapping: table.mapping, rows },
            head: mark + table.head,
            cutter: Box::new(table.cutter),
        });
    }
    let standing = if matches!(first, Some(b'{' | b'[')) { standing(body, end, told) } else { Standing::Lines };
    let habits = habits(body, end, standing);
    let mapping = Mapping::of_keys(&habits.keys, told).map_err(unknown)?;
    let telling: Vec<&str> = [Field::Text, Field::Title].iter().flat_map(|&field| mapping.names_of(field)).collect();
    let (format, start): (_, usize) = match standing {
        Standing::Lines => (Format::JsonLines, 0),
        Standing::List(start) | Standing::Wrapped(start) => (Format::JsonList, start),
        Standing::Stream(start) => (Format::JsonStream, start),
    };
    let cutter: Box<dyn Cut> = match standing {
        Standing::Lines => Box::new(Lines::default()),
        _ => Box::new(List::new(matches!(standing, Standing::Wrapped(_)), &habits, &telling)),
    };
    let rows = Rows::Objects(Keys::new(&mapping));
    Ok(Sniffed { format, layout: Layout { mapping, rows }, head: mark + start, cutter })
}
