//! A text as it was posted, its normalized form, and the way back.

use std::borrow::Cow;

use super::fold;
use super::span::{Norm, Raw, Span};
use super::zone::{self, Zone, ZoneKind};

/// A post's text with its normalized form, the map between the two, and the zones found in it.
#[derive(Debug)]
pub struct Document<'t> {
    raw: &'t str,
    norm: Cow<'t, str>,
    /// (normalized byte, raw byte) where the distance between the two changes; both ascending.
    breaks: Vec<(u32, u32)>,
    zones: Vec<Zone>,
    title_end: u32,
}

impl<'t> Document<'t> {
    /// Normalizes a text whose first `title_len` bytes are a title.
    pub fn new(raw: &'t str, title_len: usize) -> Self {
        let mut breaks = Vec::new();
        let (norm, title_end) = match unchanged(raw) {
            Some(norm) => (norm, title_len.min(raw.len())),
            None => {
                let mut norm = String::with_capacity(raw.len());
                let title_end = fold_into(raw, title_len, &mut norm, &mut breaks);
                (Cow::Owned(norm), title_end)
            }
        };
        let zones = zone::find(&norm);
        Self { raw, norm, breaks, zones, title_end: title_end as u32 }
    }

    /// The text as it was posted.
    pub fn raw(&self) -> &'t str {
        self.raw
    }

    /// The normalized text.
    pub fn norm(&self) -> &str {
        &self.norm
    }

    /// Addresses, handles, hashtags, stickers and forwards, in text order; they do not overlap.
    pub fn zones(&self) -> &[Zone] {
        &self.zones
    }

    /// Whether a span touches a zone whose words are not the writer's own (all but hashtags).
    pub fn is_foreign(&self, span: Span<Norm>) -> bool {
        self.zones.iter().any(|z| z.kind != ZoneKind::Hashtag && z.span.overlaps(span))
    }

    /// Whether a span stands in a hashtag.
    pub fn in_hashtag(&self, span: Span<Norm>) -> bool {
        self.zones.iter().any(|z| z.kind == ZoneKind::Hashtag && z.span.contains(span))
    }

    /// Whether a span stands in the title.
    pub fn in_title(&self, span: Span<Norm>) -> bool {
        span.end <= self.title_end
    }

    /// The span of the raw text behind a normalized span; always on character boundaries.
    pub fn to_raw(&self, span: Span<Norm>) -> Span<Raw> {
        if self.breaks.is_empty() {
            return Span::new(span.start as usize, span.end as usize);
        }
        let start = self.raw_offset(span.start);
        // The end maps through the last character inside, so that invisible characters after it stay outside.
        let end = if span.is_empty() {
            start
        } else {
            let last = self.norm[span.range()].chars().next_back().map_or(0, char::len_utf8);
            let last_start = self.raw_offset(span.end - last as u32);
            last_start + self.raw[last_start..].chars().next().map_or(0, char::len_utf8)
        };
        Span::new(start, end.max(start))
    }

    /// The raw byte of the character that stands at a normalized byte.
    fn raw_offset(&self, at: u32) -> usize {
        let later = self.breaks.partition_point(|&(norm, _)| norm <= at);
        match later.checked_sub(1).map(|i| self.breaks[i]) {
            None => at as usize,
            Some((norm, raw)) => (raw + (at - norm)) as usize,
        }
    }
}

/// The normalized form of a text whose offsets all stay: of most Chinese posts, which stand in it as they are, and of English ones in ASCII, of which
/// only the case changes.
fn unchanged(raw: &str) -> Option<Cow<'_, str>> {
    if raw.is_ascii() {
        // Looked at to the end in any case: without a branch the processor takes many bytes at once.
        let goes = |byte: u8| (byte < b' ') & (byte != b'\n') | (byte == b'`') | (byte == 0x7F);
        let any = raw.bytes().fold(0u8, |any, byte| any | u8::from(goes(byte)));
        return (any == 0).then(|| Cow::Owned(raw.to_ascii_lowercase()));
    }
    let table = fold::table();
    // A bracket may hold the sounds of the character before.
    raw.chars().all(|c| c != '(' && table.keeps(c)).then_some(Cow::Borrowed(raw))
}

/// The normalized form of a short text such as a lexicon's surface.
pub fn normalize(text: &str) -> String {
    let mut norm = String::with_capacity(text.len());
    fold_into(text, 0, &mut norm, &mut Vec::new());
    norm
}

/// Folds a text; returns the normalized byte at which the title ends.
fn fold_into(raw: &str, title_len: usize, norm: &mut String, breaks: &mut Vec<(u32, u32)>) -> usize {
    let table = fold::table();
    let mut title_end = None;
    // raw - norm of the character before; a break is written where it changes.
    let mut shift = 0;
    let mut note_break = |norm: &String, at: usize| {
        let here = at as i64 - norm.len() as i64;
        if here != shift {
            breaks.push((norm.len() as u32, at as u32));
            shift = here;
        }
    };
    let (mut at, mut before) = (0, None);
    while at < raw.len() {
        // Most of a text stands as it is, and is copied whole. (A bracket may hold the sounds of the character before.)
        let rest = &raw[at..];
        let plain = rest.char_indices().find(|&(_, c)| c == '(' || !table.keeps(c)).map_or(rest.len(), |(end, _)| end);
        let title = (at.max(title_len)..at + plain).find(|&at| raw.is_char_boundary(at));
        title_end = title_end.or(title.map(|title| norm.len() + title - at));
        if plain > 0 {
            note_break(norm, at);
            norm.push_str(&rest[..plain]);
            before = rest[..plain].chars().next_back();
            at += plain;
        }
        let Some(c) = raw[at..].chars().next() else { break };
        if at >= title_len {
            title_end.get_or_insert(norm.len());
        }
        let note = if c == '(' && before.is_some_and(is_han) { pinyin_note(&raw[at..]) } else { None };
        if let Some(length) = note {
            at += length;
            continue;
        }
        if let Some(folded) = table.fold(c) {
            note_break(norm, at);
            norm.push(folded);
        }
        before = Some(c);
        at += c.len_utf8();
    }
    // The end is a place too: an empty span there must not point into the last character.
    note_break(norm, raw.len());
    title_end.unwrap_or(norm.len())
}

/// Whether a character is Han.
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

/// The length of a `(lián)` at the start of a text, as sites put it after Traditional characters (聯(lián)系): short, and with a tone mark,
/// so that an ordinary word in brackets stays.
fn pinyin_note(text: &str) -> Option<usize> {
    let close = text.bytes().take(14).position(|b| b == b')')?;
    let inside = text.get(1..close)?;
    let toned = inside.chars().any(|c| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü".contains(c));
    let letters = !inside.is_empty() && inside.chars().all(|c| c.is_alphabetic() && !is_han(c));
    (toned && letters && inside.chars().count() <= 6).then_some(close + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_match_is_reported_in_the_raw_text() {
        let raw = "昨晚（Ｂａｒ）點了星\u{200B}巴克，聯(lián)系";
        let doc = Document::new(raw, 0);
        for (norm, expected) in [("bar", "Ｂａｒ"), ("星巴克", "星\u{200B}巴克"), ("联系", "聯(lián)系"), ("点", "點")]
        {
            let at = doc.norm().find(norm).expect("normalized word");
            let span = doc.to_raw(Span::new(at, at + norm.len()));
            assert_eq!(&raw[span.range()], expected);
        }
    }

    #[test]
    fn the_end_of_the_text_is_a_place() {
        for raw in [" 🌀 𐿠ç", "啤酒\u{200B}", ""] {
            let doc = Document::new(raw, 0);
            let end = doc.norm().len();
            assert_eq!(doc.to_raw(Span::new(end, end)), Span::new(raw.len(), raw.len()), "{raw:?}");
        }
    }

    #[test]
    fn a_title_keeps_its_end() {
        let doc = Document::new("ＢＥＥＲ\n好喝", 12);
        assert!(doc.in_title(Span::new(0, 4)));
        assert!(!doc.in_title(Span::new(5, 8)));
    }

    proptest! {
        /// Reliability 72.
        #[test]
        fn every_normalized_span_maps_to_raw_character_boundaries(raw in "(\\PC|[\u{200B}\u{301}Ａ啤麥é(lián)#@\\n\u{0}]){0,40}", a in 0usize..60, b in 0usize..60) {
            let doc = Document::new(&raw, 0);
            let ends: Vec<usize> = doc.norm().char_indices().map(|(i, _)| i).chain([doc.norm().len()]).collect();
            let (a, b) = (ends[a % ends.len()], ends[b % ends.len()]);
            let span = doc.to_raw(Span::new(a.min(b), a.max(b)));
            prop_assert!(raw.is_char_boundary(span.start as usize) && raw.is_char_boundary(span.end as usize));
            prop_assert!(span.end as usize <= raw.len());
        }

        #[test]
        fn the_short_way_is_the_long_way(raw in "[a-zA-Z0-9 \\n`啤酒，（。é\u{7F}\u{1}]{0,20}", title in 0usize..30) {
            prop_assume!(title > raw.len() || raw.is_char_boundary(title));
            let doc = Document::new(&raw, title);
            let (mut norm, mut breaks) = (String::new(), Vec::new());
            let title_end = fold_into(&raw, title, &mut norm, &mut breaks);
            prop_assert_eq!((doc.norm(), &doc.breaks, doc.title_end as usize), (&*norm, &breaks, title_end));
        }

        #[test]
        fn plain_text_keeps_its_offsets(raw in "[a-z啤酒，。！ ]{0,40}") {
            let doc = Document::new(&raw, 0);
            prop_assert_eq!(doc.norm(), raw.as_str());
        }
    }
}
