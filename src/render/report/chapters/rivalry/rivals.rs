//! The rivals of a list: shares with their ranges, what people say, and all figures in a table.

use maud::{Markup, html};

use crate::analyze::findings::{Kinship, Level, RivalFinding, Subject};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::parts::{Evidence, Parts, Unshown, said};
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::ranges::{self, Row};
use crate::render::report::chapters::sortable;
use crate::render::report::chart::track::{Axis, Dot};
use crate::render::report::edition::Edition;

/// Occasions told under a rival's name.
const OCCASIONS: usize = 2;
/// Rivals with a voice under them.
const VOICES: usize = 3;

/// The chapter of an entity in focus: a list per level.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let subjects = edition.book.subjects(id);
    let name = edition.phrase(id);
    let body = html! {
        @for subject in &subjects { (list(edition, subject, subjects.len() > 1)) }
    };
    if subjects.is_empty() {
        return None;
    }
    let gist = edition.say(
        "圆点是估计的替代份额：离开它的人里有多少流向这个对手；横线是90%区间；竖线是仅凭体量应得的份额。圆点在竖线右边，说明它抢走的比体量该得的多。",
        "The dot is the modelled share: of those who leave, how many go to this rival. The line is its 90 % range, the upright tick what its size alone would give: a dot to the right of it takes more than its size.",
    );
    let title = match edition.language {
        Language::Zh => format!("{name}的对手"),
        Language::En => format!("Rivals of {name}"),
    };
    Some(chapter(anchor, &title, edition.say("对手", "Rivals"), gist, body))
}

/// The first rivals on one small chart.
pub(in crate::render::report) fn glance(
    edition: &Edition<'_>,
    subject: &Subject,
    parts: &Parts<'_>,
    most: usize,
) -> Markup {
    let mut rivals: Vec<&RivalFinding> = parts.rivals().filter(|r| r.threat.is_some()).collect();
    rivals.sort_by_key(|r| r.rank);
    rivals.truncate(most);
    let caption = match edition.language {
        Language::Zh => format!("离开{}的消费者去了哪里（替代份额与90%区间）", edition.subject_phrase(subject)),
        Language::En => {
            format!("Where consumers who leave {} go (share and 90 % range)", edition.subject_phrase(subject))
        }
    };
    html! {
        @if !rivals.is_empty() {
            @let axis = axis(edition, &rivals);
            table class="ranges" {
                caption { (caption) }
                (head(edition, &axis))
                tbody { @for rival in &rivals { (row(edition, rival, &axis, false)) } }
            }
        }
    }
}

/// One list with its chart, its voices and its table.
pub(in crate::render::report) fn list(edition: &Edition<'_>, subject: &Subject, levels: bool) -> Markup {
    let parts = Parts::of(&edition.book.rivals(subject));
    let known_given = !edition.findings().meta.parameters.known.is_empty();
    let unexpected = match known_given {
        true => edition.say("不在你名单上", "Not on your list"),
        false => edition.say("出人意料", "Nobody expects them"),
    };
    let others = match known_given {
        true => edition.say("不在名单上，也在意料之中", "Not on your list, no surprise"),
        false => edition.say("意料之中", "As expected"),
    };
    let groups = [
        (unexpected, &parts.unexpected),
        (others, &parts.others),
        (edition.say("在你名单上", "On your list"), &parts.known),
        (edition.say("场合相同，未见替代", "On the same occasions, not shown to replace it"), &parts.near),
    ];
    let shown: Vec<&RivalFinding> = groups.iter().flat_map(|(_, rivals)| rivals.iter().copied()).collect();
    html! {
        @if levels { h3 { (level(edition, subject.level)) } }
        @if shown.iter().any(|r| r.threat.is_some()) {
            @let axis = axis(edition, &shown);
            table class="ranges" {
                (head(edition, &axis))
                @for (title, rivals) in groups.iter().filter(|(_, rivals)| !rivals.is_empty()) {
                    tbody {
                        tr class="group" { th colspan="3" scope="rowgroup" { (title) } }
                        @for (i, rival) in rivals.iter().enumerate() { (row(edition, rival, &axis, i < VOICES)) }
                    }
                }
            }
            (legend(edition))
        } @else if shown.iter().any(|r| said(r) > 0) {
            (counted(edition, &shown))
        }
        (around(edition, subject, &parts))
        (what_they_say(edition, subject, &shown))
        @if !shown.is_empty() { (figures(edition, &shown)) }
    }
}

/// What stands above a list where there are several.
fn level<'t>(edition: &Edition<'_>, level: Level) -> &'t str {
    match level {
        Level::Category => edition.say("品类之间", "Among categories"),
        Level::Brand => edition.say("品牌之间", "Among brands"),
        Level::Cross => edition.say("对其他品类", "Against other categories"),
    }
}

fn axis(edition: &Edition<'_>, rivals: &[&RivalFinding]) -> Axis {
    let reach = rivals.iter().flat_map(|r| [r.threat, r.ci90.map(|c| c[1]), r.fair_share]).flatten();
    Axis::shares(reach.fold(0.0, f64::max), |tick| edition.percent(tick))
}

fn head(edition: &Edition<'_>, axis: &Axis) -> Markup {
    let titles = [edition.say("对手", "Rival"), edition.say("份额图", "Share, drawn"), edition.say("份额", "Share")];
    ranges::head(titles, axis)
}

/// A rival: name and where, dot and range, figures.
fn row(edition: &Edition<'_>, rival: &RivalFinding, axis: &Axis, voice: bool) -> Markup {
    let mut row = figures_of(edition, edition.rival(rival), mainly(edition, rival), rival);
    row.voice = (voice && !rival.quotes.is_empty()).then(|| edition.voice(&rival.quotes));
    row.draw(axis)
}

/// The row of a rival under some name.
pub(in crate::render::report) fn figures_of(
    edition: &Edition<'_>,
    name: String,
    below: String,
    rival: &RivalFinding,
) -> Row {
    let evidence = Evidence::of(rival);
    let class = match evidence {
        Evidence::Clear => "dot clear",
        Evidence::Thin | Evidence::OneWord => "dot thin",
        Evidence::RolesOnly => "dot roles",
    };
    Row {
        name,
        below,
        tag: Some((evidence_class(evidence), evidence_word(edition, evidence).to_owned())),
        refs: Some(edition.refs(&rival.quotes)),
        dot: rival.threat.map(|value| Dot { value, range: rival.ci90, expected: rival.fair_share, class }),
        figure: rival.threat.map_or_else(|| "–".to_owned(), |share| edition.percent(share)),
        range: rival.ci90.map(|range| edition.percent_range(range)),
        evidence: Some(evidence_class(evidence)),
        voice: None,
    }
}

/// `night out 27 %, dining out 12 %`
pub(in crate::render::report) fn mainly(edition: &Edition<'_>, rival: &RivalFinding) -> String {
    let told = rival.occasions.iter().take(OCCASIONS).map(|part| {
        let gap = edition.say("", " ");
        format!("{}{gap}{}", edition.occasion(&part.id), edition.percent(part.contribution))
    });
    told.collect::<Vec<_>>().join(edition.say("、", ", "))
}

pub(in crate::render::report) fn evidence_class(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Clear => "clear",
        Evidence::Thin | Evidence::OneWord => "thin",
        Evidence::RolesOnly => "roles",
    }
}

pub(in crate::render::report) fn evidence_word<'t>(edition: &Edition<'_>, evidence: Evidence) -> &'t str {
    match evidence {
        Evidence::Clear => edition.say("证据清楚", "clear"),
        Evidence::OneWord => edition.say("只靠一词", "one word"),
        Evidence::Thin => edition.say("证据薄", "thin"),
        Evidence::RolesOnly => edition.say("仅凭角色", "roles only"),
    }
}

fn legend(edition: &Edition<'_>) -> Markup {
    let entries = [
        (
            "clear",
            edition.say("证据清楚：明显超过体量，且至少10位作者", "clear: more than its size, by ten authors at least"),
        ),
        (
            "thin",
            edition.say(
                "只靠一词：同样清楚，但去掉某一个词，剩下的不到一半",
                "one word: as clear, but without one wording less than half of it would be left",
            ),
        ),
        ("thin", edition.say("证据薄：有人说，但可能是体量或偶然", "thin: said, but size or chance could explain it")),
        ("roles", edition.say("仅凭角色：还没有人比较过两者", "roles only: nobody has compared the two")),
    ];
    html! {
        ul class="legend" { @for (class, text) in entries { li { span class={ "tag " (class) } {} (text) } } }
    }
}

/// Without shares: what people say, counted.
fn counted(edition: &Edition<'_>, rivals: &[&RivalFinding]) -> Markup {
    let most = rivals.iter().map(|r| r.switching.to_rival).max().unwrap_or(0).max(1) as f64;
    html! {
        table class="ranges" {
            thead {
                tr {
                    th scope="col" { (edition.say("对手", "Rival")) }
                    th scope="col" class="plot" { (edition.say("改选它的作者", "Authors who took it instead")) }
                    th scope="col" class="number" { (edition.say("去/回", "there / back")) }
                }
            }
            tbody {
                @for (i, rival) in rivals.iter().filter(|r| said(r) > 0).enumerate() {
                    tr {
                        th scope="row" {
                            span class="name" { (capital(&edition.rival(rival))) }
                            (edition.refs(&rival.quotes))
                        }
                        td class="plot" { (crate::render::report::chapters::position::motives::bar(rival.switching.to_rival as f64 / most, "taken")) }
                        td class="number" { b { (count(rival.switching.to_rival)) " / " (count(rival.switching.from_rival)) } }
                    }
                    @if i < VOICES && !rival.quotes.is_empty() {
                        tr class="said" { td colspan="3" { (edition.voice(&rival.quotes)) } }
                    }
                }
            }
        }
    }
}

/// What is not in the chart: partners, those who left for nothing, the rest.
fn around(edition: &Edition<'_>, subject: &Subject, parts: &Parts<'_>) -> Markup {
    let gap = edition.say("：", ": ");
    let mut rest: Vec<String> = Vec::new();
    let listed = edition.book.rivals(subject);
    let shown: Vec<&RivalFinding> = parts.rivals().collect();
    let left = Unshown::of(subject, &listed, &shown);
    for (some, zh, en) in [
        (Some(left.ranked), "个已排名但未列出", "more that are ranked"),
        (subject.rest, "个作者太少", "with too few authors"),
    ] {
        let some = some.filter(|r| r.entities > 0);
        rest.extend(some.map(|r| format!("{} {} {}", r.entities, edition.say(zh, en), edition.percent(r.threat))));
    }
    if left.apart.entities > 0 {
        let named: Vec<String> = left
            .largest
            .iter()
            .map(|of| format!("{} {}", edition.rival_at(&of.rival, subject.level), edition.percent(of.threat)))
            .collect();
        let (entities, threat) = (left.apart.entities, edition.percent(left.apart.threat));
        let named = match edition.language {
            _ if named.is_empty() => String::new(),
            Language::Zh => format!("（{}等）", named.join("、")),
            Language::En => format!(" ({} …)", named.join(", ")),
        };
        rest.push(match edition.language {
            Language::Zh => format!("{entities} 个角色不同的 {threat}{named}，只因体量，没什么人说拿它们代替"),
            Language::En => format!(
                "{entities} that play another part {threat}{named}, there by their size, not by what people say"
            ),
        });
    }
    for other in &subject.catch_all {
        rest.push(format!("{} {}", edition.rival_at(&other.rival, subject.level), edition.percent(other.threat)));
    }
    html! {
        dl class="around" {
            @if !parts.partners.is_empty() {
                div {
                    dt { (edition.say("不是对手，是搭档", "Partners, not rivals")) }
                    dd {
                        @for rival in parts.partners.iter().take(6) {
                            span class="partner" {
                                (edition.rival(rival)) " "
                                (edition.authors(rival.pairing)) (edition.say("搭着要", " together"))
                                (edition.say("，", ", ")) (count(rival.switching.to_rival + rival.switching.from_rival)) (edition.say("人二选一", " instead"))
                                " " (edition.refs(&rival.quotes))
                            }
                        }
                    }
                }
            }
            @if let Some(lost) = edition.book.outside(&subject.of) {
                div {
                    dt { (edition.say("什么都不要了", "Lost to nothing")) }
                    dd {
                        (edition.authors(lost.authors)) (gap)
                        (edition.percent(lost.share)) (edition.say("，不在份额之内", " of those who speak of it; not in the shares"))
                        " " (edition.refs(&lost.quotes))
                    }
                }
            }
            @if !rest.is_empty() {
                div {
                    dt { (edition.say("图外的份额", "Not in the chart")) }
                    dd { (rest.join(" · ")) }
                }
            }
        }
    }
}

/// What people say, where nothing can be ranked.
fn what_they_say(edition: &Edition<'_>, subject: &Subject, shown: &[&RivalFinding]) -> Markup {
    html! {
        @if shown.is_empty() && !subject.said.is_empty() {
            ul class="said-list" {
                @for said in &subject.said {
                    @let name = edition.rival_at(&said.rival, subject.level);
                    li {
                        p {
                            b { (capital(&name)) } " — " (edition.authors(said.authors)) " "
                            (relation(edition, said.relation)) " " (edition.refs(&said.quotes))
                        }
                        (edition.voice(&said.quotes))
                    }
                }
            }
        } @else if shown.is_empty() {
            p class="none" { (edition.say("还没有对手可列。", "No rival to list yet.")) }
        }
    }
}

fn relation<'t>(edition: &Edition<'_>, relation: &str) -> &'t str {
    match relation {
        "instead_of" => edition.say("改选了它", "took it instead"),
        "better_than" => edition.say("说它更好", "call it better"),
        "either_or" => edition.say("在两者之间掂量", "weigh the two"),
        _ => edition.say("把两者搭着要", "take the two together"),
    }
}

/// All figures of a list, sortable.
fn figures(edition: &Edition<'_>, rivals: &[&RivalFinding]) -> Markup {
    let columns = [
        sortable::words(edition.say("对手", "rival")),
        sortable::numbers(edition.say("份额", "share")),
        sortable::numbers(edition.say("90%区间", "90 % range")),
        sortable::numbers(edition.say("体量应得", "by size")),
        sortable::numbers(edition.say("倍数", "excess")),
        sortable::numbers("q"),
        sortable::numbers(edition.say("去", "switched")),
        sortable::numbers(edition.say("回", "back")),
        sortable::numbers(edition.say("说它更好/更差", "better / worse")),
        sortable::numbers(edition.say("搭着要", "together")),
        sortable::words(edition.say("关系", "relation")),
        sortable::numbers(edition.say("前五稳定度", "in first five")),
    ];
    let rows = html! { @for rival in rivals { (figures_row(edition, rival)) } };
    sortable::folded(edition.say("全部数字", "All figures"), &columns, &rows, None)
}

fn figures_row(edition: &Edition<'_>, rival: &RivalFinding) -> Markup {
    let none = || "–".to_owned();
    let relation = match rival.relation {
        Kinship::Competitor => edition.say("竞争", "competitor"),
        Kinship::Complement => edition.say("互补", "complement"),
        Kinship::Both => edition.say("兼有", "both"),
        Kinship::Unknown => edition.say("不明", "unknown"),
    };
    let number = |value: Option<f64>, text: String| html! { td class="number" data-v=[value] { (text) } };
    html! {
        tr {
            th scope="row" { (edition.rival(rival)) }
            (number(rival.threat, rival.threat.map_or_else(none, |v| edition.percent(v))))
            (number(rival.ci90.map(|c| c[0]), rival.ci90.map_or_else(none, |v| edition.percent_range(v))))
            (number(rival.fair_share, rival.fair_share.map_or_else(none, |v| edition.percent(v))))
            (number(rival.excess, rival.excess.map_or_else(none, times)))
            (number(rival.q, rival.q.map_or_else(none, q)))
            (number(Some(rival.switching.to_rival as f64), count(rival.switching.to_rival)))
            (number(Some(rival.switching.from_rival as f64), count(rival.switching.from_rival)))
            (number(
                Some(rival.comparing.rival_better as f64),
                format!("{} / {}", count(rival.comparing.rival_better), count(rival.comparing.subject_better)),
            ))
            (number(Some(rival.pairing as f64), count(rival.pairing)))
            td { (relation) }
            (number(rival.rank_stability, rival.rank_stability.map_or_else(none, |v| edition.percent(v))))
        }
    }
}

/// `0.03`, `<0.001`.
pub(in crate::render::report) fn q(value: f64) -> String {
    if value < 0.001 {
        "<0.001".to_owned()
    } else {
        format!("{value:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}
