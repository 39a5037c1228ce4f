//! Who stands near whom: correspondence analysis of entities by occasions and by motives.

use maud::{Markup, html};

use crate::analyze::findings::{MapFinding, MapPoint};
use crate::render::book::capital;
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::sortable;
use crate::render::report::chart::scatter::{Point, draw};
use crate::render::report::edition::Edition;

/// Points drawn of each kind, the heaviest; all stand in the table.
const ROWS: usize = 22;
const COLUMNS: usize = 16;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let maps: Vec<&MapFinding> =
        edition.findings().space.map.iter().filter(|m| m.of == id && m.axes.len() >= 2).collect();
    if maps.is_empty() {
        return None;
    }
    let name = edition.phrase(id);
    let body = html! { @for map in &maps { (map_of(edition, map)) } };
    let title = match edition.language {
        Language::Zh => format!("{name}在地图上的位置"),
        Language::En => format!("{name} on the map"),
    };
    let gist = edition.say(
        "圆点是东西，菱形是场合或理由。靠得近的圆点，被人用在相似的场合；圆点朝哪个菱形的方向，就和它连得更紧。离中心越远，越有自己的样子。",
        "Dots are things, diamonds are occasions or motives. Dots close together are taken on similar occasions; a dot lies in the direction of what it is linked with more. The farther from the center, the more of its own.",
    );
    Some(chapter(anchor, &title, edition.say("地图", "Map"), gist, body))
}

fn map_of(edition: &Edition<'_>, map: &MapFinding) -> Markup {
    let by = if map.by == "motive" {
        edition.say("按理由", "By motive")
    } else {
        edition.say("按场合", "By occasion")
    };
    let axis = |i: usize| {
        let share = map.axes.get(i).copied().unwrap_or(0.0);
        match edition.language {
            Language::Zh => format!("第{}轴：{}的差异", if i == 0 { "一" } else { "二" }, edition.percent(share)),
            Language::En => format!("axis {}: {} of the differences", i + 1, edition.percent(share)),
        }
    };
    let (across, up) = (axis(0), axis(1));
    let points = points(edition, map);
    let label = match edition.language {
        Language::Zh => format!("{by}的地图；坐标在图下的表里"),
        Language::En => format!("Map {}; the coordinates stand in the table below", by.to_lowercase()),
    };
    let chart = draw(&points, [&format!("{across} →"), &format!("↑ {up}")], &label);
    html! {
        @if let Some(chart) = chart {
            h3 { (by) }
            div class="scroll" tabindex="0" role="region" aria-label=(label) { (chart) }
            (table(edition, map))
        }
    }
}

/// The subject, its rivals, the other things, then occasions or motives: labels are placed in this order.
fn points(edition: &Edition<'_>, map: &MapFinding) -> Vec<Point> {
    let rivals: Vec<&str> = edition
        .findings()
        .rivals
        .iter()
        .filter(|r| r.of == map.of && r.level == map.level)
        .map(|r| r.rival.as_str())
        .collect();
    let heaviest = |points: &'_ [MapPoint]| -> Vec<usize> {
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by(|&a, &b| points[b].mass.total_cmp(&points[a].mass).then_with(|| points[a].id.cmp(&points[b].id)));
        order
    };
    let class = |id: &str| {
        if id == map.of {
            "subject"
        } else if rivals.contains(&id) {
            "rival"
        } else {
            "entity"
        }
    };
    let mut rows = heaviest(&map.rows);
    rows.sort_by_key(|&i| ["subject", "rival", "entity"].iter().position(|c| *c == class(&map.rows[i].id)));
    let rows = rows.into_iter().take(ROWS).map(|i| {
        let point = &map.rows[i];
        place(edition.rival_at(&point.id, map.level), class(&point.id), point, false, edition)
    });
    let columns = heaviest(&map.columns).into_iter().take(COLUMNS).map(|i| {
        let point = &map.columns[i];
        place(column(edition, map, &point.id), "occasion", point, true, edition)
    });
    rows.chain(columns).collect()
}

fn place(label: String, class: &'static str, point: &MapPoint, diamond: bool, edition: &Edition<'_>) -> Point {
    let at = |i: usize| point.at.get(i).copied().unwrap_or(0.0);
    // The area follows the mass, within what can be seen and does not cover others.
    let radius = (3.0 + 22.0 * point.mass.max(0.0).sqrt()).min(11.0);
    let title = match edition.language {
        Language::Zh => format!(
            "{label} · 占全部联系的{} · 两轴解释其{}",
            edition.percent(point.mass),
            edition.percent(point.quality)
        ),
        Language::En => format!(
            "{label} · {} of all links · {} shown by these axes",
            edition.percent(point.mass),
            edition.percent(point.quality)
        ),
    };
    Point {
        x: at(0),
        y: at(1),
        label: capital(&label),
        class,
        radius: if diamond { 4.5 } else { radius },
        diamond,
        title,
    }
}

fn column(edition: &Edition<'_>, map: &MapFinding, id: &str) -> String {
    if map.by == "motive" { edition.motive(id) } else { edition.occasion(id) }
}

fn table(edition: &Edition<'_>, map: &MapFinding) -> Markup {
    let title = edition.say("表：坐标", "Table: coordinates");
    let figure = |value: f64| html! { td class="number" data-v=(value) { (format!("{value:+.2}")) } };
    let at = |point: &MapPoint, i: usize| point.at.get(i).copied().unwrap_or(0.0);
    let columns = [
        sortable::words(edition.say("名称", "name")),
        sortable::numbers(edition.say("占比", "mass")),
        sortable::numbers("1"),
        sortable::numbers("2"),
        sortable::numbers(edition.say("显示程度", "quality")),
    ];
    let rows = html! {
        @for (name, point) in map.rows.iter().map(|p| (edition.rival_at(&p.id, map.level), p)).chain(map.columns.iter().map(|p| (format!("◆ {}", column(edition, map, &p.id)), p))) {
            tr {
                th scope="row" { (name) }
                td class="number" data-v=(point.mass) { (edition.percent(point.mass)) }
                (figure(at(point, 0)))
                (figure(at(point, 1)))
                td class="number" data-v=(point.quality) { (edition.percent(point.quality)) }
            }
        }
    };
    sortable::folded(title, &columns, &rows, None)
}
