//! What an entity is really about, and what stirs people about it.

use maud::{Markup, html};

use crate::analyze::findings::{
    ClicheFinding, EssenceFinding, EssenceScore, ExcitementFinding, FeatureFinding, StepFinding, ThemeFinding, Verdict,
};
use crate::render::book::capital;
use crate::render::figures::{count, times};
use crate::render::language::Language;
use crate::render::report::chapter::{Chapter, chapter};
use crate::render::report::chapters::position::motives::bar;
use crate::render::report::chapters::ranges::{self, Row};
use crate::render::report::chart::flow::{Band, Node, draw};
use crate::render::report::chart::track::{Axis, Dot};
use crate::render::report::edition::Edition;

/// Entries with a voice, features, steps and points shown.
const VOICES: usize = 3;
const FEATURES: usize = 6;
const STEPS: usize = 12;
const POINTS: usize = 6;

/// The chapter of an entity in focus.
pub(in crate::render::report) fn write(edition: &Edition<'_>, id: &str, anchor: &str) -> Option<Chapter> {
    let findings = edition.findings();
    let essence = findings.essence.iter().find(|e| e.of == id);
    let excitement = findings.excitement.iter().find(|e| e.of == id);
    if essence.is_none() && excitement.is_none() {
        return None;
    }
    let name = edition.phrase(id);
    let body = html! {
        @if let Some(essence) = essence { (essence_of(edition, essence)) }
        @if let Some(excitement) = excitement { (excitement_of(edition, excitement)) }
    };
    let title = match edition.language {
        Language::Zh => format!("{name}到底是什么，什么让人兴奋"),
        Language::En => format!("What {name} {} really about, and what stirs people", name.verb("is", "are")),
    };
    let gist = edition.say(
        "本质：人们说完功能和好处之后，最终落到的那个词。兴奋点：一说到它，话就热起来的东西；大家都在说却没人激动的，是陈词滥调。",
        "Essence: the word people end on after features and benefits. Excitement: what makes them speak warmer when it comes up; what everybody claims and nobody warms to is a cliché.",
    );
    Some(chapter(anchor, &title, edition.say("本质与兴奋点", "Essence"), gist, body))
}

/// Why nothing is listed, where nothing is.
pub(in crate::render::report) fn verdict<'t>(edition: &Edition<'_>, verdict: Verdict) -> Option<&'t str> {
    match verdict {
        Verdict::Found => None,
        Verdict::FunctionOnly => Some(edition.say(
            "人们说的是功能和好处，没有更高一层的意义：这也是一个答案。",
            "People speak of functions and benefits; nothing lies above them. That is an answer too.",
        )),
        Verdict::NothingOfItsOwn => Some(edition.say(
            "说得不少，但没有哪一样明显多于、或不同于别人。",
            "Things are said, but none of them more or otherwise than of others.",
        )),
        Verdict::InsufficientEvidence => Some(edition.say(
            "说到这些的作者太少，还不能下结论。",
            "Too few authors say anything of this kind: nothing can be concluded yet.",
        )),
    }
}

/// The label of a theme.
pub(in crate::render::report) fn theme<'f>(edition: &Edition<'_>, theme: &'f ThemeFinding) -> &'f str {
    let (own, other) = match edition.language {
        Language::Zh => (&theme.label.zh, &theme.label.en),
        Language::En => (&theme.label.en, &theme.label.zh),
    };
    if own.is_empty() { other } else { own }
}

fn essence_of(edition: &Edition<'_>, essence: &EssenceFinding) -> Markup {
    let most = essence.essences.iter().chain(&essence.also).map(|e| e.share).fold(0.0, f64::max).max(1e-9);
    html! {
        h3 { (edition.say("本质", "Essence")) }
        @if let Some(told) = verdict(edition, essence.verdict) { p { (told) } }
        @if !essence.essences.is_empty() {
            ul class="bars wide" {
                @for (i, score) in essence.essences.iter().enumerate() { (score_of(edition, score, most, i < VOICES)) }
            }
        }
        @if !essence.also.is_empty() {
            p class="note" {
                (edition.say("也有人说，但不突出：", "Also spoken of, without standing out: "))
                @for (i, score) in essence.also.iter().enumerate() {
                    @if i > 0 { " · " }
                    (edition.say(&score.label.zh, &score.label.en)) " " (count(score.authors)) " " (edition.refs(&score.quotes))
                }
            }
        }
        (ladder(edition, &essence.ladder))
        (features(edition, &essence.talked_about))
    }
}

fn score_of(edition: &Edition<'_>, score: &EssenceScore, most: f64, voice: bool) -> Markup {
    html! {
        li {
            span class="name" { (capital(edition.say(&score.label.zh, &score.label.en))) }
            span class="number" { (edition.authors(score.authors)) " · " (edition.percent(score.share)) " " b { (times(score.lift)) } }
            (bar(score.share / most, "held"))
            (edition.refs(&score.quotes))
            @if voice { (edition.voice(&score.quotes)) }
        }
    }
}

/// From means to ends, as bands.
fn ladder(edition: &Edition<'_>, steps: &[StepFinding]) -> Markup {
    let steps = &steps[..steps.len().min(STEPS)];
    let itself = edition.say("它本身", "the thing itself");
    let from_of =
        |step: &StepFinding| step.from.as_ref().map_or(itself.to_owned(), |from| theme(edition, from).to_owned());
    let (mut left, mut right): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let place = |all: &mut Vec<String>, name: String| match all.iter().position(|known| *known == name) {
        Some(at) => at,
        None => {
            all.push(name);
            all.len() - 1
        }
    };
    let mut bands = Vec::new();
    for step in steps {
        let (from, to) = (from_of(step), theme(edition, &step.to).to_owned());
        let title = format!("{from} → {to}: {}", weight(step));
        bands.push(Band { from: place(&mut left, from), to: place(&mut right, to), size: step.weight, title });
    }
    let node = |i: usize, name: &String| Node {
        label: capital(name),
        figure: String::new(),
        class: if i < 6 { format!("band{}", i + 1) } else { "rest".to_owned() },
    };
    let sides = |names: &[String]| names.iter().enumerate().map(|(i, name)| node(i, name)).collect::<Vec<_>>();
    let label = edition.say("从手段到目的：左边通向右边", "From means to ends: the left leads to the right");
    let chart = draw(&sides(&left), &sides(&right), &bands, label);
    html! {
        @if let Some(chart) = chart {
            h3 { (edition.say("阶梯：从特点到好处，再到意义", "The ladder: from features to benefits to meaning")) }
            div class="scroll" tabindex="0" role="region" aria-label=(label) { (chart) }
            details class="figures" {
                summary { (edition.say("表：每一步有多少作者", "Table: authors per step")) }
                table {
                    thead { tr { th scope="col" { (edition.say("从", "from")) } th scope="col" { (edition.say("到", "to")) } th scope="col" class="number" { (edition.say("作者", "authors")) } } }
                    tbody { @for step in steps { tr { th scope="row" { (from_of(step)) } td { (theme(edition, &step.to)) } td class="number" { (weight(step)) } } } }
                }
                p class="note" { (edition.say("没有因果或目的词相连的，一位作者算四分之一。", "Without a word of cause or purpose an author counts a quarter.")) }
            }
        }
    }
}

fn weight(step: &StepFinding) -> String {
    crate::render::report::chart::at(step.weight)
}

/// What is talked about without being the essence.
fn features(edition: &Edition<'_>, features: &[FeatureFinding]) -> Markup {
    html! {
        @if !features.is_empty() {
            h3 { (edition.say("说得多，但不是本质", "Talked about, but not the essence")) }
            ul class="plain" {
                @for feature in features.iter().take(FEATURES) {
                    li {
                        b { (capital(edition.say(&feature.label.zh, &feature.label.en))) } " "
                        (edition.authors(feature.authors)) " · " (edition.percent(feature.share))
                        (edition.say("，夸 ", "; praised by ")) (count(feature.positive)) (edition.say("，怨 ", ", blamed by ")) (count(feature.negative))
                        " " (edition.refs(&feature.quotes))
                    }
                }
            }
        }
    }
}

fn excitement_of(edition: &Edition<'_>, excitement: &ExcitementFinding) -> Markup {
    let reach = excitement.points.iter().flat_map(|p| p.ci90.map(f64::abs)).fold(0.0, f64::max);
    let axis = Axis::differences(reach);
    let rows: Vec<Row> = excitement
        .points
        .iter()
        .take(POINTS)
        .enumerate()
        .map(|(i, point)| Row {
            name: theme(edition, &point.theme).to_owned(),
            below: format!(
                "{} · {} · {}",
                edition.authors(point.authors),
                edition.percent(point.share),
                times(point.lift)
            ),
            refs: Some(edition.refs(&point.quotes)),
            dot: Some(Dot { value: point.difference, range: Some(point.ci90), expected: None, class: "dot hold" }),
            figure: format!("{:+.1}", point.difference),
            range: Some(format!("{:+.1}…{:+.1}", point.ci90[0], point.ci90[1])),
            voice: (i < VOICES && !point.quotes.is_empty()).then(|| edition.voice(&point.quotes)),
            ..Row::default()
        })
        .collect();
    let titles = [
        edition.say("说到它，人就热起来", "What stirs people"),
        edition.say("激动程度的差，画成图", "Difference in arousal, drawn"),
        edition.say("激动差", "Arousal"),
    ];
    html! {
        h3 { (edition.say("兴奋点", "Excitement")) }
        @if let Some(told) = verdict(edition, excitement.verdict) { p { (told) } }
        (ranges::table(titles, &axis, &rows))
        @if !excitement.cliches.is_empty() {
            h3 { (edition.say("陈词滥调：人人都说，没人激动", "Clichés: everybody claims them, nobody warms to them")) }
            ul class="plain" { @for cliche in &excitement.cliches { (cliche_of(edition, cliche)) } }
        }
    }
}

fn cliche_of(edition: &Edition<'_>, cliche: &ClicheFinding) -> Markup {
    let [of, all] = cliche.claimants;
    html! {
        li {
            b { (capital(theme(edition, &cliche.theme))) } " "
            (edition.percent(cliche.share)) (edition.say("的人提到；同行 ", " bring it up; so do consumers of ")) (of) "/" (all) (edition.say(" 家都有人说", " of its field"))
            " " (edition.refs(&cliche.quotes))
        }
    }
}
