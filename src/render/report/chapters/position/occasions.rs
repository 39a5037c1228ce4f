//! The occasions of one entity: how much more or less than the market it is linked with each.

use maud::{Markup, html};

use crate::analyze::findings::{EntityFinding, OccasionFinding, Stand};
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::ranges::{self, Row};
use crate::render::report::chapters::sortable;
use crate::render::report::chart::track::{Axis, Dot};
use crate::render::report::edition::Edition;

/// Occasions drawn; the rest stands in the table.
const DRAWN: usize = 10;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let subject = *edition.book.subjects(id).first()?;
    let entity = edition.book.subject_entity(id, subject.level)?;
    if entity.occasions.is_empty() {
        return None;
    }
    let name = edition.subject_phrase(subject);
    let gist = edition.say(
        "圆点：人们把它和这个场合连在一起的程度，是市场平均的多少倍；横线：95%区间。右边是它的地盘，左边是弱项；区间跨过×1就还不能下结论。",
        "The dot: how many times the market's rate people link it with the occasion; the line: 95 % range. To the right is its home, to the left its weakness; a range across ×1 decides nothing.",
    );
    let title = match edition.language {
        Language::Zh => format!("{name}的场合"),
        Language::En => format!("Occasions of {name}"),
    };
    let body = html! { (chart(edition, entity)) (table(edition, entity)) };
    Some(chapter(anchor, &title, edition.say("场合", "Occasions"), gist, body))
}

fn chart(edition: &Edition<'_>, entity: &EntityFinding) -> Markup {
    let drawn: Vec<&OccasionFinding> = entity.occasions.iter().filter(|o| o.lift.value.is_some()).take(DRAWN).collect();
    let reach =
        || drawn.iter().flat_map(|o| [o.lift.value, o.lift.ci95.map(|c| c[0]), o.lift.ci95.map(|c| c[1])]).flatten();
    let axis = Axis::lifts(reach().fold(1.0, f64::min), reach().fold(1.0, f64::max));
    let rows: Vec<Row> = drawn.iter().map(|occasion| row(edition, occasion)).collect();
    let titles = [
        edition.say("场合", "Occasion"),
        edition.say("倍数图", "Multiple of the market, drawn"),
        edition.say("对市场", "× market"),
    ];
    ranges::table(titles, &axis, &rows)
}

fn row(edition: &Edition<'_>, occasion: &OccasionFinding) -> Row {
    let class = match (occasion.stand, occasion.authors < crate::render::report::chapters::THIN) {
        (_, true) => "dot thin faint",
        (Some(Stand::Defend), _) => "dot hold",
        (Some(Stand::Build), _) => "dot clear",
        _ => "dot plain",
    };
    Row {
        name: edition.occasion(&occasion.id),
        below: format!("{} · {}", edition.authors(occasion.authors), edition.percent(occasion.share)),
        tag: stand(edition, occasion).map(|(word, class)| (class, word.to_owned())),
        refs: Some(edition.refs(&occasion.quotes)),
        dot: occasion.lift.value.map(|value| Dot { value, range: occasion.lift.ci95, expected: None, class }),
        figure: occasion.lift.value.map(times).unwrap_or_default(),
        range: occasion.lift.ci95.map(times_range),
        ..Row::default()
    }
}

/// `1.2–2.0`
pub(in crate::render::report) fn times_range([low, high]: [f64; 2]) -> String {
    format!("{}–{}", times(low).trim_start_matches('×'), times(high).trim_start_matches('×'))
}

/// What to do about an occasion, where it is thin or told.
fn stand<'t>(edition: &Edition<'_>, occasion: &OccasionFinding) -> Option<(&'t str, &'static str)> {
    if occasion.authors < crate::render::report::chapters::THIN {
        return Some((edition.say("人太少", "thin"), "roles"));
    }
    match occasion.stand? {
        Stand::Defend => Some((edition.say("守住", "defend"), "held")),
        Stand::Build => Some((edition.say("补强", "build"), "clear")),
        Stand::Maintain => None,
    }
}

fn table(edition: &Edition<'_>, entity: &EntityFinding) -> Markup {
    let title = edition.say("全部场合的数字", "All occasions in figures");
    let none = || "–".to_owned();
    let columns = [
        sortable::words(edition.say("场合", "occasion")),
        sortable::numbers(edition.say("作者", "authors")),
        sortable::numbers(edition.say("占比", "share")),
        sortable::numbers(edition.say("对市场", "× market")),
        sortable::numbers(edition.say("95%区间", "95 % range")),
        sortable::numbers("q"),
        sortable::numbers(edition.say("心智优势", "advantage")),
    ];
    let rows = html! {
        @for o in &entity.occasions {
            tr {
                th scope="row" { (edition.occasion(&o.id)) " " (edition.refs(&o.quotes)) }
                td class="number" data-v=(o.authors) { (count(o.authors)) }
                td class="number" data-v=(o.share) { (edition.percent(o.share)) }
                td class="number" data-v=[o.lift.value] { (o.lift.value.map_or_else(none, times)) }
                td class="number" data-v=[o.lift.ci95.map(|c| c[0])] {
                    (o.lift.ci95.map_or_else(none, times_range))
                }
                td class={ "number" @if o.lift.is_sure() { " sure" } } data-v=[o.lift.q] { (o.lift.q.map_or_else(none, crate::render::report::chapters::rivalry::rivals::q)) }
                td class="number" data-v=[o.mental_advantage] { (o.mental_advantage.map_or_else(none, |a| format!("{a:+.1}"))) }
            }
        }
    };
    sortable::folded(title, &columns, &rows, None)
}
