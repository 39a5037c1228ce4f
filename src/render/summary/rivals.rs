//! The table of the rivals of one list.

use super::book::{Book, capital};
use super::figures::{count, percent, percent_range};
use super::ink::Text;
use super::page::Page;
use super::table::{Column, Table, figure, words};
use super::voices;
use crate::analyze::findings::{RivalFinding, Subject};
use crate::render::parts::Unshown;
pub(super) use crate::render::parts::{Evidence, Parts, said};

/// A first occasion is named from this part on: below it the share comes from everywhere.
const FIRST: f64 = 0.15;
/// A second one from this part on.
const SECOND: f64 = 0.2;
/// Columns by which a quote under a rival is indented.
const INDENT: usize = 3;

/// Where a rival takes the subject's consumers: `nights out 71 %, barbecue 20 %`.
pub(super) fn mainly(book: &Book<'_>, rival: &RivalFinding) -> String {
    let least = |i: usize| if i == 0 { FIRST } else { SECOND };
    let parts = rival.occasions.iter().enumerate().filter(|(i, part)| part.contribution >= least(*i));
    let told: Vec<String> = parts
        .take(2)
        .map(|(_, part)| format!("{} {}", book.occasion(&part.id).short(), percent(part.contribution)))
        .collect();
    if told.is_empty() && !rival.occasions.is_empty() { "many occasions".to_owned() } else { told.join(", ") }
}

/// A part of the card: its title, its rivals, and how many quotes stand under the first of them.
pub(super) type Block<'b, 'f> = (&'static str, &'b [&'f RivalFinding], &'b [usize]);

/// Tables of rivals whose columns line up with each other. An empty block is left out.
pub(super) fn tables(book: &Book<'_>, blocks: &[Block<'_, '_>], page: &mut Page) {
    let all = || blocks.iter().flat_map(|(_, rivals, _)| rivals.iter());
    let shares = all().any(|r| r.threat.is_some());
    // Counted among what has a row: what is only near the subject has a rank too, and none here.
    let mut ranks: Vec<usize> = all().map(|r| r.rank).collect();
    ranks.sort_unstable();
    let place = |rival: &RivalFinding| ranks.partition_point(|&rank| rank <= rival.rank);
    let rows: Vec<Vec<Text>> = all().map(|r| row(book, r, place(r), shares)).collect();
    let longest =
        blocks.iter().filter(|(_, rivals, _)| !rivals.is_empty()).map(|b| b.0).max_by_key(|title| title.len());
    let table = Table::new(columns(longest.unwrap_or_default(), shares), rows.iter(), page.width());
    let mut rows = rows.iter();
    for (title, rivals, quotes) in blocks.iter().filter(|(_, rivals, _)| !rivals.is_empty()) {
        for line in table.head(title) {
            page.raw(&line);
        }
        for (i, (rival, row)) in rivals.iter().zip(&mut rows).enumerate() {
            page.raw(&table.row(row));
            let most = quotes.get(i).copied().unwrap_or(0);
            for quote in voices::quotes(book, &rival.quotes, most, page.width() - INDENT, page) {
                let mut line = Text::plain(&" ".repeat(INDENT));
                line.append(&quote);
                page.line(&line, INDENT + 1);
            }
        }
    }
}

fn columns(title: &'static str, shares: bool) -> Vec<Column> {
    let name = words(title, 12);
    let (switched, with) = (figure("switched/back"), figure("together").going(2));
    if shares {
        let evidence = Column { right: false, ..figure("evidence") };
        vec![name, words("mainly on", 12), figure("share"), figure("90 % range"), switched, with, evidence.going(1)]
    } else {
        vec![name, switched, figure("better/worse"), figure("either/or").going(1), with]
    }
}

fn row(book: &Book<'_>, rival: &RivalFinding, place: usize, shares: bool) -> Vec<Text> {
    let name = capital(&book.rival_named(&rival.rival, rival.level).both());
    let name = Text::plain(&format!("{place:>2} {name}"));
    let dash = || "–".to_owned();
    let switched = format!("{} / {}", count(rival.switching.to_rival), count(rival.switching.from_rival));
    let mut cells = vec![name];
    let rest = if shares {
        vec![
            mainly(book, rival),
            rival.threat.map_or_else(dash, percent),
            rival.ci90.map_or_else(dash, percent_range),
            switched,
            count(rival.pairing),
            Evidence::of(rival).word().to_owned(),
        ]
    } else {
        let comparing = rival.comparing;
        vec![
            switched,
            format!("{} / {}", count(comparing.rival_better), count(comparing.subject_better)),
            count(comparing.either_or),
            count(rival.pairing),
        ]
    };
    cells.extend(rest.iter().map(|text| Text::plain(text)));
    cells
}

/// Rivals on one line: `baijiu 白酒 11 % · wine 葡萄酒 5 %`.
pub(super) fn short_list(book: &Book<'_>, rivals: &[&RivalFinding], most: usize) -> String {
    let told = rivals.iter().take(most).map(|r| {
        let name = book.rival_named(&r.rival, r.level).both();
        match r.threat {
            Some(share) => format!("{name} {}", percent(share)),
            None => format!("{name} {} / {}", count(r.switching.to_rival), count(r.switching.from_rival)),
        }
    });
    told.collect::<Vec<_>>().join(" · ")
}

/// What is in the denominator but not in the tables.
pub(super) fn rest(book: &Book<'_>, subject: &Subject, shown: &[&RivalFinding]) -> Option<String> {
    let mut parts = Vec::new();
    let left = Unshown::of(subject, &book.rivals(subject), shown);
    if left.ranked.entities > 0 {
        parts.push(format!("{} more that are ranked {}", left.ranked.entities, percent(left.ranked.threat)));
    }
    if left.apart.entities > 0 {
        let named: Vec<String> = left
            .largest
            .iter()
            .map(|of| format!("{} {}", book.rival_named(&of.rival, subject.level).short(), percent(of.threat)))
            .collect();
        let dots = if left.apart.entities > named.len() { " …" } else { "" };
        let named = if named.is_empty() { String::new() } else { format!(" ({}{dots})", named.join(", ")) };
        parts.push(format!(
            "{} that play another part {}{named}, by size alone",
            left.apart.entities,
            percent(left.apart.threat),
        ));
    }
    if let Some(rest) = subject.rest {
        parts.push(format!("{} with too few authors {}", rest.entities, percent(rest.threat)));
    }
    for catch_all in subject.catch_all.iter().take(2) {
        parts.push(format!(
            "{} {}",
            book.rival_named(&catch_all.rival, subject.level).both(),
            percent(catch_all.threat)
        ));
    }
    (!parts.is_empty()).then(|| parts.join(" · "))
}
