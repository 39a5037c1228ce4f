//! What is said of an entity and not of its rivals, and what is judged better or worse of it.

use maud::html;

use crate::analyze::findings::{CompetencyFinding, DistinctFinding, JudgedFinding};
use crate::render::figures::{signed, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::position::essence::{theme, verdict};
use crate::render::report::chapters::position::occasions::times_range;
use crate::render::report::chapters::ranges::{self, Row};
use crate::render::report::chart::track::{Axis, Dot};
use crate::render::report::edition::Edition;

/// Rows shown of each kind, and those with a voice.
const SHOWN: usize = 8;
const VOICES: usize = 2;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let found = edition.findings().competency.iter().find(|c| c.of == id)?;
    let name = edition.phrase(id);
    let against: Vec<String> = found.against.iter().take(5).map(|rival| edition.name(rival)).collect();
    let body = html! {
        @if !against.is_empty() { p class="note" { (edition.say("相比：", "Held against: ")) (edition.language.list(&against)) } }
        @if let Some(told) = verdict(edition, found.verdict) { p { (told) } }
        (distinctive(edition, found))
        (judged(edition, found))
    };
    let title = match edition.language {
        Language::Zh => format!("{name}的看家本领"),
        Language::En => format!("What {name} {} better at", name.verb("is", "are")),
    };
    let gist = edition.say(
        "上图：人们说它的时候比说对手多出多少倍。下图：夸与怨的差，右边是它更受好评，左边是对手更受好评。",
        "Above: how many times more it is said of it than of its rivals. Below: the difference in praise: to the right it is judged better than they, to the left worse.",
    );
    Some(chapter(anchor, &title, edition.say("本领", "Strengths"), gist, body))
}

fn distinctive(edition: &Edition<'_>, found: &CompetencyFinding) -> maud::Markup {
    let shown = &found.distinctive[..found.distinctive.len().min(SHOWN)];
    let reach = || shown.iter().flat_map(|d| d.ci95);
    let axis = Axis::lifts(reach().fold(1.0, f64::min), reach().fold(1.0, f64::max));
    let row = |(i, d): (usize, &DistinctFinding)| Row {
        name: theme(edition, &d.theme).to_owned(),
        below: match edition.language {
            Language::Zh => format!(
                "{} · {}，对手 {}",
                edition.authors(d.authors),
                edition.percent(d.share),
                edition.percent(d.rivals_share)
            ),
            Language::En => format!(
                "{} · {}, rivals {}",
                edition.authors(d.authors),
                edition.percent(d.share),
                edition.percent(d.rivals_share)
            ),
        },
        refs: Some(edition.refs(&d.quotes)),
        dot: Some(Dot { value: d.ratio, range: Some(d.ci95), expected: None, class: "dot hold" }),
        figure: times(d.ratio),
        range: Some(times_range(d.ci95)),
        voice: (i < VOICES && !d.quotes.is_empty()).then(|| edition.voice(&d.quotes)),
        ..Row::default()
    };
    let rows: Vec<Row> = shown.iter().enumerate().map(row).collect();
    let titles = [
        edition.say("说它多于说对手", "Said of it more than of its rivals"),
        edition.say("倍数图", "Multiple, drawn"),
        edition.say("倍数", "Times"),
    ];
    ranges::table(titles, &axis, &rows)
}

fn judged(edition: &Edition<'_>, found: &CompetencyFinding) -> maud::Markup {
    let all = || {
        let kinds = [(&found.better, "dot hold"), (&found.worse, "dot clear")];
        kinds.into_iter().flat_map(|(of, class)| of.iter().take(SHOWN).map(move |j| (j, class)))
    };
    let axis = Axis::differences(all().flat_map(|(j, _)| j.ci95.map(f64::abs)).fold(0.0, f64::max));
    let row = |(j, class): (&JudgedFinding, &'static str)| Row {
        name: theme(edition, &j.theme).to_owned(),
        below: match edition.language {
            Language::Zh => format!("好评 {}，对手 {}", edition.percent(j.quality), edition.percent(j.rivals_quality)),
            Language::En => {
                format!("praise {}, rivals {}", edition.percent(j.quality), edition.percent(j.rivals_quality))
            }
        },
        refs: Some(edition.refs(&j.quotes)),
        dot: Some(Dot { value: j.gap, range: Some(j.ci95), expected: None, class }),
        figure: signed(j.gap, 1),
        range: Some(format!("{}…{}", signed(j.ci95[0], 1), signed(j.ci95[1], 1))),
        voice: (!j.quotes.is_empty()).then(|| edition.voice(&j.quotes)),
        ..Row::default()
    };
    let rows: Vec<Row> = all().map(row).collect();
    let titles = [
        edition.say("评价更好或更差", "Judged better or worse"),
        edition.say("好评差，画成图", "Difference in praise, drawn"),
        edition.say("差", "Gap"),
    ];
    ranges::table(titles, &axis, &rows)
}
