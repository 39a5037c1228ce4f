//! Who speaks of one entity, and what the groups want (method §5).

use serde::Serialize;

use super::{Label, Level, Lift, Verdict};

/// Who speaks of an entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomersFinding {
    /// The entity.
    pub of: String,
    /// `category` or `brand`.
    pub level: Level,
    /// Whether any group stands out.
    pub verdict: Verdict,
    /// Per question of who they are, how many of its consumers answer it by their words.
    pub known: Vec<FacetFinding>,
    /// The groups, by question, most authors first.
    pub groups: Vec<CustomerFinding>,
}

/// A question of who somebody is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FacetFinding {
    /// `age`, `gender` …
    pub facet: String,
    /// Consumers of whom it is known.
    pub authors: u64,
}

/// A group of consumers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CustomerFinding {
    /// Which.
    pub id: String,
    /// Its label.
    pub label: Label,
    /// The question that it answers.
    pub facet: String,
    /// Consumers of the entity who say so of themselves.
    pub authors: u64,
    /// Their share of those of whom it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Share over the share among the consumers of everything else.
    #[serde(flatten)]
    pub lift: Lift,
    /// Why they buy, avoid and buy again, where enough of them speak.
    pub motives: Vec<GroupMotiveFinding>,
    /// What people say.
    pub quotes: Vec<String>,
}

/// A motive of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupMotiveFinding {
    /// Which.
    pub id: String,
    /// `buy`, `avoid` or `repeat`.
    pub role: &'static str,
    /// Consumers of the group who say so.
    pub authors: u64,
    /// Their share of the group.
    pub share: f64,
    /// Share over the share of the entity's other consumers.
    #[serde(flatten)]
    pub lift: Lift,
    /// What those say who tell both in one post.
    pub quotes: Vec<String>,
}
