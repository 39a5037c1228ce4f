//! Numbering the quotes that the document uses, in the order of their first use.

use std::collections::BTreeMap;

use super::findings::QuoteFinding;
use crate::accumulate::{Cell, Counts};
use crate::limits::QUOTED_AUTHORS;

/// The quotes used so far.
pub(super) struct Quoting<'a> {
    counts: &'a Counts,
    used: Vec<QuoteFinding>,
    /// Words to their place in `used`: one post quoted for two things is one quote.
    places: BTreeMap<(String, Vec<[u32; 2]>), usize>,
    withheld: u64,
}

impl<'a> Quoting<'a> {
    /// No quotes yet.
    pub fn new(counts: &'a Counts) -> Self {
        Self { counts, used: Vec::new(), places: BTreeMap::new(), withheld: 0 }
    }

    /// At most `most` quotes of a cell that so many authors carry, as ids.
    pub fn cite(&mut self, cell: Cell, authors: u64, most: usize) -> Vec<String> {
        debug_assert!(most <= cell.shown(), "{cell:?} keeps no {most} quotes");
        if authors < QUOTED_AUTHORS {
            self.withheld += u64::from(self.counts.quotes.contains_key(&cell));
            return Vec::new();
        }
        let quotes = self.counts.quotes.get(&cell).map(AsRef::as_ref).unwrap_or_default();
        quotes.iter().take(most).map(|quote| self.id(quote)).collect()
    }

    /// The id of a quote, a new one at its first use.
    fn id(&mut self, quote: &crate::accumulate::Quote) -> String {
        let shown = quote.shown();
        let key = (shown.text.clone(), shown.spans.clone());
        if let Some(&place) = self.places.get(&key) {
            return self.used[place].id.clone();
        }
        let id = format!("q{}", self.used.len() + 1);
        self.places.insert(key, self.used.len());
        self.used.push(QuoteFinding {
            id: id.clone(),
            text: shown.text,
            lang: quote.lang().as_str(),
            platform: self.counts.platform(quote).map(Into::into),
            time: quote.time(),
            spans: shown.spans,
            cut: shown.cut,
            url: quote.url(),
        });
        id
    }

    /// All quotes, and how many cells kept theirs back.
    pub fn finish(self) -> (Vec<QuoteFinding>, u64) {
        (self.used, self.withheld)
    }
}
