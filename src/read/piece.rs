//! How a file is cut: pieces that follow each other without gap or overlap.

use super::reject::Reason;

/// What a stretch of a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// A row, with the line end or separator after it.
    Row,
    /// A row that was found damaged while cutting; its index among the batch's faults.
    Bad(u32),
    /// More of the row before it: of rows beyond the limits, which are not kept in memory.
    Rest,
    /// A blank line.
    Blank,
    /// A header, or what holds rows together: byte order mark, `sep=`, the brackets of a list.
    Frame,
}

/// A stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    pub len: usize,
    /// Line ends in it.
    pub lines: u32,
    pub kind: PieceKind,
}

/// The pieces of one batch while they are being cut.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub list: Vec<Piece>,
    pub faults: Vec<(Reason, String)>,
}

impl Pieces {
    pub fn push(&mut self, len: usize, lines: u32, kind: PieceKind) {
        if len > 0 {
            self.list.push(Piece { len, lines, kind });
        }
    }

    pub fn push_bad(&mut self, len: usize, lines: u32, reason: Reason, detail: String) {
        let index = u32::try_from(self.faults.len()).unwrap_or(u32::MAX);
        self.faults.push((reason, detail));
        self.push(len, lines, PieceKind::Bad(index));
    }

    /// Rows among the pieces.
    pub fn rows(&self) -> u64 {
        self.list.iter().filter(|piece| matches!(piece.kind, PieceKind::Row | PieceKind::Bad(_))).count() as u64
    }

    pub fn lines(&self) -> u64 {
        self.list.iter().map(|piece| u64::from(piece.lines)).sum()
    }
}

/// Cuts the bytes of one file into pieces.
pub(super) trait Cut: Send {
    /// Cuts pieces from the start of `bytes` and returns how many bytes they take.
    ///
    /// Without `end` more bytes follow, and what cannot be decided without them is left. Where nothing at all can be
    /// decided the result is 0 and the caller comes back with more bytes. Where the caller's cuts between two calls
    /// fall must never change the pieces.
    fn cut(&mut self, bytes: &[u8], end: bool, pieces: &mut Pieces) -> usize;
}

/// The line end at or after a byte: where the line ends and where the next begins. LF, CR LF and CR end lines.
///
/// `None` if none is there, or if it cannot be told yet whether LF follows a CR at the end of the bytes.
pub(super) fn line_end(bytes: &[u8], from: usize, end: bool) -> Option<(usize, usize)> {
    let at = from + memchr::memchr2(b'\n', b'\r', &bytes[from..])?;
    match (bytes[at], bytes.get(at + 1)) {
        (b'\r', Some(b'\n')) => Some((at, at + 2)),
        (b'\r', None) if !end => None,
        _ => Some((at, at + 1)),
    }
}

/// A row without its line end.
pub(super) fn trim_end(row: &str) -> &str {
    match row.strip_suffix('\n') {
        Some(row) => row.strip_suffix('\r').unwrap_or(row),
        None => row.strip_suffix('\r').unwrap_or(row),
    }
}
