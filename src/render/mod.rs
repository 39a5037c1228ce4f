//! Post text is data: it cannot act in HTML, spreadsheet, terminal, JSON or log.

mod fault;
mod findings;
mod json;
mod label;
mod rejects;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_space;
mod schema;
mod summary;
mod visible;

pub use fault::{Fault, fault, warning};
pub use findings::{findings_json, json_document};
pub use label::{LabelWriter, PostFacts};
pub use rejects::reject_lines;
pub use schema::{FINDINGS_SCHEMA, LABEL_SCHEMA, REJECTS_SCHEMA};
pub use summary::{Look, comparison, summary};
pub use visible::visible;
