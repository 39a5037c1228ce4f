//! The candidates as TOML, ready to paste into an overlay once the wrong lines are gone.

use std::fmt::Write as _;

use super::Suggestions;

/// Posts with the label below which candidates are guesses.
const THIN: usize = 200;

/// An entry with all candidates as terms, each with its counts, and two quotes for each below.
pub fn suggest_page(found: &Suggestions) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "# Candidates for {}, from {} posts, {} of them with the label. Read the quotes, delete the lines that do not mean it,\n\
         # add two examples, and put the rest into your overlay. `near`: how often it stands near words of the label; `times`:\n\
         # as often as chance would have it; `new`: posts that have it and not the label.",
        found.label, found.posts, found.labelled
    );
    if found.labelled < THIN {
        out.push_str("# The label stands in few posts: these are guesses. A corpus in which people speak of it gives better ones.\n");
    }
    if found.candidates.is_empty() {
        out.push_str("# No candidate: give more posts, or --least 2.\n");
        return out;
    }
    let (id, role) = found.label.split_once(':').map_or((found.label.as_str(), None), |(id, role)| (id, Some(role)));
    let _ = writeln!(out, "\n[[{}]]\nid = \"{id}\"", found.kind);
    if let Some(role) = role {
        let _ = writeln!(out, "role = \"{role}\"");
    }
    out.push_str("terms = '''\n");
    for c in &found.candidates {
        let _ = writeln!(out, "{}  # near {}, {:.0} times, new {}", c.surface, c.near, c.lift, c.new_posts);
    }
    out.push_str("'''\nmatch = []  # a text in which it must be found\nmiss = []  # one in which it must not, though it looks alike\n");
    for c in &found.candidates {
        let _ = writeln!(out, "\n# {}", c.surface);
        for quote in &c.quotes {
            let _ = writeln!(out, "#   “{quote}”");
        }
    }
    out
}
