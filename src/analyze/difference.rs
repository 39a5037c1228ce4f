//! Two shares with their intervals → their difference with an interval, and how sure it is.

use super::numbers::{Estimate, logit, t_upper};

/// A share and its 90 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Share {
    pub value: f64,
    pub ci90: [f64; 2],
}

/// The difference of two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    /// The second less the first.
    pub value: f64,
    pub ci90: [f64; 2],
    /// Two-sided.
    pub p: f64,
}

impl Share {
    /// Standard error of the logit, as the interval was made from it (t with 63 degrees of freedom); `None` for an interval of no width or
    /// at an end of [0, 1].
    fn logit_error(self) -> Option<f64> {
        let [low, high] = self.ci90.map(logit);
        let error = (high - low) / (2.0 * Estimate::T90);
        (error.is_finite() && error > 0.0).then_some(error)
    }

    /// The difference to another share of other posts. The interval is put together from the two intervals (MOVER; Zou & Donner, Statistics
    /// in Medicine 27, 2008), p is that of the difference of the logits. Authors who are in both make the two alike, so that the real interval is
    /// rather narrower.
    pub fn against(self, other: Share) -> Option<Difference> {
        let error = self.logit_error()?.hypot(other.logit_error()?);
        let z = (logit(other.value) - logit(self.value)) / error;
        let value = other.value - self.value;
        let ([a_low, a_high], [b_low, b_high]) = (self.ci90, other.ci90);
        let ci90 = [
            value - (other.value - b_low).hypot(a_high - self.value),
            value + (b_high - other.value).hypot(self.value - a_low),
        ];
        let p = 2.0 * t_upper(z.abs(), Estimate::DF);
        (value.is_finite() && p.is_finite()).then_some(Difference { value, ci90, p })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn share(value: f64, error: f64) -> Share {
        let at = |t: f64| 1.0 / (1.0 + (-(logit(value) + t * Estimate::T90 * error)).exp());
        Share { value, ci90: [at(-1.0), at(1.0)] }
    }

    #[test]
    fn far_apart_is_sure_and_close_is_not() {
        let (small, large) = (share(0.10, 0.1), share(0.20, 0.1));
        let found = small.against(large).expect("defined");
        assert!((found.value - 0.10).abs() < 1e-12 && found.p < 1e-5 && found.ci90[0] > 0.0, "{found:?}");
        let same = small.against(small).expect("defined");
        assert!(same.value == 0.0 && (same.p - 1.0).abs() < 1e-9 && same.ci90[0] < 0.0 && same.ci90[1] > 0.0);
    }

    #[test]
    fn an_interval_of_no_width_gives_nothing() {
        assert_eq!(Share { value: 0.1, ci90: [0.1, 0.1] }.against(share(0.2, 0.1)), None);
        assert_eq!(Share { value: 0.0, ci90: [0.0, 0.1] }.against(share(0.2, 0.1)), None);
    }

    proptest! {
        #[test]
        fn the_other_way_round_it_is_the_same(a in 0.01f64..0.99, b in 0.01f64..0.99, x in 0.02f64..1.0, y in 0.02f64..1.0) {
            let (one, two) = (share(a, x), share(b, y));
            let (there, back) = (one.against(two).expect("defined"), two.against(one).expect("defined"));
            prop_assert!((there.value + back.value).abs() < 1e-12 && (there.p - back.p).abs() < 1e-9);
            prop_assert!((there.ci90[0] + back.ci90[1]).abs() < 1e-12 && there.ci90[0] <= there.value && there.value <= there.ci90[1]);
        }
    }
}
