//! The files of a folder of results (`rival analyze --out DIR`).

use std::io::Write;

use super::findings_json;
use super::language::Language;
use super::publish::{Scratch, StagedFolder};
use super::report::report;
use super::tables::{Source, table_paths, write_tables};
use crate::analyze::Findings;
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::taxonomy::Taxonomy;

/// The findings as JSON.
const FINDINGS: &str = "findings.json";
/// The report.
const REPORT: &str = "report.html";
/// What others leave in a folder that they have open: SQLite beside a file in use, and file browsers.
const LEFT_BY_OTHERS: [&str; 6] =
    ["rival.sqlite-journal", "rival.sqlite-wal", "rival.sqlite-shm", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// The names that a user sees at the top of the folder.
pub const TOP: &str = "report.html, findings.json, csv/, parquet/, rival.xlsx, rival.sqlite";

/// Writes every file of the folder, side by side on the threads of the pool that this runs in, and gives back the findings as JSON.
/// `rejects` holds the lines of [`super::reject_line`], one after the other.
///
/// # Errors
/// `Output`, or a writer that failed: a bug, or no memory.
pub fn write_files(
    folder: &StagedFolder,
    findings: &Findings,
    taxonomy: &Taxonomy,
    rejects: &Scratch,
    language: Language,
) -> Result<Vec<u8>> {
    let put = |name: &str, bytes: &[u8]| {
        let broken = |e| Error::new(ErrorKind::Internal, format!("{name} cannot be made: {e}"));
        folder.file(name, |sink| sink.write_all(bytes).map_err(broken))
    };
    let tables = || {
        let document = findings_json(findings);
        put(FINDINGS, &document)?;
        write_tables(&Source::new(findings, &document, taxonomy, rejects), folder)?;
        Ok(document)
    };
    let (document, report) = rayon::join(tables, || put(REPORT, &report(findings, taxonomy, language)));
    report.and(document)
}

/// Whether a file of such a folder is one that `rival` writes, by its path below the folder: a folder that holds others is not replaced.
pub fn is_out_file(path: &str) -> bool {
    path == FINDINGS || path == REPORT || LEFT_BY_OTHERS.contains(&path) || table_paths().any(|ours| ours == path)
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::render::sample;

    static NEXT: AtomicU32 = AtomicU32::new(1);

    /// What `write` leaves in a folder, by path; it is given the folder, and the rejects.
    pub fn written(rejects: &[u8], write: impl FnOnce(&StagedFolder, &Scratch)) -> BTreeMap<String, Vec<u8>> {
        let name = format!("rival-out-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let target = std::env::temp_dir().join(name);
        let folder = StagedFolder::beside(&target, |_| true).expect("a folder");
        let mut lines = folder.scratch().expect("scratch");
        lines.write(rejects).expect("written");
        write(&folder, &lines);
        folder.publish().expect("published");
        let mut files = BTreeMap::new();
        take(&target, "", &mut files);
        std::fs::remove_dir_all(&target).expect("removed");
        files
    }

    fn take(folder: &Path, below: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).expect("listed") {
            let path = entry.expect("an entry").path();
            let name = format!("{below}{}", path.file_name().expect("a name").to_string_lossy());
            if path.is_dir() {
                take(&path, &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(&path).expect("read"));
            }
        }
    }

    #[test]
    fn every_file_is_known_again_and_no_other() {
        let (findings, taxonomy) = (sample::findings(), sample::taxonomy());
        let files = written(b"", |folder, rejects| {
            let document = write_files(folder, &findings, &taxonomy, rejects, Language::En).expect("the files");
            assert_eq!(document, findings_json(&findings));
        });
        for (path, bytes) in &files {
            assert!(is_out_file(path), "{path}");
            assert!(!bytes.is_empty());
            let top = path.split_inclusive('/').next().expect("a name");
            assert!(TOP.split(", ").any(|shown| shown == top), "{path}");
        }
        assert_eq!(files.len(), 2 + table_paths().count());
        for other in ["notes.txt", "csv/notes.csv", "csv", "Findings.json", "parquet/rivals.csv", "csv/../rival.xlsx"] {
            assert!(!is_out_file(other), "{other}");
        }
    }
}
