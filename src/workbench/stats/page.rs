//! The statistics as a person reads them.

use std::fmt::Write as _;

use super::super::table::Table;
use super::super::units::{count, percent};
use super::{EntryStats, Stats};

/// Shares, the entries with most posts, dead entries and uncovered words, `top` of each.
pub fn stats_page(stats: &Stats, top: usize) -> String {
    let mut out = String::new();
    let posts = stats.posts;
    // Writing to a String does not fail.
    let _ = writeln!(out, "{} posts: {} zh, {} en\n", count(posts.all()), count(posts.zh), count(posts.en));
    let mut table = Table::new(&["posts with", " all", " zh", " en"]);
    for (facet, with) in &stats.facets {
        table.row(vec![
            (*facet).to_owned(),
            percent(with.all(), posts.all()),
            percent(with.zh, posts.zh),
            percent(with.en, posts.en),
        ]);
    }
    table.write(&mut out);
    out.push('\n');
    let mut table = Table::new(&["entry", " posts", " zh", " en", " hits", " surfaces seen", "most frequent"]);
    for entry in stats.entries.iter().take(top) {
        let forms: Vec<String> = entry.forms.iter().take(4).map(|(form, n)| format!("{form} {n}")).collect();
        table.row(vec![
            entry.rule.clone(),
            count(entry.posts.all()),
            count(entry.posts.zh),
            count(entry.posts.en),
            count(entry.hits),
            format!("{} of {}", entry.surfaces_seen, entry.surfaces),
            forms.join(" · "),
        ]);
    }
    table.write(&mut out);
    let entries = stats.entries.len() + stats.dead.len();
    let more = if stats.dead.len() > top { " …  (--json has all)" } else { "" };
    let some: Vec<&str> = stats.dead.iter().take(top).map(String::as_str).collect();
    let _ = writeln!(out, "\ndead entries: {} of {entries}  {}{more}", stats.dead.len(), some.join("  "));
    for gap in &stats.gaps {
        let words: Vec<String> =
            gap.words.iter().take(top * 2).map(|w| format!("{} {}/{}", w.word, w.posts, w.of)).collect();
        let _ = writeln!(
            out,
            "\nno {} in {} {} posts; their words (posts without / with the word):\n  {}",
            gap.facet,
            count(gap.posts),
            gap.lang,
            words.join("  ")
        );
    }
    out
}

/// One entry in full: every form with its hits, and the surfaces that were never seen.
pub fn entry_page(entry: &EntryStats) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}  {} hits in {} posts ({} zh, {} en); {} of {} surfaces seen",
        entry.rule,
        count(entry.hits),
        count(entry.posts.all()),
        count(entry.posts.zh),
        count(entry.posts.en),
        entry.surfaces_seen,
        entry.surfaces
    );
    let mut table = Table::new(&[" hits", "form"]);
    for (form, n) in &entry.forms {
        table.row(vec![count(*n), form.split_whitespace().collect::<Vec<_>>().join(" ")]);
    }
    table.write(&mut out);
    if !entry.unseen.is_empty() {
        let _ = writeln!(out, "never seen: {}", entry.unseen.join(" · "));
    }
    out
}
