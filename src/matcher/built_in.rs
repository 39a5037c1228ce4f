//! The tables of the built-in lexicons, compiled by the build script.

use super::tables::Tables;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::Lexicon;

/// What they were compiled from, as [`Lexicon::sha256`].
static ORIGIN: &str = include_str!(concat!(env!("OUT_DIR"), "/tables.sha256"));

/// The tables, in the form of postcard.
static COMPILED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/tables"));

impl Tables {
    /// The tables of a lexicon: compiled here, unless it is the built-in one.
    pub(super) fn of(lexicon: &Lexicon) -> Result<Self> {
        if lexicon.sha256 != ORIGIN {
            return Self::compile(lexicon);
        }
        postcard::from_bytes(COMPILED)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("the built-in tables cannot be read: {e}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_build_script_compiled_what_the_program_would() {
        let lexicon = Lexicon::built_in().expect("reads");
        assert_eq!(lexicon.sha256, ORIGIN);
        let fresh = Tables::compile(&lexicon).expect("compiles");
        assert!(postcard::to_allocvec(&fresh).expect("serializes") == COMPILED);
        // Hash tables may stand in another order once read, but hold the same.
        let read = Tables::of(&lexicon).expect("reads");
        assert_eq!(postcard::to_allocvec(&read).expect("serializes").len(), COMPILED.len());
    }
}
