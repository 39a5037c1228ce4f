//! Repeatable chance: a market is drawn anew from its seed on any machine.

/// A small generator (SplitMix64); good enough to draw markets from, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Even in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Even in 0 … n−1.
    pub fn below(&mut self, n: usize) -> usize {
        (self.unit() * n as f64) as usize
    }

    /// True with probability p.
    pub fn hit(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Normal with mean 0 (Box and Muller).
    pub fn normal(&mut self, deviation: f64) -> f64 {
        let (a, b) = (1.0 - self.unit(), self.unit());
        deviation * (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// Shares of `n` things, from a Dirichlet distribution with 2 throughout.
    pub fn shares(&mut self, n: usize) -> Vec<f64> {
        let gamma: Vec<f64> = (0..n).map(|_| -((1.0 - self.unit()) * (1.0 - self.unit())).ln()).collect();
        let all: f64 = gamma.iter().sum();
        gamma.into_iter().map(|g| g / all).collect()
    }

    /// An index, drawn by weight.
    pub fn pick(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (at, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return at;
            }
        }
        weights.iter().rposition(|&w| w > 0.0).unwrap_or(0)
    }
}
