//! Places the children of a trie in one array so that they fill each other's gaps.
//!
//! Every parent gets a base of its own; a child stands at the base plus its code. Parents with many children are placed first, while there is
//! room; those with one child fill what is left. A search that had to try many slots lets the next ones begin further on, until the number of children
//! has halved: without that, placing takes half a minute instead of a second, for a quarter fewer slots.

/// Slots that a search may try before the next ones begin further on.
const PATIENCE: u32 = 32;

/// Takes slots of an array that grows as needed.
#[derive(Debug)]
pub struct Placement {
    /// Per slot: the next free one from here on, as far as is known. A free slot names itself.
    next: Vec<u32>,
    used_bases: Vec<bool>,
    /// Where the search for parents of one size begins, and that size as a power of two.
    from: (u32, u32),
}

impl Placement {
    /// An empty array. Slot 0 stays empty.
    pub fn new() -> Self {
        Self { next: Vec::new(), used_bases: Vec::new(), from: (1, 0) }
    }

    /// Finds a base for children with the given codes, ascending, and takes their slots. Call with the largest numbers of children first.
    pub fn place(&mut self, codes: &[u16]) -> u32 {
        let [first, others @ ..] = codes else { return 0 };
        let first = u32::from(*first);
        let size = codes.len().ilog2();
        if self.from.1 != size {
            self.from = (1, size);
        }
        let start = self.free_from(self.from.0.max(first + 1));
        let (mut slot, mut tries) = (start, 0);
        let base = loop {
            let base = slot - first;
            if !self.is_used(base) && others.iter().all(|&code| self.is_free(base + u32::from(code))) {
                break base;
            }
            slot = self.free_from(slot + 1);
            tries += 1;
        };
        if tries > PATIENCE {
            self.from.0 = start + (slot - start) / 4;
        }
        self.used_bases[base as usize] = true;
        for &code in codes {
            self.next[(base + u32::from(code)) as usize] += 1;
        }
        base
    }

    fn grow(&mut self, slot: u32) {
        let from = self.next.len() as u32;
        if slot >= from {
            self.next.extend(from..slot + 65_536);
            self.used_bases.resize(self.next.len(), false);
        }
    }

    fn is_used(&mut self, base: u32) -> bool {
        self.grow(base);
        self.used_bases[base as usize]
    }

    fn is_free(&mut self, slot: u32) -> bool {
        self.grow(slot);
        self.next[slot as usize] == slot
    }

    /// The first free slot from here on; shortens the ways that it went.
    fn free_from(&mut self, slot: u32) -> u32 {
        self.grow(slot);
        let mut end = slot;
        while self.next[end as usize] != end {
            end = self.next[end as usize];
            self.grow(end);
        }
        let mut at = slot;
        while at != end {
            let next = self.next[at as usize];
            self.next[at as usize] = end;
            at = next;
        }
        end
    }
}
