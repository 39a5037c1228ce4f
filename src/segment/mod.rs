//! The tokens of a document concatenate to it.
//!
//! An [`Outline`] gives sentences, clauses, Latin words and runs in one pass; the [`Cutter`] asks jieba for the word boundaries of a run only
//! when somebody wants to know them. The segmenter never finds anything: it only vetoes.

mod cutter;
mod outline;

pub use cutter::{Cutter, Token, load_dictionary};
pub use outline::{Clause, Outline, Run, words_between};
