//! A lexicon file as TOML gives it, with the places of its parts.

use serde::Deserialize;
use serde::de::IgnoredAny;
use toml::Spanned;

use super::codebook::RawCodebook;

/// One file: tables of entries by kind.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawFile {
    pub category: Vec<Spanned<RawEntry>>,
    pub brand: Vec<Spanned<RawEntry>>,
    pub occasion: Vec<Spanned<RawEntry>>,
    pub motive: Vec<Spanned<RawEntry>>,
    pub essence: Vec<Spanned<RawEntry>>,
    pub attribute: Vec<Spanned<RawEntry>>,
    pub relation: Vec<Spanned<RawEntry>>,
    pub stage: Vec<Spanned<RawEntry>>,
    pub voice: Vec<Spanned<RawEntry>>,
    pub customer: Vec<Spanned<RawEntry>>,
    pub cue: Vec<Spanned<RawEntry>>,
    pub class: Vec<Spanned<RawEntry>>,
    /// In `rival.toml`: ids of the user's own.
    pub codebook: Option<RawCodebook>,
    // The settings that share the file `rival.toml` are read by the command line.
    #[serde(rename = "project")]
    _project: IgnoredAny,
    #[serde(rename = "columns")]
    _columns: IgnoredAny,
    #[serde(rename = "filters")]
    _filters: IgnoredAny,
}

/// One entry as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEntry {
    pub id: Spanned<String>,
    pub role: Option<Spanned<String>>,
    pub status: Option<Spanned<String>>,
    pub zh: Option<String>,
    pub en: Option<String>,
    #[serde(default)]
    pub also: Vec<Spanned<String>>,
    /// Brands outside `categories/`: their home category.
    pub category: Option<Spanned<String>>,
    #[serde(default)]
    pub own: bool,
    /// Attributes: the categories that have it.
    #[serde(default)]
    pub of: Vec<Spanned<String>>,
    /// Customers: the question that the cue answers (age, gender …).
    pub facet: Option<String>,
    /// Cues: what feeling they measure, and how much of it.
    pub feels: Option<Spanned<String>>,
    pub weight: Option<u16>,
    pub terms: Option<Spanned<String>>,
    #[serde(default)]
    pub near: Vec<RawNear>,
    #[serde(default)]
    pub sequence: Vec<Spanned<String>>,
    /// Sequences that compare by degree: both sides must be things of one kind.
    #[serde(default)]
    pub alike: Vec<Spanned<String>>,
    pub unless: Option<Spanned<String>>,
    #[serde(default)]
    pub resolve: Vec<RawResolve>,
    pub boundary: Option<Spanned<String>>,
    pub negated: Option<Spanned<String>>,
    #[serde(default)]
    pub replace: bool,
    #[serde(default, rename = "match")]
    pub matches: Vec<Spanned<String>>,
    #[serde(default, rename = "miss")]
    pub misses: Vec<Spanned<String>>,
    /// For the reader of the file.
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNear {
    pub a: Vec<Spanned<String>>,
    pub b: Vec<Spanned<String>>,
    #[serde(default)]
    pub c: Vec<Spanned<String>>,
    pub within: u32,
    #[serde(default)]
    pub ordered: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawResolve {
    pub terms: Vec<Spanned<String>>,
    #[serde(default)]
    pub cues: Vec<Spanned<String>>,
    #[serde(default)]
    pub default: bool,
}
