//! What lexicographers and the careful need, over the pipeline: run the examples, explain a text, list the lexicon, score it on posts that
//! people labelled.

mod examples;
mod explain;
mod label;
mod list;
mod score;
mod table;

pub use examples::{Failure, run_examples};
pub use explain::{explain_id, explain_text};
pub use list::list;
pub use score::{Score, score, score_page};
