//! JSON: objects on lines, in a list, or one after the other.

pub(super) mod detect;
pub(super) mod lines;
pub(super) mod list;
pub(super) mod names;
pub(super) mod object;
pub(super) mod string;
mod value;
