//! Charts as SVG. What runs along one axis is drawn in percent of its width, so that text keeps its size on a telephone.

pub(super) mod flow;
pub(super) mod lines;
pub(super) mod scatter;
pub(super) mod track;

use unicode_width::UnicodeWidthChar;

/// The width of a text in em: a Han character is as wide as it is high, Latin letters about 0.56 of that.
pub(super) fn em(text: &str) -> f64 {
    text.chars().map(|c| if c.width() == Some(2) { 1.0 } else { 0.56 }).sum()
}

/// A coordinate with two decimals, without trailing zeros: the same bytes for the same figure.
pub(super) fn at(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A coordinate in percent.
pub(super) fn pct(value: f64) -> String {
    format!("{}%", at(value))
}

/// Text of at most so many em, with an ellipsis where it is cut.
pub(super) fn cut(text: &str, most: f64) -> String {
    if em(text) <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1.0;
    for c in text.chars() {
        used += if c.width() == Some(2) { 1.0 } else { 0.56 };
        if used > most {
            break;
        }
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_measured_by_their_script() {
        assert!((em("啤酒") - 2.0).abs() < 1e-9);
        assert!((em("beer") - 2.24).abs() < 1e-9);
        assert_eq!((cut("啤酒", 2.0), cut("外星人电解质水", 4.0)), ("啤酒".to_owned(), "外星人…".to_owned()));
    }

    #[test]
    fn coordinates_are_short_and_stable() {
        assert_eq!(
            (at(12.0), at(0.126), at(-0.001), pct(50.5)),
            ("12".into(), "0.13".into(), "0".into(), "50.5%".into())
        );
    }
}
