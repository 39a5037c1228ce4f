//! Weightings of the 64 author buckets: all of them, all but one (the jackknife), or half of them (the stability of ranks).

use crate::accumulate::Spread;
use crate::limits::BUCKETS;

/// A weight for each bucket.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::analyze) struct Weights {
    by_bucket: [f64; BUCKETS],
    part: Part,
}

/// Which buckets have a weight. Where nearly all have the same one, a sum is the whole less what is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Part {
    All,
    AllBut(u8),
    Some,
}

/// Every bucket once.
pub(in crate::analyze) const ALL: Weights = Weights { by_bucket: [1.0; BUCKETS], part: Part::All };

/// The weight that makes up for a bucket that is left out.
const MADE_UP: f64 = BUCKETS as f64 / (BUCKETS as f64 - 1.0);

/// All buckets but one, scaled up to the whole (method §4).
pub(in crate::analyze) fn without(bucket: usize) -> Weights {
    let mut by_bucket = [MADE_UP; BUCKETS];
    by_bucket[bucket] = 0.0;
    Weights { by_bucket, part: Part::AllBut(bucket as u8) }
}

/// The n-th of 64 fixed half samples: 32 buckets, twice. Rows of a Sylvester–Hadamard matrix; the first, constant row is
/// replaced by a half that no other row equals.
pub(in crate::analyze) fn half(n: usize) -> Weights {
    let by_bucket = std::array::from_fn(|bucket| {
        let inside =
            if n == 0 { bucket % 4 == 0 || bucket % 4 == 3 } else { (n & bucket).count_ones().is_multiple_of(2) };
        // Row 3 of the matrix is that very half: it is taken upside down.
        let inside = if n == 3 { !inside } else { inside };
        if inside { 2.0 } else { 0.0 }
    });
    Weights { by_bucket, part: Part::Some }
}

impl Weights {
    /// The weight of a bucket.
    pub fn of(&self, bucket: u8) -> f64 {
        self.by_bucket[usize::from(bucket)]
    }
}

/// The weighted sum of a spread.
pub(in crate::analyze) fn weigh(spread: &Spread, weights: &Weights) -> f64 {
    match weights.part {
        Part::All => spread.total() as f64,
        Part::AllBut(bucket) => MADE_UP * (spread.total() - spread.of(bucket)) as f64,
        Part::Some => spread.iter().map(|(bucket, count)| weights.of(bucket) * count as f64).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn halves_are_halves_and_differ() {
        let halves: Vec<Weights> = (0..64).map(half).collect();
        for (n, weights) in halves.iter().enumerate() {
            let inside = (0..64).filter(|&bucket| weights.of(bucket) > 0.0).count();
            assert_eq!(inside, 32, "half {n}");
            assert!(halves[..n].iter().all(|other| other != weights), "half {n} is there twice");
        }
    }

    #[test]
    fn what_is_left_out_is_made_up_for() {
        let spread: Spread = (0..64).map(|bucket| (bucket, 3)).collect();
        assert!((weigh(&spread, &without(7)) - weigh(&spread, &ALL)).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn a_sum_is_that_of_its_buckets(counts in proptest::collection::vec((0u8..64, 0u64..5000), 0..80), n in 0usize..64) {
            let spread: Spread = counts.iter().copied().collect();
            for weights in [ALL, without(n), half(n)] {
                let sum: f64 = counts.iter().map(|&(bucket, count)| weights.of(bucket) * count as f64).sum();
                prop_assert!((weigh(&spread, &weights) - sum).abs() <= 1e-9 * (1.0 + sum), "{weights:?}");
            }
        }
    }
}
