//! The encoding of a file from its first bytes, or a refusal: nothing is guessed from a few characters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, GB18030, GBK, WINDOWS_1252};

use super::Charset;
use crate::read::reject::Reason;

/// Bytes beyond ASCII below which no encoding is told: from twenty characters on the detector was right on every sample.
const ENOUGH: usize = 40;
/// Files below this size are not guessed at (reliability case 7).
const SMALLEST: usize = 64;
/// Units of UTF-16 that are needed to tell it without a mark.
const UNITS: usize = 8;

/// The encoding of a file that begins with these bytes, and the bytes of its mark.
///
/// # Errors
/// `R101` for UTF-16 without a mark, `R102` where the bytes are not UTF-8 and too few, or fit nothing in the list.
pub(in crate::read) fn detect(head: &[u8], end: bool) -> Result<Charset, (Reason, String)> {
    if let Some(charset) = of_mark(head)? {
        return Ok(charset);
    }
    let sample = whole_lines(head, end);
    // Pairs of ASCII letters look like Chinese in UTF-16: whatever is text without them is no UTF-16.
    let text = memchr::memchr(0, head).is_none() && simdutf8::basic::from_utf8(sample).is_ok();
    if text {
        return Ok(Charset::Utf8);
    }
    if let Some(charset) = utf16(head) {
        return Err((Reason::NoMark, format!("it seems to be {} without a byte order mark", charset.as_str())));
    }
    let census = Census::of(sample);
    if census.is_utf8() {
        return Ok(Charset::Utf8);
    }
    let enough = census.foreign >= ENOUGH && (sample.len() >= SMALLEST);
    if enough && let Some(charset) = legacy(sample) {
        return Ok(charset);
    }
    if census.mostly_plain() {
        return Ok(Charset::Utf8);
    }
    let message = if enough {
        "it is not UTF-8, and fits none of GB18030, Big5 and windows-1252"
    } else {
        "it is not UTF-8, and too short to tell which encoding it is"
    };
    Err((Reason::EncodingUnknown, message.to_string()))
}

/// The encoding that a byte order mark tells.
pub(in crate::read) fn of_mark(head: &[u8]) -> Result<Option<Charset>, (Reason, String)> {
    if head.starts_with(&[0xff, 0xfe, 0, 0]) || head.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err((Reason::EncodingUnknown, "it is UTF-32, which is not read".to_string()));
    }
    Ok(match head {
        [0xef, 0xbb, 0xbf, ..] => Some(Charset::Utf8),
        [0xff, 0xfe, ..] => Some(Charset::Utf16Le),
        [0xfe, 0xff, ..] => Some(Charset::Utf16Be),
        [0x84, 0x31, 0x95, 0x33, ..] => Some(Charset::Gb18030),
        _ => None,
    })
}

/// UTF-16 by the look of its units: nearly all are ASCII, Chinese or their punctuation in one order of the bytes, and
/// many are not in the other.
fn utf16(head: &[u8]) -> Option<Charset> {
    let units = head.len() / 2;
    if units < UNITS {
        return None;
    }
    let right = |high: u8, low: u8| match high {
        0 => (0x20..0x7f).contains(&low) || matches!(low, b'\t' | b'\n' | b'\r'),
        // In the wrong order an ASCII letter is one of a few rare characters.
        0x20 | 0x30 | 0xff | 0x4e..=0x9f => low != 0,
        _ => false,
    };
    let (mut little, mut big) = (0, 0);
    for pair in head.chunks_exact(2) {
        little += usize::from(right(pair[1], pair[0]));
        big += usize::from(right(pair[0], pair[1]));
    }
    let (most, some) = (|count: usize| count * 100 >= units * 95, |count: usize| count * 100 < units * 70);
    match () {
        () if most(little) && some(big) => Some(Charset::Utf16Le),
        () if most(big) && some(little) => Some(Charset::Utf16Be),
        () => None,
    }
}

/// The head without a line, or at least a character, that it cuts.
fn whole_lines(head: &[u8], end: bool) -> &[u8] {
    if end {
        return head;
    }
    match head.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(at) if at > head.len() / 2 => &head[..=at],
        _ => {
            let cut = head.iter().rev().take(4).take_while(|byte| !byte.is_ascii()).count();
            &head[..head.len() - cut]
        }
    }
}

/// How the lines of a sample look as UTF-8.
#[derive(Debug, Default)]
struct Census {
    /// Lines of ASCII alone, blank ones left out.
    plain: usize,
    /// Lines with other characters, all of them UTF-8.
    good: usize,
    /// Lines that are not UTF-8.
    bad: usize,
    /// Those of them that would be without the ASCII that tears a character.
    torn: usize,
    /// Bytes beyond ASCII in these, and the others.
    foreign: usize,
    ascii: usize,
    /// Characters in these that only UTF-8 explains.
    characters: usize,
    /// Stretches of them that are no UTF-8.
    faults: usize,
}

impl Census {
    fn of(sample: &[u8]) -> Self {
        let mut census = Self::default();
        for line in sample.split(|byte| matches!(byte, b'\n' | b'\r')) {
            if line.is_ascii() {
                census.plain += usize::from(line.iter().any(|byte| !byte.is_ascii_whitespace()));
            } else if simdutf8::basic::from_utf8(line).is_ok() {
                census.good += 1;
            } else {
                census.bad += 1;
                let foreign: Vec<u8> = line.iter().copied().filter(|byte| !byte.is_ascii()).collect();
                census.torn += usize::from(foreign.len() > 2 && simdutf8::basic::from_utf8(&foreign).is_ok());
                census.foreign += foreign.len();
                census.ascii += line.len() - foreign.len();
                for chunk in line.utf8_chunks() {
                    census.characters += certain(chunk.valid());
                    census.faults += usize::from(!chunk.invalid().is_empty());
                }
            }
        }
        census
    }

    /// Whether the sample is UTF-8, perhaps with damaged lines.
    fn is_utf8(&self) -> bool {
        // One damaged character is up to three faults. Chinese in GBK holds what looks like a character of UTF-8 now and
        // then, and twenty faults for each.
        let characters = self.characters > 0 && self.characters * 3 >= self.faults;
        let one = self.bad == 1 && self.foreign <= 3 && self.ascii >= 20;
        self.torn == self.bad || self.good >= self.bad || characters || one
    }

    /// Whether at least as many lines, the header not counted, are whole as are not.
    fn mostly_plain(&self) -> bool {
        (self.plain + self.good).saturating_sub(1) >= self.bad
    }
}

/// Characters that are hardly UTF-8 by chance: of three or four bytes, or of two between ASCII.
fn certain(valid: &str) -> usize {
    let ascii = |c: Option<&char>| c.is_none_or(char::is_ascii);
    let characters: Vec<char> = valid.chars().collect();
    let counts = |at: usize| match characters[at].len_utf8() {
        1 => false,
        2 => at > 0 && ascii(characters.get(at - 1)) && ascii(characters.get(at + 1)),
        _ => true,
    };
    (0..characters.len()).filter(|&at| counts(at)).count()
}

/// What the sample is if it is not UTF-8.
fn legacy(sample: &[u8]) -> Option<Charset> {
    // One damaged byte is enough for the detector to rule an encoding out, so damaged lines are kept from it.
    told(sample, sample).or_else(|| told(&undamaged(sample), sample))
}

/// What the detector says of some lines, if the whole sample bears it out.
fn told(lines: &[u8], sample: &[u8]) -> Option<Charset> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not the last bytes: a file that is cut off inside a character is what it was.
    detector.feed(lines, false);
    let fits = |guess: &'static encoding_rs::Encoding| {
        let charset = match guess {
            guess if guess == GBK || guess == GB18030 => Charset::Gb18030,
            guess if guess == BIG5 => Charset::Big5,
            guess if guess == WINDOWS_1252 => Charset::Windows1252,
            _ => return None,
        };
        let convincing = if charset == Charset::Windows1252 { is_latin(sample) } else { is_chinese(sample, charset) };
        convincing.then_some(charset)
    };
    let mut guesses = [None, Some(&b"cn"[..]), Some(&b"tw"[..])].into_iter();
    guesses.find_map(|tld| fits(detector.guess(tld, Utf8Detection::Deny)))
}

/// The lines that GB18030 or Big5 can be.
fn undamaged(sample: &[u8]) -> Vec<u8> {
    let whole = |line: &&[u8]| [GB18030, BIG5].iter().any(|encoding| !encoding.decode_without_bom_handling(line).1);
    sample.split_inclusive(|byte| *byte == b'\n').filter(whole).flatten().copied().collect()
}

/// Whether nearly all characters beyond ASCII are Chinese, and nearly none could not be decoded.
fn is_chinese(sample: &[u8], charset: Charset) -> bool {
    let (text, _) = charset.encoding().decode_without_bom_handling(sample);
    let (mut foreign, mut chinese, mut broken) = (0usize, 0usize, 0usize);
    // Emoji and signs say nothing.
    let sign = |c: &char| matches!(c, '\u{1f000}'..='\u{1ffff}' | '\u{2000}'..='\u{2bff}' | '\u{fe0f}');
    for c in text.chars().filter(|c| !c.is_ascii() && !sign(c)) {
        foreign += 1;
        broken += usize::from(c == char::REPLACEMENT_CHARACTER);
        chinese += usize::from(
            matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{2ffff}'),
        );
    }
    broken <= 2 + foreign / 100 && chinese * 100 >= foreign * 80 && is_common(sample, charset)
}

/// Whether at least half of the characters of two bytes are signs or everyday characters, which both encodings put
/// first: of random bytes a fifth is.
fn is_common(sample: &[u8], charset: Charset) -> bool {
    let everyday = |lead: u8, trail: u8| match charset {
        Charset::Big5 => (0xa1..=0xc6).contains(&lead),
        _ => (0xa1..=0xd7).contains(&lead) && trail >= 0xa1,
    };
    let (mut at, mut pairs, mut common) = (0, 0usize, 0usize);
    while let (Some(&lead), trail) = (sample.get(at), sample.get(at + 1)) {
        at += 1;
        if let (false, Some(&trail)) = (lead.is_ascii(), trail) {
            pairs += 1;
            common += usize::from(everyday(lead, trail));
            at += 1;
        }
    }
    common * 2 >= pairs
}

/// Whether the bytes beyond ASCII are letters and signs that stand among ASCII, as in Western European text.
fn is_latin(sample: &[u8]) -> bool {
    let foreign = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let alone = (0..sample.len())
        .filter(|&at| !sample[at].is_ascii())
        .filter(|&at| at.checked_sub(1).is_none_or(|before| sample[before].is_ascii()))
        .filter(|&at| sample.get(at + 1).is_none_or(u8::is_ascii))
        .count();
    let unassigned = sample.iter().any(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d));
    !unassigned && alone * 10 >= foreign * 9 && foreign * 5 < sample.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "编号,内容\n1,周末去郊外烧烤，啤酒配烤串最舒服\n2,下雨天在家煮火锅，喝点热茶\n3,同事聚餐又改成唱歌了\n";

    fn encoded(charset: Charset, text: &str) -> Vec<u8> {
        charset.encoding().encode(text).0.into_owned()
    }

    #[test]
    fn whole_files_are_told() {
        assert_eq!(detect(TEXT.as_bytes(), true), Ok(Charset::Utf8));
        assert_eq!(detect(&encoded(Charset::Gb18030, TEXT), true), Ok(Charset::Gb18030));
        let traditional = "編號,內容\n1,週末去郊外燒烤，啤酒配烤串最舒服\n2,下雨天在家煮火鍋，喝點熱茶\n";
        assert_eq!(detect(&encoded(Charset::Big5, traditional), true), Ok(Charset::Big5));
        let cantonese =
            "1,今日同班friend去咗飲嘢，啲啤酒好凍好正\n2,佢哋話聽日再嚟食過，係咪呀\n3,呢間嘢食真係好好味\n";
        assert_eq!(detect(&encoded(Charset::Big5, cantonese), true), Ok(Charset::Big5));
        let latin =
            "id,text\n".to_string() + &"1,It\u{2019}s a caf\u{e9} \u{2013} \u{201c}great\u{201d} tea\n".repeat(12);
        assert_eq!(detect(&encoded(Charset::Windows1252, &latin), true), Ok(Charset::Windows1252));
    }

    #[test]
    fn a_little_is_not_guessed() {
        let reason = |bytes: &[u8]| detect(bytes, true).err().map(|(reason, _)| reason.code());
        assert_eq!(reason(&encoded(Charset::Gb18030, "咖啡")), Some("R102"));
        assert_eq!(reason(&encoded(Charset::Gb18030, "text\n咖啡")), Some("R102"));
        assert_eq!(reason(&encoded(Charset::Gb18030, "咖啡")[..3]), Some("R102"));
        assert_eq!(reason(&[0xff, 0xfe, 0, 0, 65, 0, 0, 0]), Some("R102"));
        let noise: Vec<u8> = (0..400u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect();
        assert_eq!(reason(&noise), Some("R102"));
    }

    #[test]
    fn utf16_needs_its_mark() {
        let units = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let marked = [&[0xff, 0xfe][..], &units(TEXT)].concat();
        assert_eq!(detect(&marked, true), Ok(Charset::Utf16Le));
        assert_eq!(detect(&units(TEXT), true).map_err(|(reason, _)| reason), Err(Reason::NoMark));
        assert_eq!(detect(&units("id,text\n1,tea\n"), true).map_err(|(reason, _)| reason), Err(Reason::NoMark));
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(detect(&big, true).is_err_and(|(_, message)| message.contains("UTF-16BE")));
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        for at in 0..TEXT.len() {
            let mut bytes = TEXT.as_bytes().to_vec();
            bytes[at] = 0xff;
            assert_eq!(detect(&bytes, true), Ok(Charset::Utf8), "{at}");
            let one_line: Vec<u8> = bytes.iter().map(|byte| if *byte == b'\n' { b' ' } else { *byte }).collect();
            assert_eq!(detect(&one_line, true), Ok(Charset::Utf8), "{at}");
        }
        let one_line = b"[{\"id\":1,\"text\":\"taaa\xe5a\x9d\",\"k\":\"\xf0\x9f\x98\x80\"},{\"id\":2,\"text\":\"t\"}]";
        assert_eq!(detect(one_line, true), Ok(Charset::Utf8));
        let mixed = [TEXT.as_bytes(), &encoded(Charset::Gb18030, "4,另一种编码的一行\n")].concat();
        assert_eq!(detect(&mixed, true), Ok(Charset::Utf8));
        assert_eq!(detect(b"id,text\n1,a\n2,b\xe9\n3,c\n", true), Ok(Charset::Utf8));
    }
}
