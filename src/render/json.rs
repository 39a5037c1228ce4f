//! JSON that stays valid JSON and does not act where it is looked at: in a terminal, a log, a script that splits lines.

use std::io;

use serde::Serialize;

use super::visible::acts;
use crate::error::{Error, Result};

/// Appends a value as JSON on one line.
pub(super) fn compact<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let start = out.len();
    // Writing to memory does not fail, and what is written here has string keys only.
    let _ = serde_json::to_writer(&mut *out, value);
    disarm(out, start);
}

/// Hands over a value as JSON, indented by two spaces: whole lines, some at a time, so that a large document is never there as a whole.
pub(super) fn pretty<T: Serialize>(value: &T, sink: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let mut lines = Lines { waiting: Vec::with_capacity(2 * TOGETHER), sink, failed: None };
    // What is written here has string keys only: only the sink can fail.
    let written = serde_json::to_writer_pretty(&mut lines, value);
    debug_assert!(written.is_ok() || lines.failed.is_some(), "{written:?}");
    lines.waiting.push(b'\n');
    lines.hand_over(lines.waiting.len());
    lines.failed.map_or(Ok(()), Err)
}

/// Bytes that are handed over together.
const TOGETHER: usize = 64 * 1024;

/// JSON on its way to a sink.
struct Lines<S> {
    waiting: Vec<u8>,
    sink: S,
    failed: Option<Error>,
}

impl<S: FnMut(&[u8]) -> Result<()>> Lines<S> {
    /// Hands over so many of the bytes that wait.
    fn hand_over(&mut self, bytes: usize) {
        let rest = self.waiting.split_off(bytes);
        disarm(&mut self.waiting, 0);
        if self.failed.is_none() {
            self.failed = (self.sink)(&self.waiting).err();
        }
        self.waiting.clear();
        self.waiting.extend_from_slice(&rest);
    }
}

impl<S: FnMut(&[u8]) -> Result<()>> io::Write for Lines<S> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= TOGETHER
            && let Some(end) = memchr::memrchr(b'\n', &self.waiting)
        {
            self.hand_over(end + 1);
        }
        if self.failed.is_some() { Err(io::ErrorKind::Other.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes as `\uXXXX` what JSON allows inside a string but what acts elsewhere: DEL, C1, bidi controls, line separators.
///
/// Such characters stand in strings only, so the document means the same. C0 is escaped by serde_json already.
fn disarm(out: &mut Vec<u8>, start: usize) {
    let written = &out[start..];
    // The first bytes of all characters in question: nothing else is looked at.
    let likely = || memchr::memchr3_iter(0x7f, 0xc2, 0xe2, written).chain(memchr::memchr_iter(0xd8, written));
    if likely().next().is_none() {
        return;
    }
    let Ok(text) = std::str::from_utf8(written) else { return };
    let armed = |c: char| c != '\n' && acts(c);
    if !likely().any(|at| text[at..].starts_with(armed)) {
        return;
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if armed(c) {
            // All of them lie in the basic plane.
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    out.truncate(start);
    out.extend_from_slice(safe.as_bytes());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_acts_is_escaped_and_means_the_same() {
        let mut out = b"before\x7f ".to_vec();
        compact(&mut out, "夜\u{9b}31m\u{202e}\u{2028}\u{61c}\u{7f}\u{1b}");
        let text = String::from_utf8(out).expect("UTF-8");
        assert_eq!(text, "before\u{7f} \"夜\\u009b31m\\u202e\\u2028\\u061c\\u007f\\u001b\"");
    }

    #[test]
    fn a_large_document_comes_in_whole_lines_and_stops_with_its_reader() {
        let value: Vec<String> = (0..20_000).map(|n| format!("{n} 夜\u{9b}31m\u{2028}")).collect();
        let (mut whole, mut parts) = (Vec::new(), 0);
        pretty(&value, |lines| {
            assert!(lines.ends_with(b"\n") && lines.len() < 2 * TOGETHER);
            whole.extend_from_slice(lines);
            parts += 1;
            Ok(())
        })
        .expect("taken");
        let text = std::str::from_utf8(&whole).expect("UTF-8");
        assert!(parts > 5 && !text.chars().any(|c| c != '\n' && acts(c)));
        assert_eq!(serde_json::from_str::<Vec<String>>(text).expect("JSON"), value);
        let mut asked = 0;
        let gone = pretty(&value, |_| {
            asked += 1;
            Err(Error::new(crate::error::ErrorKind::Output, "gone"))
        });
        assert_eq!((gone.expect_err("told").message(), asked), ("gone", 1));
    }

    proptest! {
        /// Reliability 104.
        #[test]
        fn any_string_comes_back_and_nothing_acts(raw in any::<String>()) {
            let mut out = Vec::new();
            compact(&mut out, &raw);
            let text = std::str::from_utf8(&out).expect("UTF-8");
            prop_assert!(!text.chars().any(acts));
            prop_assert_eq!(serde_json::from_str::<String>(text).expect("JSON"), raw);
        }
    }
}
