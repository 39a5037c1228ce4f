//! The folder of results (`rival analyze --out DIR`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::args::InputArgs;
use super::session::failure_lines;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::taxonomy::Taxonomy;
use crate::pipeline::{self, Analysis, Rejects, Run};
use crate::read::Inputs;
use crate::render::{self, Language, Scratch, StagedFolder};

/// A folder on its way.
pub(super) struct Folder {
    staged: StagedFolder,
    /// The lines of the rejects, for their table.
    rejects: Arc<Mutex<Scratch>>,
    shown: PathBuf,
}

impl Folder {
    /// Begins the folder before anything is read: what cannot be written is refused at once.
    pub(super) fn begin(target: &Path, typed: &InputArgs, inputs: &Inputs) -> Result<Self> {
        apart(target, typed, inputs)?;
        let staged = StagedFolder::beside(target, render::is_out_file)?;
        let rejects = Arc::new(Mutex::new(staged.scratch()?));
        Ok(Self { staged, rejects, shown: target.to_path_buf() })
    }

    /// Keeps the lines of the rejects, wherever else they go.
    pub(super) fn keep_rejects(&self, run: &mut Run) {
        let kept = self.rejects.clone();
        let mut before = run.rejects.take();
        let raw = before.as_ref().is_some_and(|rejects| rejects.raw);
        let write = move |lines: &[u8]| {
            kept.lock().unwrap_or_else(PoisonError::into_inner).write(lines)?;
            before.as_mut().map_or(Ok(()), |rejects| (rejects.write)(lines))
        };
        run.rejects = Some(Rejects { raw, write: Box::new(write) });
    }

    /// Writes all files on so many threads, puts the folder in its place and tells what is there now; gives back the findings as JSON.
    pub(super) fn publish(
        self,
        analysis: &Analysis,
        taxonomy: &Taxonomy,
        language: Option<Language>,
        threads: usize,
    ) -> Result<(Vec<u8>, String)> {
        let Analysis { findings, report } = analysis;
        let language = language.unwrap_or_else(|| Language::of_posts(&findings.meta));
        let mut rejects = self.rejects.lock().unwrap_or_else(PoisonError::into_inner);
        rejects.write(&failure_lines(report))?;
        let (staged, rejects) = (&self.staged, &*rejects);
        let write = || render::write_files(staged, findings, taxonomy, rejects, language);
        let document = pipeline::pool(threads)?.install(write)?;
        self.staged.publish()?;
        Ok((document, format!("wrote {}: {}", self.shown.display(), render::TOP)))
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
