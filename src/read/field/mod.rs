//! Single fields: what exports write into a cell, and what it means.

pub(crate) mod author;
pub(crate) mod calendar;
mod clock;
pub(crate) mod count;
pub(crate) mod markup;
pub(crate) mod mojibake;
pub(crate) mod platform;
mod relative;
pub(crate) mod tags;
pub(crate) mod text;
pub(crate) mod time;
