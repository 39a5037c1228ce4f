//! The JSON Schemas (2020-12) of what `rival` writes (`rival schema`).

/// The schema of `rival analyze --json`.
pub const FINDINGS_SCHEMA: &str = include_str!("findings.json");
/// The schema of one line of `rival label`.
pub const LABEL_SCHEMA: &str = include_str!("label.json");
/// The schema of one line of `--rejects FILE`.
pub const REJECTS_SCHEMA: &str = include_str!("rejects.json");

#[cfg(test)]
pub(super) mod fit;
#[cfg(test)]
mod tests;
