//! Entities with their occasions and motives.

use serde::Serialize;

use super::{Label, Level, Lift};

/// Whether an entity can be ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has enough authors in enough buckets.
    Ranked,
    /// It has not: it gets a qualitative reading.
    InsufficientEvidence,
    /// It is a catch-all of the codebook: shown, never ranked.
    CatchAll,
}

/// What people found who read hits of a label by hand: it travels with every figure that rests on the label.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum PrecisionFinding {
    /// Nobody has read any.
    #[default]
    Unproven,
    /// Somebody has.
    ReadByHand {
        /// Hits read.
        read: u32,
        /// Hits that were right.
        right: u32,
        /// Their share.
        share: f64,
        /// The day of the last reading.
        date: String,
        /// The posts that were read.
        corpus: String,
    },
}

/// What an entity under the gate lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Needed {
    /// Authors more.
    pub authors: u64,
    /// Buckets more.
    pub buckets: usize,
}

/// One entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntityFinding {
    /// Its id.
    pub id: String,
    /// `category` or `brand`.
    pub level: Level,
    /// Its label.
    pub label: Label,
    /// The category itself, or the brand's home category.
    pub category: String,
    /// Its sector.
    pub sector: String,
    /// Its broad role.
    pub role: String,
    /// How far its label is to be trusted.
    pub precision: PrecisionFinding,
    /// Whether it can be ranked.
    pub standing: Standing,
    /// What it lacks, where it cannot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<Needed>,
    /// Consumers who speak of it.
    pub authors: u64,
    /// Consumers who link it with an occasion.
    pub linked_authors: u64,
    /// Consumer posts that speak of it.
    pub posts: u64,
    /// Posts of brands, dealers, media and advertisements that speak of it: in none of the other figures.
    pub official_posts: u64,
    /// Share of its consumer posts that were dropped as duplicates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_share: Option<f64>,
    /// Its share of all links of its level (mental market share).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mental_market_share: Option<f64>,
    /// Share of the linking consumers who link it with an occasion (mental penetration).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mental_penetration: Option<f64>,
    /// Occasions that 50 links lead to (network size); only from 50 links on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub network_size: Option<f64>,
    /// Its occasions, most authors first; empty for entities under the gate that were not asked for.
    pub occasions: Vec<OccasionFinding>,
    /// Its motives, most authors first.
    pub motives: Vec<MotiveFinding>,
    /// What people say of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<String>,
}

/// What to do about an occasion (mental advantage).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// It is linked clearly more than its size would give: keep it.
    Defend,
    /// Neither.
    Maintain,
    /// It is linked clearly less.
    Build,
}

/// One occasion of an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OccasionFinding {
    /// Which.
    pub id: String,
    /// How far its label is to be trusted.
    pub precision: PrecisionFinding,
    /// Consumers who link the two.
    pub authors: u64,
    /// P(o|e): the share of the entity's consumers, shrunk.
    pub share: f64,
    /// That share over the share in the market without it.
    #[serde(flatten)]
    pub lift: Lift,
    /// Mental advantage in points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mental_advantage: Option<f64>,
    /// What to do about it; only where q is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stand: Option<Stand>,
    /// What people say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<String>,
}

/// One motive of an entity in one role.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MotiveFinding {
    /// Which.
    pub id: String,
    /// `buy`, `avoid` or `repeat`.
    pub role: &'static str,
    /// How far its label is to be trusted.
    pub precision: PrecisionFinding,
    /// Consumers who say so.
    pub authors: u64,
    /// Their share of the entity's consumers.
    pub share: f64,
    /// That share over the share among the consumers of everything else at its level.
    #[serde(flatten)]
    pub lift: Lift,
    /// What people say.
    pub quotes: Vec<String>,
}
