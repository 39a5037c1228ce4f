//! What people say: quotes with their source, cut around the words that carry the statement.

use super::book::Book;
use super::excerpt::excerpt;
use super::figures::month;
use super::ink::{Style, Text};
use super::page::Page;
use crate::analyze::findings::QuoteFinding;

/// Columns that a quote's words have at least, even if it takes a second line.
const LEAST: usize = 48;

/// The first `most` of some quotes that the card has not shown yet, each as `“…”  weibo, May 2024  q3` in about `room`
/// columns.
pub(super) fn quotes(book: &Book<'_>, ids: &[String], most: usize, room: usize, page: &mut Page) -> Vec<Text> {
    let fresh = ids.iter().filter(|id| !page.shown(id)).filter_map(|id| book.quote(id)).take(most);
    let quotes: Vec<&QuoteFinding> = fresh.collect();
    quotes.iter().for_each(|quote| page.show(&quote.id));
    quotes.iter().map(|quote| line(quote, room)).collect()
}

fn line(quote: &QuoteFinding, room: usize) -> Text {
    let when = quote.time.as_deref().and_then(month);
    let source: Vec<&str> = [quote.platform.as_deref(), when.as_deref()].into_iter().flatten().collect();
    let mut tail = String::new();
    for part in [source.join(", "), quote.id.clone()] {
        if !part.is_empty() {
            tail.push_str("  ");
            tail.push_str(&part);
        }
    }
    let tail = Text::dim(&tail);
    let words = excerpt(&quote.text, &quote.spans, room.saturating_sub(tail.width() + 2).max(LEAST));
    let mut out = Text::plain("“").with(Style::Plain, &words).with(Style::Plain, "”");
    out.append(&tail);
    out
}
