//! Bits: a small filter before a large table, and what is asked of many places at once.

use serde::{Deserialize, Serialize};

use super::packed;

/// Bits by hash: what has none is not there. It stays in the cache where the table does not. With eight bits per key, one foreign key in twelve
/// passes; more keys than that let more pass, and nothing worse.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Filter<const WORDS: usize>(#[serde(with = "packed::array")] Box<[u64; WORDS]>);

impl<const WORDS: usize> Default for Filter<WORDS> {
    fn default() -> Self {
        Self(Box::new([0; WORDS]))
    }
}

impl<const WORDS: usize> Filter<WORDS> {
    /// Bits of a hash that make a place; known here, so that no place needs to be checked.
    const WIDTH: u32 = (WORDS * 64).trailing_zeros();

    pub(super) fn add(&mut self, hash: u32) {
        let bit = hash >> (32 - Self::WIDTH);
        self.0[bit as usize / 64] |= 1 << (bit % 64);
    }

    #[inline]
    pub(super) fn may_hold(&self, hash: u32) -> bool {
        let bit = hash >> (32 - Self::WIDTH);
        self.0[bit as usize / 64] >> (bit % 64) & 1 == 1
    }
}

/// Hands on the places of the bits of a number.
#[inline]
pub(super) fn each_bit(mut bits: u64, mut take: impl FnMut(usize)) {
    while bits != 0 {
        take(bits.trailing_zeros() as usize);
        bits &= bits - 1;
    }
}

/// The same of a number for classes.
#[inline]
pub(super) fn each_class(classes: u128, mut take: impl FnMut(usize)) {
    each_bit(classes as u64, &mut take);
    each_bit((classes >> u64::BITS) as u64, |class| take(class + u64::BITS as usize));
}
