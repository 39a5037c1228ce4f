//! Text as it is kept: two bytes for what takes three in UTF-8 and fills Chinese posts.

/// Han characters and what stands before them from U+3000 on: the first byte is 0x80 to 0xEF.
const HAN: std::ops::RangeInclusive<u32> = 0x3000..=0x9FFF;
/// Full-width punctuation, by its last byte.
const WIDE: (u8, u32) = (0xF0, 0xFF00);
/// Quotation marks and dots, likewise.
const MARKS: (u8, u32) = (0xF1, 0x2000);
/// Anything else follows in UTF-8.
const OTHER: u8 = 0xFF;

/// A text in packed form.
pub(super) fn pack(text: &str, into: &mut Vec<u8>) {
    let mut utf8 = [0; 4];
    for c in text.chars() {
        let code = c as u32;
        let last = (code & 0xFF) as u8;
        match code {
            0..=0x7F => into.push(last),
            _ if HAN.contains(&code) => {
                let place = code - HAN.start();
                into.extend([0x80 | (place >> 8) as u8, last]);
            }
            _ if code & !0xFF == WIDE.1 => into.extend([WIDE.0, last]),
            _ if code & !0xFF == MARKS.1 => into.extend([MARKS.0, last]),
            _ => {
                into.push(OTHER);
                into.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
            }
        }
    }
}

/// The text of a packed form.
pub(super) fn unpack(packed: &[u8]) -> String {
    let mut text = String::with_capacity(packed.len() * 3 / 2);
    let mut rest = packed;
    while let Some((&first, behind)) = rest.split_first() {
        let last = behind.first().copied().map_or(0, u32::from);
        let (code, bytes) = match first {
            0..=0x7F => (u32::from(first), 0),
            OTHER => {
                let length = behind.first().map_or(0, |&byte| utf8_len(byte)).min(behind.len());
                text.push_str(std::str::from_utf8(&behind[..length]).unwrap_or_default());
                rest = &behind[length..];
                continue;
            }
            _ if first == WIDE.0 => (WIDE.1 | last, 1),
            _ if first == MARKS.0 => (MARKS.1 | last, 1),
            _ => (HAN.start() + (u32::from(first & 0x7F) << 8 | last), 1),
        };
        text.extend(char::from_u32(code));
        rest = behind.get(bytes..).unwrap_or_default();
    }
    text
}

/// Bytes of a character in UTF-8, by its first one.
fn utf8_len(first: u8) -> usize {
    match first {
        0..=0x7F => 1,
        0x80..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn packed(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        pack(text, &mut out);
        out
    }

    #[test]
    fn chinese_takes_two_bytes_a_character() {
        let text = "“啤酒”……就这样吧，好喝！（真的）3 瓶";
        assert_eq!(packed(text).len(), text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>());
        for text in [text, "𠮷野家 Ünïcode ☕️ 👨‍👩‍👧‍👦 \u{3000}\u{9FFF}\u{A000}\u{FFFF}\u{20FF}\u{2100}", ""]
        {
            assert_eq!(unpack(&packed(text)), text);
        }
    }

    proptest! {
        #[test]
        fn it_comes_back(text in any::<String>(), han in "[\u{2F00}-\u{A0FF}，。！“”a-z]{0,40}") {
            prop_assert_eq!(unpack(&packed(&text)), text);
            prop_assert_eq!(unpack(&packed(&han)), han);
        }
    }
}
