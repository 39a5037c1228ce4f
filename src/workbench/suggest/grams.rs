//! Runs of symbols and how often they stand near the label's hits; which of them are words.
//!
//! A run is taken for a word where its parts hold together (the pointwise mutual information over its weakest joint) and where
//! what stands on either side varies (branching entropy): Chinese words that no dictionary has are found in this way.

use rustc_hash::FxHashMap;

use super::corpus::{Corpus, END, HIT, Text, is_word};
use crate::normalize::is_han;

/// Most characters of a Chinese candidate, most words of a Latin one.
const MOST_HAN: usize = 5;
const MOST_LATIN: usize = 3;
const MOST: usize = if MOST_HAN > MOST_LATIN { MOST_HAN } else { MOST_LATIN };

/// A run of symbols; zeros fill it up.
pub(super) type Gram = [u32; MOST];

/// How often a run was met.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    /// Clauses with it.
    pub clauses: u32,
    /// Of these, clauses near a hit.
    pub near: u32,
    /// Posts with it.
    pub posts: u32,
    /// Of these, posts with the label.
    pub labelled: u32,
    last_clause: u32,
    last_post: u32,
}

/// Counts over all posts.
#[derive(Default)]
pub(super) struct Counts {
    grams: FxHashMap<Gram, Tally>,
    /// Runs that may be surfaces, in a fixed order; the others are parts of them.
    pub candidates: Vec<Gram>,
    /// Per symbol: how often it stands anywhere.
    pub symbols: Vec<u64>,
    /// Symbols that stand for themselves.
    pub running: u64,
    /// Of these, Chinese characters.
    han: u64,
    /// Clauses, and those near a hit.
    pub clauses: u64,
    pub near: u64,
}

/// The clauses of a post: each with whether it is near a hit.
fn clauses(text: &Text, window: usize) -> impl Iterator<Item = (&[u32], bool)> {
    let parts: Vec<&[u32]> = text.symbols.split(|&s| s == END).filter(|c| !c.is_empty()).collect();
    let hits: Vec<usize> = if text.labelled {
        parts.iter().enumerate().filter(|(_, c)| c.contains(&HIT)).map(|(i, _)| i).collect()
    } else {
        Vec::new()
    };
    parts.into_iter().enumerate().map(move |(i, clause)| (clause, hits.iter().any(|&hit| hit.abs_diff(i) <= window)))
}

/// Every run of a clause that a candidate may be: Chinese characters only, or Latin words only.
fn runs(clause: &[u32], han: &[bool], mut each: impl FnMut(usize, usize)) {
    for start in 0..clause.len() {
        let first = clause[start];
        if !is_word(first) {
            continue;
        }
        let kind = han[first as usize];
        let most = if kind { MOST_HAN } else { MOST_LATIN };
        for end in start + 1..=clause.len().min(start + most) {
            let last = clause[end - 1];
            if !is_word(last) || han[last as usize] != kind {
                break;
            }
            each(start, end);
        }
    }
}

fn gram(run: &[u32]) -> Gram {
    let mut gram = Gram::default();
    gram[..run.len()].copy_from_slice(run);
    gram
}

/// The symbols of a run.
pub(super) fn symbols(gram: &Gram) -> &[u32] {
    &gram[..gram.iter().position(|&s| s == 0).unwrap_or(MOST)]
}

impl Counts {
    /// Counts every run that stands at least `least` times near a hit (`window` clauses to either side of it), or that often anywhere if a
    /// telling symbol is in it, and the parts of all these.
    pub fn of(corpus: &Corpus, window: usize, least: u32, telling: impl Fn(u32, f64) -> bool) -> Self {
        let han = han_symbols(corpus);
        let (symbols, running) = corpus.frequencies();
        let chinese = symbols.iter().zip(&han).filter(|(_, han)| **han).map(|(n, _)| n).sum();
        let mut counts = Self { symbols, running, han: chinese, ..Self::default() };
        let mut met: FxHashMap<Gram, u32> = FxHashMap::default();
        for text in &corpus.texts {
            for (clause, near) in clauses(text, window) {
                runs(clause, &han, |from, to| {
                    if near || clause[from..to].iter().any(|&s| telling(s, counts.share(s))) {
                        *met.entry(gram(&clause[from..to])).or_default() += 1;
                    }
                });
            }
        }
        met.retain(|_, n| *n >= least);
        counts.candidates = met.into_keys().collect();
        counts.candidates.sort_unstable();
        for whole in &counts.candidates {
            let run = self::symbols(whole);
            for (from, to) in (0..run.len()).flat_map(|from| (from + 1..=run.len()).map(move |to| (from, to))) {
                counts.grams.entry(gram(&run[from..to])).or_default();
            }
        }
        for (text, post) in corpus.texts.iter().zip(1..) {
            counts.post(text, post, window, &han);
        }
        counts
    }

    fn post(&mut self, text: &Text, post: u32, window: usize, han: &[bool]) {
        for (clause, near) in clauses(text, window) {
            self.clauses += 1;
            self.near += u64::from(near);
            let number = self.clauses as u32;
            runs(clause, han, |from, to| {
                let Some(tally) = self.grams.get_mut(&gram(&clause[from..to])) else { return };
                if tally.last_clause != number {
                    tally.last_clause = number;
                    tally.clauses += 1;
                    tally.near += u32::from(near);
                }
                if tally.last_post != post {
                    tally.last_post = post;
                    tally.posts += 1;
                    tally.labelled += u32::from(text.labelled);
                }
            });
        }
    }

    /// The share of Chinese characters, or of Latin words, among all symbols that stand for themselves.
    pub fn script_share(&self, han: bool) -> f64 {
        let share = self.han as f64 / self.running.max(1) as f64;
        if han { share } else { 1.0 - share }
    }

    /// The share of a symbol among all that stand for themselves.
    pub fn share(&self, symbol: u32) -> f64 {
        self.symbols[symbol as usize] as f64 / self.running.max(1) as f64
    }

    /// How often a run was met.
    pub fn tally(&self, gram: &Gram) -> Tally {
        self.grams.get(gram).copied().unwrap_or_default()
    }

    /// How well the parts of a run hold together: the least pointwise mutual information over its joints, in bits; nothing for one symbol.
    pub fn cohesion(&self, gram: &Gram) -> Option<f64> {
        let run = symbols(gram);
        let all = self.running as f64;
        let share = |part: &[u32]| -> f64 {
            match part {
                [one] => self.share(*one),
                several => f64::from(self.tally(&self::gram(several)).clauses.max(1)) / all,
            }
        };
        let whole = share(run);
        (1..run.len()).map(|cut| (whole / (share(&run[..cut]) * share(&run[cut..]))).log2()).reduce(f64::min)
    }
}

/// What stands on either side of a run, anywhere in the corpus; where the clause ends or something that is no word follows, [`END`].
#[derive(Default)]
pub(super) struct Sides {
    before: FxHashMap<u32, u32>,
    after: FxHashMap<u32, u32>,
}

impl Sides {
    /// The sides of the given runs, and those of the label's hits.
    pub fn of(corpus: &Corpus, grams: impl Iterator<Item = Gram>) -> (FxHashMap<Gram, Self>, Self) {
        let han = han_symbols(corpus);
        let mut out: FxHashMap<Gram, Self> = grams.map(|g| (g, Self::default())).collect();
        let mut hits = Self::default();
        for (clause, _) in corpus.texts.iter().flat_map(|text| clauses(text, 0)) {
            runs(clause, &han, |from, to| {
                if let Some(sides) = out.get_mut(&gram(&clause[from..to])) {
                    sides.add(clause, from, to);
                }
            });
            for (at, _) in clause.iter().enumerate().filter(|(_, s)| **s == HIT) {
                hits.add(clause, at, at + 1);
            }
        }
        (out, hits)
    }

    fn add(&mut self, clause: &[u32], from: usize, to: usize) {
        let side = |at: Option<usize>| at.and_then(|at| clause.get(at)).copied().filter(|&s| is_word(s)).unwrap_or(END);
        *self.before.entry(side(from.checked_sub(1))).or_default() += 1;
        *self.after.entry(side(Some(to))).or_default() += 1;
    }

    /// The lesser of the two branching entropies, in bits.
    pub fn entropy(&self) -> f64 {
        entropy(&self.before).min(entropy(&self.after))
    }

    /// How much the places of a run look like those of the label's hits: the mean of the information, in bits, that each neighbor gives for a
    /// hit, shrunk toward nothing where there are few.
    pub fn likeness(&self, hits: &Self, counts: &Counts) -> f64 {
        let one = |mine: &FxHashMap<u32, u32>, theirs: &FxHashMap<u32, u32>| {
            let (all, hits): (u32, u32) = (mine.values().sum(), theirs.values().sum());
            let mut neighbors: Vec<(u32, u32)> =
                mine.iter().map(|(&s, &n)| (s, n)).filter(|(s, _)| is_word(*s) && theirs.contains_key(s)).collect();
            neighbors.sort_unstable();
            let told = |(symbol, n): (u32, u32)| {
                let share = counts.share(symbol);
                let beside = f64::from(theirs[&symbol]) / f64::from(hits);
                f64::from(n) * (beside / share).log2().max(0.0)
            };
            neighbors.into_iter().map(told).sum::<f64>() / f64::from(all + SHRINK)
        };
        one(&self.before, &hits.before) + one(&self.after, &hits.after)
    }
}

/// Neighbors that tell nothing, added to those of each run.
const SHRINK: u32 = 10;

/// In bits. Each end of a clause is a neighbor of its own: nothing speaks more for a word than standing there.
fn entropy(side: &FxHashMap<u32, u32>) -> f64 {
    let all = f64::from(side.values().sum::<u32>());
    // In a fixed order, so that the sum is the same each time.
    let mut counts: Vec<u32> = side.iter().filter(|(s, _)| is_word(**s)).map(|(_, &n)| n).collect();
    counts.sort_unstable();
    let bits = |n: f64| -n / all * (n / all).log2();
    let ends = f64::from(side.get(&END).copied().unwrap_or(0));
    counts.into_iter().map(|n| bits(f64::from(n))).sum::<f64>() + ends * bits(1.0)
}

/// Per symbol: whether it is a Chinese character.
fn han_symbols(corpus: &Corpus) -> Vec<bool> {
    (0..corpus.symbols() as u32).map(|s| corpus.name(s).chars().next().is_some_and(is_han)).collect()
}
