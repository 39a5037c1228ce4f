//! The few words that are kept: for each cell the quotes of best grade and smallest hash, so that any order of posts and
//! any split into parts keeps the same ones.

mod cite;
mod cut;
mod mask;

pub(super) use cite::Citation;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use cut::{QUOTE_CHARS, window};
pub use mask::ShownWords;
use mask::mask;

use super::fingerprint::mix;
use super::record::Record;
use crate::interpret::evidence::{Lang, Theme};
use crate::lexicon::id::{
    AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId,
};
use crate::limits::QUOTES;
use crate::read::post::Post;

/// Quotes kept per cell before `finish`: more than are shown, because some turn out to be copies.
const KEPT: usize = QUOTES + 3;
/// Quotes kept per cell of the position, of which there are many.
const KEPT_OF_POSITION: usize = 3;

/// What a quote can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Something is said of an entity.
    Entity(Entity),
    /// An entity is tied to an occasion.
    Link(Entity, OccasionId),
    /// An entity has a motive in a role.
    Motive(Entity, MotiveId, Role),
    /// A relation: the loser, then the winner; for kinds without a winner the smaller id, then the greater.
    Pair(RelationKind, Entity, Entity),
    /// An entity is given up for nothing.
    Lost(Entity),
    /// Two entities are linked with one occasion, the smaller id first.
    Together(Entity, Entity),
    /// An occasion is spoken of with a motive.
    Job(OccasionId, MotiveId),
    /// An essence of an entity.
    Essence(Entity, EssenceId),
    /// A feature of an entity.
    Attribute(Entity, AttributeId),
    /// A theme of an entity that stirs.
    Felt(Entity, Theme),
    /// Somebody who speaks of an entity tells who he is.
    Customer(Entity, CustomerId),
    /// Somebody who tells who he is has a motive for an entity.
    GroupMotive(Entity, CustomerId, MotiveId, Role),
    /// An entity at a stage of the customer's way, praised or blamed.
    Stage(Entity, StageId, bool),
}

impl Hash for Cell {
    /// Half a million cells are looked up per thousand posts: one word each.
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.code());
    }
}

impl Cell {
    /// A fixed hash, so that each cell draws its own sample of the posts.
    fn code(self) -> u64 {
        let entity = |entity| match entity {
            Entity::Category(id) => u64::from(id.0) << 1,
            Entity::Brand(id) => (u64::from(id.0) << 1) | 1,
        };
        let (kind, a, b) = match self {
            Cell::Entity(e) => (0, entity(e), 0),
            Cell::Link(e, o) => (1, entity(e), u64::from(o.0)),
            Cell::Motive(e, m, r) => (2 + r as u64, entity(e), u64::from(m.0)),
            Cell::Pair(kind, a, b) => (8 + kind as u64, entity(a), entity(b)),
            Cell::Lost(e) => (7, entity(e), 0),
            Cell::Together(a, b) => (15, entity(a), entity(b)),
            Cell::Job(o, m) => (6, u64::from(o.0), u64::from(m.0)),
            Cell::Essence(e, id) => (16, entity(e), u64::from(id.0)),
            Cell::Attribute(e, id) => (17, entity(e), u64::from(id.0)),
            Cell::Felt(e, theme) => (18, entity(e), theme_number(theme)),
            Cell::Customer(e, id) => (19, entity(e), u64::from(id.0)),
            Cell::GroupMotive(e, id, m, r) => (22 + r as u64, entity(e), u64::from(id.0) << 16 | u64::from(m.0)),
            Cell::Stage(e, id, praised) => (20 + u64::from(praised), entity(e), u64::from(id.0)),
        };
        mix(kind, (a << 32) | b)
    }

    /// Quotes that are kept of it before `finish`.
    fn kept(self) -> usize {
        match self {
            Cell::Entity(_) | Cell::Link(..) | Cell::Motive(..) | Cell::Pair(..) | Cell::Lost(_) => KEPT,
            _ => KEPT_OF_POSITION,
        }
    }
}

/// A number for each theme.
fn theme_number(theme: Theme) -> u64 {
    let (kind, id) = match theme {
        Theme::Attribute(id) => (0, id.0),
        Theme::Motive(id) => (1, id.0),
        Theme::Essence(id) => (2, id.0),
        Theme::Occasion(id) => (3, id.0),
    };
    kind << 16 | u64::from(id)
}

/// The post behind quotes; all quotes of a post share it. Of a long text only the window of its quote is kept.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    seniority: (bool, i64, u64),
    post: u64,
    author: u64,
    exact: u64,
    platform_hash: u64,
    text: Box<str>,
    cut: bool,
    lang: Lang,
    time: Option<Box<str>>,
    url: Option<Box<str>>,
}

/// Longest text, in bytes, that is kept whole until somebody wants to see it.
const WHOLE_BYTES: usize = 1024;

impl Source {
    /// The post, as far as the range of its text goes.
    fn of(post: &Post, record: &Record, range: Range<usize>, with_url: bool) -> Arc<Self> {
        Arc::new(Self {
            seniority: record.seniority(),
            post: record.key,
            author: record.author,
            exact: record.exact,
            platform_hash: record.platform,
            cut: range.len() < post.text.trim().len(),
            text: post.text[range].into(),
            lang: record.lang,
            time: post.time.as_ref().map(|time| time.text.as_str().into()),
            url: post.url.as_deref().filter(|_| with_url).map(Into::into),
        })
    }
}

/// Words of one post. They are cut to a window around what they are quoted for when they are shown: most quotes never are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    source: Arc<Source>,
    /// Byte ranges of the kept text, sorted.
    spans: SmallVec<[[u32; 2]; 2]>,
    /// The platform's name; known after `finish`.
    pub platform: Option<Box<str>>,
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
        (post, record): (&Post, &Record),
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
            (Arc::clone(shared.get_or_init(|| Source::of(post, record, whole.clone(), with_url))), whole)
        } else {
            let range = window(&post.text, spans, QUOTE_CHARS);
            (Source::of(post, record, range.clone(), with_url), range)
        };
        let inside = |span: &&Range<usize>| range.start <= span.start && span.end <= range.end;
        let relative = |span: &Range<usize>| [(span.start - range.start) as u32, (span.end - range.start) as u32];
        Self { source, spans: spans.iter().filter(inside).map(relative).collect(), platform: None }
    }

    /// What may be shown: handles, addresses, accounts and long numbers are covered.
    pub fn shown(&self) -> Shown {
        let text = &self.source.text;
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
    pub fn time(&self) -> Option<&str> {
        self.source.time.as_deref()
    }

    /// Its address, where the tally keeps addresses.
    pub fn url(&self) -> Option<&str> {
        self.source.url.as_deref()
    }

    /// The post it comes from, with its version.
    pub(super) fn source(&self) -> (u64, u64) {
        (self.source.post, self.source.exact)
    }
}

/// The quotes of one cell in order of preference, at most [`KEPT`], each wording once.
type Shelf = Vec<(u64, Quote)>;

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

/// All quotes. Merging keeps, per cell, the best of both: a union cut to the first few in a fixed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct QuoteBook {
    shelves: FxHashMap<Cell, Shelf>,
}

impl QuoteBook {
    /// Offers the words of a post for a cell; `make` is asked only if they may stay. Lower grades are better.
    pub fn offer(&mut self, cell: Cell, grade: u8, record: &Record, make: impl FnOnce() -> Quote) {
        let order = (u64::from(grade) << 56) | (mix(record.exact, cell.code()) >> 8);
        put(self.shelves.entry(cell).or_default(), cell.kept(), order, record.seniority(), make);
    }

    /// Adds the quotes of another book.
    pub fn merge(&mut self, other: QuoteBook) {
        for (cell, theirs) in other.shelves {
            let shelf = self.shelves.entry(cell).or_default();
            for (order, quote) in theirs {
                put(shelf, cell.kept(), order, quote.source.seniority, || quote);
            }
        }
    }

    /// The quotes that stay: those whose post was kept, at most [`QUOTES`] a cell, different authors first.
    pub fn finish(
        self,
        kept: impl Fn((u64, u64)) -> bool,
        name: impl Fn(u64) -> Option<Box<str>>,
    ) -> BTreeMap<Cell, Vec<Quote>> {
        let mut out = BTreeMap::new();
        for (cell, shelf) in self.shelves {
            let (mut first, mut again): (Vec<Quote>, Vec<Quote>) = (Vec::new(), Vec::new());
            for (_, mut quote) in shelf.into_iter().filter(|(_, quote)| kept(quote.source())) {
                quote.platform = name(quote.source.platform_hash);
                let seen = first.iter().any(|other| other.source.author == quote.source.author);
                if seen { again.push(quote) } else { first.push(quote) }
            }
            first.append(&mut again);
            first.truncate(QUOTES);
            if !first.is_empty() {
                out.insert(cell, first);
            }
        }
        out
    }
}

/// Puts a quote into its place on a shelf, if it stays there.
fn put(shelf: &mut Shelf, most: usize, order: u64, seniority: (bool, i64, u64), make: impl FnOnce() -> Quote) {
    // Most of what is offered to a full shelf comes too late.
    if shelf.len() == most && shelf.last().is_some_and(|last| last.0 < order) {
        return;
    }
    match shelf.binary_search_by_key(&order, |&(order, _)| order) {
        // The same wording: the copy that `finish` will keep, the most senior, stands for all.
        Ok(at) if seniority <= shelf[at].1.source.seniority => {
            let quote = make();
            if quote < shelf[at].1 {
                shelf[at].1 = quote;
            }
        }
        Err(at) if at < most => {
            // Most shelves hold one quote: there are too many of them for room that nothing fills.
            shelf.reserve_exact(1);
            shelf.insert(at, (order, make()));
            shelf.truncate(most);
        }
        _ => {}
    }
}
