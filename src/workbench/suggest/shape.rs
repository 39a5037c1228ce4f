//! What surfaces look like: which symbols the label's own are made of, and with which ones surfaces begin and end.
//!
//! New words of a label are mostly made of the stuff of the known ones (夜宵, 宵夜摊), and no surface begins with 的 or ends with "the". Both are
//! learned from the lexicon itself, so that nothing about a language stands here.

use rustc_hash::{FxHashMap, FxHashSet};

use super::corpus::{Corpus, END};
use super::grams::Counts;
use crate::lexicon::{Entry, Lexicon, Target};

/// Own surfaces in which a symbol must stand to be telling.
const LEAST_OWN: u32 = 2;
/// Bits by which a telling symbol stands out, and the most that one can add.
const TELLING: f64 = 4.0;
const MOST: f64 = 8.0;

/// Symbols of surfaces, by place.
#[derive(Default)]
pub(super) struct Shape {
    /// Per symbol: its places in the label's own surfaces.
    own: FxHashMap<u32, Own>,
    own_symbols: u32,
    begin: FxHashMap<u32, u32>,
    end: FxHashMap<u32, u32>,
    surfaces: u32,
}

/// A symbol in the label's own surfaces.
#[derive(Default)]
struct Own {
    surfaces: u32,
    /// What stands before and after it; the edge of a surface counts as any number of things.
    before: FxHashSet<u32>,
    after: FxHashSet<u32>,
}

impl Own {
    /// Whether it joins freely with others, as 夜 does (夜宵, 半夜, 深夜吃) and 凌 does not (only ever 凌晨).
    fn is_free(&self) -> bool {
        let free = |side: &FxHashSet<u32>| side.len() > 1 || side.contains(&END);
        free(&self.before) && free(&self.after)
    }
}

impl Shape {
    /// What surfaces look like; `target` is the label itself.
    pub fn of(lexicon: &Lexicon, target: Target, corpus: &Corpus) -> Self {
        let mut shape = Self::default();
        let speaks = |entry: &&Entry| !matches!(entry.target, Target::Cue(_) | Target::Voice(_));
        for entry in lexicon.entries.iter().filter(speaks) {
            for term in entry.terms.iter().chain(entry.resolve.iter().flat_map(|r| &r.terms)) {
                let symbols = corpus.symbols_of(&term.surface);
                let (Some(&first), Some(&last)) = (symbols.first(), symbols.last()) else { continue };
                shape.surfaces += 1;
                *shape.begin.entry(first).or_default() += 1;
                *shape.end.entry(last).or_default() += 1;
                if entry.target == target {
                    shape.own_symbols += symbols.len() as u32;
                    for (at, symbol) in symbols.iter().enumerate() {
                        let own = shape.own.entry(*symbol).or_default();
                        own.surfaces += 1;
                        own.before.insert(at.checked_sub(1).map_or(END, |before| symbols[before]));
                        own.after.insert(symbols.get(at + 1).copied().unwrap_or(END));
                    }
                }
            }
        }
        shape
    }

    /// Bits by which a symbol stands in the label's own surfaces more than in the corpus.
    pub fn affinity(&self, symbol: u32, share: f64) -> f64 {
        match self.own.get(&symbol) {
            Some(own) if own.surfaces >= LEAST_OWN && own.is_free() && share > 0.0 => {
                (f64::from(own.surfaces) / f64::from(self.own_symbols) / share).log2().clamp(0.0, MOST)
            }
            _ => 0.0,
        }
    }

    /// Whether a symbol is telling.
    pub fn tells(&self, symbol: u32, share: f64) -> bool {
        self.affinity(symbol, share) >= TELLING
    }

    /// Bits, never above 0, by which a run begins or ends as surfaces do not.
    pub fn edges(&self, run: &[u32], counts: &Counts) -> f64 {
        let edge = |of: &FxHashMap<u32, u32>, symbol: Option<&u32>| {
            let Some(symbol) = symbol else { return 0.0 };
            let share = counts.share(*symbol);
            let among = (f64::from(of.get(symbol).copied().unwrap_or(0)) + 0.5) / f64::from(self.surfaces + 1);
            (among / share).log2().min(0.0)
        };
        edge(&self.begin, run.first()) + edge(&self.end, run.last())
    }
}
