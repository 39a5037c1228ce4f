//! All tables as one workbook, a sheet each. Text is written as text: no cell is a formula or a link.

use std::borrow::Cow;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::broken;
use crate::error::Result;
use crate::render::publish::Sink;
use crate::render::tables::definition::Row;
use crate::render::tables::{Cell, Definition, Rows, Table};

/// Rows of a sheet below its header.
const SHEET_ROWS: usize = 1_048_575;
/// UTF-16 units that a cell can hold.
const CELL_UNITS: usize = 32_767;
/// Columns are at most this wide, in characters of the default font.
const WIDEST: usize = 60;
/// Rows that a column's width is taken from.
const MEASURED: usize = 200;

/// Rows of a table that may be too many for memory, in which a workbook is made: these, and its sheet says so.
const FIRST: usize = 10_000;

/// Writes the file.
pub(in crate::render::tables) fn workbook(tables: &[Table<'_>], sink: &mut Sink) -> Result<()> {
    let mut book = Workbook::new();
    for table in tables {
        let (rows, is_cut) = shown(table)?;
        let name = table.definition.name;
        let name = if is_cut { format!("{name} (first {FIRST})") } else { name.to_owned() };
        add(&mut book, &name, &table.definition, &rows).map_err(|e| broken("rival.xlsx", e))?;
    }
    save(&mut book, sink).map_err(|e| broken("rival.xlsx", e))
}

/// The rows that a workbook has room for, and whether there are more.
fn shown<'t>(table: &'t Table<'_>) -> Result<(Cow<'t, [Row]>, bool)> {
    if let Rows::Held(rows) = &table.rows {
        return Ok((Cow::Borrowed(rows), false));
    }
    let (mut first, mut is_cut): (Vec<Row>, bool) = (Vec::new(), false);
    table.each(&mut |rows| {
        let room = rows.len().min(FIRST - first.len());
        is_cut |= room < rows.len();
        first.extend_from_slice(&rows[..room]);
        Ok(())
    })?;
    Ok((Cow::Owned(first), is_cut))
}

/// The sheet of a table; more where a sheet is too short.
fn add(book: &mut Workbook, name: &str, definition: &Definition, rows: &[Row]) -> std::result::Result<(), XlsxError> {
    let (head, day) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd"));
    // A table without rows has a sheet too.
    let parts: Vec<&[Row]> = if rows.is_empty() { vec![&[]] } else { rows.chunks(SHEET_ROWS).collect() };
    for (at, rows) in parts.into_iter().enumerate() {
        let sheet = book.add_worksheet();
        sheet.set_name(if at == 0 { name.to_owned() } else { format!("{name} ({})", at + 1) })?;
        fill(sheet, definition, rows, &head, &day)?;
    }
    Ok(())
}

fn save(book: &mut Workbook, sink: &mut Sink) -> std::result::Result<(), XlsxError> {
    // The same bytes on every run: no clock.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author("rival").set_creation_datetime(&created));
    book.save_to_writer(sink)
}

fn fill(
    sheet: &mut Worksheet,
    definition: &Definition,
    rows: &[Row],
    head: &Format,
    day: &Format,
) -> std::result::Result<(), XlsxError> {
    for (at, column) in (0u16..).zip(&definition.columns) {
        sheet.write_string_with_format(0, at, column.name, head)?;
        let cells = rows.iter().take(MEASURED).filter_map(|row| row.get(usize::from(at)));
        let widest = cells.map(width).max().unwrap_or(0).max(column.name.len());
        // One more for the arrow of the filter.
        sheet.set_column_width(at, (widest.min(WIDEST) + 2) as f64)?;
    }
    for (row, cells) in (1u32..).zip(rows) {
        for (at, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Absent => continue,
                Cell::Text(text) => sheet.write_string(row, at, fitting(text))?,
                Cell::Integer(n) => sheet.write_number(row, at, *n as f64)?,
                Cell::Real(figure) => sheet.write_number(row, at, *figure)?,
                Cell::Truth(truth) => sheet.write_boolean(row, at, *truth)?,
                Cell::Day(date) => match excel_day(*date) {
                    Some(written) => sheet.write_datetime_with_format(row, at, &written, day)?,
                    None => sheet.write_string(row, at, date.to_string())?,
                },
            };
        }
    }
    let (last_row, last_column) = (rows.len() as u32, definition.columns.len().saturating_sub(1) as u16);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// A day as the workbook counts them; days before 1900 it does not know.
fn excel_day(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    let (year, month, of_month) =
        (u16::try_from(day.year()).ok()?, u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, of_month).ok()
}

fn width(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => text.width(),
        _ => 10,
    }
}

/// The text, cut where a cell cannot hold it.
fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= CELL_UNITS {
        return text.to_owned();
    }
    let mut units = 1;
    let kept = text.chars().take_while(|c| {
        units += c.len_utf16();
        units <= CELL_UNITS
    });
    kept.chain(['…']).collect()
}
