//! Standard output and standard error: the only place that writes to them.

use std::io::{self, ErrorKind as IoKind, Write};

use crate::error::{Error, ErrorKind, Result};

/// Standard output; a reader that went away (`| head`) ends the run quietly.
pub(super) struct Out {
    stdout: io::BufWriter<io::Stdout>,
}

/// The message by which a closed pipe travels up to the one place that ends the run.
const CLOSED: &str = "standard output was closed by its reader";

impl Out {
    pub(super) fn new() -> Self {
        Self { stdout: io::BufWriter::with_capacity(64 * 1024, io::stdout()) }
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.stdout.write_all(bytes).map_err(broken)
    }

    pub(super) fn line(&mut self, line: &str) -> Result<()> {
        self.write(line.as_bytes())?;
        self.write(b"\n")
    }

    /// Flushes and checks: a full disk is found here, not in a destructor.
    pub(super) fn finish(mut self) -> Result<()> {
        self.stdout.flush().map_err(broken)
    }
}

fn broken(e: io::Error) -> Error {
    if e.kind() == IoKind::BrokenPipe {
        return Error::new(ErrorKind::Output, CLOSED);
    }
    Error::new(ErrorKind::Output, format!("standard output cannot be written: {e}"))
        .help("check the disk, or where the output is sent")
}

/// Whether an error is only a reader that went away.
pub(super) fn is_closed_pipe(error: &Error) -> bool {
    error.kind() == ErrorKind::Output && error.message() == CLOSED
}

/// Writes a line to standard error; if that fails there is nobody left to tell.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
