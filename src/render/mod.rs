//! Post text is data: it cannot act in HTML, spreadsheet, terminal, JSON or log.

mod book;
mod fault;
mod figures;
mod findings;
mod json;
mod label;
mod language;
mod out;
mod parts;
mod phrase;
mod publish;
mod rejects;
mod report;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod sample_space;
mod schema;
mod summary;
mod tables;
mod verdict;
mod visible;

pub use fault::{Fault, fault, warning};
pub use findings::{findings_json, json_document, write_findings};
pub use label::{LabelWriter, PostFacts};
pub use language::Language;
pub use out::{TOP, is_out_file, write_files};
pub use publish::{Access, Scratch, Sink, Staged, StagedFolder, abandon, publish};
pub use rejects::{RejectFacts, reject_line};
pub use report::report;
pub use schema::{FINDINGS_SCHEMA, LABEL_SCHEMA, REJECTS_SCHEMA};
pub use summary::{Look, comparison, summary};
pub use tables::tables_schema;
pub use visible::visible;
