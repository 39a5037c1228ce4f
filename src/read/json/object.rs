//! One JSON object becomes the cells of a row.
//!
//! Values are taken as raw text (reliability case 45: a number of 23 digits must not become a float) and only those
//! that a field needs are decoded.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::names::Paths;
use super::string;
use crate::limits;
use crate::read::columns::{Field, Mapping};
use crate::read::compose::{Cell, Cells, Refusal};
use crate::read::reject::Reason;

/// The slot of keys that no field needs.
const UNUSED: u16 = u16::MAX;

/// Where the keys of a mapping go.
#[derive(Debug)]
pub(in crate::read) struct Keys {
    /// Keys as they stand in the head of the file.
    seen: Node,
    /// The mapping: it knows keys that the head of the file did not have.
    mapping: Mapping,
    /// For each slot whether an object in its place stands for a name, an id or a time.
    holds: Vec<bool>,
    /// For each slot whether a list in its place is a list of tags.
    lists: Vec<bool>,
}

/// The keys of an object, or of an object inside it.
type Node = FxHashMap<String, Place>;

/// What a key is for.
#[derive(Debug)]
struct Place {
    /// The slot of its value, or [`UNUSED`].
    slot: u16,
    /// The keys that are needed of an object in its place.
    inside: Node,
}

impl Keys {
    /// The keys of a mapping, and the paths behind the names of keys that stand in objects inside.
    pub(in crate::read) fn new(mapping: &Mapping, paths: &Paths) -> Self {
        let mut seen = Node::default();
        for ((name, _), slot) in mapping.slots().iter().zip(0u16..) {
            place(&mut seen, paths.get(name).map_or(std::slice::from_ref(name), Vec::as_slice), slot);
        }
        for name in mapping.unused().iter().filter(|name| !paths.contains_key(*name)) {
            seen.entry(name.clone()).or_insert_with(|| Place { slot: UNUSED, inside: Node::default() });
        }
        let holding = [Field::Author, Field::Time, Field::Id, Field::Note, Field::Comment, Field::Thread];
        let mut holds = vec![false; mapping.slot_count()];
        for &slot in holding.iter().flat_map(|&field| mapping.slots_of(field, true)) {
            holds[usize::from(slot)] = true;
        }
        let mut lists = vec![false; mapping.slot_count()];
        for &slot in mapping.slots_of(Field::Tags, true) {
            lists[usize::from(slot)] = true;
        }
        Self { seen, mapping: mapping.clone(), holds, lists }
    }
}

/// Puts a slot at the end of a path.
fn place(node: &mut Node, path: &[String], slot: u16) {
    let Some((key, rest)) = path.split_first() else { return };
    let place_of_key = node.entry(key.clone()).or_insert_with(|| Place { slot: UNUSED, inside: Node::default() });
    if rest.is_empty() {
        place_of_key.slot = slot;
    } else {
        place(&mut place_of_key.inside, rest, slot);
    }
}

/// Keys of an object that stands for a person, an id or a time (`user`, `{"$oid": …}`), best first.
const INNER: &[&str] = &[
    "id_str",
    "id",
    "username",
    "screen_name",
    "uniqueId",
    "nickname",
    "name",
    "displayName",
    "$oid",
    "$date",
    "$numberLong",
];

/// Fills the cells from one object.
///
/// Returns whether half a surrogate pair was replaced.
pub(in crate::read) fn read<'a>(row: &'a str, keys: &Keys, cells: &mut Cells<'a>) -> Result<bool, Refusal> {
    let mut parser = serde_json::Deserializer::from_str(row);
    let mut state = State { keys, cells, fault: None, lone: false };
    let outcome = Object { node: &keys.seen, outermost: true, state: &mut state }.deserialize(&mut parser);
    if let Some(fault) = state.fault {
        return Err(fault);
    }
    let lone = state.lone;
    match outcome {
        Err(error) if error.classify() == Category::Data => Err(no_object(row)),
        Err(error) => Err(syntax(&error)),
        Ok(()) => match parser.end() {
            Ok(()) => Ok(lone),
            Err(error) => Err((Reason::TrailingText, format!("after byte {} of the row", error.column()))),
        },
    }
}

/// The refusal of a row that is no JSON.
fn syntax(error: &serde_json::Error) -> Refusal {
    let reason = if error.classify() == Category::Eof { Reason::Truncated } else { Reason::BadJson };
    (reason, format!("at byte {} of the row", error.column()))
}

/// The refusal of a row that is JSON but no object.
fn no_object(row: &str) -> Refusal {
    if let Some(deep) = too_deep(row) {
        return deep;
    }
    match serde_json::from_str::<&RawValue>(row) {
        Ok(value) => (Reason::WrongType, format!("the row is {}, not an object", kind(value.get()))),
        Err(error) => syntax(&error),
    }
}

/// What a JSON value is, for messages.
fn kind(raw: &str) -> &'static str {
    match raw.as_bytes().first() {
        Some(b'"') => "a text",
        Some(b'[') => "a list",
        Some(b'{') => "an object",
        Some(b'n') => "null",
        Some(b't' | b'f') => "true or false",
        _ => "a number",
    }
}

/// A refusal if lists and objects stand in each other too deeply.
fn too_deep(raw: &str) -> Option<Refusal> {
    let (mut depth, mut deepest, mut at, bytes) = (0usize, 0usize, 0usize, raw.as_bytes());
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => at = skip_string(bytes, at),
            _ => {}
        }
        at += 1;
    }
    (deepest > limits::JSON_DEPTH)
        .then(|| (Reason::TooDeep, format!("{deepest} levels, {} are read", limits::JSON_DEPTH)))
}

/// The closing quote of the string that opens at a byte.
fn skip_string(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

/// What is filled while an object is read.
struct State<'o, 'a> {
    keys: &'o Keys,
    cells: &'o mut Cells<'a>,
    fault: Option<Refusal>,
    lone: bool,
}

/// The whole object, or one inside it that holds fields.
struct Object<'s, 'o, 'a> {
    node: &'o Node,
    outermost: bool,
    state: &'s mut State<'o, 'a>,
}

impl<'a> DeserializeSeed<'a> for Object<'_, '_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Object<'_, '_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let late = self.outermost.then_some(&self.state.keys.mapping);
        while let Some(target) = map.next_key_seed(Key { node: self.node, late })? {
            let raw = map.next_value::<&'a RawValue>()?.get();
            let first = raw.as_bytes().first();
            if self.outermost
                && matches!(first, Some(b'[' | b'{'))
                && let Some(refusal) = too_deep(raw)
            {
                self.state.fault = Some(refusal);
                return Err(de::Error::custom("refused"));
            }
            if first == Some(&b'{')
                && let Some(inside) = target.inside
            {
                let mut parser = serde_json::Deserializer::from_str(raw);
                let object = Object { node: inside, outermost: false, state: self.state };
                object.deserialize(&mut parser).map_err(de::Error::custom)?;
            }
            if let Some(slot) = target.slot {
                self.state.fill(slot, raw).map_err(de::Error::custom)?;
            }
        }
        Ok(())
    }
}

impl<'a> State<'_, 'a> {
    fn fill(&mut self, slot: u16, raw: &'a str) -> Result<(), &'static str> {
        let listed = self.keys.lists[usize::from(slot)].then(|| tags(raw)).flatten();
        let cell = listed.unwrap_or_else(|| cell(raw, self.keys.holds[usize::from(slot)], &mut self.lone));
        if self.cells.fill(slot, cell, slot >= self.keys.mapping.late_from()) {
            return Ok(());
        }
        let name = self.keys.mapping.slot_name(slot);
        self.fault = Some((Reason::DuplicateKey, format!("`{name}` stands twice")));
        Err("refused")
    }
}

/// A raw value as a cell.
fn cell<'a>(raw: &'a str, holds: bool, lone: &mut bool) -> Cell<'a> {
    match raw.as_bytes().first() {
        Some(b'"') => {
            let (text, half) = string::decode(&raw[1..raw.len() - 1]);
            *lone |= half;
            Cell::Text(text)
        }
        Some(b'-' | b'0'..=b'9') => Cell::Number(raw),
        Some(b'{') if holds => inner(raw).unwrap_or(Cell::Other("an object")),
        Some(b'[') => pieces(raw).unwrap_or(Cell::Other("a list")),
        _ => Cell::Other(kind(raw)),
    }
}

/// A text in pieces, as Telegram writes one with links: texts, and objects with a `type` and a `text`.
fn pieces(raw: &str) -> Option<Cell<'_>> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Piece {
        Plain(String),
        Marked {
            #[serde(rename = "type")]
            _kind: String,
            text: String,
        },
    }
    // A list of mere texts is a list of tags as likely.
    memchr::memmem::find(raw.as_bytes(), b"\"type\"")?;
    let pieces: Vec<Piece> = serde_json::from_str(raw).ok()?;
    let texts = pieces.into_iter().map(|piece| match piece {
        Piece::Plain(text) | Piece::Marked { text, .. } => text,
    });
    Some(Cell::Text(texts.collect::<String>().into()))
}

/// A list of tags, each a text or an object with a name, as a table would have them.
fn tags(raw: &str) -> Option<Cell<'_>> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Tag {
        Plain(String),
        Named {
            #[serde(alias = "text", alias = "tag_name", alias = "hashtag_name", alias = "tag")]
            name: String,
        },
        Other(de::IgnoredAny),
    }
    if !raw.starts_with('[') {
        return None;
    }
    let tags: Vec<Tag> = serde_json::from_str(raw).ok()?;
    let mut line = String::new();
    for tag in tags {
        if let Tag::Plain(name) | Tag::Named { name } = tag {
            line.push_str(&name);
            line.push(',');
        }
    }
    Some(Cell::Text(line.into()))
}

/// The name or id in an object that stands for one.
fn inner(raw: &str) -> Option<Cell<'_>> {
    let mut parser = serde_json::Deserializer::from_str(raw);
    let (_, value) = parser.deserialize_map(Inner).ok()??;
    match value.as_bytes().first() {
        Some(b'"') => Some(Cell::Text(string::decode(&value[1..value.len() - 1]).0)),
        Some(b'-' | b'0'..=b'9') => Some(Cell::Number(value)),
        _ => None,
    }
}

/// The best of the [`INNER`] keys of an object, with its place in the list.
struct Inner;

impl<'a> Visitor<'a> for Inner {
    type Value = Option<(usize, &'a str)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut best: Self::Value = None;
        while let Some(key) = map.next_key::<std::borrow::Cow<'a, str>>()? {
            let value = map.next_value::<&'a RawValue>()?.get();
            if let Some(rank) = INNER.iter().position(|name| *name == key) {
                let usable = matches!(value.as_bytes().first(), Some(b'"' | b'-' | b'0'..=b'9')) && value != "\"\"";
                if usable && best.is_none_or(|(other, _)| rank < other) {
                    best = Some((rank, value));
                }
            }
        }
        Ok(best)
    }
}

/// A key, looked up without being copied.
struct Key<'k> {
    node: &'k Node,
    late: Option<&'k Mapping>,
}

/// What the value of a key is for.
#[derive(Default)]
struct Target<'k> {
    slot: Option<u16>,
    inside: Option<&'k Node>,
}

impl<'a, 'k> DeserializeSeed<'a> for Key<'k> {
    type Value = Target<'k>;

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_str(self)
    }
}

impl<'k> Visitor<'_> for Key<'k> {
    type Value = Target<'k>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(match (self.node.get(key), self.late) {
            (Some(place), _) => Target {
                slot: (place.slot != UNUSED).then_some(place.slot),
                inside: (!place.inside.is_empty()).then_some(&place.inside),
            },
            // Rare: a key that the head of the file did not have.
            (None, Some(mapping)) => Target { slot: mapping.late_slot(key), inside: None },
            (None, None) => Target::default(),
        })
    }
}
