//! The page around the chapters: head, policy, table of contents, and the box in which quotes open.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::chapter::Chapter;
use super::edition::Edition;
use super::palette;

/// The one script; it never changes with the findings.
pub(super) const SCRIPT: &str = include_str!("report.js");

/// The one style.
pub(super) fn style() -> String {
    format!("{}{}", palette::variables(), include_str!("report.css"))
}

/// What the page may do: nothing but this style and this script.
fn policy(style: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(SCRIPT)
    )
}

/// Binds the chapters.
pub(super) fn bind(edition: &Edition<'_>, chapters: &[Chapter]) -> Markup {
    let style = style();
    let names: Vec<String> = edition.book.focus().iter().take(3).map(|id| edition.name(id)).collect();
    let what = if names.is_empty() {
        edition.say("整个市场", "the market").to_owned()
    } else {
        edition.language.list(&names)
    };
    let title = format!("{what} · {}", edition.say("谁在抢走消费者", "who takes the consumer"));
    html! {
        (DOCTYPE)
        html lang=(edition.language.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content={ "rival " (edition.findings().meta.version) };
                // An empty icon: no browser asks a server for one.
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(&style)) }
            }
            body {
                a class="skip" href="#main" { (edition.say("跳到正文", "Skip to the report")) }
                nav class="contents" aria-label=(edition.say("目录", "Contents")) {
                    ul { @for chapter in chapters { li { a href={ "#" (chapter.anchor) } { (chapter.word) } } } }
                }
                main id="main" { @for chapter in chapters { (chapter.body) } }
                dialog id="voice" aria-label=(edition.say("原话", "What people said")) {
                    form method="dialog" { button { (edition.say("关闭", "Close")) } }
                    ol class="voices" {}
                    // Without quotes there is no such chapter.
                    @if chapters.iter().any(|chapter| chapter.anchor == "voices") {
                        p { a class="all" href="#voices" { (edition.say("看全部原话", "All quotes")) } }
                    }
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
}
