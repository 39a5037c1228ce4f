//! The score as a person reads it.

use std::fmt::Write as _;

use super::super::table::Table;
use super::{Score, Slip};

/// The figures per facet, then the labels and entries that err most, `top` of each.
pub fn score_page(score: &Score, top: usize) -> String {
    let mut out = String::new();
    // Writing to a String does not fail.
    let _ = writeln!(out, "{} labelled posts, codebook version {}", score.posts, score.codebook_version);
    let mut lang = "";
    for f in &score.facets {
        if f.lang != lang {
            lang = &f.lang;
            let _ = writeln!(out, "== {lang}");
        }
        let figure = |value: Option<f64>| value.map_or("–".to_owned(), |v| format!("{v:.3}"));
        let _ = writeln!(
            out,
            "{:11} precision {:.3}  recall {:.3}  F1 {}  macro F1 {} over {} labels  ({} hits, {} wrong, {} missed)",
            f.facet,
            f.precision,
            f.recall,
            figure(f.f1),
            figure(f.macro_f1),
            f.macro_labels,
            f.counts.hits,
            f.counts.wrong,
            f.counts.missed
        );
    }
    labels(score, top, &mut out);
    entries(score, top, &mut out);
    out
}

fn labels(score: &Score, top: usize, out: &mut String) {
    let mut table =
        Table::new(&["labels that err most", " hits", " wrong", " missed", " precision", " recall", " F1", "facet"]);
    for l in score.labels.iter().filter(|l| l.counts.wrong + l.counts.missed > 0).take(top) {
        table.row(vec![
            l.label.clone(),
            l.counts.hits.to_string(),
            l.counts.wrong.to_string(),
            l.counts.missed.to_string(),
            format!("{:.2}", l.precision),
            format!("{:.2}", l.recall),
            l.f1.map_or("–".to_owned(), |f| format!("{f:.2}")),
            l.facet.to_owned(),
        ]);
    }
    if !table.is_empty() {
        out.push('\n');
        table.write(out);
    }
}

fn entries(score: &Score, top: usize, out: &mut String) {
    if score.entries.is_empty() {
        return;
    }
    out.push_str("\nentries that err most\n");
    for e in score.entries.iter().take(top) {
        let _ = writeln!(out, "{}  {} right, {} wrong, {} missed", e.rule, e.right, e.wrong, e.missed);
        for slip in &e.wrong_quotes {
            let _ =
                writeln!(out, "  wrong   {} by `{}`: “{}”  {}", slip.label, line(&slip.words), quote(slip), slip.post);
        }
        for slip in &e.missed_quotes {
            let by = if slip.words.is_empty() { String::new() } else { format!(" by `{}`", line(&slip.words)) };
            let _ = writeln!(out, "  missed  {}{by}: “{}”  {}", slip.label, quote(slip), slip.post);
        }
    }
}

fn quote(slip: &Slip) -> String {
    line(&slip.text)
}

/// A text on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
