//! The same figures per platform or region, and the differences that are more than chance.

use maud::{Markup, html};

use crate::analyze::findings::{GroupFinding, Subject};
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::parts;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::sortable;
use crate::render::report::edition::{Edition, plain};

/// Rivals told per group.
const RIVALS: usize = 3;

/// The chapter of an entity in focus; nothing without `--by`.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let subject = *edition.book.subjects(id).first()?;
    let groups = &edition.findings().groups;
    let by = groups.first()?.by;
    // What changes from period to period has a chapter of its own.
    let periods = matches!(by, "month" | "quarter");
    let body = html! { (table(edition, subject, groups)) @if !periods { (differences(edition, subject, groups)) } };
    let name = edition.subject(subject);
    let title = match (edition.language, by) {
        (Language::Zh, "region") => format!("{name}：各地区有何不同"),
        (Language::Zh, "month" | "quarter") => format!("{name}：逐期的对手"),
        (Language::Zh, _) => format!("{name}：各平台有何不同"),
        (Language::En, "region") => format!("{name} by region"),
        (Language::En, "month" | "quarter") => format!("{name} over time"),
        (Language::En, _) => format!("{name} by platform"),
    };
    let gist = if periods {
        ""
    } else {
        edition.say(
        "每一组只用自己的帖子；“其他组”是其余所有帖子。只列出不太可能是偶然的差别（q < 0.10）。",
        "Each group by its own posts; “elsewhere” is all other posts. Only differences that are hardly chance are listed (q < 0.10).",
    )
    };
    Some(chapter(anchor, &title, edition.say("分组", "Groups"), gist, body))
}

fn table(edition: &Edition<'_>, subject: &Subject, groups: &[GroupFinding]) -> Markup {
    let group = match groups.first().map(|group| group.by) {
        Some("month" | "quarter") => edition.say("时期", "period"),
        Some("region") => edition.say("地区", "region"),
        _ => edition.say("平台", "platform"),
    };
    let columns = [
        sortable::words(group),
        sortable::numbers(edition.say("作者", "authors")),
        sortable::words(edition.say("头几位对手", "first rivals")),
    ];
    let rows = html! {
        @for group in groups {
            tr {
                th scope="row" { bdi { (plain(&group.value)) } }
                td class="number" data-v=(group.authors) { (count(group.authors)) }
                td { (first(edition, subject, group)) }
            }
        }
    };
    sortable::table(edition.say("各组的对手", "Rivals per group"), &columns, &rows)
}

fn first(edition: &Edition<'_>, subject: &Subject, group: &GroupFinding) -> String {
    let told: Vec<String> = parts::ranked_in(group, subject)
        .iter()
        .take(RIVALS)
        .map(|pair| {
            let share = pair.b.threat.map(|share| format!(" {}", edition.percent(share))).unwrap_or_default();
            format!("{}{share}", edition.rival_at(&pair.rival, subject.level))
        })
        .collect();
    if told.is_empty() {
        edition.say("作者太少", "too few authors").to_owned()
    } else {
        told.join(edition.say("、", ", "))
    }
}

fn differences(edition: &Edition<'_>, subject: &Subject, groups: &[GroupFinding]) -> Markup {
    let found = parts::differences(groups, subject);
    let share = |told: Option<f64>| told.map_or_else(|| "–".to_owned(), |share| edition.percent(share));
    html! {
        @if found.is_empty() {
            p class="none" { (edition.say("没有超出偶然的差别。", "Nothing that could not be chance.")) }
        } @else {
            ul class="plain" {
                @for (group, pair) in found {
                    li {
                        b { bdi { (plain(&group.value)) } } (edition.say("：", ": "))
                        (edition.rival_at(&pair.rival, subject.level)) " " (share(pair.b.threat))
                        (edition.say("，其他组 ", ", elsewhere ")) (share(pair.a.threat))
                        @if let Some([low, high]) = pair.ci90 {
                            (edition.say("（相差 ", " (")) (format!("{:+.0}…{:+.0}", low * 100.0, high * 100.0)) (edition.say(" 个百分点）", " points)"))
                        }
                    }
                }
            }
        }
    }
}
