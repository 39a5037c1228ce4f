//! What lexicographers and the careful need, over the pipeline: run the examples, explain a text, list the lexicon, measure it on a corpus
//! and on posts that people labelled.

mod advice;
mod canon;
mod dry_run;
mod examples;
mod explain;
mod figures;
mod label;
mod list;
mod sample;
mod score;
mod stats;
mod suggest;
mod table;
mod units;

pub use advice::{Advice, advice};
pub use canon::canonical;
pub use dry_run::{DryRun, dry_run};
pub use examples::{Failure, run_examples};
pub use explain::{explain_id, explain_text};
pub use label::rule_of;
pub use list::list;
pub use sample::{Applied, Sample, apply, sample, sample_page};
pub use score::{Score, score, score_page};
pub use stats::{Stats, entry_page, stats, stats_page};
pub use suggest::{SuggestPlan, Suggestions, suggest, suggest_page};
