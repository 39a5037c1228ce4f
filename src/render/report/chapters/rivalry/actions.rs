//! What to do: where to defend, where to attack, what to leave.

use maud::{Markup, html};

use crate::analyze::findings::{Action, ActionFinding, ActionsFinding};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::ranges::{self, Row};
use crate::render::report::chart::track::{Axis, Dot};
use crate::render::report::edition::Edition;

/// Occasions drawn.
const SHOWN: usize = 12;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let found = edition.findings().space.actions.iter().find(|a| a.of == id)?;
    let name = edition.phrase(id);
    let body = if found.occasions.is_empty() { missing(edition, found)? } else { chart(edition, found) };
    let title = match edition.language {
        Language::Zh => format!("{name}：守哪里，攻哪里，放哪里"),
        Language::En => format!("{name}: defend, attack, leave"),
    };
    let gist = edition.say(
        "圆点是它在这个场合的份额除以总份额：×1右边比平时强，左边比平时弱。可赢、可失是样本里的作者数：体量 × 弱势（或强势）× 换的人。",
        "The dot is its share on the occasion over its share in all: stronger than elsewhere to the right of ×1, weaker to the left. To win and to lose count authors of this sample: volume × weakness (or strength) × those who switch.",
    );
    Some(chapter(anchor, &title, edition.say("怎么办", "What to do"), gist, body))
}

fn missing(edition: &Edition<'_>, found: &ActionsFinding) -> Option<Markup> {
    let needed = found.needed_switching?;
    Some(html! {
        p {
            @match edition.language {
                Language::Zh => { "说得出场合、又亲口说换了的作者只有" (count(found.switching)) "位，还差" (count(needed)) "位，才说得出守哪里、攻哪里。" },
                Language::En => { (edition.authors(found.switching)) " say on a known occasion that they switched; " (count(needed)) " more are needed before this can be told." },
            }
        }
    })
}

fn chart(edition: &Edition<'_>, found: &ActionsFinding) -> Markup {
    let shown = &found.occasions[..found.occasions.len().min(SHOWN)];
    let reach = || {
        shown
            .iter()
            .flat_map(|a| [Some(a.strength), a.strength_ci90.map(|c| c[0]), a.strength_ci90.map(|c| c[1])])
            .flatten()
    };
    let axis = Axis::lifts(reach().fold(1.0, f64::min), reach().fold(1.0, f64::max));
    let rows: Vec<Row> = shown.iter().map(|action| row(edition, action)).collect();
    let titles =
        [edition.say("场合", "Occasion"), edition.say("强弱图", "Strength, drawn"), edition.say("强弱", "Strength")];
    html! {
        (summary(edition, shown))
        (ranges::table(titles, &axis, &rows))
    }
}

/// The three lists in words.
fn summary(edition: &Edition<'_>, shown: &[ActionFinding]) -> Markup {
    let of = |action: Action| -> Vec<String> {
        shown.iter().filter(|a| a.action == action).map(|a| edition.occasion(&a.id)).collect()
    };
    let lists = [
        (edition.say("守", "Defend"), of(Action::Defend)),
        (edition.say("攻", "Attack"), of(Action::Attack)),
        (edition.say("放", "Leave"), of(Action::Leave)),
    ];
    html! {
        @if lists.iter().any(|(_, names)| !names.is_empty()) {
            dl class="around" {
                @for (word, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
                    div { dt { b { (word) } } dd { (capital(&edition.language.list(names))) } }
                }
            }
        } @else {
            p { (edition.say("数字还不足以决定守、攻、放。", "The figures do not decide yet what to defend, attack or leave.")) }
        }
    }
}

fn row(edition: &Edition<'_>, action: &ActionFinding) -> Row {
    let (tag, class) = match action.action {
        Action::Defend => (Some(("held", edition.say("守", "defend"))), "dot hold"),
        Action::Attack => (Some(("clear", edition.say("攻", "attack"))), "dot clear"),
        Action::Leave => (Some(("roles", edition.say("放", "leave"))), "dot plain"),
        Action::Undecided => (None, "dot plain"),
    };
    let below = match edition.language {
        Language::Zh => format!(
            "可赢 {:.0} · 可失 {:.0} · 换的人 {}",
            action.to_win,
            action.to_lose,
            count(action.switching_authors)
        ),
        Language::En => format!(
            "to win {:.0} · to lose {:.0} · {} switched",
            action.to_win,
            action.to_lose,
            count(action.switching_authors)
        ),
    };
    Row {
        name: edition.occasion(&action.id),
        below,
        tag: tag.map(|(class, word)| (class, word.to_owned())),
        dot: Some(Dot { value: action.strength, range: action.strength_ci90, expected: None, class }),
        figure: times(action.strength),
        range: action.strength_ci90.map(crate::render::report::chapters::position::occasions::times_range),
        ..Row::default()
    }
}
