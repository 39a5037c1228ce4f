//! Maps that are laid out once, by the build script, and read where they stand: no key is hashed again at a start.

use serde::{Deserialize, Serialize};

use super::packed::{Row, Rows};

/// Bits of a slot that number an entry; those above tell most foreign keys apart before the entry is looked at.
const NUMBER_BITS: u32 = 24;
const NUMBERS: u32 = (1 << NUMBER_BITS) - 1;

/// What a map can be asked for.
pub(super) trait Key: Copy + Eq {
    /// A hash whose upper bits are good.
    fn hash(self) -> u64;
}

impl Key for u128 {
    #[inline]
    fn hash(self) -> u64 {
        let (low, high) = (self as u64, (self >> 64) as u64);
        (low ^ high.wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

impl Key for (u32, u32) {
    #[inline]
    fn hash(self) -> u64 {
        let (a, b) = (u64::from(self.0), u64::from(self.1));
        (a << 32 | b).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(32).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    }
}

/// Keys with a number each.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = "'de: 'static"))]
pub(super) struct Hashed<K, const CELLS: usize> {
    /// The number of an entry, counted from 1, and above it bits of its hash; 0 in a free slot. A power of two of them, half of them free.
    slots: Rows<u32, 1>,
    entries: Rows<(K, u32), CELLS>,
}

impl<K, const CELLS: usize> Default for Hashed<K, CELLS> {
    fn default() -> Self {
        Self { slots: std::iter::once(0).collect(), entries: Rows::default() }
    }
}

impl<K: Key, const CELLS: usize> Hashed<K, CELLS>
where
    (K, u32): Row<CELLS>,
{
    /// A map of entries with different keys; sorted, they always give the same bytes.
    pub(super) fn of(entries: Vec<(K, u32)>) -> Self {
        let mut slots = vec![0u32; (2 * entries.len() + 1).next_power_of_two()];
        let most = slots.len() - 1;
        for (&(key, _), number) in entries.iter().zip(1u32..) {
            let (mut slot, tag) = place(key, most);
            while slots[slot] != 0 {
                slot = (slot + 1) & most;
            }
            slots[slot] = tag | number;
        }
        Self { slots: slots.into_iter().collect(), entries: entries.into_iter().collect() }
    }

    /// The number of a key.
    #[inline]
    pub(super) fn get(&self, key: K) -> Option<u32> {
        let most = self.slots.len() - 1;
        let (mut slot, tag) = place(key, most);
        loop {
            let found = self.slots.row(slot);
            if found == 0 {
                return None;
            }
            if found & !NUMBERS == tag {
                let (known, number) = self.entries.row((found & NUMBERS) as usize - 1);
                if known == key {
                    return Some(number);
                }
            }
            slot = (slot + 1) & most;
        }
    }
}

/// The slot where a key is looked for first, and the bits that its slot has above the number.
#[inline]
fn place<K: Key>(key: K, most: usize) -> (usize, u32) {
    let hash = key.hash();
    ((hash >> 32) as usize & most, (hash >> 8) as u32 & !NUMBERS)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_tree(known in prop::collection::btree_map((0u32..40, 0u32..40), 0u32..9, 0..200), asked in prop::collection::vec((0u32..50, 0u32..50), 0..100)) {
            let tree: BTreeMap<(u32, u32), u32> = known;
            let map: Hashed<(u32, u32), 3> = Hashed::of(tree.iter().map(|(&key, &number)| (key, number)).collect());
            for key in asked.iter().chain(tree.keys()) {
                prop_assert_eq!(map.get(*key), tree.get(key).copied());
            }
        }
    }
}
