//! Posts behind a label, drawn by hash, for a person to mark right or wrong; and what becomes of the marks.

mod apply;
mod draw;
mod page;

pub use apply::{Applied, apply};
pub use draw::{Sample, sample};
pub use page::sample_page;

use crate::error::Result;
use crate::interpret::evidence::{Evidence, Trace};
use crate::lexicon::{Lexicon, Target};

use super::label::{self, Pair};

/// What a sample is drawn for: a label, or a pair between which consumers go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Label(Target),
    Pair(Pair),
}

impl Subject {
    /// Reads `beer`, `taste:buy`, `beer>whisky`.
    fn read(lexicon: &Lexicon, written: &str) -> Result<Self> {
        Ok(match Pair::read(lexicon, written)? {
            Some(pair) => Self::Pair(pair),
            None => Self::Label(label::find(lexicon, written)?),
        })
    }

    /// Its name: the shortest that nothing else bears.
    fn name(self, lexicon: &Lexicon) -> String {
        match self {
            Self::Label(target) => lexicon.full_name(target),
            Self::Pair(pair) => pair.name(&lexicon.taxonomy),
        }
    }

    /// The words of a post that say it.
    fn said(self, lexicon: &Lexicon, evidence: &Evidence) -> Vec<Trace> {
        let said = match self {
            Self::Label(target) => label::said(evidence).into_iter().filter(|(t, _)| *t == target).collect(),
            Self::Pair(pair) => pair.said(&lexicon.taxonomy, evidence),
        };
        said.into_iter().map(|(_, trace)| trace).collect()
    }
}
