//! The position of one entity (method §5): essence, excitement, competency.

use serde::Serialize;

use super::{Label, Level};

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ThemeFinding {
    /// `attribute`, `motive`, `essence` or `occasion`.
    pub kind: &'static str,
    /// Which.
    pub id: String,
    /// Its label.
    pub label: Label,
}

/// How a question could be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// With what is listed.
    Found,
    /// People speak of functions and benefits; nothing lies above them.
    FunctionOnly,
    /// Things are said, but none of them more or otherwise than of others.
    NothingOfItsOwn,
    /// Too few people say anything.
    InsufficientEvidence,
}

/// What an entity is really about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EssenceFinding {
    /// The entity.
    pub of: String,
    /// `category` or `brand`.
    pub level: Level,
    /// Whether there is an essence beyond function.
    pub verdict: Verdict,
    /// Consumers who speak of features, benefits, occasions or essences.
    pub themed_authors: u64,
    /// Consumers who speak at the level of essences.
    pub authors: u64,
    /// The essences that stand out, the strongest first.
    pub essences: Vec<EssenceScore>,
    /// Essences that are spoken of without standing out.
    pub also: Vec<EssenceScore>,
    /// Features that people talk about, most authors first: not the essence.
    pub talked_about: Vec<FeatureFinding>,
    /// Steps from means to end, the strongest first.
    pub ladder: Vec<StepFinding>,
}

/// One essence of an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EssenceScore {
    /// Which.
    pub id: String,
    /// Its label.
    pub label: Label,
    /// Consumers who say so.
    pub authors: u64,
    /// P(t|e): their share among all essences of the entity.
    pub share: f64,
    /// The share of the steps that end in it.
    pub prestige: f64,
    /// Share over the base's.
    pub lift: f64,
    /// ln lift over its standard error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub z: Option<f64>,
    /// Benjamini–Hochberg q of lift > 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// E(t|e).
    pub score: f64,
    /// What people say.
    pub quotes: Vec<String>,
}

/// A feature of an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureFinding {
    /// Which.
    pub id: String,
    /// Its label.
    pub label: Label,
    /// Consumers who speak of it.
    pub authors: u64,
    /// Their share of the entity's consumers.
    pub share: f64,
    /// Consumers who praise it.
    pub positive: u64,
    /// Consumers who blame it.
    pub negative: u64,
    /// What people say.
    pub quotes: Vec<String>,
}

/// A step up the ladder.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepFinding {
    /// The means; absent for the thing itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<ThemeFinding>,
    /// The end.
    pub to: ThemeFinding,
    /// Authors; one counts a quarter where no word of cause or purpose joins the two.
    pub weight: f64,
}

/// What excites people about an entity, and what does not.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExcitementFinding {
    /// The entity.
    pub of: String,
    /// `category` or `brand`.
    pub level: Level,
    /// Whether a point was found.
    pub verdict: Verdict,
    /// Consumers who say anything of it.
    pub authors: u64,
    /// The points, the strongest first.
    pub points: Vec<ExcitementPoint>,
    /// What everybody in its field claims and what excites nobody, most claimed first.
    pub cliches: Vec<ClicheFinding>,
}

/// A theme that stirs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExcitementPoint {
    /// Which.
    pub theme: ThemeFinding,
    /// Consumers who bring it up.
    pub authors: u64,
    /// Their share of those who say anything.
    pub share: f64,
    /// Mean arousal with it, 0 to 2.
    pub arousal: f64,
    /// The difference to what they say without it.
    pub difference: f64,
    /// 90 % interval of the difference.
    pub ci90: [f64; 2],
    /// Mean imagery with it, 0 to 2.
    pub imagery: f64,
    /// Share over the share in the field without the entity.
    pub lift: f64,
    /// K(t,e).
    pub score: f64,
    /// What people say.
    pub quotes: Vec<String>,
}

/// A theme that everybody claims.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClicheFinding {
    /// Which.
    pub theme: ThemeFinding,
    /// Consumers of the entity who bring it up.
    pub authors: u64,
    /// Their share of those who say anything.
    pub share: f64,
    /// The share in the whole field.
    pub field_share: f64,
    /// How many of the field have it, and how many there are.
    pub claimants: [u64; 2],
    /// The difference in arousal in the whole field.
    pub difference: f64,
    /// Its 90 % interval.
    pub ci90: [f64; 2],
    /// What people say.
    pub quotes: Vec<String>,
}

/// What is said of an entity and not of its rivals, and what is said better.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CompetencyFinding {
    /// The entity.
    pub of: String,
    /// `category` or `brand`.
    pub level: Level,
    /// Whether anything was found.
    pub verdict: Verdict,
    /// The rivals that it is held against.
    pub against: Vec<String>,
    /// What is said more of it than of them.
    pub distinctive: Vec<DistinctFinding>,
    /// What is judged better.
    pub better: Vec<JudgedFinding>,
    /// What is judged worse.
    pub worse: Vec<JudgedFinding>,
}

/// Something said more of one than of others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistinctFinding {
    /// What.
    pub theme: ThemeFinding,
    /// Consumers who say it.
    pub authors: u64,
    /// Their share.
    pub share: f64,
    /// The share among the consumers of the rivals together.
    pub rivals_share: f64,
    /// Share over that share.
    pub ratio: f64,
    /// Its 95 % interval.
    pub ci95: [f64; 2],
    /// Benjamini–Hochberg q.
    pub q: f64,
    /// What people say.
    pub quotes: Vec<String>,
}

/// Something judged better or worse of one than of others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedFinding {
    /// What: a motive.
    pub theme: ThemeFinding,
    /// Consumers who praise it.
    pub praised: u64,
    /// Consumers who blame it.
    pub blamed: u64,
    /// The share of praise, shrunk.
    pub quality: f64,
    /// The rivals'.
    pub rivals_quality: f64,
    /// Difference of the logits.
    pub gap: f64,
    /// Its 95 % interval.
    pub ci95: [f64; 2],
    /// Benjamini–Hochberg q.
    pub q: f64,
    /// What people say.
    pub quotes: Vec<String>,
}
