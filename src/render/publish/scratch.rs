//! What is too much for memory until it is needed.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::{Access, Unfinished, begin, disk, refusal};
use crate::error::Result;

/// A file that is never published: written once, read as often as needed, removed when it is dropped. Its owner alone may read it.
#[derive(Debug)]
pub struct Scratch {
    file: File,
    unfinished: Unfinished,
    target: PathBuf,
}

impl Scratch {
    pub(super) fn beside(target: &Path) -> Result<Self> {
        let (file, unfinished) =
            begin(target, |path| disk::create(path, Access::Owner)).map_err(|e| refusal(target, &e))?;
        Ok(Self { file, unfinished, target: target.to_path_buf() })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// `Output`: a full disk.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        disk::write(&mut self.file, bytes).map_err(|e| refusal(&self.target, &e))
    }

    /// All of it, from the beginning.
    ///
    /// # Errors
    /// `Output`.
    pub fn read(&self) -> Result<BufReader<File>> {
        let file = disk::open(&self.unfinished.path).map_err(|e| refusal(&self.target, &e))?;
        Ok(BufReader::with_capacity(64 * 1024, file))
    }
}
