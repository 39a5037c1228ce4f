//! The contact points of one entity (method §5): the way from hearing of it to buying it again.

use serde::Serialize;

use super::{Label, Level, Verdict};

/// The way from hearing of an entity to buying it again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactPointsFinding {
    /// The entity.
    pub of: String,
    /// `category` or `brand`.
    pub level: Level,
    /// Whether enough people speak of any stage.
    pub verdict: Verdict,
    /// The stages in their order.
    pub stages: Vec<ContactPoint>,
    /// Stages at which a rival is weak.
    pub attackable: Vec<AttackableFinding>,
    /// What +10 % at each of the stages of the way that people speak of comes to together.
    pub lever: Lever,
}

/// How improvements compound.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Lever {
    /// Stages.
    pub stages: u64,
    /// 1.1 to the power of that.
    pub together: f64,
}

/// One stage of the way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ContactPoint {
    /// Which.
    pub id: String,
    /// Its label.
    pub label: Label,
    /// Consumers who speak of it there.
    pub authors: u64,
    /// Their share over all stages.
    pub share: f64,
    /// Consumers who praise.
    pub positive: u64,
    /// Consumers who blame.
    pub negative: u64,
    /// Q(b,s): the share of praise, shrunk toward the field's.
    pub quality: f64,
    /// The same of its field: a brand's category, a category's sector, without itself.
    pub field_quality: f64,
    /// The difference of the logits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<GapFinding>,
    /// The difference to each of the first rivals.
    pub rivals: Vec<RivalGapFinding>,
    /// What is blamed.
    pub complaints: Vec<ComplaintFinding>,
    /// What people say: praise, then blame.
    pub quotes: Vec<String>,
}

/// A difference of two logits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct GapFinding {
    /// The difference.
    pub gap: f64,
    /// Its 95 % interval.
    pub ci95: [f64; 2],
    /// Benjamini–Hochberg q over all stages.
    pub q: f64,
}

/// The difference to a rival.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RivalGapFinding {
    /// Whom.
    pub rival: String,
    /// Its quality.
    pub quality: f64,
    /// The difference of the logits; above 0 where the entity is better.
    #[serde(flatten)]
    pub gap: GapFinding,
}

/// What is blamed at a stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComplaintFinding {
    /// The motive to avoid it.
    pub motive: String,
    /// Consumers who say so.
    pub authors: u64,
    /// What people say.
    pub quotes: Vec<String>,
}

/// A stage at which a rival can be attacked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AttackableFinding {
    /// Whom.
    pub rival: String,
    /// The stage.
    pub stage: String,
    /// Consumers who speak of the rival there.
    pub authors: u64,
    /// The rival's quality.
    pub quality: f64,
    /// That of its field.
    pub field_quality: f64,
    /// The difference of the logits.
    #[serde(flatten)]
    pub gap: GapFinding,
    /// What is blamed.
    pub complaints: Vec<ComplaintFinding>,
}
