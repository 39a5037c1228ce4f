//! Entities of which the posts do not tell who takes from them: when they are taken, and what they are praised and blamed for.

use maud::{Markup, html};

use crate::analyze::findings::EntityFinding;
use crate::render::book::capital;
use crate::render::figures::count;
use crate::render::parts;
use crate::render::report::chapters::sortable;
use crate::render::report::edition::Edition;

/// The table, in a frame that is as wide as the page.
pub(super) fn table(edition: &Edition<'_>, entities: &[&EntityFinding]) -> Markup {
    let columns = [
        sortable::words(edition.say("谈到什么", "spoken of")),
        sortable::numbers(edition.say("作者", "authors")),
        sortable::words(edition.say("主要场合", "mainly on")),
        sortable::words(edition.say("夸什么", "praised for")),
        sortable::words(edition.say("怨什么", "blamed for")),
    ];
    let rows = html! { @for entity in entities { (row(edition, entity)) } };
    html! {
        @if !entities.is_empty() {
            (sortable::table(edition.say("能说的：场合与理由", "What can be told: occasions and reasons"), &columns, &rows))
        }
    }
}

fn row(edition: &Edition<'_>, entity: &EntityFinding) -> Markup {
    html! {
        tr {
            th scope="row" { (capital(&edition.entity(entity))) }
            td class="number" data-v=(entity.authors) { (count(entity.authors)) }
            td {
                @match parts::telling_occasion(entity) {
                    Some(most) => { (edition.occasion(&most.id)) " " (edition.percent(most.share)) " " (edition.refs(&most.quotes)) },
                    None => "–",
                }
            }
            @for role in ["buy", "avoid"] {
                td {
                    @match parts::said_motive(entity, role) {
                        Some(most) => { (edition.motive(&most.id)) " " (count(most.authors)) " " (edition.refs(&most.quotes)) },
                        None => "–",
                    }
                }
            }
        }
    }
}
