//! The way from hearing of a thing to buying it again: where it falls short, and where its rivals do.

use maud::{Markup, html};

use crate::analyze::findings::{ComplaintFinding, ContactPoint, ContactPointsFinding};
use crate::analyze::parameters::FDR;
use crate::render::book::capital;
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::position::essence::verdict;
use crate::render::report::chapters::ranges::{self, Row};
use crate::render::report::chart::track::{Axis, Dot};
use crate::render::report::edition::Edition;

/// Complaints told per stage.
const COMPLAINTS: usize = 3;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let found = edition.findings().contact_points.iter().find(|c| c.of == id)?;
    if found.stages.is_empty() {
        return None;
    }
    let name = edition.phrase(id);
    let axis = Axis::shares(1.0, |tick| edition.percent(tick));
    let rows: Vec<Row> = found.stages.iter().map(|stage| row(edition, stage)).collect();
    let titles =
        [edition.say("触点", "Contact point"), edition.say("好评图", "Praise, drawn"), edition.say("好评", "Praise")];
    let body = html! {
        @if let Some(told) = verdict(edition, found.verdict) { p { (told) } }
        (ranges::table(titles, &axis, &rows))
        (complaints(edition, found))
        (attackable(edition, found))
        (lever(edition, found))
    };
    let title = match edition.language {
        Language::Zh => format!("{name}的触点：哪一步掉队"),
        Language::En => format!("Contact points of {name}: the weak steps"),
    };
    let gist = edition.say(
        "圆点是这一步的好评占比，竖线是同类的好评占比。圆点在竖线左边，就是短板；只有可靠的差别才标出来。",
        "The dot is the share of praise at this step, the upright tick that of its field. A dot to the left of the tick falls short; only sure differences are marked.",
    );
    Some(chapter(anchor, &title, edition.say("触点", "Contact points"), gist, body))
}

fn row(edition: &Edition<'_>, stage: &ContactPoint) -> Row {
    let sure = stage.gap.filter(|gap| gap.q < FDR);
    let (tag, class) = match sure {
        Some(gap) if gap.gap < 0.0 => (Some(("clear", edition.say("短板", "falls short").to_owned())), "dot clear"),
        Some(_) => (Some(("held", edition.say("长处", "strong").to_owned())), "dot hold"),
        None => (None, "dot plain"),
    };
    let thin = stage.authors < crate::render::report::chapters::THIN;
    Row {
        name: edition.say(&stage.label.zh, &stage.label.en).to_owned(),
        below: match edition.language {
            Language::Zh => format!(
                "{} · 夸 {}，怨 {}",
                edition.authors(stage.authors),
                count(stage.positive),
                count(stage.negative)
            ),
            Language::En => format!(
                "{} · {} praise, {} blame",
                edition.authors(stage.authors),
                count(stage.positive),
                count(stage.negative)
            ),
        },
        tag: if thin { Some(("roles", edition.say("人太少", "thin").to_owned())) } else { tag },
        refs: Some(edition.refs(&stage.quotes)),
        dot: Some(Dot {
            value: stage.quality,
            range: None,
            expected: Some(stage.field_quality),
            class: if thin { "dot thin faint" } else { class },
        }),
        figure: edition.percent(stage.quality),
        range: Some(match edition.language {
            Language::Zh => format!("同类 {}", edition.percent(stage.field_quality)),
            Language::En => format!("field {}", edition.percent(stage.field_quality)),
        }),
        ..Row::default()
    }
}

/// What is blamed, by stage.
fn complaints(edition: &Edition<'_>, found: &ContactPointsFinding) -> Markup {
    let blamed: Vec<&ContactPoint> = found.stages.iter().filter(|s| !s.complaints.is_empty()).collect();
    html! {
        @if !blamed.is_empty() {
            h3 { (edition.say("抱怨什么", "What is blamed")) }
            ul class="plain" {
                @for stage in blamed {
                    li { b { (capital(edition.say(&stage.label.zh, &stage.label.en))) } (edition.say("：", ": ")) (listed(edition, &stage.complaints)) }
                }
            }
        }
    }
}

fn listed(edition: &Edition<'_>, complaints: &[ComplaintFinding]) -> Markup {
    html! {
        @for (i, complaint) in complaints.iter().take(COMPLAINTS).enumerate() {
            @if i > 0 { " · " }
            (edition.motive(&complaint.motive)) " " (count(complaint.authors)) " " (edition.refs(&complaint.quotes))
        }
    }
}

/// Where its rivals are weak.
fn attackable(edition: &Edition<'_>, found: &ContactPointsFinding) -> Markup {
    html! {
        @if !found.attackable.is_empty() {
            h3 { (edition.say("可以进攻的地方：对手的短板", "Where to attack: the rivals’ weak steps")) }
            ul class="plain" {
                @for weak in &found.attackable {
                    li {
                        b { (capital(&edition.name(&weak.rival))) } " · " (stage_name(edition, found, &weak.stage)) (edition.say("：好评 ", ": praise "))
                        (edition.percent(weak.quality)) (edition.say("，同类 ", ", field ")) (edition.percent(weak.field_quality))
                        @if !weak.complaints.is_empty() { (edition.say("；", "; ")) (listed(edition, &weak.complaints)) }
                    }
                }
            }
        }
    }
}

/// The label of a stage, or its id where the entity has none of it.
fn stage_name(edition: &Edition<'_>, found: &ContactPointsFinding, id: &str) -> String {
    let label = found.stages.iter().find(|s| s.id == id).map(|s| edition.say(&s.label.zh, &s.label.en).to_owned());
    label.unwrap_or_else(|| id.replace('_', " "))
}

/// How improvements compound.
fn lever(edition: &Edition<'_>, found: &ContactPointsFinding) -> Markup {
    html! {
        @if found.lever.stages > 1 {
            p class="note" {
                @match edition.language {
                    Language::Zh => { "复利：" (found.lever.stages) "个触点各提高10%，合起来是" (format!("{:.2}", found.lever.together)) "倍。" },
                    Language::En => { "They compound: 10 % better at each of the " (found.lever.stages) " steps comes to ×" (format!("{:.2}", found.lever.together)) " together." },
                }
            }
        }
    }
}
