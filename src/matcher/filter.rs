//! A small filter before a large table.

/// Bits by hash: what has none is not there. It stays in the cache where the table does not. With eight bits per key, one foreign key in twelve
/// passes; more keys than that let more pass, and nothing worse.
#[derive(Debug)]
pub(super) struct Filter<const WORDS: usize>(Box<[u64; WORDS]>);

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
