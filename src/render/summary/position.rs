//! The position on a card: essence, excitement, competency, customers, contact points.

use super::book::{Book, Names};
use super::figures::{count, counted, percent, times};
use super::ink::{Style, TIE, Text};
use super::page::Page;
use super::voices;
use crate::analyze::findings::{
    CompetencyFinding, ContactPointsFinding, CustomerFinding, CustomersFinding, EssenceFinding, ExcitementFinding,
    Label, Level, ThemeFinding, Verdict,
};
use crate::analyze::parameters::FDR;
use crate::render::parts::SEVERAL;

/// Statements in a row.
const ROW: usize = 4;
/// Authors from which on a stage is told.
const SPOKEN: u64 = 10;
/// Groups whose reasons are told.
const GROUPS: usize = 2;

/// Writes the position of an entity.
pub(super) fn write(book: &Book<'_>, id: &str, level: Level, page: &mut Page) {
    // A brand's lists of rivals are of two levels; its position is one.
    let level = if level == Level::Category { Level::Category } else { Level::Brand };
    let findings = book.findings;
    if let Some(essence) = findings.essence.iter().find(|e| e.of == id && e.level == level) {
        self::essence(book, essence, page);
    }
    if let Some(excitement) = findings.excitement.iter().find(|e| e.of == id && e.level == level) {
        self::excitement(book, excitement, page);
    }
    if let Some(competency) = findings.competency.iter().find(|c| c.of == id && c.level == level)
        && page.has_room_until(2, "what sets it apart")
    {
        self::competency(book, competency, level, page);
    }
    if let Some(customers) = findings.customers.iter().find(|c| c.of == id && c.level == level)
        && page.has_room_until(2, "who speaks")
    {
        self::customers(book, customers, page);
    }
    if let Some(contact) = findings.contact_points.iter().find(|c| c.of == id && c.level == level)
        && page.has_room_until(1, "contact points")
    {
        self::contact_points(book, contact, level, page);
    }
}

fn both(label: &Label) -> String {
    Names { zh: &label.zh, en: &label.en }.both()
}

fn theme(theme: &ThemeFinding) -> String {
    both(&theme.label)
}

/// A heading with its statements, and one quote below.
fn entry(book: &Book<'_>, heading: &str, text: &str, quotes: &[String], page: &mut Page) {
    page.entry(heading, &Text::plain(text));
    quote(book, quotes, page);
}

fn quote(book: &Book<'_>, quotes: &[String], page: &mut Page) {
    for quote in voices::quotes(book, quotes, 1, page.body(), page) {
        page.below(&quote);
    }
}

/// What it is really about, what people talk about, and the steps between.
fn essence(book: &Book<'_>, essence: &EssenceFinding, page: &mut Page) {
    let spoken = format!(
        "{} of the {} who say anything of it speak of more than features and benefits",
        count(essence.authors),
        count(essence.themed_authors)
    );
    let also: Vec<String> = essence
        .also
        .iter()
        .filter(|e| e.authors >= SEVERAL)
        .take(ROW)
        .map(|e| format!("{} {}", both(&e.label), count(e.authors)))
        .collect();
    let named = if also.is_empty() { String::new() } else { format!(": {}", also.join(" · ")) };
    let own = essence.essences.iter().take(ROW);
    let own = own.map(|e| format!("{} ({}, {})", both(&e.label), counted(e.authors, "author"), times(e.lift)));
    let own = own.collect::<Vec<_>>().join(" · ");
    let text = match essence.verdict {
        Verdict::Found => own,
        Verdict::FunctionOnly if !own.is_empty() => {
            format!("none beyond function: {spoken}; what they say most: {own}")
        }
        Verdict::FunctionOnly => format!("none beyond function: {spoken}{named}"),
        Verdict::NothingOfItsOwn => format!("none of its own: {spoken}, as they do of other things{named}"),
        Verdict::InsufficientEvidence => format!("too thin to tell: {spoken}{named}"),
    };
    let quotes: Vec<String> = essence.essences.iter().flat_map(|e| e.quotes.iter().cloned()).collect();
    entry(book, "ESSENCE", &text, &quotes, page);
    let features: Vec<String> = essence
        .talked_about
        .iter()
        .filter(|f| f.authors >= SEVERAL)
        .take(ROW + 1)
        .map(|f| format!("{} {}", both(&f.label), count(f.authors)))
        .collect();
    if !features.is_empty() {
        let text = page.fitting("talked about, not the essence: ", &features);
        page.below(&Text::plain(&text));
    }
    let steps: Vec<String> = essence
        .ladder
        .iter()
        .filter(|step| step.from.is_some())
        .take(ROW)
        .map(|step| format!("{} → {}", step.from.as_ref().map_or_else(String::new, theme), theme(&step.to)))
        .collect();
    if !steps.is_empty() && page.has_room_for("what leads to what") {
        page.below(&Text::plain(&format!("what leads to what: {}", steps.join(" · "))));
    }
}

/// What excites, and what everybody claims.
fn excitement(book: &Book<'_>, excitement: &ExcitementFinding, page: &mut Page) {
    let points: Vec<String> = excitement
        .points
        .iter()
        .take(ROW)
        .map(|p| format!("{} (+{:.2}, {})", theme(&p.theme), p.difference, counted(p.authors, "author")))
        .collect();
    match excitement.verdict {
        Verdict::Found => {
            let quotes: Vec<String> = excitement.points.iter().flat_map(|p| p.quotes.iter().cloned()).collect();
            entry(book, "WHAT EXCITES", &points.join(" · "), &quotes, page);
        }
        Verdict::InsufficientEvidence => {}
        _ if !page.has_room_for("what excites") => {}
        _ => page.entry("WHAT EXCITES", &Text::plain("nothing that is its own stirs people more than the rest")),
    }
    let cliches: Vec<String> = excitement
        .cliches
        .iter()
        .take(ROW + 1)
        .map(|c| format!("{} {}", theme(&c.theme), percent(c.field_share)))
        .collect();
    if !cliches.is_empty() && page.has_room_for("clichés") {
        let text = format!("{} (everybody in the field says it; it stirs nobody)", cliches.join(" · "));
        page.entry("CLICHÉS", &Text::plain(&text));
    }
}

/// What is said of it and not of its rivals.
fn competency(book: &Book<'_>, competency: &CompetencyFinding, level: Level, page: &mut Page) {
    if competency.verdict == Verdict::InsufficientEvidence {
        return;
    }
    let rivals: Vec<String> = competency.against.iter().map(|id| book.rival_named(id, level).short()).collect();
    let distinct: Vec<String> = competency
        .distinctive
        .iter()
        .take(ROW)
        .map(|d| format!("{} {} ({})", theme(&d.theme), percent(d.share), times(d.ratio)))
        .collect();
    let text = match (distinct.is_empty(), page.is_full()) {
        (true, _) => format!("nothing is said more of it than of {}", rivals.join(", ")),
        (false, true) => format!("{} · against {}", distinct.join(" · "), rivals.join(", ")),
        (false, false) => page.fitting("", &distinct),
    };
    page.entry("COMPETENCY", &Text::plain(&text));
    if !page.has_room_for("better and worse than its rivals") {
        return;
    }
    let quotes: Vec<String> = competency.distinctive.iter().flat_map(|d| d.quotes.iter().cloned()).collect();
    quote(book, &quotes, page);
    for (judged, word) in [(&competency.better, "judged better"), (&competency.worse, "judged worse")] {
        let told: Vec<String> = judged
            .iter()
            .take(ROW)
            .map(|j| format!("{} {} : {}", theme(&j.theme), percent(j.quality), percent(j.rivals_quality)))
            .map(|told| told.replace(" : ", &format!("{TIE}:{TIE}")))
            .collect();
        if !told.is_empty() {
            page.below(&Text::plain(&format!("{word} (praise, it : they): {}", told.join(" · "))));
        }
    }
}

/// Who speaks, and what the groups want.
fn customers(book: &Book<'_>, customers: &CustomersFinding, page: &mut Page) {
    let mut sure: Vec<&CustomerFinding> = customers.groups.iter().filter(|g| g.lift.is_sure()).collect();
    sure.sort_by(|a, b| b.authors.cmp(&a.authors).then_with(|| a.id.cmp(&b.id)));
    let told = |group: &&CustomerFinding| {
        let lift = group.lift.value.map_or_else(String::new, |lift| format!(" ({})", times(lift)));
        format!("{} {}{lift}", both(&group.label), count(group.authors))
    };
    let mut largest: Vec<&CustomerFinding> = customers.groups.iter().collect();
    largest.sort_by(|a, b| b.authors.cmp(&a.authors).then_with(|| a.id.cmp(&b.id)));
    let names = |before: &str, groups: &[&CustomerFinding]| {
        page.fitting(before, &groups.iter().take(ROW + 1).map(told).collect::<Vec<_>>())
    };
    let text = match customers.verdict {
        Verdict::Found => names("", &sure),
        _ if largest.is_empty() => return,
        Verdict::InsufficientEvidence => names("too thin to tell: ", &largest),
        _ => names("like everybody else's: ", &largest),
    };
    page.entry("WHO SPEAKS", &Text::plain(&text));
    if !sure.iter().any(|group| !group.motives.is_empty()) || !page.has_room_for("what each group wants") {
        return;
    }
    for group in sure.iter().filter(|g| !g.motives.is_empty()).take(GROUPS) {
        let reason = |role: &str, word: &str| {
            let own: Vec<String> = group
                .motives
                .iter()
                .filter(|m| m.role == role)
                .map(|m| {
                    let lift = m.lift.sure();
                    let lift = lift.map_or_else(String::new, |lift| format!(" ({})", times(lift)));
                    format!("{} {}{lift}", book.motive(&m.id).both(), count(m.authors))
                })
                .collect();
            (!own.is_empty()).then(|| format!("{word} {}", own.join(", ")))
        };
        let reasons: Vec<String> =
            [reason("buy", "come for"), reason("avoid", "leave for"), reason("repeat", "come back for")]
                .into_iter()
                .flatten()
                .collect();
        page.below(&Text::plain(&format!("{}: {}", both(&group.label), reasons.join("; "))));
        // Words that tell a reason as well say more than those that only tell who speaks.
        let wanted = group.motives.iter().max_by_key(|m| (!m.quotes.is_empty(), m.lift.sure().is_some(), m.authors));
        quote(book, wanted.map(|m| &m.quotes).filter(|quotes| !quotes.is_empty()).unwrap_or(&group.quotes), page);
    }
}

/// The way from hearing of it to buying again.
fn contact_points(book: &Book<'_>, contact: &ContactPointsFinding, level: Level, page: &mut Page) {
    if contact.verdict == Verdict::InsufficientEvidence {
        return;
    }
    let full = page.is_full();
    let stages: Vec<String> = contact
        .stages
        .iter()
        .filter(|stage| stage.authors >= SPOKEN && (full || stage.gap.is_some_and(|gap| gap.q < FDR)))
        .map(|stage| {
            let gap = stage.gap.filter(|gap| gap.q < FDR);
            let sign = gap.map_or("", |gap| if gap.gap > 0.0 { "▲" } else { "▼" });
            format!("{} {}{sign} of {}", both(&stage.label), percent(stage.quality), count(stage.authors))
        })
        .collect();
    let text = format!("{} (share of praise; ▲▼ clearly above or below its field)", stages.join(" · "));
    if !stages.is_empty() {
        page.entry("CONTACT POINTS", &Text::plain(&text));
    }
    if !page.has_room_for("contact points one by one") {
        return;
    }
    let weak = contact.stages.iter().filter(|s| s.gap.is_some_and(|g| g.q < FDR && g.gap < 0.0));
    for stage in weak.take(GROUPS) {
        let complaints: Vec<String> = stage
            .complaints
            .iter()
            .map(|c| format!("{} {}", book.motive(&c.motive).both(), count(c.authors)))
            .collect();
        if !complaints.is_empty() {
            page.below(&Text::plain(&format!("weak at {}: {}", both(&stage.label), complaints.join(", "))));
            let quotes: Vec<String> = stage.complaints.iter().flat_map(|c| c.quotes.iter().cloned()).collect();
            quote(book, &quotes, page);
        }
    }
    for point in contact.attackable.iter().take(GROUPS) {
        let why: Vec<String> = point
            .complaints
            .iter()
            .map(|c| format!("{} {}", book.motive(&c.motive).both(), count(c.authors)))
            .collect();
        let text = format!(
            "to attack: {} at {}, {} of praise where its field has {}{}",
            book.rival_named(&point.rival, level).both(),
            book.stage(&point.stage).both(),
            percent(point.quality),
            percent(point.field_quality),
            if why.is_empty() { String::new() } else { format!(" ({})", why.join(", ")) }
        );
        page.below(&Text::plain(&text));
    }
    if contact.lever.stages > 1 {
        let text = format!(
            "10 % more at each of {} stages is {} in the end",
            contact.lever.stages,
            times(contact.lever.together)
        );
        page.below(&Text::default().with(Style::Dim, &text));
    }
}
