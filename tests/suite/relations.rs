//! What one sentence says of two things, case by case: `tests/relations/cases.tsv`.

use std::sync::Arc;

use rival::interpret::Interpreter;
use rival::interpret::evidence::Side;
use rival::lexicon::Lexicon;
use rival::matcher::Scratch;
use rival::normalize::Document;

const CASES: &str = include_str!("../relations/cases.tsv");

#[test]
fn every_case_is_read_as_it_is_told() {
    let lexicon = Arc::new(Lexicon::built_in().expect("the built-in lexicons load"));
    let interpreter = Interpreter::new(Arc::clone(&lexicon)).expect("the built-in lexicons compile");
    let mut scratch = Scratch::default();
    let name = |side: Option<Side>| side.map(|s| lexicon.taxonomy.category(s.category).name.id.clone());
    let mut wrong = Vec::new();
    for line in CASES.lines().filter(|line| !line.starts_with('#')) {
        let [kind, winner, loser, text] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}")
        };
        let evidence = interpreter.read(&Document::new(text, 0), &mut scratch);
        let found: Vec<(Option<String>, Option<String>)> =
            evidence.relations.iter().filter(|r| r.kind.as_str() == kind).map(|r| (name(r.a), name(r.b))).collect();
        let is = |a: &str, b: &str| found.contains(&(Some(a.to_owned()), Some(b.to_owned())));
        let free = matches!(kind, "either_or" | "goes_with");
        let right = match (winner, loser) {
            ("-", "-") => !found.iter().any(|(a, b)| a.is_some() && b.is_some()),
            ("any", _) => !found.is_empty(),
            ("-", lost) => found.iter().any(|(_, b)| b.as_deref() == Some(lost)),
            (a, b) if free => is(a, b) || is(b, a),
            (a, b) => is(a, b) && !is(b, a),
        };
        if !right {
            wrong.push(format!("{line}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
