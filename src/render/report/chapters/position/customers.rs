//! Who speaks of an entity, and what each group comes and stays away for.

use maud::{Markup, html};

use crate::analyze::findings::{CustomerFinding, CustomersFinding};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::position::essence::verdict;
use crate::render::report::chapters::position::motives::bar;
use crate::render::report::edition::{Edition, plain};
use crate::render::report::uses::role;

/// Groups shown per question, and motives per group.
const SHOWN: usize = 6;
const MOTIVES: usize = 3;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let found = edition.findings().customers.iter().find(|c| c.of == id)?;
    if found.groups.is_empty() {
        return None;
    }
    let name = edition.phrase(id);
    let body = html! {
        @if let Some(told) = verdict(edition, found.verdict) { p { (told) } }
        div class="columns" {
            @for facet in &found.known { (facet_of(edition, found, &facet.facet, facet.authors)) }
        }
    };
    let title = match edition.language {
        Language::Zh => format!("谁在谈论{name}"),
        Language::En => format!("Who speaks of {name}"),
    };
    let gist = edition.say(
        "只数自己说出身份的人；×是和谈论其他东西的人相比，只在差别可靠时写出。",
        "Only people who say so of themselves; × compares with those who speak of anything else, written only where the difference is sure.",
    );
    Some(chapter(anchor, &title, edition.say("顾客", "Customers"), gist, body))
}

fn facet_of(edition: &Edition<'_>, found: &CustomersFinding, facet: &str, known: u64) -> Markup {
    let own: Vec<&CustomerFinding> = found.groups.iter().filter(|g| g.facet == facet).take(SHOWN).collect();
    html! {
        @if !own.is_empty() {
            section {
                h3 { (facet_name(edition, facet)) " " span class="where" { (edition.say("已知 ", "known of ")) (count(known)) } }
                ul class="bars" { @for group in own { (group_of(edition, group, known)) } }
            }
        }
    }
}

/// The question in words; a user's own stands as it is written.
fn facet_name(edition: &Edition<'_>, facet: &str) -> String {
    let known = match facet {
        "age" => edition.say("年龄", "Age"),
        "gender" => edition.say("性别", "Gender"),
        "life_stage" | "stage" => edition.say("人生阶段", "Life stage"),
        "occupation" => edition.say("职业", "Occupation"),
        "income" => edition.say("收入", "Income"),
        "housing" => edition.say("住房", "Housing"),
        "way_of_life" | "lifestyle" => edition.say("生活方式", "Way of life"),
        other => return capital(&plain(&other.replace('_', " "))),
    };
    known.to_owned()
}

fn group_of(edition: &Edition<'_>, group: &CustomerFinding, known: u64) -> Markup {
    let shown = group.motives.get(..MOTIVES).unwrap_or(&group.motives);
    html! {
        li {
            span class="name" { (capital(edition.say(&group.label.zh, &group.label.en))) }
            span class="number" {
                (count(group.authors))
                @if let Some(lift) = group.lift.sure() { " " b { (times(lift)) } }
            }
            (bar(group.authors as f64 / known.max(1) as f64, "held"))
            (edition.refs(&group.quotes))
            @if !shown.is_empty() {
                p class="where" {
                    @for (n, same) in shown.chunk_by(|a, b| a.role == b.role).enumerate() {
                        @if n > 0 { (edition.say("；", "; ")) }
                        (role(edition, same[0].role)) (edition.say("：", ": "))
                        @for (n, wanted) in same.iter().enumerate() {
                            @if n > 0 { (edition.say("、", ", ")) }
                            (edition.motive(&wanted.id)) " " (count(wanted.authors)) (edition.refs(&wanted.quotes))
                        }
                    }
                }
            }
        }
    }
}
