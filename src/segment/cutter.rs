//! Where jieba would cut a text, asked for one place at a time.
//!
//! jieba takes the words whose scores add up to the most, from the end of a run backward. Most places need no such sum: where no word of the
//! dictionary has the two characters side by side, there is a boundary for certain. What lies between two certain boundaries is cut by itself; the
//! rest of the run adds the same to all its ways.

use super::dictionary::{self, Node};
use crate::normalize::span::{Norm, Span};

/// A piece of text as the segmenter cuts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span<Norm>,
}

/// Two ways whose scores differ by less could change places by the rounding of what is added to both: then the whole run is cut, in jieba's own order
/// of additions. The scores of the longest text sum up to less than 2^21, so one addition is off by at most 2^-33.
const TOO_CLOSE: f64 = 1e-6;
/// Characters of a stretch for which that holds.
const LONGEST: usize = 1024;

/// Cuts stretches of one text at most once each.
///
/// As jieba without its hidden Markov model: that one invents words out of characters, and an invented word would veto a true hit.
#[derive(Debug, Default)]
pub struct Cutter {
    /// A bit per byte of the text: whether a stretch around it was cut.
    known: Vec<u64>,
    /// A bit per byte: whether a token begins or ends there, as far as it is known.
    bounds: Vec<u64>,
    stretch: Stretch,
}

impl Cutter {
    /// Forgets the last text.
    pub fn start(&mut self, text: &str) {
        let words = text.len() / 64 + 1;
        for bits in [&mut self.known, &mut self.bounds] {
            bits.clear();
            bits.resize(words, 0);
        }
    }

    /// Whether a span crosses a word boundary: some token overlaps it in part, neither inside it nor around it.
    pub fn crosses(&mut self, text: &str, span: Span<Norm>) -> bool {
        [span.start, span.end].into_iter().any(|edge| {
            // The token around the edge sticks out on the one side and ends inside on the other.
            self.token_over(text, edge as usize).is_some_and(|token| !token.contains(span))
        })
    }

    /// Whether both ends of a span are word boundaries.
    pub fn is_whole(&mut self, text: &str, span: Span<Norm>) -> bool {
        self.is_boundary(text, span.start as usize) && self.is_boundary(text, span.end as usize)
    }

    /// All tokens of a text.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        let mut out = Vec::new();
        let mut start = 0;
        for at in text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(1) {
            if self.is_boundary(text, at) {
                out.push(Token { span: Span::new(start, at) });
                start = at;
            }
        }
        out
    }

    /// Whether a token begins or ends at a byte.
    fn is_boundary(&mut self, text: &str, at: usize) -> bool {
        if has(&self.known, at) {
            return has(&self.bounds, at);
        }
        let (before, after) = text.split_at(at);
        let is_certain = match (before.chars().next_back(), after.chars().next()) {
            (Some(before), Some(after)) => !dictionary::may_join(dictionary::code(before), dictionary::code(after)),
            _ => true,
        };
        if is_certain {
            return true;
        }
        self.cut_around(text, at);
        has(&self.bounds, at)
    }

    /// The token that has a byte strictly inside.
    fn token_over(&mut self, text: &str, at: usize) -> Option<Span<Norm>> {
        if self.is_boundary(text, at) {
            return None;
        }
        // The stretch was cut, so both ends of the token are known.
        Some(Span::new(last_before(&self.bounds, at), first_after(&self.bounds, at).unwrap_or(text.len())))
    }

    /// Cuts the stretch around a byte.
    fn cut_around(&mut self, text: &str, at: usize) {
        if !self.stretch.between_certain_boundaries(text, at) || !self.stretch.cut(true) {
            self.stretch.whole_run(text, at);
            self.stretch.cut(false);
        }
        let Self { known, bounds, stretch } = self;
        for &(at, _) in &stretch.chars {
            set(known, at as usize);
        }
        stretch.tokens(|start, end| {
            set(bounds, start);
            set(bounds, end);
        });
    }
}

/// Characters that are cut together; reused from stretch to stretch.
#[derive(Debug, Default)]
struct Stretch {
    /// Place and code of each character; then the end of the last one.
    chars: Vec<(u32, u16)>,
    /// Per character: the score of the best way from there to the end.
    scores: Vec<f64>,
    /// Per character: the character after the first word of that way.
    ends: Vec<u32>,
}

impl Stretch {
    /// Takes the characters from the certain boundary before a byte to the one after it; `false` where they are too many.
    fn between_certain_boundaries(&mut self, text: &str, at: usize) -> bool {
        let mut after = None;
        let start =
            text[..at].char_indices().rev().map(|(at, c)| (at, dictionary::code(c))).take_while(|&(_, code)| {
                let joins = after.is_none_or(|after| dictionary::may_join(code, after));
                after = Some(code);
                joins
            });
        let start = start.last().map_or(at, |(at, _)| at);
        self.chars.clear();
        let mut end = start;
        for c in text[start..].chars() {
            let code = dictionary::code(c);
            if end > at && self.chars.last().is_some_and(|&(_, before)| !dictionary::may_join(before, code)) {
                break;
            }
            self.chars.push((end as u32, code));
            end += c.len_utf8();
        }
        self.chars.push((end as u32, 0));
        self.chars.len() <= LONGEST
    }

    /// Takes the run of characters around a byte.
    fn whole_run(&mut self, text: &str, at: usize) {
        let joins = |&(_, c): &(usize, char)| dictionary::joins_run(c);
        let start = text[..at].char_indices().rev().take_while(joins).last().map_or(at, |(at, _)| at);
        let run = || text[start..].char_indices().take_while(joins);
        self.chars.clear();
        self.chars.extend(run().map(|(at, c)| ((start + at) as u32, dictionary::code(c))));
        let end = run().last().map_or(start, |(at, c)| start + at + c.len_utf8());
        self.chars.push((end as u32, 0));
    }

    /// Finds the best way, the dictionary searched on the go; among equals the one with the longer word. `false` where two ways are too close and
    /// that matters.
    fn cut(&mut self, closeness_matters: bool) -> bool {
        let chars = &self.chars[..];
        let length = chars.len() - 1;
        self.scores.clear();
        self.scores.resize(length + 1, 0.0);
        self.ends.clear();
        self.ends.resize(length, 0);
        for first in (0..length).rev() {
            let (mut best, mut end) = (f64::NEG_INFINITY, 0);
            let mut node = dictionary::root(chars[first].1);
            let mut next = first + 1;
            loop {
                if node.score() != Node::NO_WORD {
                    let way = dictionary::score(node.score()) + self.scores[next];
                    if closeness_matters && (way - best).abs() < TOO_CLOSE {
                        return false;
                    }
                    if way >= best {
                        (best, end) = (way, next as u32);
                    }
                }
                match dictionary::step(node, chars[next].1) {
                    Some(longer) => node = longer,
                    None => break,
                }
                next += 1;
            }
            if end == 0 {
                (best, end) = (dictionary::score(Node::NO_WORD) + self.scores[first + 1], first as u32 + 1);
            }
            self.scores[first] = best;
            self.ends[first] = end;
        }
        true
    }

    /// Hands on the tokens of the best way, start and end in the text. Single letters and digits side by side are one token.
    fn tokens(&self, mut token: impl FnMut(usize, usize)) {
        let place = |at: usize| self.chars[at].0 as usize;
        let is_letter = |at: usize| self.ends[at] as usize == at + 1 && dictionary::is_letter(self.chars[at].1);
        let length = self.ends.len();
        let mut at = 0;
        while at < length {
            let start = at;
            if is_letter(at) {
                while at < length && is_letter(at) {
                    at += 1;
                }
            } else {
                at = self.ends[at] as usize;
            }
            token(place(start), place(at));
        }
    }
}

fn has(bits: &[u64], at: usize) -> bool {
    bits[at / 64] & 1 << (at % 64) != 0
}

fn set(bits: &mut [u64], at: usize) {
    bits[at / 64] |= 1 << (at % 64);
}

/// The last bit before a place, or the first place of all.
fn last_before(bits: &[u64], at: usize) -> usize {
    let (word, below) = (at / 64, (1 << (at % 64)) - 1);
    let last = |word: usize, bits: u64| (bits != 0).then(|| word * 64 + 63 - bits.leading_zeros() as usize);
    last(word, bits[word] & below).or_else(|| (0..word).rev().find_map(|word| last(word, bits[word]))).unwrap_or(0)
}

/// The first bit behind a place.
fn first_after(bits: &[u64], at: usize) -> Option<usize> {
    let (word, above) = (at / 64, !1 << (at % 64));
    let first = |word: usize, bits: u64| (bits != 0).then(|| word * 64 + bits.trailing_zeros() as usize);
    first(word, bits[word] & above).or_else(|| (word + 1..bits.len()).find_map(|word| first(word, bits[word])))
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::path::Path;
    use std::sync::OnceLock;

    use super::*;
    use crate::normalize::normalize;
    use jieba_rs::Jieba;
    use proptest::prelude::*;

    fn jieba() -> &'static Jieba {
        static JIEBA: OnceLock<Jieba> = OnceLock::new();
        JIEBA.get_or_init(Jieba::new)
    }

    /// Words of the dictionary, most of them rare: ties between them are frequent.
    fn words() -> &'static [String] {
        static WORDS: OnceLock<Vec<String>> = OnceLock::new();
        WORDS.get_or_init(|| {
            let mut all = String::new();
            let packed = include_bytes!("dictionary/words.txt.gz").as_slice();
            flate2::read::GzDecoder::new(packed).read_to_string(&mut all).expect("unpacks");
            all.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
        })
    }

    fn ask(text: &str, word: &str) -> (bool, bool) {
        let mut cutter = Cutter::default();
        cutter.start(text);
        let at = text.find(word).expect("word in text");
        let span = Span::new(at, at + word.len());
        (cutter.crosses(text, span), cutter.is_whole(text, span))
    }

    fn cut(text: &str) -> Vec<&str> {
        let mut cutter = Cutter::default();
        cutter.start(text);
        cutter.tokens(text).iter().map(|t| &text[t.span.range()]).collect()
    }

    fn cut_by_jieba(text: &str) -> Vec<&str> {
        jieba().cut(text, false).iter().map(|t| t.word).collect()
    }

    #[test]
    fn the_cases_of_the_architecture() {
        assert_eq!(ask("我住在北京东城", "京东"), (true, false));
        assert_eq!(ask("各种草药", "种草"), (true, false));
        assert_eq!(ask("那家大酒店", "酒店"), (false, false));
        assert_eq!(ask("昨天晚上下雨", "晚上"), (false, false));
        assert_eq!(ask("买了个茶几", "茶"), (false, false));
        assert_eq!(ask("京东买的", "京东"), (false, true));
    }

    #[test]
    fn the_demo_is_cut_as_jieba_cuts_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/demo");
        let mut bytes = 0;
        for file in std::fs::read_dir(folder).expect("the demo is there").flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap_or_default();
            for line in text.lines() {
                for line in [line, &normalize(line)] {
                    assert_eq!(cut(line), cut_by_jieba(line));
                    bytes += line.len();
                }
            }
        }
        assert!(bytes > 50_000);
    }

    #[test]
    fn a_long_stretch_is_cut_whole() {
        let text = "c++t恤".repeat(2_000) + &"a1".repeat(3_000);
        assert_eq!(cut(&text), cut_by_jieba(&text));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn words_in_a_row_are_cut_as_jieba_cuts_them(
            parts in prop::collection::vec((prop::sample::select(words()), 0usize..8, prop::sample::select(&["", "", "", "的", "，", "t恤", "x1", "c++", "𠀀", "γ"])), 1..12),
            places in prop::collection::vec(0usize..400, 1..9),
        ) {
            // Beginnings and ends of words make more ways than whole ones.
            let text: String = parts.iter().map(|(word, piece, between)| {
                let middle = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(at, _)| at);
                let piece = match piece { 0 => &word[..middle], 1 => &word[middle..], _ => word };
                piece.to_owned() + between
            }).collect();
            let expected = cut_by_jieba(&text);
            prop_assert_eq!(&cut(&text), &expected);
            // The same in any order of questions.
            let mut ends = vec![0];
            ends.extend(expected.iter().scan(0, |at, word| { *at += word.len(); Some(*at) }));
            let all: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut cutter = Cutter::default();
            cutter.start(&text);
            for place in places {
                let at = all[place % all.len()];
                prop_assert_eq!(cutter.is_boundary(&text, at), ends.binary_search(&at).is_ok(), "{} in {}", at, text);
                if let Err(after) = ends.binary_search(&at) {
                    prop_assert_eq!(cutter.token_over(&text, at), Some(Span::new(ends[after - 1], ends[after])));
                }
            }
        }

        #[test]
        fn any_text_is_cut_as_jieba_cuts_it(text in "([啤酒好喝京东北城昨天晚上大学生前来a-z0-9A-Z ，。.+_#&%-]|\\PC){0,40}") {
            prop_assert_eq!(cut(&text), cut_by_jieba(&text));
        }
    }
}
