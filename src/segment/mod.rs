//! The tokens of a document concatenate to it.
//!
//! An [`Outline`] gives sentences, clauses and Latin words in one pass; the [`Cutter`] says where jieba would cut, only where
//! somebody wants to know. The segmenter never finds anything: it only vetoes.

mod cutter;
mod dictionary;
mod outline;

pub use cutter::{Cutter, Token};
pub use outline::{Clause, Outline, within_words};
