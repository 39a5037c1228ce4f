//! The chapter of all quotes: each once, with its source and what it is evidence for.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::chapter::{Chapter, chapter};
use super::edition::{Edition, number, plain};
use crate::analyze::findings::QuoteFinding;

/// More quotes than this are left out on paper.
const PRINTED: usize = 200;

/// All quotes of the report.
pub(super) fn write(edition: &Edition<'_>) -> Option<Chapter> {
    let quotes = &edition.findings().quotes;
    if quotes.is_empty() {
        return None;
    }
    let gist = edition.say(
        "报告里的每个数字都连到这里：人名、账号、电话已遮盖，只留平台和月份。高亮的是被读出含义的词。",
        "Every number of this report leads here. Names, accounts and phone numbers are covered; platform and month are kept. Marked words carry the reading.",
    );
    let body = html! {
        (filters(edition, quotes))
        ol class={ "voices" @if quotes.len() > PRINTED { " many" } } id="voices-list" {
            @for quote in quotes { (entry(edition, quote)) }
        }
        p class="none" hidden { (edition.say("没有符合条件的原话。", "No quote fits.")) }
    };
    Some(chapter("voices", edition.say("原话", "What people said"), edition.say("原话", "Quotes"), gist, body))
}

/// Search, platform and language; they need the script and stay hidden without it.
fn filters(edition: &Edition<'_>, quotes: &[QuoteFinding]) -> Markup {
    let platforms: BTreeSet<&str> = quotes.iter().filter_map(|q| q.platform.as_deref()).collect();
    let languages: BTreeSet<&str> = quotes.iter().map(|q| q.lang).collect();
    html! {
        form class="filters" data-for="voices-list" role="search" {
            label {
                (edition.say("查找", "Search"))
                input type="search" name="text" placeholder=(edition.say("词、对手、场合…", "word, rival, occasion …")) autocomplete="off";
            }
            @if platforms.len() > 1 {
                label {
                    (edition.say("平台", "Platform"))
                    select name="platform" {
                        option value="" { (edition.say("全部", "all")) }
                        @for platform in platforms { option value=(plain(platform)) { (plain(platform)) } }
                    }
                }
            }
            @if languages.len() > 1 {
                label {
                    (edition.say("语言", "Language"))
                    select name="lang" {
                        option value="" { (edition.say("全部", "all")) }
                        @for language in languages {
                            option value=(language) { (if language == "zh" { edition.say("中文", "Chinese") } else { edition.say("英文", "English") }) }
                        }
                    }
                }
            }
            output { }
        }
    }
}

fn entry(edition: &Edition<'_>, quote: &QuoteFinding) -> Markup {
    html! {
        li id=(quote.id) tabindex="-1" data-platform=[quote.platform.as_deref().map(plain)] data-lang=(quote.lang) {
            span class="no" aria-hidden="true" { (number(&quote.id)) }
            blockquote {
                p lang=(quote.lang) { bdi { (marked(quote)) } }
                footer {
                    (edition.source(quote))
                    @if let Some(url) = quote.url.as_deref().filter(|url| is_web(url)) {
                        " · " a href=(url) rel="noopener noreferrer nofollow" { (edition.say("出处", "source")) }
                    }
                    @for used in edition.uses(&quote.id) { " " span class="use" { bdi { (plain(used)) } } }
                }
            }
        }
    }
}

/// Only addresses of the web become links: a script or a file never does.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// The text with the words that carry the statement marked.
fn marked(quote: &QuoteFinding) -> Markup {
    let text = quote.text.as_str();
    let mut spans = quote.spans.clone();
    spans.sort_unstable();
    let mut at = 0;
    let mut pieces: Vec<(&str, bool)> = Vec::new();
    for [from, until] in spans {
        let (from, until) = (at.max(from as usize), until as usize);
        // A span that is no piece of the text, or lies in an earlier one, marks nothing.
        if let (Some(before), Some(words)) = (text.get(at..from), text.get(from..until)) {
            pieces.extend([(before, false), (words, true)]);
            at = until;
        }
    }
    pieces.push((text.get(at..).unwrap_or_default(), false));
    html! {
        @for (piece, marks) in pieces.iter().filter(|(piece, _)| !piece.is_empty()) {
            @if *marks { mark { (plain(piece)) } } @else { (plain(piece)) }
        }
        @if quote.cut { "…" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str, spans: &[[u32; 2]]) -> QuoteFinding {
        QuoteFinding {
            id: "q1".to_owned(),
            text: text.to_owned(),
            lang: "zh",
            platform: None,
            time: None,
            spans: spans.to_vec(),
            cut: false,
            url: None,
        }
    }

    #[test]
    fn words_are_marked_wherever_spans_lie() {
        for (spans, expected) in [
            (vec![[0, 6]], "<mark>啤酒</mark>太撑"),
            (vec![[6, 12], [0, 6]], "<mark>啤酒</mark><mark>太撑</mark>"),
            (vec![[0, 9], [3, 12]], "<mark>啤酒太</mark><mark>撑</mark>"),
            (vec![[1, 6], [9, 99]], "啤酒太撑"),
        ] {
            assert_eq!(marked(&quote("啤酒太撑", &spans)).into_string(), expected, "{spans:?}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert!(is_web("https://example.com/1") && is_web("http://example.com"));
        assert!(!is_web("javascript:alert(1)") && !is_web("file:///etc") && !is_web(" https://x"));
    }
}
