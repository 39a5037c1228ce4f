//! What a user may ask of the analysis.

use crate::analyze::findings::Level;
use crate::lexicon::id::Entity;

/// Authors that an entity needs to be ranked (method §2).
pub const GATE_AUTHORS: u64 = 30;
/// Buckets of authors over which its evidence must spread.
pub const GATE_BUCKETS: usize = 8;

/// Benjamini–Hochberg q below which a difference is told as one (method §4).
pub const FDR: f64 = 0.10;

/// What to look at and how much to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters {
    /// The entities that get full cards; without any, those with most authors.
    pub focus: Vec<Entity>,
    /// Rivals that the user knows of: never "not on the list".
    pub known: Vec<Entity>,
    /// The levels to compare.
    pub levels: Vec<Level>,
    /// Rivals shown per subject and level.
    pub top: usize,
    /// Subjects per level when nobody asked for any.
    pub subjects: usize,
}

impl Default for Parameters {
    fn default() -> Self {
        Self {
            focus: Vec::new(),
            known: Vec::new(),
            levels: vec![Level::Category, Level::Brand, Level::Cross],
            top: 10,
            subjects: 12,
        }
    }
}
