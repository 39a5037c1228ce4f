//! The quotes.

use crate::analyze::findings::QuoteFinding;
use crate::render::tables::definition::{Columns, Spec};

/// Every quote, once.
pub(super) fn quotes<'s>() -> Spec<'s, &'s QuoteFinding> {
    let columns = Columns::new()
        .text("quote_id", "Its id, as in findings.json", |q: &&QuoteFinding| &q.id)
        .text("quote_text", "The words, people masked, on one line", |q| &q.text)
        .made("marked_words", "The words that carry the statement", marked)
        .text("lang", "zh or en", |q| q.lang)
        .maybe_text("platform", "Where", |q| q.platform.as_deref())
        .day("posted_on", "The day", |q| q.time.as_deref())
        .month("posted_month", "The first day of its month", |q| q.time.as_deref())
        .truth("is_cut", "The text goes on before or after", |q| q.cut)
        .maybe_text("source_url", "Its address; only with --with-urls", |q| q.url.as_deref());
    Spec {
        name: "quotes",
        version: 1,
        doc: "The quotes behind the figures, in the order of first use",
        key: &["quote_id"],
        indexes: &[],
        columns,
        rows: |source| source.findings.quotes.iter().collect(),
    }
}

/// The marked words of a quote, one after the other.
fn marked(quote: &&QuoteFinding) -> String {
    let words = quote.spans.iter().filter_map(|&[start, end]| quote.text.get(start as usize..end as usize));
    words.collect::<Vec<_>>().join(" … ")
}
