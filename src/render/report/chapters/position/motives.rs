//! Why they buy, why they do not, why they come again.

use maud::{Markup, html};

use crate::analyze::findings::{EntityFinding, MotiveFinding};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chart::pct;
use crate::render::report::edition::Edition;
use crate::render::report::uses::role;

/// Motives shown at once, and those with a voice.
const SHOWN: usize = 6;
const VOICES: usize = 2;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let subject = *edition.book.subjects(id).first()?;
    let entity = edition.book.subject_entity(id, subject.level)?;
    if entity.motives.is_empty() {
        return None;
    }
    let name = edition.subject_phrase(subject);
    let gist = edition.say(
        "条的长度是说这个理由的作者数；×是和谈论其他东西的人相比的倍数，只在差别可靠时写出。",
        "Bars count authors who give the reason; × compares with those who speak of anything else, and is written only where the difference is sure.",
    );
    let title = match edition.language {
        Language::Zh => format!("为什么选{name}，为什么不选，为什么再来"),
        Language::En => format!("Why {name}, why not, why again"),
    };
    Some(chapter(anchor, &title, edition.say("理由", "Why"), gist, columns(edition, entity)))
}

/// The three roles side by side.
pub(in crate::render::report) fn columns(edition: &Edition<'_>, entity: &EntityFinding) -> Markup {
    let most = entity.motives.iter().map(|m| m.authors).max().unwrap_or(1).max(1) as f64;
    html! {
        div class="columns" {
            @for (of, class) in [("buy", "held"), ("avoid", "taken"), ("repeat", "again")] {
                @let own: Vec<&MotiveFinding> = entity.motives.iter().filter(|m| m.role == of).collect();
                section {
                    h3 { (capital(role(edition, of))) }
                    @if own.is_empty() { p class="none" { (edition.say("没有人说。", "Nobody says.")) } }
                    @else {
                        ul class="bars" { @for (i, motive) in own.iter().take(SHOWN).enumerate() { (entry(edition, motive, most, class, i < VOICES)) } }
                        @if own.len() > SHOWN {
                            details {
                                summary { (edition.say("其余 ", "")) (own.len() - SHOWN) (edition.say(" 个", " more")) }
                                ul class="bars" { @for motive in own.iter().skip(SHOWN) { (entry(edition, motive, most, class, false)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn entry(edition: &Edition<'_>, motive: &MotiveFinding, most: f64, class: &'static str, voice: bool) -> Markup {
    html! {
        li {
            span class="name" { (capital(&edition.motive(&motive.id))) }
            span class="number" {
                (count(motive.authors))
                @if let Some(lift) = motive.lift.sure() { " " b { (times(lift)) } }
            }
            (bar(motive.authors as f64 / most, class))
            (edition.refs(&motive.quotes))
            @if voice { (edition.voice(&motive.quotes)) }
        }
    }
}

/// A bar of a part of the width.
pub(in crate::render::report) fn bar(part: f64, class: &str) -> Markup {
    html! {
        svg class={ "bar " (class) } width="100%" height="7" aria-hidden="true" focusable="false" {
            rect class="bed" width="100%" height="7" rx="3.5" {}
            rect width=(pct((part * 100.0).clamp(1.5, 100.0))) height="7" rx="3.5" {}
        }
    }
}
