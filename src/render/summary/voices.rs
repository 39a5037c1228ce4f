//! What people say: quotes with their source, cut around the words that carry the statement.

use unicode_segmentation::UnicodeSegmentation;

use super::book::Book;
use super::figures::month;
use super::ink::{Style, Text, width};
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

/// At most `room` columns of a text, with the first of the spans in it.
pub(in crate::render) fn excerpt(text: &str, spans: &[[u32; 2]], room: usize) -> String {
    let text = text.trim();
    if width(text) <= room {
        return text.to_owned();
    }
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let after = |byte: usize| graphemes.iter().position(|(at, _)| *at >= byte).unwrap_or(graphemes.len());
    let end = spans.iter().map(|span| span[1] as usize).min().map_or(0, after);
    // Two columns for the ellipses; a third of the room for what comes after the words that count.
    let room = room.saturating_sub(2);
    let mut used: usize = 0;
    let mut from = end;
    let lead = if columns(&graphemes[..end]) <= room * 2 / 3 { room } else { room * 2 / 3 };
    while from > 0 && used + width(graphemes[from - 1].1) <= lead {
        from -= 1;
        used += width(graphemes[from].1);
    }
    let mut until = end;
    while until < graphemes.len() && used + width(graphemes[until].1) <= room {
        used += width(graphemes[until].1);
        until += 1;
    }
    let words: String = graphemes[from..until].iter().map(|(_, g)| *g).collect();
    let open = if from > 0 { "…" } else { "" };
    let close = if until < graphemes.len() { "…" } else { "" };
    format!("{open}{}{close}", words.trim())
}

fn columns(graphemes: &[(usize, &str)]) -> usize {
    graphemes.iter().map(|(_, g)| width(g)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_text_stays_and_a_long_one_keeps_its_words() {
        assert_eq!(excerpt("啤酒太撑了", &[], 20), "啤酒太撑了");
        assert_eq!(excerpt("一二三四五六七八九十", &[], 10), "一二三四…");
        let text = "一二三四五六七八九十换成威士忌甲乙丙丁戊己庚辛";
        let span = text.find("换成").expect("there") as u32;
        let cut = excerpt(text, &[[span, span + 15]], 24);
        assert_eq!(cut, "…九十换成威士忌甲乙丙丁…");
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_fits(text in any::<String>(), a in 0u32..80, b in 0u32..80, room in 8usize..60) {
            prop_assert!(width(&excerpt(&text, &[[a, b]], room)) <= room);
        }
    }
}
