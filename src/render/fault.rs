//! A fault of a file the user writes (lexicons, `rival.toml`), shown as a compiler shows it.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};

use super::visible::{acts, visible_line};

/// What is wrong, where, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault<'a> {
    /// A stable code such as `L802`.
    pub code: &'a str,
    /// The file, as the user can open it.
    pub path: &'a str,
    /// Line, from 1; 0 where only the file is known.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
    /// What is wrong, in one sentence.
    pub message: &'a str,
    /// What to do.
    pub help: &'a str,
}

/// The fault over several lines, without a line feed at the end: `path:line:column`, then, where the text of the file is
/// at hand, the line itself with a caret under the place.
pub fn fault(fault: &Fault<'_>, source_text: Option<&str>) -> String {
    let title = Level::ERROR.primary_title(visible_line(fault.message)).id(visible_line(fault.code));
    shown(fault, source_text, title)
}

/// The same for something that is no fault but worth a look; without a code.
pub fn warning(fault: &Fault<'_>, source_text: Option<&str>) -> String {
    shown(fault, source_text, Level::WARNING.primary_title(visible_line(fault.message)))
}

fn shown(fault: &Fault<'_>, source_text: Option<&str>, title: Title<'_>) -> String {
    let path = visible_line(fault.path);
    let line = source_text.and_then(|text| line_of(text, fault.line));
    let number = usize::try_from(fault.line).unwrap_or(usize::MAX);
    let mut group: Group<'_> = match &line {
        Some(line) => {
            let (start, end) = place(line, fault.column);
            let caret = AnnotationKind::Primary.span(start..end);
            title.element(Snippet::source(line.as_str()).line_start(number).path(path).annotation(caret))
        }
        None if fault.line == 0 => title.element(Origin::path(path)),
        None => {
            let column = usize::try_from(fault.column.max(1)).unwrap_or(usize::MAX);
            title.element(Origin::path(path).line(number).char_column(column))
        }
    };
    if !fault.help.is_empty() {
        group = group.element(Level::HELP.message(visible_line(fault.help)));
    }
    Renderer::plain().render(&[group]).trim_end().to_owned()
}

/// A line of the file in which each character that acts is replaced by one that shows: columns stay true.
fn line_of(text: &str, line: u64) -> Option<String> {
    let at = usize::try_from(line.checked_sub(1)?).ok()?;
    let line = text.split('\n').nth(at)?;
    let shown = |c: char| match c {
        '\t' => ' ',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        c if acts(c) => '\u{fffd}',
        c => c,
    };
    Some(line.strip_suffix('\r').unwrap_or(line).chars().map(shown).collect())
}

/// The bytes of the character at a column; past the end of the line, its end.
fn place(line: &str, column: u64) -> (usize, usize) {
    let at = usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX);
    line.char_indices().nth(at).map_or((line.len(), line.len()), |(start, c)| (start, start + c.len_utf8()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    const FAULT: Fault<'static> = Fault {
        code: "L802",
        path: "mine/饮料.toml",
        line: 2,
        column: 6,
        message: "茶 has one character and no boundary policy",
        help: "add boundary = \"strict\"",
    };

    #[test]
    fn the_caret_stands_under_chinese_text() {
        let shown = fault(&FAULT, Some("[[category]]\n啤酒 # 茶几\r\nid = 1\n"));
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "error[L802]: 茶 has one character and no boundary policy");
        assert!(lines[1].ends_with("mine/饮料.toml:2:6"), "{shown}");
        let source = lines.iter().find(|l| l.contains("茶几")).expect("the line itself");
        let caret = lines.iter().find(|l| l.contains('^')).expect("a caret");
        let column = |line: &str, of: char| line.split(of).next().map(UnicodeWidthStr::width);
        assert_eq!(column(source, '茶'), column(caret, '^'), "{shown}");
        assert_eq!(caret.matches('^').count(), 2, "as wide as the character: {shown}");
        assert!(shown.contains("help: add boundary"), "{shown}");
        assert!(!shown.ends_with('\n'));
    }

    #[test]
    fn without_the_text_the_place_is_still_told() {
        for source in [None, Some("one line only")] {
            assert!(fault(&FAULT, source).contains("mine/饮料.toml:2:6"), "{}", fault(&FAULT, source));
        }
        let shown = fault(&Fault { line: 0, column: 0, ..FAULT }, None);
        assert!(shown.contains("mine/饮料.toml\n") && !shown.contains(".toml:"), "{shown}");
    }

    #[test]
    fn a_column_past_the_end_points_at_the_end() {
        let shown = fault(&Fault { line: 1, column: 99, ..FAULT }, Some("啤酒"));
        assert!(shown.contains("啤酒") && shown.contains('^'), "{shown}");
    }

    #[test]
    fn control_characters_of_the_file_do_not_act_and_columns_stay_true() {
        let shown = fault(&Fault { line: 1, column: 4, ..FAULT }, Some("\u{1b}\u{202e}\t茶"));
        assert!(shown.contains(":1:4") && shown.contains("␛\u{fffd} 茶"), "{shown}");
    }

    proptest! {
        #[test]
        fn any_text_anywhere_is_harmless(text in any::<String>(), path in any::<String>(), line in 0u64..4, column in 0u64..40) {
            let it = Fault { code: "L805", path: &path, line, column, message: &text, help: &path };
            for source in [None, Some(text.as_str())] {
                let shown = fault(&it, source);
                prop_assert!(shown.chars().all(|c| c == '\n' || !acts(c)));
            }
        }
    }
}
