//! A sheet of a workbook as a stream of records: cells parted by U+001F, records ended by U+001E, which no cell holds.
//!
//! The workbook is parsed on a thread of its own, because its parser hands out cells and must own the file meanwhile.
//! Every row of the sheet is one record, so that the number of a record is the number that the spreadsheet shows.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{DataType, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::Breakage;
use crate::limits;
use crate::read::inputs::Input;
use crate::read::reject::Reason;

/// Between two cells.
pub(in crate::read) const CELL: u8 = 0x1f;
/// After a record.
pub(in crate::read) const RECORD: u8 = 0x1e;

/// Bytes that are handed over at a time.
const CHUNK: usize = 64 * 1024;
/// From here on a spreadsheet has rounded a number: it keeps fifteen digits.
const ROUNDED: f64 = 1e15;

/// What a workbook is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Book {
    Xlsx,
    Xls,
}

/// The visible sheets of a workbook.
pub(in crate::read) fn sheets(input: &Input, book: Book) -> Result<Vec<String>, Breakage> {
    guarded(|| {
        let reader = input.open_seekable().map_err(super::unread)?;
        let sheets = match book {
            Book::Xlsx => Xlsx::new(reader).map_err(damaged)?.sheets_metadata().to_vec(),
            Book::Xls => match Xls::new(reader) {
                Ok(book) => book.sheets_metadata().to_vec(),
                // A workbook with a password is wrapped like an old one.
                Err(error) => {
                    let wrapped = Xlsx::new(input.open_seekable().map_err(super::unread)?);
                    return Err(wrapped.err().map(damaged).filter(is_locked).unwrap_or_else(|| damaged(error)));
                }
            },
        };
        let visible =
            sheets.into_iter().filter(|s| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet);
        let names: Vec<String> = visible.map(|sheet| sheet.name).collect();
        if names.is_empty() {
            return Err((Reason::UnreadContainer, "the workbook has no visible sheet".to_string()));
        }
        Ok(names)
    })
}

fn damaged(error: impl std::fmt::Display) -> Breakage {
    let message = error.to_string();
    if message.to_lowercase().contains("password") {
        return (Reason::UnreadContainer, "the workbook has a password: save it without one".to_string());
    }
    (Reason::DamagedContainer, format!("the workbook cannot be read: {message}"))
}

fn is_locked(breakage: &Breakage) -> bool {
    breakage.0 == Reason::UnreadContainer
}

/// Runs a parser that may panic on a hostile file.
fn guarded<T>(work: impl FnOnce() -> Result<T, Breakage>) -> Result<T, Breakage> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err((Reason::DamagedContainer, "the workbook is damaged".to_string())))
}

/// A stream of records.
pub(super) struct SheetStream {
    receiver: Receiver<Result<Vec<u8>, Breakage>>,
    chunk: Vec<u8>,
    at: usize,
}

impl SheetStream {
    /// Begins to read a sheet.
    pub(super) fn open(input: &Input, book: Book, sheet: &str) -> Result<Self, Breakage> {
        let (sender, receiver) = sync_channel(4);
        let (input, sheet) = (input.clone(), sheet.to_string());
        let parse = move || {
            let mut records = Records { sender, chunk: Vec::new(), row: Vec::new(), line: 0, open: false };
            let result = guarded(|| match book {
                Book::Xlsx => xlsx(&input, &sheet, &mut records),
                Book::Xls => xls(&input, &sheet, &mut records),
            });
            if let Err(breakage) = result {
                // Nobody listens where reading was given up.
                let _ = records.sender.send(Err(breakage));
            }
        };
        thread::Builder::new().name("sheet".to_string()).spawn(parse).map_err(super::unread)?;
        Ok(Self { receiver, chunk: Vec::new(), at: 0 })
    }

    /// Reads some bytes; 0 at the end.
    pub(super) fn read(&mut self, into: &mut [u8]) -> Result<usize, Breakage> {
        while self.at == self.chunk.len() {
            match self.receiver.recv() {
                Ok(chunk) => (self.chunk, self.at) = (chunk?, 0),
                Err(_) => return Ok(0),
            }
        }
        let count = into.len().min(self.chunk.len() - self.at);
        into[..count].copy_from_slice(&self.chunk[self.at..self.at + count]);
        self.at += count;
        Ok(count)
    }
}

/// Records on their way to the reader.
struct Records {
    sender: SyncSender<Result<Vec<u8>, Breakage>>,
    chunk: Vec<u8>,
    row: Vec<u8>,
    /// Rows that were finished.
    line: u32,
    /// Cells of the row at hand, once there is one.
    open: bool,
}

/// That nobody wants more.
struct Unwanted;

impl Records {
    /// Takes a cell; cells come by row, and by column in it. `column` counts the cells of the row so far.
    fn cell(&mut self, row: u32, gap: u32, text: &str) -> Result<(), Unwanted> {
        while self.line < row {
            self.end_row()?;
        }
        // A record beyond the limit is rejected as such; more of it need not be kept.
        if self.row.len() <= limits::RECORD_BYTES {
            self.row.extend(std::iter::repeat_n(CELL, gap as usize));
            self.row.extend(text.bytes().map(|byte| if matches!(byte, CELL | RECORD) { b' ' } else { byte }));
        }
        self.open = true;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Unwanted> {
        self.chunk.append(&mut self.row);
        self.chunk.push(RECORD);
        (self.line, self.open) = (self.line + 1, false);
        if self.chunk.len() >= CHUNK { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Unwanted> {
        self.sender.send(Ok(std::mem::take(&mut self.chunk))).map_err(|_| Unwanted)
    }

    fn finish(&mut self) -> Result<(), Unwanted> {
        if self.open {
            self.end_row()?;
        }
        self.flush()
    }
}

/// Whether the sheet is wider than what is read: such a cell far out is an accident or an attack.
fn check_width(columns: u32) -> Result<(), Breakage> {
    let columns = columns as usize + 1;
    if columns > limits::COLUMNS {
        return Err((Reason::ColumnLimit, format!("the sheet has {columns} columns, {} are read", limits::COLUMNS)));
    }
    Ok(())
}

fn xlsx(input: &Input, sheet: &str, records: &mut Records) -> Result<(), Breakage> {
    let mut book = Xlsx::new(input.open_seekable().map_err(super::unread)?).map_err(damaged)?;
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    check_width(cells.dimensions().end.1)?;
    let mut last = (u32::MAX, 0);
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        check_width(column)?;
        let text = text_of(cell.get_value());
        if text.is_empty() {
            continue;
        }
        let (before, fresh) = if last.0 == row { (last.1, false) } else { (0, true) };
        if (!fresh && column <= before) || (fresh && last.0 != u32::MAX && row < last.0) {
            return Err((Reason::DamagedContainer, "the cells of the sheet are not in order".to_string()));
        }
        if records.cell(row, column - before, &text).is_err() {
            return Ok(());
        }
        last = (row, column);
    }
    let _ = records.finish();
    Ok(())
}

fn xls(input: &Input, sheet: &str, records: &mut Records) -> Result<(), Breakage> {
    let mut book = Xls::new(input.open_seekable().map_err(super::unread)?).map_err(damaged)?;
    let range = book.worksheet_range(sheet).map_err(damaged)?;
    let Some((top, left)) = range.start() else { return Ok(()) };
    for (row, cells) in (top..).zip(range.rows()) {
        let mut before = 0;
        for (column, cell) in (left..).zip(cells) {
            let text = text_of(cell);
            if text.is_empty() {
                continue;
            }
            if records.cell(row, column - before, &text).is_err() {
                return Ok(());
            }
            before = column;
        }
    }
    let _ = records.finish();
    Ok(())
}

/// A cell as it would stand in a table of text. Formulas come as the value that was saved, errors as nothing.
fn text_of(cell: &impl DataType) -> String {
    if let Some(text) = cell.get_string() {
        text.to_string()
    } else if let Some(at) = cell.get_datetime() {
        moment(at)
    } else if let Some(number) = cell.get_float() {
        number_text(number)
    } else if let Some(number) = cell.get_int() {
        number.to_string()
    } else if let Some(value) = cell.get_bool() {
        value.to_string()
    } else {
        cell.get_datetime_iso().or_else(|| cell.get_duration_iso()).unwrap_or_default().to_string()
    }
}

fn number_text(number: f64) -> String {
    // Written as a spreadsheet would in a table: so it is known for what it is, an id without its last digits.
    if number.abs() >= ROUNDED { format!("{number:E}").replace('E', "E+") } else { number.to_string() }
}

fn moment(at: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    if at.is_duration() || at.as_f64() < 1.0 {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    if (hour, minute, second) == (0, 0, 0) {
        return format!("{year:04}-{month:02}-{day:02}");
    }
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
}

#[cfg(test)]
mod tests {
    use calamine::{Data, ExcelDateTimeType};

    use super::*;

    #[test]
    fn cells_as_text() {
        let day = |value| Data::DateTime(ExcelDateTime::new(value, ExcelDateTimeType::DateTime, false));
        for (cell, text) in [
            (Data::String("喝茶".into()), "喝茶"),
            (Data::Float(12.0), "12"),
            (Data::Float(45929.5), "45929.5"),
            (Data::Float(4_960_000_123_456_790_000.0), "4.96000012345679E+18"),
            (Data::Int(7), "7"),
            (Data::Bool(true), "true"),
            (Data::Empty, ""),
            (day(45352.5), "2024-03-01 12:00:00"),
            (day(45352.0), "2024-03-01"),
            (day(0.5), "12:00:00"),
        ] {
            assert_eq!(text_of(&cell), text, "{cell:?}");
        }
    }
}
