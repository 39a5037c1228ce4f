//! Cuts a table into records, and gets back on its feet at the next line after damage.

use super::scan::{Dialect, Fault, Record, Scan, scan};
use super::separator::Separator;
use super::shape::Shapes;
use crate::limits;
use crate::read::piece::{Cut, PieceKind, Pieces, line_end};
use crate::read::reject::Reason;

/// Cuts the records of one table.
#[derive(Debug)]
pub(in crate::read) struct Records {
    dialect: Dialect,
    columns: usize,
    shapes: Shapes,
    /// Inside a line beyond the limit, which is being passed over.
    passing: bool,
    /// Behind a damaged row, of which more lines may follow.
    behind: Behind,
}

/// What lines behind a damaged row belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    /// None: no quoted column was open.
    Nothing,
    /// Those in which nothing separates columns.
    Unseparated,
    /// All that are no rows: the row is known to have very many lines.
    AllButRows,
}

impl Records {
    /// A cutter for tables with so many columns.
    pub(in crate::read) fn new(dialect: Dialect, columns: usize, shapes: Shapes) -> Self {
        Self { dialect, columns, shapes, passing: false, behind: Behind::Nothing }
    }
}

/// What was found at the start of a line.
enum Found {
    /// A piece of so many bytes and line ends.
    Piece(usize, u32, PieceKind),
    /// A damaged row, and what of the lines behind it belongs to it.
    Bad(usize, u32, Reason, String, Behind),
    /// A line beyond the limit: all bytes at hand are of it.
    Endless,
    More,
}

impl Cut for Records {
    fn cut(&mut self, bytes: &[u8], end: bool, pieces: &mut Pieces) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if self.passing {
                let (len, lines) = match line_end(rest, 0, end) {
                    Some((_, next)) => (next, 1),
                    None => (rest.len() - usize::from(!end && rest.ends_with(b"\r")), 0),
                };
                pieces.push(len, lines, PieceKind::Rest);
                at += len;
                self.passing = lines == 0;
                if self.passing {
                    return at;
                }
                continue;
            }
            match self.find(rest, end) {
                Found::Piece(len, lines, kind) => {
                    if kind == PieceKind::Row {
                        self.behind = Behind::Nothing;
                    }
                    pieces.push(len, lines, kind);
                    at += len;
                }
                Found::Bad(len, lines, reason, detail, behind) => {
                    self.behind = behind;
                    pieces.push_bad(len, lines, reason, detail);
                    at += len;
                }
                Found::Endless => {
                    let len = rest.len() - usize::from(rest.ends_with(b"\r"));
                    pieces.push_bad(len, 0, Reason::RecordTooLarge, too_large());
                    (self.passing, self.behind) = (true, Behind::Nothing);
                    return at + len;
                }
                Found::More => return at,
            }
        }
        at
    }
}

impl Records {
    fn find(&self, bytes: &[u8], end: bool) -> Found {
        match self.more_of_the_damaged(bytes, end) {
            Some(found) => found,
            None => self.begin(bytes, end),
        }
    }

    /// A line that belongs to the damaged row before it.
    fn more_of_the_damaged(&self, bytes: &[u8], end: bool) -> Option<Found> {
        let separator = self.dialect.separator.filter(|_| self.behind != Behind::Nothing && self.columns > 1)?;
        let found = line_end(bytes, 0, end);
        let (stop, next) = found.unwrap_or((bytes.len(), bytes.len()));
        let line = &bytes[..stop];
        let separated = separator.find(line).is_some();
        let blank = line.iter().all(u8::is_ascii_whitespace);
        if stop > limits::RECORD_BYTES
            || (separated && self.behind == Behind::Unseparated)
            || (blank && (found.is_some() || end))
        {
            return None;
        }
        if found.is_none() && !end {
            return Some(Found::More);
        }
        // A row whose first column is quoted and has several lines begins without a separator too.
        if separated || line.starts_with(b"\"") {
            match scan(bytes, end, self.dialect) {
                Scan::More => return Some(Found::More),
                Scan::Record(record) if record.columns == self.columns => return None,
                _ => {}
            }
        }
        Some(Found::Piece(next, u32::from(found.is_some()), PieceKind::Rest))
    }

    /// What begins at the start of a line.
    fn begin(&self, bytes: &[u8], end: bool) -> Found {
        let quote = if self.dialect.quotes { b'"' } else { b'\n' };
        let first = memchr::memchr3(quote, b'\n', b'\r', bytes).map(|at| (at, bytes[at]));
        if let Some((_, b'"')) = first
            && self.dialect.quotes
        {
            return match scan(bytes, end, self.dialect) {
                Scan::More => Found::More,
                Scan::Record(record) if record.inner_lines == 0 => self.line(bytes, end),
                Scan::Record(record) => self.believe(bytes, end, record),
                Scan::Fault(fault) => match self.reason(bytes, end, fault) {
                    None => Found::More,
                    Some(reason) => self.damaged(bytes, end, reason, behind(bytes, fault)),
                },
            };
        }
        self.line(bytes, end)
    }

    /// A record, or a blank, of one line.
    fn line(&self, bytes: &[u8], end: bool) -> Found {
        let (stop, next, lines) = match line_end(bytes, 0, end) {
            Some((stop, next)) => (stop, next, 1),
            None if end => (bytes.len(), bytes.len(), 0),
            None if bytes.len() > limits::RECORD_BYTES + 1 => return Found::Endless,
            None => return Found::More,
        };
        if stop > limits::RECORD_BYTES {
            return Found::Bad(next, lines, Reason::RecordTooLarge, too_large(), Behind::Nothing);
        }
        let blank = bytes[..stop]
            .iter()
            .all(|&byte| byte == b' ' || (byte == b'\t' && self.dialect.separator != Some(Separator::byte(b'\t'))));
        Found::Piece(next, lines, if blank { PieceKind::Blank } else { PieceKind::Row })
    }

    /// A record of several lines: is one of them a row of its own?
    fn believe(&self, bytes: &[u8], end: bool, record: Record) -> Found {
        if record.columns != self.columns {
            let reason = if record.columns < self.columns { Reason::TooFewColumns } else { Reason::TooManyColumns };
            let swallowed = self.rows_within(&bytes[..record.stop]) > 0;
            let detail = if swallowed {
                "the quote is closed by another row's".to_string()
            } else {
                counts(record.columns, self.columns)
            };
            return self.damaged(
                bytes,
                end,
                (if swallowed { Reason::UnterminatedQuote } else { reason }, detail),
                Behind::Unseparated,
            );
        }
        let rows = self.rows_within(&bytes[..record.stop]);
        let closed_by_opening = match self.opens_a_row(bytes, end, record) {
            None => return Found::More,
            Some(opens) => opens,
        };
        if rows > 0 || closed_by_opening {
            let detail = format!("{} of its lines could be rows", rows.max(1));
            return self.damaged(bytes, end, (Reason::SwallowedRows, detail), Behind::Unseparated);
        }
        let lines = record.inner_lines + u32::from(record.next > record.stop);
        Found::Piece(record.next, lines, PieceKind::Row)
    }

    /// How many lines, from the second on, look like whole rows.
    fn rows_within(&self, record: &[u8]) -> usize {
        let mut rows = 0;
        let Some((_, mut at)) = line_end(record, 0, true) else { return 0 };
        while let Some((stop, next)) = line_end(record, at, true) {
            rows += usize::from(self.is_row(&record[at..stop]));
            at = next;
        }
        rows
    }

    fn is_row(&self, line: &[u8]) -> bool {
        let whole = matches!(scan(line, true, self.dialect), Scan::Record(record) if record.columns == self.columns);
        whole && std::str::from_utf8(line).is_ok_and(|line| self.shapes.fits(line))
    }

    /// Whether a closing quote of a record of several lines, read from the start of its own line, opens a column of a
    /// whole row: then a quote before it was never closed. `None` if more bytes are needed to tell.
    fn opens_a_row(&self, bytes: &[u8], end: bool, record: Record) -> Option<bool> {
        let Some((_, mut at)) = line_end(&bytes[..record.stop], 0, true) else { return Some(false) };
        loop {
            let (stop, next) = line_end(&bytes[..record.stop], at, true).unwrap_or((record.stop, record.stop));
            let line = &bytes[at..stop];
            if has_odd_opening(line, self.dialect) {
                match scan(&bytes[at..], end, self.dialect) {
                    Scan::More => return None,
                    // A text that ends in an empty line closes like that too, and then the row as it stands is one.
                    Scan::Record(other)
                        if self.could_be(&bytes[at..at + other.stop])
                            && (line[0] != b'"' || !self.allows(&bytes[..record.stop])) =>
                    {
                        return Some(true);
                    }
                    _ => {}
                }
            }
            if next >= record.stop {
                return Some(false);
            }
            at = next;
        }
    }

    /// Whether a record could be a row, with no other row in it.
    fn could_be(&self, record: &[u8]) -> bool {
        self.allows(record) && self.rows_within(record) == 0
    }

    fn allows(&self, record: &[u8]) -> bool {
        std::str::from_utf8(record).is_ok_and(|record| self.shapes.allows(record))
    }

    /// What to call a fault; `None` if more bytes are needed to tell.
    fn reason(&self, bytes: &[u8], end: bool, fault: Fault) -> Option<(Reason, String)> {
        let place = |at: usize| format!("byte {} of the row", at + 1);
        Some(match fault {
            Fault::InUnquoted(at) | Fault::AfterQuote(at) if at > first_line(bytes) => {
                // The quotes of a later row stand in the wrong places where one before was never closed.
                let line = bytes[..at].iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
                let other = match scan(&bytes[line.map_or(0, |found| found + 1)..], end, self.dialect) {
                    Scan::Record(other) => other.columns == self.columns,
                    Scan::Fault(_) => false,
                    Scan::More => return None,
                };
                let unclosed = other || self.rows_within(&bytes[..at]) > 0;
                (if unclosed { Reason::UnterminatedQuote } else { Reason::StrayQuote }, place(at))
            }
            Fault::InUnquoted(at) | Fault::AfterQuote(at) => (Reason::StrayQuote, place(at)),
            Fault::TooLarge(open, seen) if open > first_line(bytes) || self.rows_within(&bytes[..seen]) == 0 => {
                (Reason::RecordTooLarge, too_large())
            }
            Fault::Unclosed(open) | Fault::TooLarge(open, _) => {
                (Reason::UnterminatedQuote, format!("the quote at {}", place(open)))
            }
        })
    }

    /// A damaged row: its first line, and what of the lines behind it belongs to it.
    fn damaged(&self, bytes: &[u8], end: bool, (reason, detail): (Reason, String), behind: Behind) -> Found {
        let (stop, next, lines) = match line_end(bytes, 0, end) {
            Some((stop, next)) => (stop, next, 1),
            None if end => (bytes.len(), bytes.len(), 0),
            None if bytes.len() > limits::RECORD_BYTES + 1 => return Found::Endless,
            None => return Found::More,
        };
        if stop > limits::RECORD_BYTES {
            return Found::Bad(next, lines, Reason::RecordTooLarge, too_large(), Behind::Nothing);
        }
        Found::Bad(next, lines, reason, detail, behind)
    }
}

/// Where the first line ends.
fn first_line(bytes: &[u8]) -> usize {
    line_end(bytes, 0, true).map_or(bytes.len(), |(stop, _)| stop)
}

/// What lines behind a faulty row belong to it.
fn behind(bytes: &[u8], fault: Fault) -> Behind {
    match fault {
        Fault::InUnquoted(at) if at <= first_line(bytes) => Behind::Nothing,
        Fault::TooLarge(..) => Behind::AllButRows,
        Fault::InUnquoted(_) | Fault::AfterQuote(_) | Fault::Unclosed(_) => Behind::Unseparated,
    }
}

/// Whether an odd number of quotes stands where a column of this line begins.
fn has_odd_opening(line: &[u8], dialect: Dialect) -> bool {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'"', &line[at..]) {
        let start = at + found;
        let run = line[start..].iter().take_while(|&&byte| byte == b'"').count();
        let before = &line[..start];
        let begins = start == 0 || dialect.separator.is_some_and(|separator| before.ends_with(separator.as_bytes()));
        if begins && run % 2 == 1 {
            return true;
        }
        at = start + run;
    }
    false
}

fn too_large() -> String {
    format!("more than {} bytes or {} lines", limits::RECORD_BYTES, limits::RECORD_LINES)
}

/// The detail of a row with too few or too many columns.
pub(in crate::read) fn counts(columns: usize, expected: usize) -> String {
    format!("{columns} columns, {expected} in the header")
}
