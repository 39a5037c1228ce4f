//! The posts as sequences of symbols: a Chinese character or a Latin word is one; clauses apart, the label's own hits covered.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::normalize::span::{Raw, Span};
use crate::normalize::{Document, is_han};
use crate::segment::Outline;

/// A symbol that no candidate may reach over: punctuation inside a clause, an emoji, an address.
pub(super) const BREAK: u32 = 0;
/// A symbol in place of words that gave the label.
pub(super) const HIT: u32 = 1;
/// The end of a clause.
pub(super) const END: u32 = 2;
/// The first symbol that stands for itself.
const FIRST: u32 = 3;

/// What covers a hit in the raw text: a character of the private use area, in which nobody writes.
const COVER: char = '\u{F8FF}';

/// A post as it was read: its text, and the same with the hits of the label covered.
pub(super) struct Seen {
    pub raw: Box<str>,
    covered: Option<Box<str>>,
}

impl Seen {
    /// A post with the places that gave the label.
    pub fn new(text: &str, hits: &mut [Span<Raw>]) -> Self {
        hits.sort_unstable();
        let mut covered = String::with_capacity(text.len());
        let mut at = 0;
        for hit in hits.iter() {
            let (start, end) = (hit.start as usize, hit.end as usize);
            if end <= at {
                continue;
            }
            covered.push_str(&text[at..start.max(at)]);
            covered.push(COVER);
            at = end;
        }
        covered.push_str(&text[at..]);
        Self { raw: text.into(), covered: (!hits.is_empty()).then(|| covered.into()) }
    }
}

/// A post as symbols.
pub(super) struct Text {
    pub raw: Box<str>,
    pub symbols: Box<[u32]>,
    /// Whether the label stands in it.
    pub labelled: bool,
}

/// All posts.
#[derive(Default)]
pub(super) struct Corpus {
    pub texts: Vec<Text>,
    names: Vec<Box<str>>,
    ids: FxHashMap<Box<str>, u32>,
    outline: Outline,
    /// Clauses that were met, but the shortest.
    met: FxHashSet<Box<[u32]>>,
}

/// Symbols from which on a clause that comes again is a template, a signature or a copy: it counts once.
const TEMPLATE: usize = 5;

impl Corpus {
    /// Adds a post.
    pub fn add(&mut self, seen: Seen) {
        let mut outline = std::mem::take(&mut self.outline);
        let doc = Document::new(seen.covered.as_deref().unwrap_or(&seen.raw), 0);
        outline.read(doc.norm());
        let mut symbols = Vec::with_capacity(doc.norm().len() / 3);
        for clause in &outline.clauses {
            let from = symbols.len();
            self.clause(&doc, &outline, clause.span.range(), &mut symbols);
            if symbols.len() - from >= TEMPLATE && !self.met.insert(symbols[from..].into()) {
                symbols.truncate(from);
            } else {
                symbols.push(END);
            }
        }
        self.outline = outline;
        let labelled = seen.covered.is_some();
        drop(doc);
        self.texts.push(Text { raw: seen.raw, symbols: symbols.into(), labelled });
    }

    fn clause(&mut self, doc: &Document<'_>, outline: &Outline, range: std::ops::Range<usize>, out: &mut Vec<u32>) {
        let text = doc.norm();
        let mut word = outline.words.partition_point(|w| (w.start as usize) < range.start);
        let mut skip = range.start;
        for (i, c) in text[range.clone()].char_indices() {
            let at = range.start + i;
            if at < skip {
                continue;
            }
            let symbol = if c == COVER {
                HIT
            } else if is_han(c) {
                if doc.is_foreign(Span::new(at, at + c.len_utf8())) {
                    BREAK
                } else {
                    self.id(&text[at..at + c.len_utf8()])
                }
            } else if let Some(span) = outline.words.get(word).filter(|w| w.start as usize == at) {
                (word, skip) = (word + 1, span.end as usize);
                if doc.is_foreign(*span) { BREAK } else { self.id(&text[span.range()]) }
            } else if matches!(c, ' ' | '-' | '\'' | '&') {
                continue;
            } else {
                BREAK
            };
            if symbol != BREAK || out.last() != Some(&BREAK) {
                out.push(symbol);
            }
        }
    }

    fn id(&mut self, name: &str) -> u32 {
        if let Some(&id) = self.ids.get(name) {
            return id;
        }
        let id = FIRST + self.names.len() as u32;
        self.names.push(name.into());
        self.ids.insert(name.into(), id);
        id
    }

    /// The known symbols of a normalized surface, in order.
    pub fn symbols_of(&self, surface: &str) -> Vec<u32> {
        let mut outline = Outline::default();
        outline.read(surface);
        let latin = outline.words.iter().map(|w| (w.start as usize, &surface[w.range()]));
        let han =
            surface.char_indices().filter(|&(_, c)| is_han(c)).map(|(at, c)| (at, &surface[at..at + c.len_utf8()]));
        let mut parts: Vec<(usize, &str)> = latin.chain(han).collect();
        parts.sort_unstable();
        parts.into_iter().filter_map(|(_, part)| self.ids.get(part).copied()).collect()
    }

    /// How often each symbol stands anywhere, and how many symbols there are that stand for themselves.
    pub fn frequencies(&self) -> (Vec<u64>, u64) {
        let mut symbols = vec![0; self.symbols()];
        let mut running = 0;
        for &symbol in self.texts.iter().flat_map(|t| &t.symbols).filter(|&&s| is_word(s)) {
            symbols[symbol as usize] += 1;
            running += 1;
        }
        (symbols, running)
    }

    /// The written form of a symbol; empty for those that do not stand for themselves.
    pub fn name(&self, symbol: u32) -> &str {
        symbol.checked_sub(FIRST).and_then(|at| self.names.get(at as usize)).map_or("", |name| name)
    }

    /// How many symbols there are, with those that do not stand for themselves.
    pub fn symbols(&self) -> usize {
        self.names.len() + FIRST as usize
    }
}

/// Whether a symbol stands for itself.
pub(super) fn is_word(symbol: u32) -> bool {
    symbol >= FIRST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_covered_and_clauses_end() {
        let text = "喝了啤酒，Craft-beer 好@someone";
        let at = text.find("啤酒").expect("there");
        let mut corpus = Corpus::default();
        corpus.add(Seen::new(text, &mut [Span::new(at, at + 6)]));
        let text = &corpus.texts[0];
        let shown: Vec<&str> = text
            .symbols
            .iter()
            .map(|&s| match s {
                BREAK => "#",
                HIT => "*",
                END => "|",
                s => corpus.name(s),
            })
            .collect();
        assert_eq!(shown, ["喝", "了", "*", "|", "craft", "beer", "好", "#", "|"]);
        assert!(text.labelled);
    }
}
