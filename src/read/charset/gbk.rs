//! Which characters GBK writes in two bytes, and in which: encoding_rs looks each up in a list, which is too slow for
//! every post.

use std::sync::LazyLock;

use encoding_rs::GBK;

/// The two bytes of each character below U+10000, 0 without any; made from the decoder's own table.
static PAIRS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut pairs = vec![0; 0x1_0000];
    for lead in 0x81..=0xfeu8 {
        for trail in (0x40..=0xfeu8).filter(|&trail| trail != 0x7f) {
            let bytes = [lead, trail];
            let Some(text) = GBK.decode_without_bom_handling_and_without_replacement(&bytes) else { continue };
            let mut characters = text.chars();
            if let (Some(character), None) = (characters.next(), characters.next())
                && let Some(place) = pairs.get_mut(character as usize)
            {
                *place = u16::from_be_bytes([lead, trail]);
            }
        }
    }
    pairs
});

/// The two bytes of a character, if it has such.
pub(in crate::read) fn pair(character: char) -> Option<[u8; 2]> {
    PAIRS.get(character as usize).filter(|&&pair| pair != 0).map(|pair| pair.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_come_back() {
        for text in ["咖啡", "，", "發", "é"] {
            let bytes: Vec<u8> = text.chars().filter_map(pair).flatten().collect();
            assert_eq!(GBK.decode_without_bom_handling(&bytes).0, text);
        }
        assert_eq!((pair('a'), pair('🧋')), (None, None));
    }
}
