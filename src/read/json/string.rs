//! JSON strings, with half emoji repaired.

use std::borrow::Cow;

/// The text of a JSON string that was checked before, given between its quotes; tells whether half a surrogate pair
/// was replaced by U+FFFD, as JavaScript leaves it when it cuts a text.
pub(super) fn decode(raw: &str) -> (Cow<'_, str>, bool) {
    let Some(first) = memchr::memchr(b'\\', raw.as_bytes()) else {
        return (Cow::Borrowed(raw), false);
    };
    let mut text = String::with_capacity(raw.len());
    let (mut rest, mut next, mut lone) = (raw, Some(first), false);
    while let Some(at) = next {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let escape = rest.as_bytes().get(1).copied().unwrap_or(b'\\');
        let (decoded, used) = match escape {
            b'u' => {
                let (decoded, used) = unicode(rest);
                lone |= decoded.is_none();
                (decoded.unwrap_or(char::REPLACEMENT_CHARACTER), used)
            }
            b'b' => ('\u{8}', 2),
            b'f' => ('\u{c}', 2),
            b'n' => ('\n', 2),
            b'r' => ('\r', 2),
            b't' => ('\t', 2),
            other => (char::from(other), 2),
        };
        text.push(decoded);
        rest = rest.get(used..).unwrap_or_default();
        next = memchr::memchr(b'\\', rest.as_bytes());
    }
    text.push_str(rest);
    (Cow::Owned(text), lone)
}

/// The character of `\uXXXX` or of a pair of them at the start of a text, and the bytes it takes.
fn unicode(text: &str) -> (Option<char>, usize) {
    let unit = |at: usize| {
        let escaped = text.get(at..at + 6)?;
        u32::from_str_radix(escaped.strip_prefix("\\u")?, 16).ok()
    };
    match unit(0) {
        Some(high @ 0xD800..=0xDBFF) => match unit(6) {
            Some(low @ 0xDC00..=0xDFFF) => (char::from_u32(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)), 12),
            _ => (None, 6),
        },
        Some(code) => (char::from_u32(code), 6),
        None => (None, text.len().min(6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_emoji_are_replaced() {
        assert_eq!(decode(r"a\ud83d"), ("a\u{fffd}".into(), true));
        assert_eq!(decode(r"\ud83d\ude00b"), ("😀b".into(), false));
        assert_eq!(decode(r"\ude00\ud83d\ud83d\ude00"), ("\u{fffd}\u{fffd}😀".into(), true));
        assert_eq!(decode(r#"\"\\\/\b\f\n\r\t\u0000"#), ("\"\\/\u{8}\u{c}\n\r\t\0".into(), false));
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json(text in any::<String>(), ascii in any::<bool>()) {
            let mut raw = serde_json::to_string(&text).expect("strings serialize");
            if ascii {
                raw = raw.encode_utf16().map(|u| if u < 128 { char::from(u as u8).to_string() } else { format!("\\u{u:04x}") }).collect();
            }
            prop_assert_eq!(decode(&raw[1..raw.len() - 1]), (text.into(), false));
        }
    }
}
