//! The calls to the file system that writing needs, one function each, so that tests can let any of them fail.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use super::Access;

/// Creates a file that must not be there yet.
pub(super) fn create(path: &Path, access: Access) -> io::Result<File> {
    step("create")?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if access == Access::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    options.open(path)
}

/// Opens a device or a pipe.
pub(super) fn open_stream(path: &Path) -> io::Result<File> {
    step("open")?;
    OpenOptions::new().append(true).open(path)
}

/// Opens a file that was written, to read it.
pub(super) fn open(path: &Path) -> io::Result<File> {
    step("open")?;
    File::open(path)
}

/// Gives a new file the permissions of the one that it will replace.
pub(super) fn take_permissions(file: &File, of: &Path) -> io::Result<()> {
    match fs::metadata(of) {
        Ok(old) => file.set_permissions(old.permissions()),
        Err(_) => Ok(()),
    }
}

pub(super) fn write(file: &mut File, bytes: &[u8]) -> io::Result<()> {
    if let Err(e) = step("write") {
        // A disk that runs full takes some of it.
        file.write_all(&bytes[..bytes.len() / 2])?;
        return Err(e);
    }
    file.write_all(bytes)
}

pub(super) fn sync(file: &File) -> io::Result<()> {
    step("sync")?;
    file.sync_all()
}

/// Files that wait for the disk at once: it takes as long for eight as for one.
const SYNCED_TOGETHER: usize = 8;

/// Makes many files durable.
pub(super) fn sync_all(files: Vec<File>) -> io::Result<()> {
    for _ in &files {
        step("sync")?;
    }
    std::thread::scope(|scope| {
        let part = files.len().div_ceil(SYNCED_TOGETHER).max(1);
        let sync = |part: &[File]| part.iter().try_for_each(File::sync_all);
        let waiting: Vec<_> = files.chunks(part).map(|part| scope.spawn(move || sync(part))).collect();
        waiting.into_iter().try_for_each(|one| one.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into())))
    })
}

/// Makes the name of a file or folder durable.
pub(super) fn sync_folder(of: &Path) -> io::Result<()> {
    step("sync folder")?;
    let parent = of.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Where folders cannot be opened, as on Windows, the system sees to it.
    File::open(parent).map_or(Ok(()), |folder| folder.sync_all())
}

pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step("rename")?;
    fs::rename(from, to)
}

pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    step("make folder")?;
    fs::create_dir(path)
}

/// Puts a folder in the place of another, which then has the first one's name; in one step where the system can.
pub(super) fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    step("exchange")?;
    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Some network disks cannot; for a moment the target is not there.
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    if let Err(e) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(e);
    }
    fs::rename(&aside, new)
}

/// Where a test lets a call fail.
#[cfg(not(test))]
fn step(_: &'static str) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use faulty::{fail_at, step};

#[cfg(test)]
mod faulty {
    use std::cell::RefCell;
    use std::io;

    thread_local! {
        static PLAN: RefCell<Option<(usize, io::ErrorKind)>> = const { RefCell::new(None) };
    }

    /// Lets the n-th call from now on fail on this thread; tells what it was, if it came.
    pub(in crate::render::publish) fn fail_at<T>(n: usize, kind: io::ErrorKind, run: impl FnOnce() -> T) -> (T, bool) {
        PLAN.with_borrow_mut(|plan| *plan = Some((n, kind)));
        let made = run();
        let fired = PLAN.with_borrow_mut(Option::take).is_none();
        (made, fired)
    }

    pub(in crate::render::publish) fn step(call: &'static str) -> io::Result<()> {
        PLAN.with_borrow_mut(|plan| match plan {
            Some((0, kind)) => {
                let error = io::Error::new(*kind, format!("{call} fails here"));
                *plan = None;
                Err(error)
            }
            Some((n, _)) => {
                *n -= 1;
                Ok(())
            }
            None => Ok(()),
        })
    }
}
