//! Every normalized span maps to a character boundary of the raw text.
//!
//! One text becomes a [`Document`]: width, case, accents, Traditional → Simplified (Hong Kong and Taiwan forms too), invisible
//! characters; one character stays one character, so surfaces of the lexicon and posts go through exactly the same fold.

mod document;
mod fold;
pub mod span;
mod zone;

pub use document::{Document, is_han, normalize};
pub use zone::{Zone, ZoneKind};
