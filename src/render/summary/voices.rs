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

/// At most `room` columns of a text, with the first of the spans in it, and the others that have room.
pub(in crate::render) fn excerpt(text: &str, spans: &[[u32; 2]], room: usize) -> String {
    let text = text.trim();
    if width(text) <= room {
        return text.to_owned();
    }
    let graphemes: Vec<(usize, &str)> = text.grapheme_indices(true).collect();
    let after = |byte: usize| graphemes.iter().position(|(at, _)| *at >= byte).unwrap_or(graphemes.len());
    // Two columns for the ellipses; a third of the room for what comes after the words that count.
    let room = room.saturating_sub(2);
    // The first words that count, and as many of the others as have room beside them: a quote of two things shows both.
    let first = spans.iter().copied().min_by_key(|span| span[1]).unwrap_or_default().map(|byte| after(byte as usize));
    let ends = spans.iter().map(|span| after(span[1] as usize));
    let end = ends.filter(|&end| columns(&graphemes[first[0]..end.max(first[0])]) <= room).max().unwrap_or(first[1]);
    let core = columns(&graphemes[first[0].min(end)..end]).min(room);
    let mut used: usize = 0;
    let mut from = end;
    let lead = if columns(&graphemes[..end]) <= room * 2 / 3 { room } else { core.max(room * 2 / 3) };
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

    #[test]
    fn a_quote_of_two_things_shows_both_where_there_is_room() {
        let text = "一二三四五六七八九十啤酒甲乙丙丁戊己威士忌庚辛壬癸子丑寅卯";
        let span = |words: &str| {
            let at = text.find(words).expect("there");
            [at as u32, (at + words.len()) as u32]
        };
        let cut = excerpt(text, &[span("啤酒"), span("威士忌")], 26);
        assert_eq!(cut, "…啤酒甲乙丙丁戊己威士忌庚…");
        let cut = excerpt(text, &[span("啤酒"), span("威士忌")], 16);
        assert!(cut.contains("啤酒") && !cut.contains("威士忌"), "{cut}");
    }

    proptest! {
        #[test]
        fn any_spans_of_any_text_fit(
            text in any::<String>(), spans in prop::collection::vec(prop::array::uniform2(0u32..80), 0..3), room in 8usize..60
        ) {
            prop_assert!(width(&excerpt(&text, &spans, room)) <= room);
        }
    }
}
