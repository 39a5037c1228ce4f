//! The language of a post, from its scripts: models are wrong on short mixed posts.

use super::evidence::Lang;
use crate::normalize::{Document, ZoneKind, is_han};

/// Common English words.
#[rustfmt::skip]
const ENGLISH: [&str; 48] = [
    "the", "and", "to", "of", "a", "in", "is", "i", "it", "for", "you", "my", "that", "this", "on", "with", "was",
    "have", "but", "are", "be", "not", "so", "at", "we", "as", "they", "just", "me", "or", "from", "had", "what",
    "if", "do", "how", "an", "get", "like", "your", "can", "all", "any", "has", "no", "good", "very", "out",
];

/// Common words of other languages in Latin letters: a text with more of these than of the English ones is no English.
#[rustfmt::skip]
const ELSEWHERE: [&str; 64] = [
    "der", "die", "das", "und", "ist", "nicht", "ich", "ein", "eine", "war", "sehr", "wir", "mit", "auf", "le", "la",
    "les", "des", "et", "est", "une", "pas", "que", "pour", "dans", "je", "el", "los", "las", "y", "es", "muy", "con",
    "por", "una", "il", "di", "che", "non", "e", "per", "um", "uma", "com", "os", "muito", "yang", "dan", "ini",
    "tidak", "untuk", "dengan", "saya", "bir", "ve", "bu", "nie", "jest", "na", "het", "een", "niet", "och", "att",
];

/// Both lists, in which a word of up to eight bytes is found by one look.
struct WordList {
    /// By hash, each in the first free slot from there on; 0 in a free slot.
    keys: [u64; Self::SLOTS],
    is_english: [bool; Self::SLOTS],
}

static WORDS: WordList = WordList::new();

impl WordList {
    const SLOTS: usize = 256;
    /// The key of no word.
    const OTHER: u64 = u64::MAX;

    const fn new() -> Self {
        let mut list = Self { keys: [0; Self::SLOTS], is_english: [false; Self::SLOTS] };
        let mut i = 0;
        while i < ENGLISH.len() + ELSEWHERE.len() {
            let is_english = i < ENGLISH.len();
            let word = if is_english { ENGLISH[i] } else { ELSEWHERE[i - ENGLISH.len()] };
            let key = Self::key(word.as_bytes(), 0, word.len());
            let mut slot = Self::slot(key);
            while list.keys[slot] != 0 {
                slot = (slot + 1) % Self::SLOTS;
            }
            (list.keys[slot], list.is_english[slot]) = (key, is_english);
            i += 1;
        }
        list
    }

    /// A word of a text as a number: words hold no zero bytes, so that no two of up to eight bytes give the same.
    const fn key(text: &[u8], start: usize, end: usize) -> u64 {
        let (mut key, mut at) = (0, start);
        while at < end {
            key = key << 8 | text[at] as u64;
            at += 1;
        }
        key
    }

    const fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
    }

    /// Whether a word is of the English list, or of the other.
    fn is_english(&self, key: u64) -> Option<bool> {
        let mut slot = Self::slot(key);
        while self.keys[slot] != 0 {
            if self.keys[slot] == key {
                return Some(self.is_english[slot]);
            }
            slot = (slot + 1) % Self::SLOTS;
        }
        None
    }
}

/// Words that are looked at.
const LOOKED_AT: usize = 400;
/// Latin letters from which on the words are asked.
const ENOUGH: u32 = 40;

/// Letters of the post's own words, by script.
#[derive(Debug, Default, Clone, Copy)]
struct Scripts {
    han: u32,
    kana: u32,
    hangul: u32,
    latin: u32,
    other: u32,
}

/// The language of a post; `None` where it has no letters of its own.
pub(super) fn language(doc: &Document<'_>) -> Option<Lang> {
    let text = doc.norm();
    let mut scripts = Scripts::default();
    let mut at = 0;
    for zone in doc.zones().iter().filter(|z| z.kind != ZoneKind::Hashtag) {
        count(&mut scripts, &text[at..zone.span.start.max(at as u32) as usize]);
        at = at.max(zone.span.end as usize);
    }
    count(&mut scripts, &text[at..]);
    let Scripts { han, kana, hangul, latin, other } = scripts;
    if han + kana + hangul + latin + other == 0 {
        return None;
    }
    let asian = han + kana + hangul;
    Some(if hangul >= 3 && hangul > han || kana >= 3 && kana * 3 > han || other > latin + asian {
        Lang::Other
    } else if han > 0 && han * 8 >= latin {
        Lang::Zh
    } else if latin >= ENOUGH && !speaks_english(text) {
        Lang::Other
    } else {
        Lang::En
    })
}

fn count(scripts: &mut Scripts, text: &str) {
    let bytes = text.as_bytes();
    if text.is_ascii() {
        // Without a check for overflow, which would cost the processor its wide registers; texts are short.
        let add = |count: u32, byte: &u8| count.wrapping_add(u32::from(byte.is_ascii_alphabetic()));
        scripts.latin += bytes.iter().fold(0, add);
        return;
    }
    let (mut at, mut latin, mut han) = (0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 {
            latin += u32::from(byte.is_ascii_alphabetic());
            at += 1;
        } else if matches!(byte, 0xE5..=0xE9) {
            // U+5000 to U+9FFF, and nothing else; they stand in a row.
            let row = bytes[at..].as_chunks::<3>().0.iter().take_while(|c| matches!(c[0], 0xE5..=0xE9)).count();
            han += row as u32;
            at += 3 * row;
        } else {
            let c = text[at..].chars().next().unwrap_or_default();
            match c {
                '\u{4E00}'..='\u{4FFF}' => han += 1,
                // Signs that stand in every text; the general test for letters is slow.
                '，' | '。' | '！' | '？' | '、' | '：' | '…' | '“' | '”' => {}
                _ => count_rare(scripts, c),
            }
            at += c.len_utf8();
        }
    }
    scripts.latin += latin;
    scripts.han += han;
}

fn count_rare(scripts: &mut Scripts, c: char) {
    match c {
        _ if is_han(c) => scripts.han += 1,
        '\u{3041}'..='\u{30FF}' => scripts.kana += 1,
        '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}' => scripts.hangul += 1,
        '\u{C0}'..='\u{24F}' => scripts.latin += 1,
        _ if c.is_alphabetic() => scripts.other += 1,
        _ => {}
    }
}

/// Whether English function words are no fewer than those of other languages.
fn speaks_english(text: &str) -> bool {
    let (mut english, mut foreign) = (0, 0);
    for word in words(text).take(LOOKED_AT) {
        match WORDS.is_english(word) {
            Some(true) => english += 1,
            Some(false) => foreign += 1,
            None => {}
        }
        // No text is long enough to change this any more.
        if english * 2 > LOOKED_AT {
            return true;
        }
    }
    foreign < 3 || english >= foreign
}

/// The words of a text as keys of a [`WordList`]; [`WordList::OTHER`] for one that cannot stand in a list.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let bytes = text.as_bytes();
    let is_ascii_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'\'';
    let mut at = 0;
    std::iter::from_fn(move || {
        let (mut start, mut is_other) = (at, false);
        loop {
            at += bytes[at..].iter().take_while(|&&byte| is_ascii_word(byte)).count();
            let c = match bytes.get(at) {
                Some(&byte) if byte < 0x80 => char::from(byte),
                _ => text[at..].chars().next().unwrap_or_default(),
            };
            if c.is_alphanumeric() {
                is_other = true;
                at += c.len_utf8();
                continue;
            }
            let word = start..at;
            if at == bytes.len() && word.is_empty() {
                return None;
            }
            at = (at + c.len_utf8()).min(bytes.len());
            if !word.is_empty() {
                return Some(if is_other || word.len() > 8 {
                    WordList::OTHER
                } else {
                    WordList::key(bytes, word.start, word.end)
                });
            }
            start = at;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_of_both_lists() {
        for word in ENGLISH.iter().chain(&ELSEWHERE) {
            let found = WORDS.is_english(WordList::key(word.as_bytes(), 0, word.len()));
            assert_eq!(found, Some(ENGLISH.contains(word)), "{word}");
            assert!(word.len() <= 8 && !(ENGLISH.contains(word) && ELSEWHERE.contains(word)), "{word}");
        }
    }

    #[test]
    fn scripts_decide() {
        for (text, expected) in [
            ("今天drink一杯coffee真的太chill了", Some(Lang::Zh)),
            ("yyds!! 这个nice", Some(Lang::Zh)),
            ("lol ok", Some(Lang::En)),
            ("新発売のビールはとてもおいしいです", Some(Lang::Other)),
            ("오늘 맥주 한잔 했어요", Some(Lang::Other)),
            ("Das Bier war wirklich sehr gut und wir kommen gerne wieder hierher", Some(Lang::Other)),
            ("The beer was great and we will come back", Some(Lang::En)),
            ("crispy outside, juicy inside, absolutely delicious", Some(Lang::En)),
            ("#露营", Some(Lang::Zh)),
            ("https://t.cn/x 😂😂", None),
            ("//@老王:好喝", None),
        ] {
            assert_eq!(language(&Document::new(text, 0)), expected, "{text}");
        }
    }
}
