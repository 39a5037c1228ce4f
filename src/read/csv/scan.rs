//! One record, strictly: where it ends, or what is wrong with it.

use crate::limits;

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Dialect {
    /// Between columns; `None` for a table of one column.
    pub separator: Option<u8>,
    /// Whether quotes have a meaning; in some tab-separated files they are text.
    pub quotes: bool,
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
            let stops = |byte: &u8| {
                Some(*byte) == dialect.separator || matches!(byte, b'\n' | b'\r') || (dialect.quotes && *byte == b'"')
            };
            at = bytes[at..].iter().position(stops).map_or(bytes.len(), |found| at + found);
            if dialect.quotes && bytes.get(at) == Some(&b'"') {
                return Scan::Fault(Fault::InUnquoted(at));
            }
        }
        let (next, over) = match bytes.get(at) {
            None if !end => return if limited { Scan::Fault(Fault::TooLarge(at, bytes.len())) } else { Scan::More },
            None => (at, true),
            Some(b'\n') => (at + 1, true),
            Some(b'\r') if at + 1 == bytes.len() && !end => return Scan::More,
            Some(b'\r') => (at + 1 + usize::from(bytes.get(at + 1) == Some(&b'\n')), true),
            Some(_) => (at + 1, false),
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
            (b'"', Some(b'"')) => at += 2,
            (b'"', None | Some(b'\n' | b'\r')) => return Ok(at + 1),
            (b'"', Some(byte)) if Some(byte) == dialect.separator => return Ok(at + 1),
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

    const COMMA: Dialect = Dialect { separator: Some(b','), quotes: true };

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
        let long = format!("\"{}", "x\n".repeat(limits::RECORD_LINES));
        assert_eq!(scan(long.as_bytes(), false, COMMA), Scan::Fault(Fault::TooLarge(0, long.len())));
    }
}
