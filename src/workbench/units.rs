//! The words of a text as a lexicographer counts them, and how strongly a word and a condition go together.

use crate::normalize::{Document, is_han};
use crate::segment::{Cutter, Outline};

/// Cuts texts into words; the buffers are reused from text to text.
#[derive(Default)]
pub(super) struct Words {
    outline: Outline,
    cutter: Cutter,
}

impl Words {
    /// Hands on every Chinese word of two characters or more, every pair of lone characters that stand together (a word that the dictionary
    /// does not know falls apart into these), and every English word of three letters or more; words that are not the writer's own are
    /// left out.
    pub fn each(&mut self, doc: &Document<'_>, mut take: impl FnMut(&str)) {
        let text = doc.norm();
        self.outline.read(text);
        self.cutter.start(text);
        let mut lone: Option<usize> = None;
        for token in self.cutter.tokens(text) {
            let word = &text[token.span.range()];
            let han = word.chars().all(is_han);
            if doc.is_foreign(token.span) || !han {
                lone = None;
                continue;
            }
            if word.chars().nth(1).is_some() {
                take(word);
                lone = None;
            } else {
                let start = token.span.start as usize;
                if let Some(before) = lone {
                    take(&text[before..start + word.len()]);
                }
                lone = Some(start);
            }
        }
        for &span in &self.outline.words {
            let word = &text[span.range()];
            if word.len() >= 3 && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'') && !doc.is_foreign(span) {
                take(word.strip_suffix("'s").unwrap_or(word));
            }
        }
    }
}

/// Dunning's log-likelihood ratio (G²) of a 2×2 table: `both` of `with` things that have the one feature also have the other, which `of` of
/// all `n` have. Positive where they stand together more often than chance would have it, negative where less.
pub(super) fn likelihood_ratio(both: u64, with: u64, of: u64, n: u64) -> f64 {
    let cell = |observed: u64, row: u64, column: u64| {
        let expected = row as f64 * column as f64 / n.max(1) as f64;
        if observed == 0 { 0.0 } else { observed as f64 * (observed as f64 / expected).ln() }
    };
    let ratio = 2.0
        * (cell(both, with, of)
            + cell(with - both, with, n - of)
            + cell(of - both, n - with, of)
            + cell(n + both - with - of, n - with, n - of));
    let more = both as f64 * n as f64 >= with as f64 * of as f64;
    if more { ratio } else { -ratio }
}

/// `12,345`
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `34.5 %`; a dash where there is nothing to divide by.
pub(super) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "–".to_owned() } else { format!("{:.1} %", part as f64 * 100.0 / whole as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages() {
        let doc = Document::new("夜裡去撸串，Craft beer's great @someone", 0);
        let mut seen = Vec::new();
        Words::default().each(&doc, |w| seen.push(w.to_owned()));
        for word in ["撸串", "craft", "beer", "great"] {
            assert!(seen.iter().any(|s| s == word), "{word}: {seen:?}");
        }
        assert!(!seen.iter().any(|s| s == "someone"), "{seen:?}");
    }

    #[test]
    fn the_ratio_is_that_of_the_textbook() {
        // Dunning 1993, "the swiss": 110, 2442, 111, 29114.
        let (both, with, of, n) = (110, 110 + 2442, 110 + 111, 110 + 2442 + 111 + 29114);
        assert!((likelihood_ratio(both, with, of, n) - 270.72).abs() < 0.01);
        assert!(likelihood_ratio(1, 50, 50, 100) < 0.0);
        assert!(likelihood_ratio(25, 50, 50, 100).abs() < 1e-9);
        assert_eq!(likelihood_ratio(0, 0, 0, 0), 0.0);
    }

    #[test]
    fn figures_are_readable() {
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(count(12), "12");
        assert_eq!(percent(1, 8), "12.5 %");
    }
}
