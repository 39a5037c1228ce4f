//! Cutting a quote out of a post: a short window around the words that matter, never inside a character or cluster (reliability 73, 74, 83).

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthChar;

/// Longest quote, in characters.
pub(super) const QUOTE_CHARS: usize = 240;
/// Of a quote that is cut, the share kept before the words: two sevenths.
const BEFORE: (usize, usize) = (2, 7);
/// Longest run of bytes that one look at cluster boundaries covers: a letter under a million accents must not cost more.
const LOOK_BYTES: usize = 4 * QUOTE_CHARS;

/// The part of `text` that shows the `spans` (bytes, sorted, on character boundaries) in at most `most`
/// characters. Spans that do not fit are left to the caller to drop; the first one always counts.
pub(super) fn window(text: &str, spans: &[Range<usize>], most: usize) -> Range<usize> {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return trim(text, 0..text.len());
    }
    let focus = focus(text, spans, most - most / 12);
    let room = most - text[focus.clone()].chars().count().min(most);
    let context = most * BEFORE.0 / BEFORE.1 + 2;
    let back = room.min(context);
    let start = reach_back(text, focus.start, back);
    let used = text[start..focus.start].chars().count();
    let end = reach_forward(text, focus.end, (room - used.min(room)).min(context * 2));
    trim(text, start..end.max(start))
}

/// The union of as many leading spans as fit.
fn focus(text: &str, spans: &[Range<usize>], most: usize) -> Range<usize> {
    let Some(first) = spans.first() else { return 0..0 };
    let fits = |range: &Range<usize>| text[range.clone()].chars().nth(most).is_none();
    let mut union = first.clone();
    if !fits(&union) {
        return union.start..clusters(text, union.start, union.end).take(most).last().unwrap_or(union.start);
    }
    for span in &spans[1..] {
        let wider = union.start.min(span.start)..union.end.max(span.end);
        if fits(&wider) {
            union = wider;
        }
    }
    union
}

/// Ends of the clusters of `text[from..to]`, looking at no more than [`LOOK_BYTES`].
fn clusters(text: &str, from: usize, to: usize) -> impl Iterator<Item = usize> + '_ {
    let to = floor(text, to.min(from + LOOK_BYTES));
    text[from..to].grapheme_indices(true).map(move |(at, cluster)| from + at + cluster.len())
}

/// The cluster boundary of a piece of text at or next to a byte, forward or back; the piece is taken for a text of its own.
fn boundary(piece: &str, at: usize, forward: bool) -> Option<usize> {
    let mut cursor = GraphemeCursor::new(at, piece.len(), true);
    match cursor.is_boundary(piece, 0) {
        Ok(true) => Some(at),
        _ if forward => cursor.next_boundary(piece, 0).ok().flatten(),
        _ => cursor.prev_boundary(piece, 0).ok().flatten(),
    }
}

/// The start of the window: the beginning of the sentence if it is near enough, else a cluster boundary.
fn reach_back(text: &str, start: usize, chars: usize) -> usize {
    let floor_at = floor(text, start.saturating_sub(LOOK_BYTES));
    let before = &text[floor_at..start];
    if let Some((at, c)) = before.char_indices().rev().take(chars).find(|&(_, c)| ends_sentence(c)) {
        return floor_at + at + c.len_utf8();
    }
    // The byte from which on no more than so many characters are left.
    let least = match chars {
        0 => return start,
        _ => before.char_indices().rev().nth(chars - 1).map_or(0, |(at, _)| at),
    };
    // The first cluster of the look may be the tail of one that begins earlier: it is not a boundary to trust.
    let torn = least == 0 && floor_at > 0;
    let from = if torn { before.chars().next().map_or(0, char::len_utf8) } else { least };
    let at = boundary(before, from, true).unwrap_or(before.len());
    let whole = at + torn_word(before[at..].chars(), text[..floor_at + at].chars().next_back());
    boundary(before, whole, true).map_or(start, |at| floor_at + at)
}

/// The end of the window: past the sentence if it ends near enough, else a cluster boundary.
fn reach_forward(text: &str, end: usize, chars: usize) -> usize {
    let tail = &text[end..floor(text, (end + LOOK_BYTES).min(text.len()))];
    if let Some((at, c)) = tail.char_indices().take(chars).find(|&(_, c)| ends_sentence(c)) {
        return end + at + c.len_utf8();
    }
    let limit = tail.char_indices().nth(chars).map_or(tail.len(), |(at, _)| at);
    let until = boundary(tail, limit, false).unwrap_or(0);
    let whole = until - torn_word(tail[..until].chars().rev(), text[end + until..].chars().next());
    end + boundary(tail, whole, false).unwrap_or(0)
}

/// The bytes of the piece of a word at the edge of a window, if the word goes on beyond it; a window that is all one word keeps it.
fn torn_word(inward: impl Iterator<Item = char> + Clone, beyond: Option<char>) -> usize {
    if !beyond.is_some_and(in_word) || inward.clone().all(in_word) {
        return 0;
    }
    inward.take_while(|&c| in_word(c)).map(char::len_utf8).sum()
}

/// Whether a character belongs to a word between spaces; Chinese, whose characters are twice as wide, may be cut anywhere.
fn in_word(c: char) -> bool {
    c.is_alphanumeric() && c.width() == Some(1)
}

/// Whether a sentence ends here.
fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '\n' | '…' | '；')
}

/// The greatest character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The range without white space at its ends.
fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = range.start + (part.len() - part.trim_start().len());
    let end = range.start + part.trim_end().len();
    start.min(end)..end
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // a list of one span is meant
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_text_stays_whole() {
        assert_eq!(window("  啤酒好喝 ", &[2..8], QUOTE_CHARS), 2..14);
    }

    #[test]
    fn a_long_text_is_cut_at_sentences() {
        let text = format!("{}。本来想点啤酒，朋友开了瓶威士忌！{}", "前".repeat(300), "后".repeat(300));
        let at = text.find("啤酒").expect("there");
        let range = window(&text, &[at..at + 6], QUOTE_CHARS);
        assert_eq!(&text[range], "本来想点啤酒，朋友开了瓶威士忌！");
    }

    #[test]
    fn words_are_not_torn_apart() {
        let text = format!("{}whisky {}", "ordinary ".repeat(60), "anniversary ".repeat(60));
        let at = text.find("whisky").expect("there");
        let shown = &text[window(&text, &[at..at + 6], QUOTE_CHARS)];
        assert!(shown.starts_with("ordinary ") && shown.ends_with(" anniversary"), "{shown}");
    }

    #[test]
    fn families_are_not_torn_apart() {
        let text = format!("{}beer{}", "👨‍👩‍👧‍👦".repeat(60), "👨‍👩‍👧‍👦".repeat(60));
        let at = text.find("beer").expect("there");
        let shown = &text[window(&text, &[at..at + 4], QUOTE_CHARS)];
        assert!(shown.contains("beer") && shown.chars().count() <= QUOTE_CHARS);
        assert!(shown.starts_with('👨') && shown.ends_with('👦'), "{shown}");
    }

    #[test]
    fn a_million_accents_cost_little() {
        let text = format!("beer e{}", "\u{301}".repeat(60_000 / 2));
        let range = window(&text, &[0..4], QUOTE_CHARS);
        assert!(text[range].chars().count() <= QUOTE_CHARS);
    }

    proptest! {
        #[test]
        fn windows_are_short_and_hold_their_span(before in "\\PC{0,300}", word in "\\PC{1,10}", after in "\\PC{0,300}") {
            let text = format!("{before}{word}{after}");
            let span = before.len()..before.len() + word.len();
            let range = window(&text, std::slice::from_ref(&span), QUOTE_CHARS);
            prop_assert!(text[range.clone()].chars().count() <= QUOTE_CHARS);
            let inner = trim(&text, span);
            prop_assert!(inner.is_empty() || (range.start <= inner.start && inner.end <= range.end));
        }
    }
}
