//! Subjects and their rivals.

use serde::Serialize;

use super::{Level, Standing};

/// An entity whose rivals were looked for, at one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Subject {
    /// The entity.
    pub of: String,
    /// The level of its rivals.
    pub level: Level,
    /// True where the user asked for it.
    pub focus: bool,
    /// Whether its rivals are ranked.
    pub standing: Standing,
    /// Consumers who speak of it.
    pub authors: u64,
    /// Consumers who say that they took something else of this level instead: S(A→·).
    pub switched_away: u64,
    /// Share of its consumers whose occasion is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occasion_known: Option<f64>,
    /// The rivals under the gate together; in the denominator, never ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
    /// Catch-all categories: shown, never ranked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub catch_all: Vec<ShareOf>,
    /// Share of the rivals that are ranked but not listed here (`top`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<Rest>,
    /// Ranked entities that play another part; some are listed, the others count in `unlisted` too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apart: Option<Apart>,
    /// Occasions with too few authors for a statement of their own, most authors first.
    pub thin_occasions: Vec<ThinOccasion>,
    /// What people say when they switch, for an entity that cannot be ranked: rival → authors, quotes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
}

/// What plays another part than the subject (ρ < ½), listed or not: each counts by its size times the little that the prior leaves it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Apart {
    /// How many.
    pub entities: usize,
    /// The sum of their Θ.
    pub threat: f64,
    /// Those with the largest Θ, largest first.
    pub largest: Vec<ShareOf>,
}

/// Several entities together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Rest {
    /// How many.
    pub entities: usize,
    /// The sum of their Θ.
    pub threat: f64,
    /// The sum of their fair shares.
    pub fair_share: f64,
}

/// The share of an entity that is not listed as a rival.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareOf {
    /// The entity.
    pub rival: String,
    /// Its Θ.
    pub threat: f64,
}

/// An occasion with too few authors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThinOccasion {
    /// Which.
    pub id: String,
    /// Consumers who link the two.
    pub authors: u64,
    /// Consumers more that would be needed.
    pub needed: u64,
}

/// A statement about a subject that cannot be ranked, or whose shares are withheld.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The other side.
    pub rival: String,
    /// `instead_of`, `better_than`, `either_or` or `goes_with`.
    pub relation: &'static str,
    /// Authors who say that the other side wins (or, without a winner, who say it at all).
    pub authors: u64,
    /// What they say.
    pub quotes: Vec<String>,
}

/// Whether B replaces A or goes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kinship {
    /// It replaces it.
    Competitor,
    /// It goes with it.
    Complement,
    /// Both, with evidence for each.
    Both,
    /// Not known.
    Unknown,
}

impl Kinship {
    /// The word of the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Kinship::Competitor => "competitor",
            Kinship::Complement => "complement",
            Kinship::Both => "both",
            Kinship::Unknown => "unknown",
        }
    }
}

/// On what a [`Kinship`] rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// On the roles of the codebook alone: nobody has said anything yet.
    Role,
    /// On what people say.
    Language,
}

/// The level of a rivalry, from near to far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rivalry {
    /// Two brands of one category.
    Brand,
    /// Two forms of one category.
    Form,
    /// Two categories of one role.
    Category,
    /// Another role.
    Generic,
    /// Another place to buy.
    Channel,
}

/// The part of an occasion in a threat.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// Which.
    pub id: String,
    /// Its part of D, in [0, 1].
    pub contribution: f64,
}

/// The brand, wording or pattern of the lexicons on which most of a share rests (method §4).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TermInfluence {
    /// Its entry in the lexicons, as `path#id`; the brand's id where a brand stands for its category.
    pub rule: String,
    /// The words, where the entry has more than these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Θ without it, less Θ.
    pub change: f64,
    /// Without it less than half of Θ would be left: it alone carries the result.
    pub carries: bool,
}

/// Observed switching.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Switching {
    /// Authors who took the rival instead: S(A→B).
    pub to_rival: u64,
    /// Authors who took the subject instead of the rival: S(B→A).
    pub from_rival: u64,
}

/// Observed comparisons.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Comparing {
    /// Authors who say that the rival is better: Y(A→B).
    pub rival_better: u64,
    /// Authors who say that the subject is better: Y(B→A).
    pub subject_better: u64,
    /// Authors who weigh the two without a winner: X(A,B).
    pub either_or: u64,
}

/// One rival of one subject at one level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RivalFinding {
    /// The subject A.
    pub of: String,
    /// The rival B.
    pub rival: String,
    /// The level.
    pub level: Level,
    /// 1 = the greatest threat. Ties are broken by id.
    pub rank: usize,
    /// Θ(A→B): the modelled share of those who leave A whom B gets. Absent where shares are withheld.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threat: Option<f64>,
    /// 90 % interval of Θ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci90: Option<[f64; 2]>,
    /// D(A→B): Θ by occasions and roles alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<f64>,
    /// F(A→B): what its size alone would give it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fair_share: Option<f64>,
    /// Θ/F.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excess: Option<f64>,
    /// Benjamini–Hochberg q of excess > 1 within the subject's list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// The same over all subjects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q_global: Option<f64>,
    /// Θ·L(A): the same in consumers of this sample.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<f64>,
    /// Whether B replaces A or goes with it.
    pub relation: Kinship,
    /// On what that rests.
    pub basis: Basis,
    /// ρ(A,B), averaged over the occasions by their part in D.
    pub rho: f64,
    /// Its 90 % interval.
    pub rho_ci90: [f64; 2],
    /// The level of the rivalry.
    pub rivalry: Rivalry,
    /// log2(Θ low / b): how much more of a rival it is than the shelf would suggest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub surprise_bits: Option<f64>,
    /// Θ low · max(0, surprise).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_obvious: Option<f64>,
    /// Its rank among the subject's rivals by `non_obvious` when distance counts ½, ¼ and ⅛; absent where that is 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_obvious_ranks: Option<[usize; 3]>,
    /// Listed as a rival that is not on the user's list: competitor, q < 0.10, ≥ 10 authors, surprise > 0.
    pub surprising: bool,
    /// It stands on the user's own list.
    pub known: bool,
    /// log2 Θ(A→B)/Θ(B→A).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asymmetry: Option<f64>,
    /// Why: the occasions behind D, greatest part first, 5 at most.
    pub occasions: Vec<Contribution>,
    /// Observed switching.
    pub switching: Switching,
    /// Observed comparisons.
    pub comparing: Comparing,
    /// Authors who say that the two go together: G(A,B).
    pub pairing: u64,
    /// Authors who relate the two or link both with one occasion.
    pub carried_by: u64,
    /// Share of 64 half samples in which it is among the subject's first five.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rank_stability: Option<f64>,
    /// The brand, wording or pattern without which Θ would change most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_term_influence: Option<TermInfluence>,
    /// What people say, switching first.
    pub quotes: Vec<String>,
}

/// Consumers who left for nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutsideOption {
    /// The entity they left.
    pub of: String,
    /// How many.
    pub authors: u64,
    /// Their share of the entity's consumers.
    pub share: f64,
    /// What they say.
    pub quotes: Vec<String>,
}
