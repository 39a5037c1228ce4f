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

/// A list of words of up to eight bytes, in which a word is found by one look.
struct WordList {
    /// By hash, each in the first free slot from there on; 0 in a free slot.
    slots: [u64; Self::SLOTS],
}

impl WordList {
    const SLOTS: usize = 256;
    /// The key of no word.
    const OTHER: u64 = u64::MAX;

    const fn new(words: &[&str]) -> Self {
        let mut slots = [0; Self::SLOTS];
        let mut i = 0;
        while i < words.len() {
            let key = Self::key(words[i].as_bytes());
            let mut slot = Self::slot(key);
            while slots[slot] != 0 {
                slot = (slot + 1) % Self::SLOTS;
            }
            slots[slot] = key;
            i += 1;
        }
        Self { slots }
    }

    /// The word as a number: words hold no zero bytes, so that no two words give the same.
    const fn key(word: &[u8]) -> u64 {
        let (mut key, mut i) = (0, 0);
        while i < word.len() {
            key = key << 8 | word[i] as u64;
            i += 1;
        }
        key
    }

    const fn slot(key: u64) -> usize {
        (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
    }

    fn holds(&self, key: u64) -> bool {
        let mut slot = Self::slot(key);
        while self.slots[slot] != 0 {
            if self.slots[slot] == key {
                return true;
            }
            slot = (slot + 1) % Self::SLOTS;
        }
        false
    }
}

static ENGLISH_WORDS: WordList = WordList::new(&ENGLISH);
static ELSEWHERE_WORDS: WordList = WordList::new(&ELSEWHERE);

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
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                scripts.latin += 1;
                1
            }
            0..=0x7F => 1,
            // U+5000 to U+9FFF, and nothing else.
            0xE5..=0xE9 => {
                scripts.han += 1;
                3
            }
            _ => {
                let c = text[at..].chars().next().unwrap_or_default();
                match c {
                    // Signs that stand in every text; the general test for letters is slow.
                    '，' | '。' | '！' | '？' | '、' | '：' | '…' | '“' | '”' => {}
                    _ => count_rare(scripts, c),
                }
                c.len_utf8()
            }
        };
    }
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
        english += usize::from(ENGLISH_WORDS.holds(word));
        foreign += usize::from(ELSEWHERE_WORDS.holds(word));
        // No text is long enough to change this any more.
        if english * 2 > LOOKED_AT {
            return true;
        }
    }
    foreign < 3 || english >= foreign
}

/// The words of a text as keys of a [`WordList`]; [`WordList::OTHER`] for one that cannot stand in a list.
fn words(text: &str) -> impl Iterator<Item = u64> {
    let mut chars = text.chars();
    std::iter::from_fn(move || {
        let first = chars.by_ref().find(|&c| is_of_word(c))?;
        let (mut key, mut length) = (0u64, 0);
        for c in std::iter::once(first).chain(chars.by_ref().take_while(|&c| is_of_word(c))) {
            key = key << 8 | u64::from(c) & 0xFF;
            length += c.len_utf8();
            length += if c.is_ascii() { 0 } else { 8 };
        }
        Some(if length <= 8 { key } else { WordList::OTHER })
    })
}

fn is_of_word(c: char) -> bool {
    match c {
        'a'..='z' | '0'..='9' | '\'' => true,
        '\0'..='\u{7F}' => false,
        _ => c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
