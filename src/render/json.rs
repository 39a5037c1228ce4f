//! JSON that stays valid JSON and does not act where it is looked at: in a terminal, a log, a script that splits lines.

use serde::Serialize;

use super::visible::acts;

/// Appends a value as JSON on one line.
pub(super) fn compact<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let start = out.len();
    // Writing to memory does not fail, and what is written here has string keys only.
    let _ = serde_json::to_writer(&mut *out, value);
    disarm(out, start);
}

/// Appends a value as JSON, indented by two spaces.
pub(super) fn pretty<T: Serialize>(out: &mut Vec<u8>, value: &T) {
    let start = out.len();
    // As above.
    let _ = serde_json::to_writer_pretty(&mut *out, value);
    disarm(out, start);
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
