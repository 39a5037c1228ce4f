//! Who takes the consumers, where, and what to do about it.

pub(in crate::render::report) mod actions;
pub(in crate::render::report) mod changes;
pub(in crate::render::report) mod groups;
pub(in crate::render::report) mod rivals;
pub(in crate::render::report) mod steals;
