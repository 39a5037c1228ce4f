//! Latin surfaces: words by hash, phrases by a trie over words. Words give their boundaries for free.

use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::filter::Filter;
use super::hashed::Hashed;
use super::packed::{Cells, Row, Rows, number};
use crate::lexicon::{Term, forms};
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// No word, no node, no pattern.
const NONE: u32 = u32::MAX;
/// Shortest and longest stem of an open word (`refresh*`) that is looked for.
const STEM: std::ops::RangeInclusive<usize> = 3..=16;

/// A trie whose letters are words.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub(super) struct WordTrie {
    /// Words of up to 16 bytes, as one number: nearly all.
    words: Hashed<u128, 5>,
    long_words: FxHashMap<Box<str>, u32>,
    /// Open words by their first three bytes, shortest first; they stand only at the end of a phrase.
    stems: FxHashMap<[u8; 3], Vec<(Box<str>, u32)>>,
    /// A bit per beginning of a stem: most words fail here.
    heads: Heads,
    ids: u32,
    /// From a node by a word to a node.
    edges: Hashed<(u32, u32), 3>,
    /// A bit per edge beyond the root: most words do not go on as a phrase.
    onward: Filter<16384>,
    nodes: Rows<Node, 2>,
    /// The node behind a word at the root.
    first: Rows<u32, 1>,
    /// Words and edges while surfaces are still being added.
    #[serde(skip)]
    growing: Growing,
}

/// The maps of a trie that is not finished yet.
#[derive(Debug, Default)]
struct Growing {
    words: FxHashMap<u128, u32>,
    edges: FxHashMap<(u32, u32), u32>,
}

/// A place in the trie.
#[derive(Debug, Clone, Copy)]
struct Node {
    /// The pattern that ends here.
    end: u32,
    /// Whether anything follows.
    goes_on: bool,
}

impl Node {
    /// Nothing ends here, and nothing follows.
    const BARE: Self = Self { end: NONE, goes_on: false };
}

impl Row<2> for Node {
    #[inline]
    fn to_cells(&self) -> [u32; 2] {
        [self.end, u32::from(self.goes_on)]
    }

    #[inline]
    fn of_cells(&[end, goes_on]: &Cells<2>) -> Self {
        let (end, goes_on) = (number(end), number(goes_on));
        Self { end, goes_on: goes_on != 0 }
    }
}

/// A small filter over three letters.
#[derive(Debug, Serialize, Deserialize)]
struct Heads(Box<[u64]>);

impl Default for Heads {
    fn default() -> Self {
        Self(vec![0; 512].into())
    }
}

impl Heads {
    fn bit(head: [u8; 3]) -> (usize, u64) {
        let [a, b, c] = head.map(|byte| usize::from(byte & 31));
        let bit = a << 10 | b << 5 | c;
        (bit / 64, 1 << (bit % 64))
    }

    fn add(&mut self, head: [u8; 3]) {
        let (word, bit) = Self::bit(head);
        self.0[word] |= bit;
    }

    fn may_hold(&self, head: [u8; 3]) -> bool {
        let (word, bit) = Self::bit(head);
        self.0[word] & bit != 0
    }
}

/// Word ids of one text, reused from text to text.
#[derive(Debug, Default)]
pub(super) struct WordIds {
    exact: Vec<u32>,
    open: Vec<(u32, u32)>,
}

/// A word of up to 16 bytes as a number; words hold no zero bytes, so that no two words give the same.
fn packed(word: &[u8]) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word);
    Some(u128::from_le_bytes(bytes))
}

/// The same for a word in a text: where there are bytes enough behind it, all are taken at once and those behind it cleared.
#[inline]
fn packed_at(text: &[u8], word: Range<usize>) -> Option<u128> {
    match text[word.start..].first_chunk() {
        Some(&bytes) if (1..=16).contains(&word.len()) => {
            Some(u128::from_le_bytes(bytes) & (u128::MAX >> (128 - 8 * word.len())))
        }
        _ => packed(&text[word]),
    }
}

impl WordTrie {
    pub(super) fn new() -> Self {
        Self { nodes: std::iter::once(Node::BARE).collect(), ..Self::default() }
    }

    /// Adds a phrase of words; returns the pattern that already ends there, or the given one.
    pub(super) fn insert(&mut self, words: &[&str], open: bool, pattern: u32) -> u32 {
        let mut node = 0;
        for (i, word) in words.iter().enumerate() {
            let last = i + 1 == words.len();
            let id = if open && last { self.stem(word) } else { self.word(word) };
            let next = self.nodes.len() as u32;
            let to = *self.growing.edges.entry((node, id)).or_insert(next);
            if to == next {
                self.nodes.push(&Node::BARE);
                self.nodes.change(node as usize, |node| node.goes_on = true);
            }
            node = to;
        }
        let end = self.nodes.row(node as usize).end;
        if end != NONE {
            return end;
        }
        self.nodes.change(node as usize, |node| node.end = pattern);
        pattern
    }

    fn word(&mut self, word: &str) -> u32 {
        let id = match packed(word.as_bytes()) {
            Some(key) => *self.growing.words.entry(key).or_insert(self.ids),
            None => *self.long_words.entry(word.into()).or_insert(self.ids),
        };
        self.ids += u32::from(id == self.ids);
        id
    }

    fn stem(&mut self, stem: &str) -> u32 {
        let head = stem.as_bytes().first_chunk().copied().unwrap_or_default();
        let same_head = self.stems.entry(head).or_default();
        if let Some((_, id)) = same_head.iter().find(|(known, _)| **known == *stem) {
            return *id;
        }
        let id = self.ids;
        self.ids += 1;
        if STEM.contains(&stem.len()) {
            self.heads.add(head);
            same_head.push((stem.into(), id));
            same_head.sort_unstable_by_key(|(stem, _)| stem.len());
        }
        id
    }

    /// Lays out the maps and builds the table of first steps; call once after the last `insert`.
    pub(super) fn finish(&mut self) {
        let Growing { words, edges } = std::mem::take(&mut self.growing);
        let mut words: Vec<(u128, u32)> = words.into_iter().collect();
        words.sort_unstable_by_key(|&(_, id)| id);
        let mut edges: Vec<((u32, u32), u32)> = edges.into_iter().collect();
        edges.sort_unstable();
        let mut first = vec![NONE; self.ids as usize];
        for &((node, word), to) in &edges {
            if node == 0 {
                first[word as usize] = to;
            } else {
                self.onward.add(edge_hash(node, word));
            }
        }
        self.first = first.into_iter().collect();
        (self.words, self.edges) = (Hashed::of(words), Hashed::of(edges));
    }

    /// Gives the patterns their final numbers.
    pub(super) fn renumber(&mut self, ranks: &[u32]) {
        self.nodes.change_all(|node| {
            if node.end != NONE {
                node.end = ranks[node.end as usize];
            }
        });
    }

    /// Reports every phrase of the trie that stands in a text, overlapping ones too.
    pub(super) fn find(
        &self,
        text: &str,
        outline: &Outline,
        ids: &mut WordIds,
        mut found: impl FnMut(u32, Span<Norm>),
    ) {
        self.look_up(text, outline, ids);
        let mut ends_at = |node: u32, span| {
            let end = self.nodes.row(node as usize).end;
            if end != NONE {
                found(end, span);
            }
        };
        let words = &outline.words;
        for start in 0..words.len() {
            let mut node = 0;
            for at in start..words.len() {
                if at > start
                    && !(self.nodes.row(node as usize).goes_on
                        && joined(text, outline, words[at - 1].end, words[at].start))
                {
                    break;
                }
                let span = Span::new(words[start].start as usize, words[at].end as usize);
                for &(_, stem) in open_at(&ids.open, at as u32) {
                    if let Some(to) = self.step(node, stem) {
                        ends_at(to, span);
                    }
                }
                match self.step(node, ids.exact[at]) {
                    None => break,
                    Some(next) => node = next,
                }
                ends_at(node, span);
            }
        }
    }

    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if word == NONE {
            None
        } else if node == 0 {
            Some(self.first.row(word as usize)).filter(|&n| n != NONE)
        } else if self.onward.may_hold(edge_hash(node, word)) {
            self.edges.get((node, word))
        } else {
            None
        }
    }

    fn look_up(&self, text: &str, outline: &Outline, ids: &mut WordIds) {
        ids.exact.clear();
        ids.open.clear();
        for (i, span) in outline.words.iter().enumerate() {
            let word = &text[span.range()];
            let exact = self.id(text, span.range());
            let owner =
                if word.ends_with("'s") { self.id(text, span.range().start..span.range().end - 2) } else { None };
            ids.exact.push(exact.or(owner).unwrap_or(NONE));
            // A phrase elsewhere may know the word with its `'s`; the word without it counts at the end of a phrase all the same.
            if let (Some(_), Some(owner)) = (exact, owner) {
                ids.open.push((i as u32, owner));
            }
            if let Some(head) = word.as_bytes().first_chunk()
                && self.heads.may_hold(*head)
                && let Some(stems) = self.stems.get(head)
            {
                let fitting = stems.iter().filter(|(stem, _)| word.starts_with(&**stem));
                ids.open.extend(fitting.map(|&(_, id)| (i as u32, id)));
            }
        }
    }

    fn id(&self, text: &str, word: Range<usize>) -> Option<u32> {
        match packed_at(text.as_bytes(), word.clone()) {
            Some(key) => self.words.get(key),
            None => self.long_words.get(&text[word]).copied(),
        }
    }
}

fn edge_hash(node: u32, word: u32) -> u32 {
    (node.wrapping_mul(0x85EB_CA6B) ^ word).wrapping_mul(0x9E37_79B1)
}

/// The open words at one position.
fn open_at(open: &[(u32, u32)], at: u32) -> &[(u32, u32)] {
    if open.is_empty() {
        return open;
    }
    let from = open.partition_point(|&(i, _)| i < at);
    let to = open.partition_point(|&(i, _)| i <= at);
    &open[from..to]
}

/// Whether two words belong to one phrase: only a space, a hyphen or the like between them; a full stop only where it ends no sentence
/// ("dr. pepper", "george t. stagg", not "my car. Service").
pub(super) fn joined(text: &str, outline: &Outline, from: u32, to: u32) -> bool {
    let bytes = text.as_bytes();
    let between = &bytes[from as usize..to as usize];
    let is_initial = || from < 2 || !bytes[from as usize - 2].is_ascii_alphanumeric();
    between.len() <= 3
        && between.iter().all(|b| matches!(b, b' ' | b'-' | b'&' | b'.' | b'/' | b'\'' | b'+' | b'_'))
        && (!between.contains(&b'.') || is_initial() || outline.sentence_at(from - 1) == outline.sentence_at(to))
}

/// Words whose form without the apostrophe is another word.
const KEEP_APOSTROPHE: [&str; 12] =
    ["ill", "well", "were", "its", "id", "shell", "hell", "wed", "shed", "hed", "whore", "lets"];

/// Hands on all forms of a Latin surface: English endings of the first and last word, and the spelling without apostrophes.
pub(super) fn variants(term: &Term, words: &[&str], noun: bool, mut each: impl FnMut(&[&str])) {
    let mut with_plain = |variant: &[&str]| {
        each(variant);
        if variant.iter().any(|w| w.contains('\'')) {
            let plain: Vec<String> = variant.iter().map(|w| w.replace('\'', "")).collect();
            if !plain.iter().any(|w| KEEP_APOSTROPHE.contains(&w.as_str())) {
                each(&plain.iter().map(String::as_str).collect::<Vec<_>>());
            }
        }
    };
    with_plain(words);
    if term.exact || term.open {
        return;
    }
    let verb = !noun || term.verb;
    let (first, last) = (0, words.len() - 1);
    let ends = |at: usize| forms(words[at], verb).into_iter().map(move |form| (at, form));
    let at_first = (verb && first != last).then(|| ends(first));
    let changed: Vec<(usize, String)> = ends(last).chain(at_first.into_iter().flatten()).collect();
    let mut variant = words.to_vec();
    for (at, form) in &changed {
        variant[*at] = form;
        with_plain(&variant);
        variant[*at] = words[*at];
    }
}
