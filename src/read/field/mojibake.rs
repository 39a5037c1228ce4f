//! Text that was UTF-8, was read as something else, and was saved so.

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

/// Characters that are looked at first: of ordinary text the first few are no UTF-8 in other clothes.
const GLANCE: usize = 8;

/// Whether a text is UTF-8 that was taken for windows-1252 (`å’–å•¡`) or for GBK (`鍜栧暋`).
pub(crate) fn is_mojibake(text: &str) -> bool {
    // What could not be taken for a character ends what can be turned back.
    let text = text.split('\u{fffd}').next().unwrap_or_default();
    // Only text with letters of Latin-1 has this byte.
    if memchr::memchr(0xc3, text.as_bytes()).is_some() && turned_back(text, WINDOWS_1252) >= 2 {
        return true;
    }
    let Some(start) = text.find(|c: char| !c.is_ascii()) else { return false };
    let glance: String = text[start..].chars().take(GLANCE).collect();
    turned_back(&glance, GB18030) >= 4 && turned_back(text, GB18030) >= 4
}

/// Characters beyond ASCII that come out when a text is turned back; 0 where it cannot be.
fn turned_back(text: &str, encoding: &'static Encoding) -> usize {
    let (bytes, _, unmapped) = encoding.encode(text);
    if unmapped {
        return 0;
    }
    let whole = match std::str::from_utf8(&bytes) {
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
