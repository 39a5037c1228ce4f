//! Keeping people out of quotes: handles, addresses, numbers and accounts are covered before a quote leaves this layer.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// What stands in place of what was covered.
const COVER: &str = "▇▇▇";

/// Everything that may lead to a person, most telling first. All alternatives are linear and bounded.
static PERSONAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&PATTERNS.join("|")).ok());

const PATTERNS: [&str; 9] = [
    // Web addresses, with or without a scheme.
    r"(?i:https?|ftp)\s?[:：]\s?//[^\s\u{3000}，。！？、“”<>]+",
    r"(?i:www\.[A-Za-z0-9_\-./?=&%#~+:]+)",
    r"(?i:(?-u:\b)[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+){0,4}\.(?:com|cn|net|org|io|me|tv|cc|co|top|xyz|shop|app|hk|tw)(?-u:\b)(?:/[A-Za-z0-9_\-./?=&%#~+:]*)?)",
    // Short addresses under any other top level: only their path tells them from words.
    r"(?i:(?-u:\b)[a-z0-9][a-z0-9\-]*(?:\.[a-z0-9\-]+){0,3}\.[a-z]{2,4}/[A-Za-z0-9_\-?=&%#~+:/]{4,})",
    // E-mail, ASCII or full width.
    r"[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_.+\-]+ ?[@＠] ?[A-Za-z0-9Ａ-Ｚａ-ｚ０-９_\-]+(?: ?[.．。] ?[A-Za-zＡ-Ｚａ-ｚ]{2,12}){1,3}",
    // Handles.
    r"[@＠][^\s@＠，。！？、：；“”（）,!?:;()]{1,30}|(?-u:\b)u/[A-Za-z0-9_\-]{3,20}",
    // Accounts after a word that announces them.
    r"(?i:(?:wechat|weixin|whatsapp|telegram|qq群?|vx|v信|wx|微信号?|薇信|威信|加微|扣扣|企鹅号?|小红书号|抖音号|line id|加我?\s?v[:：\s]|➕\s?v)\s?(?:id|号)?\s?[:：是为\-]?\s?[a-z0-9][a-z0-9_\-]{4,24})",
    // Seven digits or more in any script, with separators between them: phones, identity and card numbers.
    r"[+＋(（]?(?:[0-9０-９①-⑨〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺][\s\-\u{2010}-\u{2015}－_.．·•()（）]{0,2}){7,}[xX]?",
    // Number plates.
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?(?:[A-Z0-9]{5,6}|[A-Z0-9]{4}[港澳])",
];

/// A text with everything personal covered, and the spans moved to where their words now stand. Spans that touch
/// something covered are dropped.
pub(super) fn mask(text: &str, spans: &[Range<usize>]) -> (String, Vec<[u32; 2]>) {
    let covered = personal(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for range in &covered {
        out.push_str(&text[at..range.start]);
        out.push_str(COVER);
        at = range.end;
    }
    out.push_str(&text[at..]);
    let moved = |at: usize| {
        covered.iter().take_while(|range| range.end <= at).fold(at, |at, range| at + COVER.len() - range.len()) as u32
    };
    let kept = spans
        .iter()
        .filter(|span| covered.iter().all(|range| range.end <= span.start || span.end <= range.start))
        .map(|span| [moved(span.start), moved(span.end)])
        .collect();
    (out, kept)
}

/// The places of a text that may lead to a person.
fn personal(text: &str) -> Vec<Range<usize>> {
    let Some(personal) = PERSONAL.as_ref() else { return std::iter::once(0..text.len()).collect() };
    personal
        .find_iter(text)
        .map(|found| found.start()..found.start() + found.as_str().trim_end().len())
        .filter(|range| !range.is_empty() && !is_date(&text[range.clone()]))
        .collect()
}

/// Bytes of words up to which nothing personal fits between them: most evidence is a word or two, and is not looked through.
const SHORT: usize = 24;

/// Whether words are worth a look: they hold digits, what stands in an address, or Latin letters among Chinese ones.
fn may_lead_to_a_person(words: &str) -> bool {
    let bytes = words.as_bytes();
    let address = |w: &[u8]| w[1] == b'.' && w[0].is_ascii_alphanumeric() && w[2].is_ascii_alphanumeric();
    let mixed = || !words.is_ascii() && bytes.iter().any(u8::is_ascii_alphabetic);
    let numeral =
        |c: &char| matches!(c, '０'..='９' | '①'..='⑨') || "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖幺".contains(*c);
    bytes.iter().any(|b| matches!(b, b'0'..=b'9' | b'@' | b'_' | b'/'))
        || bytes.windows(3).any(address)
        || mixed()
        || !words.is_ascii() && (words.contains('＠') || words.chars().filter(numeral).count() > 3)
}

/// Words of one post as they may be shown.
pub struct ShownWords<'t> {
    text: &'t str,
    covered: OnceCell<Vec<Range<usize>>>,
}

impl<'t> ShownWords<'t> {
    /// Those of a text.
    pub fn of(text: &'t str) -> Self {
        Self { text, covered: OnceCell::new() }
    }

    /// What stands at a byte range, everything personal covered, be it by a word outside that announces it.
    pub fn at(&self, range: Range<usize>) -> Cow<'t, str> {
        let words = &self.text[range.clone()];
        if words.len() <= SHORT || !may_lead_to_a_person(words) {
            return Cow::Borrowed(words);
        }
        let covered = self.covered.get_or_init(|| personal(self.text));
        let mut touched = covered.iter().filter(|c| c.start < range.end && range.start < c.end).peekable();
        if touched.peek().is_none() {
            return Cow::Borrowed(words);
        }
        let mut out = String::with_capacity(words.len());
        let mut at = range.start;
        for cover in touched {
            out.push_str(&self.text[at..cover.start.max(at)]);
            out.push_str(COVER);
            at = cover.end.min(range.end);
        }
        out.push_str(&self.text[at..range.end]);
        Cow::Owned(out)
    }
}

/// Whether a run of digits is a date such as `2024-05-01`, which leads to nobody.
fn is_date(text: &str) -> bool {
    let mut parts = text.trim().split(['-', '.', '_']);
    let mut next = |lengths: std::ops::RangeInclusive<usize>| {
        parts.next().filter(|part| lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let year = next(4..=4).is_some_and(|year| year.starts_with("19") || year.starts_with("20"));
    year && next(1..=2).is_some() && next(1..=2).is_some() && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_of_evidence_hide_what_stands_between_them() {
        let text = "信号很好，微信号abcdef_77，电话13812345678，屏幕也很好";
        let words = ShownWords::of(text);
        let from = text.find("号abcdef").expect("there");
        assert_eq!(words.at(0..text.len()), "信号很好，▇▇▇，电话▇▇▇，屏幕也很好");
        assert_eq!(words.at(from..text.len()), "▇▇▇，电话▇▇▇，屏幕也很好", "announced outside");
        assert_eq!(words.at(0..12), "信号很好");
        for (text, shown) in [
            ("屏幕很好，电话一三八一二三四五六七八，很好", "屏幕很好，电话▇▇▇，很好"),
            ("the service, write to www.example.com, was great", "the service, write to ▇▇▇, was great"),
            ("the service of this small house was really great", "the service of this small house was really great"),
        ] {
            assert_eq!(ShownWords::of(text).at(0..text.len()), shown);
        }
    }

    #[test]
    fn personal_things_are_covered() {
        for text in [
            "13812345678",
            "138-1234-5678",
            "138 1234 5678",
            "１３８１２３４５６７８",
            "一三八一二三四五六七八",
            "(010) 8888-6666",
            "+86 13812345678",
            "11010519491231002X",
            "abc.def@qq.com",
            "abc @ 163 . com",
            "@某某某",
            "u/some_one",
            "微信号abc12345",
            "VX：beer_lover88",
            "QQ 123456",
            "https://weibo.com/u/123?x=1",
            "t.cn/A6xYz12",
            "www.example.com/a",
            "京A·12345",
            "粤B12345",
        ] {
            let whole = format!("我说{text} 好");
            let (shown, _) = mask(&whole, &[]);
            assert!(shown.contains(COVER) && !shown.contains(text), "{text}: {shown}");
        }
    }

    /// Reliability 129: a labelled list of what leads to a person and of what only looks like it.
    #[test]
    fn the_labelled_list_is_told_apart() {
        let list = include_str!("../../../tests/data/personal.tsv");
        let (mut faults, mut rows) = (Vec::new(), 0);
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let mut cells = line.split('\t');
            let (kind, text, part) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default(), cells.next());
            let (shown, _) = mask(text, &[]);
            let right = match (kind, part) {
                ("mask", Some(part)) => !shown.contains(part) && shown.contains(COVER) && leaks(&shown, part) < 4,
                ("keep", None) => shown == text,
                _ => panic!("{line}"),
            };
            rows += 1;
            if !right {
                faults.push(format!("{kind} {text}: {shown}"));
            }
        }
        assert!(rows >= 180, "{rows} rows");
        assert!(faults.is_empty(), "{} of {rows}:\n{}", faults.len(), faults.join("\n"));
    }

    /// The longest piece of a personal part that is still seen, in letters and digits.
    fn leaks(shown: &str, part: &str) -> usize {
        let chars: Vec<(usize, char)> = part.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
        (0..chars.len())
            .flat_map(|from| (from + 1..=chars.len()).map(move |to| (from, to)))
            .filter(|&(from, to)| {
                let end = chars.get(to).map_or(part.len(), |&(at, _)| at);
                part[chars[from].0..end].chars().any(|c| c.is_ascii_digit())
                    && shown.contains(&part[chars[from].0..end])
            })
            .map(|(from, to)| to - from)
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn ordinary_words_stay() {
        for text in [
            "喝了3瓶啤酒花了120块",
            "2024-05-01",
            "500ml 4.5%vol",
            "一二三四五",
            "凌晨2:30",
            "第一次喝，七八个人",
            "iPhone 15 Pro",
        ] {
            assert_eq!(mask(text, &[]).0, *text);
        }
    }

    #[test]
    fn spans_move_with_their_words() {
        let text = "call 13812345678 for beer";
        let beer = text.find("beer").expect("there");
        let (shown, spans) = mask(text, &[5..8, beer..beer + 4]);
        assert_eq!(spans.len(), 1);
        assert_eq!(&shown[spans[0][0] as usize..spans[0][1] as usize], "beer");
    }

    proptest! {
        #[test]
        fn nothing_panics_and_spans_stay_inside(text in any::<String>()) {
            let end = text.chars().next().map_or(0, char::len_utf8);
            let (shown, spans) = mask(&text, std::slice::from_ref(&(0..end)));
            for [start, end] in spans {
                prop_assert!(shown.is_char_boundary(start as usize) && shown.is_char_boundary(end as usize));
            }
        }
    }
}
