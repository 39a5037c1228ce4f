//! What changed from one period to the next.

use maud::{Markup, html};

use crate::analyze::findings::ChangeFinding;
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::sortable;
use crate::render::report::edition::Edition;

/// Changes told.
const SHOWN: usize = 20;

/// The chapter of an entity in focus; nothing without periods.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let all: Vec<&ChangeFinding> = edition.findings().space.changes.iter().filter(|c| c.of == id).collect();
    if all.is_empty() {
        return None;
    }
    let name = edition.name(id);
    let sure: Vec<&ChangeFinding> = all.iter().copied().filter(|c| c.significant).take(SHOWN).collect();
    let columns = [
        sortable::words(edition.say("什么变了", "what changed")),
        sortable::words(edition.say("时期", "periods")),
        sortable::numbers(edition.say("之前", "before")),
        sortable::numbers(edition.say("之后", "after")),
        sortable::numbers(edition.say("差（百分点）", "difference, points")),
        sortable::numbers(edition.say("作者", "authors")),
    ];
    let body = html! {
        @if sure.is_empty() {
            p class="none" { (edition.say("没有超出偶然的变化。", "No change that could not be chance.")) }
        } @else {
            @let rows = html! {
                @for change in sure { (row(edition, change)) }
            };
            (sortable::table(edition.say("变化", "Changes"), &columns, &rows))
        }
    };
    let title = match edition.language {
        Language::Zh => format!("{name}：什么在变"),
        Language::En => format!("{name}: what changes"),
    };
    let gist = edition.say(
        "只列出不太可能是偶然的变化（q < 0.10），平台构成保持不变。",
        "Only changes that are hardly chance (q < 0.10), with the mix of platforms held constant.",
    );
    Some(chapter(anchor, &title, edition.say("变化", "Changes"), gist, body))
}

fn row(edition: &Edition<'_>, change: &ChangeFinding) -> Markup {
    html! {
        tr {
            th scope="row" { (what(edition, change)) }
            td { (change.from) " → " (change.to) }
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
    format!("{:+.1}", difference * 100.0).replace('-', "−")
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
