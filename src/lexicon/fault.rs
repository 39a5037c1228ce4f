//! What is wrong with a lexicon file: code, place, sentence, what to do.

use crate::error::{Error, ErrorKind};

/// One fault of a lexicon file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable code (`L801` …).
    pub code: &'static str,
    /// The file, as the user can open it.
    pub path: String,
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    /// The fault as the error that stops a run.
    pub fn into_error(self) -> Error {
        Error::new(ErrorKind::Lexicon, format!("{}: {}", self.code, self.message))
            .at(self.path, self.line, self.column)
            .help(self.help)
    }
}

/// The stable lexicon codes with what they mean.
pub const CODES: [(&str, &str); 8] = [
    ("L801", "A surface is empty, or nothing is left of it after normalizing."),
    ("L802", "A surface of one character has no boundary policy: it would be found inside other words."),
    ("L803", "The same surface stands in two categories or brands, and neither has a `resolve`."),
    ("L804", "An id does not exist in the codebook, stands twice, or does not fit its folder."),
    ("L805", "A key, flag or value is not known, or the TOML cannot be read."),
    ("L806", "An entry has no `match` or no `miss` example, or an example fails."),
    ("L807", "A pattern cannot be used."),
    ("L808", "The lexicon is too large."),
];
