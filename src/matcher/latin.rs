//! Latin surfaces: words by hash, phrases by a trie over words. Words give their boundaries for free.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Term, forms};
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// No word, no node, no pattern.
const NONE: u32 = u32::MAX;
/// Shortest and longest stem of an open word (`refresh*`) that is looked for.
const STEM: std::ops::RangeInclusive<usize> = 3..=16;

/// A trie whose letters are words.
#[derive(Debug, Default)]
pub(super) struct WordTrie {
    words: FxHashMap<Box<str>, u32>,
    /// Open words by stem; they stand only at the end of a phrase.
    stems: FxHashMap<Box<str>, u32>,
    /// First three bytes of the stems: most words fail here.
    stem_heads: FxHashSet<[u8; 3]>,
    edges: FxHashMap<(u32, u32), u32>,
    /// Pattern that ends at a node.
    ends: Vec<u32>,
    /// Scratch-free first step: node by word.
    first: Vec<u32>,
}

/// Word ids of one text, reused from text to text.
#[derive(Debug, Default)]
pub(super) struct WordIds {
    exact: Vec<u32>,
    open: Vec<(u32, u32)>,
}

impl WordTrie {
    pub(super) fn new() -> Self {
        Self { ends: vec![NONE], ..Self::default() }
    }

    /// Adds a phrase of words; returns the pattern that already ends there, or the given one.
    pub(super) fn insert(&mut self, words: &[&str], open: bool, pattern: u32) -> u32 {
        let mut node = 0;
        for (i, word) in words.iter().enumerate() {
            let last = i + 1 == words.len();
            let id = if open && last { self.stem(word) } else { self.word(word) };
            let next = self.ends.len() as u32;
            let to = *self.edges.entry((node, id)).or_insert(next);
            if to == next {
                self.ends.push(NONE);
            }
            node = to;
        }
        let end = &mut self.ends[node as usize];
        if *end == NONE {
            *end = pattern;
        }
        *end
    }

    fn word(&mut self, word: &str) -> u32 {
        let next = (self.words.len() + self.stems.len()) as u32;
        *self.words.entry(word.into()).or_insert(next)
    }

    fn stem(&mut self, stem: &str) -> u32 {
        let next = (self.words.len() + self.stems.len()) as u32;
        if let Some(head) = stem.as_bytes().first_chunk::<3>() {
            self.stem_heads.insert(*head);
        }
        *self.stems.entry(stem.into()).or_insert(next)
    }

    /// Builds the table of first steps and gives the patterns their final numbers; call once after the last `insert`.
    pub(super) fn finish(&mut self, ranks: &[u32]) {
        for end in self.ends.iter_mut().filter(|end| **end != NONE) {
            *end = ranks[*end as usize];
        }
        self.first = vec![NONE; self.words.len() + self.stems.len()];
        for (&(node, word), &to) in &self.edges {
            if node == 0 {
                self.first[word as usize] = to;
            }
        }
    }

    /// Reports every phrase of the trie that stands in a text, overlapping ones too.
    pub(super) fn find(&self, text: &str, outline: &Outline, ids: &mut WordIds, mut found: impl FnMut(u32, Span<Norm>)) {
        self.look_up(text, outline, ids);
        let words = &outline.words;
        for start in 0..words.len() {
            let mut node = 0;
            for at in start..words.len() {
                if at > start && !joined(text, words[at - 1].end, words[at].start) {
                    break;
                }
                let span = Span::new(words[start].start as usize, words[at].end as usize);
                for &(_, stem) in open_at(&ids.open, at as u32) {
                    if let Some(end) = self.step(node, stem)
                        && self.ends[end as usize] != NONE
                    {
                        found(self.ends[end as usize], span);
                    }
                }
                match self.step(node, ids.exact[at]) {
                    None => break,
                    Some(next) => node = next,
                }
                if self.ends[node as usize] != NONE {
                    found(self.ends[node as usize], span);
                }
            }
        }
    }

    fn step(&self, node: u32, word: u32) -> Option<u32> {
        if word == NONE {
            None
        } else if node == 0 {
            Some(self.first[word as usize]).filter(|&n| n != NONE)
        } else {
            self.edges.get(&(node, word)).copied()
        }
    }

    fn look_up(&self, text: &str, outline: &Outline, ids: &mut WordIds) {
        ids.exact.clear();
        ids.open.clear();
        for (i, span) in outline.words.iter().enumerate() {
            let word = &text[span.range()];
            let exact = self.words.get(word).or_else(|| word.strip_suffix("'s").and_then(|w| self.words.get(w)));
            ids.exact.push(exact.copied().unwrap_or(NONE));
            if word.as_bytes().first_chunk::<3>().is_some_and(|head| self.stem_heads.contains(head)) {
                for end in STEM {
                    if let Some(&stem) = word.get(..end).and_then(|s| self.stems.get(s)) {
                        ids.open.push((i as u32, stem));
                    }
                }
            }
        }
    }
}

/// The open words at one position.
fn open_at(open: &[(u32, u32)], at: u32) -> &[(u32, u32)] {
    let from = open.partition_point(|&(i, _)| i < at);
    let to = open.partition_point(|&(i, _)| i <= at);
    &open[from..to]
}

/// Whether two words belong to one phrase: only a space, a hyphen or the like between them.
fn joined(text: &str, from: u32, to: u32) -> bool {
    let between = &text.as_bytes()[from as usize..to as usize];
    between.len() <= 3 && between.iter().all(|b| matches!(b, b' ' | b'-' | b'&' | b'.' | b'/' | b'\'' | b'+' | b'_'))
}

/// Words whose form without the apostrophe is another word.
const KEEP_APOSTROPHE: [&str; 12] =
    ["ill", "well", "were", "its", "id", "shell", "hell", "wed", "shed", "hed", "whore", "lets"];

/// All forms of a Latin surface: English endings of the first and last word, and the spelling without apostrophes.
pub(super) fn variants(term: &Term, words: &[&str], noun: bool) -> Vec<Vec<String>> {
    let base: Vec<String> = words.iter().map(|&w| w.to_owned()).collect();
    let mut out = vec![base.clone()];
    let (first, last) = (0, words.len() - 1);
    if !term.exact && !term.open {
        let verb = !noun || term.verb;
        let mut with = |i: usize, verb: bool| {
            for form in forms(words[i], verb) {
                let mut variant = base.clone();
                variant[i] = form;
                out.push(variant);
            }
        };
        with(last, verb);
        if verb && first != last {
            with(first, true);
        }
    }
    for i in 0..out.len() {
        if out[i].iter().any(|w| w.contains('\'')) {
            let plain: Vec<String> = out[i].iter().map(|w| w.replace('\'', "")).collect();
            if !plain.iter().any(|w| KEEP_APOSTROPHE.contains(&w.as_str())) {
                out.push(plain);
            }
        }
    }
    out
}
