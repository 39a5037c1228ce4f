//! Cuts a sheet into its records, which are what they are: no quote can be missing in one.

use crate::limits;
use crate::read::container::sheet::{CELL, RECORD};
use crate::read::piece::{Cut, PieceKind, Pieces};
use crate::read::reject::Reason;

/// Cuts the records of a sheet. Each counts as one line, so that lines are the numbers of the spreadsheet.
#[derive(Debug, Default)]
pub(in crate::read) struct SheetRecords;

impl Cut for SheetRecords {
    fn cut(&mut self, bytes: &[u8], end: bool, pieces: &mut Pieces) -> usize {
        let mut at = 0;
        while at < bytes.len() {
            let stop = match memchr::memchr(RECORD, &bytes[at..]) {
                Some(found) => at + found,
                None if end => bytes.len(),
                None => break,
            };
            let next = (stop + 1).min(bytes.len());
            let record = &bytes[at..stop];
            if record.len() > limits::RECORD_BYTES {
                let detail = format!("more than {} bytes", limits::RECORD_BYTES);
                pieces.push_bad(next - at, 1, Reason::RecordTooLarge, detail);
            } else {
                let blank = record.iter().all(|byte| byte.is_ascii_whitespace() || *byte == CELL);
                pieces.push(next - at, 1, if blank { PieceKind::Blank } else { PieceKind::Row });
            }
            at = next;
        }
        at
    }
}
