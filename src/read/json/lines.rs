//! JSON Lines: one object on each line.

use crate::limits;
use crate::read::piece::{Cut, PieceKind, Pieces, line_end};
use crate::read::reject::Reason;

/// Cuts at line ends; a JSON text has none inside, because strings must escape them.
#[derive(Debug, Default)]
pub(in crate::read) struct Lines {
    /// Inside a line beyond the limit, which is being passed over.
    passing: bool,
}

impl Cut for Lines {
    fn cut(&mut self, bytes: &[u8], end: bool, pieces: &mut Pieces) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let found = line_end(bytes, at, end);
            let (stop, next, lines) = match found {
                Some((stop, next)) => (stop, next, 1),
                None if end => (bytes.len(), bytes.len(), 0),
                None if self.passing || bytes.len() - at > limits::RECORD_BYTES => {
                    // A CR at the end may belong to a line end of two bytes.
                    let stop = bytes.len() - usize::from(bytes.ends_with(b"\r"));
                    if stop > at {
                        self.beyond(stop - at, 0, pieces);
                    }
                    self.passing = true;
                    return stop;
                }
                None => return at,
            };
            let line = &bytes[at..stop];
            if self.passing || line.len() > limits::RECORD_BYTES {
                self.beyond(next - at, lines, pieces);
                self.passing = false;
            } else if line.iter().all(|byte| matches!(byte, b' ' | b'\t')) {
                pieces.push(next - at, lines, PieceKind::Blank);
            } else {
                pieces.push(next - at, lines, PieceKind::Row);
            }
            at = next;
        }
        at
    }
}

impl Lines {
    fn beyond(&self, len: usize, lines: u32, pieces: &mut Pieces) {
        if self.passing {
            pieces.push(len, lines, PieceKind::Rest);
        } else {
            let detail = format!("a line of more than {} bytes", limits::RECORD_BYTES);
            pieces.push_bad(len, lines, Reason::RecordTooLarge, detail);
        }
    }
}
