//! All quotes of a tally, cell by cell.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::fingerprint::mix;
use super::super::record::Record;
use super::Quote;
use super::cell::{Cell, Key};

/// The quotes of one cell in order of preference, each wording once.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shelf {
    /// What comes after this finds no room: told here, because most of what is offered comes too late.
    last: u64,
    quotes: Box<[(u64, Quote)]>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { last: u64::MAX, quotes: Box::default() }
    }
}

/// All quotes. Merging keeps, per cell, the best of both: a union cut to the first few in a fixed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::accumulate) struct QuoteBook {
    shelves: FxHashMap<Key, Shelf>,
}

impl QuoteBook {
    /// Offers the words of a post for a cell; `make` is asked only if they may stay. Lower grades are better.
    pub fn offer(&mut self, cell: Cell, grade: u8, record: &Record, make: impl FnOnce() -> Quote) {
        let key = Key::from(cell);
        let order = (u64::from(grade) << 56) | (mix(record.exact, key.code()) >> 8);
        self.shelves.entry(key).or_default().put(cell.kept(), order, record.seniority(), make);
    }

    /// Adds the quotes of another book.
    pub fn merge(&mut self, mut other: QuoteBook) {
        if self.shelves.len() < other.shelves.len() {
            std::mem::swap(&mut self.shelves, &mut other.shelves);
        }
        for (key, theirs) in other.shelves {
            let shelf = self.shelves.entry(key).or_default();
            for (order, quote) in theirs.quotes {
                let seniority = quote.source.seniority();
                shelf.put(Cell::from(key).kept(), order, seniority, || quote);
            }
        }
    }

    /// The quotes that stay: those whose post was kept, as many as are shown of a cell, different authors first.
    pub fn finish(self, kept: impl Fn((u64, u64)) -> bool) -> BTreeMap<Cell, Box<[Quote]>> {
        let chosen = |(key, shelf): (Key, Shelf)| {
            let (mut first, mut again): (Vec<Quote>, Vec<Quote>) = (Vec::new(), Vec::new());
            for (_, quote) in shelf.quotes.into_iter().filter(|(_, quote)| kept(quote.source())) {
                let seen = first.iter().any(|other| other.source.author == quote.source.author);
                if seen { again.push(quote) } else { first.push(quote) }
            }
            let cell = Cell::from(key);
            let stay = (first.len() + again.len()).min(cell.shown());
            let mut quotes = Vec::with_capacity(stay);
            quotes.extend(first.into_iter().chain(again).take(stay));
            (stay > 0).then(|| (cell, quotes.into_boxed_slice()))
        };
        self.shelves.into_iter().filter_map(chosen).collect()
    }
}

impl Shelf {
    /// Puts a quote into its place, if it stays there.
    fn put(&mut self, most: usize, order: u64, seniority: (bool, i64, u64), make: impl FnOnce() -> Quote) {
        if order > self.last {
            return;
        }
        match self.quotes.binary_search_by_key(&order, |&(order, _)| order) {
            // The same wording: the copy that `finish` will keep, the most senior, stands for all.
            Ok(at) if seniority <= self.quotes[at].1.source.seniority() => {
                let quote = make();
                if quote < self.quotes[at].1 {
                    self.quotes[at].1 = quote;
                }
            }
            Err(at) if at < most => self.insert(at, most, (order, make())),
            _ => {}
        }
    }

    /// Puts a quote at a place. There are too many shelves for room that nothing fills.
    fn insert(&mut self, at: usize, most: usize, one: (u64, Quote)) {
        let mut quotes = std::mem::take(&mut self.quotes).into_vec();
        if quotes.len() == most {
            quotes.pop();
        } else {
            quotes.reserve_exact(1);
        }
        quotes.insert(at, one);
        if let Some(&(order, _)) = quotes.last().filter(|_| quotes.len() == most) {
            self.last = order;
        }
        self.quotes = quotes.into_boxed_slice();
    }
}
