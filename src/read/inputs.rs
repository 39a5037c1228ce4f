//! What was asked for becomes a list of files.

use std::fs::{self, File};
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::closest;
use super::container::archive::Member;
use super::container::parts_of;
use super::container::sheet::Book;
use super::opener::Opener;
use crate::error::{Error, ErrorKind, Result};

/// Endings of files that lie beside exports and hold no posts; such a file is read when it is named itself.
const NO_DATA: &[&str] =
    &[".md", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4", ".pdf", ".html", ".py", ".ipynb", ".toml", ".log"];

/// Whether a file in a folder or an archive is read without being named itself.
pub(super) fn is_data(path: &Path) -> bool {
    let hidden = |part: &std::ffi::OsStr| part.to_string_lossy().starts_with(['.', '~']) || part == "__MACOSX";
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    !path.iter().any(hidden) && !NO_DATA.iter().any(|ending| name.ends_with(ending))
}

/// One input of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes at hand, under a name for messages.
    Bytes(String, Arc<[u8]>),
    /// Whatever a caller opens, under a name for messages.
    Stream(String, Opener),
    /// A file inside an archive, or a sheet of a workbook: found by looking into one, never made by hand.
    Part(Box<Part>),
}

/// A part of a file that is read like a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The archive or the workbook.
    pub(super) whole: Input,
    pub(super) place: Place,
    /// Whether it is the only one.
    alone: bool,
}

/// Where in its file a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    Member(Member),
    Sheet(Book, String),
}

impl Part {
    /// The bytes that the directory of its archive tells.
    pub(super) fn size(&self) -> Option<u64> {
        match &self.place {
            Place::Member(member) => Some(member.size),
            Place::Sheet(..) => None,
        }
    }

    /// Whether this and another are sheets of one workbook.
    pub(super) fn shares_book(&self, other: &Part) -> bool {
        matches!((&self.place, &other.place), (Place::Sheet(..), Place::Sheet(..))) && self.whole == other.whole
    }
}

/// What archives are read from.
pub(super) trait Seekable: Read + Seek + Send {}

impl<R: Read + Seek + Send> Seekable for R {}

impl Input {
    /// How messages call it: the path as it was given or found, or `<stdin>`.
    pub fn label(&self) -> String {
        match self {
            Input::File(path) => path.display().to_string(),
            Input::Stdin => "<stdin>".to_string(),
            Input::Bytes(name, _) | Input::Stream(name, _) => name.clone(),
            Input::Part(part) => match &part.place {
                Place::Member(member) => format!("{}/{}", part.whole.label(), member.name),
                Place::Sheet(..) if part.alone => part.whole.label(),
                Place::Sheet(_, name) => format!("{} [{name}]", part.whole.label()),
            },
        }
    }

    /// The file behind it.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Input::File(path) => Some(path),
            Input::Part(part) => part.whole.path(),
            Input::Stdin | Input::Bytes(..) | Input::Stream(..) => None,
        }
    }

    /// Opens it for looking here and there in it.
    pub(super) fn open_seekable(&self) -> io::Result<BufReader<Box<dyn Seekable>>> {
        let inner: Box<dyn Seekable> = match self {
            Input::File(path) => Box::new(File::open(path)?),
            Input::Bytes(_, bytes) => Box::new(Cursor::new(bytes.clone())),
            Input::Stdin | Input::Stream(..) | Input::Part(_) => return Err(io::ErrorKind::Unsupported.into()),
        };
        Ok(BufReader::new(inner))
    }

    /// The parts of an archive or a workbook, else the input itself. What cannot be looked into stays whole, and says
    /// why when it is read.
    fn parts(self) -> Vec<Self> {
        let regular = match &self {
            // Opening a pipe would wait for its writer.
            Input::File(path) => path.is_file(),
            Input::Bytes(..) => true,
            Input::Stdin | Input::Stream(..) | Input::Part(_) => false,
        };
        let places = if regular { parts_of(&self).unwrap_or_default() } else { Vec::new() };
        if places.is_empty() {
            return vec![self];
        }
        let alone = places.len() == 1;
        places.into_iter().map(|place| Input::Part(Box::new(Part { whole: self.clone(), place, alone }))).collect()
    }
}

/// The inputs of a run, in the order in which they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inputs(Vec<Input>);

impl Inputs {
    /// Finds the files meant by arguments: paths, directories (all files in them, at any depth, sorted by name, without
    /// hidden ones, notes and pictures), globs (sorted) and `-` for standard input. No argument at all means standard input.
    ///
    /// A path that exists is taken as it is, even with `*` or `[` in its name. A file that is meant twice is read once.
    ///
    /// # Errors
    /// `Input` for a path that is not there (with the nearest name), a pattern without a match, or an empty directory.
    pub fn resolve(arguments: &[String]) -> Result<Self> {
        if arguments.is_empty() {
            return Ok(Self(vec![Input::Stdin]));
        }
        let mut inputs: Vec<Input> = Vec::new();
        for argument in arguments {
            let found = if argument == "-" { vec![Input::Stdin] } else { expand(argument)? };
            for input in found {
                if !inputs.contains(&input) {
                    inputs.push(input);
                }
            }
        }
        Ok(inputs.into_iter().collect())
    }

    /// A single input made of bytes.
    pub fn from_bytes(label: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        [Input::Bytes(label.into(), bytes.into())].into_iter().collect()
    }

    /// The inputs in order; a post's `Origin::file` is an index of this list.
    pub fn as_slice(&self) -> &[Input] {
        &self.0
    }
}

impl FromIterator<Input> for Inputs {
    fn from_iter<I: IntoIterator<Item = Input>>(inputs: I) -> Self {
        Self(inputs.into_iter().flat_map(Input::parts).collect())
    }
}

fn expand(argument: &str) -> Result<Vec<Input>> {
    let path = Path::new(argument);
    if path.is_dir() {
        let mut files = Vec::new();
        walk(path, &mut files, 0)?;
        if files.is_empty() {
            return Err(Error::new(ErrorKind::Input, "the directory holds no files").in_file(path));
        }
        return Ok(files.into_iter().map(Input::File).collect());
    }
    // A pipe or a device exists too; whether it can be read turns out on reading.
    match path.try_exists() {
        Ok(true) => return Ok(vec![Input::File(path.to_path_buf())]),
        Ok(false) => {}
        // A folder on the way that may not be entered is another matter than a name that is wrong.
        Err(error) => return Err(Error::new(ErrorKind::Input, format!("cannot be looked at: {error}")).in_file(path)),
    }
    if !argument.contains(['*', '?', '[']) {
        return Err(missing(path));
    }
    let pattern = glob::glob(argument)
        .map_err(|error| Error::new(ErrorKind::Usage, format!("`{argument}` is no pattern: {}", error.msg)))?;
    // The pattern's own order is by name; what cannot be looked into is an error, not a silent gap.
    let mut files = Vec::new();
    for found in pattern {
        let found =
            found.map_err(|error| Error::new(ErrorKind::Input, error.error().to_string()).in_file(error.path()))?;
        if found.is_dir() { walk(&found, &mut files, 0)? } else { files.push(found) }
    }
    if files.is_empty() {
        return Err(Error::new(ErrorKind::Input, format!("nothing matches `{argument}`"))
            .help("quote the pattern and check the directory"));
    }
    Ok(files.into_iter().map(Input::File).collect())
}

/// All files below a directory in the order of their names.
fn walk(directory: &Path, files: &mut Vec<PathBuf>, depth: usize) -> Result<()> {
    let unreadable = |error: std::io::Error| Error::new(ErrorKind::Input, error.to_string()).in_file(directory);
    // A loop of symbolic links ends here.
    if depth > 64 {
        return Err(Error::new(ErrorKind::Input, "more than 64 directories inside each other").in_file(directory));
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        entries.push(entry.map_err(unreadable)?);
    }
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let path = entry.path();
        let linked = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if !is_data(Path::new(&entry.file_name())) {
            continue;
        }
        match path.is_dir() {
            // A linked directory may lead back; the files behind it have their own place.
            true if linked => {}
            true => walk(&path, files, depth + 1)?,
            false if path.is_file() => files.push(path),
            false => {}
        }
    }
    Ok(())
}

/// The error of a path that is not there.
fn missing(path: &Path) -> Error {
    let error = Error::new(ErrorKind::Input, "no such file or directory").in_file(path);
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut names: Vec<String> = fs::read_dir(parent)
        .map(|entries| entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    names.sort();
    let wanted = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match closest(&wanted, names.iter().map(String::as_str)) {
        Some(near) => error.help(format!("is it `{}`?", path.with_file_name(near).display())),
        None => error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(inputs: &Inputs, root: &Path) -> Vec<String> {
        let short = |input: &Input| input.label().replace(&format!("{}/", root.display()), "");
        inputs.as_slice().iter().map(short).collect()
    }

    #[test]
    fn directories_globs_and_paths_come_in_order_and_once() {
        let root = std::env::temp_dir().join(format!("rival-inputs-{}", std::process::id()));
        fs::create_dir_all(root.join("b/c")).expect("made");
        for name in ["b/c/2.csv", "b/1.jsonl", "a.csv", "z[1].csv", ".hidden", "b/.DS_Store", "README.md"] {
            fs::write(root.join(name), "text\n").expect("written");
        }
        let at = |name: &str| root.join(name).display().to_string();
        let resolve = |arguments: &[String]| Inputs::resolve(arguments);
        let all = resolve(&[at("")]).expect("found");
        assert_eq!(names(&all, &root), ["a.csv", "b/1.jsonl", "b/c/2.csv", "z[1].csv"]);
        let some = resolve(&[at("*.csv"), at("z[1].csv"), at("a.csv"), "-".into()]).expect("found");
        assert_eq!(names(&some, &root), ["a.csv", "z[1].csv", "<stdin>"]);
        let missing = resolve(&[at("a.cvs")]).expect_err("is not there");
        assert!(missing.to_string().contains("a.csv`?"), "{missing}");
        assert!(resolve(&[at("*.xlsx")]).expect_err("matches nothing").message().contains("nothing matches"));
        fs::create_dir_all(root.join("empty")).expect("made");
        assert!(resolve(&[at("empty")]).is_err());
        assert_eq!(resolve(&[]).expect("stdin").as_slice(), [Input::Stdin]);
        fs::remove_dir_all(&root).expect("removed");
    }
}
