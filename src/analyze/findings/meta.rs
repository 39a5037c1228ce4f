//! Where the figures come from: parameters, rows, coverage, and how the posts were fetched.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Label, Level};

/// Where the figures come from. `rows` and `lexicon_sha256` are for the pipeline to fill in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Meta {
    /// Version of the program.
    pub version: String,
    /// Hash of the lexicons that were loaded.
    pub lexicon_sha256: String,
    /// What was asked for, and the constants in force.
    pub parameters: ParametersShown,
    /// Rows by fate.
    pub rows: Rows,
    /// Posts by kind.
    pub posts: Posts,
    /// Distinct consumers.
    pub authors: u64,
    /// First and last time of a post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<[String; 2]>,
    /// Consumer posts by language.
    pub languages: BTreeMap<String, u64>,
    /// Consumer posts by platform.
    pub platforms: BTreeMap<String, u64>,
}

/// The parameters of a run, in words.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ParametersShown {
    /// Entities asked for.
    pub focus: Vec<String>,
    /// Rivals on the user's own list.
    pub known: Vec<String>,
    /// Levels compared.
    pub levels: Vec<Level>,
    /// Rivals shown per subject and level.
    pub top: usize,
    /// Authors that an entity needs to be ranked.
    pub gate_authors: u64,
    /// Author buckets that an entity's evidence must spread over.
    pub gate_buckets: usize,
    /// Strength of the shrinkage of category profiles toward the market's.
    pub k_category: f64,
    /// Strength of the shrinkage of brand profiles toward their category's.
    pub k_brand: f64,
    /// Weight of the structure against the language, by level.
    pub eta: BTreeMap<Level, f64>,
}

/// Rows by fate: `read = analyzed + rejected + set_aside`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Rows read.
    pub read: u64,
    /// Rows that count.
    pub analyzed: u64,
    /// Rows that could not be used.
    pub rejected: u64,
    /// Rows left out on purpose; duplicates are among them.
    pub set_aside: u64,
}

/// Posts by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Posts {
    /// Posts of consumers, without duplicates: all statistics rest on these.
    pub consumer: u64,
    /// Posts of anybody else: brands, dealers, media, advertisements, bots.
    pub official: u64,
    /// Posts dropped as duplicates.
    pub duplicate: u64,
    /// Posts by voice, without duplicates.
    pub voices: BTreeMap<String, u64>,
}

/// Shares of the consumer posts that say something.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Coverage {
    /// Share that names an entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<f64>,
    /// Share that speaks of an occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occasion: Option<f64>,
    /// Share that does both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub both: Option<f64>,
    /// Authors who link an entity with an occasion.
    pub linked_authors: u64,
}

/// How it is known how the export was fetched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FrameSource {
    /// Nothing is known and nothing is suspected.
    #[default]
    Unknown,
    /// A keyword column of the export.
    KeywordColumn,
    /// The user said so (`--sampled-by`).
    Given,
    /// One entity stands in over 60 % of the posts.
    Suspected,
}

/// The sampling frame (method §1).
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FrameFinding {
    /// How it is known.
    pub source: FrameSource,
    /// Entities by whose name posts were fetched (or seem to have been).
    pub fetched_by: Vec<String>,
    /// Share of the consumer posts that were fetched so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched_share: Option<f64>,
    /// Whether shares between entities are given; if not, rivals are ranked by what people say alone.
    pub shares_given: bool,
    /// The keywords of the export, most posts first, 20 at most.
    pub keywords: Vec<KeywordFinding>,
    /// Occasions that would make good queries, most telling first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggested_queries: Vec<Label>,
}

/// One keyword of the export.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeywordFinding {
    /// The keyword.
    pub keyword: String,
    /// Consumer posts that it fetched.
    pub posts: u64,
    /// Entities that it names.
    pub names: Vec<String>,
    /// The entities that stand in most of its posts: (id, share of posts), 3 at most.
    pub entities: Vec<EntityShare>,
}

/// The share of posts in which an entity stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityShare {
    /// The entity.
    pub id: String,
    /// The share.
    pub share: f64,
}
