//! Lexicon files from disk, with places for messages.

use std::fs;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// A lexicon file: its path below the lexicon folder, with `/`, and its text.
#[derive(Debug, Clone)]
pub struct Source {
    /// For rule names and the folder rules: `occasions/company.toml`.
    pub path: String,
    /// For messages: the path as the user can open it.
    pub shown: String,
    /// Its text.
    pub text: String,
}

impl Source {
    /// A file that stands only in memory, such as what `rival.toml` adds.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let path = path.into();
        Self { shown: path.clone(), path, text: text.into() }
    }

    /// Line and column, both from 1, of a byte; the column counts characters.
    pub fn place(&self, byte: usize) -> (u64, u64) {
        let before = &self.text.as_bytes()[..byte.min(self.text.len())];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before).count() as u64 + 1;
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() as u64 + 1;
        (line, column)
    }
}

/// The `.toml` files below a folder, sorted by path.
///
/// # Errors
/// A folder or file that cannot be read, or a file that is not UTF-8.
pub fn folder(root: &Path) -> Result<Vec<Source>> {
    let mut out = Vec::new();
    collect_folder(root, root, 0, &mut out)?;
    if out.is_empty() {
        return Err(Error::new(ErrorKind::Lexicon, "no .toml file in this folder").in_file(root).help(
            "an overlay has the same sub-folders as the built-in lexicons: categories/, occasions/, motives/ …",
        ));
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(out)
}

/// One lexicon file; its folder and name stand for its path below the lexicon folder.
///
/// # Errors
/// A file that cannot be read or is not UTF-8.
pub fn file(path: &Path) -> Result<Source> {
    let parts: Vec<String> = path.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let below = parts[parts.len().saturating_sub(2)..].join("/");
    Ok(Source { path: below, shown: path.display().to_string(), text: read(path)? })
}

fn unreadable(path: &Path, e: std::io::Error) -> Error {
    Error::new(ErrorKind::Lexicon, format!("cannot be read: {e}"))
        .in_file(path)
        .help("check the path given to --lexicons")
}

/// The text of a file, without a byte order mark, lines ended by line feeds.
fn read(path: &Path) -> Result<String> {
    let bytes = fs::read(path).map_err(|e| unreadable(path, e))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        Error::new(ErrorKind::Lexicon, format!("not UTF-8 at byte {}", e.utf8_error().valid_up_to()))
            .in_file(path)
            .help("save the file as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n"))
}

/// Deepest folder that is followed, so that a loop of symbolic links ends.
const DEPTH: usize = 8;

fn collect_folder(root: &Path, dir: &Path, depth: usize, out: &mut Vec<Source>) -> Result<()> {
    if depth > DEPTH {
        return Err(Error::new(ErrorKind::Lexicon, "folders are nested too deeply (a loop of links?)").in_file(dir));
    }
    for entry in fs::read_dir(dir).map_err(|e| unreadable(dir, e))? {
        let path = entry.map_err(|e| unreadable(dir, e))?.path();
        if path.is_dir() {
            collect_folder(root, &path, depth + 1, out)?;
        } else if path.extension().is_some_and(|e| e == "toml") {
            let below = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            out.push(Source { path: below, shown: path.display().to_string(), text: read(&path)? });
        }
    }
    Ok(())
}
