//! The same figures per platform or region, and the differences that are more than chance.

use maud::{Markup, html};

use crate::analyze::findings::{GroupFinding, Subject};
use crate::render::book::capital;
use crate::render::figures::{count, signed};
use crate::render::language::Language;
use crate::render::parts;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::panels::{Panel, panels};
use crate::render::report::chapters::sortable;
use crate::render::report::chart::lines::{Line, Point, top};
use crate::render::report::edition::{Edition, plain};

/// Rivals told per group, and drawn through the periods.
const RIVALS: usize = 3;
const DRAWN: usize = 6;

/// The chapter of an entity in focus; nothing without `--by`.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let subject = *edition.book.subjects(id).first()?;
    let groups = &edition.findings().groups;
    let by = groups.first()?.by;
    // What changes from period to period has a chapter of its own.
    let periods = matches!(by, "month" | "quarter");
    let body = html! {
        @if periods { (through(edition, subject, groups)) }
        (table(edition, subject, groups))
        @if !periods { (differences(edition, subject, groups)) }
    };
    let name = edition.subject_phrase(subject);
    let title = match (edition.language, by) {
        (Language::Zh, "region") => format!("{name}：各地区有何不同"),
        (Language::Zh, "month" | "quarter") => format!("{name}：逐期的对手"),
        (Language::Zh, _) => format!("{name}：各平台有何不同"),
        (Language::En, "region") => format!("Rivals of {name} by region"),
        (Language::En, "month" | "quarter") => format!("Rivals of {name} over time"),
        (Language::En, _) => format!("Rivals of {name} by platform"),
    };
    let gist = if periods {
        edition.say(
            "每一期只用自己的帖子：圆点是对手的份额，竖线是90%区间。缺的那期作者太少。",
            "Each period by its own posts: the dot is a rival’s share, the upright line its 90 % range. A period that is missing has too few authors.",
        )
    } else {
        edition.say(
            "每一组只用自己的帖子；“其他组”是其余所有帖子。只列出不太可能是偶然的差别（q < 0.10）。",
            "Each group by its own posts; “elsewhere” is all other posts. Only differences that are hardly chance are listed (q < 0.10).",
        )
    };
    Some(chapter(anchor, &title, edition.say("分组", "Groups"), gist, body))
}

/// The shares of the first rivals through the periods, all on one scale.
fn through(edition: &Edition<'_>, subject: &Subject, groups: &[GroupFinding]) -> Markup {
    let periods: Vec<String> = groups.iter().map(|group| group.value.clone()).collect();
    let mut drawn: Vec<(&str, Vec<Point>)> = Vec::new();
    for (period, group) in groups.iter().enumerate() {
        for pair in parts::ranked_in(group, subject) {
            let Some(value) = pair.b.threat else { continue };
            let point = Point { period, value, range: pair.b.ci90 };
            match drawn.iter_mut().find(|(rival, _)| *rival == pair.rival) {
                Some((_, points)) => points.push(point),
                None => drawn.push((&pair.rival, vec![point])),
            }
        }
    }
    let greatest = |points: &[Point]| points.iter().map(|p| p.value).fold(0.0, f64::max);
    drawn.sort_by(|a, b| greatest(&b.1).total_cmp(&greatest(&a.1)).then_with(|| a.0.cmp(b.0)));
    drawn.truncate(DRAWN);
    let lines: Vec<Line> = drawn.iter().map(|(_, points)| Line { points: points.clone(), sure: true }).collect();
    let top = top(lines.iter());
    let charts: Vec<Panel> = drawn
        .iter()
        .zip(lines)
        .map(|((rival, points), line)| Panel {
            name: edition.rival_at(rival, subject.level),
            below: ends(edition, points),
            class: "taken",
            lines: vec![line],
            top,
        })
        .collect();
    html! {
        @if !charts.is_empty() {
            (panels(&charts, &periods, |share| edition.percent(share)))
            (sortable::folded(
                edition.say("表：每一期的份额", "Table: the share in each period"),
                &[sortable::words(edition.say("对手", "rival"))]
                    .into_iter()
                    .chain(periods.iter().map(|period| sortable::numbers(period)))
                    .collect::<Vec<_>>(),
                &html! {
                    @for (rival, points) in &drawn {
                        tr {
                            th scope="row" { (capital(&edition.rival_at(rival, subject.level))) }
                            @for period in 0..periods.len() { (share(edition, points.iter().find(|p| p.period == period))) }
                        }
                    }
                },
                None,
            ))
        }
    }
}

/// The first and the last share.
fn ends(edition: &Edition<'_>, points: &[Point]) -> String {
    match points {
        [] => String::new(),
        [one] => edition.percent(one.value),
        [first, .., last] => format!("{} → {}", edition.percent(first.value), edition.percent(last.value)),
    }
}

fn share(edition: &Edition<'_>, point: Option<&Point>) -> Markup {
    html! {
        td class="number" data-v=[point.map(|p| p.value)] {
            @match point {
                Some(point) => {
                    b { (edition.percent(point.value)) }
                    @if let Some(range) = point.range { " " span class="where" { (edition.percent_range(range)) } }
                },
                None => "–",
            }
        }
    }
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
        edition.say("排不出对手", "nothing can be ranked here").to_owned()
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
                            (edition.say("（相差 ", " (")) (signed(low * 100.0, 0)) "…" (signed(high * 100.0, 0)) (edition.say(" 个百分点）", " points)"))
                        }
                    }
                }
            }
        }
    }
}
