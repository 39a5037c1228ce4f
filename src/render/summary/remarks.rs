//! What stands around the figures: where they come from, what to be careful about, their limits, and what to do next.

use super::book::Book;
use super::figures::{count, counted, percent, period};
use super::ink::{Style, Text};
use super::page::Page;
use crate::analyze::findings::{FrameSource, Subject};
use crate::render::phrase::fetched_by;

/// Warnings that the card tells in its own words, or that only matter to a reader of the JSON.
const TOLD_ELSEWHERE: [&str; 7] = [
    "frame_keyword",
    "frame_suspected",
    "shares_withheld",
    "insufficient_evidence",
    "not_mentioned",
    "network_size_absent",
    "asymmetry_absent",
];
/// Warnings shown.
const WARNINGS: usize = 2;
/// Platforms shown.
const PLATFORMS: usize = 4;

/// `18,412 rows: 15,903 used, 2,471 set aside, 38 rejected (--rejects)`
pub(super) fn rows(book: &Book<'_>) -> String {
    let rows = book.findings.meta.rows;
    let mut out = format!("{}: {} used", counted(rows.read, "row"), count(rows.analyzed));
    if rows.set_aside > 0 {
        out.push_str(&format!(", {} set aside", count(rows.set_aside)));
    }
    if rows.rejected > 0 {
        out.push_str(&format!(", {} rejected (--rejects)", count(rows.rejected)));
    }
    out
}

/// `2024-01 → 06`
pub(super) fn when(book: &Book<'_>) -> Option<String> {
    book.findings.meta.period.as_ref().and_then(period)
}

/// Who speaks in the sample: `14,201 posts of 8,040 consumers · 1,702 by brands, dealers, media, ads apart`.
pub(super) fn speakers(book: &Book<'_>) -> String {
    let meta = &book.findings.meta;
    let mut out = format!("{} by {}", counted(meta.posts.consumer, "consumer post"), counted(meta.authors, "author"));
    if meta.posts.official > 0 {
        out.push_str(&format!(" ({} of brands, dealers, media and ads do not count)", count(meta.posts.official)));
    }
    out
}

/// `weibo 61 % xhs 39 %`
pub(super) fn platforms(book: &Book<'_>) -> Option<String> {
    let platforms = &book.findings.meta.platforms;
    let all: u64 = platforms.values().sum();
    let mut order: Vec<(&String, u64)> = platforms.iter().map(|(name, &posts)| (name, posts)).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let told: Vec<String> = order
        .iter()
        .take(PLATFORMS)
        .filter(|(_, posts)| *posts > 0)
        .map(|(name, posts)| format!("{name} {}", percent(*posts as f64 / all as f64)))
        .collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// What the sampling frame forbids; nothing where it is clean.
pub(super) fn frame(book: &Book<'_>, page: &mut Page) {
    let frame = &book.findings.frame;
    let names: Vec<String> = frame.fetched_by.iter().take(3).map(|id| book.named(id).both()).collect();
    let names = names.join(", ");
    let [stand, that] = fetched_by(frame.fetched_by.len());
    let mut told = match (frame.source, frame.fetched_share) {
        (FrameSource::Suspected, _) => format!(
            "{names} {stand} in over 60 % of the posts: they look as if fetched by {that}; if not, say how with --sampled-by"
        ),
        (_, Some(share)) if frame.shares_given => {
            format!("{} of the posts were fetched by the name {names}: shares use the others only", percent(share))
        }
        (_, Some(share)) => format!("{} of the posts were fetched by the name {names}", percent(share)),
        (_, None) if frame.shares_given => return,
        (_, None) => String::from("too few posts are free of the query"),
    };
    if !frame.shares_given {
        let queries: Vec<&str> = frame.suggested_queries.iter().take(3).map(|q| q.zh.as_str()).collect();
        told.push_str(": no shares");
        if !queries.is_empty() {
            told.push_str(&format!("; posts fetched by {} would answer", queries.join(", ")));
        }
    }
    page.line(&Text::bold("! ").with(Style::Plain, &told), 2);
}

/// Warnings about the whole run or about one of these ids, which are not told elsewhere.
pub(super) fn careful(book: &Book<'_>, about: &[&str], page: &mut Page) {
    let told = book.findings.warnings.iter().filter(|w| {
        !TOLD_ELSEWHERE.contains(&w.code) && (w.of.is_empty() || w.of.iter().any(|id| about.contains(&id.as_str())))
    });
    let texts: Vec<&str> = told.take(WARNINGS).map(|w| w.text.en.as_str()).collect();
    if !texts.is_empty() {
        page.entry("BE CAREFUL", &Text::plain(&texts.join(" · ")));
    }
}

/// Occasions with too few authors for a statement, and the words that would find more posts.
pub(super) fn too_thin(book: &Book<'_>, subject: &Subject, page: &mut Page) {
    let thin: Vec<String> = subject
        .thin_occasions
        .iter()
        .take(3)
        .map(|o| {
            let name = book.occasion(&o.id).both();
            format!("{name}: {} of {} authors", count(o.authors), count(o.authors + o.needed))
        })
        .collect();
    if page.is_full() && !thin.is_empty() {
        let text = format!("{}; posts fetched by these words would tell", thin.join(" · "));
        page.entry("TOO THIN", &Text::plain(&text));
    } else {
        page.list("TOO THIN", &thin);
    }
}

/// What the figures are not (method §7).
pub(super) fn limits(page: &mut Page) {
    page.blank();
    let mut text = "Talk is not purchase; who posts is not who buys; silence is not absence of demand.".to_owned();
    if page.is_full() {
        text.push_str(
            " Shares are modelled: inside an occasion and role people fall back in proportion unless their own words say otherwise.",
        );
    }
    page.line(&Text::dim(&text), 0);
}

/// What a card of one screen does not tell, and how to see it.
pub(super) fn more(page: &mut Page) {
    if !page.left_out().is_empty() {
        let text = format!("--full also tells {}", page.left_out().join(", "));
        page.line(&Text::bold("More: ").with(Style::Plain, &text), 6);
    }
}

/// What to type next.
pub(super) fn next(book: &Book<'_>, focus: &[&str], page: &mut Page) {
    let mut steps: Vec<String> = Vec::new();
    let rivals = &book.findings.rivals;
    if focus.is_empty() {
        if let Some(subject) = book.findings.subjects.first() {
            steps.push(format!("--focus {} for its card", subject.of));
        }
    } else {
        if let Some(top) = rivals.iter().find(|r| !focus.contains(&r.rival.as_str())) {
            steps.push(format!("--focus {} to look from its side", top.rival));
        }
        if book.findings.meta.parameters.known.is_empty() {
            steps.push("--known ID,… for the rivals you know of".to_owned());
        }
    }
    if let Some(occasion) = rivals.iter().find_map(|r| r.occasions.first()) {
        steps.push(format!("rival explain {}", occasion.id));
    }
    steps.push("--json for all figures".to_owned());
    page.line(&Text::bold("Next: ").with(Style::Plain, &steps.join(" · ")), 6);
}
