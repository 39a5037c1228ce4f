//! Why a candidate fell, for `rival explain --text`.

use crate::lexicon::id::RuleId;
use crate::normalize::span::{Norm, Span};

/// Why a candidate does not stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It crosses a word boundary (京东 in 北京|东城).
    CrossesWord,
    /// It must be a word of its own and is not (茶 in 茶几).
    NotAWord,
    /// It stands inside a longer hit of its kind.
    InsideLonger(Span<Norm>),
    /// An `unless` phrase of its rule overlaps it.
    Unless(Span<Norm>),
    /// It has several meanings and nothing in the post decides.
    Abstained,
    /// It has several meanings and another one was chosen.
    OtherSense,
    /// A negation takes it back.
    Negated,
    /// It counts only beside a thing, and none is named near it.
    WithoutThing,
    /// The post reports or quarrels: it gives no reason and no occasion.
    News,
    /// It is but a likeness, or part of the title of a work.
    Figurative,
}

/// A candidate that fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// Its rule.
    pub rule: RuleId,
    /// Where.
    pub span: Span<Norm>,
    /// Why.
    pub verdict: Verdict,
}

/// The candidates of one text that fell, in the order in which they were looked at.
#[derive(Debug, Default, Clone)]
pub struct Log {
    /// The notes.
    pub notes: Vec<Note>,
}

impl Log {
    /// Adds a note.
    pub fn note(&mut self, rule: RuleId, span: Span<Norm>, verdict: Verdict) {
        self.notes.push(Note { rule, span, verdict });
    }
}
