//! Words and rules as data, loaded once, immutable.

pub mod id;
pub mod taxonomy;
