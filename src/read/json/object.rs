//! One JSON object becomes the cells of a row.
//!
//! Values are taken as raw text (reliability case 45: a number of 23 digits must not become a float) and only those
//! that a field needs are decoded.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::string;
use crate::limits;
use crate::read::columns::{Field, Mapping, folded};
use crate::read::compose::{Cell, Cells, Refusal};
use crate::read::reject::Reason;

/// The slot of keys that no field needs.
const UNUSED: u16 = u16::MAX;

/// Where the keys of a mapping go.
#[derive(Debug)]
pub(in crate::read) struct Keys {
    /// Keys as they stand in the head of the file.
    seen: FxHashMap<String, u16>,
    /// Folded names that the head of the file did not have.
    late: FxHashMap<String, u16>,
    late_from: u16,
    /// For each slot whether an object in its place stands for a name, an id or a time.
    holds: Vec<bool>,
}

impl Keys {
    /// The keys of a mapping.
    pub(in crate::read) fn new(mapping: &Mapping) -> Self {
        let late_from = mapping.late_from();
        let numbered = mapping.slots().iter().map(|(name, _)| name.clone()).zip(0u16..);
        let (mut seen, late): (FxHashMap<_, _>, FxHashMap<_, _>) = numbered.partition(|&(_, slot)| slot < late_from);
        seen.extend(mapping.unused().iter().map(|name| (name.clone(), UNUSED)));
        let holding = [Field::Author, Field::Time, Field::Id, Field::Note, Field::Comment, Field::Thread];
        let mut holds = vec![false; mapping.slots().len()];
        for &slot in holding.iter().flat_map(|&field| mapping.slots_of(field, true)) {
            holds[usize::from(slot)] = true;
        }
        Self { seen, late, late_from, holds }
    }

    /// The slot of a key, when a field needs it.
    fn slot(&self, key: &str) -> Option<u16> {
        match self.seen.get(key) {
            Some(&UNUSED) => None,
            Some(&slot) => Some(slot),
            // Rare: a key that the head of the file did not have.
            None => self.late.get(&folded(key)).copied(),
        }
    }

    /// The name of a slot, for messages.
    fn name(&self, slot: u16) -> &str {
        self.seen.iter().chain(&self.late).find(|&(_, &other)| other == slot).map_or("", |(name, _)| name)
    }
}

/// Keys of an object that stands for a person, an id or a time (`user`, `{"$oid": …}`), best first.
const INNER: &[&str] = &["id_str", "id", "username", "screen_name", "nickname", "name", "$oid", "$date", "$numberLong"];

/// Fills the cells from one object.
///
/// Returns whether half a surrogate pair was replaced.
pub(in crate::read) fn read<'a>(row: &'a str, keys: &Keys, cells: &mut Cells<'a>) -> Result<bool, Refusal> {
    let mut parser = serde_json::Deserializer::from_str(row);
    let mut fault = None;
    let mut lone = false;
    let outcome = Object { keys, cells, fault: &mut fault, lone: &mut lone }.deserialize(&mut parser);
    if let Some(fault) = fault {
        return Err(fault);
    }
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

/// The whole object.
struct Object<'o, 'a> {
    keys: &'o Keys,
    cells: &'o mut Cells<'a>,
    fault: &'o mut Option<Refusal>,
    lone: &'o mut bool,
}

impl<'a> DeserializeSeed<'a> for Object<'_, 'a> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<(), D::Error> {
        parser.deserialize_map(self)
    }
}

impl<'a> Visitor<'a> for Object<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(slot) = map.next_key_seed(Key(self.keys))? {
            let raw = map.next_value::<&'a RawValue>()?.get();
            let refused = match raw.as_bytes().first() {
                Some(b'[' | b'{') => too_deep(raw),
                _ => None,
            };
            let Some(slot) = slot.filter(|_| refused.is_none()) else {
                if refused.is_some() {
                    *self.fault = refused;
                    return Err(de::Error::custom("refused"));
                }
                continue;
            };
            let cell = cell(raw, self.keys.holds[usize::from(slot)], self.lone);
            if !self.cells.fill(slot, cell, slot >= self.keys.late_from) {
                *self.fault = Some((Reason::DuplicateKey, format!("`{}` stands twice", self.keys.name(slot))));
                return Err(de::Error::custom("refused"));
            }
        }
        Ok(())
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
        _ => Cell::Other(kind(raw)),
    }
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
struct Key<'k>(&'k Keys);

impl<'a> DeserializeSeed<'a> for Key<'_> {
    type Value = Option<u16>;

    fn deserialize<D: Deserializer<'a>>(self, parser: D) -> Result<Self::Value, D::Error> {
        parser.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = Option<u16>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.slot(key))
    }
}

/// The keys of an object in their order; `None` if it is none.
pub(in crate::read) fn keys_of(row: &str) -> Option<Vec<String>> {
    let mut parser = serde_json::Deserializer::from_str(row);
    parser.deserialize_map(AllKeys).ok()
}

/// Collects keys.
struct AllKeys;

impl<'a> Visitor<'a> for AllKeys {
    type Value = Vec<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut keys = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            map.next_value::<de::IgnoredAny>()?;
            keys.push(key);
        }
        Ok(keys)
    }
}
