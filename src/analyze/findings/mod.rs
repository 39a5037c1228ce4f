//! The document that `analyze` hands on: `rival.findings/1` of the interface, as types that serialize to it.
//!
//! A value that cannot be told is `None` and left out of the JSON, with its reason in `warnings`; never 0, never NaN.

mod contact;
mod customers;
mod entity;
mod group;
mod lift;
mod meta;
mod position;
mod rival;
mod space;

pub use contact::{
    AttackableFinding, ComplaintFinding, ContactPoint, ContactPointsFinding, GapFinding, Lever, RivalGapFinding,
};
pub use customers::{CustomerFinding, CustomersFinding, FacetFinding, GroupMotiveFinding};
pub use entity::{EntityFinding, MotiveFinding, Needed, OccasionFinding, PrecisionFinding, Stand, Standing};
pub use group::GroupFinding;
pub use lift::Lift;
pub use meta::{Coverage, EntityShare, FrameFinding, FrameSource, KeywordFinding, Meta, ParametersShown, Posts, Rows};
pub use position::{
    ClicheFinding, CompetencyFinding, DistinctFinding, EssenceFinding, EssenceScore, ExcitementFinding,
    ExcitementPoint, FeatureFinding, JudgedFinding, StepFinding, ThemeFinding, Verdict,
};
pub use rival::{
    Apart, Basis, Comparing, Contribution, Kinship, OutsideOption, Rest, RivalFinding, Rivalry, Said, ShareOf, Subject,
    Switching, TermInfluence, ThinOccasion,
};
pub use space::{
    Action, ActionFinding, ActionsFinding, ChangeFinding, DistinctivenessFinding, JobFinding, JobRival, JobsFinding,
    MapFinding, MapPoint, Mistaken, Space, SpaceFindings, SpaceKind, Trait, WhiteSpaceFinding,
};

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
    /// Jobs, white space, maps, the passer-by test, what to do.
    #[serde(flatten)]
    pub space: SpaceFindings,
    /// What the entities with a card are really about.
    pub essence: Vec<EssenceFinding>,
    /// What excites people about them, and what does not.
    pub excitement: Vec<ExcitementFinding>,
    /// What is said of them and not of their rivals.
    pub competency: Vec<CompetencyFinding>,
    /// Who speaks of them.
    pub customers: Vec<CustomersFinding>,
    /// The way from hearing of them to buying them again.
    pub contact_points: Vec<ContactPointsFinding>,
    /// The same figures per platform or region, with `--by`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupFinding>,
    /// The quotes that the parts above refer to.
    #[serde(serialize_with = "quotes_as_map")]
    pub quotes: Vec<QuoteFinding>,
    /// What is missing, and why; what to be careful about.
    pub warnings: Vec<Warning>,
}

/// A label in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
    /// All levels, in the order of the document.
    pub const ALL: [Level; 3] = [Level::Category, Level::Brand, Level::Cross];

    /// The word of the JSON output.
    pub fn as_str(self) -> &'static str {
        match self {
            Level::Category => "category",
            Level::Brand => "brand",
            Level::Cross => "cross",
        }
    }
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
