//! Tables in which few values stand again and again: each value once, and in the table its number. The values are few enough for the fast caches,
//! and the numbers are read where they stand.

use std::hash::Hash;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::packed::Rows;

/// A table of values.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "'de: 'static, T: Deserialize<'de>"))]
pub(super) struct Distinct<T> {
    values: Vec<T>,
    numbers: Rows<u32, 1>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: Rows::default() }
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
        self.numbers.part(range).iter().map(|number| &self.values[number as usize])
    }
}
