//! Where a JSON value ends, by its grammar and without recursion.

use crate::limits;

/// What the bytes at the start of a value are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Extent {
    /// A value of so many bytes; numbers and words are not looked into.
    Whole(usize),
    /// No value: the grammar breaks at this byte.
    Broken(usize),
    /// Nested beyond the limit, at this byte.
    TooDeep(usize),
    /// Longer than the limit of a record.
    TooLarge,
    /// It cannot be told without more bytes.
    More,
}

/// What the grammar expects next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    /// A value or the end of an empty list.
    ValueOrEnd,
    Key,
    /// A key or the end of an empty object.
    KeyOrEnd,
    Colon,
    CommaOrEnd,
}

/// The extent of the value that begins at the first byte; with `end`, what is not closed is broken.
pub(in crate::read) fn extent(bytes: &[u8], end: bool) -> Extent {
    // What is told must not depend on how many bytes happen to be there.
    let limited = bytes.len() > limits::RECORD_BYTES;
    let bytes = &bytes[..bytes.len().min(limits::RECORD_BYTES)];
    let missing = if limited {
        Extent::TooLarge
    } else if end {
        Extent::Broken(bytes.len())
    } else {
        Extent::More
    };
    let mut open: Vec<u8> = Vec::new();
    let mut next = Next::Value;
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let Some(&byte) = bytes.get(at) else { return missing };
        let expects_value = matches!(next, Next::Value | Next::ValueOrEnd);
        at += 1;
        match (byte, next) {
            (b'"', Next::Key | Next::KeyOrEnd) => match string_end(bytes, at) {
                Ok(after) => (at, next) = (after, Next::Colon),
                Err(None) => return missing,
                Err(Some(bad)) => return Extent::Broken(bad),
            },
            (b':', Next::Colon) => next = Next::Value,
            (b',', Next::CommaOrEnd) => next = if open.last() == Some(&b'{') { Next::Key } else { Next::Value },
            (b'[' | b'{', _) if expects_value => {
                open.push(byte);
                if open.len() > limits::JSON_DEPTH {
                    return Extent::TooDeep(at - 1);
                }
                next = if byte == b'{' { Next::KeyOrEnd } else { Next::ValueOrEnd };
            }
            (b'}', Next::KeyOrEnd | Next::CommaOrEnd) if open.last() == Some(&b'{') => {
                open.pop();
                next = Next::CommaOrEnd;
            }
            (b']', Next::ValueOrEnd | Next::CommaOrEnd) if open.last() == Some(&b'[') => {
                open.pop();
                next = Next::CommaOrEnd;
            }
            (b'"', _) if expects_value => match string_end(bytes, at) {
                Ok(after) => (at, next) = (after, Next::CommaOrEnd),
                Err(None) => return missing,
                Err(Some(bad)) => return Extent::Broken(bad),
            },
            (b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z', _) if expects_value => {
                let word = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.');
                at += bytes[at..].iter().take_while(word).count();
                if at == bytes.len() && (limited || !end) {
                    return missing;
                }
                next = Next::CommaOrEnd;
            }
            _ => return Extent::Broken(at - 1),
        }
        if open.is_empty() && next == Next::CommaOrEnd {
            return Extent::Whole(at);
        }
    }
}

/// The byte after the string whose content begins at a byte: `Err(None)` if it is not closed here.
fn string_end(bytes: &[u8], mut at: usize) -> Result<usize, Option<usize>> {
    loop {
        match bytes.get(at) {
            None => return Err(None),
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at += 2,
            // Line ends and tabs must be escaped: a raw one says that a closing quote was lost before.
            Some(0..=0x1f) => return Err(Some(at)),
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn extents() {
        for (text, expected) in [
            (r#"{"a":[1,{"b":"}\""}],"c":{}} ,"#, Extent::Whole(28)),
            ("[] x", Extent::Whole(2)),
            ("12,", Extent::Whole(2)),
            (r#""a"b"#, Extent::Whole(3)),
            (r#"{"a":"b},{"c":1}"#, Extent::Broken(11)),
            (r#"{"a":1,{"c":1}}"#, Extent::Broken(7)),
            ("{\"a\":\"b\nc\"}", Extent::Broken(7)),
            (r#"{"a":1]"#, Extent::Broken(6)),
            (r#"{"a":"#, Extent::Broken(5)),
            ("[1,]", Extent::Broken(3)),
        ] {
            assert_eq!(extent(text.as_bytes(), true), expected, "{text}");
        }
        assert_eq!(extent(br#"{"a":"#, false), Extent::More);
        assert_eq!(extent(b"12", false), Extent::More);
        assert_eq!(extent(&vec![b'['; 100_000], true), Extent::TooDeep(limits::JSON_DEPTH));
    }

    proptest! {
        #[test]
        fn whole_where_serde_json_says_so(text in r#"[\[{][\[\]{}",:a1 \\]{0,24}"#) {
            let mut values = serde_json::Deserializer::from_str(&text).into_iter::<serde::de::IgnoredAny>();
            if let Some(Ok(_)) = values.next() {
                prop_assert_eq!(extent(text.as_bytes(), true), Extent::Whole(values.byte_offset()));
            }
        }

        #[test]
        fn whole_where_a_value_was_written(value in any::<Vec<(String, Option<i32>, Vec<bool>)>>(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let text = text.expect("written");
            prop_assert_eq!(extent(format!("{text} x").as_bytes(), true), Extent::Whole(text.len()));
        }
    }
}
