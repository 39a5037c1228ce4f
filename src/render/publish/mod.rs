//! Outputs are all or nothing: written beside their place under a name of their own, made durable, and put in place by one rename.
//!
//! [`publish`] writes one file, [`Staged`] one file piece by piece, [`StagedFolder`] a folder of files that appear together. Until the
//! last call nothing is seen at the target; an error, a panic or [`abandon`] (an interrupted run) leaves what was there before. Only
//! a killed process can leave its unfinished `.rival-….tmp` behind, never a damaged result.

mod disk;
mod folder;
mod scratch;
mod sink;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::{Error, ErrorKind, Result};

pub use folder::StagedFolder;
pub use scratch::Scratch;
pub use sink::Sink;

/// Who may read a file that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Whoever may read the file that it replaces, else what the system's mask allows.
    Usual,
    /// Its owner alone (mode 0600): it may hold what people wrote.
    Owner,
}

/// Writes a file whole or not at all.
///
/// # Errors
/// `Output`, with the old file untouched.
pub fn publish(target: &Path, bytes: &[u8]) -> Result<()> {
    let mut staged = Staged::beside(target, Access::Usual)?;
    staged.write(bytes)?;
    staged.publish()
}

/// A file on its way to its place.
#[derive(Debug)]
pub struct Staged {
    file: File,
    /// As it was asked for, for messages.
    asked: PathBuf,
    /// The unfinished file and where it goes; `None` for a device or a pipe, which is written as it is.
    place: Option<(Unfinished, PathBuf)>,
}

impl Staged {
    /// Begins a file beside its target; what makes it impossible is found here, before a long run.
    ///
    /// # Errors
    /// `Output`: the target is a folder, its folder is missing or cannot be written.
    pub fn beside(target: &Path, access: Access) -> Result<Self> {
        let asked = target.to_path_buf();
        let refused = |e: io::Error| refusal(&asked, &e);
        if target.file_name().is_none() || target.is_dir() {
            return Err(Error::new(ErrorKind::Output, "is a folder").in_file(target).help("give the name of a file"));
        }
        if is_stream(target) {
            let file = disk::open_stream(target).map_err(refused)?;
            return Ok(Self { file, asked, place: None });
        }
        // The file behind a link is replaced, not the link.
        let real = target.canonicalize().unwrap_or_else(|_| target.to_path_buf());
        let (file, unfinished) = begin(&real, |path| disk::create(path, access)).map_err(refused)?;
        if access == Access::Usual {
            disk::take_permissions(&file, &real).map_err(refused)?;
        }
        Ok(Self { file, asked, place: Some((unfinished, real)) })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// `Output`: a full disk, a closed pipe.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        disk::write(&mut self.file, bytes).map_err(|e| refusal(&self.asked, &e))
    }

    /// Makes it durable and puts it in its place.
    ///
    /// # Errors
    /// `Output`, with the old file untouched.
    pub fn publish(self) -> Result<()> {
        let Self { file, asked, place } = self;
        let Some((unfinished, real)) = place else { return Ok(()) };
        let put = || -> io::Result<()> {
            disk::sync(&file)?;
            let mut register = register();
            disk::rename(&unfinished.path, &real)?;
            register.published(&unfinished);
            Ok(())
        };
        put().map_err(|e| refusal(&asked, &e))?;
        // The file is there; that its name may not outlive a power cut is no reason to call it missing.
        let _ = disk::sync_folder(&real);
        Ok(())
    }
}

/// Whether a target is no file to be replaced: a device, a pipe, `/dev/stdout`.
fn is_stream(target: &Path) -> bool {
    target.starts_with("/dev") || target.starts_with("/proc") || target.metadata().is_ok_and(|m| !m.is_file())
}

/// Ends the run's unfinished outputs: removes them, so that nothing is published any more.
///
/// False, and nothing done, if something was published already: then the run should go to its end, which is near.
pub fn abandon() -> bool {
    let mut register = register();
    if register.has_published {
        return false;
    }
    for path in register.unfinished.drain(..) {
        // What cannot be removed stays; there is nobody left to tell.
        let _ = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
    }
    // Whoever is about to publish waits for this for good: the process ends now.
    std::mem::forget(register);
    true
}

/// The unfinished outputs of this process.
#[derive(Debug, Default)]
struct Register {
    unfinished: Vec<PathBuf>,
    has_published: bool,
}

static REGISTER: Mutex<Register> = Mutex::new(Register { unfinished: Vec::new(), has_published: false });

fn register() -> MutexGuard<'static, Register> {
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Register {
    fn published(&mut self, unfinished: &Unfinished) {
        self.has_published = true;
        self.unfinished.retain(|path| *path != unfinished.path);
    }
}

/// A file or folder that is removed again unless it was put in its place.
#[derive(Debug)]
struct Unfinished {
    path: PathBuf,
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut register = register();
        let Some(at) = register.unfinished.iter().position(|path| *path == self.path) else { return };
        register.unfinished.swap_remove(at);
        // As above: the error that led here is the one to tell.
        let _ = if self.path.is_dir() { std::fs::remove_dir_all(&self.path) } else { std::fs::remove_file(&self.path) };
    }
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// Makes something new beside a target, under a name that nobody else has.
fn begin<T>(target: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(T, Unfinished)> {
    loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = target.with_file_name(format!(".rival-{}-{number}.tmp", std::process::id()));
        // Registered first: a signal between the two finds nothing to remove, never something to forget.
        register().unfinished.push(path.clone());
        let unfinished = Unfinished { path };
        match make(&unfinished.path) {
            Ok(made) => return Ok((made, unfinished)),
            Err(e) => {
                register().unfinished.retain(|path| *path != unfinished.path);
                // Of a run that was killed, or of another machine that writes to the same disk.
                if e.kind() != io::ErrorKind::AlreadyExists {
                    return Err(e);
                }
            }
        }
    }
}

fn refusal(target: &Path, error: &io::Error) -> Error {
    let help = match error.kind() {
        io::ErrorKind::NotFound => "make its folder first",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "choose a folder that may be written",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "make room; what was there before is untouched",
        _ => "check the disk; what was there before is untouched",
    };
    Error::new(ErrorKind::Output, format!("cannot be written: {error}")).in_file(target).help(help)
}

#[cfg(test)]
mod tests;
