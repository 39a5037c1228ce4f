//! A list of JSON objects, or objects one after the other, on any number of lines.

use super::detect::Habits;
use super::value::{Extent, extent};
use crate::limits;
use crate::read::piece::{Cut, PieceKind, Pieces};
use crate::read::reject::Reason;

/// Bytes that are kept while a damaged row beyond the limit is passed over: what stands before the next row.
const CONTEXT: usize = 4096;

/// Cuts the elements of a list.
///
/// A damaged element ends where the next one begins; that is known by the first key of the elements and by the blanks
/// that the writer put before each.
#[derive(Debug)]
pub(in crate::read) struct List {
    /// The first key of most elements, with its quotes.
    first_key: Vec<u8>,
    /// Keys of which an element has at least one, each with its quotes.
    telling: Vec<Vec<u8>>,
    /// The blanks before most elements, if they stand on lines of their own.
    lead: Option<Vec<u8>>,
    /// Whether the list is a part of an object, whose other parts follow.
    wrapped: bool,
    /// Whether a `]` was the last thing seen.
    closed: bool,
    /// Whether the rest is no part of the list.
    over: bool,
    /// Inside a damaged row that is being passed over.
    passing: bool,
}

impl List {
    /// A cutter for what follows the opening bracket. Nothing without one of the keys `telling` can be a row.
    pub(in crate::read) fn new(wrapped: bool, habits: &Habits, telling: &[&str]) -> Self {
        let quoted = |key: &str| format!("\"{key}\"").into_bytes();
        Self {
            first_key: habits.first_key.as_deref().map(quoted).unwrap_or_default(),
            telling: telling.iter().map(|key| quoted(key)).collect(),
            lead: Some(habits.lead.clone()).filter(|lead| lead.contains(&b'\n')),
            wrapped,
            closed: false,
            over: false,
            passing: false,
        }
    }

    /// What stands between elements: blanks, commas and brackets.
    fn frame(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        for &byte in bytes {
            match byte {
                b']' => self.closed = true,
                // Another list after the end of one, as joined files have it.
                b'[' if self.closed => self.closed = false,
                b'}' if self.closed => {}
                b',' => {}
                _ if byte.is_ascii_whitespace() => {}
                _ => break,
            }
            at += 1;
        }
        at
    }

    /// The first byte from `from` on at which an element may begin anew.
    fn resume(&self, bytes: &[u8], from: usize, end: bool) -> Resume {
        let mut at = from;
        while let Some(found) = memchr::memchr(b'{', &bytes[at..]) {
            let start = at + found;
            at = start + 1;
            match self.begins(bytes, start, end) {
                Some(false) => continue,
                None => return Resume::Unsure(start),
                Some(true) => {}
            }
            match extent(&bytes[start..], end) {
                Extent::Whole(len) if !self.tells(&bytes[start..start + len]) => {}
                Extent::Whole(_) | Extent::TooLarge => return Resume::At(start),
                Extent::More => return Resume::Unsure(start),
                Extent::Broken(_) | Extent::TooDeep(_) => {}
            }
        }
        Resume::Nowhere
    }

    /// Whether a whole object has a key of a row: what stands in lists inside the elements has none.
    fn tells(&self, object: &[u8]) -> bool {
        let has = |key: &[u8]| !key.is_empty() && memchr::memmem::find(object, key).is_some();
        let nothing_known = self.first_key.is_empty() && self.telling.is_empty();
        nothing_known || has(&self.first_key) || self.telling.iter().any(|key| has(key))
    }

    /// Whether a brace looks like the beginning of an element; `None` if that cannot be told yet.
    fn begins(&self, bytes: &[u8], brace: usize, end: bool) -> Option<bool> {
        let before = &bytes[..brace];
        let bare = before.trim_ascii_end();
        if let Some(lead) = &self.lead {
            let blanks = &before[bare.len()..];
            // Damage among the blanks themselves leaves fewer of them, behind something that belongs nowhere.
            let stray = bare.split_last().is_some_and(|(last, earlier)| match last {
                b',' => false,
                b'[' | b':' => matches!(earlier.trim_ascii_end().last(), None | Some(b',' | b'}')),
                _ => true,
            });
            let shortened = lead.ends_with(blanks) && stray;
            if !blanks.ends_with(lead) && !shortened {
                return Some(false);
            }
        }
        let after_other = bare.strip_suffix(b",").is_some_and(|bare| bare.trim_ascii_end().ends_with(b"}"));
        if after_other {
            return Some(true);
        }
        let inside = &bytes[brace + 1..];
        let inside = &inside[blanks(inside)..];
        if inside.len() < self.first_key.len() && !end {
            return None;
        }
        Some(!self.first_key.is_empty() && inside.starts_with(&self.first_key))
    }

    /// A damaged element at the start of `bytes`; 0 if more bytes are needed.
    fn damaged(&mut self, bytes: &[u8], end: bool, reason: Reason, at: usize, pieces: &mut Pieces) -> usize {
        let resume = self.resume(bytes, 1, end);
        if !matches!(resume, Resume::At(_)) && !end && bytes.len() <= limits::RECORD_BYTES + 2 * CONTEXT {
            return 0;
        }
        let len = self.pass(bytes, end, resume);
        pieces.push_bad(len, lines(&bytes[..len]), reason, format!("at byte {} of the row", at + 1));
        len
    }

    /// How many bytes belong to a damaged element, as far as they are there; sets `passing` if more may follow.
    fn pass(&mut self, bytes: &[u8], end: bool, resume: Resume) -> usize {
        self.passing = !end && !matches!(resume, Resume::At(_));
        match resume {
            Resume::At(start) => start,
            Resume::Unsure(start) => start.saturating_sub(CONTEXT),
            // The closing bracket is no part of the last row.
            Resume::Nowhere if end => close(bytes),
            Resume::Nowhere => bytes.len().saturating_sub(CONTEXT),
        }
    }
}

/// Where reading can go on.
enum Resume {
    At(usize),
    /// Perhaps here; more bytes would tell.
    Unsure(usize),
    Nowhere,
}

impl Cut for List {
    fn cut(&mut self, bytes: &[u8], end: bool, pieces: &mut Pieces) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let rest = &bytes[at..];
            if self.over {
                pieces.push(rest.len(), lines(rest), PieceKind::Frame);
                return bytes.len();
            }
            if self.passing {
                let resume = self.resume(rest, 0, end);
                let len = self.pass(rest, end, resume);
                pieces.push(len, lines(&rest[..len]), PieceKind::Rest);
                at += len;
                if self.passing {
                    return at;
                }
                continue;
            }
            let frame = self.frame(rest);
            if frame > 0 {
                pieces.push(frame, lines(&rest[..frame]), PieceKind::Frame);
                at += frame;
                continue;
            }
            // What follows the list in the object around it is none of our business.
            if self.closed && self.wrapped && rest[0] != b'{' {
                self.over = true;
                continue;
            }
            let len = self.element(rest, end, pieces);
            if len == 0 {
                return at;
            }
            self.closed = false;
            at += len;
        }
        at
    }
}

impl List {
    /// An element at the start of `bytes`; 0 if more bytes are needed.
    fn element(&mut self, bytes: &[u8], end: bool, pieces: &mut Pieces) -> usize {
        // A bracket too many must not make one element of all that follow.
        if bytes[0] == b'[' && bytes[1..].trim_ascii_start().starts_with(b"{") {
            return self.damaged(bytes, end, Reason::BadJson, 0, pieces);
        }
        match extent(bytes, end) {
            Extent::More => 0,
            Extent::Whole(len) => {
                let follows = bytes[len..].trim_ascii_start().first();
                if follows.is_none() && !end && bytes.len() - len < CONTEXT {
                    return 0;
                }
                let fits = match follows {
                    None | Some(b',' | b']' | b'{') => true,
                    // An object stands by itself, whatever became of the comma; but it may have been closed too early,
                    // and then a key follows.
                    Some(b'"') => match key_follows(&bytes[len..], end) {
                        None => return 0,
                        Some(key) => !key && bytes[0] == b'{',
                    },
                    Some(_) => bytes[0] == b'{',
                };
                if !fits {
                    return self.damaged(bytes, end, Reason::TrailingText, len, pieces);
                }
                pieces.push(len, lines(&bytes[..len]), PieceKind::Row);
                len
            }
            Extent::Broken(at) if at == bytes.len() => self.damaged(bytes, end, Reason::Truncated, at, pieces),
            Extent::Broken(at) => self.damaged(bytes, end, Reason::BadJson, at, pieces),
            Extent::TooDeep(at) => self.damaged(bytes, end, Reason::TooDeep, at, pieces),
            Extent::TooLarge => self.damaged(bytes, end, Reason::RecordTooLarge, limits::RECORD_BYTES, pieces),
        }
    }
}

/// Whether a key and its colon stand next; `None` if more bytes are needed to tell.
fn key_follows(bytes: &[u8], end: bool) -> Option<bool> {
    let bytes = bytes.trim_ascii_start();
    match extent(bytes, end) {
        Extent::Whole(len) => {
            let next = bytes[len..].trim_ascii_start().first();
            if next.is_none() && !end { None } else { Some(next == Some(&b':')) }
        }
        Extent::More => None,
        Extent::Broken(_) | Extent::TooDeep(_) | Extent::TooLarge => Some(false),
    }
}

/// Where the blanks and brackets at the end of a file begin.
fn close(bytes: &[u8]) -> usize {
    let bare = bytes.trim_ascii_end();
    bare.strip_suffix(b"]").map_or(bytes.len(), |bare| bare.trim_ascii_end().len().max(1))
}

fn lines(bytes: &[u8]) -> u32 {
    u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX)
}

/// Blanks at the start.
fn blanks(bytes: &[u8]) -> usize {
    bytes.len() - bytes.trim_ascii_start().len()
}
