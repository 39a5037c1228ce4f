//! The head of a JSON file tells how its objects stand in it, and their keys.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::names::{Paths, keys_of, names_of};
use super::value::{Extent, extent};
use crate::limits;
use crate::read::columns::{Columns, Mapping};
use crate::read::piece::line_end;

/// How objects stand in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Standing {
    /// One on each line.
    Lines,
    /// In a list whose first element can begin at this byte.
    List(usize),
    /// In a list inside an object.
    Wrapped(usize),
    /// One after the other, each on several lines.
    Stream(usize),
}

/// Objects whose keys are looked at.
const OBJECTS: usize = 200;
/// Objects inside each other that are searched for a list.
const DEPTH: usize = 5;

/// Tells how the objects stand in a file that begins with `body`.
pub(in crate::read) fn standing(body: &[u8], end: bool, told: &Columns) -> Standing {
    let start = body.len() - body.trim_ascii_start().len();
    if body[start..].starts_with(b"[") {
        return Standing::List(start + 1);
    }
    let (stop, next) = line_end(body, start, end).unwrap_or((body.len(), body.len()));
    let others = body[next..].trim_ascii_start();
    let wrapped = || find_list(&body[start..], told).map(|at| Standing::Wrapped(start + at));
    let line = std::str::from_utf8(&body[start..stop]).ok();
    if line.and_then(keys_of).is_some() {
        // A file of one line is a list in an object only if there is one.
        return if others.is_empty() { wrapped().unwrap_or(Standing::Lines) } else { Standing::Lines };
    }
    let one_line = others.is_empty();
    match extent(&body[start..], end) {
        _ if one_line => wrapped().unwrap_or(Standing::Lines),
        Extent::Broken(_) | Extent::TooDeep(_) if others.starts_with(b"{") => Standing::Lines,
        Extent::Whole(len) if body[start + len..].trim_ascii_start().starts_with(b"{") => Standing::Stream(start),
        _ => wrapped().unwrap_or(Standing::Stream(start)),
    }
}

/// A list in an object that may be the list of posts: its first byte inside, and how many fields its elements fill.
type Candidate = (usize, usize);

/// The first byte inside the list of posts in an object: the list whose elements fill the most fields, unless the
/// object itself fills as many.
fn find_list(object: &[u8], told: &Columns) -> Option<usize> {
    let mut best = None;
    let keys = lists_in(object, 0, told, DEPTH, &mut best);
    let own = Mapping::fields_of(&keys, told);
    best.filter(|&(_, fields)| fields > own).map(|(at, _)| at)
}

/// Looks for lists of objects with a text; returns the keys of the object as far as they can be seen.
fn lists_in(whole: &[u8], start: usize, told: &Columns, depth: usize, best: &mut Option<Candidate>) -> Vec<String> {
    let blank = |at: usize| {
        let rest = whole.get(at..).unwrap_or_default();
        whole.len() - rest.trim_ascii_start().len()
    };
    let mut keys = Vec::new();
    let mut at = blank(start + 1);
    while let Some(rest) = whole.get(at..) {
        let key = match extent(rest, false) {
            Extent::Whole(len) if rest[0] == b'"' => at..at + len,
            _ => break,
        };
        let Ok(name) = serde_json::from_slice::<String>(&whole[key.clone()]) else { break };
        at = blank(key.end);
        if whole.get(at) != Some(&b':') {
            break;
        }
        at = blank(at + 1);
        let inside = blank(at + 1);
        match (whole.get(at), whole.get(inside)) {
            (Some(b'['), Some(b'{')) => {
                let fields = fields_of(&whole[inside..], told);
                if fields > best.map_or(0, |(_, most)| most) {
                    *best = Some((at + 1, fields));
                }
            }
            (Some(b'{'), _) if depth > 0 => drop(lists_in(whole, at, told, depth - 1, best)),
            _ => {}
        }
        keys.push(name);
        match extent(&whole[at..], false) {
            Extent::Whole(len) => at = blank(at + len),
            _ => break,
        }
        if whole.get(at) != Some(&b',') {
            break;
        }
        at = blank(at + 1);
    }
    keys
}

/// How many fields the object at the start of `bytes` fills, if it has a text; one that is longer than the head is
/// believed to.
fn fields_of(bytes: &[u8], told: &Columns) -> usize {
    match extent(bytes, false) {
        Extent::Whole(len) => {
            let names = std::str::from_utf8(&bytes[..len]).ok().and_then(|row| names_of(row, &mut Paths::default()));
            names.map_or(0, |names| Mapping::fields_of(&names, told))
        }
        Extent::More | Extent::TooLarge => 2,
        Extent::Broken(_) | Extent::TooDeep(_) => 0,
    }
}

/// The first objects of a file, as far as they are whole.
pub(in crate::read) fn objects(body: &[u8], end: bool, standing: Standing) -> Vec<Range<usize>> {
    let mut objects = Vec::new();
    let mut at = match standing {
        Standing::Lines => 0,
        Standing::List(start) | Standing::Wrapped(start) | Standing::Stream(start) => start,
    };
    while objects.len() < OBJECTS {
        let rest = &body[at..];
        let (object, next) = if standing == Standing::Lines {
            match line_end(rest, 0, end) {
                Some((stop, next)) => (0..stop, next),
                None if end && !rest.is_empty() => (0..rest.len(), rest.len()),
                None => break,
            }
        } else {
            let Some(brace) = memchr::memchr(b'{', rest) else { break };
            match extent(&rest[brace..], end) {
                Extent::Whole(len) => (brace..brace + len, brace + len),
                Extent::Broken(_) | Extent::TooDeep(_) => (0..0, brace + 1),
                Extent::More | Extent::TooLarge => break,
            }
        };
        if !object.is_empty() {
            objects.push(at + object.start..at + object.end);
        }
        at += next;
    }
    objects
}

/// What the elements of a file have in common.
#[derive(Debug, Default)]
pub(in crate::read) struct Habits {
    /// The names of all keys, each once.
    pub keys: Vec<String>,
    /// The ways to those that stand in objects inside.
    pub paths: Paths,
    /// The key with which most of them begin.
    pub first_key: Option<String>,
    /// The blanks before most of them.
    pub lead: Vec<u8>,
}

/// The habits of the first elements of a file.
pub(in crate::read) fn habits(body: &[u8], end: bool, standing: Standing) -> Habits {
    let mut keys: Vec<String> = Vec::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    let mut paths = Paths::default();
    let (mut first, mut leads) = (Vec::new(), Vec::new());
    for object in objects(body, end, standing) {
        let before = &body[..object.start];
        leads.push(before[before.trim_ascii_end().len()..].to_vec());
        let row = std::str::from_utf8(&body[object]).ok();
        let own = row.and_then(|row| names_of(row, &mut paths)).unwrap_or_default();
        first.extend(own.first().cloned());
        for key in own {
            if known.len() < limits::COLUMNS && known.insert(key.clone()) {
                keys.push(key);
            }
        }
    }
    Habits { keys, paths, first_key: most_frequent(first), lead: most_frequent(leads).unwrap_or_default() }
}

/// The most frequent one; of those that are as frequent, the greatest.
fn most_frequent<T: Ord>(mut all: Vec<T>) -> Option<T> {
    all.sort_unstable();
    let runs = all.chunk_by(|a, b| a == b).map(|run| run.len());
    let longest = runs.clone().max()?;
    let mut at = 0;
    let mut start = None;
    for run in runs {
        if run == longest {
            start = Some(at);
        }
        at += run;
    }
    start.map(|start| all.swap_remove(start))
}

/// Whether the second line is an object: then the first one is a damaged object, and not the header of a table.
pub(in crate::read) fn second_is_object(body: &[u8], end: bool) -> bool {
    let body = body.trim_ascii_start();
    let Some((_, next)) = line_end(body, 0, end) else { return false };
    let rest = body[next..].trim_ascii_start();
    let line = line_end(rest, 0, end).map_or(rest, |(stop, _)| &rest[..stop]);
    std::str::from_utf8(line).ok().and_then(keys_of).is_some_and(|keys| !keys.is_empty())
}
