//! Styled text with a width: measured, cut and folded by the columns it takes on a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub(super) use crate::render::figures::TIE;
use crate::render::visible::visible_line;

/// How a piece of text looks where color is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Dim,
}

/// Text in pieces of one style. Nothing enters but through [`visible_line`], so nothing in it acts on a terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Text {
    pieces: Vec<(Style, String)>,
}

impl Text {
    pub fn plain(text: &str) -> Self {
        Self::default().with(Style::Plain, text)
    }

    pub fn bold(text: &str) -> Self {
        Self::default().with(Style::Bold, text)
    }

    pub fn dim(text: &str) -> Self {
        Self::default().with(Style::Dim, text)
    }

    /// The same with more text at its end.
    #[must_use]
    pub fn with(mut self, style: Style, text: &str) -> Self {
        self.push(style, text);
        self
    }

    pub fn push(&mut self, style: Style, text: &str) {
        let safe = visible_line(text);
        match self.pieces.last_mut() {
            Some((last, written)) if *last == style => written.push_str(&safe),
            _ if safe.is_empty() => {}
            _ => self.pieces.push((style, safe.into_owned())),
        }
    }

    pub fn append(&mut self, other: &Text) {
        for (style, text) in &other.pieces {
            self.push(*style, text);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Columns on a terminal.
    pub fn width(&self) -> usize {
        self.pieces.iter().map(|(_, text)| width(text)).sum()
    }

    fn graphemes(&self) -> impl Iterator<Item = (Style, &str)> {
        self.pieces.iter().flat_map(|(style, text)| text.graphemes(true).map(|g| (*style, g)))
    }

    /// The text in at most so many columns, cut with an ellipsis.
    pub fn fit(&self, room: usize) -> Text {
        if self.width() <= room {
            return self.clone();
        }
        let mut out = Text::default();
        let mut used = 1;
        for (style, grapheme) in self.graphemes() {
            used += width(grapheme);
            if used > room {
                break;
            }
            out.push(style, grapheme);
        }
        out.trim_end();
        if room > 0 { out.with(Style::Plain, "…") } else { out }
    }

    pub fn trim_end(&mut self) {
        while let Some((_, last)) = self.pieces.last_mut() {
            last.truncate(last.trim_end().len());
            if !last.is_empty() {
                break;
            }
            self.pieces.pop();
        }
    }

    /// The text on lines of at most `room` columns; all but the first begin with `hang` spaces.
    pub fn fold(&self, room: usize, hang: usize) -> Vec<Text> {
        let indent = Text::plain(&" ".repeat(hang.min(room / 2)));
        let mut lines = Vec::new();
        let (mut line, mut used, mut bare) = (Text::default(), 0, true);
        for unit in self.units() {
            let wide = unit.text.width();
            if used + wide > room && !bare && !unit.space {
                line.trim_end();
                lines.push(std::mem::replace(&mut line, indent.clone()));
                (used, bare) = (indent.width(), true);
            }
            if unit.space {
                // Space at the start of a line that was broken is dropped; the indent of the first line stays.
                if (!bare || lines.is_empty()) && used + wide <= room {
                    line.append(&unit.text);
                    used += wide;
                }
                continue;
            }
            for (style, grapheme) in unit.text.graphemes().flat_map(|(style, g)| parts(style, g, room - indent.width()))
            {
                // A word longer than a line is broken anywhere.
                if used + width(grapheme) > room && !bare {
                    lines.push(std::mem::replace(&mut line, indent.clone()));
                    used = indent.width();
                }
                line.push(style, grapheme);
                used += width(grapheme);
                bare = false;
            }
        }
        line.trim_end();
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// What is not broken: a word, a Chinese character with its punctuation; and the spaces between.
    fn units(&self) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        // True while the next grapheme belongs to the last unit whatever it is.
        let mut glued = false;
        let mut in_word = false;
        for (style, grapheme) in self.graphemes() {
            let first = grapheme.chars().next().unwrap_or(' ');
            let space = grapheme.chars().all(|c| c.is_whitespace() && c != TIE);
            let wide = width(grapheme) > 1;
            let joins = !space && (glued || (in_word && !wide) || closes(first));
            match units.last_mut() {
                Some(last) if joins && !last.space => last.text.push(style, grapheme),
                _ => units.push(Unit { text: Text::default().with(style, grapheme), space }),
            }
            glued = opens(first);
            in_word = !space && !wide;
        }
        units
    }

    /// The line as it is written.
    pub fn write(&self, out: &mut String, color: bool) {
        for (style, text) in &self.pieces {
            let text = text.replace(TIE, " ");
            match style {
                Style::Bold if color => out.extend(["\u{1b}[1m", &text, "\u{1b}[0m"]),
                Style::Dim if color => out.extend(["\u{1b}[2m", &text, "\u{1b}[0m"]),
                _ => out.push_str(&text),
            }
        }
        out.push('\n');
    }
}

struct Unit {
    text: Text,
    space: bool,
}

/// Punctuation that never begins a line.
fn closes(c: char) -> bool {
    "，。、！？；：”’）》」』】…·,.;:!?)]".contains(c)
}

/// Punctuation that never ends a line.
fn opens(c: char) -> bool {
    "“‘（《「『【([".contains(c)
}

/// Columns of a text on a terminal, grapheme by grapheme: a Chinese character takes two.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// A grapheme, or its characters where no line is wide enough for it: marks can be heaped on one letter without end.
fn parts(style: Style, grapheme: &str, room: usize) -> impl Iterator<Item = (Style, &str)> {
    let whole = width(grapheme) <= room;
    let ends = grapheme.char_indices().map(|(at, c)| (at, at + c.len_utf8()));
    let chars = ends.filter(move |_| !whole).map(move |(from, to)| (style, &grapheme[from..to]));
    std::iter::once((style, grapheme)).filter(move |_| whole).chain(chars)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flat(text: &Text) -> String {
        text.pieces.iter().map(|(_, t)| t.as_str()).collect()
    }

    #[test]
    fn chinese_folds_between_characters_and_keeps_its_punctuation() {
        let lines = Text::plain("烤肉还是配烧酒，啤酒太撑了").fold(15, 2);
        assert_eq!(lines.iter().map(flat).collect::<Vec<_>>(), ["烤肉还是配烧", "  酒，啤酒太撑", "  了"]);
    }

    #[test]
    fn english_folds_between_words_and_ties_hold() {
        let lines = Text::plain("mainly on nights out 71\u{a0}%, barbecue").fold(23, 0);
        assert_eq!(lines.iter().map(flat).collect::<Vec<_>>(), ["mainly on nights out", "71\u{a0}%, barbecue"]);
    }

    #[test]
    fn cutting_counts_columns() {
        assert_eq!(flat(&Text::plain("威士忌 whisky").fit(6)), "威士…");
        assert_eq!(flat(&Text::plain("whisky").fit(6)), "whisky");
    }

    #[test]
    fn style_is_written_only_with_color() {
        let text = Text::bold("ANSWER").with(Style::Plain, " beer").with(Style::Dim, " q3");
        let (mut plain, mut color) = (String::new(), String::new());
        text.write(&mut plain, false);
        text.write(&mut color, true);
        assert_eq!(plain, "ANSWER beer q3\n");
        assert_eq!(color, "\u{1b}[1mANSWER\u{1b}[0m beer\u{1b}[2m q3\u{1b}[0m\n");
    }

    #[test]
    fn marks_heaped_on_one_letter_are_broken_like_a_long_word() {
        let text = Text::plain("¡ 0ൊਾ𖽑");
        assert!(text.fold(4, 1).iter().all(|line| line.width() <= 4), "{:?}", text.fold(4, 1));
    }

    proptest! {
        #[test]
        fn nothing_overflows_and_nothing_is_lost(text in any::<String>(), more in "[啤酒，。“” a-z🍺]{0,80}", room in 4usize..60, hang in 0usize..10) {
            let text = Text::plain(&(text + &more));
            let mut kept = String::new();
            for line in text.fold(room, hang) {
                prop_assert!(line.width() <= room, "{line:?}");
                kept.extend(flat(&line).chars().filter(|c| !c.is_whitespace()));
            }
            let raw: String = flat(&text).chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(kept, raw);
            prop_assert!(text.fit(room).width() <= room);
        }
    }
}
