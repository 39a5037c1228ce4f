//! What a surface stands for, written out: for those who keep the lexicon tidy.

use super::compile::{is_latin, is_told_by_its_mark};
use super::latin::variants;
use crate::lexicon::Term;
use crate::segment::Outline;

/// Every spelling that a surface finds in a normalized text: one for a Chinese surface; for a Latin one its regular endings too (`noun`: those
/// of categories and brands), words joined by single spaces. An open surface (`word*`) gives its stem.
pub fn spellings(term: &Term, noun: bool) -> Vec<String> {
    if is_latin(&term.surface) {
        let mut outline = Outline::default();
        outline.read(&term.surface);
        let words: Vec<&str> = outline.words.iter().map(|w| &term.surface[w.range()]).collect();
        if !words.is_empty() && !is_told_by_its_mark(&term.surface, &words) {
            let mut out = Vec::new();
            variants(term, &words, noun, |variant| out.push(variant.join(" ")));
            return out;
        }
    }
    vec![term.surface.clone()]
}
