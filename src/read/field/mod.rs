//! Single fields: what exports write into a cell, and what it means.

pub(crate) mod author;
mod clock;
pub(crate) mod platform;
pub(crate) mod text;
pub(crate) mod time;
