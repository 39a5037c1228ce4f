//! Where a thing stands among others and where room is: jobs, white space, maps, the passer-by test, what to do.

use serde::Serialize;

use super::{Level, Lift, Needed};

/// The parts of a position that rest on occasions, motives and their pairs. Each list goes by subject, in the order of the cards.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct SpaceFindings {
    /// What the subjects are taken for: occasion × motive.
    pub jobs: Vec<JobsFinding>,
    /// Occasions and motives that are wanted and that a subject does not serve.
    pub white_space: Vec<WhiteSpaceFinding>,
    /// Subjects among their rivals, by occasions and by motives.
    pub map: Vec<MapFinding>,
    /// Whether a passer-by would know a subject without its name.
    pub distinctiveness: Vec<DistinctivenessFinding>,
    /// Where to defend, attack, or leave.
    pub actions: Vec<ActionsFinding>,
    /// What changed from one period to the next; only with `--by month|quarter`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangeFinding>,
}

/// The jobs of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobsFinding {
    /// The subject.
    pub of: String,
    /// Its own level.
    pub level: Level,
    /// Whether D is reckoned by job: from 30 authors with a job on, in 8 buckets.
    pub in_structure: bool,
    /// J(e): consumers whose occasion and motive are known, each weighing 1.
    pub authors: f64,
    /// What is missing, where it is too little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<Needed>,
    /// Its jobs, most authors first.
    pub cells: Vec<JobFinding>,
}

/// One job of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobFinding {
    /// The occasion.
    pub occasion: String,
    /// The motive.
    pub motive: String,
    /// Consumers who take it for this.
    pub authors: u64,
    /// Consumers who complain, wish or ask.
    pub unmet: u64,
    /// P(j|e), shrunk toward P(o|e)·P(m|o).
    pub share: f64,
    /// That share over the market's.
    #[serde(flatten)]
    pub lift: Lift,
    /// Who would be taken there instead, by occasion, motive and role: the greatest shares.
    pub rivals: Vec<JobRival>,
    /// What people say of the job.
    pub quotes: Vec<String>,
}

/// A rival in a job.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JobRival {
    /// Which.
    pub rival: String,
    /// Its share of those who leave the subject there.
    pub share: f64,
}

/// The white space of a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhiteSpaceFinding {
    /// The subject.
    pub of: String,
    /// Its own level.
    pub level: Level,
    /// What is missing, where nothing can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed: Option<Needed>,
    /// Jobs that enough people speak of.
    pub looked_at: usize,
    /// Those of them left out because nothing of the subject's role is taken there: structural zeros.
    pub structural: usize,
    /// Room, the largest first.
    pub spaces: Vec<Space>,
}

/// Who holds a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SpaceKind {
    /// Nobody.
    Open,
    /// Another category.
    Owned,
    /// Demand grows, by the last two periods of `--by month|quarter`.
    Emerging,
}

/// A job that is wanted, fits, and is not served by the subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Space {
    /// The occasion.
    pub occasion: String,
    /// The motive.
    pub motive: String,
    /// Who holds it.
    pub kind: SpaceKind,
    /// The category with the greatest share of it; named where that owns it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// WS = d·f·(½+u)·max(0, 1−a high).
    pub score: f64,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci90: Option<[f64; 2]>,
    /// Distinct consumers who speak of the job.
    pub authors: u64,
    /// d: their share of all consumers.
    pub demand: f64,
    /// f = 1 − JS(P(m|A), P(m|o)): how far the occasion wants what the subject gives.
    pub fit: f64,
    /// u: the share who complain, wish or ask.
    pub unmet: f64,
    /// a = P(j|A)/π(j).
    pub presence: f64,
    /// The upper end of its 90 % interval.
    pub presence_high: f64,
    /// h = Σ s² over the categories taken there.
    pub crowding: f64,
    /// Consumers who take the subject there.
    pub own_authors: u64,
    /// Consumers who take the other thing of its role that most do there.
    pub kin_authors: u64,
    /// What people say: of that other thing on this occasion, then of the job.
    pub quotes: Vec<String>,
}

/// A correspondence analysis: entities × occasions, or × motives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapFinding {
    /// The subject in whose surroundings it is drawn.
    pub of: String,
    /// The level.
    pub level: Level,
    /// `occasion` or `motive`.
    pub by: &'static str,
    /// Total inertia: how far the profiles differ at all.
    pub inertia: f64,
    /// Share of the inertia on each axis.
    pub axes: Vec<f64>,
    /// Entities.
    pub rows: Vec<MapPoint>,
    /// Occasions or motives.
    pub columns: Vec<MapPoint>,
}

/// A point of a map. Distances are read among rows or among columns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapPoint {
    /// Which.
    pub id: String,
    /// Its share of all links of the map.
    pub mass: f64,
    /// Principal coordinates, by axis.
    pub at: Vec<f64>,
    /// Its part in each axis.
    pub contributions: Vec<f64>,
    /// How well the shown axes show it: cos².
    pub quality: f64,
}

/// The passer-by test.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DistinctivenessFinding {
    /// The subject.
    pub of: String,
    /// Its own level.
    pub level: Level,
    /// What is missing, where it cannot be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed_posts: Option<u64>,
    /// Those among whom it was to be known, itself included.
    pub among: Vec<String>,
    /// 1 over their number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chance: Option<f64>,
    /// Items shown: five posts each, without names.
    pub items: u64,
    /// ID: the share of its items that were known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identified: Option<f64>,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ci90: Option<[f64; 2]>,
    /// Benjamini–Hochberg q of being known more often than by chance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// For what it was taken, most often first.
    pub mistaken_for: Vec<Mistaken>,
    /// What gave it away: the features that speak for it most.
    pub known_by: Vec<Trait>,
}

/// A wrong answer of the passer-by.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mistaken {
    /// For what.
    pub entity: String,
    /// The share of the items.
    pub share: f64,
}

/// A feature that speaks for a subject.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trait {
    /// `occasion`, `motive`, `essence`, `attribute`, `stage`, `customer`, or `entity` for what else is named.
    pub kind: &'static str,
    /// Which.
    pub id: String,
    /// The role of a motive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'static str>,
    /// Posts of the subject that have it.
    pub posts: u64,
    /// How much more often it stands in its posts than in those of the others.
    pub lift: f64,
}

/// Where to defend, attack or leave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionsFinding {
    /// The subject.
    pub of: String,
    /// Its own level.
    pub level: Level,
    /// Consumers who say on a known occasion that one was taken instead of another, among the subject and its rivals.
    pub switching: u64,
    /// How many more are needed, where nothing can be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needed_switching: Option<u64>,
    /// Occasions, the largest stake first.
    pub occasions: Vec<ActionFinding>,
}

/// What an occasion asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The subject is clearly stronger here than elsewhere.
    Defend,
    /// It is clearly weaker, and clearly more than the average can be won.
    Attack,
    /// It is clearly weaker, and clearly less than the average can be won.
    Leave,
    /// The figures do not decide.
    Undecided,
}

/// One occasion: how much is there, how weak the subject is, how often people switch.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActionFinding {
    /// Which.
    pub id: String,
    /// What the figures say.
    pub action: Action,
    /// Consumers who take the subject or a rival there (rivals weigh by ρ).
    pub volume: f64,
    /// The part that others hold.
    pub weakness: f64,
    /// The subject's share there over its share in all.
    pub strength: f64,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength_ci90: Option<[f64; 2]>,
    /// The share who say they switched, shrunk toward that of all occasions.
    pub switching: f64,
    /// Consumers who say so there.
    pub switching_authors: u64,
    /// volume × weakness × switching: consumers who can be won.
    pub to_win: f64,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_win_ci90: Option<[f64; 2]>,
    /// volume × (1 − weakness) × switching: consumers who can be lost.
    pub to_lose: f64,
    /// Its 90 % interval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_lose_ci90: Option<[f64; 2]>,
}

/// A figure that changed from one period to the next, with the mix of platforms held constant.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeFinding {
    /// The subject.
    pub of: String,
    /// Its own level.
    pub level: Level,
    /// `voice` (its share of the consumers who speak of anything), `occasion`, `motive`, `complaint`, `rival` or `demand`.
    pub figure: &'static str,
    /// The occasion, motive or rival.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The motive of a `demand`, whose `id` is the occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motive: Option<String>,
    /// The earlier period.
    pub from: String,
    /// The later one.
    pub to: String,
    /// The figure before.
    pub before: f64,
    /// The figure after.
    pub after: f64,
    /// After less before.
    pub difference: f64,
    /// Its 90 % interval.
    pub ci90: [f64; 2],
    /// Benjamini–Hochberg over all figures of all periods.
    pub q: f64,
    /// q < 0.10.
    pub significant: bool,
    /// The difference if nobody had looked at the platforms.
    pub unadjusted: f64,
    /// Consumers behind the figure before and after.
    pub authors: [u64; 2],
}
