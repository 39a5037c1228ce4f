//! Stretches of a text that are not ordinary words: addresses, handles, hashtags, stickers, forwards.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use memchr::{memchr, memchr2, memchr3, memchr3_iter, memmem};

use super::document::is_han;
use super::span::{Norm, Span};

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneKind {
    /// `https://…`, `www.…`
    Url,
    /// `@name`, or an e-mail address
    Handle,
    /// `#tag#`, `#tag`, `#tag[话题]#`: its words are the writer's own
    Hashtag,
    /// `[doge]`, `[偷笑R]`
    Sticker,
    /// `//@name: …`, `RT @name: …`: somebody else's words, to the end of the text
    Forward,
}

/// A stretch of the normalized text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone {
    /// What it is.
    pub kind: ZoneKind,
    /// Where; for a hashtag, its inner words.
    pub span: Span<Norm>,
}

/// Longest hashtag, handle and sticker that is taken for one, in characters.
const TAG_CHARS: usize = 40;
const HANDLE_CHARS: usize = 24;
const STICKER_CHARS: usize = 8;

/// All zones of a normalized text, in order, without overlap.
pub(super) fn find(text: &str) -> Vec<Zone> {
    let bytes = text.as_bytes();
    let mut zones: Vec<Zone> = Vec::new();
    // Every mark of an address has one of these.
    if memchr2(b'/', b'w', bytes).is_some() {
        find_urls(text, &mut zones);
    }
    if memchr3(b'@', b'#', b'[', bytes).is_none() {
        return zones;
    }
    let own_end = find_forward(text).unwrap_or(text.len());
    let urls = zones.len();
    let mut from = 0;
    for at in memchr3_iter(b'@', b'#', b'[', bytes) {
        if at < from || at >= own_end || zones[..urls].iter().any(|z| z.span.range().contains(&at)) {
            continue;
        }
        let found = match bytes[at] {
            b'@' => handle(text, at),
            b'#' => hashtag(text, at),
            _ => sticker(text, at),
        };
        if let Some((zone, end)) = found {
            from = end;
            zones.push(zone);
        }
    }
    zones.retain(|z| (z.span.start as usize) < own_end);
    if own_end < text.len() {
        zones.retain(|z| z.span.end as usize <= own_end);
        zones.push(Zone { kind: ZoneKind::Forward, span: Span::new(own_end, text.len()) });
    }
    zones.sort_unstable_by_key(|z| (z.span.start, z.span.end));
    zones
}

fn find_urls(text: &str, zones: &mut Vec<Zone>) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = next_url(bytes, from) {
        let end = text[at..]
            .char_indices()
            .find(|&(_, c)| !c.is_ascii_graphic() || matches!(c, '"' | '<' | '>' | ')' | ']' | '\''))
            .map_or(text.len(), |(i, _)| at + i);
        zones.push(Zone { kind: ZoneKind::Url, span: Span::new(at, end) });
        from = end.max(at + 1);
    }
}

/// The start of the next `scheme://` or `www.`.
fn next_url(bytes: &[u8], from: usize) -> Option<usize> {
    static MARKS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    // Two short patterns always compile; without them no address would be seen, which the tests would tell.
    let marks = MARKS.get_or_init(|| AhoCorasick::new(["://", "www."]).ok()).as_ref()?;
    let mark = marks.find(bytes.get(from..)?)?;
    let mut start = from + mark.start();
    if mark.pattern().as_usize() == 0 {
        // The scheme stands before its mark.
        while start > from && bytes[start - 1].is_ascii_alphabetic() {
            start -= 1;
        }
    }
    Some(start)
}

/// Where somebody else's words begin: `//@name:` anywhere, `rt @name` at the start or after a space.
fn find_forward(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr(b'@', bytes)?;
    let weibo = memmem::find(bytes, b"//@");
    let twitter = memmem::find_iter(bytes, b"rt @").find(|&i| i == 0 || matches!(bytes[i - 1], b' ' | b'\n' | b'"'));
    match (weibo, twitter) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// `@name` up to a space or punctuation; `me@mail.com` from its first letter.
fn handle(text: &str, at: usize) -> Option<(Zone, usize)> {
    let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let before: usize = text[..at]
        .chars()
        .rev()
        .take_while(|&c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
        .map(char::len_utf8)
        .sum();
    let length: usize = text[at + 1..].chars().take(HANDLE_CHARS).take_while(|&c| name(c)).map(char::len_utf8).sum();
    if length == 0 {
        return None;
    }
    let rest = &text[at + 1 + length..];
    // A long run of Han with no end is a sentence, not a name: then the sign alone is skipped.
    let runs_on = rest.chars().next().is_some_and(name) && text[at + 1..at + 1 + length].chars().any(is_han);
    (!runs_on).then(|| {
        let end = at + 1 + length;
        (Zone { kind: ZoneKind::Handle, span: Span::new(at - before, end) }, end)
    })
}

/// `#tag#` where a second `#` follows soon, else `#tag` up to a space or punctuation.
fn hashtag(text: &str, at: usize) -> Option<(Zone, usize)> {
    let rest = &text[at + 1..];
    let mut length = 0;
    for c in rest.chars().take(TAG_CHARS) {
        match c {
            '#' if length > 0 && text[at + 1..at + 1 + length].chars().any(is_han) => {
                let inner = text[at + 1..at + 1 + length].trim_end_matches("[话题]").trim_end_matches("[超话]").len();
                return Some((hashtag_zone(at, inner), at + 1 + length + 1));
            }
            '#' | '\n' | '。' | '，' | '！' | '？' => break,
            _ => length += c.len_utf8(),
        }
    }
    let word: usize = rest
        .chars()
        .take(TAG_CHARS)
        .take_while(|&c| c.is_alphanumeric() || matches!(c, '_' | '·' | '-' | '&' | '\''))
        .map(char::len_utf8)
        .sum();
    // `#1` is a rank, not a tag.
    let tag = &rest[..word];
    (word > 0 && !tag.bytes().all(|b| b.is_ascii_digit())).then(|| (hashtag_zone(at, word), at + 1 + word))
}

fn hashtag_zone(at: usize, inner: usize) -> Zone {
    Zone { kind: ZoneKind::Hashtag, span: Span::new(at + 1, at + 1 + inner) }
}

/// `[偷笑R]`, `[doge]`: short, one word, with Han or one of the known Latin names; not the text of a Markdown link.
fn sticker(text: &str, at: usize) -> Option<(Zone, usize)> {
    let inside: usize = text[at + 1..]
        .chars()
        .take(STICKER_CHARS)
        .take_while(|&c| c.is_alphanumeric() || c == '_')
        .map(char::len_utf8)
        .sum();
    let end = at + 1 + inside;
    let name = &text[at + 1..end];
    let known = name.chars().any(is_han)
        || matches!(name, "doge" | "ok" | "no" | "cp" | "emm" | "awsl" | "yyds" | "haha" | "good");
    let closed = text[end..].starts_with(']') && !text[end + 1..].starts_with('(');
    (known && closed).then(|| (Zone { kind: ZoneKind::Sticker, span: Span::new(at, end + 1) }, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zones(text: &str) -> Vec<(ZoneKind, &str)> {
        find(text).into_iter().map(|z| (z.kind, &text[z.span.range()])).collect()
    }

    #[test]
    fn the_marks_of_every_platform() {
        use ZoneKind::*;
        for (text, expected) in [
            ("看https://t.cn/abc啤酒", vec![(Url, "https://t.cn/abc")]),
            ("#今晚喝什么# 来一杯", vec![(Hashtag, "今晚喝什么")]),
            ("#露营[话题]#", vec![(Hashtag, "露营")]),
            ("cheers #craftbeer #ipa", vec![(Hashtag, "craftbeer"), (Hashtag, "ipa")]),
            ("my #1 pick", vec![]),
            ("@小明 走起", vec![(Handle, "@小明")]),
            ("mail me at joe.b@mail.com now", vec![(Handle, "joe.b@mail.com")]),
            ("好喝[doge][偷笑r]", vec![(Sticker, "[doge]"), (Sticker, "[偷笑r]")]),
            ("[full sail](http://x.com) beer", vec![(Url, "http://x.com")]),
            ("我也要//@阿强:这家精酿好", vec![(Forward, "//@阿强:这家精酿好")]),
            ("rt @bob: beer", vec![(Forward, "rt @bob: beer")]),
            ("[笑哭", vec![]),
            ("@", vec![]),
            ("#", vec![]),
        ] {
            assert_eq!(zones(text), expected, "{text}");
        }
    }
}
