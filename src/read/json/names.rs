//! The names of the keys of an object, and of the objects in it.

use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Names of keys in objects inside (`user.name`), and the way to each.
pub(in crate::read) type Paths = FxHashMap<String, Vec<String>>;

/// Objects inside each other that are looked into for fields.
const LEVELS: usize = 7;
/// Most names of one object: beyond this it is no post.
const NAMES: usize = 2_000;

/// The names of all keys of an object and of the objects in it, in their order; `None` if it is none.
pub(in crate::read) fn names_of(row: &str, paths: &mut Paths) -> Option<Vec<String>> {
    let mut names = Vec::new();
    collect(row, &mut Vec::new(), &mut names, paths).then_some(names)
}

fn collect(row: &str, path: &mut Vec<String>, names: &mut Vec<String>, paths: &mut Paths) -> bool {
    let mut parser = serde_json::Deserializer::from_str(row);
    let Ok(pairs) = parser.deserialize_map(Pairs) else { return false };
    for (key, raw) in pairs {
        path.push(key);
        let name = path.join(".");
        if path.len() > 1 {
            paths.entry(name.clone()).or_insert_with(|| path.clone());
        }
        names.push(name);
        if raw.starts_with('{') && path.len() < LEVELS && names.len() < NAMES {
            collect(raw, path, names, paths);
        }
        path.pop();
    }
    true
}

/// Keys with their raw values.
struct Pairs;

impl<'a> Visitor<'a> for Pairs {
    type Value = Vec<(String, &'a str)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            pairs.push((key, map.next_value::<&'a RawValue>()?.get()));
        }
        Ok(pairs)
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
