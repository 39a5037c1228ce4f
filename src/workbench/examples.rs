//! Runs the examples of every entry: `match` must be found, `miss` must not.

use crate::interpret::Interpreter;
use crate::interpret::evidence::Evidence;
use crate::lexicon::{Entry, Lexicon, Target};
use crate::matcher::Scratch;
use crate::normalize::Document;

/// An example that does not do what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule's full name.
    pub rule: String,
    /// Its file, as the user can open it.
    pub path: String,
    /// The entry's line in it.
    pub line: u64,
    /// The text.
    pub text: String,
    /// True where the entry was found and must not be (noisy); false where it was not found and must be (missing).
    pub noisy: bool,
}

/// All examples that fail, in rule order, and how many were run.
pub fn run_examples(interpreter: &Interpreter) -> (Vec<Failure>, usize) {
    let lexicon = interpreter.lexicon();
    let mut scratch = Scratch::default();
    let mut failures = Vec::new();
    let mut run = 0;
    for entry in &lexicon.entries {
        for (texts, wanted) in [(&entry.matches, true), (&entry.misses, false)] {
            for text in texts {
                run += 1;
                if found(interpreter, &mut scratch, entry, text) != wanted {
                    failures.push(failure(lexicon, entry, text, !wanted));
                }
            }
        }
    }
    (failures, run)
}

fn failure(lexicon: &Lexicon, entry: &Entry, text: &str, noisy: bool) -> Failure {
    Failure {
        rule: lexicon.taxonomy.rule(entry.rule).to_owned(),
        path: entry.path.clone(),
        line: entry.line,
        text: text.to_owned(),
        noisy,
    }
}

/// Whether an entry speaks in a text.
fn found(interpreter: &Interpreter, scratch: &mut Scratch, entry: &Entry, text: &str) -> bool {
    let doc = Document::new(text, 0);
    match entry.target {
        // Cues say nothing by themselves: their place is enough.
        Target::Cue(_) => interpreter.cues(&doc, scratch).iter().any(|m| m.rule == entry.rule),
        target => says(&interpreter.read(&doc, scratch), target),
    }
}

/// Whether evidence holds a target.
fn says(evidence: &Evidence, target: Target) -> bool {
    match target {
        Target::Category(c) => evidence.mentions.iter().any(|m| m.category == c),
        Target::Brand(b) => evidence.mentions.iter().any(|m| m.brand == Some(b)),
        Target::Occasion(o) => evidence.occasions.iter().any(|l| l.id == o),
        Target::Motive(m, role) => evidence.motives.iter().any(|l| l.id == m && l.role == role),
        Target::Essence(e) => evidence.essences.iter().any(|l| l.id == e),
        Target::Relation(kind) => evidence.relations.iter().any(|r| r.kind == kind),
        Target::Stage(s) => evidence.stages.iter().any(|l| l.id == s),
        Target::Voice(v) => evidence.voice == v,
        Target::Customer(c) => evidence.customers.iter().any(|&(id, _)| id == c),
        Target::Cue(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn every_example_of_the_built_in_lexicons_holds() {
        let lexicon = Arc::new(Lexicon::built_in().expect("the built-in lexicons load"));
        let interpreter = Interpreter::new(lexicon).expect("they compile");
        let (failures, run) = run_examples(&interpreter);
        assert!(run > 2_000, "only {run} examples");
        assert!(failures.is_empty(), "{} of {run}: {:#?}", failures.len(), &failures[..failures.len().min(20)]);
    }
}
