//! The first page: the answer in words, claims that can be quoted, and the market at one glance.

pub(in crate::render::report) mod brief;
pub(in crate::render::report) mod caveats;
pub(in crate::render::report) mod claims;
pub(in crate::render::report) mod market;
mod spoken;
pub(in crate::render::report) mod verdict;
