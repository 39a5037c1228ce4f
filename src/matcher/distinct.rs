//! Tables in which few values stand again and again: each value once, and in the table its number. Both are small enough for the fast caches,
//! and are read at the speed of copying.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::packed;
use super::tables::part;

/// A table of values.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Distinct<T> {
    values: Vec<T>,
    #[serde(with = "packed::rows")]
    numbers: Vec<u32>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: Vec::new() }
    }
}

impl<T: Copy + Eq + Hash> Distinct<T> {
    /// The table of some rows.
    pub(super) fn of(rows: &[T]) -> Self {
        let mut known: FxHashMap<T, u32> = FxHashMap::default();
        let mut values = Vec::new();
        let number = |row: &T| {
            *known.entry(*row).or_insert_with(|| {
                values.push(*row);
                values.len() as u32 - 1
            })
        };
        let numbers = rows.iter().map(number).collect();
        Self { values, numbers }
    }

    /// The rows of a range.
    #[inline]
    pub(super) fn part(&self, range: (u32, u32)) -> impl Iterator<Item = &T> {
        part(&self.numbers, range).iter().map(|&number| &self.values[number as usize])
    }
}
