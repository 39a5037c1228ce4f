//! White space: what is wanted on an occasion and what the entity does not serve; and what it is taken for today.

use maud::{Markup, html};

use crate::analyze::findings::{JobsFinding, Space, SpaceKind, WhiteSpaceFinding};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::position::motives::bar;
use crate::render::report::chapters::sortable;
use crate::render::report::edition::Edition;

/// Spaces and jobs shown, and those with a voice.
const SPACES: usize = 8;
const JOBS: usize = 15;
const VOICES: usize = 3;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let findings = &edition.findings().space;
    let white = findings.white_space.iter().find(|w| w.of == id);
    let jobs = findings.jobs.iter().find(|j| j.of == id && !j.cells.is_empty());
    if white.is_none() && jobs.is_none() {
        return None;
    }
    let name = edition.phrase(id);
    let body = html! {
        @if let Some(white) = white { (spaces(edition, white)) }
        @if let Some(jobs) = jobs { (jobs_of(edition, jobs)) }
    };
    let title = match edition.language {
        Language::Zh => format!("{name}还没占住的空地"),
        Language::En => format!("White space for {name}"),
    };
    let gist = edition.say(
        "空地是“场合 × 理由”：有人想要，和它给得了的东西对路，而它今天不在那里。条越长，机会越大；主人是今天占着那里的品类。",
        "White space is an occasion × motive that people want, that fits what it gives, and where it is absent today. The longer the bar, the more room; the owner is the category that holds it.",
    );
    Some(chapter(anchor, &title, edition.say("空地", "White space"), gist, body))
}

fn job(edition: &Edition<'_>, occasion: &str, motive: &str) -> String {
    format!("{} × {}", capital(&edition.occasion(occasion)), edition.motive(motive))
}

fn spaces(edition: &Edition<'_>, white: &WhiteSpaceFinding) -> Markup {
    let shown = &white.spaces[..white.spaces.len().min(SPACES)];
    let most = shown.iter().map(|s| s.score).fold(0.0, f64::max).max(1e-12);
    html! {
        @if shown.is_empty() {
            p {
                @match (white.needed, edition.language) {
                    (Some(needed), Language::Zh) => { "说得出场合和理由的作者还差" (count(needed.authors)) "位，暂时看不出空地。" },
                    (Some(needed), Language::En) => { (edition.authors(needed.authors)) " more with an occasion and a motive are needed before room can be seen." },
                    (None, Language::Zh) if white.looked_at == 0 => { "还没有哪个“场合 × 理由”有足够多的人谈。" },
                    (None, Language::En) if white.looked_at == 0 => { "No occasion × motive is spoken of by enough people yet." },
                    (None, Language::Zh) => { "在" (white.looked_at) "个有人谈的“场合 × 理由”里，没有看到空地。" },
                    (None, Language::En) => { "No room among the " (white.looked_at) " occasions × motives that enough people speak of." },
                }
            }
        } @else {
            @let voiced = voiced(shown);
            ul class="bars wide" { @for (i, space) in shown.iter().enumerate() { (space_of(edition, space, most, voiced.contains(&i))) } }
        }
    }
}

/// The first places whose first quote stands under none before.
fn voiced(shown: &[Space]) -> Vec<usize> {
    let first = |space: &Space| space.quotes.first().cloned();
    let fresh = |&i: &usize| first(&shown[i]).is_some() && !shown[..i].iter().any(|s| first(s) == first(&shown[i]));
    (0..shown.len()).filter(fresh).take(VOICES).collect()
}

fn space_of(edition: &Edition<'_>, space: &Space, most: f64, voice: bool) -> Markup {
    let (class, kind) = match space.kind {
        SpaceKind::Open => ("held", edition.say("没有主人", "open")),
        SpaceKind::Owned => ("taken", edition.say("别人占着", "owned")),
        SpaceKind::Emerging => ("again", edition.say("正在长大", "emerging")),
    };
    let owner = space.owner.as_ref().map(|owner| edition.name(owner));
    html! {
        li {
            span class="name" {
                (job(edition, &space.occasion, &space.motive)) " "
                span class={ "tag " (class) } { (kind) @if let Some(owner) = &owner { (edition.say("：", ": ")) (owner) } }
            }
            span class="number" { (edition.authors(space.authors)) }
            (bar(space.score / most, class))
            p class="where" {
                (edition.say("契合 ", "fit ")) (edition.percent(space.fit)) " · "
                (edition.say("没满足 ", "unmet ")) (edition.percent(space.unmet)) " · "
                (edition.say("它自己 ", "itself ")) (count(space.own_authors)) (edition.say("，同类 ", ", its kind ")) (count(space.kin_authors))
                " " (edition.refs(&space.quotes))
            }
            @if voice { (edition.voice(&space.quotes)) }
        }
    }
}

/// What it is taken for today.
fn jobs_of(edition: &Edition<'_>, jobs: &JobsFinding) -> Markup {
    let title = edition.say("今天它被用来做什么：场合 × 理由", "What it is taken for today: occasion × motive");
    let columns = [
        sortable::words(edition.say("场合 × 理由", "occasion × motive")),
        sortable::numbers(edition.say("作者", "authors")),
        sortable::numbers(edition.say("占比", "share")),
        sortable::numbers(edition.say("对市场", "× market")),
        sortable::words(edition.say("谁会顶替它", "who would take its place")),
    ];
    html! {
        h3 { (title) }
        @let rows = html! {
            @for cell in jobs.cells.iter().take(JOBS) {
                tr {
                    th scope="row" { (job(edition, &cell.occasion, &cell.motive)) " " (edition.refs(&cell.quotes)) }
                    td class="number" data-v=(cell.authors) { (count(cell.authors)) }
                    td class="number" data-v=(cell.share) { (edition.percent(cell.share)) }
                    td class={ "number" @if cell.lift.is_sure() { " sure" } } data-v=[cell.lift.value] { (cell.lift.value.map_or_else(|| "–".to_owned(), times)) }
                    td { (cell.rivals.iter().take(3).map(|r| format!("{} {}", edition.rival_at(&r.rival, jobs.level), edition.percent(r.share))).collect::<Vec<_>>().join(edition.say("、", ", "))) }
                }
            }
        };
        (sortable::table(title, &columns, &rows))
    }
}
