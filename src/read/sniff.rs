//! The head of a file tells its format and its columns.

use super::batch::{Layout, Rows, fill_record};
use super::columns::{Field, Mapping};
use super::compose::Cells;
use super::container::sheet::{CELL, RECORD};
use super::csv::dialect;
use super::csv::separator::Separator;
use super::csv::sheet::SheetRecords;
use super::field::calendar::{Calendar, DayOrder};
use super::json::detect::{Standing, habits, objects, second_is_object, standing};
use super::json::lines::Lines;
use super::json::list::List;
use super::json::names::Paths;
use super::json::object::{self, Keys};
use super::piece::{Cut, line_end};
use super::reading::Reading;
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
    /// A table, with what stands between its columns; `None` for one column.
    Table(Option<Separator>),
    /// A sheet of a workbook.
    Sheet,
}

impl Format {
    /// Its name, for messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Empty => "empty",
            Format::JsonLines => "JSON Lines",
            Format::JsonList => "JSON list",
            Format::JsonStream => "JSON objects",
            Format::Table(Some(separator)) if separator.as_bytes() == b"\t" => "TSV",
            Format::Table(_) => "CSV",
            Format::Sheet => "sheet",
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
///
/// `sheet` says that they are records of a sheet.
pub(super) fn sniff(head: &[u8], end: bool, sheet: bool, reading: &Reading) -> Result<Sniffed, (Reason, Error)> {
    let mark = if head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let body = &head[mark..];
    let empty = |byte: &&u8| byte.is_ascii_whitespace() || (sheet && matches!(**byte, CELL | RECORD));
    let Some(first) = body.iter().find(|byte| !empty(byte)) else {
        let mapping = Mapping::default();
        let rows = Rows::Objects(Keys::new(&mapping, &Paths::default()));
        let layout = Layout { mapping, rows, calendar: Calendar::default(), repair: reading.repair };
        let cutter: Box<dyn Cut> = if sheet { Box::new(SheetRecords) } else { Box::new(Lines::default()) };
        return Ok(Sniffed { format: Format::Empty, layout, head: mark, cutter });
    };
    let bracket = matches!(first, b'{' | b'[');
    let mut sniffed = if sheet {
        of_sheet(body, end, reading)?
    } else if bracket || second_is_object(body, end) {
        of_objects(body, end, bracket, reading)?
    } else {
        of_table(body, end, reading)?
    };
    sniffed.head += mark;
    let rest = &head[sniffed.head..];
    let sample: Vec<&str> = match (sniffed.format, &sniffed.layout.rows) {
        (Format::Table(_), _) => lines(rest).collect(),
        (Format::Sheet, _) => {
            let records = rest.split(|byte| *byte == RECORD).take(500);
            records.filter_map(|record| std::str::from_utf8(record).ok()).collect()
        }
        (format, _) => {
            let standing = match format {
                Format::JsonLines => Standing::Lines,
                _ => Standing::List(0),
            };
            objects(rest, end, standing)
                .into_iter()
                .filter_map(|range| std::str::from_utf8(&rest[range]).ok())
                .collect()
        }
    };
    let order = reading.dates.or_else(|| day_order(&sniffed.layout, &sample));
    sniffed.layout.calendar = Calendar { order, now: reading.now };
    Ok(sniffed)
}

fn of_table(body: &[u8], end: bool, reading: &Reading) -> Result<Sniffed, (Reason, Error)> {
    let table = dialect::sniff(body, end, reading)?;
    let rows = Rows::Table(table.dialect, table.header);
    Ok(Sniffed {
        format: Format::Table(table.dialect.separator),
        layout: Layout { mapping: table.mapping, rows, calendar: Calendar::default(), repair: reading.repair },
        head: table.head,
        cutter: Box::new(table.cutter),
    })
}

fn of_sheet(body: &[u8], end: bool, reading: &Reading) -> Result<Sniffed, (Reason, Error)> {
    let sheet = dialect::sniff_sheet(body, end, reading)?;
    let rows = Rows::Table(sheet.dialect, sheet.header);
    let layout = Layout { mapping: sheet.mapping, rows, calendar: Calendar::default(), repair: reading.repair };
    Ok(Sniffed { format: Format::Sheet, layout, head: sheet.head, cutter: Box::new(SheetRecords) })
}

fn of_objects(body: &[u8], end: bool, bracket: bool, reading: &Reading) -> Result<Sniffed, (Reason, Error)> {
    let standing = if bracket { standing(body, end, &reading.columns) } else { Standing::Lines };
    let habits = habits(body, end, standing);
    let mapping = Mapping::of_keys(&habits.keys, &reading.columns).map_err(|error| (Reason::ColumnsUnknown, error))?;
    let names = [Field::Text, Field::Title].iter().flat_map(|&field| mapping.names_of(field));
    // Of a name such as `data.title` only the last key stands in the file as it is.
    let telling: Vec<&str> =
        names.map(|name| habits.paths.get(name).and_then(|path| path.last()).map_or(name, String::as_str)).collect();
    let (format, start): (_, usize) = match standing {
        Standing::Lines => (Format::JsonLines, 0),
        Standing::List(start) | Standing::Wrapped(start) => (Format::JsonList, start),
        Standing::Stream(start) => (Format::JsonStream, start),
    };
    let cutter: Box<dyn Cut> = match standing {
        Standing::Lines => Box::new(Lines::default()),
        _ => Box::new(List::new(matches!(standing, Standing::Wrapped(_)), &habits, &telling)),
    };
    let rows = Rows::Objects(Keys::new(&mapping, &habits.paths));
    let layout = Layout { mapping, rows, calendar: Calendar::default(), repair: reading.repair };
    Ok(Sniffed { format, layout, head: start, cutter })
}

/// Lines of a sample that are text; most rows are one line.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &str> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (stop, next) = line_end(bytes, at, false)?;
        let line = &bytes[at..stop];
        at = next;
        Some(line)
    })
    .take(500)
    .filter_map(|line| std::str::from_utf8(line).ok())
}

/// What the times in a sample of rows tell of the order of day and month.
fn day_order(layout: &Layout, sample: &[&str]) -> Option<DayOrder> {
    let slots = layout.mapping.slots_of(Field::Time, false);
    let mut cells = Cells::new(&layout.mapping);
    let mut times: Vec<String> = Vec::new();
    let mut spans = Vec::new();
    for row in sample {
        cells.clear();
        let filled = match &layout.rows {
            Rows::Objects(keys) => object::read(row, keys, &mut cells).is_ok(),
            Rows::Table(dialect, header) => fill_record(row, *dialect, header, layout, &mut spans, &mut cells).is_ok(),
        };
        if filled {
            times.extend(slots.iter().filter_map(|&slot| cells.content(slot)).map(str::to_string));
        }
    }
    DayOrder::of_column(times.iter().map(String::as_str))
}
