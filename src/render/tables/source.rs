//! What the tables are made of.

use sha2::{Digest, Sha256};

use crate::analyze::Findings;
use crate::analyze::findings::Level;
use crate::lexicon::taxonomy::Taxonomy;
use crate::render::book::{Book, Names};
use crate::render::publish::Scratch;

/// A run's results, opened.
pub(in crate::render) struct Source<'s> {
    pub(super) findings: &'s Findings,
    pub(super) book: Book<'s>,
    /// The lines of the rejects, which may be too many for memory.
    pub(super) rejects: &'s Scratch,
    pub(super) run_id: String,
}

impl<'s> Source<'s> {
    /// `document` is the findings in JSON: the run is named by them, so that the same inputs, words and options have the same name.
    pub fn new(findings: &'s Findings, document: &[u8], taxonomy: &'s Taxonomy, rejects: &'s Scratch) -> Self {
        let run_id = Sha256::digest(document).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { findings, book: Book::new(findings, taxonomy), rejects, run_id }
    }

    /// The label of the subject of a level; a brand may share a category's id.
    pub(super) fn subject_name(&self, id: &'s str, level: Level) -> Names<'s> {
        match self.book.subject_entity(id, level) {
            Some(entity) => Names { zh: &entity.label.zh, en: &entity.label.en },
            None => self.book.named(id),
        }
    }
}
