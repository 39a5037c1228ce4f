//! The head of a table tells its separator, its header and what its columns look like.

use super::fields::{self, Span};
use super::records::Records;
use super::scan::{Dialect, Scan, scan};
use super::shape::Shapes;
use crate::error::{Error, ErrorKind};
use crate::limits;
use crate::read::columns::{Columns, Mapping};
use crate::read::piece::line_end;
use crate::read::reject::Reason;

/// Separators that are tried.
const SEPARATORS: &[u8] = b",\t;|";
/// Rows of the sample that are looked at.
const ROWS: usize = 200;
/// Lines before the header that some exports write: a title, who made the report.
const PREAMBLE: usize = 20;
/// Fields that must be found before lines above them are taken for a preamble.
const SURE: usize = 3;

/// A table whose header was understood.
pub(in crate::read) struct Table {
    pub dialect: Dialect,
    pub header: Vec<String>,
    pub mapping: Mapping,
    /// Bytes up to the first row.
    pub head: usize,
    pub cutter: Records,
}

/// One way to read the head of a file.
struct Reading<'a> {
    dialect: Dialect,
    header: Vec<String>,
    mapping: Mapping,
    /// Byte after the header's line.
    next: usize,
    rows: Vec<&'a [u8]>,
    /// Lines that are no rows of this reading.
    faults: usize,
}

/// Reads the head of a table, which may begin with a line such as `sep=;`.
pub(in crate::read) fn sniff(head: &[u8], end: bool, told: &Columns) -> Result<Table, (Reason, Error)> {
    let (skipped, given) = declared(head);
    let body = &head[skipped..];
    let candidates: &[u8] = given.as_ref().map_or(SEPARATORS, std::slice::from_ref);
    let mut error = None;
    let mut best: Option<Reading<'_>> = None;
    for dialect in candidates.iter().map(|&byte| Dialect { separator: Some(byte), quotes: true }) {
        match read(body, end, dialect, told) {
            Ok(Some(reading)) => {
                // More fields beat fewer; then the reading that more rows agree with.
                let rank = |reading: &Reading<'_>| (reading.mapping.fields(), reading.rows.len());
                if best.as_ref().is_none_or(|best| rank(&reading) > rank(best)) {
                    best = Some(reading);
                }
            }
            Ok(None) => {}
            Err((columns, fault)) => {
                if error.as_ref().is_none_or(|&(most, _)| columns > most) {
                    error = Some((columns, fault));
                }
            }
        }
    }
    let single = || read(body, end, Dialect { separator: None, quotes: true }, told).ok().flatten();
    let Some(mut reading) = best.or_else(single) else {
        return Err(error.map_or_else(
            || (Reason::ColumnsUnknown, Error::new(ErrorKind::Input, "no header was found")),
            |(_, fault)| fault,
        ));
    };
    if reading.dialect.separator == Some(b'\t') && reading.faults > 0 {
        // In many tab-separated files a quote is just a quote: so it is, where the rows are whole without it.
        let plain = Dialect { quotes: false, ..reading.dialect };
        if let Ok(Some(other)) = read(body, end, plain, told)
            && other.faults == 0
        {
            reading = other;
        }
    }
    let columns = reading.header.len();
    let texts = reading.rows.iter().filter_map(|row| std::str::from_utf8(row).ok());
    let shapes = Shapes::learn(texts, columns, reading.dialect);
    Ok(Table {
        dialect: reading.dialect,
        mapping: reading.mapping,
        head: skipped + reading.next,
        cutter: Records::new(reading.dialect, columns, shapes),
        header: reading.header,
    })
}

/// The bytes of a `sep=;` line, and its separator.
fn declared(head: &[u8]) -> (usize, Option<u8>) {
    let Some((stop, next)) = line_end(head, 0, true) else { return (0, None) };
    match head[..stop].strip_prefix(b"sep=") {
        Some(&[separator]) if separator.is_ascii() && separator != b'"' => (next, Some(separator)),
        _ => (0, None),
    }
}

type Refused = (usize, (Reason, Error));

/// Reads the head with one separator: `None` if it does not separate, an error if the header is of no use.
fn read<'a>(body: &'a [u8], end: bool, dialect: Dialect, told: &Columns) -> Result<Option<Reading<'a>>, Refused> {
    let mut found: Option<Reading<'a>> = None;
    let mut error = None;
    let (mut at, mut seen) = (0, 0);
    while at < body.len() {
        let rest = &body[at..];
        let record = match scan(rest, end, dialect) {
            Scan::Record(record) => record,
            Scan::More => break,
            Scan::Fault(_) => {
                let Some((_, next)) = line_end(rest, 0, true) else { break };
                if let Some(reading) = &mut found {
                    reading.faults += 1;
                }
                (at, seen) = (at + next, seen + 1);
                continue;
            }
        };
        let line = &rest[..record.stop];
        at += record.next;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match &mut found {
            Some(reading) if reading.rows.len() + reading.faults >= ROWS => break,
            Some(reading) if record.columns == reading.header.len() => reading.rows.push(line),
            Some(reading) => reading.faults += 1,
            None if seen > PREAMBLE => break,
            None => {
                let wanted = if dialect.separator.is_none() { 1 } else { 2 };
                if record.columns >= wanted {
                    match header(line, record.columns, dialect, told) {
                        Ok((header, mapping)) if seen == 0 || mapping.fields() >= SURE => {
                            found = Some(Reading { dialect, header, mapping, next: at, rows: Vec::new(), faults: 0 });
                        }
                        Ok(_) => {}
                        Err(fault) if seen == 0 => error = Some((record.columns, fault)),
                        Err(_) => {}
                    }
                }
                seen += 1;
            }
        }
    }
    match (found, error) {
        (Some(reading), _) => Ok(Some(reading)),
        (None, Some(error)) => Err(error),
        (None, None) => Ok(None),
    }
}

/// The names in a header, and what they mean.
fn header(
    line: &[u8],
    columns: usize,
    dialect: Dialect,
    told: &Columns,
) -> Result<(Vec<String>, Mapping), (Reason, Error)> {
    let input = |message: &str| Error::new(ErrorKind::Input, message);
    if columns > limits::COLUMNS {
        return Err((Reason::ColumnLimit, input(&format!("{columns} columns, {} are read", limits::COLUMNS))));
    }
    let line = match std::str::from_utf8(line) {
        Ok(line) if !line.contains('\0') => line,
        _ => return Err((Reason::InvalidUtf8, input("the file is not UTF-8 text").help("export it again as UTF-8"))),
    };
    let mut spans: Vec<Span> = Vec::new();
    fields::split(line, dialect, &mut spans);
    let clean = |&span: &Span| {
        fields::text(line, span).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_string()
    };
    let names: Vec<String> = spans.iter().map(clean).collect();
    let mapping = Mapping::of_header(&names, told).map_err(|error| (Reason::ColumnsUnknown, error))?;
    Ok((names, mapping))
}
