//! Same tally, same findings, to the bit: pure functions from counts to what they mean.

pub mod findings;
pub mod parameters;

pub use findings::Findings;
pub use parameters::Parameters;
