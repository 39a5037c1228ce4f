//! Documents in JSON: the findings (`rival analyze --json`), and what the workbench measures.

use serde::Serialize;

use super::json;
use crate::analyze::Findings;
use crate::error::Result;

/// The document `rival.findings/1`.
pub fn findings_json(findings: &Findings) -> Vec<u8> {
    json_document(findings)
}

/// The same document, handed to `sink` some lines at a time.
///
/// # Errors
/// What `sink` returns.
pub fn write_findings(findings: &Findings, sink: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
    json::pretty(findings, sink)
}

/// One JSON document: indented by two spaces, keys in the order of the types, one line feed at the end.
pub fn json_document<T: Serialize>(document: &T) -> Vec<u8> {
    let mut out = Vec::new();
    // This sink takes everything.
    let _ = json::pretty(document, |lines| {
        out.extend_from_slice(lines);
        Ok(())
    });
    out
}
