//! A small filter before a large table.

/// Bits per key at least: with eight, one foreign key in twelve passes.
const BITS_PER_KEY: usize = 8;

/// Bits by hash: what has none is not there. It stays in the cache where the table does not.
#[derive(Debug, Default)]
pub(super) struct Filter {
    bits: Vec<u64>,
    width: u32,
}

impl Filter {
    pub(super) fn new(keys: usize) -> Self {
        let bits = (keys * BITS_PER_KEY).next_power_of_two().max(64);
        Self { bits: vec![0; bits / 64], width: bits.trailing_zeros() }
    }

    pub(super) fn add(&mut self, hash: u32) {
        let bit = hash >> (32 - self.width);
        self.bits[bit as usize / 64] |= 1 << (bit % 64);
    }

    #[inline]
    pub(super) fn may_hold(&self, hash: u32) -> bool {
        let bit = hash >> (32 - self.width);
        self.bits[bit as usize / 64] >> (bit % 64) & 1 == 1
    }
}
