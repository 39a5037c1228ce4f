//! One pass over a normalized text: sentences, clauses, Latin words.

use std::ops::Range;

use crate::normalize::is_han;
use crate::normalize::span::{Norm, Span};

/// A clause: the stretch between two separators, in which a negation or a stance holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// Where, without its separator.
    pub span: Span<Norm>,
    /// The number of its sentence, from 0.
    pub sentence: u32,
}

/// Clauses and Latin words of a text, all in text order.
#[derive(Debug, Default)]
pub struct Outline {
    /// Clauses; never empty ones.
    pub clauses: Vec<Clause>,
    /// Latin words: letters and digits of any script that writes words, apostrophes inside.
    pub words: Vec<Span<Norm>>,
}

/// Longest clause in bytes: of 127,000 posts two have a longer one. What stands in a clause is held against everything else in it, so that
/// sixty thousand bytes without a comma would cost the square of that.
const CLAUSE: usize = 1_024;

/// What a character does to the outline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Word,
    /// Ends a word, but neither clause nor sentence, unless it is a full stop: `+ # & . _ % -`
    Connector,
    Apostrophe,
    Space,
    /// Ends a clause: comma, colon, brackets …
    ClauseEnd,
    /// Ends a sentence.
    SentenceEnd,
    Other,
}

/// The kinds of ASCII.
static ASCII: [Kind; 128] = {
    let mut kinds = [Kind::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' | b'0'..=b'9' | b'A'..=b'Z' => Kind::Word,
            b' ' => Kind::Space,
            b'+' | b'#' | b'&' | b'.' | b'_' | b'%' | b'-' => Kind::Connector,
            b'\'' => Kind::Apostrophe,
            b',' | b';' | b':' | b'(' | b')' | b'"' | b'|' => Kind::ClauseEnd,
            b'\n' | b'!' | b'?' | b'~' => Kind::SentenceEnd,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

/// Whether a byte is a letter or digit of ASCII.
static IS_WORD: [bool; 256] = {
    let mut is_word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_word[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    is_word
};

#[inline]
fn kind(c: char) -> Kind {
    match c {
        '\0'..='\u{7F}' => ASCII[c as usize],
        '\u{4E00}'..='\u{9FFF}' => Kind::Han,
        _ => rare_kind(c),
    }
}

fn rare_kind(c: char) -> Kind {
    match c {
        '，' | '；' | '：' | '（' | '）' | '“' | '”' | '「' | '」' | '《' | '》' | '【' | '】' | '—' => {
            Kind::ClauseEnd
        }
        '。' | '！' | '？' | '…' | '～' => Kind::SentenceEnd,
        '、' => Kind::Other,
        _ if is_han(c) => Kind::Han,
        _ if c.is_alphanumeric() => Kind::Word,
        _ => Kind::Other,
    }
}

/// The length of the stretch of Han characters at the start, as far as their first two bytes tell: U+4000 to U+9FFF without the row in which the signs of
/// the I Ching stand.
fn han_stretch(bytes: &[u8]) -> usize {
    let is_han = |c: &&[u8; 3]| matches!(c[0], 0xE5..=0xE9) || c[0] == 0xE4 && c[1] != 0xB7;
    bytes.as_chunks().0.iter().take_while(is_han).count() * 3
}

/// Whether a text ends with a word that is written with a full stop and goes on.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_ascii_alphabetic() && c != '.').next().unwrap_or_default();
    matches!(word, "vs" | "mr" | "mrs" | "ms" | "dr" | "st" | "e.g" | "i.e" | "approx" | "no")
}

/// The state of the one pass.
struct Pass<'o> {
    outline: &'o mut Outline,
    clause: usize,
    sentence: u32,
    sentence_used: bool,
    word: Option<usize>,
}

impl Pass<'_> {
    fn end_word(&mut self, at: usize) {
        if let Some(start) = self.word.take() {
            self.outline.words.push(Span::new(start, at));
        }
    }

    /// What one character does.
    fn step(&mut self, text: &str, (at, c): (usize, char), kind: Kind, before: Kind) {
        let end = at + c.len_utf8();
        // Few kinds ask for the next character.
        let next = || text[end..].chars().next();
        match kind {
            Kind::Word => {
                self.word.get_or_insert(at);
            }
            Kind::Apostrophe if self.word.is_some() && next().is_some_and(|c| c.is_ascii_alphabetic()) => {}
            _ => self.end_word(at),
        }
        match kind {
            Kind::ClauseEnd => self.end_clause(at, end, false),
            Kind::SentenceEnd => self.end_clause(at, end, true),
            // Chinese posts often set a space where others set a comma.
            Kind::Space if before == Kind::Han && next().is_some_and(is_han) => self.end_clause(at, end, false),
            // A full stop ends a sentence where a space follows it; "3.5" and "u.s." go on.
            Kind::Connector
                if c == '.'
                    && next().is_none_or(|n| n == ' ' || n == '\n' || n == '.' || is_han(n))
                    && !is_abbreviation(&text[..at]) =>
            {
                self.end_clause(at, end, true);
            }
            _ => {}
        }
    }

    fn end_clause(&mut self, at: usize, next: usize, ends_sentence: bool) {
        if at > self.clause {
            self.outline.clauses.push(Clause { span: Span::new(self.clause, at), sentence: self.sentence });
            self.sentence_used = true;
        }
        self.clause = next;
        if ends_sentence && self.sentence_used {
            self.sentence += 1;
            self.sentence_used = false;
        }
    }
}

impl Outline {
    /// Outlines a normalized text into the buffers of an earlier one.
    pub fn read(&mut self, text: &str) {
        self.clauses.clear();
        self.words.clear();
        let mut pass = Pass { outline: self, clause: 0, sentence: 0, sentence_used: false, word: None };
        let mut before = Kind::Space;
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            if at >= pass.clause + CLAUSE && pass.word.is_none() {
                pass.end_clause(at, at, true);
            }
            // Most of a text are letters of one kind after another, of which only the first tells anything, and single spaces.
            if byte == b' ' && before != Kind::Han {
                pass.end_word(at);
                before = Kind::Space;
                at += 1;
                continue;
            }
            if IS_WORD[usize::from(byte)] {
                pass.word.get_or_insert(at);
                before = Kind::Word;
                at += bytes[at..].iter().take_while(|&&byte| IS_WORD[usize::from(byte)]).count();
                continue;
            }
            let room = (pass.clause + CLAUSE).saturating_sub(at) / 3 * 3;
            let han = han_stretch(&bytes[at..]).min(room.max(3));
            if han > 0 {
                pass.end_word(at);
                before = Kind::Han;
                at += han;
            } else {
                let c = text[at..].chars().next().unwrap_or_default();
                let kind = kind(c);
                pass.step(text, (at, c), kind, before);
                before = kind;
                at += c.len_utf8();
            }
        }
        let end = text.len();
        pass.end_word(end);
        pass.end_clause(end, end, true);
    }

    /// The clause in which a byte stands, or the one before it.
    pub fn clause_at(&self, at: u32) -> usize {
        self.clauses.partition_point(|c| c.span.start <= at).saturating_sub(1)
    }

    /// The same, where the place is likely in a clause that is known already.
    #[inline]
    pub fn clause_from(&self, known: usize, at: u32) -> usize {
        let starts_by = |clause: usize| self.clauses.get(clause).is_some_and(|clause| clause.span.start <= at);
        if starts_by(known) && !starts_by(known + 1) { known } else { self.clause_at(at) }
    }

    /// The numbers of the clauses of the sentence that holds a place.
    pub fn sentence_clauses(&self, at: u32) -> Range<usize> {
        let here = self.clause_at(at);
        let Some(sentence) = self.clauses.get(here).map(|clause| clause.sentence) else { return here..here + 1 };
        let before = self.clauses[..here].iter().rev().take_while(|clause| clause.sentence == sentence).count();
        let after = self.clauses[here..].iter().take_while(|clause| clause.sentence == sentence).count();
        here - before..here + after
    }

    /// The sentence in which a byte stands.
    pub fn sentence_at(&self, at: u32) -> u32 {
        self.clauses.get(self.clause_at(at)).map_or(0, |c| c.sentence)
    }
}

/// Whether so many words or fewer stand in a stretch: a Han character is one, a Latin word is one. A long stretch is not read to its end.
pub fn within_words(text: &str, stretch: Range<u32>, most: u32) -> bool {
    let Some(stretch) = text.get(stretch.start as usize..stretch.end as usize) else { return true };
    let bytes = stretch.as_bytes();
    let (mut words, mut in_word, mut at) = (0, false, 0);
    while let Some(&byte) = bytes.get(at) {
        let (kind, length) = match byte {
            0..0x80 => (ASCII[usize::from(byte)], 1),
            // U+5000 to U+9FFF, and nothing else.
            0xE5..=0xE9 => (Kind::Han, 3),
            _ => {
                let c = stretch[at..].chars().next().unwrap_or_default();
                (kind(c), c.len_utf8())
            }
        };
        at += length;
        match kind {
            Kind::Han => {
                words += 1;
                in_word = false;
            }
            Kind::Word => {
                words += u32::from(!in_word);
                in_word = true;
            }
            Kind::Apostrophe => {}
            _ => in_word = false,
        }
        if words > most {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Outline {
        let mut outline = Outline::default();
        outline.read(text);
        outline
    }

    #[test]
    fn clauses_sentences_words() {
        let text = "昨晚喝了beer，don't like it. 3.5分！再来 一杯";
        let outline = read(text);
        let clauses: Vec<(&str, u32)> = outline.clauses.iter().map(|c| (&text[c.span.range()], c.sentence)).collect();
        assert_eq!(clauses, [("昨晚喝了beer", 0), ("don't like it", 0), (" 3.5分", 1), ("再来", 2), ("一杯", 2)]);
        assert_eq!(read("xbox vs. ps4").clauses.len(), 1);
        let words: Vec<&str> = outline.words.iter().map(|w| &text[w.range()]).collect();
        assert_eq!(words, ["beer", "don't", "like", "it", "3", "5"]);
    }

    #[test]
    fn distance_counts_words() {
        for (text, stretch, words) in [
            ("喝完这杯 very cold beer", 0..12, 4),
            ("喝完这杯 very cold beer", 0..27, 7),
            ("a don't b", 1..8, 1),
            ("3杯beer，㐀é", 0..16, 5),
            ("。 - ，", 0..9, 0),
        ] {
            for most in 0..9 {
                assert_eq!(within_words(text, stretch.clone(), most), words <= most, "{text} {stretch:?} {most}");
            }
        }
    }

    #[test]
    fn what_nothing_ends_ends_somewhere() {
        for unit in ["喝啤酒", "beer and ", "🍺", "啤酒🍺 beer"] {
            let text = unit.repeat(5_000);
            let outline = read(&text);
            let longest = outline.clauses.iter().map(|c| c.span.end - c.span.start).max();
            assert!(longest.is_some_and(|longest| longest <= CLAUSE as u32 + 8), "{unit}: {longest:?}");
            assert_eq!(outline.clauses.iter().map(|c| c.span.end - c.span.start).sum::<u32>() as usize, text.len());
            assert!(outline.words.iter().all(|w| &text[w.range()] == "beer" || &text[w.range()] == "and"));
        }
    }

    proptest! {
        #[test]
        fn clauses_and_words_stand_in_the_text_in_order(text in "([啤酒好喝a-z0-9é ,。.+_-]|\\PC){0,30}") {
            let outline = read(&text);
            let clauses: Vec<_> = outline.clauses.iter().map(|c| c.span).collect();
            for spans in [&clauses, &outline.words] {
                let mut last = 0;
                for span in spans {
                    prop_assert!(last <= span.start && span.start < span.end);
                    prop_assert!(text.get(span.range()).is_some());
                    last = span.end;
                }
            }
        }
    }
}
