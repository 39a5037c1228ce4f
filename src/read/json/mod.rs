//! JSON: objects on lines, or in a list.

pub(super) mod lines;
pub(super) mod object;
pub(super) mod string;
