//! The few functions of statistics that the formulas need; each is checked against known values.

/// Natural logarithm of the gamma function for x > 0: Stirling's series (Abramowitz & Stegun 6.1.41) after shifting x above 8.
pub(super) fn ln_gamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 8.0 {
        shift -= x.ln();
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse
        * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0))));
    shift + (x - 0.5) * x.ln() - x + 0.918_938_533_204_672_7 + series
}

/// The regularized incomplete beta function I_x(a, b), by its continued fraction (modified Lentz).
pub(super) fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast left of the mean; right of it the symmetric one does.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_cdf(1.0 - x, b, a);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp() / a;
    let tiny = 1e-300;
    let keep = |value: f64| if value.abs() < tiny { tiny } else { value };
    let mut d = 1.0 / keep(1.0 - (a + b) * x / (a + 1.0));
    let (mut c, mut fraction) = (1.0, d);
    for step in 1..300 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / keep(1.0 + even * d);
        c = keep(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / keep(1.0 + odd * d);
        c = keep(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-14 {
            break;
        }
    }
    (front * fraction).clamp(0.0, 1.0)
}

/// The quantile of Beta(a, b) to 1e-12: Newton's steps, and halves of the bracket where a step would leave it.
pub(super) fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let norm = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b);
    let (mut low, mut high, mut x) = (0.0, 1.0, a / (a + b));
    for _ in 0..60 {
        let above = beta_cdf(x, a, b) - p;
        if above < 0.0 {
            low = x
        } else {
            high = x
        }
        let density = (norm + (a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln()).exp();
        let step = x - above / density;
        let next = if step > low && step < high { step } else { 0.5 * (low + high) };
        let moved = (next - x).abs();
        x = next;
        if moved < 1e-12 || high - low < 1e-12 {
            break;
        }
    }
    x
}

/// P(T > t) for Student's t with `df` degrees of freedom.
pub(super) fn t_upper(t: f64, df: f64) -> f64 {
    let tail = 0.5 * beta_cdf(df / (df + t * t), 0.5 * df, 0.5);
    if t >= 0.0 { tail } else { 1.0 - tail }
}

/// Benjamini–Hochberg q values, in the order of the p values.
pub(super) fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let mut q = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, &at) in order.iter().enumerate().rev() {
        least = least.min(p[at] * p.len() as f64 / (rank + 1) as f64);
        q[at] = least;
    }
    q
}

/// q values of those that have a p, one-sided or two-sided.
pub(super) fn q_values(p: impl IntoIterator<Item = Option<f64>>) -> Vec<Option<f64>> {
    let p: Vec<Option<f64>> = p.into_iter().collect();
    let mut q = benjamini_hochberg(&p.iter().copied().flatten().collect::<Vec<_>>()).into_iter();
    p.iter().map(|p| p.and_then(|_| q.next())).collect()
}

/// Two-sided q values of those that can be estimated.
pub(super) fn q_either(estimates: &[Option<Estimate>]) -> Vec<Option<f64>> {
    q_values(estimates.iter().map(|estimate| estimate.map(Estimate::p_either)))
}

/// A value and its standard error by the delete-one-bucket jackknife (method §4).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate {
    pub value: f64,
    pub error: f64,
}

impl Estimate {
    /// Degrees of freedom of 64 buckets.
    pub const DF: f64 = 63.0;
    /// Quantiles of Student's t with 63 degrees of freedom: half the width of a 90 % and a 95 % interval in standard errors.
    pub const T90: f64 = 1.669;
    const T95: f64 = 1.998;

    /// From the value and its 64 replicates; `None` where any of them is not a number or nothing varies.
    pub fn of(value: f64, replicates: &[f64]) -> Option<Self> {
        if !value.is_finite() || replicates.len() < 2 || replicates.iter().any(|replicate| !replicate.is_finite()) {
            return None;
        }
        let n = replicates.len() as f64;
        let mean = replicates.iter().sum::<f64>() / n;
        let squares = replicates.iter().map(|replicate| (replicate - mean).powi(2)).sum::<f64>();
        let error = ((n - 1.0) / n * squares).sqrt();
        (error > 1e-12).then_some(Self { value, error })
    }

    /// Both ends of the 90 % interval (t with 63 degrees of freedom).
    pub fn interval90(self) -> [f64; 2] {
        [self.value - Self::T90 * self.error, self.value + Self::T90 * self.error]
    }

    /// Both ends of the 95 % interval.
    pub fn interval95(self) -> [f64; 2] {
        [self.value - Self::T95 * self.error, self.value + Self::T95 * self.error]
    }

    /// One-sided p of value > 0.
    pub fn p_above(self) -> f64 {
        t_upper(self.value / self.error, Self::DF)
    }

    /// Two-sided p of value ≠ 0.
    pub fn p_either(self) -> f64 {
        2.0 * t_upper((self.value / self.error).abs(), Self::DF)
    }
}

/// ln(p / (1 − p)).
pub(super) fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// The inverse of [`logit`].
pub(super) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// Six significant digits, without −0: what all floats of the document have.
pub(super) fn six(value: f64) -> f64 {
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Six significant digits of a value that can be told.
pub(super) fn told(value: f64) -> Option<f64> {
    value.is_finite().then(|| six(value))
}

/// Both ends of an interval that can be told.
pub(super) fn told_pair([low, high]: [f64; 2]) -> Option<[f64; 2]> {
    Some([told(low)?, told(high)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-9 * b.abs().max(1.0), "{a} is not {b}");
    }

    #[test]
    fn gamma_at_known_points() {
        near(ln_gamma(1.0), 0.0);
        near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln());
        near(ln_gamma(10.0), 362_880f64.ln());
        near(ln_gamma(100.0), 359.134_205_369_575_4);
    }

    #[test]
    fn beta_at_known_points() {
        near(beta_cdf(0.3, 1.0, 1.0), 0.3);
        near(beta_cdf(0.5, 7.0, 7.0), 0.5);
        near(beta_cdf(0.25, 2.0, 3.0), 0.261_718_75);
        near(beta_quantile(0.05, 1.0, 1.0), 0.05);
        near(beta_cdf(beta_quantile(0.05, 6.8, 1.2), 6.8, 1.2), 0.05);
    }

    #[test]
    fn t_at_known_points() {
        assert!((t_upper(1.669, 63.0) - 0.05).abs() < 2e-4);
        assert!((t_upper(1.998, 63.0) - 0.025).abs() < 2e-4);
        near(t_upper(0.0, 63.0), 0.5);
        near(t_upper(-1.0, 63.0) + t_upper(1.0, 63.0), 1.0);
    }

    #[test]
    fn q_values_of_a_known_list() {
        let q = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.5]);
        [0.04, 0.16 / 3.0, 0.16 / 3.0, 0.5].iter().zip(&q).for_each(|(&want, &got)| near(got, want));
    }

    #[test]
    fn rounding() {
        near(six(0.123_456_789), 0.123_457);
        assert_eq!(six(-0.0).to_bits(), 0.0f64.to_bits());
        assert_eq!(told(f64::NAN), None);
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        // Replicates of a mean: SE² = Σ(x−x̄)²/(n(n−1)).
        let x: Vec<f64> = (0..64).map(|i| f64::from(i % 7)).collect();
        let sum: f64 = x.iter().sum();
        let without: Vec<f64> = x.iter().map(|value| (sum - value) / 63.0).collect();
        let mean = sum / 64.0;
        let classic = (x.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (64.0 * 63.0)).sqrt();
        let estimate = Estimate::of(mean, &without).expect("it varies");
        near(estimate.error, classic);
    }

    proptest! {
        #[test]
        fn beta_is_a_distribution(a in 0.05f64..200.0, b in 0.05f64..200.0, x in 0.0f64..1.0, step in 0.0f64..0.2) {
            let (low, high) = (beta_cdf(x, a, b), beta_cdf((x + step).min(1.0), a, b));
            prop_assert!((0.0..=1.0).contains(&low) && low <= high + 1e-12);
            prop_assert!((low + beta_cdf(1.0 - x, b, a) - 1.0).abs() < 1e-10);
        }

        #[test]
        fn a_quantile_has_its_share_below(a in 0.05f64..200.0, b in 0.05f64..200.0, p in 0.01f64..0.99) {
            let x = beta_quantile(p, a, b);
            let (low, high) = (beta_cdf((x - 2e-12).max(0.0), a, b), beta_cdf((x + 2e-12).min(1.0), a, b));
            prop_assert!(low <= p + 1e-9 && p <= high + 1e-9, "{x}: {low} to {high}");
        }
    }
}
