//! The findings as one JSON document (`rival analyze --json`).

use super::json;
use crate::analyze::Findings;
use crate::analyze::compare::Comparison;

/// The document `rival.findings/1`: indented by two spaces, keys in the order of the types, one line feed at the end.
pub fn findings_json(findings: &Findings) -> Vec<u8> {
    document(findings)
}

/// The document `rival.comparison/1` (`rival compare --json`), written alike.
pub fn comparison_json(comparison: &Comparison) -> Vec<u8> {
    document(comparison)
}

fn document<T: serde::Serialize>(value: &T) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * 1024);
    json::pretty(&mut out, value);
    out.push(b'\n');
    out
}
