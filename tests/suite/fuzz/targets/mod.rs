//! What is fed: one function of bytes each, which panics where a promise is broken.

mod files;
mod texts;
mod whole;

pub(super) use files::{fuzz_container, fuzz_csv, fuzz_encoding, fuzz_json, json_forms};
pub(super) use texts::{fuzz_interpret, fuzz_normalize, fuzz_segment};
pub(super) use whole::{fuzz_config, fuzz_lexicon, fuzz_pipeline};

/// Takes one input.
pub(in crate::fuzz) type Feed = Box<dyn FnMut(&[u8])>;

/// Something to feed.
pub(in crate::fuzz) struct Target {
    pub name: &'static str,
    pub seeds: Vec<Vec<u8>>,
    pub words: &'static [&'static str],
    pub run: Feed,
}
