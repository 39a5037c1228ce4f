//! A stretch of a file on its way to a worker, and the rows that the worker reads from it.

use std::ops::Range;
use std::sync::Arc;

use super::charset::decode::Marks;
use super::columns::{Field, Mapping};
use super::compose::{Cell, Cells, Composer, Refusal};
use super::csv::fields::{self, Span};
use super::csv::records::counts;
use super::csv::scan::Dialect;
use super::field::calendar::Calendar;
use super::json::object::{self, Keys};
use super::ledger::Ledger;
use super::piece::{Piece, PieceKind, Pieces, trim_end};
use super::post::{Origin, Post};
use super::reject::{Reason, Reject};
use super::repair::{halves_joined, tabs_escaped};

/// A row that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // nearly every row is a post: a box would cost each of them an allocation
pub enum Row {
    /// It is a post.
    Post(Post),
    /// It cannot be used, or is left out on purpose.
    Reject(Reject),
}

/// How the rows of one file are read; shared by all its batches.
#[derive(Debug)]
pub(super) struct Layout {
    pub mapping: Mapping,
    pub calendar: Calendar,
    pub rows: Rows,
    /// Whether rows may be repaired where that has one meaning only.
    pub repair: bool,
}

impl Layout {
    /// Whether the last of so many columns is the text.
    fn ends_in_text(&self, columns: usize) -> bool {
        let slots = self.mapping.slots_of(Field::Text, false);
        slots.iter().any(|&slot| self.mapping.slots()[usize::from(slot)].1 + 1 == columns)
    }
}

/// What a row is made of.
#[derive(Debug)]
pub(super) enum Rows {
    /// JSON objects.
    Objects(Keys),
    /// Records of a table with this header.
    Table(Dialect, Vec<String>),
}

/// A row that was repaired, and what to say of that.
type Repaired = (String, Option<Reason>);

/// Some consecutive rows of one file as bytes, to be read on any thread.
///
/// Rows of a file may be counted only after [`Event::Closed`](super::Event::Closed) has come for it.
#[derive(Debug)]
pub struct Batch {
    pub(super) file: u32,
    pub(super) layout: Arc<Layout>,
    pub(super) bytes: Vec<u8>,
    pub(super) pieces: Pieces,
    /// Rows, lines and bytes of the file before this batch.
    pub(super) before: Place,
    /// Whether the file ends here.
    pub(super) last: bool,
    /// Where its bytes stood in the file, if they were decoded from others.
    pub(super) marks: Option<Marks>,
}

/// Where a row stands, and its bytes with the line end after it; of a row beyond the limits only the beginning.
#[derive(Debug, Clone, Copy)]
pub struct RowPlace<'b> {
    /// Row of the file, from 1.
    pub row: u64,
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Byte of the decoded file at which it begins, from 0.
    pub byte: u64,
    /// The bytes.
    pub bytes: &'b [u8],
}

/// A place in a file: what lies before it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub rows: u64,
    pub lines: u64,
    pub bytes: u64,
}

impl Place {
    fn pass(&mut self, piece: &Piece) {
        self.rows += u64::from(matches!(piece.kind, PieceKind::Row | PieceKind::Bad(_)));
        self.lines += u64::from(piece.lines);
        self.bytes += piece.len as u64;
    }
}

impl Batch {
    /// Index of the file in the run's inputs.
    pub fn file(&self) -> u32 {
        self.file
    }

    /// Decoded bytes in it.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Rows in it.
    pub fn rows(&self) -> u64 {
        self.pieces.rows()
    }

    /// The stretches of the decoded file that it consists of, in order, without gap or overlap.
    pub fn ranges(&self) -> impl Iterator<Item = (Range<u64>, PieceKind)> + '_ {
        let mut at = self.before.bytes;
        self.pieces.list.iter().map(move |piece| {
            let start = at;
            at += piece.len as u64;
            (start..at, piece.kind)
        })
    }

    /// Where its rows stand, in order.
    pub fn places(&self) -> impl Iterator<Item = RowPlace<'_>> + '_ {
        let (mut place, mut at) = (self.before, 0);
        self.pieces.list.iter().filter_map(move |piece| {
            let bytes = &self.bytes[at..at + piece.len];
            let here = RowPlace { row: place.rows + 1, line: place.lines + 1, byte: place.bytes, bytes };
            at += piece.len;
            place.pass(piece);
            matches!(piece.kind, PieceKind::Row | PieceKind::Bad(_)).then_some(here)
        })
    }

    /// The buffer, to be used again.
    pub fn into_buffer(self) -> Vec<u8> {
        self.bytes
    }

    /// Reads all rows and appends them in order; returns where they went.
    ///
    /// The ledger counts posts as analyzed; what is set aside later is moved with [`Ledger::set_aside_later`].
    pub fn parse(&self, out: &mut Vec<Row>) -> Ledger {
        out.reserve(self.pieces.list.len());
        self.each(|row| out.push(row))
    }

    /// Reads all rows and hands them on in order, each before the next is read, so that a row stays where the processor is fast.
    pub fn each(&self, mut take: impl FnMut(Row)) -> Ledger {
        let mut ledger = Ledger::default();
        // One fast pass; only in a batch with a bad byte each row is checked by itself.
        let text = simdutf8::basic::from_utf8(&self.bytes).ok();
        let repaired = if self.layout.repair { self.repaired() } else { Vec::new() };
        let mut composer = Composer::new(&self.layout.mapping, self.layout.calendar);
        let mut cells = Cells::new(&self.layout.mapping);
        let mut spans = Vec::new();
        let last_row = self.pieces.list.iter().rposition(|piece| piece.kind == PieceKind::Row).filter(|_| self.last);
        let mut place = self.before;
        let mut start = 0;
        for (index, piece) in self.pieces.list.iter().enumerate() {
            let range = start..start + piece.len;
            start = range.end;
            let origin = Origin { file: self.file, row: place.rows + 1 };
            let read = match piece.kind {
                PieceKind::Row => match self.row(text, range, repaired.get(index).and_then(Option::as_ref)) {
                    Ok((row, remark)) => {
                        composer.remarks.extend(remark);
                        let filled = match &self.layout.rows {
                            Rows::Objects(keys) => {
                                object(row, keys, Some(index) == last_row, &mut cells, &mut composer)
                            }
                            Rows::Table(dialect, header) => {
                                fill_record(row, *dialect, header, &self.layout, &mut spans, &mut cells).map(
                                    |surplus| {
                                        if surplus {
                                            composer.remarks.push(Reason::SurplusJoined);
                                        }
                                    },
                                )
                            }
                        };
                        filled.and_then(|()| composer.post(&mut cells, origin))
                    }
                    Err(refusal) => Err(refusal),
                },
                PieceKind::Bad(fault) => Err(self.pieces.faults[fault as usize].clone()),
                PieceKind::Rest | PieceKind::Blank | PieceKind::Frame => {
                    place.pass(piece);
                    continue;
                }
            };
            cells.clear();
            let row = match read {
                Ok(post) => {
                    for &reason in &composer.remarks {
                        ledger.warn(reason);
                    }
                    Row::Post(post)
                }
                Err((reason, detail)) => {
                    let detail = self.with_original(detail, place.bytes);
                    Row::Reject(Reject { origin, line: place.lines + 1, byte: place.bytes, reason, detail })
                }
            };
            composer.remarks.clear();
            ledger.add(&row);
            take(row);
            place.pass(piece);
        }
        ledger
    }

    /// A row as text, repaired if it was, and what there is to say of that.
    fn row<'a>(
        &'a self,
        text: Option<&'a str>,
        range: Range<usize>,
        repaired: Option<&'a Repaired>,
    ) -> Result<(&'a str, Option<Reason>), Refusal> {
        match repaired {
            Some((row, remark)) => Ok((row, *remark)),
            None => valid(&self.bytes, text, range).map(|row| (row, None)),
        }
    }

    /// The rows that can be repaired, by piece.
    fn repaired(&self) -> Vec<Option<Repaired>> {
        let mut start = 0;
        let objects = matches!(self.layout.rows, Rows::Objects(_));
        let mend = |piece: &Piece| {
            let row = &self.bytes[start..start + piece.len];
            start += piece.len;
            if piece.kind != PieceKind::Row {
                return None;
            }
            match std::str::from_utf8(row) {
                Err(_) => halves_joined(row).map(|row| (row, Some(Reason::SurrogatesJoined))),
                Ok(row) if objects => tabs_escaped(row).map(|row| (row, None)),
                Ok(_) => None,
            }
        };
        self.pieces.list.iter().map(mend).collect()
    }

    /// The detail of a reject, with the byte of the stored file where that is another than the decoded one.
    fn with_original(&self, detail: String, byte: u64) -> String {
        let Some(marks) = &self.marks else { return detail };
        let original = marks.original(&self.bytes, self.before.bytes, byte);
        let gap = if detail.is_empty() { "" } else { "; " };
        format!("{detail}{gap}byte {original} of the file before decoding")
    }
}

/// Fills the cells from a record of a table; tells whether separators in its last column were taken for text.
pub(super) fn fill_record<'a>(
    row: &'a str,
    dialect: Dialect,
    header: &[String],
    layout: &Layout,
    spans: &mut Vec<Span>,
    cells: &mut Cells<'a>,
) -> Result<bool, Refusal> {
    let row = dialect.trimmed(row);
    let row = row.strip_prefix('\u{feff}').unwrap_or(row);
    fields::split(row, dialect, spans);
    let surplus = spans.len() > header.len() && !dialect.sheet;
    if surplus && layout.repair && layout.ends_in_text(header.len()) {
        spans.truncate(header.len());
        if let Some(last) = spans.last_mut() {
            *last = last.to_end(row);
        }
    }
    if spans.len() != header.len() && !dialect.sheet {
        let reason = if spans.len() < header.len() { Reason::TooFewColumns } else { Reason::TooManyColumns };
        return Err((reason, counts(spans.len(), header.len())));
    }
    if spans.len() == header.len()
        && spans.iter().zip(header).all(|(&span, name)| fields::text(row, span).trim() == name)
    {
        return Err((Reason::RepeatedHeader, String::new()));
    }
    for ((_, column), slot) in layout.mapping.slots().iter().zip(0..) {
        if let Some(&span) = spans.get(*column) {
            cells.fill(slot, Cell::Text(fields::text(row, span)), false);
        }
    }
    Ok(surplus)
}

/// Fills the cells from a JSON object.
fn object<'a>(
    row: &'a str,
    keys: &Keys,
    last: bool,
    cells: &mut Cells<'a>,
    composer: &mut Composer<'_>,
) -> Result<(), Refusal> {
    let row = trim_end(row);
    let row = row.strip_prefix('\u{feff}').unwrap_or(row);
    let lone = object::read(row, keys, cells).map_err(|refusal| match refusal {
        // Only the last row can be cut off by the end of the file.
        (Reason::Truncated, detail) if !last => (Reason::BadJson, detail),
        other => other,
    })?;
    if lone {
        composer.remarks.push(Reason::LoneSurrogate);
    }
    Ok(())
}

/// A row as text.
fn valid<'a>(bytes: &'a [u8], text: Option<&'a str>, range: Range<usize>) -> Result<&'a str, Refusal> {
    if let Some(row) = text.and_then(|text| text.get(range.clone())) {
        return Ok(row);
    }
    simdutf8::compat::from_utf8(&bytes[range])
        .map_err(|error| (Reason::InvalidUtf8, format!("byte {} of the row", error.valid_up_to() + 1)))
}
