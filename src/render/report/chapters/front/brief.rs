//! The first page: the answer in words, its figures at a glance, claims that can be quoted, and what must not be overlooked.

use maud::{Markup, html};

use crate::analyze::findings::Subject;
use crate::render::book::capital;
use crate::render::figures::count;
use crate::render::parts::Parts;
use crate::render::report::chapter::Chapter;
use crate::render::report::chapters::front::caveats;
use crate::render::report::chapters::front::claims;
use crate::render::report::chapters::front::verdict;
use crate::render::report::chapters::rivalry::rivals;
use crate::render::report::edition::{Edition, plain};

/// Rivals at a glance.
const GLANCE: usize = 5;

/// The brief of an entity in focus.
pub(in crate::render::report) fn of_subject(edition: &Edition<'_>, id: &str, anchor: &str) -> Chapter {
    let subjects = edition.book.subjects(id);
    let body = match subjects.first() {
        Some(subject) => page(edition, subject, anchor),
        None => nobody(edition, id, anchor),
    };
    // With several entities the table of contents tells whose chapters begin here.
    let several = edition.book.focus().len() > 1;
    let word = if several { capital(&edition.name(id)) } else { edition.say("答案", "Answer").to_owned() };
    Chapter { anchor: anchor.to_owned(), word, body }
}

fn page(edition: &Edition<'_>, subject: &Subject, anchor: &str) -> Markup {
    let parts = Parts::of(&edition.book.rivals(subject));
    let told = verdict::tell(edition, subject, &parts);
    let claims = claims::of(edition, subject, &parts);
    html! {
        section class="brief" id=(anchor) aria-labelledby={ (anchor) "-title" } {
            (kicker(edition, &edition.subject(subject)))
            h1 id={ (anchor) "-title" } { (told.headline) }
            p class="lede" { @for sentence in &told.sentences { (sentence) (edition.say("", " ")) } }
            (rivals::glance(edition, subject, &parts, GLANCE))
            (claims::list(edition, &claims))
            (caveats::frame(edition))
            (caveats::unknown(edition, subject))
            (source(edition, Some(subject)))
        }
    }
}

/// Nobody speaks of it.
fn nobody(edition: &Edition<'_>, id: &str, anchor: &str) -> Markup {
    let name = edition.name(id);
    html! {
        section class="brief" id=(anchor) aria-labelledby={ (anchor) "-title" } {
            (kicker(edition, &name))
            h1 id={ (anchor) "-title" } { (edition.say("没有消费者的帖子谈到", "No consumer post speaks of ")) (edition.phrase(id)) }
            p class="lede" {
                (edition.say(
                    "没有可说的：请检查词表里有没有人们实际使用的叫法，或换一批帖子。",
                    "There is nothing to say: check that the lexicons have the words people use for it, or bring other posts.",
                ))
            }
            (source(edition, None))
        }
    }
}

/// What the page is about, and when.
pub(in crate::render::report) fn kicker(edition: &Edition<'_>, name: &str) -> Markup {
    let when = edition.findings().meta.period.as_ref().and_then(|period| edition.language.period(period));
    html! {
        p class="kicker" {
            b { (capital(name)) }
            " · " (edition.say("谁在抢走消费者", "who takes the consumer"))
            @if let Some(when) = when { " · " (when) }
        }
    }
}

/// What the figures rest on, in a line.
pub(in crate::render::report) fn source(edition: &Edition<'_>, subject: Option<&Subject>) -> Markup {
    let meta = &edition.findings().meta;
    let all: u64 = meta.platforms.values().sum();
    let mut platforms: Vec<(&String, u64)> = meta.platforms.iter().map(|(name, &posts)| (name, posts)).collect();
    platforms.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let known = subject.and_then(|s| s.occasion_known);
    html! {
        footer class="source" {
            p {
                b { (edition.say("样本", "Sample")) } " "
                (count(meta.rows.read)) (edition.say(" 行，用了 ", " rows, ")) (count(meta.rows.analyzed)) (edition.say("；", " used; "))
                (count(meta.posts.consumer)) (edition.say(" 篇消费者帖子，", " consumer posts by "))
                (edition.authors(meta.authors))
                @if let Some(subject) = subject {
                    (edition.say("，其中 ", ", of whom ")) (count(subject.authors)) (edition.say(" 位谈到", " speak of ")) (edition.subject_phrase(subject))
                }
                @if let Some(known) = known {
                    (edition.say("（", " (")) (edition.percent(known)) (edition.say("能看出场合）", " with a known occasion)"))
                }
                (edition.say("。", ". "))
                @for (i, (name, posts)) in platforms.iter().take(4).enumerate() {
                    @if i > 0 { " · " }
                    bdi { (plain(name)) } " " (edition.percent(*posts as f64 / all.max(1) as f64))
                }
            }
            p {
                (edition.say(
                    "谈论不等于购买，发帖的人不等于买的人，没人说不等于没需求。份额是模型估计的替代份额，区间按作者计算。",
                    "Talk is not purchase; who posts is not who buys; silence is not absence of demand. Shares are modelled substitution shares with intervals over authors.",
                ))
            }
        }
    }
}
