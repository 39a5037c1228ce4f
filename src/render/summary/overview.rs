//! The market at one glance, where nobody asked for one entity: who takes from whom and, where that cannot be told, what can.

use super::book::{Book, capital};
use super::figures::{count, percent, percent_range};
use super::ink::{Style, Text};
use super::page::Page;
use super::remarks;
use super::rivals::{Evidence, Parts, mainly, said};
use super::table::{Column, Table, figure, words};
use crate::analyze::findings::{EntityFinding, Level, RivalFinding, Standing};
use crate::render::parts::{said_motive, telling_occasion, unexpected};

/// Categories and brands shown.
const ROWS: [(Level, &str, usize); 2] = [(Level::Category, "CATEGORIES", 10), (Level::Brand, "BRANDS", 8)];
/// Entities of a level of which something is told, though not who takes from them.
const SPOKEN: [usize; 2] = [8, 4];
/// Pairs shown that nobody expects.
const PAIRS: usize = 3;

/// Writes the overview.
pub(super) fn write(book: &Book<'_>, page: &mut Page) {
    header(book, page);
    remarks::frame(book, page);
    page.blank();
    let ranked = |level: Level| -> Vec<Row<'_>> {
        let ranked = book.findings.entities.iter().filter(|e| e.level == level && e.standing == Standing::Ranked);
        ranked.map(|entity| Row { entity, first: first_rival(book, entity) }).collect()
    };
    let levels = ROWS.map(|(level, title, most)| (title, most, ranked(level)));
    let all = || levels.iter().flat_map(|(_, _, rows)| rows);
    if all().all(|row| row.first.is_none()) {
        let text = if all().next().is_some() { no_rivals(book) } else { nothing(book) };
        page.entry("ANSWER", &Text::plain(&text));
        page.blank();
    }
    for (title, most, rows) in &levels {
        rivals_table(book, title, rows.iter().filter(|row| row.first.is_some()).take(*most), page);
    }
    for ((title, _, rows), most) in levels.iter().zip(SPOKEN) {
        let with = rows.iter().any(|row| row.first.is_some());
        // Only the most spoken of are looked at here: of the others, a card of their own may tell more.
        let title = match *title {
            "BRANDS" if with => "BRANDS, NO RIVAL TOLD",
            _ if with => "NO RIVAL TOLD",
            title => title,
        };
        let brief = page.brevity() * 2;
        let without = rows.iter().filter(|row| row.first.is_none());
        spoken_table(book, title, without.take(most.saturating_sub(brief)), page);
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

/// Why nothing is told of rivals, and what is.
fn no_rivals(book: &Book<'_>) -> String {
    let why = if book.findings.frame.shares_given {
        "nothing that could replace another has enough authors, and hardly anybody says what they chose instead"
    } else {
        "shares would measure the query, and hardly anybody says what they chose instead"
    };
    format!(
        "Who takes from whom cannot be told from these posts: {why}. When each is taken, and what it is praised and blamed for, can:"
    )
}

/// An entity with its first rival.
struct Row<'f> {
    entity: &'f EntityFinding,
    first: Option<&'f RivalFinding>,
}

/// The entities of a level that have a first rival.
fn rivals_table<'r, 'f: 'r>(
    book: &Book<'_>,
    title: &'static str,
    told: impl Iterator<Item = &'r Row<'f>>,
    page: &mut Page,
) {
    let rows: Vec<Vec<Text>> = told.filter_map(|row| Some(cells(book, row.entity, row.first?))).collect();
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
    lines(title, columns, &rows, page);
}

/// The entities of a level of which nobody says who takes from them: when they are taken, and what is said of them.
fn spoken_table<'r, 'f: 'r>(
    book: &Book<'_>,
    title: &'static str,
    told: impl Iterator<Item = &'r Row<'f>>,
    page: &mut Page,
) {
    let rows: Vec<Vec<Text>> = told.map(|row| spoken(book, row.entity)).collect();
    let columns = vec![
        words(title, 12),
        figure("authors"),
        words("mainly on", 12),
        words("praised for", 12),
        words("blamed for", 12).going(1),
    ];
    lines(title, columns, &rows, page);
}

/// A table, where it has a row.
fn lines(title: &'static str, columns: Vec<Column>, rows: &[Vec<Text>], page: &mut Page) {
    if rows.is_empty() {
        return;
    }
    let table = Table::new(columns, rows.iter(), page.width());
    for line in table.head(title).into_iter().chain(rows.iter().map(|row| table.row(row))) {
        page.raw(&line);
    }
    page.blank();
}

fn cells(book: &Book<'_>, entity: &EntityFinding, rival: &RivalFinding) -> Vec<Text> {
    let told = [
        capital(&book.rival_named(&entity.id, entity.level).both()),
        count(entity.authors),
        book.rival_named(&rival.rival, rival.level).both(),
        rival.threat.map_or_else(|| format!("{} say", count(said(rival))), percent),
        rival.ci90.map_or_else(|| "–".to_owned(), percent_range),
        mainly(book, rival),
        Evidence::of(rival).word().to_owned(),
    ];
    told.iter().map(|cell| Text::plain(cell)).collect()
}

fn spoken(book: &Book<'_>, entity: &EntityFinding) -> Vec<Text> {
    let occasion = telling_occasion(entity);
    let motive = |role: &str| {
        let most = said_motive(entity, role);
        most.map_or_else(|| "–".to_owned(), |m| format!("{} {}", count(m.authors), book.motive(&m.id).short()))
    };
    let told = [
        capital(&book.rival_named(&entity.id, entity.level).both()),
        count(entity.authors),
        occasion.map_or_else(|| "–".to_owned(), |o| format!("{} {}", percent(o.share), book.occasion(&o.id).short())),
        motive("buy"),
        motive("avoid"),
    ];
    told.iter().map(|cell| Text::plain(cell)).collect()
}

/// The greatest threat that is no complement, where one plays the part; where shares are withheld, one whom several people name.
fn first_rival<'f>(book: &Book<'f>, entity: &EntityFinding) -> Option<&'f RivalFinding> {
    let subject = book.findings.subjects.iter().find(|s| s.of == entity.id && s.level == entity.level)?;
    Parts::of(&book.rivals(subject)).leading(subject)
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
