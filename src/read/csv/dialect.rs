//! The head of a table tells its separator, its header and what its columns look like.

use super::fields::{self, Span};
use super::records::Records;
use super::scan::{Dialect, Scan, scan};
use super::separator::Separator;
use super::shape::Shapes;
use crate::error::{Error, ErrorKind};
use crate::limits;
use crate::read::columns::Mapping;
use crate::read::piece::line_end;
use crate::read::reading::Reading;
use crate::read::reject::Reason;

/// Separators that are tried; the first are everyday ones.
const SEPARATORS: &[&str] = &[",", "\t", ";", "||", "|", "\u{1}", "\u{1f}", "，", "^", "¦"];
/// How many of these are everyday ones: the others must part all rows alike.
const EVERYDAY: usize = 5;
/// Rows of the sample that are looked at.
const ROWS: usize = 200;
/// Lines before the header that some exports write: a title, who made the report.
const PREAMBLE: usize = 20;
/// Fields that must be found before lines above them are taken for a preamble without further ado.
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

/// A sheet whose header was understood.
pub(in crate::read) struct Sheet {
    pub dialect: Dialect,
    pub header: Vec<String>,
    pub mapping: Mapping,
    /// Bytes up to the first row.
    pub head: usize,
}

/// One way to read the head of a file.
struct Attempt<'a> {
    dialect: Dialect,
    header: Vec<String>,
    mapping: Mapping,
    /// Byte after the header's line.
    next: usize,
    rows: Vec<&'a [u8]>,
    /// Lines that are no rows in this way.
    faults: usize,
}

/// Reads the head of a table, which may begin with a line such as `sep=;`.
pub(in crate::read) fn sniff(head: &[u8], end: bool, reading: &Reading) -> Result<Table, (Reason, Error)> {
    let (skipped, declared) = declared(head);
    let body = &head[skipped..];
    let attempt = best(body, end, declared, reading)?;
    let columns = attempt.header.len();
    let texts = attempt.rows.iter().filter_map(|row| std::str::from_utf8(row).ok());
    let shapes = Shapes::learn(texts, columns, attempt.dialect);
    Ok(Table {
        dialect: attempt.dialect,
        mapping: attempt.mapping,
        head: skipped + attempt.next,
        cutter: Records::new(attempt.dialect, columns, shapes),
        header: attempt.header,
    })
}

/// Reads the head of a sheet.
pub(in crate::read) fn sniff_sheet(head: &[u8], end: bool, reading: &Reading) -> Result<Sheet, (Reason, Error)> {
    let found = read(head, end, Dialect::of_sheets(), reading).map_err(|(_, fault)| fault)?;
    let missing = || (Reason::ColumnsUnknown, Error::new(ErrorKind::Input, "the sheet has no header"));
    let attempt = found.ok_or_else(missing)?;
    Ok(Sheet { dialect: attempt.dialect, header: attempt.header, mapping: attempt.mapping, head: attempt.next })
}

/// The way that fills the most fields; then the one that more rows agree with.
fn best<'a>(
    body: &'a [u8],
    end: bool,
    declared: Option<Separator>,
    reading: &Reading,
) -> Result<Attempt<'a>, (Reason, Error)> {
    let listed = SEPARATORS.iter().enumerate().filter_map(|(rank, text)| Some((rank, Separator::of(text.as_bytes())?)));
    let candidates: Vec<(usize, Separator)> = match declared {
        Some(separator) => vec![(0, separator)],
        None => listed.filter(|(_, separator)| separator.find(body).is_some()).collect(),
    };
    let mut error = None;
    let mut best: Option<Attempt<'_>> = None;
    let rank = |attempt: &Attempt<'_>| (attempt.mapping.fields(), attempt.rows.len());
    for (order, separator) in candidates {
        let dialect = Dialect { lenient: reading.lenient_quotes, ..Dialect::strict(Some(separator)) };
        match read(body, end, dialect, reading) {
            Ok(Some(attempt)) => {
                let alike = order < EVERYDAY || attempt.faults == 0;
                if alike && best.as_ref().is_none_or(|best| rank(&attempt) > rank(best)) {
                    best = Some(attempt);
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
    let single = || read(body, end, Dialect::strict(None), reading).ok().flatten();
    let Some(mut attempt) = best.or_else(single) else {
        return Err(error.map_or_else(
            || (Reason::ColumnsUnknown, Error::new(ErrorKind::Input, "no header was found")),
            |(_, fault)| fault,
        ));
    };
    let (dialect, tab) = (attempt.dialect, Separator::byte(b'\t'));
    if attempt.faults > 0 {
        // In many tab-separated files a quote is just a quote, and databases put a backslash before one: so it is, where
        // the rows are whole in that way.
        let plain = (dialect.separator == Some(tab)).then_some(Dialect { quotes: false, ..dialect });
        let escapes = memchr::memmem::find(body, b"\\\"").map(|_| Dialect { escapes: true, ..dialect });
        for other in plain.into_iter().chain(escapes) {
            if let Ok(Some(other)) = read(body, end, other, reading)
                && other.faults == 0
            {
                attempt = other;
                break;
            }
        }
    }
    Ok(attempt)
}

/// The bytes of a `sep=;` line, and its separator.
fn declared(head: &[u8]) -> (usize, Option<Separator>) {
    let Some((stop, next)) = line_end(head, 0, true) else { return (0, None) };
    match head[..stop].strip_prefix(b"sep=") {
        Some(separator) if !separator.contains(&b'"') => match Separator::of(separator) {
            Some(separator) => (next, Some(separator)),
            None => (0, None),
        },
        _ => (0, None),
    }
}

type Refused = (usize, (Reason, Error));

/// Reads the head with one separator: `None` if it does not separate, an error if the header is of no use.
fn read<'a>(body: &'a [u8], end: bool, dialect: Dialect, reading: &Reading) -> Result<Option<Attempt<'a>>, Refused> {
    if reading.no_header {
        return without_header(body, end, dialect, reading);
    }
    let mut found: Option<Attempt<'a>> = None;
    let mut error = None;
    let (mut at, mut seen, mut widest) = (0, 0, 0);
    while at < body.len() {
        let rest = &body[at..];
        let record = match scan(rest, end, dialect) {
            Scan::Record(record) => record,
            Scan::More => break,
            Scan::Fault(_) => {
                let Some((_, next)) = line_end(rest, 0, true) else { break };
                if let Some(attempt) = &mut found {
                    attempt.faults += 1;
                }
                (at, seen) = (at + next, seen + 1);
                continue;
            }
        };
        let line = &rest[..record.stop];
        at += record.next;
        if dialect.is_blank(line) {
            continue;
        }
        match &mut found {
            Some(attempt) if attempt.rows.len() + attempt.faults >= ROWS => break,
            Some(attempt) if dialect.sheet || record.columns == attempt.header.len() => attempt.rows.push(line),
            Some(attempt) => attempt.faults += 1,
            None if seen > PREAMBLE => break,
            None => {
                let wanted = if dialect.separator.is_none() || dialect.sheet { 1 } else { 2 };
                let filled = filled(line, dialect);
                if record.columns >= wanted {
                    match header(line, record.columns, dialect, reading) {
                        Ok((header, mapping))
                            if seen == 0
                                || mapping.fields() >= SURE
                                || (filled > widest && rows_follow(&body[at..], end, dialect, header.len())) =>
                        {
                            found = Some(Attempt { dialect, header, mapping, next: at, rows: Vec::new(), faults: 0 });
                        }
                        Ok(_) => {}
                        Err(fault) if seen == 0 => error = Some((record.columns, fault)),
                        Err(_) => {}
                    }
                }
                widest = widest.max(filled);
                seen += 1;
            }
        }
    }
    match (found, error) {
        (Some(attempt), _) => Ok(Some(attempt)),
        (None, Some(error)) => Err(error),
        (None, None) => Ok(None),
    }
}

/// Columns of a record that are not empty.
fn filled(line: &[u8], dialect: Dialect) -> usize {
    let Ok(line) = std::str::from_utf8(line) else { return 0 };
    let mut spans = Vec::new();
    fields::split(line, dialect, &mut spans);
    spans.iter().filter(|&&span| !fields::text(line, span).trim().is_empty()).count()
}

/// Whether the next records, a few of them and at least one, have so many columns.
fn rows_follow(bytes: &[u8], end: bool, dialect: Dialect, columns: usize) -> bool {
    let (mut at, mut rows) = (0, 0);
    while rows < 5 && at < bytes.len() {
        match scan(&bytes[at..], end, dialect) {
            Scan::Record(record) => {
                if !dialect.is_blank(&bytes[at..at + record.stop]) {
                    if record.columns != columns && !dialect.sheet {
                        return false;
                    }
                    rows += 1;
                }
                at += record.next;
            }
            Scan::Fault(_) => return false,
            Scan::More => break,
        }
    }
    rows > 0
}

/// Reads a head in which all records are rows, and columns are numbered from 1.
fn without_header<'a>(
    body: &'a [u8],
    end: bool,
    dialect: Dialect,
    reading: &Reading,
) -> Result<Option<Attempt<'a>>, Refused> {
    let mut records: Vec<(usize, &[u8])> = Vec::new();
    let (mut at, mut faults) = (0, 0);
    while at < body.len() && records.len() < ROWS {
        let rest = &body[at..];
        match scan(rest, end, dialect) {
            Scan::Record(record) => {
                let line = &rest[..record.stop];
                if !dialect.is_blank(line) {
                    records.push((record.columns, line));
                }
                at += record.next;
            }
            Scan::Fault(_) => {
                let Some((_, next)) = line_end(rest, 0, true) else { break };
                (at, faults) = (at + next, faults + 1);
            }
            Scan::More => break,
        }
    }
    let agreeing = |columns: usize| records.iter().filter(|&&(other, _)| other == columns).count();
    let columns = records.iter().map(|&(columns, _)| columns).max_by_key(|&columns| (agreeing(columns), columns));
    let widest = records.iter().map(|&(columns, _)| columns).max();
    let columns = if dialect.sheet { widest } else { columns };
    let parts = |&columns: &usize| columns > 1 || dialect.separator.is_none() || dialect.sheet;
    let Some(columns) = columns.filter(parts) else { return Ok(None) };
    let header: Vec<String> = (1..=columns).map(|number| number.to_string()).collect();
    let mapping = Mapping::of_header(&header, &reading.columns).map_err(|error| {
        let error = if reading.columns.is_empty() {
            Error::new(ErrorKind::Input, format!("--no-header leaves {columns} columns without names"))
                .help("say which is which by their numbers: --columns text=3,author=1")
        } else {
            error
        };
        (columns, (Reason::ColumnsUnknown, error))
    })?;
    let rows = records.into_iter().filter(|&(other, _)| other == columns).map(|(_, line)| line).collect();
    Ok(Some(Attempt { dialect, header, mapping, next: 0, rows, faults }))
}

/// The names in a header, and what they mean.
pub(in crate::read) fn header(
    line: &[u8],
    columns: usize,
    dialect: Dialect,
    reading: &Reading,
) -> Result<(Vec<String>, Mapping), (Reason, Error)> {
    let input = |message: &str| Error::new(ErrorKind::Input, message);
    if columns > limits::COLUMNS {
        return Err((Reason::ColumnLimit, input(&format!("{columns} columns, {} are read", limits::COLUMNS))));
    }
    let line = match std::str::from_utf8(line) {
        Ok(line) if !line.contains('\0') => line,
        _ => {
            let error = input("the header holds bytes that are no characters of the file's encoding");
            return Err((Reason::InvalidUtf8, error.help("say --encoding gb18030, big5 or windows-1252")));
        }
    };
    let mut spans: Vec<Span> = Vec::new();
    fields::split(line, dialect, &mut spans);
    let clean = |&span: &Span| {
        fields::text(line, span).trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').to_string()
    };
    let names: Vec<String> = spans.iter().map(clean).collect();
    let mapping = Mapping::of_header(&names, &reading.columns).map_err(|error| (Reason::ColumnsUnknown, error))?;
    Ok((names, mapping))
}
