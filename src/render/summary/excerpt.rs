//! The part of a text that shows the words it is quoted for, in few columns.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::ink::width;
/// What stands for words left out.
const LEFT_OUT: &str = "…";
/// Of the room, the share before and within the words that count: the rest is for what comes after them.
const LEAD: (usize, usize) = (2, 3);

/// At most `room` columns of a text, with the first of the spans in it and the others that have room; where two stand too far apart, the words
/// around each.
pub(in crate::render) fn excerpt(text: &str, spans: &[[u32; 2]], room: usize) -> String {
    let text = text.trim();
    if width(text) <= room {
        return text.to_owned();
    }
    let line = Line::of(text);
    let core = |&[from, to]: &[u32; 2]| line.at(from.min(to))..line.at(to);
    let mut cores: Vec<Range<usize>> = spans.iter().map(core).collect();
    cores.sort_by_key(|core| (core.end, core.start));
    let Some(first) = cores.first().cloned() else {
        return line.show(&[line.window(0..0, 0..line.len(), room.saturating_sub(2))]);
    };
    // An ellipsis on either side.
    let one = room.saturating_sub(2);
    let end = cores.iter().map(|core| core.end).filter(|&end| line.columns(first.start..end) <= one).max();
    let whole = line.window(first.start..end.unwrap_or(first.end), 0..line.len(), one);
    let Some(last) = cores.last().filter(|last| last.end > whole.end && last.start > first.end) else {
        return line.show(&[whole]);
    };
    // One more between the two.
    let half = room.saturating_sub(3) / 2;
    if line.columns(first.clone()) > half || line.columns(last.clone()) > half {
        return line.show(&[whole]);
    }
    let before = line.window(first, 0..last.start, half);
    let behind = line.window(last.clone(), before.end..line.len(), half);
    line.show(&[before, behind])
}

/// A text grapheme by grapheme.
struct Line<'t> {
    graphemes: Vec<(usize, &'t str)>,
}

impl<'t> Line<'t> {
    fn of(text: &'t str) -> Self {
        Self { graphemes: text.grapheme_indices(true).collect() }
    }

    fn len(&self) -> usize {
        self.graphemes.len()
    }

    /// The first grapheme at or behind a byte.
    fn at(&self, byte: u32) -> usize {
        self.graphemes.partition_point(|&(at, _)| at < byte as usize)
    }

    fn columns(&self, range: Range<usize>) -> usize {
        self.graphemes.get(range).unwrap_or_default().iter().map(|(_, g)| width(g)).sum()
    }

    /// The core, or as much of its end as there is room for, with what stands around it within bounds; no word is cut in two.
    fn window(&self, core: Range<usize>, bounds: Range<usize>, room: usize) -> Range<usize> {
        let lead = if self.columns(bounds.start..core.end) <= room * LEAD.0 / LEAD.1 {
            room
        } else {
            self.columns(core.clone()).min(room).max(room * LEAD.0 / LEAD.1)
        };
        let (mut from, mut used) = (core.end, 0);
        while from > bounds.start && used + width(self.graphemes[from - 1].1) <= lead {
            from -= 1;
            used += width(self.graphemes[from].1);
        }
        let mut until = core.end;
        while until < bounds.end && used + width(self.graphemes[until].1) <= room {
            used += width(self.graphemes[until].1);
            until += 1;
        }
        // A word that is longer than what stands around the core is cut all the same.
        let start = (from..=core.start).find(|&at| !self.is_within_word(at)).unwrap_or(from);
        let end = (core.end.max(start + 1)..=until).rev().find(|&at| !self.is_within_word(at)).unwrap_or(until);
        start..end
    }

    /// Whether a word of letters goes on from one grapheme to the next; Chinese may be cut anywhere.
    fn is_within_word(&self, at: usize) -> bool {
        let is_letter = |c: char| c.is_alphanumeric() || c == '\'' || c == '’';
        // What takes two columns is written without spaces.
        let in_word = |grapheme: &str| width(grapheme) == 1 && grapheme.chars().next().is_some_and(is_letter);
        at > 0 && at < self.len() && in_word(self.graphemes[at - 1].1) && in_word(self.graphemes[at].1)
    }

    /// The words of some windows, with what stands for the rest.
    fn show(&self, windows: &[Range<usize>]) -> String {
        let mut out = String::new();
        let mut shown = 0;
        for window in windows {
            if window.start > shown {
                out.push_str(LEFT_OUT);
            }
            let words: String = self.graphemes[window.clone()].iter().map(|(_, g)| *g).collect();
            out.push_str(words.trim());
            shown = window.end;
        }
        if shown < self.len() {
            out.push_str(LEFT_OUT);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(text: &str, words: &str) -> [u32; 2] {
        let at = text.find(words).expect("there");
        [at as u32, (at + words.len()) as u32]
    }

    #[test]
    fn a_short_text_stays_and_a_long_one_keeps_its_words() {
        assert_eq!(excerpt("啤酒太撑了", &[], 20), "啤酒太撑了");
        assert_eq!(excerpt("一二三四五六七八九十", &[], 10), "一二三四…");
        let text = "一二三四五六七八九十换成威士忌甲乙丙丁戊己庚辛";
        assert_eq!(excerpt(text, &[span(text, "换成威士忌")], 24), "…九十换成威士忌甲乙丙丁…");
    }

    #[test]
    fn a_quote_of_two_things_shows_both() {
        let text = "一二三四五六七八九十啤酒甲乙丙丁戊己威士忌庚辛壬癸子丑寅卯";
        let both = [span(text, "啤酒"), span(text, "威士忌")];
        assert_eq!(excerpt(text, &both, 26), "…啤酒甲乙丙丁戊己威士忌庚…");
        assert_eq!(excerpt(text, &both, 19), "…啤酒甲乙…威士忌庚…");
        let cut = excerpt(text, &both, 11);
        assert!(cut.contains("啤酒") && !cut.contains("威士忌"), "{cut}");
    }

    #[test]
    fn words_are_not_cut_in_two() {
        let text = "Somebody brought extraordinary whisky to our anniversary celebration yesterday";
        assert_eq!(excerpt(text, &[span(text, "whisky")], 32), "…extraordinary whisky to our…");
        let text = "antidisestablishmentarianism";
        assert_eq!(excerpt(text, &[], 10), "antidise…");
    }

    proptest! {
        #[test]
        fn any_spans_of_any_text_fit(
            text in any::<String>(), spans in prop::collection::vec(prop::array::uniform2(0u32..80), 0..4), room in 8usize..60
        ) {
            prop_assert!(width(&excerpt(&text, &spans, room)) <= room);
        }
    }
}
