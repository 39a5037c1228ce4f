//! Fixed-key hashes of texts: equal for equal wording, near for near wording.
//!
//! A text is folded first: width and ASCII case, without URLs, handles, emoji, white space and invisible characters, and
//! only up to the first "//@", because what follows are somebody else's words.

const K0: u64 = 0x9E37_79B9_7F4A_7C15;
const K1: u64 = 0xD6E8_FEB8_6659_FD93;
/// Texts with fewer distinct 5-grams have no SimHash: near is too easy for them.
const DISTINCT_GRAMS: usize = 24;
/// Characters of a gram.
const GRAM: usize = 5;
/// Longest handle that is skipped; beyond it the `@` is a character like any other.
const HANDLE_CHARS: usize = 30;

/// Mixes two words into one; the same on every machine and in every version.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ K0) * u128::from(b ^ K1);
    (product as u64) ^ ((product >> 64) as u64)
}

/// A hash of a string, under a seed that keeps the kinds of strings apart.
pub(super) fn hash_str(seed: u64, text: &str) -> u64 {
    let mut hash = mix(seed, text.len() as u64);
    let mut words = text.as_bytes().chunks_exact(8);
    for word in &mut words {
        hash = mix(hash, word.iter().rev().fold(0, |value, &byte| (value << 8) | u64::from(byte)));
    }
    mix(hash, words.remainder().iter().rev().fold(0, |value, &byte| (value << 8) | u64::from(byte)))
}

/// A fixed hash of a text as it is compared for copies: the same on every machine; for drawing posts that any order of reading draws.
pub fn text_hash(text: &str) -> u64 {
    Fingerprint::of(text).exact
}

/// What a text looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// Hash of the folded text.
    pub exact: u64,
    /// Characters of the folded text, at most 65,535.
    pub chars: u16,
    /// SimHash over character 5-grams, where the text has enough of them.
    pub simhash: Option<u64>,
}

impl Fingerprint {
    /// The fingerprint of a raw text.
    pub fn of(text: &str) -> Self {
        let mut folded: Vec<u32> = Vec::with_capacity(text.len());
        fold(text, |c| folded.push(c));
        let exact = folded.iter().fold(K1, |exact, &c| mix(exact, u64::from(c)));
        let chars = u16::try_from(folded.len()).unwrap_or(u16::MAX);
        Self { exact: mix(exact, u64::from(chars)), chars, simhash: simhash(&folded) }
    }
}

/// Hands over the folded characters of a text.
fn fold(text: &str, mut keep: impl FnMut(u32)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x80 {
            match byte {
                b'/' if bytes[at..].starts_with(b"//@") => return,
                b'h' | b'H' | b'w' | b'W' if starts_url(&bytes[at..]) => {
                    at += url_len(&bytes[at..]);
                    continue;
                }
                b'@' => {
                    at += 1 + handle_len(&text[at + 1..]);
                    continue;
                }
                b'[' => {
                    let sticker = sticker_len(&text[at..]);
                    if sticker > 0 {
                        at += sticker;
                        continue;
                    }
                    keep(u32::from(byte));
                }
                0..=0x20 | 0x7F => {}
                _ => keep(u32::from(byte.to_ascii_lowercase())),
            }
            at += 1;
        } else if let (0xE4..=0xE9, Some(han)) = (byte, bytes[at..].first_chunk::<3>()) {
            // U+4000 to U+9FFF: nothing of what follows, and nearly all of a Chinese text.
            let [a, b, c] = [u32::from(han[0]), u32::from(han[1]), u32::from(han[2])];
            keep((a & 0xF) << 12 | (b & 0x3F) << 6 | c & 0x3F);
            at += 3;
        } else {
            let Some(c) = text[at..].chars().next() else { return };
            at += c.len_utf8();
            match c as u32 {
                0x3000 => {}
                code @ 0xFF01..=0xFF5E => keep(u32::from((code as u8).wrapping_add(0x20).to_ascii_lowercase())),
                // Latin, Greek, Cyrillic: the scripts with case that the inputs really have.
                0xC0..=0x52F => keep(c.to_lowercase().next().unwrap_or(c) as u32),
                code if ignorable(code) || c.is_whitespace() => {}
                code => keep(code),
            }
        }
    }
}

/// Whether bytes begin with a web address.
fn starts_url(bytes: &[u8]) -> bool {
    [&b"http://"[..], b"https://", b"www."]
        .iter()
        .any(|prefix| bytes.len() >= prefix.len() && bytes[..prefix.len()].eq_ignore_ascii_case(prefix))
}

/// Length of the web address at the start: up to white space or the first character that no address has.
fn url_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|&b| b <= b' ' || b >= 0x7F || matches!(b, b'"' | b'<' | b'>')).unwrap_or(bytes.len())
}

/// Length of the handle at the start (after `@`): word characters up to the first other one.
fn handle_len(text: &str) -> usize {
    text.char_indices()
        .take(HANDLE_CHARS + 1)
        .enumerate()
        .find(|&(_, (_, c))| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '·')))
        .map(|(_, (at, _))| at)
        .or_else(|| (text.chars().take(HANDLE_CHARS + 1).count() <= HANDLE_CHARS).then_some(text.len()))
        .unwrap_or(0)
}

/// Length of a written sticker such as `[二哈]` or `[doge]`; 0 where there is none.
fn sticker_len(text: &str) -> usize {
    for (n, (at, c)) in text.char_indices().skip(1).enumerate().take(9) {
        match c {
            ']' if n > 0 => return at + 1,
            _ if c.is_alphabetic() => {}
            _ => return 0,
        }
    }
    0
}

/// Emoji, their joiners, and characters that nobody sees.
fn ignorable(code: u32) -> bool {
    matches!(code,
        0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x2069 | 0xFEFF | 0xFE00..=0xFE0F | 0x20E3
        | 0x2190..=0x21FF | 0x2300..=0x23FF | 0x25A0..=0x27BF | 0x2B00..=0x2BFF
        | 0x1F000..=0x1FAFF | 0xE0000..=0xE01EF)
}

/// For each bit whether most of the hashes of the 5-grams of a folded text have it, where enough of them differ.
fn simhash(folded: &[u32]) -> Option<u64> {
    const BASE: u64 = 0x0001_0000_01B3;
    const OUT: u64 = BASE.wrapping_mul(BASE).wrapping_mul(BASE).wrapping_mul(BASE).wrapping_mul(BASE);
    let code = |c: u32| u64::from(c) + 1;
    let first = folded.first_chunk::<GRAM>().filter(|_| folded.len() >= DISTINCT_GRAMS + GRAM - 1)?;
    let start = first.iter().fold(0u64, |hash, &c| hash.wrapping_mul(BASE).wrapping_add(code(c)));
    let rolling = folded.windows(GRAM + 1).scan(start, |hash, step| {
        let leaving = code(step[0]).wrapping_mul(OUT);
        *hash = hash.wrapping_mul(BASE).wrapping_add(code(step[GRAM])).wrapping_sub(leaving);
        Some(*hash)
    });
    let mut grams = std::iter::once(start).chain(rolling).map(|hash| mix(hash, GRAM as u64).max(1));
    let (mut bits, mut distinct) = (BitCounts::default(), Distinct::default());
    while let Some(gram) = grams.next() {
        bits.add(gram);
        distinct.note(gram);
        if distinct.count == DISTINCT_GRAMS {
            grams.for_each(|gram| bits.add(gram));
            return Some(bits.majority());
        }
    }
    None
}

/// How many hashes differ, up to [`DISTINCT_GRAMS`].
struct Distinct {
    /// Open addressing; 0 = free.
    table: [u64; 64],
    count: usize,
}

impl Default for Distinct {
    fn default() -> Self {
        Self { table: [0; 64], count: 0 }
    }
}

impl Distinct {
    /// Counts a hash if it is new.
    fn note(&mut self, hash: u64) {
        let mut slot = (hash & 63) as usize;
        while self.table[slot] != 0 {
            if self.table[slot] == hash {
                return;
            }
            slot = (slot + 1) & 63;
        }
        self.table[slot] = hash;
        self.count += 1;
    }
}

/// 64 counters, one per bit, kept as planes of binary digits: eight words are added at once by carry-save adders.
#[derive(Default)]
struct BitCounts {
    pending: [u64; 8],
    waiting: usize,
    words: u32,
    /// `planes[i]` holds the digit 2^i of every counter; texts are far below 2^24 characters.
    planes: [u64; 24],
}

/// Sum and carry of three words, bit by bit.
fn carry_save(a: u64, b: u64, c: u64) -> (u64, u64) {
    let half = a ^ b;
    (half ^ c, (a & b) | (half & c))
}

impl BitCounts {
    /// Adds the bits of a word.
    fn add(&mut self, word: u64) {
        self.pending[self.waiting] = word;
        self.waiting += 1;
        if self.waiting == self.pending.len() {
            self.flush();
        }
    }

    /// Adds the waiting words to the planes; missing ones are zeros.
    fn flush(&mut self) {
        let p = &self.pending;
        let (s1, c1) = carry_save(p[0], p[1], p[2]);
        let (s2, c2) = carry_save(p[3], p[4], p[5]);
        let (s3, c3) = carry_save(p[6], p[7], s1);
        let (one, c4) = carry_save(s2, s3, 0);
        let (t1, d1) = carry_save(c1, c2, c3);
        let (two, d2) = carry_save(t1, c4, 0);
        let (four, eight) = (d1 ^ d2, d1 & d2);
        for (first, word) in [(0, one), (1, two), (2, four), (3, eight)] {
            self.ripple(first, word);
        }
        self.words += self.waiting as u32;
        self.waiting = 0;
        self.pending = [0; 8];
    }

    /// Adds a word at a digit.
    fn ripple(&mut self, first: usize, mut carry: u64) {
        for plane in &mut self.planes[first..] {
            if carry == 0 {
                return;
            }
            let next = *plane & carry;
            *plane ^= carry;
            carry = next;
        }
    }

    /// The bits that more than half of the words have: all counters are compared with the half at once, from the top digit.
    fn majority(&mut self) -> u64 {
        self.flush();
        let half = self.words / 2;
        let (mut above, mut equal) = (0u64, u64::MAX);
        for (digit, &plane) in self.planes.iter().enumerate().rev() {
            if (half >> digit) & 1 == 1 {
                equal &= plane;
            } else {
                above |= equal & plane;
                equal &= !plane;
            }
        }
        above
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        fold(text, |c| out.extend(char::from_u32(c)));
        out
    }

    #[test]
    fn folding_keeps_the_words_only() {
        assert_eq!(folded("ＢＥＥＲ　好喝 http://t.cn/AbC9 @小明: [doge]👨‍👩‍👧"), "beer好喝:");
        assert_eq!(folded("说得对//@阿强:啤酒最好"), "说得对");
        assert_eq!(folded("a [1] b"), "a[1]b");
        assert_eq!(folded("星\u{200b}巴克"), "星巴克");
        assert_eq!(folded("看www.x.com吧"), "看吧");
    }

    #[test]
    fn near_texts_are_near_and_others_are_not() {
        let text = "周末和朋友在夜市吃烤串喝啤酒，聊到凌晨两点才回家，第二天头疼得要命，再也不敢这样喝了。同事说下次换成威士忌，\
            少喝一点慢慢品，反正酒吧离公司不远，走路十分钟就能到。我倒是觉得看球的时候还是冰啤酒过瘾，配上小龙虾和毛豆，\
            一个晚上就这么过去了，什么烦恼都忘得干干净净。老板还送了一盘花生米，算下来人均不到八十，比商场里的餐厅划算多了。";
        let a = Fingerprint::of(text).simhash.expect("long enough");
        let b = Fingerprint::of(&format!("{text}！")).simhash.expect("long enough");
        let other = "今天的会议讨论了下季度的预算，财务部门认为需要削减差旅费用，市场部门不同意这个看法。";
        let c = Fingerprint::of(other).simhash.expect("long enough");
        assert!((a ^ b).count_ones() <= 6, "{}", (a ^ b).count_ones());
        assert!((a ^ c).count_ones() > 16, "{}", (a ^ c).count_ones());
    }

    #[test]
    fn short_or_monotonous_texts_have_no_simhash() {
        assert_eq!(Fingerprint::of("啤酒好喝").simhash, None);
        assert_eq!(Fingerprint::of(&"哈".repeat(1000)).simhash, None);
    }

    proptest! {
        #[test]
        fn majority_agrees_with_counting(words in proptest::collection::vec(any::<u64>(), 0..200)) {
            let mut fast = BitCounts::default();
            words.iter().for_each(|&word| fast.add(word));
            let half = words.len() as u32 / 2;
            let slow = (0..64).fold(0u64, |out, bit| {
                let set = words.iter().filter(|&&word| (word >> bit) & 1 == 1).count() as u32;
                if set > half { out | (1 << bit) } else { out }
            });
            prop_assert_eq!(fast.majority(), slow);
        }

        #[test]
        fn width_case_and_space_change_nothing(text in "[a-zA-Z啤酒好喝 ，]{0,60}") {
            let wide: String = text
                .chars()
                .map(|c| if c.is_ascii_alphabetic() { char::from_u32(c as u32 + 0xFEE0).unwrap_or(c) } else { c })
                .flat_map(|c| [c, ' '])
                .collect();
            // A space inside "www." or before a handle would change what is skipped; the alphabet has neither.
            prop_assert_eq!(Fingerprint::of(&text), Fingerprint::of(&wide));
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = Fingerprint::of(&text);
        }
    }
}
