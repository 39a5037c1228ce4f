//! The cells of one row become a post, or a reason why not.

use std::borrow::Cow;

use super::columns::{Field, Mapping};
use super::field::calendar::{Calendar, Day};
use super::field::markup::plain;
use super::field::mojibake::is_mojibake;
use super::field::{author, count, platform, tags, text, time};
use super::post::{Origin, Post, Reception, Time};
use super::reject::Reason;

/// One cell of a row, as its format gives it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum Cell<'a> {
    /// The row has no such cell.
    #[default]
    Absent,
    /// A text.
    Text(Cow<'a, str>),
    /// A number as it is written: ids of 23 digits stay what they are.
    Number(&'a str),
    /// Something else: null, true, a list, an object.
    Other(&'static str),
}

impl Cell<'_> {
    /// The content, when there is any.
    fn content(&self) -> Option<&str> {
        let content = match self {
            Cell::Text(text) => text.trim(),
            Cell::Number(number) => number,
            Cell::Absent | Cell::Other(_) => return None,
        };
        (!author::is_empty(content)).then_some(content)
    }
}

/// The cells of one row by slot; reused from row to row.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    values: Vec<Cell<'a>>,
    touched: Vec<u16>,
    /// Whether a key turned up that the head of the file did not have.
    late: bool,
}

impl<'a> Cells<'a> {
    /// Room for all slots of a mapping.
    pub(super) fn new(mapping: &Mapping) -> Self {
        Self { values: vec![Cell::Absent; mapping.slot_count()], touched: Vec::new(), late: false }
    }

    /// The content of a cell, when there is any.
    pub(super) fn content(&self, slot: u16) -> Option<&str> {
        self.values[usize::from(slot)].content()
    }

    /// Empties all cells.
    pub(super) fn clear(&mut self) {
        for slot in self.touched.drain(..) {
            self.values[usize::from(slot)] = Cell::Absent;
        }
        self.late = false;
    }

    /// Fills a cell; false if it was filled before.
    pub(super) fn fill(&mut self, slot: u16, cell: Cell<'a>, late: bool) -> bool {
        let place = &mut self.values[usize::from(slot)];
        let first = *place == Cell::Absent;
        *place = cell;
        self.touched.push(slot);
        self.late |= late;
        first
    }
}

/// What platforms write themselves where a text was taken away, or where somebody passed on a post without a word.
const GONE: &[&str] =
    &["[deleted]", "[removed]", "转发微博", "轉發微博", "快转微博", "转发", "轉發", "Repost", "repost"];

/// Why a row is no post.
pub(super) type Refusal = (Reason, String);

/// Turns rows of one file into posts.
#[derive(Debug)]
pub(super) struct Composer<'m> {
    mapping: &'m Mapping,
    calendar: Calendar,
    /// What the row at hand was repaired of.
    pub(super) remarks: Vec<Reason>,
}

impl<'m> Composer<'m> {
    /// A composer for files with this mapping.
    pub(super) fn new(mapping: &'m Mapping, calendar: Calendar) -> Self {
        Self { mapping, calendar, remarks: Vec::new() }
    }

    /// The post of a row.
    pub(super) fn post(&mut self, cells: &mut Cells<'_>, origin: Origin) -> Result<Post, Refusal> {
        let (mut text, title_len) = self.text(cells)?;
        if text.is_empty() {
            return Err((Reason::NoText, String::new()));
        }
        if is_mojibake(&text) {
            self.remarks.push(Reason::Mojibake);
        }
        for tags in self.candidates(cells, Field::Tags) {
            tags::append(&mut text, tags);
        }
        if text::cap(&mut text) {
            self.remarks.push(Reason::TextCut);
        }
        let title_len = if title_len <= text.len() { title_len } else { 0 };
        let url = self.first(cells, Field::Url).map(str::to_string);
        let platform = self.platform(cells, url.as_deref());
        let author = self
            .candidates(cells, Field::Author)
            .filter(|handle| !is_rounded(handle))
            .find_map(|handle| author::author_key(platform.as_deref(), handle));
        let time = self.time(cells);
        let (id, thread, is_comment) = self.place(cells);
        Ok(Post {
            origin,
            id,
            text,
            title_len,
            author,
            time,
            platform: platform.map(Cow::into_owned),
            region: self.candidates(cells, Field::Region).find(|region| !is_address(region)).map(str::to_string),
            thread,
            is_comment,
            keyword: self.first(cells, Field::Keyword).map(str::to_string),
            url,
            reception: self.reception(cells),
        })
    }

    /// The contents of the cells of a field, best first.
    fn candidates<'c>(&self, cells: &'c Cells<'_>, field: Field) -> impl Iterator<Item = &'c str> + use<'c, 'm> {
        self.mapping.slots_of(field, cells.late).iter().filter_map(|&slot| cells.values[usize::from(slot)].content())
    }

    fn first<'c>(&self, cells: &'c Cells<'_>, field: Field) -> Option<&'c str> {
        self.candidates(cells, field).next()
    }

    /// Title and text, cleaned and joined.
    fn text(&mut self, cells: &mut Cells<'_>) -> Result<(String, usize), Refusal> {
        let mut nul = false;
        let mut take = |cell: &mut Cell<'_>| match std::mem::take(cell) {
            Cell::Text(content) => {
                let (content, had_nul) = text::without_nul(content);
                nul |= had_nul;
                let content = plain(content);
                (!author::is_empty(content.trim()) && !GONE.contains(&content.trim())).then(|| content.into_owned())
            }
            Cell::Number(number) => Some(number.to_string()),
            Cell::Absent | Cell::Other(_) => None,
        };
        let title = self
            .mapping
            .slots_of(Field::Title, cells.late)
            .iter()
            .find_map(|&slot| take(&mut cells.values[usize::from(slot)]));
        let second = self
            .mapping
            .slots_of(Field::Second, cells.late)
            .iter()
            .find_map(|&slot| take(&mut cells.values[usize::from(slot)]));
        let (mut body, mut wrong) = (None, None);
        for &slot in self.mapping.slots_of(Field::Text, cells.late) {
            let cell = &mut cells.values[usize::from(slot)];
            match cell {
                Cell::Text(_) => body = take(cell),
                Cell::Number(_) => wrong = wrong.or(Some((slot, "a number"))),
                Cell::Other(kind) => wrong = wrong.or(Some((slot, *kind))),
                Cell::Absent => {}
            }
            if body.is_some() {
                break;
            }
        }
        match wrong {
            // A title says what an empty text does not; but a list or a number as text means that the columns are wrong.
            Some((slot, kind)) if body.is_none() && (kind != "null" || title.is_none()) => {
                let key = self.mapping.slot_name(slot);
                return Err((Reason::WrongType, format!("`{key}` is {kind}, not a text")));
            }
            _ => {}
        }
        // `comments` is a text in one export and a number of them in another.
        if title.is_some() && body.as_deref().is_some_and(is_count) {
            body = None;
        }
        body = match (body, second) {
            (Some(first), Some(second)) => Some(format!("{first}\n{second}")),
            (first, second) => first.or(second),
        };
        if nul {
            self.remarks.push(Reason::NulRemoved);
        }
        Ok(text::join(title.as_deref().unwrap_or_default(), body.as_deref().unwrap_or_default()))
    }

    /// The export's word, else what the header tells, else the host of the address.
    fn platform(&self, cells: &Cells<'_>, url: Option<&str>) -> Option<Cow<'static, str>> {
        let word = |field| self.candidates(cells, field).filter(|word| word.len() <= 40).find_map(platform::of_word);
        word(Field::Platform)
            .or(self.mapping.platform().map(Cow::Borrowed))
            .or_else(|| url.and_then(platform::known_host).map(Cow::Borrowed))
            .or_else(|| word(Field::Source))
            .or_else(|| url.and_then(platform::of_url))
    }

    fn time(&mut self, cells: &Cells<'_>) -> Option<Time> {
        let mut unread = false;
        let calendar = self.calendar;
        for cell in self.candidates(cells, Field::Time) {
            let Some(time) = time::parse(cell, calendar).or_else(|| self.seen_from_fetching(cell, cells)) else {
                unread = true;
                continue;
            };
            let clock = self.first(cells, Field::Clock).filter(|clock| *clock != cell && time.text.len() == 10);
            let Some(clock) = clock else { return Some(time) };
            let zone = self.first(cells, Field::Zone).unwrap_or_default();
            return time::parse_joined(cell, &format!("{clock} {zone}"), calendar)
                .filter(|time| time.text.len() > 10)
                .or_else(|| time::parse_joined(cell, clock, calendar));
        }
        if unread {
            self.remarks.push(Reason::BadTime);
        }
        None
    }

    /// `昨天` of a row that says when it was fetched.
    fn seen_from_fetching(&self, cell: &str, cells: &Cells<'_>) -> Option<Time> {
        let fetched = time::parse(self.first(cells, Field::Fetched)?, self.calendar)?;
        time::parse(cell, Calendar { now: Day::of(&fetched), ..self.calendar })
    }

    /// The counts beside the post.
    fn reception(&mut self, cells: &Cells<'_>) -> Reception {
        let mut unread = false;
        let mut count = |field| {
            let mut found = None;
            for cell in self.candidates(cells, field) {
                match count::parse(cell) {
                    Ok(Some(count)) => return Some(count),
                    Ok(None) => found = found.or(Some(false)),
                    Err(count::NoCount) => found = found.or(Some(true)),
                }
            }
            unread |= found == Some(true);
            None
        };
        let reception = Reception {
            likes: count(Field::Likes),
            replies: count(Field::Replies),
            shares: count(Field::Shares),
            saves: count(Field::Saves),
        };
        if unread {
            self.remarks.push(Reason::BadCount);
        }
        reception
    }

    /// Id, thread and whether the post answers something there.
    fn place(&mut self, cells: &Cells<'_>) -> (Option<String>, Option<String>, bool) {
        let mut rounded = false;
        let mut exact = |field| {
            let found = self.first(cells, field)?;
            let keep = !is_rounded(found);
            rounded |= !keep;
            keep.then(|| found.to_string())
        };
        let (comment, note) = (exact(Field::Comment), exact(Field::Note));
        let (id, thread, is_comment) = match (comment, note) {
            (Some(comment), note) => {
                let inside = note.is_some();
                (Some(comment), note, inside)
            }
            (None, Some(note)) => (Some(note.clone()), Some(note), false),
            (None, None) => {
                let id = exact(Field::Id);
                let thread = exact(Field::Thread).filter(|thread| thread != "0");
                let has_threads = !self.mapping.slots_of(Field::Thread, cells.late).is_empty();
                match thread {
                    Some(thread) => {
                        let answers = id.as_deref() != Some(thread.as_str());
                        (id, Some(thread), answers)
                    }
                    // Where threads are exported, a post without one begins its own.
                    None => (id.clone(), id.filter(|_| has_threads), false),
                }
            }
        };
        if rounded {
            self.remarks.push(Reason::LossyId);
        }
        (id, thread, is_comment || self.mapping.all_comments())
    }
}

/// Whether a text is nothing but a number: `12`, `1,234`, `3.1万`.
fn is_count(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || " ,.+万千kKwW".contains(c))
}

/// Whether a region is an IP address: that is a person's, not a region.
fn is_address(region: &str) -> bool {
    region.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':')) && region.contains(['.', ':'])
}

/// Whether a spreadsheet has rounded an id: `1.23457E+17`.
fn is_rounded(id: &str) -> bool {
    let Some((mantissa, exponent)) = id.split_once(['E', 'e']) else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let exponent = exponent.strip_prefix('+').unwrap_or("");
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(exponent) && digits(whole) && digits(fraction)
}
