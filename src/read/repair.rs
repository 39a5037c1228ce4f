//! Repairs that have one meaning only, made on request.

/// A row with characters in two halves, as databases write them that know 16-bit characters only (CESU-8), joined.
///
/// `None` where nothing is to be joined, or the row is not UTF-8 for another reason.
pub(super) fn halves_joined(row: &[u8]) -> Option<String> {
    let mut whole = Vec::with_capacity(row.len());
    let mut at = 0;
    while let Some(&byte) = row.get(at) {
        match row.get(at..at + 6).and_then(joined) {
            Some(character) => {
                whole.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                at += 6;
            }
            None => {
                whole.push(byte);
                at += 1;
            }
        }
    }
    if whole.len() == row.len() { None } else { String::from_utf8(whole).ok() }
}

/// The character of two halves of three bytes each.
fn joined(six: &[u8]) -> Option<char> {
    let half = |three: &[u8]| match three {
        &[0xed, middle @ 0xa0..=0xbf, last @ 0x80..=0xbf] => {
            Some(0xd000 | u32::from(middle & 0x3f) << 6 | u32::from(last & 0x3f))
        }
        _ => None,
    };
    match (half(&six[..3])?, half(&six[3..])?) {
        (high @ 0xd800..=0xdbff, low @ 0xdc00..=0xdfff) => {
            char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
        }
        _ => None,
    }
}

/// A JSON text with the raw tabs in its strings escaped; `None` where there are none.
pub(super) fn tabs_escaped(row: &str) -> Option<String> {
    memchr::memchr(b'\t', row.as_bytes())?;
    let mut out = String::with_capacity(row.len() + 8);
    let (mut inside, mut escaped, mut found) = (false, false, false);
    for c in row.chars() {
        match c {
            '\t' if inside => {
                out.push_str("\\t");
                found = true;
            }
            c => out.push(c),
        }
        if c == '"' && !escaped {
            inside = !inside;
        }
        escaped = c == '\\' && !escaped;
    }
    found.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_certain_is_repaired() {
        assert_eq!(halves_joined(b"a\xed\xa0\xbd\xed\xb8\x80b").as_deref(), Some("a😀b"));
        for row in [&b"plain"[..], b"\xed\xa0\xbd", b"\xed\xb8\x80\xed\xa0\xbd", b"\xff\xed\xa0\xbd\xed\xb8\x80"] {
            assert_eq!(halves_joined(row), None);
        }
        assert_eq!(tabs_escaped("{\"a\":\t\"b\tc\"}").as_deref(), Some("{\"a\":\t\"b\\tc\"}"));
        assert_eq!(tabs_escaped("{\"a\\\"\":\t1}"), None);
    }
}
