//! What the groups of `--by` say, below the card of an entity.

use super::book::Book;
use super::figures::{count, percent, signed};
use super::ink::{TIE, Text};
use super::page::Page;
use super::table::{Table, figure, words};
use crate::analyze::compare::PairDifference;
use crate::analyze::findings::{GroupFinding, Level, Subject};
use crate::render::parts::{Parts, differences, ranked_in};

/// Rivals told per group.
const RIVALS: usize = 3;
/// Differences told per entity, and groups on a card of one screen, by how brief it is.
const DIFFERENCES: [usize; 4] = [6, 5, 3, 1];
const GROUPS: [usize; 4] = [12, 8, 5, 2];

/// The table of groups and the differences that are significant.
pub(super) fn write(book: &Book<'_>, subject: &Subject, page: &mut Page) {
    let groups = &book.findings.groups;
    let Some(first) = groups.first() else { return };
    let title = match first.by {
        "region" => "BY REGION",
        "month" => "BY MONTH",
        "quarter" => "BY QUARTER",
        _ => "BY PLATFORM",
    };
    let most = if page.is_full() { groups.len() } else { GROUPS[page.brevity()].min(groups.len()) };
    let periods = matches!(first.by, "month" | "quarter");
    // The largest groups, the last periods.
    let (told, left) = match (periods, groups.split_at(most)) {
        (false, split) => split,
        (true, _) => {
            let (left, told) = groups.split_at(groups.len() - most);
            (told, left)
        }
    };
    let rows: Vec<Vec<Text>> = told.iter().map(|group| row(book, subject, group)).collect();
    let columns = vec![words(title, 8), figure("authors"), words("first rivals", 20)];
    let table = Table::new(columns, rows.iter(), page.width());
    page.blank();
    for line in table.head(title).into_iter().chain(rows.iter().map(|row| table.row(row))) {
        page.raw(&line);
    }
    if !left.is_empty() {
        let which = if periods { "earlier" } else { "smaller" };
        page.line(&Text::dim(&format!("and {} {which} (--full)", left.len())), 0);
    }
    let found = differences(groups, subject);
    for (i, (group, pair)) in found.iter().take(DIFFERENCES[page.brevity()]).enumerate() {
        let text = Text::plain(&difference(book, subject.level, group, pair));
        if i == 0 { page.entry("DIFFERENT THERE", &text) } else { page.below(&text) }
    }
    if found.is_empty() && !periods {
        page.entry("DIFFERENT THERE", &Text::plain("nothing that could not be chance (q < 0.10)"));
    }
    page.blank();
}

fn row(book: &Book<'_>, subject: &Subject, group: &GroupFinding) -> Vec<Text> {
    let ranked = ranked_in(group, subject);
    // What is only near it leads no list here either.
    let near = Parts::of(&book.rivals(subject)).near;
    let told: Vec<String> = ranked
        .iter()
        .filter(|pair| near.iter().all(|near| near.rival != pair.rival))
        .take(RIVALS)
        .map(|pair| {
            let share = pair.b.threat.map(|share| format!("{TIE}{}", percent(share))).unwrap_or_default();
            format!("{}{share}", book.rival_named(&pair.rival, subject.level).both())
        })
        .collect();
    let told = match (told.is_empty(), ranked.is_empty()) {
        (false, _) => told.join(", "),
        (true, false) => "nothing that plays its part".to_owned(),
        (true, true) => "nothing can be ranked here".to_owned(),
    };
    vec![Text::plain(&group.value), Text::plain(&count(group.authors)), Text::plain(&told)]
}

/// `weibo: whisky 14 %, elsewhere 6 % (+4 to +12 points)`
fn difference(book: &Book<'_>, level: Level, group: &GroupFinding, pair: &PairDifference) -> String {
    let share = |told: Option<f64>| told.map_or_else(|| "–".to_owned(), percent);
    let range = pair
        .ci90
        .map(|[low, high]| format!(" ({}{TIE}to{TIE}{}{TIE}points)", signed(low * 100.0, 0), signed(high * 100.0, 0)))
        .unwrap_or_default();
    let rival = book.rival_named(&pair.rival, level).both();
    format!("{}: {rival} {}, elsewhere {}{range}", group.value, share(pair.b.threat), share(pair.a.threat))
}
