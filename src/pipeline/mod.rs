//! Wires read … analyze: batches, threads, ordered merge. The same bytes come out for any number of threads.

mod analyze;
mod filter;
mod label;
mod lost;
mod run;
mod survey;
mod worker;

pub use crate::accumulate::Grouping;
pub use analyze::{Analysis, AnalyzePlan, analyze};
pub use filter::Filter;
pub use label::label;
pub use lost::Rejects;
pub use run::{FileReport, Progress, Report, Run, pool};
pub use survey::survey;

#[cfg(test)]
mod tests;
