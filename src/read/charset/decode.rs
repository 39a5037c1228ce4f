//! The bytes of a file as UTF-8, and the way back from there to the bytes on the disk.

use encoding_rs::{Decoder, DecoderResult};

use super::{Charset, detect};
use crate::limits;
use crate::read::container::{Breakage, Source};
use crate::read::kind;
use crate::read::reject::Reason;

/// Stands in the decoded bytes for what could not be decoded; no UTF-8 holds it, so that the row is rejected as `R103`.
const BROKEN: u8 = 0xff;
/// Bytes that are decoded at a time, and between two marks of positions.
const STEP: usize = 16 * 1024;

/// A file as UTF-8.
pub(in crate::read) struct Text {
    source: Source,
    charset: Charset,
    decoder: Option<Decoder>,
    /// Bytes of the source that were read and not yet handed on.
    raw: Vec<u8>,
    at: usize,
    /// Whether the source has ended.
    over: bool,
    /// Decoded bytes that were not yet handed on.
    ready: Vec<u8>,
    ready_at: usize,
    /// Decoded bytes and the bytes of the source that they were, in all.
    place: (u64, u64),
    marks: Vec<(u64, u64)>,
}

impl Text {
    /// Looks at the head of a source; `told` is the encoding that the user named.
    pub(in crate::read) fn new(mut source: Source, told: Option<Charset>) -> Result<Self, Breakage> {
        let (ready, marks) = (Vec::new(), vec![(0, 0)]);
        if source.is_sheet() {
            let (raw, charset) = (Vec::new(), Charset::Utf8);
            let (decoder, over) = (None, false);
            return Ok(Self { source, charset, decoder, raw, at: 0, over, ready, ready_at: 0, place: (0, 0), marks });
        }
        let mut raw = Vec::new();
        let mut over = false;
        // An export may begin with a long stretch of ASCII: that tells nothing of what comes later.
        while !over && (raw.len() < limits::SAMPLE_BYTES || (raw.len() < limits::RECORD_BYTES && raw.is_ascii())) {
            let start = raw.len();
            raw.resize(start + limits::SAMPLE_BYTES, 0);
            let got = source.read(&mut raw[start..])?;
            raw.truncate(start + got);
            over = got == 0;
        }
        let charset = match (detect::of_mark(&raw), told) {
            (Ok(Some(marked)), _) => marked,
            (_, Some(told)) => told,
            (mark, None) => {
                mark?;
                // UTF-16 is full of zeros, so it is told before other files that are.
                let found = detect::detect(&raw, over);
                if !matches!(found, Err((Reason::NoMark, _))) {
                    kind::refuse(&raw)?;
                }
                found?
            }
        };
        let decoder = (charset != Charset::Utf8).then(|| charset.encoding().new_decoder_without_bom_handling());
        Ok(Self { source, charset, decoder, raw, at: 0, over, ready, ready_at: 0, place: (0, 0), marks })
    }

    pub(in crate::read) fn charset(&self) -> Charset {
        self.charset
    }

    pub(in crate::read) fn source(&self) -> &Source {
        &self.source
    }

    /// Reads some decoded bytes; 0 means that the file ended as it should.
    pub(in crate::read) fn read(&mut self, into: &mut [u8]) -> Result<usize, Breakage> {
        if self.charset == Charset::Utf8 {
            if self.at < self.raw.len() {
                return Ok(take(&self.raw, &mut self.at, into));
            }
            return if self.over { Ok(0) } else { self.source.read(into) };
        }
        while self.ready_at == self.ready.len() {
            if self.decoder.is_none() {
                return Ok(0);
            }
            self.decode()?;
        }
        Ok(take(&self.ready, &mut self.ready_at, into))
    }

    /// Decodes one step; after the last one there is no decoder.
    fn decode(&mut self) -> Result<(), Breakage> {
        if self.raw.len() - self.at < STEP && !self.over {
            self.raw.drain(..self.at);
            self.at = 0;
            let start = self.raw.len();
            self.raw.resize(start + STEP, 0);
            let got = self.source.read(&mut self.raw[start..])?;
            self.raw.truncate(start + got);
            self.over = got == 0;
        }
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        let window = self.raw.len().min(self.at + 2 * STEP);
        let last = self.over && window == self.raw.len();
        // At a line end no character is left half decoded: only there a mark is true.
        let line_end = self.charset.line_end(&self.raw[self.at..window]).filter(|_| !last);
        let stop = line_end.map_or(window, |end| self.at + end);
        self.ready_at = 0;
        self.ready.clear();
        loop {
            let bytes = &self.raw[self.at..stop];
            let start = self.ready.len();
            self.ready.resize(start + bytes.len() * 3 + 16, 0);
            let (result, read, written) =
                decoder.decode_to_utf8_without_replacement(bytes, &mut self.ready[start..], last);
            self.ready.truncate(start + written);
            self.at += read;
            self.place = (self.place.0 + written as u64, self.place.1 + read as u64);
            match result {
                DecoderResult::Malformed(_, after) => {
                    self.ready.push(BROKEN);
                    self.place.0 += 1;
                    // Bytes behind the broken ones are held by the decoder: they come out as characters later.
                    self.marks.push((self.place.0, self.place.1 - u64::from(after)));
                }
                DecoderResult::OutputFull => {}
                DecoderResult::InputEmpty => break,
            }
        }
        if last {
            self.decoder = None;
        } else if line_end.is_some() {
            self.marks.push(self.place);
        }
        Ok(())
    }

    /// The marks up to a decoded byte, which are forgotten here; `None` where decoded and original are the same.
    pub(in crate::read) fn marks_before(&mut self, decoded: u64) -> Option<Marks> {
        if self.charset == Charset::Utf8 {
            return None;
        }
        let later = self.marks.partition_point(|mark| mark.0 <= decoded);
        let marks = self.marks[..later].to_vec();
        self.marks.drain(..later.saturating_sub(1));
        Some(Marks { charset: self.charset, marks })
    }
}

/// Hands on what fits.
fn take(from: &[u8], at: &mut usize, into: &mut [u8]) -> usize {
    let count = into.len().min(from.len() - *at);
    into[..count].copy_from_slice(&from[*at..*at + count]);
    *at += count;
    count
}

/// Where decoded bytes stood in the file.
#[derive(Debug, Clone)]
pub(in crate::read) struct Marks {
    charset: Charset,
    /// Decoded byte and byte of the file, in order.
    marks: Vec<(u64, u64)>,
}

impl Marks {
    /// The same marks with one more, for a stretch that begins at this decoded byte.
    pub(in crate::read) fn starting(mut self, decoded: u64, original: u64) -> Self {
        self.marks.retain(|mark| mark.0 >= decoded);
        if self.marks.first().is_none_or(|first| first.0 > decoded) {
            self.marks.insert(0, (decoded, original));
        }
        self
    }

    /// The byte of the file at which a decoded byte of a stretch stood; the stretch begins at `start`.
    pub(in crate::read) fn original(&self, bytes: &[u8], start: u64, decoded: u64) -> u64 {
        let mark = self.marks.iter().rev().find(|mark| mark.0 <= decoded).copied().unwrap_or_default();
        let place = |at: u64| usize::try_from(at.saturating_sub(start)).unwrap_or(usize::MAX).min(bytes.len());
        let between = String::from_utf8_lossy(&bytes[place(mark.0)..place(decoded)]);
        mark.1 + self.charset.width(&between)
    }
}
