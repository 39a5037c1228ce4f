//! The document that `analyze` hands on: `rival.findings/1` of the interface, as types that serialize to it.
//!
//! A value that cannot be told is `None` and left out of the JSON, with its reason in `warnings`; never 0, never NaN.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

/// The version of the JSON document.
pub const SCHEMA: &str = "rival.findings/1";

/// Everything one run found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Findings {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Where the figures come from.
    pub meta: Meta,
    /// How much of what was said could be used.
    pub coverage: Coverage,
    /// How the posts were sampled, and whether shares between entities mean anything.
    pub frame: FrameFinding,
    /// Every entity that somebody speaks of, by level, then authors (most first), then id.
    pub entities: Vec<EntityFinding>,
    /// Entities whose rivals were looked for, in the order of the cards.
    pub subjects: Vec<Subject>,
    /// Rivals, grouped by subject in the order of `subjects`, each group in rank order.
    pub rivals: Vec<RivalFinding>,
    /// Consumers who left for nothing: counted beside the shares, never inside them.
    pub outside_option: Vec<OutsideOption>,
    /// The quotes that the parts above refer to.
    #[serde(serialize_with = "quotes_as_map")]
    pub quotes: Vec<QuoteFinding>,
    /// What is missing, and why; what to be careful about.
    pub warnings: Vec<Warning>,
}

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

/// A label in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// What is compared with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Categories against categories.
    Category,
    /// Brands against brands, across all categories.
    Brand,
    /// A brand against categories other than its own.
    Cross,
}

impl Level {
    /// The word of the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Category => "category",
            Level::Brand => "brand",
            Level::Cross => "cross",
        }
    }
}

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
    /// Consumers who link the two.
    pub authors: u64,
    /// P(o|e): the share of the entity's consumers, shrunk.
    pub share: f64,
    /// That share over the share in the market without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift: Option<f64>,
    /// 95 % interval of the lift.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci95: Option<[f64; 2]>,
    /// Benjamini–Hochberg q of the difference from the market.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
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
    /// Consumers who say so.
    pub authors: u64,
    /// Their share of the entity's consumers.
    pub share: f64,
    /// That share over the share among the consumers of everything else at its level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lift: Option<f64>,
    /// Benjamini–Hochberg q of that difference.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// What people say.
    pub quotes: Vec<String>,
}

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
    pub catch_all: Vec<CatchAllShare>,
    /// Share of the rivals that are ranked but not listed here (`top`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unlisted: Option<Rest>,
    /// Occasions with too few authors for a statement of their own, most authors first.
    pub thin_occasions: Vec<ThinOccasion>,
    /// What people say when they switch, for an entity that cannot be ranked: rival → authors, quotes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
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

/// A catch-all category's share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CatchAllShare {
    /// The catch-all.
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

/// A quote, masked: no handle, number or address of a person is in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuoteFinding {
    /// `q1`, `q2` … in the order of first use.
    #[serde(skip)]
    pub id: String,
    /// The words, 240 characters at most.
    pub text: String,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// The platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The words that carry the statement: byte ranges of `text`.
    pub spans: Vec<[u32; 2]>,
    /// The text goes on before or after.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cut: bool,
    /// The source, only with `--with-urls`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What is missing and why, or what to be careful about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable code.
    pub code: &'static str,
    /// The ids it is about; empty for the whole run.
    pub of: Vec<String>,
    /// One sentence in both languages.
    pub text: Label,
}

/// Quotes as a map that keeps their order.
fn quotes_as_map<S: Serializer>(quotes: &[QuoteFinding], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(quotes.iter().map(|quote| (&quote.id, quote)))
}
