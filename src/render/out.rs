//! The files of a folder of results (`rival analyze --out DIR`).

use super::findings_json;
use super::language::Language;
use super::report::report;
use super::tables::{Source, table_files, table_paths};
use crate::analyze::Findings;
use crate::error::Result;
use crate::lexicon::taxonomy::Taxonomy;

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

/// Every file of the folder. `rejects` are the lines of [`super::reject_line`], one after the other.
///
/// # Errors
/// A writer that failed: a bug, or no memory.
pub fn out_files(findings: &Findings, taxonomy: &Taxonomy, rejects: &[u8], language: Language) -> Result<Vec<OutFile>> {
    let document = findings_json(findings);
    let tables = table_files(&Source::new(findings, &document, taxonomy, rejects))?;
    let report = report(findings, taxonomy, language);
    let mut files = vec![
        OutFile { path: REPORT.to_owned(), bytes: report },
        OutFile { path: FINDINGS.to_owned(), bytes: document },
    ];
    files.extend(tables);
    Ok(files)
}

/// Whether a file of such a folder is one that `rival` writes, by its path below the folder: a folder that holds others is not replaced.
pub fn is_out_file(path: &str) -> bool {
    path == FINDINGS || path == REPORT || LEFT_BY_OTHERS.contains(&path) || table_paths().any(|ours| ours == path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn every_file_is_known_again_and_no_other() {
        let (findings, taxonomy) = (sample::findings(), sample::taxonomy());
        for file in out_files(&findings, &taxonomy, b"", Language::En).expect("the files") {
            assert!(is_out_file(&file.path), "{}", file.path);
            assert!(!file.bytes.is_empty());
        }
        for other in ["notes.txt", "csv/notes.csv", "csv", "Findings.json", "parquet/rivals.csv", "csv/../rival.xlsx"] {
            assert!(!is_out_file(other), "{other}");
        }
    }
}
