//! One pass over a normalized text: sentences, clauses, Latin words, and the runs that jieba cuts on their own.

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

/// A stretch of Han, letters and digits that jieba cuts on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// Where.
    pub span: Span<Norm>,
    /// Whether there is a Han character in it; without one there is nothing to cut.
    pub has_han: bool,
}

/// Clauses, Latin words and runs of a text, all in text order.
#[derive(Debug, Default)]
pub struct Outline {
    /// Clauses; never empty ones.
    pub clauses: Vec<Clause>,
    /// Latin words: letters and digits of any script that writes words, apostrophes inside.
    pub words: Vec<Span<Norm>>,
    /// Runs.
    pub runs: Vec<Run>,
}

/// What a character does to the outline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Han,
    Word,
    /// Joins a run for jieba but is no part of a word: `+ # & . _ % -`
    Connector,
    Apostrophe,
    Space,
    /// Ends a clause: comma, colon, brackets …
    ClauseEnd,
    /// Ends a sentence.
    SentenceEnd,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | '0'..='9' | 'A'..='Z' => Kind::Word,
        '\u{4E00}'..='\u{9FFF}' => Kind::Han,
        ' ' => Kind::Space,
        '+' | '#' | '&' | '.' | '_' | '%' | '-' => Kind::Connector,
        '\'' => Kind::Apostrophe,
        ',' | '，' | ';' | '；' | ':' | '：' | '(' | ')' | '（' | '）' | '"' | '“' | '”' | '「' | '」' | '《'
        | '》' | '【' | '】' | '—' | '|' => Kind::ClauseEnd,
        '\n' | '。' | '!' | '?' | '！' | '？' | '…' | '～' | '~' => Kind::SentenceEnd,
        _ if is_han(c) => Kind::Han,
        _ if c.is_alphanumeric() => Kind::Word,
        _ => Kind::Other,
    }
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
    run: Option<(usize, bool)>,
}

impl Pass<'_> {
    fn end_word(&mut self, at: usize) {
        if let Some(start) = self.word.take() {
            self.outline.words.push(Span::new(start, at));
        }
    }

    fn end_run(&mut self, at: usize) {
        if let Some((start, has_han)) = self.run.take() {
            self.outline.runs.push(Run { span: Span::new(start, at), has_han });
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
        self.runs.clear();
        let mut pass = Pass { outline: self, clause: 0, sentence: 0, sentence_used: false, word: None, run: None };
        let mut before = Kind::Space;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let kind = kind(c);
            let next = chars.peek().map(|&(_, c)| c);
            match kind {
                Kind::Word => {
                    pass.word.get_or_insert(at);
                }
                Kind::Apostrophe if pass.word.is_some() && next.is_some_and(|c| c.is_ascii_alphabetic()) => {}
                _ => pass.end_word(at),
            }
            match kind {
                Kind::Han => pass.run = Some((pass.run.map_or(at, |(start, _)| start), true)),
                // Letters beyond ASCII break a run of jieba's.
                Kind::Word if c.is_ascii() => pass.run = Some(pass.run.unwrap_or((at, false))),
                Kind::Connector => pass.run = Some(pass.run.unwrap_or((at, false))),
                _ => pass.end_run(at),
            }
            let end = at + c.len_utf8();
            match kind {
                Kind::ClauseEnd => pass.end_clause(at, end, false),
                Kind::SentenceEnd => pass.end_clause(at, end, true),
                // Chinese posts often set a space where others set a comma.
                Kind::Space if before == Kind::Han && next.is_some_and(is_han) => pass.end_clause(at, end, false),
                // A full stop ends a sentence where a space follows it; "3.5" and "u.s." go on.
                Kind::Connector
                    if c == '.'
                        && next.is_none_or(|n| n == ' ' || n == '\n' || n == '.' || is_han(n))
                        && !is_abbreviation(&text[..at]) =>
                {
                    pass.end_clause(at, end, true);
                }
                _ => {}
            }
            before = kind;
        }
        let end = text.len();
        pass.end_word(end);
        pass.end_run(end);
        pass.end_clause(end, end, true);
    }

    /// The clause in which a byte stands, or the one before it.
    pub fn clause_at(&self, at: u32) -> usize {
        self.clauses.partition_point(|c| c.span.start <= at).saturating_sub(1)
    }

    /// The sentence in which a byte stands.
    pub fn sentence_at(&self, at: u32) -> u32 {
        self.clauses.get(self.clause_at(at)).map_or(0, |c| c.sentence)
    }

    /// The run that holds a byte.
    pub fn run_at(&self, at: u32) -> Option<usize> {
        let i = self.runs.partition_point(|r| r.span.start <= at).checked_sub(1)?;
        (at < self.runs[i].span.end).then_some(i)
    }
}

/// The number of words between two places: a Han character is one, a Latin word is one.
pub fn words_between(text: &str, from: u32, to: u32) -> u32 {
    let Some(stretch) = text.get(from as usize..to as usize) else { return 0 };
    let mut words = 0;
    let mut in_word = false;
    for c in stretch.chars() {
        match kind(c) {
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
    }
    words
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
        assert_eq!(words_between("喝完这杯 very cold beer", 0, 12), 4);
        assert_eq!(words_between("a don't b", 1, 8), 1);
    }

    proptest! {
        #[test]
        fn runs_are_the_ones_that_jieba_cuts(text in "([啤酒好喝a-z0-9é ,。.+_-]|\\PC){0,30}") {
            let outline = read(&text);
            let mut last = 0;
            for run in &outline.runs {
                prop_assert!(run.span.start >= last && run.span.end as usize <= text.len());
                last = run.span.end;
            }
            for clause in &outline.clauses {
                prop_assert!(text.is_char_boundary(clause.span.start as usize) && text.is_char_boundary(clause.span.end as usize));
            }
        }
    }
}
