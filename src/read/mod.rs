//! Every byte of a file belongs to exactly one row, blank line or header; rows read = analyzed + rejected + set aside.
//!
//! Reading has two stages. A [`Reader`] decompresses files on one thread and cuts them into [`Batch`]es of whole rows;
//! [`Batch::parse`] turns these into [`Row`]s on any thread. A file is named by its first bytes, never by its name, and
//! its columns by their headers (`columns`) or by the user.

mod batch;
mod charset;
mod columns;
mod compose;
mod container;
mod csv;
mod extent;
mod field;
mod inputs;
mod json;
mod kind;
mod opener;
mod piece;
mod piped;
mod reader;
mod reading;
mod repair;
mod sniff;
mod stamp;

pub mod ledger;
pub mod post;
pub mod reject;

pub use batch::{Batch, Row, RowPlace};
pub use charset::Charset;
pub use columns::{Columns, Field};
pub use field::calendar::{Day, DayOrder};
pub use inputs::{Input, Inputs};
pub use opener::Opener;
pub use piece::PieceKind;
pub use reader::{Event, FileFacts, FileFailure, Glance, Reader};
pub use reading::Reading;
pub use sniff::Format;

#[cfg(test)]
mod tests;
