//! What is in the lexicons.

use crate::lexicon::{Lexicon, Status};

/// One line per entry whose full name contains `filter`: name, labels, number of surfaces and rules.
pub fn list(lexicon: &Lexicon, filter: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut surfaces = 0;
    for entry in &lexicon.entries {
        let name = lexicon.taxonomy.rule(entry.rule);
        if !name.contains(filter) {
            continue;
        }
        let own = entry.terms.len() + entry.resolve.iter().map(|r| r.terms.len()).sum::<usize>();
        surfaces += own;
        let rules = entry.near.len() + entry.sequences.len();
        let draft = if entry.status == Status::Draft { "  draft" } else { "" };
        lines.push(format!("{own:>5} surfaces {rules:>3} rules  {name}{draft}"));
    }
    lines.push(format!("{} entries, {surfaces} surfaces, lexicon {}", lines.len(), &lexicon.sha256[..12]));
    lines
}
