//! Stage one of reading: on one thread, files become batches of whole rows.

use std::sync::Arc;

use super::batch::{Batch, Layout, Place};
use super::columns::{Columns, Field};
use super::container::{Breakage, Source};
use super::inputs::Inputs;
use super::piece::{Cut, PieceKind, Pieces};
use super::reject::Reason;
use super::sniff::{Format, sniff};
use super::stamp::Stamp;
use crate::error::{Error, ErrorKind};
use crate::limits;

/// What the reader has to tell next.
#[derive(Debug)]
pub enum Event {
    /// Some more rows of a file.
    Batch(Batch),
    /// A file ended as it should: its rows count.
    Closed(FileFacts),
    /// A file cannot be used, perhaps after some batches: none of its rows count. Reading goes on with the next file.
    Failed(FileFailure),
}

/// A file that was read to its end.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// Index of the file in the run's inputs.
    pub file: u32,
    /// How messages call it.
    pub label: String,
    /// Its format.
    pub format: Format,
    /// How it is packed: `plain`, `gzip`, `zstd`.
    pub packing: &'static str,
    /// The columns in use, by field.
    pub columns: Vec<(Field, Vec<String>)>,
    /// Rows in it.
    pub rows: u64,
    /// Bytes in it, decoded.
    pub bytes: u64,
    /// Remarks on the file as a whole (`W701`, `W707`, `W711`).
    pub remarks: Vec<Reason>,
}

/// A file that cannot be used.
#[derive(Debug, Clone)]
pub struct FileFailure {
    /// Index of the file in the run's inputs.
    pub file: u32,
    /// How messages call it.
    pub label: String,
    /// Why.
    pub reason: Reason,
    /// What to tell the user; it names the file.
    pub error: Error,
    /// Rows that were handed out before; they do not count.
    pub rows: u64,
}

/// Reads the inputs of a run one after the other.
///
/// An iterator of [`Event`]s: for each file some batches, then `Closed` or `Failed`. Memory stays within a few batches
/// and one record, whatever the size of the files.
pub struct Reader {
    inputs: Inputs,
    columns: Columns,
    next: usize,
    open: Option<OpenFile>,
    spare: Vec<Vec<u8>>,
}

impl Reader {
    /// A reader of these inputs, with columns named by the user.
    pub fn new(inputs: Inputs, columns: Columns) -> Self {
        Self { inputs, columns, next: 0, open: None, spare: Vec::new() }
    }

    /// Gives back the buffer of a batch that was read.
    pub fn recycle(&mut self, buffer: Vec<u8>) {
        if self.spare.len() < 8 && buffer.capacity() <= 2 * limits::BATCH_BYTES {
            self.spare.push(buffer);
        }
    }
}

impl Iterator for Reader {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        let index = u32::try_from(self.next).ok()?;
        let label = |inputs: &Inputs| inputs.as_slice().get(index as usize).map(|input| input.label());
        let failure = |(reason, error): (Reason, Error), label: String, rows| {
            Event::Failed(FileFailure { file: index, error: error.in_file(&label), label, reason, rows })
        };
        let mut file = match self.open.take() {
            Some(file) => file,
            None => match OpenFile::open(self.inputs.as_slice().get(self.next)?, &self.columns) {
                Ok(file) => file,
                Err(fault) => {
                    self.next += 1;
                    return Some(failure(fault, label(&self.inputs)?, 0));
                }
            },
        };
        match file.batch(index, &mut self.spare) {
            Ok(Some(batch)) => {
                self.open = Some(file);
                Some(Event::Batch(batch))
            }
            Ok(None) => {
                self.next += 1;
                Some(Event::Closed(file.facts(index, label(&self.inputs)?)))
            }
            Err(breakage) => {
                self.next += 1;
                Some(failure(broken(breakage), label(&self.inputs)?, file.before.rows))
            }
        }
    }
}

/// A breakage of the file's container as an error.
fn broken((reason, message): Breakage) -> (Reason, Error) {
    let help = match reason {
        Reason::UnreadContainer => "unpack it, or export it as CSV or JSON Lines",
        Reason::NestedContainer => "decompress it once before",
        Reason::Bomb => "if that is what it should hold, decompress it before",
        Reason::ReadError => return (reason, Error::new(ErrorKind::Input, message)),
        _ => "fetch or export it again; none of its rows count",
    };
    (reason, Error::new(ErrorKind::Input, message).help(help))
}

/// A file in the middle of being read.
struct OpenFile {
    source: Source,
    stamp: Option<Stamp>,
    packing: &'static str,
    format: Format,
    layout: Arc<Layout>,
    cutter: Box<dyn Cut>,
    buffer: Vec<u8>,
    /// Whether the source has ended.
    end: bool,
    /// Bytes at the start of the buffer that belong to no row.
    head: usize,
    before: Place,
}

impl OpenFile {
    fn open(input: &super::inputs::Input, columns: &Columns) -> Result<Self, (Reason, Error)> {
        let stamp = Stamp::of(input);
        let mut source = Source::open(input).map_err(broken)?;
        let packing = source.packing();
        let mut buffer = Vec::new();
        let mut end = fill(&mut source, &mut buffer, limits::SAMPLE_BYTES).map_err(broken)?;
        // A head without a single line end tells little; a file in one line is looked at up to the limit of a record.
        while !end && buffer.len() < limits::RECORD_BYTES && lines_in(&buffer) == 0 {
            let target = buffer.len() * 4;
            end = fill(&mut source, &mut buffer, target).map_err(broken)?;
        }
        let sniffed = sniff(&buffer, end, columns)?;
        Ok(Self {
            source,
            stamp,
            packing,
            format: sniffed.format,
            layout: Arc::new(sniffed.layout),
            cutter: sniffed.cutter,
            buffer,
            end,
            head: sniffed.head,
            before: Place::default(),
        })
    }

    /// The next batch; `None` at the end of the file.
    fn batch(&mut self, file: u32, spare: &mut Vec<Vec<u8>>) -> Result<Option<Batch>, Breakage> {
        let mut pieces = Pieces::default();
        let head = std::mem::take(&mut self.head);
        pieces.push(head, lines_in(&self.buffer[..head]), PieceKind::Frame);
        let mut target = limits::BATCH_BYTES.max(self.buffer.len());
        let used = loop {
            if !self.end {
                self.end = fill(&mut self.source, &mut self.buffer, target)?;
            }
            let cut = self.cutter.cut(&self.buffer[head..], self.end, &mut pieces);
            if head + cut > 0 || self.end {
                break head + cut;
            }
            // A record longer than the buffer; the cutter's own limits end this.
            target = self.buffer.len() * 2;
        };
        if used == 0 {
            return Ok(None);
        }
        let mut rest = spare.pop().unwrap_or_default();
        rest.clear();
        rest.extend_from_slice(&self.buffer[used..]);
        let mut bytes = std::mem::replace(&mut self.buffer, rest);
        bytes.truncate(used);
        let before = self.before;
        self.before = Place {
            rows: before.rows + pieces.rows(),
            lines: before.lines + pieces.lines(),
            bytes: before.bytes + used as u64,
        };
        let last = self.end && self.buffer.is_empty();
        Ok(Some(Batch { file, layout: Arc::clone(&self.layout), bytes, pieces, before, last }))
    }

    fn facts(&self, file: u32, label: String) -> FileFacts {
        let mut remarks = Vec::new();
        if self.before.rows == 0 {
            remarks.push(Reason::EmptyFile);
        }
        if self.source.junk {
            remarks.push(Reason::TrailingJunk);
        }
        if self.stamp.as_ref().is_some_and(Stamp::has_changed) {
            remarks.push(Reason::FileChanged);
        }
        let owned = |(field, names): (Field, Vec<&str>)| (field, names.into_iter().map(str::to_string).collect());
        FileFacts {
            file,
            label,
            format: self.format,
            packing: self.packing,
            columns: self.layout.mapping.described().into_iter().map(owned).collect(),
            rows: self.before.rows,
            bytes: self.before.bytes,
            remarks,
        }
    }
}

/// Reads until the buffer holds so many bytes; true if the source has ended.
fn fill(source: &mut Source, buffer: &mut Vec<u8>, target: usize) -> Result<bool, Breakage> {
    let mut filled = buffer.len();
    buffer.resize(target.max(filled), 0);
    while filled < target {
        match source.read(&mut buffer[filled..])? {
            0 => {
                buffer.truncate(filled);
                return Ok(true);
            }
            got => filled += got,
        }
    }
    Ok(false)
}

/// Line ends in a stretch of bytes.
fn lines_in(bytes: &[u8]) -> u32 {
    let mut at = 0;
    let mut lines = 0;
    while let Some((_, next)) = super::piece::line_end(bytes, at, true) {
        (at, lines) = (next, lines + 1);
    }
    lines
}
