//! A folder of outputs that appear together.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{Access, Unfinished, begin, disk, refusal, register};
use crate::error::{Error, ErrorKind, Result};

/// A folder on its way to its place.
#[derive(Debug)]
pub struct StagedFolder {
    unfinished: Unfinished,
    target: PathBuf,
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
        Ok(Self { unfinished, target: real })
    }

    /// Writes one file of it; `name` may have folders before it (`tables/rivals.csv`).
    ///
    /// # Errors
    /// `Output`, or `Internal` for a name that would lead out of the folder.
    pub fn file(&self, name: &str, bytes: &[u8]) -> Result<()> {
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
        let mut file = disk::create(&place, Access::Usual).map_err(failed)?;
        disk::write(&mut file, bytes).map_err(failed)?;
        disk::sync(&file).map_err(failed)
    }

    /// Puts the folder in its place: all of it, or nothing.
    ///
    /// # Errors
    /// `Output`, with the old folder untouched.
    pub fn publish(self) -> Result<()> {
        let Self { unfinished, target } = self;
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
        put().map_err(|e| refusal(&target, &e))?;
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
