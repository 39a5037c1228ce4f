//! The market at one glance, where nobody asked for one entity.

use super::book::{Book, capital};
use super::figures::{count, percent, percent_range};
use super::ink::{Style, Text};
use super::page::Page;
use super::remarks;
use super::rivals::{Evidence, Parts, mainly, said};
use super::table::{Column, Table, figure, words};
use crate::analyze::findings::{EntityFinding, Level, RivalFinding, Standing};
use crate::render::parts::unexpected;

/// Categories and brands shown.
const ROWS: [(Level, &str, usize); 2] = [(Level::Category, "CATEGORIES", 10), (Level::Brand, "BRANDS", 8)];
/// Pairs shown that nobody expects.
const PAIRS: usize = 3;

/// Writes the overview.
pub(super) fn write(book: &Book<'_>, page: &mut Page) {
    header(book, page);
    remarks::frame(book, page);
    page.blank();
    let mut any = false;
    for (level, title, most) in ROWS {
        any |= table(book, level, title, most, page);
    }
    if !any {
        page.entry("ANSWER", &Text::plain(&nothing(book)));
    }
    nobody_expects(book, page);
    let thin = book.findings.entities.iter().filter(|e| e.standing == Standing::InsufficientEvidence).count();
    if thin > 0 {
        let text = format!("{} more are spoken of by too few authors to be ranked", count(thin as u64));
        page.entry("TOO THIN", &Text::plain(&text));
    }
    remarks::careful(book, &[], page);
}

fn header(book: &Book<'_>, page: &mut Page) {
    let mut head = Text::bold("All posts");
    for part in remarks::when(book).into_iter().chain([remarks::rows(book)]) {
        head.push(Style::Plain, &format!(" · {part}"));
    }
    page.line(&head, 2);
    let mut parts = vec![remarks::speakers(book)];
    parts.extend(remarks::platforms(book));
    let coverage = &book.findings.coverage;
    if let (Some(entity), Some(occasion)) = (coverage.entity, coverage.occasion) {
        parts.push(format!("{} name a thing, {} an occasion", percent(entity), percent(occasion)));
    }
    page.line(&Text::plain(&parts.join(" · ")), 2);
}

/// Why there is no table.
fn nothing(book: &Book<'_>) -> String {
    let most = book.findings.entities.iter().max_by_key(|e| (e.authors, std::cmp::Reverse(&e.id)));
    match most {
        Some(entity) => format!(
            "Nothing can be ranked: the most spoken of, {}, has {} of the {} authors needed.",
            book.rival_named(&entity.id, entity.level).both(),
            count(entity.authors),
            count(book.findings.meta.parameters.gate_authors)
        ),
        None => "No consumer post names a category or brand of the lexicons: `rival explain --text` shows how a post is read."
            .to_owned(),
    }
}

/// The entities of a level with their first rival; false where there is none.
fn table(book: &Book<'_>, level: Level, title: &'static str, most: usize, page: &mut Page) -> bool {
    let ranked = book.findings.entities.iter().filter(|e| e.level == level && e.standing == Standing::Ranked);
    let entities: Vec<&EntityFinding> = ranked.take(most).collect();
    let rows: Vec<Vec<Text>> = entities.iter().map(|entity| row(book, entity)).collect();
    if rows.is_empty() {
        return false;
    }
    let evidence = Column { right: false, ..figure("evidence") };
    let columns = vec![
        words(title, 12),
        figure("authors"),
        words("first rival", 12),
        figure("share"),
        figure("90 % range").going(2),
        words("mainly on", 12),
        evidence.going(1),
    ];
    let table = Table::new(columns, rows.iter(), page.width());
    for line in table.head(title).into_iter().chain(rows.iter().map(|row| table.row(row))) {
        page.raw(&line);
    }
    page.blank();
    true
}

fn row(book: &Book<'_>, entity: &EntityFinding) -> Vec<Text> {
    let name = capital(&book.rival_named(&entity.id, entity.level).both());
    let dash = || "–".to_owned();
    let first = first_rival(book, entity);
    let cells = match first {
        Some(rival) => [
            book.rival_named(&rival.rival, rival.level).both(),
            rival.threat.map_or_else(|| format!("{} say", count(said(rival))), percent),
            rival.ci90.map_or_else(dash, percent_range),
            mainly(book, rival),
            Evidence::of(rival).word().to_owned(),
        ],
        None => [dash(), dash(), dash(), String::new(), String::new()],
    };
    let mut row = vec![Text::plain(&name), Text::plain(&count(entity.authors))];
    row.extend(cells.iter().map(|cell| Text::plain(cell)));
    row
}

/// The greatest threat that is no complement, where one plays the part.
fn first_rival<'f>(book: &Book<'f>, entity: &EntityFinding) -> Option<&'f RivalFinding> {
    let subject = book.findings.subjects.iter().find(|s| s.of == entity.id && s.level == entity.level)?;
    Parts::of(&book.rivals(subject)).first()
}

/// The pairs that the shelf would least suggest.
fn nobody_expects(book: &Book<'_>, page: &mut Page) {
    let mut pairs: Vec<&RivalFinding> = book.findings.rivals.iter().filter(|r| unexpected(r)).collect();
    let bits = |r: &RivalFinding| r.non_obvious.unwrap_or(0.0);
    pairs.sort_by(|a, b| bits(b).total_cmp(&bits(a)).then_with(|| (&a.of, &a.rival).cmp(&(&b.of, &b.rival))));
    for (i, pair) in pairs.iter().take(PAIRS).enumerate() {
        let (of, rival) = (book.named(&pair.of).both(), book.rival_named(&pair.rival, pair.level).both());
        let share = pair.threat.map(|share| format!(" {}", percent(share))).unwrap_or_default();
        let mainly = mainly(book, pair);
        let on = if mainly.is_empty() { String::new() } else { format!(" ({mainly})") };
        let text = Text::plain(&format!("{of} loses to {rival}{share}{on}"));
        if i == 0 { page.entry("NOBODY EXPECTS", &text) } else { page.below(&text) }
    }
}
