//! Text that cannot act on a terminal: what would move the cursor, ring, or turn the reading direction is shown instead.

use std::borrow::Cow;

/// Text in which nothing acts on a terminal.
///
/// Of the control characters (C0, DEL, C1) only the line feed is left; the others, the 12 `Bidi_Control` characters and
/// the two Unicode line separators become escapes such as `\u{1b}`, `\t` or `\u{202e}`. Text without them is borrowed.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, |c| c != '\n' && acts(c))
}

/// [`visible`] for text that must stay in its line: a line feed becomes a space.
pub(super) fn visible_line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\t']) {
        return visible(text);
    }
    let flat = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
    Cow::Owned(visible(&flat).into_owned())
}

/// Whether a character could act on a terminal, or break a line that a reader takes for one.
pub(super) fn acts(c: char) -> bool {
    c.is_control() || is_bidi_control(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// The Unicode property `Bidi_Control`: 12 characters.
fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn shown(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    let Some(first) = text.find(&hidden) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for c in text[first..].chars() {
        if hidden(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_without_controls_is_borrowed() {
        assert!(matches!(visible("烤肉还是配烧酒，\n啤酒太撑了 🍺"), Cow::Borrowed(_)));
    }

    #[test]
    fn what_acts_becomes_an_escape() {
        for (raw, safe) in [
            ("a\u{1b}]52;c;eA==\u{7}b", r"a\u{1b}]52;c;eA==\u{7}b"),
            ("回\u{8}车\r\n", "回\\u{8}车\\r\n"),
            ("\u{9b}31m红", r"\u{9b}31m红"),
            ("a\tb\u{7f}", r"a\tb\u{7f}"),
            ("\u{202e}gnp.exe", r"\u{202e}gnp.exe"),
            ("两\u{2028}行", r"两\u{2028}行"),
        ] {
            assert_eq!(visible(raw), safe);
        }
    }

    /// Reliability 101.
    #[test]
    fn all_twelve_bidi_controls_are_replaced() {
        let all: Vec<char> = (0..=0x10_ffff).filter_map(char::from_u32).filter(|&c| is_bidi_control(c)).collect();
        assert_eq!(all.len(), 12);
        for c in all {
            assert!(!visible(&format!("x{c}y")).contains(c));
        }
    }

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(visible_line("上\r\n下\t左\n\u{1b}"), r"上 下 左 \u{1b}");
    }

    proptest! {
        #[test]
        fn nothing_that_acts_is_left(text in any::<String>(), more in "[\\x00-\\x1f\\x7f-\\u{9f}\u{202a}-\u{202e}中a]{0,20}") {
            let raw = text + &more;
            let safe = visible(&raw);
            prop_assert!(safe.chars().all(|c| c == '\n' || !acts(c)));
            let twice = visible(&safe).into_owned();
            prop_assert_eq!(&twice, safe.as_ref());
            prop_assert!(!visible_line(&raw).chars().any(acts));
        }
    }
}
