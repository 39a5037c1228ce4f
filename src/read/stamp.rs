//! Whether a file is the same at the end of reading as at its beginning (reliability case 114).

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::inputs::Input;

/// Size and time of a regular file when it was opened.
#[derive(Debug)]
pub(super) struct Stamp {
    path: PathBuf,
    seen: (u64, Option<SystemTime>),
}

impl Stamp {
    /// The stamp of an input; `None` of a pipe, a device or bytes at hand, which have no size of their own.
    pub(super) fn of(input: &Input) -> Option<Self> {
        let path = input.path()?;
        Some(Self { path: path.to_path_buf(), seen: look(path)? })
    }

    /// Whether the file has grown, shrunk, been written to or gone since.
    pub(super) fn has_changed(&self) -> bool {
        look(&self.path) != Some(self.seen)
    }
}

fn look(path: &Path) -> Option<(u64, Option<SystemTime>)> {
    let found = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    Some((found.len(), found.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_and_going_are_seen() {
        let path = std::env::temp_dir().join(format!("rival-stamp-{}", std::process::id()));
        std::fs::write(&path, "a").expect("written");
        let stamp = Stamp::of(&Input::File(path.clone())).expect("a file");
        assert!(!stamp.has_changed());
        std::fs::write(&path, "ab").expect("written");
        assert!(stamp.has_changed());
        let stamp = Stamp::of(&Input::File(path.clone())).expect("a file");
        std::fs::remove_file(&path).expect("removed");
        assert!(stamp.has_changed());
        assert!(Stamp::of(&Input::File(std::env::temp_dir())).is_none() && Stamp::of(&Input::Stdin).is_none());
    }
}
