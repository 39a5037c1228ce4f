//! The few words that are kept: for each cell the quotes of best grade and smallest hash, so that any order of posts and
//! any split into parts keeps the same ones.

mod book;
mod cell;
mod cite;
mod cut;
mod mask;
mod packed;

pub(super) use book::QuoteBook;
pub use cell::Cell;
pub(super) use cite::Citation;

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use cut::{QUOTE_CHARS, window};
pub use mask::ShownWords;
use mask::mask;

use super::record::{Record, seniority};
use crate::interpret::evidence::Lang;
use crate::read::post::Post;

/// The post behind quotes; all quotes of a post share it. Of a long text only the window of its quote is kept.
#[derive(Debug)]
pub(super) struct Source {
    seconds: i64,
    post: u64,
    author: u64,
    exact: u64,
    platform: u64,
    /// The text, the time and the address, packed, one behind the other.
    words: Box<[u8]>,
    text_len: u16,
    time_len: u16,
    has_url: bool,
    cut: bool,
    lang: Lang,
}

/// Longest text, in bytes, that is kept whole until somebody wants to see it.
const WHOLE_BYTES: usize = 1024;

impl Source {
    /// The post, as far as the range of its text goes.
    fn of((post, record, platform): (&Post, &Record, u64), range: Range<usize>, with_url: bool) -> Arc<Self> {
        let time = post.time.as_ref().map_or("", |time| &time.text);
        let url = post.url.as_deref().filter(|_| with_url);
        let text = &post.text[range.clone()];
        let mut words = Vec::with_capacity(text.len());
        packed::pack(text, &mut words);
        let text_len = words.len() as u16;
        packed::pack(time, &mut words);
        let time_len = words.len() as u16 - text_len;
        packed::pack(url.unwrap_or_default(), &mut words);
        Arc::new(Self {
            seconds: record.time(),
            post: record.key,
            author: record.author,
            exact: record.exact,
            platform,
            words: words.into(),
            // Both are far below 65,536: a text is at most a kilobyte or a window of it, and a time a few characters.
            text_len,
            time_len,
            has_url: url.is_some(),
            cut: range.len() < post.text.trim().len(),
            lang: record.lang(),
        })
    }

    fn text(&self) -> String {
        packed::unpack(&self.words[..usize::from(self.text_len)])
    }

    fn time(&self) -> Option<String> {
        let from = usize::from(self.text_len);
        Some(&self.words[from..from + usize::from(self.time_len)]).filter(|time| !time.is_empty()).map(packed::unpack)
    }

    fn url(&self) -> Option<String> {
        let from = usize::from(self.text_len) + usize::from(self.time_len);
        self.has_url.then(|| packed::unpack(&self.words[from..]))
    }

    /// The order of copies: the most senior first, as among records.
    fn seniority(&self) -> (bool, i64, u64) {
        seniority(self.seconds, self.post)
    }

    /// All of it, in the order in which one of several is chosen.
    fn whole(&self) -> impl Ord {
        let keys = (self.seniority(), self.author, self.exact, self.platform);
        (keys, self.text(), self.cut, self.lang, self.time(), self.url())
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Source {}

impl PartialOrd for Source {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Source {
    fn cmp(&self, other: &Self) -> Ordering {
        self.whole().cmp(&other.whole())
    }
}

/// Words of one post. They are cut to a window around what they are quoted for when they are shown: most quotes never are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    source: Arc<Source>,
    /// Byte ranges of the kept text, sorted.
    spans: SmallVec<[[u32; 2]; 2]>,
}

/// What may be shown of a quote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The words, with everything covered that leads to a person.
    pub text: String,
    /// The words that carry the statement: byte ranges of `text`.
    pub spans: Vec<[u32; 2]>,
    /// The post goes on before or after.
    pub cut: bool,
}

impl Quote {
    /// The quote of a post around the given byte ranges of its text; `shared` is the post behind its other quotes.
    pub(super) fn of(
        (post, record, platform): (&Post, &Record, u64),
        shared: &OnceCell<Arc<Source>>,
        spans: &mut Vec<Range<usize>>,
        with_url: bool,
    ) -> Self {
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        spans.dedup();
        // A span that is no range of this text can only be a bug to the left; a quote without it is better than none.
        spans.retain(|span| post.text.get(span.clone()).is_some());
        let (source, range) = if post.text.len() <= WHOLE_BYTES {
            let whole = 0..post.text.len();
            (Arc::clone(shared.get_or_init(|| Source::of((post, record, platform), whole.clone(), with_url))), whole)
        } else {
            let range = window(&post.text, spans, QUOTE_CHARS);
            (Source::of((post, record, platform), range.clone(), with_url), range)
        };
        let inside = |span: &&Range<usize>| range.start <= span.start && span.end <= range.end;
        let relative = |span: &Range<usize>| [(span.start - range.start) as u32, (span.end - range.start) as u32];
        Self { source, spans: spans.iter().filter(inside).map(relative).collect() }
    }

    /// What may be shown: handles, addresses, accounts and long numbers are covered.
    pub fn shown(&self) -> Shown {
        let text = self.source.text();
        let text = text.as_str();
        let spans: Vec<Range<usize>> = self.spans.iter().map(|span| span[0] as usize..span[1] as usize).collect();
        let range = window(text, &spans, QUOTE_CHARS);
        let inside = spans.iter().filter(|span| range.start <= span.start && span.end <= range.end);
        let relative: Vec<Range<usize>> = inside.map(|s| s.start - range.start..s.end - range.start).collect();
        let cut = self.source.cut || range.len() < text.trim().len();
        let (text, spans) = mask(&text[range], &relative);
        Shown { text, spans, cut }
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        self.source.lang
    }

    /// When it was written.
    pub fn time(&self) -> Option<String> {
        self.source.time()
    }

    /// Its address, where the tally keeps addresses.
    pub fn url(&self) -> Option<String> {
        self.source.url()
    }

    /// The hash of its platform's name; 0 where it is not known.
    pub(in crate::accumulate) fn platform(&self) -> u64 {
        self.source.platform
    }

    /// The post it comes from, with its version.
    pub(super) fn source(&self) -> (u64, u64) {
        (self.source.post, self.source.exact)
    }
}

/// What may be shown of a text around some of its words: at most `most` characters, everything personal covered.
///
/// The spans are byte ranges of the text, sorted; one that is no range of it is left out.
pub fn excerpt(text: &str, spans: &[Range<usize>], most: usize) -> Shown {
    let spans: Vec<Range<usize>> = spans.iter().filter(|span| text.get((*span).clone()).is_some()).cloned().collect();
    let range = whole_words(text, window(text, &spans, most), spans.first());
    let inside = spans.iter().filter(|span| range.start <= span.start && span.end <= range.end);
    let relative: Vec<Range<usize>> = inside.map(|s| s.start - range.start..s.end - range.start).collect();
    let cut = range.len() < text.trim().len();
    let (text, spans) = mask(&text[range], &relative);
    Shown { text, spans, cut }
}

/// The range without the torn Latin words at its ends, as far as `keep` allows.
fn whole_words(text: &str, range: Range<usize>, keep: Option<&Range<usize>>) -> Range<usize> {
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '\'';
    let torn = |at: usize| text[..at].ends_with(letter) && text[at..].starts_with(letter);
    let (mut start, mut end) = (range.start, range.end);
    if torn(start) {
        start += text[start..end].find(|c| !letter(c)).unwrap_or(0);
    }
    if torn(end) {
        end = text[start..end].rfind(|c| !letter(c)).map_or(end, |at| start + at);
    }
    if let Some(keep) = keep.filter(|keep| range.start <= keep.start && keep.end <= range.end) {
        (start, end) = (start.min(keep.start), end.max(keep.end));
    }
    let part = &text[start..end];
    start + part.len() - part.trim_start().len()..start + part.trim_end().len()
}
