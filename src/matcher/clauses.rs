//! In which clauses of a text something stands, as bits: whether two things can be near each other is told before any place is listed.

use crate::segment::Outline;

/// Clauses of one text as bits. Clauses 64 apart share one, so that two that are far apart may seem close, never the other way round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Clauses(u64);

impl Clauses {
    /// Every clause.
    pub(super) const ALL: Self = Self(u64::MAX);

    /// One clause.
    #[inline]
    pub(super) fn of(clause: u32) -> Self {
        Self(1 << (clause % u64::BITS))
    }

    /// The clauses of both.
    #[inline]
    #[must_use]
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the two may have a clause in common.
    #[inline]
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The clauses of one text that begin a sentence: nothing that stands close together reaches over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fences(u64);

impl Fences {
    /// Those of an outline; of a text with more clauses than bits none, because a bit would stand for other clauses too.
    pub(super) fn of(outline: &Outline) -> Self {
        let clauses = &outline.clauses;
        if clauses.len() > u64::BITS as usize {
            return Self(0);
        }
        let begun = clauses.windows(2).zip(1..).filter(|(pair, _)| pair[0].sentence != pair[1].sentence);
        // The first bit is one too: behind the last one comes no other.
        Self(begun.fold(1, |all, (_, at)| all | 1 << at))
    }

    /// Some clauses, and those of their sentences up to so many further on.
    pub(super) fn onward(self, from: Clauses, by: u32) -> Clauses {
        grown(from, by, |bits| bits.rotate_left(1) & !self.0)
    }

    /// The same to both sides.
    pub(super) fn around(self, from: Clauses, by: u32) -> Clauses {
        self.onward(from, by).with(grown(from, by, |bits| (bits & !self.0).rotate_right(1)))
    }
}

/// Clauses and what is so many steps from them; far steps are likely without end.
fn grown(Clauses(mut bits): Clauses, by: u32, step: impl Fn(u64) -> u64) -> Clauses {
    for _ in 0..by {
        let more = bits | step(bits);
        if more == bits {
            break;
        }
        bits = more;
    }
    Clauses(bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// What can be reached is never missed, and in a short text nothing else is found.
        #[test]
        fn agrees_with_counting(lengths in prop::collection::vec(1usize..6, 1..40), from in 0usize..200, to in 0usize..200, by in 0u32..12) {
            let text: String = lengths.iter().map(|&clauses| "好，".repeat(clauses) + "好。").collect();
            let mut outline = Outline::default();
            outline.read(&text);
            let count = outline.clauses.len();
            let (from, to) = (from % count, to % count);
            let near = outline.clauses[from].sentence == outline.clauses[to].sentence && from.abs_diff(to) <= by as usize;
            let fences = Fences::of(&outline);
            let (a, b) = (Clauses::of(from as u32), Clauses::of(to as u32));
            let (around, onward) = (fences.around(a, by).meets(b), fences.onward(a, by).meets(b));
            prop_assert!(around || !near);
            prop_assert!(onward || !near || to < from);
            prop_assert!(count > 64 || around == near && onward == (near && to >= from));
        }
    }
}
