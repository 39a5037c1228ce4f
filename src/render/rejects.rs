//! Rows that were not used, one JSON line each (`--rejects FILE`).

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::json;
use crate::limits;
use crate::read::reject::Reason;

/// What a line tells of one row, or with row 0 of a whole file.
#[derive(Debug, Clone, Copy)]
pub struct RejectFacts<'r> {
    /// How messages call the file.
    pub file: &'r str,
    /// Row of that file, from 1.
    pub row: u64,
    /// Line on which it begins, from 1.
    pub line: u64,
    /// Byte of the decoded file at which it begins, from 0.
    pub byte: u64,
    /// Why it was not used.
    pub reason: Reason,
    /// Counts, keys or positions.
    pub detail: &'r str,
    /// The row itself, as far as it was kept.
    pub bytes: Option<&'r [u8]>,
}

/// One line. It tells where and why; what the row says only where that was asked for.
#[derive(Serialize)]
struct Line<'r> {
    file: &'r str,
    row: u64,
    line: u64,
    byte: u64,
    code: &'static str,
    reason: &'static str,
    detail: &'r str,
    /// 64 bits of the row's SHA-256: the same row in another export has the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<&'r str>,
}

/// Appends the line of a row; `raw` puts the row itself into it.
pub fn reject_line(out: &mut Vec<u8>, facts: &RejectFacts<'_>, raw: bool) {
    let hash = |bytes: &[u8]| Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let text = facts.bytes.filter(|_| raw).map(|bytes| {
        // A row may be as long as it likes; its beginning is enough to find it by.
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(limits::TEXT_BYTES)]);
        text.trim_end_matches(['\r', '\n']).to_owned()
    });
    let line = Line {
        file: facts.file,
        row: facts.row,
        line: facts.line,
        byte: facts.byte,
        code: facts.reason.code(),
        reason: facts.reason.name(),
        detail: facts.detail,
        sha256: facts.bytes.map(hash),
        raw: text.as_deref(),
    };
    json::compact(out, &line);
    out.push(b'\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_where_and_why_and_the_row_only_when_asked() {
        let row = RejectFacts {
            file: "夜店\u{1b}[2J.csv",
            row: 7,
            line: 12,
            byte: 3041,
            reason: Reason::UnterminatedQuote,
            detail: "column 3",
            bytes: Some("7,\"13812345678 \u{202e}\u{ff}\r\n".as_bytes()),
        };
        let whole = RejectFacts { file: "b", row: 0, line: 0, byte: 0, reason: Reason::Bomb, detail: "", bytes: None };
        let mut out = Vec::new();
        reject_line(&mut out, &row, false);
        reject_line(&mut out, &whole, true);
        let text = String::from_utf8(out).expect("UTF-8");
        let (first, second) = text.split_once('\n').expect("two lines");
        assert!(
            first.starts_with(
                r#"{"file":"夜店\u001b[2J.csv","row":7,"line":12,"byte":3041,"code":"R201","reason":"unterminated-quote","detail":"column 3","sha256":""#
            ),
            "{first}"
        );
        assert!(!first.contains("138") && !first.contains("raw"), "{first}");
        assert_eq!(
            second,
            "{\"file\":\"b\",\"row\":0,\"line\":0,\"byte\":0,\"code\":\"R403\",\"reason\":\"decompression-bomb\",\"detail\":\"\"}\n"
        );
        let mut raw = Vec::new();
        reject_line(&mut raw, &row, true);
        let raw: serde_json::Value = serde_json::from_slice(&raw).expect("JSON");
        assert_eq!(raw["raw"], "7,\"13812345678 \u{202e}\u{ff}");
        assert_eq!(raw["sha256"].as_str().map(str::len), Some(16));
    }

    #[test]
    fn a_long_row_is_told_by_its_beginning() {
        let bytes = vec![b'x'; 2 * limits::TEXT_BYTES];
        let facts = RejectFacts {
            file: "a",
            row: 1,
            line: 1,
            byte: 0,
            reason: Reason::RecordTooLarge,
            detail: "",
            bytes: Some(&bytes),
        };
        let mut out = Vec::new();
        reject_line(&mut out, &facts, true);
        assert!(out.len() < limits::TEXT_BYTES + 300);
    }
}
