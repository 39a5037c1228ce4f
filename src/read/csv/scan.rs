//! One record, strictly: where it ends, or what is wrong with it.

use super::separator::Separator;
use crate::limits;
use crate::read::container::sheet::{CELL, RECORD};
use crate::read::piece::trim_end;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Dialect {
    /// Between columns; `None` for a table of one column.
    pub separator: Option<Separator>,
    /// Whether quotes have a meaning; in some tab-separated files they are text.
    pub quotes: bool,
    /// Whether a quote where CSV allows none is text.
    pub lenient: bool,
    /// Whether `\"` is a quote in a quoted column.
    pub escapes: bool,
    /// Whether records are those of a sheet: ended by a mark, with line ends in the cells, and empty cells left out at
    /// the end.
    pub sheet: bool,
}

impl Dialect {
    /// CSV by the book.
    pub(in crate::read) fn strict(separator: Option<Separator>) -> Self {
        Self { separator, quotes: true, lenient: false, escapes: false, sheet: false }
    }

    /// How sheets are written.
    pub(in crate::read) fn of_sheets() -> Self {
        Self { quotes: false, sheet: true, ..Self::strict(Some(Separator::byte(CELL))) }
    }

    /// Whether a byte ends a record outside of quotes.
    fn ends(self, byte: u8) -> bool {
        if self.sheet { byte == RECORD } else { matches!(byte, b'\n' | b'\r') }
    }

    /// Whether a record has nothing in it.
    pub(in crate::read) fn is_blank(self, record: &[u8]) -> bool {
        record.iter().all(|byte| byte.is_ascii_whitespace() || (self.sheet && *byte == CELL))
    }

    /// A row without what ends it.
    pub(in crate::read) fn trimmed(self, row: &str) -> &str {
        if self.sheet { row.strip_suffix(char::from(RECORD)).unwrap_or(row) } else { trim_end(row) }
    }

    fn separates(self, bytes: &[u8]) -> bool {
        self.separator.is_some_and(|separator| separator.starts(bytes))
    }

    /// Whether the quote at a byte is escaped; the column's content begins at `from`.
    pub(super) fn is_escaped(self, bytes: &[u8], from: usize, quote: usize) -> bool {
        self.escapes && bytes[from..quote].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
    }
}

/// What the bytes at the start of a line are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Scan {
    /// A whole record.
    Record(Record),
    /// No record; see [`Fault`].
    Fault(Fault),
    /// It cannot be told without more bytes.
    More,
}

/// A whole record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Record {
    /// Where its last column ends.
    pub stop: usize,
    /// Where the next line begins.
    pub next: usize,
    pub columns: usize,
    /// Line ends inside quoted columns.
    pub inner_lines: u32,
}

/// Why bytes are no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Fault {
    /// A quote inside an unquoted column, at this byte.
    InUnquoted(usize),
    /// Text after what should be a closing quote, which stands at this byte.
    AfterQuote(usize),
    /// The bytes end inside a quoted column, which opens at this byte.
    Unclosed(usize),
    /// Beyond the limits, in a column that begins at the first byte, seen up to the second.
    TooLarge(usize, usize),
}

/// Reads one record from the start of `bytes`; `end` tells that no more bytes follow.
pub(in crate::read) fn scan(bytes: &[u8], end: bool, dialect: Dialect) -> Scan {
    // What is told must not depend on how many bytes happen to be there, so nobody looks beyond the limit.
    let limit = limits::RECORD_BYTES + 2;
    let (bytes, end, limited) = if bytes.len() > limit { (&bytes[..limit], false, true) } else { (bytes, end, false) };
    let (mut at, mut columns, mut lines) = (0, 1, 0u32);
    loop {
        if dialect.quotes && bytes.get(at) == Some(&b'"') {
            match quoted(bytes, at, end, dialect, &mut lines) {
                Ok(after) => at = after,
                Err(Scan::More) if limited => return Scan::Fault(Fault::TooLarge(at, bytes.len())),
                Err(other) => return other,
            }
        } else {
            let strict = dialect.quotes && !dialect.lenient;
            let first = dialect.separator.map(Separator::first);
            let stops = |byte: &u8| Some(*byte) == first || dialect.ends(*byte) || (strict && *byte == b'"');
            loop {
                at = bytes[at..].iter().position(stops).map_or(bytes.len(), |found| at + found);
                // Of a separator of several bytes that was only the first.
                if bytes.get(at).copied() != first || first.is_none() || dialect.separates(&bytes[at..]) {
                    break;
                }
                at += 1;
            }
            if strict && bytes.get(at) == Some(&b'"') {
                return Scan::Fault(Fault::InUnquoted(at));
            }
        }
        let (next, over) = match bytes.get(at) {
            None if !end => return if limited { Scan::Fault(Fault::TooLarge(at, bytes.len())) } else { Scan::More },
            None => (at, true),
            Some(&RECORD) if dialect.sheet => (at + 1, true),
            Some(b'\n') => (at + 1, true),
            Some(b'\r') if at + 1 == bytes.len() && !end => return Scan::More,
            Some(b'\r') => (at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')), true),
            Some(_) => (at + dialect.separator.map_or(1, Separator::len), false),
        };
        if over {
            return Scan::Record(Record { stop: at, next, columns, inner_lines: lines });
        }
        at = next;
        columns += 1;
    }
}

/// The byte after the closing quote of the column that opens at `open`.
fn quoted(bytes: &[u8], open: usize, end: bool, dialect: Dialect, lines: &mut u32) -> Result<usize, Scan> {
    let mut at = open + 1;
    loop {
        let Some(found) = memchr::memchr3(b'"', b'\n', b'\r', &bytes[at..]) else {
            return Err(if end { Scan::Fault(Fault::Unclosed(open)) } else { Scan::More });
        };
        at += found;
        let after = bytes.get(at + 1).copied();
        if after.is_none() && !end && bytes[at] != b'\n' {
            return Err(Scan::More);
        }
        match (bytes[at], after) {
            (b'"', _) if dialect.is_escaped(bytes, open + 1, at) => at += 1,
            (b'"', Some(b'"')) => at += 2,
            (b'"', None | Some(b'\n' | b'\r')) => return Ok(at + 1),
            (b'"', Some(_)) if dialect.separates(&bytes[at + 1..]) => return Ok(at + 1),
            // Of a separator of several bytes the end may not be there yet.
            (b'"', Some(_)) if !end && dialect.separator.is_some_and(|s| s.may_start(&bytes[at + 1..])) => {
                return Err(Scan::More);
            }
            (b'"', Some(_)) if dialect.lenient => at += 1,
            (b'"', Some(_)) => return Err(Scan::Fault(Fault::AfterQuote(at))),
            (b'\r', Some(b'\n')) => at += 1,
            _ => {
                *lines += 1;
                at += 1;
                if *lines as usize >= limits::RECORD_LINES {
                    return Err(Scan::Fault(Fault::TooLarge(open, at)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect =
        Dialect { separator: Some(Separator::byte(b',')), quotes: true, lenient: false, escapes: false, sheet: false };

    fn record(bytes: &[u8]) -> Option<(usize, usize, usize, u32)> {
        match scan(bytes, true, COMMA) {
            Scan::Record(record) => Some((record.stop, record.next, record.columns, record.inner_lines)),
            _ => None,
        }
    }

    #[test]
    fn whole_records() {
        assert_eq!(record(b"a,b\nc"), Some((3, 4, 2, 0)));
        assert_eq!(record(b"a,b\r\nc"), Some((3, 5, 2, 0)));
        assert_eq!(record(b"a,\"b\nc\"\rd"), Some((7, 8, 2, 1)));
        assert_eq!(record(b"a,\"b\r\n\"\"c\"\"\""), Some((12, 12, 2, 1)));
        assert_eq!(record(b"\"\",\"\""), Some((5, 5, 2, 0)));
        assert_eq!(record(b"a,"), Some((2, 2, 2, 0)));
    }

    #[test]
    fn damage() {
        let fault = |bytes: &[u8]| scan(bytes, true, COMMA);
        assert_eq!(fault(b"a,b\"c\n"), Scan::Fault(Fault::InUnquoted(3)));
        assert_eq!(fault(b"a,\"b\"c\n"), Scan::Fault(Fault::AfterQuote(4)));
        assert_eq!(fault(b"a,\"b\n"), Scan::Fault(Fault::Unclosed(2)));
        assert_eq!(scan(b"a,\"b\n", false, COMMA), Scan::More);
        assert_eq!(scan(b"a,\"b\"", false, COMMA), Scan::More);
        assert_eq!(scan(b"a,b\r", false, COMMA), Scan::More);
        let lenient = Dialect { lenient: true, ..COMMA };
        assert!(matches!(scan(b"a,b\"c\n", true, lenient), Scan::Record(record) if record.columns == 2));
        assert!(matches!(scan(b"a,\"b\"c\",d\n", true, lenient), Scan::Record(record) if record.columns == 3));
        let escapes = Dialect { escapes: true, ..COMMA };
        assert!(matches!(scan(br#"a,"b\",c","\\""#, true, escapes), Scan::Record(record) if record.columns == 3));
        let wide = Dialect { separator: Separator::of("，".as_bytes()), ..COMMA };
        assert!(
            matches!(scan("a，\"b，c\"，d、\n".as_bytes(), true, wide), Scan::Record(record) if record.columns == 3)
        );
        assert_eq!(scan("a，\"b\"，".as_bytes().split_at(9).0, false, wide), Scan::More);
        let long = format!("\"{}", "x\n".repeat(limits::RECORD_LINES));
        assert_eq!(scan(long.as_bytes(), false, COMMA), Scan::Fault(Fault::TooLarge(0, long.len())));
    }
}
