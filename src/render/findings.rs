//! Documents in JSON: the findings (`rival analyze --json`), and what the workbench measures.

use serde::Serialize;

use super::json;
use crate::analyze::Findings;

/// The document `rival.findings/1`.
pub fn findings_json(findings: &Findings) -> Vec<u8> {
    json_document(findings)
}

/// One JSON document: indented by two spaces, keys in the order of the types, one line feed at the end.
pub fn json_document<T: Serialize>(document: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * 1024);
    json::pretty(&mut out, document);
    out.push(b'\n');
    out
}
