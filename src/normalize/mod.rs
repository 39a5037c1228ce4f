//! Every normalized span maps to a character boundary of the raw text.

pub mod span;
