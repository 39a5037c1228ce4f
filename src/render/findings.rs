//! The findings as one JSON document (`rival analyze --json`).

use super::json;
use crate::analyze::Findings;

/// The document `rival.findings/1`: indented by two spaces, keys in the order of the types, one line feed at the end.
pub fn findings_json(findings: &Findings) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * 1024);
    json::pretty(&mut out, findings);
    out.push(b'\n');
    out
}
