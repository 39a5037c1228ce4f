//! Title and text become one text, within its limit.

use std::borrow::Cow;

use crate::limits;

/// Ends of sentences and clauses, best first: where an overlong text is cut.
const ENDS: &[&[char]] = &[&['\n', '。', '！', '？', '!', '?', '…'], &['，', '；', ',', ';', '、', ' ']];

/// How far back from the limit a clause end is looked for, in bytes.
const LOOK_BACK: usize = 4096;

/// The text without NUL characters, and whether there were any.
pub(crate) fn without_nul(text: Cow<'_, str>) -> (Cow<'_, str>, bool) {
    match memchr::memchr(0, text.as_bytes()) {
        None => (text, false),
        Some(_) => (Cow::Owned(text.replace('\0', "")), true),
    }
}

/// Title and text in one string, and the bytes of the title.
///
/// Note exports fill the title with the text, or with its beginning, where the author wrote no title: such a title is
/// none of its own, unless the text goes on in a new line after it.
pub(crate) fn join(title: &str, text: &str) -> (String, usize) {
    let title = title.trim();
    // The text itself stays as it is, white space and all: offsets that are reported must fit the column of the export.
    let words = text.trim_start();
    if title.is_empty() {
        return (text.to_string(), 0);
    }
    if words.is_empty() {
        return (title.to_string(), title.len());
    }
    let cut = title.trim_end_matches(['.', '…']).trim_end();
    if let Some(rest) = words.strip_prefix(title) {
        let end = text.len() - rest.len();
        return (text.to_string(), if rest.starts_with(['\n', '\r']) { end } else { 0 });
    }
    // A title that was shortened with dots; a short stem says nothing.
    if cut.len() < title.len() && cut.len() >= 12 && words.starts_with(cut) {
        return (text.to_string(), 0);
    }
    let mut joined = String::with_capacity(title.len() + 1 + text.len());
    joined.push_str(title);
    joined.push('\n');
    joined.push_str(text);
    (joined, title.len())
}

/// Cuts a text that is over the limit at a clause end near it; tells whether it did.
pub(crate) fn cap(text: &mut String) -> bool {
    if text.len() <= limits::TEXT_BYTES {
        return false;
    }
    let limit = floor_boundary(text, limits::TEXT_BYTES);
    let from = floor_boundary(text, limit.saturating_sub(LOOK_BACK));
    let window = &text[from..limit];
    let end = ENDS
        .iter()
        .find_map(|ends| window.char_indices().rev().find(|(_, c)| ends.contains(c)))
        .map_or(limit, |(at, c)| from + at + c.len_utf8());
    text.truncate(end);
    true
}

/// The last character boundary at or before a byte.
fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_that_repeat_the_text_are_no_titles() {
        assert_eq!(join("", " 喝茶 "), (" 喝茶 ".into(), 0));
        assert_eq!(join("喝茶", ""), ("喝茶".into(), 6));
        assert_eq!(join("喝茶", "喝茶"), ("喝茶".into(), 0));
        assert_eq!(join("今天去喝茶", "今天去喝茶，真好"), ("今天去喝茶，真好".into(), 0));
        assert_eq!(join("今天去喝茶...", "今天去喝茶，真好"), ("今天去喝茶，真好".into(), 0));
        assert_eq!(join("喝茶", "喝茶\n真好"), ("喝茶\n真好".into(), 6));
        assert_eq!(join("喝茶", "真好"), ("喝茶\n真好".into(), 6));
    }

    #[test]
    fn the_cut_falls_on_a_clause_end() {
        let mut text = format!("{}。{}", "好".repeat(limits::TEXT_BYTES / 3 - 100), "坏".repeat(200));
        assert!(cap(&mut text));
        assert!(text.ends_with('。') && text.len() < limits::TEXT_BYTES);
        assert!(!cap(&mut text));
    }

    proptest! {
        /// Reliability 69.
        #[test]
        fn a_cut_text_is_a_beginning_within_the_limit(unit in "\\PC{1,12}", shift in 0usize..5) {
            let whole = format!("{}{}", "x".repeat(shift), unit.repeat(limits::TEXT_BYTES / unit.len() + 2));
            let mut text = whole.clone();
            prop_assert!(cap(&mut text));
            prop_assert!(whole.starts_with(&text));
            prop_assert!(text.len() <= limits::TEXT_BYTES && text.len() + LOOK_BACK + 4 >= limits::TEXT_BYTES);
        }
    }
}
