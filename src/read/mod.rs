//! Every byte of a file belongs to exactly one row, blank line or header; rows read = analyzed + rejected + set aside.
//!
//! Reading has two stages. A [`Reader`] decompresses files on one thread and cuts them into [`Batch`]es of whole rows;
//! [`Batch::parse`] turns these into [`Row`]s on any thread. A file is named by its first bytes, never by its name, and
//! its columns by their headers (`columns`) or by the user.

mod batch;
mod columns;
mod compose;
mod container;
mod csv;
mod field;
mod inputs;
mod json;
mod piece;
mod reader;
mod sniff;
mod stamp;

pub mod ledger;
pub mod post;
pub mod reject;

pub use batch::{Batch, Row, RowPlace};
pub use columns::{Columns, Field};
pub use inputs::{Input, Inputs, Opener};
pub use piece::PieceKind;
pub use reader::{Event, FileFacts, FileFailure, Reader};
pub use sniff::Format;

#[cfg(test)]
mod tests;
