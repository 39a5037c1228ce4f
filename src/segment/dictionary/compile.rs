//! Words with their frequencies → the tables of the dictionary. It runs in the build script; the crate compiles it only for its tests.

use std::collections::BTreeMap;

use super::layout::{CHARACTERS, LETTERS, Node, PAIR_BYTES, joins_run, pair_bit};
use super::placement::Placement;

/// The tables, each as the bytes that are read at run time.
#[derive(Debug, PartialEq, Eq)]
pub struct Tables {
    /// Per character its code, two bytes each.
    pub codes: Vec<u8>,
    /// Per code the node of the words that begin with it, eight bytes each.
    pub roots: Vec<u8>,
    /// All other nodes, eight bytes each.
    pub nodes: Vec<u8>,
    /// Distinct scores, eight bytes each; number 0 is that of a character that is no word.
    pub scores: Vec<u8>,
    /// A bit per pair of neighbors in some word.
    pub pairs: Vec<u8>,
}

/// A node of the trie while it grows.
#[derive(Debug, Clone, Copy)]
struct Growing {
    code: u16,
    score: u16,
    parent: u32,
}

/// Packs a word list, one `word frequency` a line, sorted.
///
/// # Errors
/// A sentence on the line that cannot be used.
pub fn compile(words: &str) -> Result<Tables, String> {
    let entries = parse(words)?;
    let codes = Codes::of(&entries)?;
    let scores = Scores::of(&entries)?;
    let mut trie = vec![Growing { code: 0, score: 0, parent: 0 }];
    let mut pairs = vec![0; PAIR_BYTES];
    // The nodes of the word before: sorted words share their beginnings with it.
    let mut path: Vec<u32> = vec![0];
    let mut before: Vec<u16> = Vec::new();
    for &(word, frequency) in &entries {
        let coded: Vec<u16> = word.chars().map(|c| codes.code(c)).collect();
        // Characters that the cutter never joins with others (γ射线) have no code: their words are never found, but count in the total.
        if coded.contains(&0) {
            continue;
        }
        for pair in coded.windows(2) {
            let (byte, bit) = pair_bit(pair[0], pair[1]);
            pairs[byte] |= bit;
        }
        let shared = before.iter().zip(&coded).take_while(|(a, b)| a == b).count();
        path.truncate(shared + 1);
        for &code in &coded[shared..] {
            let parent = path[path.len() - 1];
            path.push(trie.len() as u32);
            trie.push(Growing { code, score: 0, parent });
        }
        trie[path[path.len() - 1] as usize].score = scores.number(frequency);
        before = coded;
    }
    let (roots, nodes) = pack(&trie, codes.by_code.len() + 1)?;
    let to_bytes = |nodes: &[Node]| nodes.iter().flat_map(|node| node.to_bytes()).collect();
    Ok(Tables {
        codes: codes.table().iter().flat_map(|code| code.to_le_bytes()).collect(),
        roots: to_bytes(&roots),
        nodes: to_bytes(&nodes),
        scores: scores.values.iter().flat_map(|score| score.to_le_bytes()).collect(),
        pairs,
    })
}

fn parse(words: &str) -> Result<Vec<(&str, u32)>, String> {
    let mut entries: Vec<(&str, u32)> = Vec::new();
    for (line, number) in words.lines().zip(1..) {
        let (word, frequency) = line.split_once(' ').ok_or(format!("line {number}: no frequency"))?;
        let frequency = frequency.parse().map_err(|e| format!("line {number}: {e}"))?;
        if frequency == 0 || entries.last().is_some_and(|&(before, _)| before >= word) {
            return Err(format!("line {number}: frequencies are positive, words sorted and each there once"));
        }
        entries.push((word, frequency));
    }
    Ok(entries)
}

/// Codes of characters, the most frequent first, so that what is often read stands close together.
struct Codes {
    /// From code 1 on.
    by_code: Vec<char>,
    codes: BTreeMap<char, u16>,
}

impl Codes {
    fn of(entries: &[(&str, u32)]) -> Result<Self, String> {
        let mut counts: BTreeMap<char, u64> = BTreeMap::new();
        for (word, frequency) in entries {
            for c in word.chars() {
                *counts.entry(c).or_default() += u64::from(*frequency);
            }
        }
        let letters = ('0'..='9').chain('a'..='z').chain('A'..='Z');
        let mut others: Vec<(char, u64)> =
            counts.into_iter().filter(|&(c, _)| !c.is_ascii_alphanumeric() && joins_run(c)).collect();
        others.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        let by_code: Vec<char> = letters.chain(others.into_iter().map(|(c, _)| c)).collect();
        if by_code.len() >= usize::from(u16::MAX) || by_code.iter().any(|&c| c as usize >= CHARACTERS) {
            return Err("the table of characters is too small".to_owned());
        }
        debug_assert_eq!(by_code[usize::from(LETTERS) - 1], 'Z');
        let codes = by_code.iter().zip(1..).map(|(&c, code)| (c, code)).collect();
        Ok(Self { by_code, codes })
    }

    fn code(&self, c: char) -> u16 {
        self.codes.get(&c).copied().unwrap_or(0)
    }

    fn table(&self) -> Vec<u16> {
        let mut table = vec![0; CHARACTERS];
        for (&c, &code) in &self.codes {
            table[c as usize] = code;
        }
        table
    }
}

/// Scores, the logarithms of relative frequencies: there are far fewer of them than words.
struct Scores {
    values: Vec<f64>,
    numbers: BTreeMap<u32, u16>,
}

impl Scores {
    fn of(entries: &[(&str, u32)]) -> Result<Self, String> {
        let total = entries.iter().map(|&(_, frequency)| u64::from(frequency)).sum::<u64>() as f64;
        let mut numbers: BTreeMap<u32, u16> = entries.iter().map(|&(_, frequency)| (frequency, 0)).collect();
        // A character that is no word has the score of a word seen once.
        let mut values = vec![0.0 - total.ln()];
        for (&frequency, number) in &mut numbers {
            *number = u16::try_from(values.len()).map_err(|_| "too many different frequencies".to_owned())?;
            values.push(f64::from(frequency).ln() - total.ln());
        }
        Ok(Self { values, numbers })
    }

    fn number(&self, frequency: u32) -> u16 {
        self.numbers.get(&frequency).copied().unwrap_or(0)
    }
}

/// The trie as a table of roots and a double array.
fn pack(trie: &[Growing], codes: usize) -> Result<(Vec<Node>, Vec<Node>), String> {
    // Children of one parent, by code; the parent is the first key.
    let mut children: Vec<(u32, u16, u32)> =
        (1..).zip(&trie[1..]).map(|(id, node)| (node.parent, node.code, id)).collect();
    children.sort_unstable();
    let mut families: Vec<&[(u32, u16, u32)]> =
        children.chunk_by(|a, b| a.0 == b.0).filter(|family| family[0].0 != 0).collect();
    families.sort_by_key(|family| std::cmp::Reverse(family.len()));
    let mut placement = Placement::new();
    let mut bases = vec![0; trie.len()];
    for family in &families {
        let codes: Vec<u16> = family.iter().map(|&(_, code, _)| code).collect();
        bases[family[0].0 as usize] = placement.place(&codes);
    }
    if bases.iter().any(|&base| base > Node::MOST) {
        return Err("the dictionary is too large for its nodes".to_owned());
    }
    let mut roots = vec![Node::new(0, 0, 0); codes];
    let mut nodes = Vec::new();
    for (node, id) in trie.iter().zip(0..).skip(1) {
        let (table, slot, owner) = match bases[node.parent as usize] {
            0 => (&mut roots, usize::from(node.code), 0),
            base => (&mut nodes, base as usize + usize::from(node.code), base),
        };
        if table.len() <= slot {
            table.resize(slot + 1, Node::FREE);
        }
        table[slot] = Node::new(owner, bases[id], node.score);
    }
    Ok((roots, nodes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_cannot_be_used_is_named() {
        for (words, fault) in [
            ("啤酒", "line 1: no frequency"),
            ("啤酒 3\n酒 x", "line 2: invalid digit found in string"),
            ("酒 3\n啤酒 3", "line 2: frequencies are positive, words sorted and each there once"),
            ("酒 0", "line 1: frequencies are positive, words sorted and each there once"),
        ] {
            assert_eq!(compile(words), Err(fault.to_owned()));
        }
    }

    #[test]
    fn every_child_gets_a_slot_of_its_own() {
        let mut placement = Placement::new();
        let mut taken = std::collections::BTreeSet::new();
        let mut bases = std::collections::BTreeSet::new();
        for codes in [&[1u16, 2, 5, 90][..], &[1, 2, 5, 90], &[3, 70_00], &[1, 4], &[1, 4], &[9], &[9], &[1], &[1]] {
            let base = placement.place(codes);
            assert!(bases.insert(base));
            assert!(codes.iter().all(|&code| taken.insert(base + u32::from(code))));
        }
    }
}
