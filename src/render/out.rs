//! The files of a folder of results (`rival analyze --out DIR`).

use super::tables::{Source, table_files, table_paths};
use crate::error::Result;

/// The findings as JSON.
const FINDINGS: &str = "findings.json";
/// The report.
const REPORT: &str = "report.html";
/// What others leave in a folder that they have open: SQLite beside a file in use, and file browsers.
const LEFT_BY_OTHERS: [&str; 6] =
    ["rival.sqlite-journal", "rival.sqlite-wal", "rival.sqlite-shm", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// One file of a folder of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutFile {
    /// Its path below the folder, with `/` between names.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Every file of the folder; `document` is what [`super::findings_json`] made.
///
/// # Errors
/// A writer that failed: a bug, or no memory.
pub fn out_files(source: &Source<'_>, document: Vec<u8>) -> Result<Vec<OutFile>> {
    let mut files = vec![OutFile { path: FINDINGS.to_owned(), bytes: document }];
    files.extend(table_files(source)?);
    Ok(files)
}

/// Whether a file of such a folder is one that `rival` writes, by its path below the folder: a folder that holds others is not replaced.
pub fn is_out_file(path: &str) -> bool {
    path == FINDINGS || path == REPORT || LEFT_BY_OTHERS.contains(&path) || table_paths().any(|ours| ours == path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{findings_json, sample};

    #[test]
    fn every_file_is_known_again_and_no_other() {
        let (findings, taxonomy) = (sample::findings(), sample::taxonomy());
        let document = findings_json(&findings);
        let source = Source::new(&findings, &document, &taxonomy, &[], &[]);
        for file in out_files(&source, document.clone()).expect("the files") {
            assert!(is_out_file(&file.path), "{}", file.path);
            assert!(!file.bytes.is_empty());
        }
        for other in ["notes.txt", "csv/notes.csv", "csv", "Findings.json", "parquet/rivals.csv", "csv/../rival.xlsx"] {
            assert!(!is_out_file(other), "{other}");
        }
    }
}
