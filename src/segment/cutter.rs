//! jieba behind one question: where are the word boundaries of this run?

use std::sync::OnceLock;

use jieba_rs::Jieba;

use super::outline::Outline;
use crate::normalize::span::{Norm, Span};

/// A piece of text as the segmenter cuts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span<Norm>,
}

/// The dictionary, loaded on first use: unpacking it takes 0.17 s, which `rival --help` and English posts need not pay.
fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

/// Loads the dictionary now, for a thread that has nothing better to do while the input is read.
pub fn load_dictionary() {
    jieba();
}

/// Cuts runs of one text at most once each.
#[derive(Debug, Default)]
pub struct Cutter {
    /// Per run: the place of its boundaries in `bounds`, once it was cut.
    cut: Vec<Option<(u32, u32)>>,
    /// Starts of tokens and ends of runs, ascending within a run.
    bounds: Vec<u32>,
}

impl Cutter {
    /// Forgets the last text.
    pub fn start(&mut self, outline: &Outline) {
        self.cut.clear();
        self.cut.resize(outline.runs.len(), None);
        self.bounds.clear();
    }

    /// The token boundaries of a run, both ends included.
    fn boundaries(&mut self, text: &str, outline: &Outline, run: usize) -> &[u32] {
        let (from, to) = match self.cut[run] {
            Some(range) => range,
            None => {
                let span = outline.runs[run].span;
                let from = self.bounds.len() as u32;
                let mut at = span.start;
                // Without the hidden Markov model: it invents words out of characters, and an invented word would veto a true hit.
                for token in jieba().cut(&text[span.range()], false) {
                    self.bounds.push(at);
                    at += token.word.len() as u32;
                }
                self.bounds.push(at);
                let range = (from, self.bounds.len() as u32);
                self.cut[run] = Some(range);
                range
            }
        };
        &self.bounds[from as usize..to as usize]
    }

    /// Whether a span crosses a word boundary: some token overlaps it in part, neither inside it nor around it.
    pub fn crosses(&mut self, text: &str, outline: &Outline, span: Span<Norm>) -> bool {
        self.edge_crosses(text, outline, span, span.start) || self.edge_crosses(text, outline, span, span.end)
    }

    /// Whether the token around one edge of a span sticks out on the one side and ends inside on the other.
    fn edge_crosses(&mut self, text: &str, outline: &Outline, span: Span<Norm>, edge: u32) -> bool {
        let Some(run) = inner_run(outline, edge) else { return false };
        let bounds = self.boundaries(text, outline, run);
        match bounds.binary_search(&edge) {
            Ok(_) => false,
            Err(after) => {
                let (start, end) = (bounds[after - 1], bounds[after]);
                let around = start <= span.start && span.end <= end;
                !around
            }
        }
    }

    /// Whether both ends of a span are word boundaries.
    pub fn is_whole(&mut self, text: &str, outline: &Outline, span: Span<Norm>) -> bool {
        [span.start, span.end].into_iter().all(|edge| match inner_run(outline, edge) {
            None => true,
            Some(run) => self.boundaries(text, outline, run).binary_search(&edge).is_ok(),
        })
    }

    /// All tokens of a text: cut runs, and each character between runs by itself.
    pub fn tokens(&mut self, text: &str, outline: &Outline) -> Vec<Token> {
        let mut out = Vec::new();
        let mut at = 0;
        let single = |from: u32, to: u32, out: &mut Vec<Token>| {
            for (i, c) in text[from as usize..to as usize].char_indices() {
                let start = from as usize + i;
                out.push(Token { span: Span::new(start, start + c.len_utf8()) });
            }
        };
        for run in 0..outline.runs.len() {
            let span = outline.runs[run].span;
            single(at, span.start, &mut out);
            let bounds = self.boundaries(text, outline, run).to_vec();
            out.extend(bounds.windows(2).map(|w| Token { span: Span::new(w[0] as usize, w[1] as usize) }));
            at = span.end;
        }
        single(at, text.len() as u32, &mut out);
        out
    }
}

/// The run in which a byte stands strictly inside: at the edge of a run there is a boundary without cutting.
fn inner_run(outline: &Outline, at: u32) -> Option<usize> {
    let run = outline.run_at(at)?;
    let span = outline.runs[run];
    (span.has_han && at > span.span.start).then_some(run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ask(text: &str, word: &str) -> (bool, bool) {
        let mut outline = Outline::default();
        outline.read(text);
        let mut cutter = Cutter::default();
        cutter.start(&outline);
        let at = text.find(word).expect("word in text");
        let span = Span::new(at, at + word.len());
        (cutter.crosses(text, &outline, span), cutter.is_whole(text, &outline, span))
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

    proptest! {
        #[test]
        fn the_tokens_of_a_text_concatenate_to_it(text in "([啤酒好喝京东北城a-z0-9 ,。.+_-]|\\PC){0,40}") {
            let mut outline = Outline::default();
            outline.read(&text);
            let mut cutter = Cutter::default();
            cutter.start(&outline);
            let joined: String = cutter.tokens(&text, &outline).iter().map(|t| &text[t.span.range()]).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn cutting_a_run_is_cutting_the_text(text in "[啤酒好喝京东北城昨天晚上a-z0-9 ，。.+_-]{0,40}") {
            let mut outline = Outline::default();
            outline.read(&text);
            let mut cutter = Cutter::default();
            cutter.start(&outline);
            let lazy: Vec<String> = outline.runs.iter().enumerate().flat_map(|(i, _)| {
                let bounds = cutter.boundaries(&text, &outline, i).to_vec();
                bounds.windows(2).map(|w| text[w[0] as usize..w[1] as usize].to_owned()).collect::<Vec<_>>()
            }).collect();
            let whole: Vec<String> = jieba().cut(&text, false).iter().map(|t| t.word.to_owned())
                .filter(|w| w.chars().any(|c| c.is_alphanumeric() || "+#&._%-".contains(c))).collect();
            prop_assert_eq!(lazy, whole);
        }
    }
}
