//! Where the writer of one file of a folder puts its bytes.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Access, disk};

/// One file of a folder on its way. It remembers why it could not be written: what a writer makes of that error may not tell.
#[derive(Debug)]
pub struct Sink {
    out: BufWriter<Raw>,
    path: PathBuf,
}

#[derive(Debug)]
struct Raw {
    file: File,
    failed: Option<io::Error>,
}

/// Bytes that are written together.
const TOGETHER: usize = 128 * 1024;

impl Sink {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        let raw = Raw { file: disk::create(path, Access::Usual)?, failed: None };
        Ok(Self { out: BufWriter::with_capacity(TOGETHER, raw), path: path.to_path_buf() })
    }

    /// Where the file lies, for a writer that opens it itself.
    pub(in crate::render) fn path(&self) -> &Path {
        &self.path
    }

    /// Tells why such a writer could not write.
    pub(in crate::render) fn fail(&mut self, why: io::Error) {
        self.out.get_mut().failed.get_or_insert(why);
    }

    /// The file with all its bytes, not yet durable; or what was wrong with it.
    pub(super) fn finish(self) -> io::Result<File> {
        let Self { mut out, path: _ } = self;
        let flushed = out.flush();
        let (Raw { file, failed }, _) = out.into_parts();
        match failed {
            Some(why) => Err(why),
            None => flushed.map(|()| file),
        }
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Raw {
    /// The same error for the writer and for whoever asks later.
    fn remember<T>(&mut self, done: io::Result<T>) -> io::Result<T> {
        if let Err(e) = &done {
            self.failed.get_or_insert_with(|| io::Error::new(e.kind(), e.to_string()));
        }
        done
    }
}

impl Write for Raw {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = disk::write(&mut self.file, bytes);
        self.remember(done).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
