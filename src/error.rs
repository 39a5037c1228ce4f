//! The one error type of the crate: what stops a run. Rows that cannot be used are data (`read::Reject`), never an `Error`.

use std::fmt;
use std::path::{Path, PathBuf};

/// A result whose error stops the run.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a run stopped: what, where, and what to do about it.
#[derive(Debug, Clone)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    place: Option<Place>,
    help: Option<String>,
}

/// The broad kind of an [`Error`]; it decides the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The command line or `rival.toml` cannot be understood (exit 2).
    Usage,
    /// A lexicon does not load (exit 2).
    Lexicon,
    /// An input cannot be read at all (exit 2).
    Input,
    /// The output cannot be written (exit 3).
    Output,
    /// A broken promise inside `rival` itself (exit 2).
    Internal,
}

/// Where an error stands: a file and, when known, line and column (both from 1).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    path: PathBuf,
    line: Option<(u64, u64)>,
}

impl Error {
    /// An error of a kind with one sentence of explanation.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: None, help: None }
    }

    /// The same error, told to stand in a file.
    #[must_use]
    pub fn in_file(mut self, path: impl AsRef<Path>) -> Self {
        self.place = Some(Place { path: path.as_ref().to_path_buf(), line: None });
        self
    }

    /// The same error, told to stand at a line and column (from 1) of a file.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>, line: u64, column: u64) -> Self {
        self.place = Some(Place { path: path.as_ref().to_path_buf(), line: Some((line, column)) });
        self
    }

    /// The same error with a word on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The kind, which decides the exit code.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The sentence itself, without place and help.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            // Debug escaping keeps a newline or an escape sequence in a file name out of the terminal.
            let path = place.path.display().to_string();
            let shown: String = path
                .chars()
                .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
                .collect();
            match place.line {
                Some((line, column)) => write!(f, "{shown}:{line}:{column}: ")?,
                None => write!(f, "{shown}: ")?,
            }
        }
        write!(f, "{}", self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
