//! What a reader must not overlook: how the posts were fetched, and what cannot be said yet.

use maud::{Markup, html};

use crate::analyze::findings::{FrameSource, Subject};
use crate::render::figures::count;
use crate::render::language::Language;
use crate::render::phrase::fetched_by;
use crate::render::report::edition::{Edition, plain};

/// Names and queries told.
const NAMED: usize = 3;

/// What the sampling frame forbids; nothing where it is clean.
pub(in crate::render::report) fn frame(edition: &Edition<'_>) -> Markup {
    let told = told(edition);
    html! {
        @if let Some(told) = told { p class="caution" role="note" { b { "! " } (plain(&told)) } }
    }
}

fn told(edition: &Edition<'_>) -> Option<String> {
    let frame = &edition.findings().frame;
    let names: Vec<String> = frame.fetched_by.iter().take(NAMED).map(|id| edition.name(id)).collect();
    let names = edition.language.list(&names);
    let share = frame.fetched_share.map(|share| edition.percent(share));
    let mut told = match (edition.language, frame.source, share) {
        (Language::Zh, FrameSource::Suspected, _) => {
            format!("六成以上的帖子里都有{names}，看上去是按这个名字检索来的；如果不是，请用 --sampled-by 说明")
        }
        (Language::En, FrameSource::Suspected, _) => {
            let [stand, that] = fetched_by(frame.fetched_by.len());
            format!(
                "{names} {stand} in over 60 % of the posts: they look as if fetched by {that}; if not, say how with --sampled-by"
            )
        }
        (Language::Zh, _, Some(share)) if frame.shares_given => {
            format!("{share}的帖子是按{names}检索来的：份额只用其余的帖子")
        }
        (Language::En, _, Some(share)) if frame.shares_given => {
            format!("{share} of the posts were fetched by the name {names}: shares use the others only")
        }
        (Language::Zh, _, Some(share)) => format!("{share}的帖子是按{names}检索来的"),
        (Language::En, _, Some(share)) => format!("{share} of the posts were fetched by the name {names}"),
        (_, _, None) if frame.shares_given => return None,
        (Language::Zh, _, None) => "不受检索词影响的帖子太少".to_owned(),
        (Language::En, _, None) => "too few posts are free of the query".to_owned(),
    };
    if !frame.shares_given {
        let queries: Vec<String> =
            frame.suggested_queries.iter().take(NAMED).map(|q| edition.say(&q.zh, &q.en).to_owned()).collect();
        told.push_str(edition.say("，因此不给份额", ": no shares"));
        if !queries.is_empty() {
            told.push_str(&match edition.language {
                Language::Zh => format!("；补抓{}这些场合的帖子就能回答", queries.join("、")),
                Language::En => format!("; posts fetched by {} would answer", queries.join(", ")),
            });
        }
    }
    told.push_str(edition.say("。", "."));
    Some(told)
}

/// Occasions with too few authors, and the words that would find more posts.
pub(in crate::render::report) fn unknown(edition: &Edition<'_>, subject: &Subject) -> Markup {
    let thin = &subject.thin_occasions;
    html! {
        @if !thin.is_empty() {
            p class="unknown" {
                b { (edition.say("还说不准：", "Not known yet: ")) }
                @for (i, occasion) in thin.iter().take(NAMED).enumerate() {
                    @if i > 0 { (edition.say("，", ", ")) }
                    (edition.occasion(&occasion.id))
                    (edition.say("（", " (")) (count(occasion.authors)) "/" (count(occasion.authors + occasion.needed)) (edition.say(" 位作者）", " authors)"))
                }
                (edition.say("。用这些词补抓帖子，就能判断。", ". Posts fetched by these words would tell."))
            }
        }
    }
}
