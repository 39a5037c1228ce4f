//! How the dictionary stands in the program: the build script writes it, the cutter reads it.

/// Codes of characters begin with the ASCII letters and digits; 0 stands for every character that is in no word.
pub const LETTERS: u16 = 62;

/// Whether jieba cuts a character together with its neighbors: Han, letters, digits and a few signs. All others stand alone.
pub fn joins_run(c: char) -> bool {
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-'),
        // The gaps between these ranges hold no characters.
        _ => {
            matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2EBEF}' | '\u{2F800}'..='\u{2FA1F}')
        }
    }
}

/// Characters below this one have a place in the table of codes; no word has a later one.
pub const CHARACTERS: usize = 0xA000;

/// The number of bits that stand for pairs of neighbors is two to this power.
const PAIR_BITS: u32 = 22;

/// Bytes of the table of pairs.
pub const PAIR_BYTES: usize = 1 << (PAIR_BITS - 3);

/// The place of two neighboring characters in the table of pairs: a byte and its bit. Some pairs share a bit.
pub fn pair_bit(first: u16, second: u16) -> (usize, u8) {
    let hash = (u32::from(first) << 14 ^ u32::from(second)).wrapping_mul(0x9E37_79B1) >> (32 - PAIR_BITS);
    (hash as usize / 8, 1 << (hash % 8))
}

/// A node of the trie in a double array: the children of a node stand at its base plus their codes.
///
/// 24 bits tell to which base a node belongs, 24 bits are its own base (0 where no word goes on), 16 bits the number of its score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node(u64);

impl Node {
    /// The number of the score where no word ends; among the scores it is that of a character that is no word.
    pub const NO_WORD: u16 = 0;
    /// A slot in which there is no node.
    pub const FREE: Self = Self(u64::MAX);
    /// Largest base.
    pub const MOST: u32 = (1 << 24) - 2;

    /// Packs a node.
    pub fn new(owner: u32, base: u32, score: u16) -> Self {
        Self(u64::from(owner) << 40 | u64::from(base) << 16 | u64::from(score))
    }

    /// The base to which the node belongs.
    pub fn owner(self) -> u32 {
        (self.0 >> 40) as u32
    }

    /// The base of its children. No node belongs to base 0.
    pub fn base(self) -> u32 {
        (self.0 >> 16) as u32 & 0xFF_FFFF
    }

    /// The number of its score.
    pub fn score(self) -> u16 {
        self.0 as u16
    }

    /// The node in the bytes of the table.
    pub fn of_bytes(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    /// The bytes of the table.
    pub fn to_bytes(self) -> [u8; 8] {
        self.0.to_le_bytes()
    }
}
