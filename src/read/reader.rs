//! Stage one of reading: on one thread, files become batches of whole rows.

use std::sync::Arc;

use super::batch::{Batch, Layout, Place};
use super::charset::Charset;
use super::charset::decode::{Marks, Text};
use super::columns::Field;
use super::container::sheet::RECORD;
use super::container::{Breakage, Source};
use super::inputs::{Input, Inputs};
use super::piece::{Cut, PieceKind, Pieces};
use super::reading::Reading;
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
    /// Its encoding.
    pub charset: Charset,
    /// The columns in use, by field.
    pub columns: Vec<(Field, Vec<String>)>,
    /// Columns that fill no field.
    pub unused: Vec<String>,
    /// Rows in it.
    pub rows: u64,
    /// Bytes in it, decoded.
    pub bytes: u64,
    /// Remarks on the file as a whole (`W701`, `W707`, `W711`).
    pub remarks: Vec<Reason>,
}

impl FileFacts {
    fn passed_over(file: u32, label: String) -> Self {
        let (format, packing, charset) = (Format::Sheet, "workbook", Charset::Utf8);
        let remarks = vec![Reason::SheetPassedOver];
        Self {
            file,
            label,
            format,
            packing,
            charset,
            columns: Vec::new(),
            unused: Vec::new(),
            rows: 0,
            bytes: 0,
            remarks,
        }
    }
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
    reading: Reading,
    next: usize,
    open: Option<OpenFile>,
    spare: Vec<Vec<u8>>,
}

impl Reader {
    /// A reader of these inputs, with what the user tells of them: a [`Reading`], or columns alone.
    pub fn new(inputs: Inputs, reading: impl Into<Reading>) -> Self {
        Self { inputs, reading: reading.into(), next: 0, open: None, spare: Vec::new() }
    }

    /// Gives back the buffer of a batch that was read.
    pub fn recycle(&mut self, buffer: Vec<u8>) {
        if self.spare.len() < 8 && buffer.capacity() <= 2 * limits::BATCH_BYTES {
            self.spare.push(buffer);
        }
    }
}

/// The beginning of a file.
#[derive(Debug)]
pub struct Glance {
    /// What is known of the file; rows and bytes are those of the batches.
    pub facts: FileFacts,
    /// Some batches from its beginning.
    pub batches: Vec<Batch>,
    /// Whether these are the whole file.
    pub whole: bool,
}

impl Reader {
    /// Looks at the beginning of one input: at most so many batches.
    ///
    /// # Errors
    /// A file that cannot be used, as far as its beginning tells.
    pub fn glance(inputs: &Inputs, at: usize, reading: &Reading, batches: usize) -> Result<Glance, Box<FileFailure>> {
        let reader = Self { next: at, ..Self::new(inputs.clone(), reading.clone()) };
        let (mut seen, mut whole) = (Vec::new(), None);
        let mut reader = reader;
        while seen.len() < batches {
            match reader.next() {
                Some(Event::Batch(batch)) => seen.push(batch),
                Some(Event::Closed(facts)) => {
                    whole = Some(facts);
                    break;
                }
                Some(Event::Failed(failure)) => return Err(Box::new(failure)),
                None => break,
            }
        }
        let label = inputs.as_slice().get(at).map(Input::label).unwrap_or_default();
        let index = u32::try_from(at).unwrap_or(u32::MAX);
        let open = reader.open.take();
        match (whole, open) {
            (Some(facts), _) => Ok(Glance { facts, batches: seen, whole: true }),
            (None, Some(file)) => {
                let whole = file.end && file.buffer.is_empty();
                Ok(Glance { facts: file.facts(index, label), batches: seen, whole })
            }
            (None, None) => Ok(Glance { facts: FileFacts::passed_over(index, label), batches: seen, whole: true }),
        }
    }

    /// Whether an input is a sheet of a workbook in which another sheet can be read: a cover, a legend, a pivot table.
    fn is_beside_posts(&self, at: usize) -> bool {
        let inputs = self.inputs.as_slice();
        let Some(Input::Part(part)) = inputs.get(at) else { return false };
        inputs.iter().enumerate().any(|(other, input)| match input {
            Input::Part(sibling) if other != at && sibling.shares_book(part) => {
                OpenFile::open(input, &self.reading).is_ok_and(|file| file.format != Format::Empty)
            }
            _ => false,
        })
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
            None => match OpenFile::open(self.inputs.as_slice().get(self.next)?, &self.reading) {
                Ok(file) => file,
                Err((reason, _)) if reason == Reason::ColumnsUnknown && self.is_beside_posts(self.next) => {
                    self.next += 1;
                    return Some(Event::Closed(FileFacts::passed_over(index, label(&self.inputs)?)));
                }
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
        Reason::UnreadContainer | Reason::Binary => "posts are read from CSV, JSON Lines, JSON and XLSX",
        Reason::NoMark => "say --encoding utf-16le or --encoding utf-16be",
        Reason::EncodingUnknown => "say --encoding gb18030, big5 or windows-1252, or save it as UTF-8",
        Reason::NestedContainer => "decompress it once before",
        Reason::Bomb => "if that is what it should hold, decompress it before",
        Reason::ReadError => return (reason, Error::new(ErrorKind::Input, message)),
        _ => "fetch or export it again; none of its rows count",
    };
    (reason, Error::new(ErrorKind::Input, message).help(help))
}

/// A file in the middle of being read.
struct OpenFile {
    text: Text,
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
    /// The byte of the file as it is stored at which the next batch begins.
    original: u64,
}

impl OpenFile {
    fn open(input: &Input, reading: &Reading) -> Result<Self, (Reason, Error)> {
        let stamp = Stamp::of(input);
        let mut source = Source::open(input).map_err(broken)?;
        source.keep_partial = reading.keep_partial;
        let packing = source.packing();
        let mut text = Text::new(source, reading.encoding).map_err(broken)?;
        let mut buffer = Vec::new();
        let mut end = fill(&mut text, &mut buffer, limits::SAMPLE_BYTES).map_err(broken)?;
        // A head without a single line end tells little; a file in one line is looked at up to the limit of a record.
        while !end && buffer.len() < limits::RECORD_BYTES && lines_in(&buffer) == 0 {
            let target = buffer.len() * 4;
            end = fill(&mut text, &mut buffer, target).map_err(broken)?;
        }
        let sniffed = sniff(&buffer, end, text.source().is_sheet(), reading)?;
        Ok(Self {
            text,
            stamp,
            packing,
            format: sniffed.format,
            layout: Arc::new(sniffed.layout),
            cutter: sniffed.cutter,
            buffer,
            end,
            head: sniffed.head,
            before: Place::default(),
            original: 0,
        })
    }

    /// The next batch; `None` at the end of the file.
    fn batch(&mut self, file: u32, spare: &mut Vec<Vec<u8>>) -> Result<Option<Batch>, Breakage> {
        let mut pieces = Pieces::default();
        let head = std::mem::take(&mut self.head);
        let lines = match self.format {
            Format::Sheet => memchr::memchr_iter(RECORD, &self.buffer[..head]).count() as u32,
            _ => lines_in(&self.buffer[..head]),
        };
        pieces.push(head, lines, PieceKind::Frame);
        let mut target = limits::BATCH_BYTES.max(self.buffer.len());
        let used = loop {
            if !self.end {
                self.end = fill(&mut self.text, &mut self.buffer, target)?;
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
        let marks = self.pass_marks(&bytes, before.bytes);
        Ok(Some(Batch { file, layout: Arc::clone(&self.layout), bytes, pieces, before, last, marks }))
    }

    /// The marks of a batch that begins at this byte, where its bytes were decoded from others.
    fn pass_marks(&mut self, bytes: &[u8], start: u64) -> Option<Marks> {
        let end = start + bytes.len() as u64;
        let marks = self.text.marks_before(end)?.starting(start, self.original);
        self.original = marks.original(bytes, start, end);
        Some(marks)
    }

    fn facts(&self, file: u32, label: String) -> FileFacts {
        let mut remarks = Vec::new();
        if self.before.rows == 0 {
            remarks.push(Reason::EmptyFile);
        }
        if self.text.source().cut {
            remarks.push(Reason::PartialFile);
        }
        if self.text.source().junk {
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
            charset: self.text.charset(),
            columns: self.layout.mapping.described().into_iter().map(owned).collect(),
            unused: self.layout.mapping.unused().to_vec(),
            rows: self.before.rows,
            bytes: self.before.bytes,
            remarks,
        }
    }
}

/// Reads until the buffer holds so many bytes; true if the source has ended.
fn fill(text: &mut Text, buffer: &mut Vec<u8>, target: usize) -> Result<bool, Breakage> {
    let mut filled = buffer.len();
    buffer.resize(target.max(filled), 0);
    while filled < target {
        match text.read(&mut buffer[filled..])? {
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
