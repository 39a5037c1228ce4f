//! Which column of a file is which field of a post.

mod fold;
mod names;
mod nearest;
mod signs;

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind, Result};
use fold::fold;
use names::{Listed, late_names, late_of, late_place, listed, names};
pub(super) use nearest::closest;
use signs::{SIGNS, Sign};

/// A field of a post that a column can fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The text itself; the only field that a file must have.
    Text,
    /// Its title.
    Title,
    /// More of the text in a column of its own: what was disliked, what was added later.
    Second,
    /// An id or name of the writer.
    Author,
    /// Date and time, or the date alone.
    Time,
    /// The time of day where `Time` is a date alone.
    Clock,
    /// The zone of date and clock.
    Zone,
    /// When the row was fetched: what `昨天` is told from.
    Fetched,
    /// The post's own id.
    Id,
    /// The id of a note, video or article: its own for a post, the thread for a comment.
    Note,
    /// The id of a comment.
    Comment,
    /// The platform by name.
    Platform,
    /// A domain or source, used where nothing else tells the platform.
    Source,
    /// Where the post came from.
    Region,
    /// The conversation it belongs to, or the post it answers or forwards.
    Thread,
    /// The keyword by which it was fetched.
    Keyword,
    /// Its address.
    Url,
    /// Its tags, where they stand in a column of their own.
    Tags,
    /// How many liked it.
    Likes,
    /// How many answered it.
    Replies,
    /// How many passed it on.
    Shares,
    /// How many put it aside for later.
    Saves,
}

impl Field {
    /// All fields.
    pub const ALL: &'static [Field] = &[
        Field::Text,
        Field::Title,
        Field::Second,
        Field::Author,
        Field::Time,
        Field::Clock,
        Field::Zone,
        Field::Fetched,
        Field::Id,
        Field::Note,
        Field::Comment,
        Field::Platform,
        Field::Source,
        Field::Region,
        Field::Thread,
        Field::Keyword,
        Field::Url,
        Field::Tags,
        Field::Likes,
        Field::Replies,
        Field::Shares,
        Field::Saves,
    ];

    /// The name used in `--columns`.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Title => "title",
            Field::Second => "second",
            Field::Author => "author",
            Field::Time => "time",
            Field::Clock => "clock",
            Field::Zone => "zone",
            Field::Fetched => "fetched",
            Field::Id => "id",
            Field::Note => "note",
            Field::Comment => "comment",
            Field::Platform => "platform",
            Field::Source => "source",
            Field::Region => "region",
            Field::Thread => "thread",
            Field::Keyword => "keyword",
            Field::Url => "url",
            Field::Tags => "tags",
            Field::Likes => "likes",
            Field::Replies => "replies",
            Field::Shares => "shares",
            Field::Saves => "saves",
        }
    }
}

/// Columns named by the user; they override what the header tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns(BTreeMap<Field, String>);

impl Columns {
    /// Reads `text=内容,author=昵称`.
    ///
    /// # Errors
    /// `Usage` for a part without `=`, an unknown field, an empty name or a field given twice.
    pub fn parse(argument: &str) -> Result<Self> {
        let mut columns = BTreeMap::new();
        for part in argument.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let usage = |message: String| Error::new(ErrorKind::Usage, message);
            let (field, name) = part
                .split_once('=')
                .map(|(field, name)| (field.trim(), name.trim()))
                .filter(|(_, name)| !name.is_empty())
                .ok_or_else(|| {
                    usage(format!("`{part}` in --columns is not FIELD=COLUMN"))
                        .help("for example --columns text=内容,author=昵称")
                })?;
            let Some(&known) = Field::ALL.iter().find(|known| known.as_str() == field) else {
                let all: Vec<&str> = Field::ALL.iter().map(|field| field.as_str()).collect();
                return Err(usage(format!("--columns knows no field `{field}`"))
                    .help(format!("the fields are {}", all.join(", "))));
            };
            if columns.insert(known, name.to_string()).is_some() {
                return Err(usage(format!("--columns names the field `{field}` twice")));
            }
        }
        Ok(Self(columns))
    }

    /// Whether none is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same columns with one more.
    #[must_use]
    pub fn with(mut self, field: Field, name: impl Into<String>) -> Self {
        self.0.insert(field, name.into());
        self
    }
}

/// Which columns fill which fields in one file.
#[derive(Debug, Clone, Default)]
pub struct Mapping {
    /// The columns in use: name and index in the header.
    slots: Vec<(String, usize)>,
    /// For each field the slots that may fill it, best first.
    order: Vec<Vec<u16>>,
    /// For each field how many of these the head of the file has; known keys of objects that turn up later follow.
    early: Vec<usize>,
    /// Slots from here on are such later keys, in the order of all that are known.
    late_from: u16,
    /// Whether there are any.
    takes_late: bool,
    /// Columns that fill no field.
    unused: Vec<String>,
    platform: Option<&'static str>,
    comments: bool,
}

impl Mapping {
    /// The columns in use, by field: for messages.
    pub fn described(&self) -> Vec<(Field, Vec<&str>)> {
        let all = Field::ALL.iter().map(|&field| (field, self.names_of(field).collect()));
        all.filter(|(_, names): &(_, Vec<&str>)| !names.is_empty()).collect()
    }

    /// The columns of a field, best first.
    pub(super) fn names_of(&self, field: Field) -> impl Iterator<Item = &str> {
        self.slots_of(field, false).iter().map(|&slot| self.slots[usize::from(slot)].0.as_str())
    }

    /// What the header tells of the platform, if no column does.
    pub fn platform(&self) -> Option<&'static str> {
        self.platform
    }

    /// Whether every row of the file is a comment.
    pub(super) fn all_comments(&self) -> bool {
        self.comments
    }

    /// The slots of a field, best first; with `late` those too that the head of the file did not have.
    pub(super) fn slots_of(&self, field: Field, late: bool) -> &[u16] {
        let slots = self.order.get(field as usize).map_or(&[][..], Vec::as_slice);
        if late { slots } else { &slots[..self.early.get(field as usize).map_or(0, |&early| early)] }
    }

    /// The slot of a key that the head of the file did not have.
    pub(super) fn late_slot(&self, key: &str) -> Option<u16> {
        late_place(&fold(key)).filter(|_| self.takes_late).map(|place| self.late_from + place)
    }

    /// The first of these slots.
    pub(super) fn late_from(&self) -> u16 {
        self.late_from
    }

    /// How many slots there are.
    pub(super) fn slot_count(&self) -> usize {
        self.slots.len() + if self.takes_late { late_names().len() } else { 0 }
    }

    /// The name of a slot, for messages.
    pub(super) fn slot_name(&self, slot: u16) -> &str {
        let late = || late_names().get(usize::from(slot - self.late_from)).copied();
        self.slots.get(usize::from(slot)).map(|(name, _)| name.as_str()).or_else(late).unwrap_or_default()
    }

    /// Whether nothing can be read with it.
    fn is_wordless(&self) -> bool {
        self.slots_of(Field::Text, false).is_empty() && self.slots_of(Field::Title, false).is_empty()
    }

    /// Names and column indices of the slots that the head of the file has.
    pub(super) fn slots(&self) -> &[(String, usize)] {
        &self.slots
    }

    /// How many different fields are filled, those left out that tables of anything have: counts and tags.
    pub(super) fn fields(&self) -> usize {
        self.early.iter().take(Field::Tags as usize).filter(|&&slots| slots > 0).count()
    }

    /// Columns that fill no field.
    pub(super) fn unused(&self) -> &[String] {
        &self.unused
    }

    /// The mapping of a table with this header.
    ///
    /// # Errors
    /// `Input` when no column holds text, when a named column is not there, or when a name that is used stands twice.
    pub(super) fn of_header(header: &[String], told: &Columns) -> Result<Self> {
        let mapping = Self::resolve(header, told)?;
        if mapping.is_wordless() {
            return Err(nearest::no_text(header));
        }
        for (name, column) in &mapping.slots {
            if let Some(other) = header.iter().skip(column + 1).position(|other| other == name) {
                let message = format!(
                    "the column `{name}` stands twice in the header, as column {} and {}",
                    column + 1,
                    column + other + 2
                );
                return Err(Error::new(ErrorKind::Input, message)
                    .help("rename one of them, or name another one with --columns"));
            }
        }
        Ok(mapping)
    }

    /// The mapping of objects with these keys; other known keys that turn up later are used after these.
    pub(super) fn of_keys(keys: &[String], told: &Columns) -> Result<Self> {
        let mut mapping = Self::resolve(keys, told)?;
        if !keys.is_empty() && mapping.is_wordless() {
            return Err(nearest::no_text(keys));
        }
        for &field in Field::ALL {
            // A field that was named, or that only has a weak name so far, is not filled by surprise.
            let weak = mapping
                .slots_of(field, false)
                .iter()
                .any(|&slot| names(field).weak.contains(&fold(&mapping.slots[usize::from(slot)].0).as_str()));
            if !told.0.contains_key(&field) && !weak {
                mapping.order[field as usize].extend(late_of(field).iter().map(|place| mapping.late_from + place));
            }
        }
        mapping.takes_late = true;
        Ok(mapping)
    }

    /// How many different fields objects with these keys fill; none without a text.
    pub(super) fn fields_of(keys: &[String], told: &Columns) -> usize {
        Self::resolve(keys, told).ok().filter(|mapping| !mapping.is_wordless()).map_or(0, |mapping| mapping.fields())
    }

    fn resolve(header: &[String], told: &Columns) -> Result<Self> {
        let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
        let has = |name: &str| folded.iter().any(|other| other == name);
        let sign = SIGNS
            .iter()
            .find(|sign| sign.with.iter().all(|name| has(name)) && !sign.without.iter().any(|name| has(name)));
        let known = known(&folded);
        let (platform, comments) = sign.map_or((None, false), |sign| (sign.platform, sign.comments));
        let mut mapping = Mapping { platform, comments, ..Self::default() };
        let mut given = Vec::new();
        for name in told.0.values() {
            given.push(named(name, header, &folded)?);
        }
        for &field in Field::ALL {
            if let Some(name) = told.0.get(&field) {
                let column = named(name, header, &folded)?;
                mapping.add(field, &header[column], column);
                continue;
            }
            for column in choose(field, &folded, &known, sign) {
                // A column that the user gave to one field is not also another one.
                if !given.contains(&column) {
                    mapping.add(field, &header[column], column);
                }
            }
        }
        mapping.unused =
            header.iter().filter(|name| !mapping.slots.iter().any(|(used, _)| used == *name)).cloned().collect();
        mapping.order.resize(Field::ALL.len(), Vec::new());
        mapping.early = mapping.order.iter().map(Vec::len).collect();
        mapping.late_from = u16::try_from(mapping.slots.len()).unwrap_or(u16::MAX);
        Ok(mapping)
    }

    fn add(&mut self, field: Field, name: &str, column: usize) {
        let slot = match self.slots.iter().position(|(other, _)| other == name) {
            Some(slot) => slot,
            None => {
                self.slots.push((name.to_string(), column));
                self.slots.len() - 1
            }
        };
        self.order.resize(Field::ALL.len(), Vec::new());
        let slots = &mut self.order[field as usize];
        let slot = u16::try_from(slot).unwrap_or(u16::MAX);
        if !slots.contains(&slot) {
            slots.push(slot);
        }
    }
}

/// The column that the user means: by its name, else by its number, from 1.
fn named(name: &str, header: &[String], folded: &[String]) -> Result<usize> {
    let exact = header.iter().position(|other| other.trim() == name);
    let alike = || folded.iter().position(|other| *other == fold(name));
    let number = || name.parse::<usize>().ok()?.checked_sub(1).filter(|&column| column < header.len());
    exact.or_else(alike).or_else(number).ok_or_else(|| nearest::no_column(name, header))
}

/// The columns of a field, best first, of those that its lists know.
fn choose(field: Field, folded: &[String], known: &[Known], sign: Option<&Sign>) -> Vec<usize> {
    let own =
        |list: &'static [(Field, &'static str)]| list.iter().filter(move |(of, _)| *of == field).map(|&(_, name)| name);
    let (not, is) = sign.map_or((&[][..], &[][..]), |sign| (sign.not, sign.is));
    // Two spellings of a name may stand in one file.
    let named = |name: &'static str| folded.iter().zip(0..).filter(move |(other, _)| *other == name);
    let mut columns: Vec<usize> = own(is).flat_map(named).map(|(_, column)| column).collect();
    let usable = |weak: bool| {
        let fits = move |one: &&Known| (one.listed.field, one.listed.weak) == (field, weak);
        let told = move |one: &&Known| !own(not).any(|name| name == folded[one.column]);
        known.iter().filter(fits).filter(told).map(|one| one.column)
    };
    columns.extend(usable(false));
    // A source is a last resort of several spellings; of other weak names only the best is meant.
    let weak = if columns.is_empty() { if field == Field::Source { usize::MAX } else { 1 } } else { 0 };
    columns.extend(usable(true).take(weak));
    columns
}

/// A column whose name stands in a list.
struct Known {
    listed: Listed,
    column: usize,
}

/// All of these, in the order of the lists.
fn known(folded: &[String]) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    for (name, column) in folded.iter().zip(0..) {
        known.extend(listed(name).iter().map(|&listed| Known { listed, column }));
    }
    known.sort_by_key(|one| (one.listed, one.column));
    known
}
