//! What changed from one period to the next: small charts of what is followed, a table of what is more than chance.

use std::collections::BTreeSet;

use maud::{Markup, html};

use crate::analyze::findings::ChangeFinding;
use crate::render::book::capital;
use crate::render::figures::{count, signed};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::panels::{Panel, panels};
use crate::render::report::chapters::sortable;
use crate::render::report::chart::lines::{Line, Point, top};
use crate::render::report::edition::Edition;

/// Changes told, and figures drawn.
const SHOWN: usize = 20;
const DRAWN: usize = 9;

/// The chapter of an entity in focus; nothing without periods.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let all: Vec<&ChangeFinding> = edition.findings().space.changes.iter().filter(|c| c.of == id).collect();
    if all.is_empty() {
        return None;
    }
    let name = edition.phrase(id);
    let sure: Vec<&ChangeFinding> = all.iter().copied().filter(|c| c.significant).take(SHOWN).collect();
    let drawn = followed(&all);
    let periods = periods(&all);
    let charts: Vec<Panel> = drawn.iter().map(|figure| panel(edition, figure, &periods)).collect();
    let columns = [
        sortable::words(edition.say("什么变了", "what changed")),
        sortable::words(edition.say("时期", "periods")),
        sortable::numbers(edition.say("之前", "before")),
        sortable::numbers(edition.say("之后", "after")),
        sortable::numbers(edition.say("差（百分点）", "difference, points")),
        sortable::numbers(edition.say("作者", "authors")),
    ];
    let rows = |told: &[&ChangeFinding]| html! { @for change in told { (row(edition, change)) } };
    let body = html! {
        @if sure.is_empty() {
            p class="none" { (edition.say("没有超出偶然的变化。", "No change that could not be chance.")) }
        }
        (panels(&charts, &periods, |share| edition.percent(share)))
        @if !sure.is_empty() {
            h3 { (edition.say("不太可能是偶然的变化", "Changes that are hardly chance")) }
            (sortable::table(edition.say("变化", "Changes"), &columns, &rows(&sure)))
        }
        (sortable::folded(edition.say("表：图里的每一步", "Table: every step of the charts"), &columns, &rows(&drawn.concat()), None))
    };
    let title = match edition.language {
        Language::Zh => format!("{name}：什么在变"),
        Language::En => format!("{}: what changes", name.capital()),
    };
    let gist = edition.say(
        "每张小图是一个数字逐期的走势，平台构成保持不变；竖线是这一步变化的90%区间，粗线是不太可能是偶然的一步（q < 0.10）。每一步只比较两期都有的平台，所以两步之间可能接不上。",
        "Each small chart is one figure from period to period, with the mix of platforms held constant. The upright line is the 90 % range of a step; a strong line is hardly chance (q < 0.10). A step compares the platforms that both periods have, so two steps need not join.",
    );
    Some(chapter(anchor, &title, edition.say("变化", "Changes"), gist, body))
}

/// The periods in the order of time: their names sort so.
fn periods(all: &[&ChangeFinding]) -> Vec<String> {
    let names: BTreeSet<&String> = all.iter().flat_map(|c| [&c.from, &c.to]).collect();
    names.into_iter().cloned().collect()
}

/// The steps of each figure in the order of time: figures that changed first, then the share of voice and the rest as they come.
fn followed<'f>(all: &[&'f ChangeFinding]) -> Vec<Vec<&'f ChangeFinding>> {
    let key = |c: &ChangeFinding| (c.figure, c.id.clone(), c.motive.clone());
    let mut figures: Vec<Vec<&ChangeFinding>> = Vec::new();
    for &change in all {
        match figures.iter_mut().find(|steps| steps.first().is_some_and(|first| key(first) == key(change))) {
            Some(steps) => steps.push(change),
            None => figures.push(vec![change]),
        }
    }
    for steps in &mut figures {
        steps.sort_by(|a, b| a.from.cmp(&b.from));
    }
    let least_q = |steps: &[&ChangeFinding]| steps.iter().map(|c| c.q).fold(1.0, f64::min);
    let changed = |steps: &[&ChangeFinding]| steps.iter().any(|c| c.significant);
    let voice = |steps: &[&ChangeFinding]| steps.first().is_some_and(|c| c.figure == "voice");
    figures.sort_by(|a, b| {
        let rank = |steps: &[&ChangeFinding]| (!changed(steps), !voice(steps));
        rank(a).cmp(&rank(b)).then(least_q(a).total_cmp(&least_q(b)))
    });
    figures.truncate(DRAWN);
    figures
}

/// The chart of a figure: a line for each step.
fn panel(edition: &Edition<'_>, steps: &[&ChangeFinding], periods: &[String]) -> Panel {
    let place = |name: &str| periods.iter().position(|p| p == name).unwrap_or_default();
    let lines: Vec<Line> = steps
        .iter()
        .map(|step| {
            let before = Point { period: place(&step.from), value: step.before, range: None };
            let range = Some(step.ci90.map(|end| (step.before + end).clamp(0.0, 1.0)));
            let after = Point { period: place(&step.to), value: step.after, range };
            Line { points: vec![before, after], sure: step.significant }
        })
        .collect();
    let (first, last) = (steps.first(), steps.last());
    let below = match (first, last) {
        (Some(first), Some(last)) => {
            format!("{} → {}", edition.percent(first.before), edition.percent(last.after))
        }
        _ => String::new(),
    };
    let taken = first.is_some_and(|c| matches!(c.figure, "complaint" | "rival"));
    Panel {
        name: first.map(|change| what(edition, change)).unwrap_or_default(),
        below,
        class: if taken { "taken" } else { "held" },
        top: top(lines.iter()),
        lines,
    }
}

fn row(edition: &Edition<'_>, change: &ChangeFinding) -> Markup {
    html! {
        tr class=[change.significant.then_some("sure")] {
            th scope="row" { (capital(&what(edition, change))) }
            td class="when" { (change.from) " → " (change.to) }
            td class="number" data-v=(change.before) { (edition.percent(change.before)) }
            td class="number" data-v=(change.after) { (edition.percent(change.after)) }
            td class="number" data-v=(change.difference) {
                b { (points(change.difference)) }
                " " span class="where" { (points(change.ci90[0])) "…" (points(change.ci90[1])) }
            }
            td class="number" { (count(change.authors[0])) " / " (count(change.authors[1])) }
        }
    }
}

/// A difference of shares in percentage points.
fn points(difference: f64) -> String {
    signed(difference * 100.0, 1)
}

fn what(edition: &Edition<'_>, change: &ChangeFinding) -> String {
    let id = change.id.as_deref().unwrap_or_default();
    match change.figure {
        "voice" => edition.say("声量", "share of voice").to_owned(),
        "occasion" => edition.occasion(id),
        "motive" => edition.motive(id),
        "complaint" => format!("{} · {}", edition.say("抱怨", "complaint"), edition.motive(id)),
        "rival" => format!("{}{}", edition.say("提到两者之一的人里：", "of those who name either: "), edition.name(id)),
        _ => {
            let motive = change.motive.as_deref().map(|m| format!(" × {}", edition.motive(m))).unwrap_or_default();
            format!("{} · {}{motive}", edition.say("需求", "demand"), edition.occasion(id))
        }
    }
}
