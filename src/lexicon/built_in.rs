//! The built-in lexicons: their files, and what the build script read out of them.

use include_dir::{Dir, include_dir};

use super::load::Lexicon;
use super::source::Source;
use crate::error::{Error, ErrorKind, Result};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/lexicons");

/// The built-in lexicons as read, in the form of postcard.
static READ: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lexicon"));

impl Lexicon {
    /// The built-in lexicons, as the build script read them: reading the files anew takes ten times as long.
    ///
    /// # Errors
    /// Only where the build was broken.
    pub fn built_in() -> Result<Self> {
        postcard::from_bytes(READ)
            .map_err(|e| Error::new(ErrorKind::Internal, format!("the built-in lexicons cannot be read: {e}")))
    }
}

/// The files of the binary itself, sorted by path.
pub fn embedded() -> Vec<Source> {
    let mut out = Vec::new();
    collect_embedded(&EMBEDDED, &mut out);
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn collect_embedded(dir: &'static Dir<'static>, out: &mut Vec<Source>) {
    for file in dir.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        if let (true, Some(text)) = (path.ends_with(".toml"), file.contents_utf8()) {
            out.push(Source { shown: format!("lexicons/{path}"), path, text: text.to_owned() });
        }
    }
    for inner in dir.dirs() {
        collect_embedded(inner, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_have_no_fault_and_give_what_the_build_script_read() {
        let (fresh, faults) = Lexicon::read(&[embedded()]);
        assert!(faults.is_empty(), "{:#?}", &faults[..faults.len().min(20)]);
        assert!(postcard::to_allocvec(&fresh).expect("serializes") == READ);
        assert_eq!(Lexicon::built_in().expect("reads").sha256, fresh.sha256);
    }
}
