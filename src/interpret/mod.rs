//! Every evidence names its rule and its span in the raw text.

pub mod evidence;
