//! The folder of results (`rival analyze --out DIR`).

use std::path::{Path, PathBuf};

use super::args::InputArgs;
use crate::error::{Error, ErrorKind, Result};
use crate::read::Inputs;
use crate::render::{self, OutFile, StagedFolder};

/// A folder on its way.
pub(super) struct Folder {
    staged: StagedFolder,
    shown: PathBuf,
}

impl Folder {
    /// Begins the folder before anything is read: what cannot be written is refused at once.
    pub(super) fn begin(target: &Path, typed: &InputArgs, inputs: &Inputs) -> Result<Self> {
        apart(target, typed, inputs)?;
        let staged = StagedFolder::beside(target, render::is_out_file)?;
        Ok(Self { staged, shown: target.to_path_buf() })
    }

    /// Writes all files and puts the folder in its place; tells what is there now.
    pub(super) fn publish(self, files: &[OutFile]) -> Result<String> {
        for file in files {
            self.staged.file(&file.path, &file.bytes)?;
        }
        self.staged.publish()?;
        let mut top: Vec<&str> = Vec::new();
        for file in files {
            let name = file.path.split_inclusive('/').next().unwrap_or_default();
            if !top.contains(&name) {
                top.push(name);
            }
        }
        Ok(format!("wrote {}: {}", self.shown.display(), top.join(", ")))
    }
}

/// Refuses a folder from which the next run would read its own results, or in which an input lies.
fn apart(target: &Path, typed: &InputArgs, inputs: &Inputs) -> Result<()> {
    let target_real = real(target);
    let refused = |what: String| {
        Err(Error::new(ErrorKind::Usage, what).in_file(target).help("give --out a folder apart from the posts"))
    };
    for folder in typed.inputs.iter().map(Path::new).filter(|path| path.is_dir()) {
        if target_real.starts_with(real(folder)) {
            return refused(format!(
                "lies in {}, which is read: the next run would take results for posts",
                folder.display()
            ));
        }
    }
    for input in inputs.as_slice() {
        if let Some(path) = input.path()
            && real(path).starts_with(&target_real)
        {
            return refused(format!("{} is read from this folder, which would be replaced", path.display()));
        }
    }
    Ok(())
}

/// The path without links and dots, also where its end is not there yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            real(parent).join(name)
        }
        _ => path.to_path_buf(),
    }
}
