//! Post text is data: it cannot act in HTML, spreadsheet, terminal, JSON or log.

mod label;

pub use label::{LabelWriter, PostFacts};
