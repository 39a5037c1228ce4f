//! What lexicographers and the careful need, over the pipeline: run the examples, explain a text, list the lexicon.

mod examples;
mod explain;
mod list;

pub use examples::{Failure, run_examples};
pub use explain::{explain_id, explain_text};
pub use list::list;
