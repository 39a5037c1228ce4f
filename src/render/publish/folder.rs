//! A folder of outputs that appear together.

use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::scratch::Scratch;
use super::sink::Sink;
use super::{Unfinished, begin, disk, refusal, register};
use crate::error::{Error, ErrorKind, Result};

/// A folder on its way to its place. Its files may be written side by side.
#[derive(Debug)]
pub struct StagedFolder {
    unfinished: Unfinished,
    target: PathBuf,
    /// The files that are written, not yet durable.
    written: Mutex<Vec<File>>,
}

impl StagedFolder {
    /// Begins a folder beside its target. A folder that is there already is replaced as a whole, so it may hold nothing but what
    /// an earlier run wrote: `ours` tells that by name, relative to the folder, with `/` between parts.
    ///
    /// # Errors
    /// `Output`: the target is a file, its parent is missing or cannot be written, or it holds files of somebody else.
    pub fn beside(target: &Path, ours: impl Fn(&str) -> bool) -> Result<Self> {
        if target.exists() && !target.is_dir() {
            return Err(Error::new(ErrorKind::Output, "is a file").in_file(target).help("give the name of a folder"));
        }
        // The folder behind a link is replaced, not the link; and `out/` is `out`.
        let real = target.canonicalize().unwrap_or_else(|_| target.components().collect());
        if real.file_name().is_none() {
            return Err(Error::new(ErrorKind::Output, "cannot be replaced")
                .in_file(target)
                .help("give a folder of its own"));
        }
        if let Some(foreign) = foreign(&real, "", &ours) {
            return Err(Error::new(
                ErrorKind::Output,
                format!("the folder holds `{foreign}`, which rival did not write"),
            )
            .in_file(target)
            .help("give a new folder, or move that file away"));
        }
        let ((), unfinished) = begin(&real, disk::make_folder).map_err(|e| refusal(target, &e))?;
        Ok(Self { unfinished, target: real, written: Mutex::default() })
    }

    /// Writes one file of it by `make`; `name` may have folders before it (`tables/rivals.csv`).
    ///
    /// # Errors
    /// `Output`, what `make` returns, or `Internal` for a name that would lead out of the folder.
    pub fn file(&self, name: &str, make: impl FnOnce(&mut Sink) -> Result<()>) -> Result<()> {
        let path = Path::new(name);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(Error::new(ErrorKind::Internal, format!("`{name}` is no name inside a folder")));
        }
        let shown = self.target.join(path);
        let failed = |e: std::io::Error| refusal(&shown, &e);
        let place = self.unfinished.path.join(path);
        if let Some(parent) = place.parent().filter(|parent| !parent.is_dir()) {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        let mut sink = Sink::create(&place).map_err(failed)?;
        let made = make(&mut sink);
        // A disk that is full is told as that, whatever the writer made of it.
        let file = sink.finish().map_err(failed)?;
        made?;
        self.written.lock().unwrap_or_else(PoisonError::into_inner).push(file);
        Ok(())
    }

    /// A file beside the folder for what is too much for memory; it goes when it is dropped.
    ///
    /// # Errors
    /// `Output`.
    pub fn scratch(&self) -> Result<Scratch> {
        Scratch::beside(&self.target)
    }

    /// Puts the folder in its place: all of it, or nothing.
    ///
    /// # Errors
    /// `Output`, with the old folder untouched.
    pub fn publish(self) -> Result<()> {
        let Self { unfinished, target, written } = self;
        let written = written.into_inner().unwrap_or_else(PoisonError::into_inner);
        let put = || -> std::io::Result<()> {
            disk::sync_folder(&unfinished.path.join("."))?;
            let mut register = register();
            if target.is_dir() {
                // The old one gets the unfinished name and goes with it.
                disk::exchange(&unfinished.path, &target)?;
                register.has_published = true;
            } else {
                disk::rename(&unfinished.path, &target)?;
                register.published(&unfinished);
            }
            Ok(())
        };
        disk::sync_all(written).and_then(|()| put()).map_err(|e| refusal(&target, &e))?;
        // As for a file.
        let _ = disk::sync_folder(&target);
        Ok(())
    }
}

/// A file below a folder that is not ours, if there is one.
fn foreign(folder: &Path, below: &str, ours: &impl Fn(&str) -> bool) -> Option<String> {
    let mut entries: Vec<_> = fs::read_dir(folder).ok()?.flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::file_name);
    entries.into_iter().find_map(|entry| {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => foreign(&entry.path(), &format!("{name}/"), ours),
            _ => (!ours(&name)).then_some(name),
        }
    })
}
