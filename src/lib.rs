//! `rival` reads exported posts and reviews in Chinese and English and answers one question: who really takes
//! a product's consumers? Rivals are found by the consumer's occasion, not by the product's category.
//!
//! Data goes one way, one directory per step; a module uses only what stands left of it (`tests/layering.rs`):
//!
//! ```text
//! bytes → Post → Document → Token/Clause → Match → Mention/Evidence → Tally → Findings → bytes
//!         read   normalize   segment        matcher   interpret          accumulate  analyze   render
//! ```

pub mod accumulate;
pub mod analyze;
pub mod cli;
pub mod error;
pub mod interpret;
pub mod lexicon;
pub mod limits;
pub mod matcher;
pub mod normalize;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod segment;
pub mod workbench;

pub use error::{Error, Result};
