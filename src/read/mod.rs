//! Every byte of a file belongs to exactly one row, blank line or header; rows read = analyzed + rejected + set aside.

pub mod ledger;
pub mod post;
pub mod reject;
