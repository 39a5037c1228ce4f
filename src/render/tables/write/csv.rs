//! A table as CSV: UTF-8, comma, line feed, a header; an absent value is an empty field.

use std::borrow::Cow;

use super::broken;
use crate::error::Result;
use crate::render::publish::Sink;
use crate::render::tables::definition::Row;
use crate::render::tables::{Cell, Table};

/// Writes the file.
pub(in crate::render::tables) fn csv(table: &Table<'_>, sink: &mut Sink) -> Result<()> {
    let definition = &table.definition;
    let mut writer = csv::WriterBuilder::new().from_writer(sink);
    let head = definition.columns.iter().map(|column| column.name);
    writer.write_record(head).map_err(|e| broken(definition.name, e))?;
    table.each(&mut |rows| write(&mut writer, rows).map_err(|e| broken(definition.name, e)))?;
    writer.flush().map_err(|e| broken(definition.name, e))
}

fn write(writer: &mut csv::Writer<&mut Sink>, rows: &[Row]) -> csv::Result<()> {
    for row in rows {
        for cell in row {
            writer.write_field(field(cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(())
}

fn field(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Absent => Cow::Borrowed(""),
        Cell::Text(text) => inert(text),
        Cell::Integer(n) => Cow::Owned(n.to_string()),
        Cell::Real(figure) => Cow::Owned(figure.to_string()),
        Cell::Truth(true) => Cow::Borrowed("true"),
        Cell::Truth(false) => Cow::Borrowed("false"),
        Cell::Day(day) => Cow::Owned(day.to_string()),
    }
}

/// Text that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.
///
/// A spreadsheet may drop spaces, and characters without a width, before it looks at the first one.
pub(in crate::render::tables) fn inert(text: &str) -> Cow<'_, str> {
    let first = text.chars().find(|&c| !c.is_whitespace() && unicode_width::UnicodeWidthChar::width(c) != Some(0));
    if first.is_some_and(|c| "=+-@＝＋－＠".contains(c)) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
