//! A file's decoded bytes: plain, gzip or zstd by its first bytes, a member of a zip archive or a sheet of a workbook,
//! with an end that is known to be whole or not.

pub(super) mod archive;
pub(super) mod sheet;

use std::fs::File;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

use flate2::Crc;
use flate2::bufread::{DeflateDecoder, GzDecoder};
use zstd::stream::read::Decoder as ZstdDecoder;

use self::archive::{Archive, Member as ZipMember, Method};
use self::sheet::{Book, SheetStream};
use super::inputs::{Input, Place};
use super::kind;
use super::reject::Reason;
use crate::limits;

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const ZIP: &[u8] = b"PK\x03\x04";

/// Why a whole file is not used.
pub(super) type Breakage = (Reason, String);

/// The decoded bytes of one input.
pub(super) struct Source {
    stream: Stream,
    decoded: u64,
    /// Whether bytes that belong to no compressed member followed the last one.
    pub(super) junk: bool,
    /// Whether a file that is cut off ends there as if that were its end.
    pub(super) keep_partial: bool,
    /// Whether it did.
    pub(super) cut: bool,
}

enum Stream {
    Plain(Raw),
    Gzip(Box<GzDecoder<Raw>>),
    Zstd(ZstdDecoder<'static, Raw>),
    Member(Box<Unzip>),
    Sheet(SheetStream, &'static str),
    Ended,
}

/// A member of a zip archive on its way out, and what must have come out at its end.
struct Unzip {
    packed: Packed,
    crc: Crc,
    member: ZipMember,
}

enum Packed {
    Stored(Raw),
    Deflated(DeflateDecoder<Raw>),
}

impl Source {
    /// Opens an input and looks at its first bytes.
    pub(super) fn open(input: &Input) -> Result<Self, Breakage> {
        let inner: Box<dyn Read + Send> = match input {
            Input::File(path) => Box::new(File::open(path).map_err(unread)?),
            Input::Stdin => Box::new(io::stdin()),
            Input::Bytes(_, bytes) => Box::new(io::Cursor::new(bytes.clone())),
            Input::Stream(_, opener) => opener.open().map_err(unread)?,
            Input::Part(part) => {
                return match &part.place {
                    Place::Member(member) => Self::of_member(&part.whole, member),
                    Place::Sheet(book, name) => {
                        let packing = if *book == Book::Xlsx { "XLSX" } else { "XLS" };
                        let stream = Stream::Sheet(SheetStream::open(&part.whole, *book, name)?, packing);
                        Ok(Self { stream, decoded: 0, junk: false, keep_partial: false, cut: false })
                    }
                };
            }
        };
        Self::new(inner).map_err(|breakage| match breakage {
            // Found out anew what is wrong with an archive that could not be looked into before.
            (Reason::UnreadContainer, _) => parts_of(input).err().unwrap_or(breakage),
            other => other,
        })
    }

    /// A member of an archive.
    fn of_member(whole: &Input, member: &ZipMember) -> Result<Self, Breakage> {
        if let Method::Other(how) = member.method {
            return Err((Reason::UnreadContainer, format!("it is packed {how}")));
        }
        let mut reader = whole.open_seekable().map_err(unread)?;
        reader.seek(SeekFrom::Start(member.start)).map_err(unread)?;
        let mut raw = Raw::new(Box::new(reader.take(member.packed)));
        let head = raw.peek(8).map_err(unread)?;
        if member.method == Method::Stored && (head.starts_with(ZIP) || Member::of(head).is_some()) {
            return Err(nested());
        }
        let packed = match member.method {
            Method::Deflated => Packed::Deflated(DeflateDecoder::new(raw)),
            _ => Packed::Stored(raw),
        };
        let stream = Stream::Member(Box::new(Unzip { packed, crc: Crc::new(), member: member.clone() }));
        Ok(Self { stream, decoded: 0, junk: false, keep_partial: false, cut: false })
    }

    /// Whether it is a sheet: records of cells, and not text.
    pub(super) fn is_sheet(&self) -> bool {
        matches!(self.stream, Stream::Sheet(..))
    }

    /// The same for any reader.
    pub(super) fn new(inner: Box<dyn Read + Send>) -> Result<Self, Breakage> {
        let mut raw = Raw::new(inner);
        let head = raw.peek(8).map_err(unread)?;
        if is_archive(head) {
            let message =
                "it is an archive or a workbook, which is read from a file or from standard input: give its path";
            return Err((Reason::UnreadContainer, message.to_string()));
        }
        let stream = match Member::of(head) {
            Some(member) => member.open(raw)?,
            None => Stream::Plain(raw),
        };
        Ok(Self { stream, decoded: 0, junk: false, keep_partial: false, cut: false })
    }

    /// How the file is packed.
    pub(super) fn packing(&self) -> &'static str {
        match self.stream {
            Stream::Plain(_) | Stream::Ended => "plain",
            Stream::Gzip(_) => "gzip",
            Stream::Zstd(_) => "zstd",
            Stream::Member(_) => "zip",
            Stream::Sheet(_, packing) => packing,
        }
    }

    /// Reads some decoded bytes; 0 means that the file ended as it should.
    pub(super) fn read(&mut self, into: &mut [u8]) -> Result<usize, Breakage> {
        loop {
            let result = match &mut self.stream {
                Stream::Plain(raw) => raw.read(into),
                Stream::Gzip(decoder) => decoder.read(into),
                Stream::Zstd(decoder) => decoder.read(into),
                Stream::Member(unzip) => unzip.read(into),
                Stream::Sheet(sheet, _) => return sheet.read(into),
                Stream::Ended => return Ok(0),
            };
            let got = match result {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => match self.broken(&error) {
                    (Reason::CutContainer, _) if self.keep_partial => {
                        (self.stream, self.cut) = (Stream::Ended, true);
                        return Ok(0);
                    }
                    breakage => return Err(breakage),
                },
                Ok(got) => got,
            };
            let first = self.decoded == 0 && got > 0;
            self.decoded += got as u64;
            if got > 0 {
                return if first { self.not_nested(into).map(|()| got) } else { self.not_a_bomb().map(|()| got) };
            }
            if into.is_empty() {
                return Ok(0);
            }
            self.next_member()?;
        }
    }

    /// One layer only: what comes out of a container must not be one (reliability case 59).
    fn not_nested(&self, head: &[u8]) -> Result<(), Breakage> {
        let packed = Member::of(head).is_some() || head.starts_with(ZIP);
        if matches!(self.stream, Stream::Plain(_)) || !packed {
            return Ok(());
        }
        Err(nested())
    }

    fn not_a_bomb(&self) -> Result<(), Breakage> {
        let packed = match &self.stream {
            Stream::Gzip(decoder) => decoder.get_ref().taken,
            Stream::Zstd(decoder) => decoder.get_ref().taken,
            Stream::Member(unzip) => unzip.taken(),
            Stream::Plain(_) | Stream::Sheet(..) | Stream::Ended => return Ok(()),
        };
        if self.decoded > limits::BOMB_FLOOR && self.decoded / packed.max(1) > limits::BOMB_RATIO {
            return Err((Reason::Bomb, format!("{packed} bytes grew to more than {}", self.decoded)));
        }
        Ok(())
    }

    /// After a member: another one, padding with zeros, junk or the end.
    fn next_member(&mut self) -> Result<(), Breakage> {
        let (mut raw, may_be_junk) = match std::mem::replace(&mut self.stream, Stream::Ended) {
            Stream::Gzip(decoder) => (decoder.into_inner(), true),
            // A flipped flag of a frame leaves its checksum behind as junk: here it says that data may be missing.
            Stream::Zstd(decoder) => (decoder.finish(), false),
            Stream::Member(unzip) => return unzip.check(self.decoded),
            Stream::Plain(_) | Stream::Sheet(..) | Stream::Ended => return Ok(()),
        };
        while raw.fill_buf().map_err(unread)?.first() == Some(&0) {
            let zeros = raw.fill_buf().map_err(unread)?.iter().take_while(|&&byte| byte == 0).count();
            raw.consume(zeros);
        }
        let head = raw.peek(4).map_err(unread)?;
        if let Some(member) = Member::of(head) {
            self.stream = member.open(raw)?;
        } else if Member::is_damaged(head) || !(may_be_junk || head.is_empty()) {
            return Err((Reason::DamagedContainer, "what follows its first part is damaged".to_string()));
        } else if !head.is_empty() {
            self.junk = true;
        }
        Ok(())
    }

    /// What an error of the decoder means for the file.
    fn broken(&self, error: &io::Error) -> Breakage {
        if matches!(self.stream, Stream::Plain(_)) {
            return (Reason::ReadError, error.to_string());
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => (Reason::CutContainer, "the compressed data end in the middle".to_string()),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other
                if error.raw_os_error().is_none() =>
            {
                (Reason::DamagedContainer, error.to_string())
            }
            _ => (Reason::ReadError, error.to_string()),
        }
    }
}

/// Whether a file with this head is an archive or a workbook.
pub(super) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(ZIP) || head.starts_with(kind::OLE)
}

fn unread(error: io::Error) -> Breakage {
    (Reason::ReadError, error.to_string())
}

fn nested() -> Breakage {
    (Reason::NestedContainer, "a compressed file inside a compressed file".to_string())
}

/// The parts of an archive or a workbook, each to be read like a file; none of a file that is neither.
pub(super) fn parts_of(input: &Input) -> Result<Vec<Place>, Breakage> {
    let mut raw = Raw::new(Box::new(input.open_seekable().map_err(unread)?));
    let head = raw.peek(8).map_err(unread)?;
    let book = match head {
        _ if head == kind::OLE => Book::Xls,
        _ if head.starts_with(ZIP) => match archive::look(input)? {
            Archive::Files(members) => return Ok(members.into_iter().map(Place::Member).collect()),
            Archive::Workbook => Book::Xlsx,
        },
        _ => return Ok(Vec::new()),
    };
    Ok(sheet::sheets(input, book)?.into_iter().map(|name| Place::Sheet(book, name)).collect())
}

impl Unzip {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let got = match &mut self.packed {
            Packed::Stored(raw) => raw.read(into)?,
            Packed::Deflated(decoder) => decoder.read(into)?,
        };
        self.crc.update(&into[..got]);
        Ok(got)
    }

    fn taken(&self) -> u64 {
        match &self.packed {
            Packed::Stored(raw) => raw.taken,
            Packed::Deflated(decoder) => decoder.get_ref().taken,
        }
    }

    /// Whether what came out is what went in.
    fn check(&self, decoded: u64) -> Result<(), Breakage> {
        if decoded == self.member.size && self.crc.sum() == self.member.crc {
            return Ok(());
        }
        Err((Reason::DamagedContainer, "its size or its checksum does not fit".to_string()))
    }
}

/// A kind of compressed member.
#[derive(Clone, Copy)]
enum Member {
    Gzip,
    Zstd,
}

impl Member {
    fn of(head: &[u8]) -> Option<Self> {
        // Zstd data may begin with a skippable frame.
        let skippable = head.len() >= 4 && head[0] & 0xf0 == 0x50 && head[1..4] == [0x2a, 0x4d, 0x18];
        match head {
            _ if head.starts_with(GZIP) => Some(Member::Gzip),
            _ if head.starts_with(ZSTD) || skippable => Some(Member::Zstd),
            _ => None,
        }
    }

    /// Whether this was a head before a byte of it was damaged.
    fn is_damaged(head: &[u8]) -> bool {
        let same = |magic: &[u8]| head.iter().zip(magic).filter(|(a, b)| a == b).count();
        same(&[0x1f, 0x8b, 8]) == 2 || same(ZSTD) == 3
    }

    fn open(self, raw: Raw) -> Result<Stream, Breakage> {
        Ok(match self {
            Member::Gzip => Stream::Gzip(Box::new(GzDecoder::new(raw))),
            Member::Zstd => Stream::Zstd(ZstdDecoder::with_buffer(raw).map_err(unread)?.single_frame()),
        })
    }
}

/// A buffered reader that can look ahead, counts what it takes, and does not let interruptions through.
struct Raw {
    inner: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    taken: u64,
}

impl Raw {
    fn new(inner: Box<dyn Read + Send>) -> Self {
        Self { inner, buffer: vec![0; 64 * 1024], start: 0, end: 0, taken: 0 }
    }

    /// Reads more behind what is there; 0 at the end.
    fn more(&mut self) -> io::Result<usize> {
        loop {
            match self.inner.read(&mut self.buffer[self.end..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(got) => {
                    self.end += got;
                    self.taken += got as u64;
                    return Ok(got);
                }
            }
        }
    }

    /// The next few bytes, fewer only at the end.
    fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        if self.buffer.len() - self.start < count {
            self.buffer.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while self.end - self.start < count && self.more()? > 0 {}
        Ok(&self.buffer[self.start..self.end.min(self.start + count)])
    }
}

impl Read for Raw {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.start == self.end && into.len() >= self.buffer.len() {
            // Nothing waits: spare the copy.
            loop {
                match self.inner.read(into) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                    Ok(got) => {
                        self.taken += got as u64;
                        return Ok(got);
                    }
                }
            }
        }
        let waiting = self.fill_buf()?;
        let count = waiting.len().min(into.len());
        into[..count].copy_from_slice(&waiting[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Raw {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            self.more()?;
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }
}
