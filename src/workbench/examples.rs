//! Runs the examples of every entry: `match` must be found, `miss` must not.

use super::explain::why;
use crate::interpret::Interpreter;
use crate::interpret::evidence::{Evidence, Trace};
use crate::lexicon::source::Source;
use crate::lexicon::{Entry, Target, blocks};
use crate::matcher::{Log, Scratch};
use crate::normalize::Document;

/// An example that does not do what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Its file, as the user can open it.
    pub path: String,
    /// The example's line in it; the entry's where the example cannot be found there.
    pub line: u64,
    /// Its column.
    pub column: u64,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// All examples that fail, in rule order, and how many were run; `layers` are the files that were loaded.
pub fn run_examples(interpreter: &Interpreter, layers: &[Vec<Source>]) -> (Vec<Failure>, usize) {
    let lexicon = interpreter.lexicon();
    let mut scratch = Scratch::default();
    let mut failures = Vec::new();
    let mut run = 0;
    for entry in &lexicon.entries {
        for (texts, wanted) in [(&entry.matches, true), (&entry.misses, false)] {
            for text in texts {
                run += 1;
                let found = found(interpreter, &mut scratch, entry, text);
                if found.is_some() != wanted {
                    failures.push(failure(interpreter, layers, entry, text, found));
                }
            }
        }
    }
    (failures, run)
}

/// What is wrong with an example that was found though it must not be, by some words, or not found though it must be.
fn failure(
    interpreter: &Interpreter,
    layers: &[Vec<Source>],
    entry: &Entry,
    text: &str,
    found: Option<String>,
) -> Failure {
    let lexicon = interpreter.lexicon();
    let name = match entry.target {
        Target::Cue(id) => lexicon.cues[id.index()].clone(),
        target => lexicon.taxonomy.label(target),
    };
    let spot = blocks::example(layers, entry.target.kind(), &name, text);
    let (path, line, column) =
        spot.map_or_else(|| (entry.path.to_string(), entry.line, 1), |s| (s.path, s.line, s.column));
    let (message, help) = match found {
        Some(words) => (
            format!("`{name}` must not be found here, and is: by `{words}`"),
            "add an `unless`, a flag or a `resolve`, or correct this `miss` example",
        ),
        None => (
            format!("`{name}` must be found here, and is not{}", turned_down(interpreter, entry, text)),
            "add the words, or correct this `match` example; `rival explain --text` shows how it is read",
        ),
    };
    Failure { path, line, column, message, help }
}

/// The candidates of an entry that fell, and why.
fn turned_down(interpreter: &Interpreter, entry: &Entry, text: &str) -> String {
    let mut scratch = Scratch::default();
    scratch.log = Some(Log::default());
    let doc = Document::new(text, 0);
    interpreter.read(&doc, &mut scratch);
    let notes = scratch.log.take().unwrap_or_default().notes;
    let own = notes.iter().find(|n| n.rule == entry.rule);
    own.map_or(String::new(), |n| format!(": `{}` {}", &doc.norm()[n.span.range()], why(n.verdict, &doc)))
}

/// The words by which an entry speaks in a text.
fn found(interpreter: &Interpreter, scratch: &mut Scratch, entry: &Entry, text: &str) -> Option<String> {
    let doc = Document::new(text, 0);
    match entry.target {
        // Cues say nothing by themselves: their place is enough.
        Target::Cue(_) => {
            let cues = interpreter.cues(&doc, scratch);
            cues.iter().find(|m| m.rule == entry.rule).map(|m| doc.norm()[m.span.range()].to_owned())
        }
        target => {
            let trace = says(&interpreter.read(&doc, scratch), target)?;
            Some(trace.map_or_else(String::new, |t| text[t.span.range()].to_owned()))
        }
    }
}

/// Whether evidence holds a target, and by which words.
fn says(evidence: &Evidence, target: Target) -> Option<Option<Trace>> {
    let first = |traces: &[Trace]| traces.first().copied();
    match target {
        Target::Category(c) => evidence.mentions.iter().find(|m| m.category == c).map(|m| Some(m.trace)),
        Target::Brand(b) => evidence.mentions.iter().find(|m| m.brand == Some(b)).map(|m| Some(m.trace)),
        Target::Occasion(o) => evidence.occasions.iter().find(|l| l.id == o).map(|l| first(&l.traces)),
        Target::Motive(m, role) => {
            evidence.motives.iter().find(|l| l.id == m && l.role == role).map(|l| first(&l.traces))
        }
        Target::Essence(e) => evidence.essences.iter().find(|l| l.id == e).map(|l| first(&l.traces)),
        Target::Relation(kind) => evidence.relations.iter().find(|r| r.kind == kind).map(|r| first(&r.traces)),
        Target::Attribute(a) => evidence.attributes.iter().find(|l| l.id == a).map(|l| first(&l.traces)),
        Target::Stage(s) => evidence.stages.iter().find(|l| l.id == s).map(|l| first(&l.traces)),
        Target::Voice(v) => (evidence.voice == v).then_some(evidence.voice_trace),
        Target::Customer(c) => evidence.customers.iter().find(|&&(id, _)| id == c).map(|&(_, t)| Some(t)),
        Target::Cue(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::lexicon::Lexicon;

    #[test]
    fn every_example_of_the_built_in_lexicons_holds() {
        let lexicon = Arc::new(Lexicon::built_in().expect("the built-in lexicons load"));
        let interpreter = Interpreter::new(lexicon).expect("they compile");
        let (failures, run) = run_examples(&interpreter, &[crate::lexicon::embedded()]);
        assert!(run > 2_000, "only {run} examples");
        assert!(failures.is_empty(), "{} of {run}: {:#?}", failures.len(), &failures[..failures.len().min(20)]);
    }
}
