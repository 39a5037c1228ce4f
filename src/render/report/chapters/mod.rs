//! The chapters, one file each; a chapter that has nothing to show is not bound in.

pub(super) mod front;
pub(super) mod heat;
pub(super) mod method;
mod panels;
pub(super) mod position;
mod ranges;
pub(super) mod rivalry;
mod sortable;

/// Authors below which a cell is drawn as thin.
const THIN: u64 = 10;
