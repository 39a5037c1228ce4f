//! Who owns which occasion: entities by occasions, colored by how far each is from the market.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::analyze::findings::{EntityFinding, Level, OccasionFinding, Standing};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::THIN;
use crate::render::report::edition::Edition;

/// Columns, and rows per level.
const OCCASIONS: usize = 12;
const ROWS: usize = 40;

/// The chapter; nothing where no entity is ranked.
pub(in crate::render::report) fn write(edition: &Edition<'_>) -> Option<Chapter> {
    let tables: Vec<(Level, Vec<&EntityFinding>)> = [Level::Category, Level::Brand]
        .into_iter()
        .map(|level| (level, rows(edition, level)))
        .filter(|(_, rows)| !rows.is_empty())
        .collect();
    if tables.is_empty() {
        return None;
    }
    let body = html! {
        @for (level, rows) in &tables { (table(edition, *level, rows)) }
        (legend(edition))
    };
    let gist = edition.say(
        "每格是该场合在它的消费者里的占比；颜色是与市场相比：蓝色高于市场，褐色低于市场，只有可靠的差别才上色。虚线格不足10位作者。",
        "Each cell is the occasion's share among its consumers; the color compares with the market: blue above, brown below, and only sure differences are colored. Dashed cells rest on fewer than ten authors.",
    );
    let title = edition.say("谁占住了哪个场合", "Who owns which occasion");
    Some(chapter("heat", title, edition.say("场合地图", "Heat map"), gist, body))
}

/// The rows of a level: those in focus and their rivals first, then by authors. Beside an entity in focus only brands of its field say
/// something.
fn rows<'a>(edition: &Edition<'a>, level: Level) -> Vec<&'a EntityFinding> {
    let findings = edition.findings();
    let first: Vec<&str> = findings
        .subjects
        .iter()
        .filter(|s| s.focus)
        .map(|s| s.of.as_str())
        .chain(
            findings
                .rivals
                .iter()
                .filter(|r| r.level == level && !edition.book.focus().is_empty())
                .map(|r| r.rival.as_str()),
        )
        .collect();
    let sectors: Vec<&str> =
        edition.book.focus().iter().filter_map(|id| edition.book.entity(id)).map(|e| e.sector.as_str()).collect();
    let belongs = |e: &EntityFinding| {
        level == Level::Category
            || sectors.is_empty()
            || sectors.contains(&e.sector.as_str())
            || first.contains(&e.id.as_str())
    };
    let place = |e: &EntityFinding| first.iter().position(|id| *id == e.id).unwrap_or(first.len());
    let mut rows: Vec<&EntityFinding> = findings
        .entities
        .iter()
        .filter(|e| e.level == level && e.standing == Standing::Ranked && !e.occasions.is_empty())
        .filter(|e| belongs(e))
        .collect();
    rows.sort_by_key(|e| place(e));
    rows.truncate(ROWS);
    rows
}

/// The occasions of most authors over some rows.
fn columns<'a>(rows: &[&'a EntityFinding]) -> Vec<&'a str> {
    let mut sizes: BTreeMap<&str, u64> = BTreeMap::new();
    for (i, entity) in rows.iter().enumerate() {
        for occasion in &entity.occasions {
            // What the first row is about stands in the table even where few others share it.
            let weight = if i == 0 { 4 } else { 1 };
            *sizes.entry(&occasion.id).or_default() += weight * occasion.authors;
        }
    }
    let mut order: Vec<(&str, u64)> = sizes.into_iter().collect();
    order.sort_by_key(|(id, size)| (std::cmp::Reverse(*size), *id));
    order.into_iter().take(OCCASIONS).map(|(id, _)| id).collect()
}

fn table(edition: &Edition<'_>, level: Level, rows: &[&EntityFinding]) -> Markup {
    let columns = columns(rows);
    let (title, id) = match level {
        Level::Category => (edition.say("品类 × 场合", "Categories × occasions"), "heat-category"),
        _ => (edition.say("品牌 × 场合", "Brands × occasions"), "heat-brand"),
    };
    html! {
        h3 { (title) }
        form class="filters" data-for=(id) {
            label {
                (edition.say("查找", "Search"))
                input type="search" name="text" placeholder=(edition.say("名称…", "name …")) autocomplete="off";
            }
            output { }
        }
        div class="scroll" tabindex="0" role="region" aria-label=(title) {
            table class="heat sortable" {
                thead {
                    tr {
                        th scope="col" { (edition.say("名称", "Name")) }
                        th scope="col" class="number" { (edition.say("作者", "Authors")) }
                        @for occasion in &columns { th scope="col" class="number" { (capital(&edition.occasion(occasion))) } }
                    }
                }
                tbody id=(id) {
                    @for entity in rows {
                        tr class=[focus(edition, entity).then_some("focus")] {
                            th scope="row" { (capital(&edition.entity(entity))) }
                            td class="number" data-v=(entity.authors) { (count(entity.authors)) }
                            @for occasion in &columns {
                                (cell(edition, entity.occasions.iter().find(|o| o.id == *occasion)))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn focus(edition: &Edition<'_>, entity: &EntityFinding) -> bool {
    edition
        .findings()
        .subjects
        .iter()
        .any(|s| s.focus && s.of == entity.id && (s.level == Level::Category) == (entity.level == Level::Category))
}

fn cell(edition: &Edition<'_>, occasion: Option<&OccasionFinding>) -> Markup {
    let Some(o) = occasion else { return html! { td class="cell" data-v="0" { "·" } } };
    let thin = if o.authors < THIN { " thin" } else { "" };
    let title = format!(
        "{}{}{}",
        edition.authors(o.authors),
        o.lift.value.map(|l| format!(" · {}", times(l))).unwrap_or_default(),
        o.lift
            .q
            .map(|q| format!(" · q {}", crate::render::report::chapters::rivalry::rivals::q(q)))
            .unwrap_or_default()
    );
    html! {
        td class={ "cell " (shade(o)) (thin) } data-v=(o.share) title=(title) {
            @if o.quotes.is_empty() { (edition.percent(o.share)) }
            @else { @for id in o.quotes.iter().take(1) { a href={ "#" (id) } { (edition.percent(o.share)) } } }
        }
    }
}

/// How far from the market; nothing where it is not sure.
fn shade(o: &OccasionFinding) -> &'static str {
    match o.lift.sure() {
        Some(lift) => match lift {
            l if l >= 3.0 => "over3",
            l if l >= 1.7 => "over2",
            l if l > 1.0 => "over1",
            l if l <= 1.0 / 3.0 => "under3",
            l if l <= 1.0 / 1.7 => "under2",
            _ => "under1",
        },
        _ => "even",
    }
}

fn legend(edition: &Edition<'_>) -> Markup {
    let steps = [
        ("under3", "≤ ×0.3"),
        ("under2", "≤ ×0.6"),
        ("under1", "< ×1"),
        ("even", edition.say("与市场无可靠差别", "no sure difference")),
        ("over1", "> ×1"),
        ("over2", "≥ ×1.7"),
        ("over3", "≥ ×3"),
    ];
    html! {
        ul class="legend heat-legend" {
            @for (class, text) in steps { li { span class={ "swatch " (class) } {} (text) } }
            li { span class="swatch thin" {} (edition.say("不足10位作者", "fewer than ten authors")) }
        }
    }
}
