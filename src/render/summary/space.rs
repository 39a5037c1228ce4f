//! The position of an entity below its card: what it is taken for, where room is, whether it is known without its name, what to do.

use super::book::{Book, and};
use super::figures::{count, counted, percent, percent_range, signed, times};
use super::ink::{TIE, Text};
use super::page::Page;
use super::voices;
use crate::analyze::findings::{
    Action, ActionsFinding, ChangeFinding, DistinctivenessFinding, JobFinding, JobsFinding, Level, Space, SpaceKind,
    Subject, Trait,
};
use crate::analyze::parameters::FDR;

/// Entries of a row.
const ROW: usize = 2;
/// Changes told.
const CHANGES: usize = 4;

/// Writes the block of a subject.
pub(super) fn write(book: &Book<'_>, subject: &Subject, page: &mut Page) {
    let space = &book.findings.space;
    let is_it = |of: &str, level: Level| of == subject.of && level == subject.level;
    if let Some(found) = space.jobs.iter().find(|f| is_it(&f.of, f.level))
        && page.has_room_for("what it is taken for")
    {
        jobs(book, found, page);
    }
    let spaces = space.white_space.iter().find(|f| is_it(&f.of, f.level));
    let most = match spaces.is_some_and(|f| !f.spaces.is_empty()) && page.has_room_until(2, "white space") {
        true if page.is_full() => ROW,
        true => 1,
        false => 0,
    };
    for (n, one) in spaces.iter().flat_map(|f| &f.spaces).take(most).enumerate() {
        let text = Text::plain(&room(book, one));
        if n == 0 {
            page.entry("ROOM", &text)
        } else {
            page.below(&text)
        }
        for quote in voices::quotes(book, &one.quotes, usize::from(n == 0 && page.is_full()), page.body(), page) {
            page.below(&quote);
        }
    }
    if let Some(found) = space.distinctiveness.iter().find(|f| is_it(&f.of, f.level))
        && page.has_room_for("whether it is known unnamed")
    {
        known(book, found, page);
    }
    if let Some(found) = space.actions.iter().find(|f| is_it(&f.of, f.level))
        && (found.needed_switching.is_none() || page.has_room_for("where to act"))
    {
        actions(book, found, page);
    }
    let changes: Vec<&ChangeFinding> = space.changes.iter().filter(|c| is_it(&c.of, c.level)).collect();
    changed(book, &changes, page);
}

/// `late-night snacks for taste 140 (×2.4)`
fn jobs(book: &Book<'_>, found: &JobsFinding, page: &mut Page) {
    if let Some(needed) = found.needed {
        let text = format!(
            "{} more are needed whose occasion and motive are both known",
            counted(needed.authors.max(1), "author")
        );
        page.entry("TAKEN FOR", &Text::plain(&text));
        return;
    }
    // What sets it apart before what most people say.
    let apart = |cell: &&JobFinding| cell.lift.sure().is_some_and(|lift| lift > 1.0);
    let (first, rest): (Vec<&JobFinding>, Vec<&JobFinding>) = found.cells.iter().partition(apart);
    let told: Vec<String> = first
        .into_iter()
        .chain(rest)
        .take(ROW)
        .map(|cell| {
            let lift = match cell.lift.sure() {
                Some(lift) => format!(" ({})", times(lift)),
                _ => String::new(),
            };
            format!("{} {}{lift}", job(book, &cell.occasion, &cell.motive), count(cell.authors))
        })
        .collect();
    page.list("TAKEN FOR", &told);
}

/// `night out: face`, in both languages.
fn job(book: &Book<'_>, occasion: &str, motive: &str) -> String {
    format!("{}: {}", book.occasion(occasion).both(), book.motive(motive).both())
}

/// `watching sports: convenience · 412 authors want it, it is taken ×0.2 as often as elsewhere (×0.4 at most)`
fn room(book: &Book<'_>, one: &Space) -> String {
    let kind = match (one.kind, &one.owner) {
        (SpaceKind::Owned, Some(owner)) => format!(", held by {}", book.named(owner).both()),
        (SpaceKind::Emerging, _) => ", growing".to_owned(),
        _ => String::new(),
    };
    let want = if one.unmet > 0.0 { format!(" ({} in want)", percent(one.unmet)) } else { String::new() };
    format!(
        "{}{kind}: {} speak of it{want}; taken for it {}, {} at most",
        job(book, &one.occasion, &one.motive),
        counted(one.authors, "author"),
        times(one.presence),
        times(one.presence_high)
    )
}

/// The passer-by test in one line.
fn known(book: &Book<'_>, found: &DistinctivenessFinding, page: &mut Page) {
    let heading = "KNOWN UNNAMED";
    let (Some(identified), Some(chance)) = (found.identified, found.chance) else {
        let text = match found.needed_posts {
            Some(needed) if needed > 0 => {
                format!("{} more are needed that say something of it", counted(needed, "post"))
            }
            _ => "no rivals of its role with enough posts to choose among".to_owned(),
        };
        page.entry(heading, &Text::plain(&text));
        return;
    };
    let range = found.ci90.map(|ci| format!(" ({})", percent_range(ci))).unwrap_or_default();
    let sure = if found.q.is_some_and(|q| q < FDR) { "" } else { ": no better than chance" };
    let taken: Vec<String> = found
        .mistaken_for
        .iter()
        .take(2)
        .map(|m| format!("{}{TIE}{}", book.rival_named(&m.entity, found.level).both(), percent(m.share)))
        .collect();
    let mut text = format!(
        "{}{range} of {} of five posts, chance {}{sure}",
        percent(identified),
        counted(found.items, "item"),
        percent(chance)
    );
    if !taken.is_empty() {
        text.push_str(&format!("; else taken for {}", and(&taken)));
    }
    let told: Vec<String> = found.known_by.iter().take(ROW).map(|t| trait_name(book, t)).collect();
    if sure.is_empty() && !told.is_empty() {
        text.push_str(&format!("; known by {}", told.join(", ")));
    }
    page.entry(heading, &Text::plain(&text));
}

/// A feature with its lift.
fn trait_name(book: &Book<'_>, t: &Trait) -> String {
    let name = match t.kind {
        "occasion" => book.occasion(&t.id).short(),
        "motive" => book.motive(&t.id).short(),
        "attribute" => book.attribute(&t.id).short(),
        _ => book.named(&t.id).short(),
    };
    let how = match t.role {
        Some("avoid") => "complaints of ",
        Some("repeat") => "coming back for ",
        _ => "",
    };
    format!("{how}{name}{TIE}({})", times(t.lift))
}

/// Where to defend, attack and leave; only what the figures decide.
fn actions(book: &Book<'_>, found: &ActionsFinding, page: &mut Page) {
    if let Some(needed) = found.needed_switching {
        let text = format!("{} more are needed who say on which occasion they switched", counted(needed, "author"));
        page.entry("WHERE TO ACT", &Text::plain(&text));
        return;
    }
    let mut told: Vec<String> = Vec::new();
    for (action, word) in [(Action::Defend, "defend"), (Action::Attack, "attack"), (Action::Leave, "leave")] {
        for o in found.occasions.iter().filter(|o| o.action == action).take(ROW) {
            let (stake, what, range) = if action == Action::Defend {
                (o.to_lose, "to lose", o.to_lose_ci90)
            } else {
                (o.to_win, "to win", o.to_win_ci90)
            };
            let range = range.map(|[low, high]| format!(", {}–{}", whole(low), whole(high))).unwrap_or_default();
            let occasion = book.occasion(&o.id).both();
            told.push(format!("{word} {occasion} {} ({}{TIE}{what}{range})", times(o.strength), whole(stake)));
        }
    }
    let text = if told.is_empty() { "the figures decide on no occasion".to_owned() } else { told.join(" · ") };
    page.entry("WHERE TO ACT", &Text::plain(&text));
}

/// Authors as people read them.
fn whole(authors: f64) -> String {
    if authors < 9.95 { format!("{authors:.1}") } else { count(authors.round() as u64) }
}

/// What changed over time.
fn changed(book: &Book<'_>, changes: &[&ChangeFinding], page: &mut Page) {
    if changes.is_empty() {
        return;
    }
    let mut found: Vec<&&ChangeFinding> = changes.iter().filter(|c| c.significant).collect();
    found.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
    if found.is_empty() {
        let text = format!("nothing in {} figures that could not be chance (q < 0.10)", changes.len());
        page.entry("CHANGED", &Text::plain(&text));
    }
    for (n, change) in found.iter().take(CHANGES - page.brevity()).enumerate() {
        let text = Text::plain(&told(book, change));
        if n == 0 { page.entry("CHANGED", &text) } else { page.below(&text) }
    }
}

/// `night out 30 % → 22 % of its occasions, 2024-Q1 → 2024-Q2 (−10 to −6 points)`
fn told(book: &Book<'_>, change: &ChangeFinding) -> String {
    let id = change.id.as_deref().unwrap_or_default();
    let what = match change.figure {
        "occasion" => format!("occasion {}", book.occasion(id).both()),
        "motive" => format!("motive {}", book.motive(id).both()),
        "complaint" => format!("complaint {}", book.motive(id).both()),
        "rival" => format!("of those who name either: {}", book.rival_named(id, change.level).both()),
        "demand" => format!("demand {}", job(book, id, change.motive.as_deref().unwrap_or_default())),
        _ => "share of all voices".to_owned(),
    };
    let [low, high] = change.ci90.map(|end| end * 100.0);
    format!(
        "{what} {}{TIE}→{TIE}{}, {}{TIE}→{TIE}{} ({}{TIE}to{TIE}{}{TIE}points)",
        percent(change.before),
        percent(change.after),
        change.from,
        change.to,
        signed(low, 1),
        signed(high, 1)
    )
}
