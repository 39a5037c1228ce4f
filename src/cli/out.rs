//! Standard output and standard error: the only place that writes to them.

use std::fs::File;
use std::io::{self, ErrorKind as IoKind, Write};
#[cfg(unix)]
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::render::visible;

/// Standard output; a reader that went away (`| head`) ends the run quietly.
pub(super) struct Out {
    /// Whole lines that wait to be written together.
    waiting: Vec<u8>,
    file: io::Result<File>,
}

/// The message by which a closed pipe travels up to the one place that ends the run.
const CLOSED: &str = "standard output was closed by its reader";
/// Bytes that are written together.
const TOGETHER: usize = 64 * 1024;

/// Held while lines are written, so that an interrupted run ends between two of them.
static WRITING: Mutex<()> = Mutex::new(());

impl Out {
    pub(super) fn new() -> Self {
        Self { waiting: Vec::with_capacity(2 * TOGETHER), file: standard_output() }
    }

    /// Adds whole lines.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() < TOGETHER { Ok(()) } else { self.hand_over() }
    }

    pub(super) fn line(&mut self, line: &str) -> Result<()> {
        self.write(line.as_bytes())?;
        self.write(b"\n")
    }

    /// Writes what waits and checks: a full disk is found here, not in a destructor.
    pub(super) fn finish(mut self) -> Result<()> {
        self.hand_over()
    }

    fn hand_over(&mut self) -> Result<()> {
        let _whole_lines = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        let written = match &mut self.file {
            Ok(file) => file.write_all(&self.waiting),
            Err(e) => Err(io::Error::new(e.kind(), e.to_string())),
        };
        self.waiting.clear();
        written.map_err(broken)
    }
}

/// The descriptor itself: the standard library's handle takes one that cannot be written for one that swallows everything.
#[cfg(unix)]
fn standard_output() -> io::Result<File> {
    use std::os::fd::AsFd;
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

#[cfg(windows)]
fn standard_output() -> io::Result<File> {
    use std::os::windows::io::AsHandle;
    Ok(File::from(io::stdout().as_handle().try_clone_to_owned()?))
}

/// Whether standard output was closed (`>&-`) when the program began: the runtime puts `/dev/null` in its place before `main`, and whoever throws
/// the output away may have opened that as well.
#[cfg(unix)]
static WAS_CLOSED: AtomicBool = AtomicBool::new(false);

#[cfg(unix)]
ctor_lite::ctor! {
    unsafe fn look_before_the_runtime() {
        let closed = rustix::io::fcntl_getfd(rustix::stdio::stdout()).is_err();
        WAS_CLOSED.store(closed, Ordering::Relaxed);
    }
}

/// Finds out before a long run that standard output cannot be written.
pub(super) fn check() -> Result<()> {
    #[cfg(unix)]
    {
        if WAS_CLOSED.load(Ordering::Relaxed) {
            return Err(broken(io::Error::new(IoKind::NotConnected, "it is closed")));
        }
        let mode = rustix::fs::fcntl_getfl(rustix::stdio::stdout()).map_err(|e| broken(e.into()))?;
        if mode & rustix::fs::OFlags::RWMODE == rustix::fs::OFlags::RDONLY {
            return Err(broken(io::Error::new(IoKind::PermissionDenied, "it is open for reading only")));
        }
    }
    Ok(())
}

/// Whether standard output goes to this very file: reading it would never end.
pub(super) fn goes_to(path: &std::path::Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let Ok(input) = std::fs::metadata(path) else { return false };
        let Ok(output) = rustix::fs::fstat(rustix::stdio::stdout()) else { return false };
        #[allow(clippy::unnecessary_cast)] // of another width on other systems
        return input.is_file() && (input.dev(), input.ino()) == (output.st_dev as u64, output.st_ino as u64);
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// Waits until no line is half written, or for so long.
pub(super) fn between_lines(most: Duration) -> Option<MutexGuard<'static, ()>> {
    let start = Instant::now();
    loop {
        match WRITING.try_lock() {
            Ok(guard) => return Some(guard),
            Err(std::sync::TryLockError::Poisoned(guard)) => return Some(guard.into_inner()),
            Err(std::sync::TryLockError::WouldBlock) if start.elapsed() > most => return None,
            Err(std::sync::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(2)),
        }
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

/// Writes a message to standard error; if that fails there is nobody left to tell.
pub(super) fn say(message: &str) {
    // Names of files, columns and labels come from outside: none may act on the terminal.
    let _ = writeln!(io::stderr().lock(), "{}", visible(message));
}
