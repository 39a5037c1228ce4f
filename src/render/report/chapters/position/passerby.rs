//! The passer-by test: would somebody know it from its posts, without its name?

use maud::{Markup, html};

use crate::analyze::findings::{DistinctivenessFinding, Trait};
use crate::render::book::capital;
use crate::render::figures::times;
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::position::motives::bar;
use crate::render::report::edition::Edition;
use crate::render::report::uses::role;

/// Wrong answers and traits shown.
const SHOWN: usize = 6;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let found = edition.findings().space.distinctiveness.iter().find(|d| d.of == id)?;
    let identified = found.identified?;
    let name = edition.phrase(id);
    let title = match edition.language {
        Language::Zh => format!("遮住名字，还认得出{name}吗"),
        Language::En => format!("Would a passer-by know {name} without the name?"),
    };
    let gist = edition.say(
        "把名字遮住，每次给五篇帖子，在它和对手之间猜。猜中的比例越高于瞎猜，越有自己的样子。",
        "Five posts without names, to be told from those of its rivals. The more often it is known than by chance, the more it is its own.",
    );
    Some(chapter(
        anchor,
        &title,
        edition.say("辨识度", "Passer-by"),
        gist,
        body(edition, found, &edition.name(id), identified),
    ))
}

fn body(edition: &Edition<'_>, found: &DistinctivenessFinding, name: &str, identified: f64) -> Markup {
    let share = edition.percent(identified);
    let range = found.ci90.map(|range| edition.percent_range(range)).unwrap_or_default();
    let chance = found.chance.map(|chance| edition.percent(chance)).unwrap_or_default();
    html! {
        p {
            @match edition.language {
                Language::Zh => { b { (found.items) "次里认出" (share) } "（90%区间 " (range) "），瞎猜是" (chance) "。" },
                Language::En => { b { (share) " of " (found.items) " items were known" } " (90 % range " (range) "); chance is " (chance) "." },
            }
        }
        div class="columns two" {
            @if !found.mistaken_for.is_empty() {
                section {
                    h3 { (edition.say("被当成了谁", "Mistaken for")) }
                    ul class="bars" {
                        @for wrong in found.mistaken_for.iter().take(SHOWN) {
                            li {
                                span class="name" { (capital(&edition.rival_at(&wrong.entity, found.level))) }
                                span class="number" { (edition.percent(wrong.share)) }
                                (bar(wrong.share, "taken"))
                            }
                        }
                    }
                }
            }
            @if !found.known_by.is_empty() {
                section {
                    h3 { (edition.say("凭什么认出", "Known by")) " " span class="where" { (capital(name)) } }
                    ul class="plain" { @for known in found.known_by.iter().take(SHOWN) { li { (trait_name(edition, known)) " " b { (times(known.lift)) } } } }
                }
            }
        }
    }
}

fn trait_name(edition: &Edition<'_>, known: &Trait) -> String {
    match (known.kind, known.role) {
        ("motive", Some(of)) => format!("{} · {}", role(edition, of), edition.motive(&known.id)),
        ("motive", None) => edition.motive(&known.id),
        ("occasion", _) => edition.occasion(&known.id),
        ("attribute", _) => edition.attribute(&known.id),
        _ => edition.name(&known.id),
    }
}
