//! The card of one entity: one screen, or all that is known (`--full`).

use super::answer::answer;
use super::book::Book;
use super::figures::{count, counted, percent, times};
use super::ink::{TIE, Text};
use super::page::Page;
use super::remarks;
use super::rivals::{self, Parts};
use super::trust;
use super::voices;
use crate::analyze::findings::{EntityFinding, Kinship, Level, Lift, MotiveFinding, RivalFinding, Subject};
use crate::render::parts::SEVERAL;

/// Part of the subject's occasions from which one is told.
const TOLD: f64 = 0.01;
/// Rivals in the two tables together.
const ROWS: usize = 6;
/// Of what is only near it.
const NEAR: usize = 3;
/// The share from which on it is worth a word.
const WORTH: f64 = 0.01;
/// Rivals in a short list.
const SHORT: usize = 5;
/// Motives and occasions in a row.
const ROW: usize = 4;

/// Writes the card of an entity.
pub(super) fn write(book: &Book<'_>, id: &str, page: &mut Page) {
    page.begin();
    let subjects = book.subjects(id);
    header(book, id, subjects.first().copied(), page);
    remarks::frame(book, page);
    page.blank();
    let Some((&main, more)) = subjects.split_first() else {
        let text = format!("No consumer post speaks of {}: nothing to say.", book.phrase(id));
        page.entry("ANSWER", &Text::plain(&text));
        return;
    };
    let parts = Parts::of(&book.rivals(main));
    page.entry("ANSWER", &Text::plain(&answer(book, main, &parts)));
    page.blank();
    let mut shown = tables(book, &parts, page);
    // On one screen only where nothing else stands there.
    if page.is_full() || shown.is_empty() {
        shown.extend(near(book, &parts, page));
    }
    if let Some(rest) = rivals::rest(book, main, &shown) {
        page.entry("NOT IN THE TABLE", &Text::plain(&rest));
    }
    said(book, main, page);
    for other in more {
        other_level(book, other, page);
    }
    partners(book, &parts.partners, page);
    lost(book, id, page);
    if let Some(entity) = book.subject_entity(id, main.level) {
        motives(book, entity, page);
        occasions(book, entity, page);
    }
    super::space::write(book, main, page);
    super::position::write(book, id, main.level, page);
    super::groups::write(book, main, page);
    remarks::too_thin(book, main, page);
    trust::read_by_hand(book, id, main.level, &book.findings.rivals, page);
    remarks::careful(book, &[id], page);
}

/// What it is, when, how many rows and authors.
fn header(book: &Book<'_>, id: &str, subject: Option<&Subject>, page: &mut Page) {
    let names = subject.map_or_else(
        || book.named(id),
        |s| match book.subject_entity(id, s.level) {
            Some(entity) => super::book::Names { zh: &entity.label.zh, en: &entity.label.en },
            None => book.named(id),
        },
    );
    let mut head = Text::bold(&names.title());
    for part in remarks::when(book).into_iter().chain([remarks::rows(book)]) {
        head.push(super::ink::Style::Plain, &format!(" · {part}"));
    }
    page.line(&head, 2);
    let mut parts = Vec::new();
    if let Some(subject) = subject {
        parts.push(format!(
            "{} of {} speak of it",
            count(subject.authors),
            counted(book.findings.meta.authors, "author")
        ));
    }
    parts.extend(remarks::platforms(book));
    if let Some(known) = subject.and_then(|s| s.occasion_known) {
        parts.push(format!("occasion known for {} of them", percent(known)));
    }
    if !parts.is_empty() {
        page.line(&Text::plain(&parts.join(" · ")), 2);
    }
}

/// The two tables: what the user has not on the list, and the rest; all rivals that are named there.
fn tables<'f>(book: &Book<'_>, parts: &Parts<'f>, page: &mut Page) -> Vec<&'f RivalFinding> {
    let (mut unexpected, mut others) = (parts.unexpected.clone(), parts.others.clone());
    let rows = ROWS - page.brevity().saturating_sub(1);
    for rivals in [&mut unexpected, &mut others] {
        // Without shares only those of whom somebody says something are worth a row.
        rivals.retain(|r| r.threat.is_some() || rivals::said(r) > 0);
    }
    if !book.findings.meta.parameters.known.is_empty() {
        // All that is not on the list, what surprises first.
        unexpected.append(&mut others);
        unexpected.truncate(rows - 1);
        rivals::tables(book, &[("NOT ON YOUR LIST", &unexpected, &[2, 1, 1, 1])], page);
        on_the_list(book, &parts.known, page);
        unexpected.extend(&parts.known);
        return unexpected;
    }
    unexpected.truncate(rows / 2);
    others.truncate(rows - unexpected.len());
    let brief = page.brevity();
    let of_others: &'static [usize] = if unexpected.is_empty() { &[2, 1, 1] } else { &[1, 1] };
    let quotes = |all: &'static [usize]| all.get(..all.len().saturating_sub(brief)).unwrap_or_default();
    let blocks = [
        ("RIVALS NOBODY EXPECTS", unexpected.as_slice(), quotes(&[2, 1])),
        ("RIVALS", others.as_slice(), quotes(of_others)),
    ];
    rivals::tables(book, &blocks, page);
    unexpected.append(&mut others);
    unexpected
}

/// What is only near it: on the same occasions, in another part, and hardly anybody says that one replaces the other.
fn near<'f>(book: &Book<'_>, parts: &Parts<'f>, page: &mut Page) -> Vec<&'f RivalFinding> {
    let worth = |r: &&RivalFinding| r.threat.is_some_and(|threat| threat >= WORTH);
    let near: Vec<&RivalFinding> = parts.near.iter().copied().filter(worth).take(NEAR).collect();
    let told = near.iter().map(|r| {
        let on = rivals::mainly(book, r);
        let on = if on.is_empty() { on } else { format!(" ({on})") };
        format!("{} {}{on}", book.rival_named(&r.rival, r.level).both(), percent(r.threat.unwrap_or(0.0)))
    });
    let told: Vec<String> = told.collect();
    if !told.is_empty() {
        let text = format!("on the same occasions, not shown to replace it: {}", told.join(" · "));
        page.entry("ONLY NEAR IT", &Text::plain(&text));
    }
    near
}

/// The user's own list, and which of it nobody takes instead.
fn on_the_list(book: &Book<'_>, known: &[&RivalFinding], page: &mut Page) {
    let (apart, rivals): (Vec<&RivalFinding>, Vec<&RivalFinding>) =
        known.iter().copied().partition(|r| r.relation == Kinship::Complement);
    let mut text = rivals::short_list(book, &rivals, SHORT);
    if !apart.is_empty() {
        let names: Vec<String> = apart.iter().map(|r| book.rival_named(&r.rival, r.level).both()).collect();
        let gap = if text.is_empty() { "" } else { "; " };
        text.push_str(&format!("{gap}no rival by what people say: {}", names.join(", ")));
    }
    if text.is_empty() {
        text.push_str("none of it can be ranked here");
    }
    page.entry("ON YOUR LIST", &Text::plain(&text));
}

/// What people say, where nothing can be ranked.
fn said(book: &Book<'_>, subject: &Subject, page: &mut Page) {
    // With a list of rivals their table tells it already.
    if !book.rivals(subject).is_empty() {
        return;
    }
    for (i, said) in subject.said.iter().take(ROWS).enumerate() {
        let name = book.rival_named(&said.rival, subject.level).both();
        let how = match said.relation {
            "instead_of" => "taken instead by",
            "better_than" => "called better by",
            "either_or" => "weighed against it by",
            _ => "taken together with it by",
        };
        let text = Text::plain(&format!("{name} {how} {}", counted(said.authors, "author")));
        if i == 0 {
            page.entry("WHAT PEOPLE SAY", &text)
        } else {
            page.below(&text)
        }
        for quote in voices::quotes(book, &said.quotes, 1, page.body(), page) {
            page.below(&quote);
        }
    }
}

/// A list of another level, on one line.
fn other_level(book: &Book<'_>, subject: &Subject, page: &mut Page) {
    let parts = Parts::of(&book.rivals(subject));
    let mut all: Vec<&RivalFinding> = [parts.unexpected, parts.others, parts.known].concat();
    all.sort_by_key(|r| r.rank);
    let heading = match subject.level {
        Level::Category => "AMONG CATEGORIES",
        Level::Brand => "AMONG BRANDS",
        Level::Cross => "TO OTHER CATEGORIES",
    };
    if !all.is_empty() {
        page.entry(heading, &Text::plain(&rivals::short_list(book, &all, SHORT)));
    }
}

/// What is taken together with it.
fn partners(book: &Book<'_>, partners: &[&RivalFinding], page: &mut Page) {
    let told: Vec<String> = partners
        .iter()
        .take(SHORT)
        .map(|r| {
            let name = book.rival_named(&r.rival, r.level).both();
            let instead = r.switching.to_rival + r.switching.from_rival;
            format!("{name} ({}{TIE}×{TIE}with, {}{TIE}×{TIE}instead)", count(r.pairing), count(instead))
        })
        .collect();
    if !told.is_empty() {
        let text = page.fitting("taken together: ", &told);
        page.entry("NOT RIVALS", &Text::plain(&text));
    }
}

/// Those who left for nothing.
fn lost(book: &Book<'_>, id: &str, page: &mut Page) {
    let Some(lost) = book.outside(id) else { return };
    let text =
        format!("{}, {} of its authors (not in the shares)", counted(lost.authors, "author"), percent(lost.share));
    page.entry("LOST TO NOTHING", &Text::plain(&text));
    for quote in voices::quotes(book, &lost.quotes, 1, page.body(), page) {
        page.below(&quote);
    }
}

/// Why they buy, why not, why again.
fn motives(book: &Book<'_>, entity: &EntityFinding, page: &mut Page) {
    for (role, heading) in [("buy", "WHY THEY COME"), ("avoid", "WHY THEY LEAVE"), ("repeat", "WHY THEY COME BACK")] {
        let several = |m: &&MotiveFinding| m.role == role && m.authors >= SEVERAL;
        let own: Vec<&MotiveFinding> = entity.motives.iter().filter(several).take(ROW).collect();
        let told: Vec<String> =
            own.iter().map(|m| format!("{} {}{}", book.motive(&m.id).both(), count(m.authors), lift(m.lift))).collect();
        if told.is_empty() {
            continue;
        }
        page.list(heading, &told);
        // Why they leave is what a rival lives on.
        if !page.is_full() && role != "avoid" {
            continue;
        }
        let quoted = own.iter().find(|m| !m.quotes.is_empty());
        for quote in quoted.map(|m| voices::quotes(book, &m.quotes, 1, page.body(), page)).unwrap_or_default() {
            page.below(&quote);
        }
    }
}

/// Where it is at home.
fn occasions(book: &Book<'_>, entity: &EntityFinding, page: &mut Page) {
    let told: Vec<String> = entity
        .occasions
        .iter()
        // Many may name it in passing where hardly anybody takes the thing.
        .filter(|o| o.share >= TOLD)
        .take(ROW + 1)
        .map(|o| format!("{} {}{}", book.occasion(&o.id).both(), percent(o.share), lift(o.lift)))
        .collect();
    page.list("OCCASIONS", &told);
}

/// ` (×1.8)`, against the market, where the difference is sure.
fn lift(lift: Lift) -> String {
    lift.sure().map_or_else(String::new, |lift| format!(" ({})", times(lift)))
}
