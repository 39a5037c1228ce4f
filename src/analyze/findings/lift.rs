//! How much more often something is said of one than of what it is compared with.

use serde::Serialize;

use super::super::numbers::{Estimate, told, told_pair};
use super::super::parameters::FDR;

/// A ratio of two shares, with what is known of its certainty; each part is left out where it cannot be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Lift {
    /// The share over that of the other side.
    #[serde(rename = "lift", skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Its 95 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci95: Option<[f64; 2]>,
    /// Benjamini–Hochberg q of the difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
}

impl Lift {
    /// From the logarithm, its estimate and its q.
    pub(in crate::analyze) fn of(ln: f64, estimate: Option<Estimate>, q: Option<f64>) -> Self {
        Self {
            value: told(ln.exp()),
            ci95: estimate.and_then(|ln| told_pair(ln.interval95().map(f64::exp))),
            q: q.and_then(told),
        }
    }

    /// From the estimate of the logarithm; nothing where there is none.
    pub(in crate::analyze) fn estimated(estimate: Option<Estimate>, q: Option<f64>) -> Self {
        estimate.map_or_else(Self::default, |ln| Self::of(ln.value, estimate, q))
    }

    /// Without the interval.
    pub(in crate::analyze) fn without_interval(self) -> Self {
        Self { ci95: None, ..self }
    }

    /// Whether the difference is more than chance.
    pub fn is_sure(self) -> bool {
        self.q.is_some_and(|q| q < FDR)
    }

    /// The ratio, where the difference is more than chance.
    pub fn sure(self) -> Option<f64> {
        self.value.filter(|_| self.is_sure())
    }
}
