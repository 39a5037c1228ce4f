//! Text that was UTF-8, was read as something else, and was saved so.

use encoding_rs::WINDOWS_1252;

use crate::read::charset::gbk;

/// Characters that are looked at first: of ordinary text the first few are no UTF-8 in other clothes.
const GLANCE: usize = 8;
/// Characters that must come out of GBK: of fewer a text may be UTF-8 by chance.
const FEWEST: usize = 4;

/// Whether a text is UTF-8 that was taken for windows-1252 (`å’–å•¡`) or for GBK (`鍜栧暋`).
pub(crate) fn is_mojibake(text: &str) -> bool {
    // What could not be taken for a character ends what can be turned back.
    let text = memchr::memmem::find(text.as_bytes(), "\u{fffd}".as_bytes()).map_or(text, |end| &text[..end]);
    // Only text with letters of Latin-1 has this byte.
    if memchr::memchr(0xc3, text.as_bytes()).is_some() {
        let (bytes, _, unmapped) = WINDOWS_1252.encode(text);
        if !unmapped && characters(&bytes) >= 2 {
            return true;
        }
    }
    let mut bytes: Vec<u8> = Vec::new();
    let mut seen = 0;
    for c in text.chars() {
        if c.is_ascii() {
            bytes.push(c as u8);
            continue;
        }
        let Some(pair) = gbk::pair(c) else { return false };
        bytes.extend(pair);
        seen += 1;
        if seen == GLANCE && characters(&bytes) < FEWEST {
            return false;
        }
    }
    seen > 0 && characters(&bytes) >= FEWEST
}

/// Characters beyond ASCII that the bytes are in UTF-8; 0 where they are none.
fn characters(bytes: &[u8]) -> usize {
    let whole = match std::str::from_utf8(bytes) {
        Ok(whole) => whole,
        // The end may be cut off inside a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return 0,
    };
    whole.chars().filter(|c| !c.is_ascii()).count()
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    #[test]
    fn only_text_that_turns_back_is_suspected() {
        for (text, encoding) in [("咖啡好喝", WINDOWS_1252), ("这家咖啡很好喝", GB18030), ("好喝，再来一杯吧", GB18030)]
        {
            let wrong = encoding.decode_without_bom_handling(text.as_bytes()).0;
            assert!(is_mojibake(&wrong), "{wrong}");
        }
        for text in ["", "咖啡好喝", "café – naïve", "Ãgypten", "déjà vu", "鍜和", "😀😀😀😀", "飲茶先啦"]
        {
            assert!(!is_mojibake(text), "{text}");
        }
    }
}
