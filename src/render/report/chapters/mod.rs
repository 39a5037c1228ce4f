//! The chapters, one file each; a chapter that has nothing to show is not bound in.

pub(super) mod front;
pub(super) mod heat;
pub(super) mod method;
pub(super) mod position;
mod ranges;
pub(super) mod rivalry;
mod sortable;

/// The q below which a difference counts as shown (method §4).
const FDR: f64 = 0.10;
/// Authors below which a cell is drawn as thin.
const THIN: u64 = 10;
