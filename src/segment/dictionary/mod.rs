//! jieba's dictionary, packed by the build script and read where it stands: loading it costs nothing, and only pages that are read take memory.

#[cfg(test)]
mod compile;
#[allow(dead_code)] // one half is for the build script
mod layout;
#[cfg(test)]
mod placement;

pub(super) use layout::{Node, joins_run};

use layout::{LETTERS, pair_bit};

/// Includes a table of the build script as rows of so many bytes.
macro_rules! table {
    ($name:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/dictionary/", $name)).as_chunks().0
    };
}

static CODES: &[[u8; 2]] = table!("codes");
static ROOTS: &[[u8; 8]] = table!("roots");
static NODES: &[[u8; 8]] = table!("nodes");
static SCORES: &[[u8; 8]] = table!("scores");
static PAIRS: &[[u8; 1]] = table!("pairs");

/// The code of a character; 0 for one that is in no word of the dictionary and that no word is joined over.
#[inline]
pub(super) fn code(c: char) -> u16 {
    CODES.get(c as usize).map_or(0, |&code| u16::from_le_bytes(code))
}

/// Whether a code is that of an ASCII letter or digit.
#[inline]
pub(super) fn is_letter(code: u16) -> bool {
    (1..=LETTERS).contains(&code)
}

/// Whether two neighbors may be of one token. Where not, a boundary is certain: no word has them side by side, and they are no two letters, which are
/// joined whatever they spell.
#[inline]
pub(super) fn may_join(first: u16, second: u16) -> bool {
    if is_letter(first) && is_letter(second) {
        return true;
    }
    let (byte, bit) = pair_bit(first, second);
    first != 0 && second != 0 && PAIRS[byte][0] & bit != 0
}

/// The node of the words that begin with a character.
#[inline]
pub(super) fn root(code: u16) -> Node {
    ROOTS.get(usize::from(code)).map_or(Node::FREE, |&node| Node::of_bytes(node))
}

/// The node one character on.
#[inline]
pub(super) fn step(node: Node, code: u16) -> Option<Node> {
    let next = Node::of_bytes(*NODES.get(node.base() as usize + usize::from(code))?);
    (next.owner() == node.base()).then_some(next)
}

/// The score of a node's word; of [`Node::NO_WORD`], that of a character that is no word.
#[inline]
pub(super) fn score(number: u16) -> f64 {
    f64::from_le_bytes(SCORES[usize::from(number)])
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn the_tables_are_those_of_the_word_list() {
        let mut words = String::new();
        let packed = include_bytes!("words.txt.gz").as_slice();
        flate2::read::GzDecoder::new(packed).read_to_string(&mut words).expect("unpacks");
        let fresh = compile::compile(&words).expect("compiles");
        let carried = [
            CODES.as_flattened(),
            ROOTS.as_flattened(),
            NODES.as_flattened(),
            SCORES.as_flattened(),
            PAIRS.as_flattened(),
        ];
        assert!(carried == [&fresh.codes[..], &fresh.roots, &fresh.nodes, &fresh.scores, &fresh.pairs]);
    }
}
