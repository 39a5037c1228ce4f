//! Layers `normalize` and `segment`: a post's text as characters, tokens and clauses.

use rival::normalize::span::Span;
use rival::normalize::{Document, normalize};
use rival::segment::{Cutter, Outline};

use super::{Target, lossy};

pub(super) const TEXT: &[&str] = &[
    "啤酒",
    "威士忌",
    "在酒吧",
    "没点",
    "换成了",
    "不",
    "比",
    "好喝",
    "，",
    "。",
    "！",
    "\n",
    "//@",
    "@",
    "#",
    "[",
    "]",
    "RT @",
    "http://",
    "t.cn/A6x",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "\u{fdfa}",
    "\u{301}",
    "👨‍👩‍👧",
    "🇨🇳",
    "1️⃣",
    "👍🏽",
    "𠮷野家",
    "Ａ",
    "ｃａｆｅ",
    "CAFÉ",
    "①",
    "聯",
    "\u{e000}",
    "\u{ffff}",
    "\u{0}",
    "instead of",
    "whisky",
    "beer",
    "n't",
    " ",
    "'s",
    "café",
    "星\u{200b}巴克",
    "AAAAAAAA",
    "맥주",
    "ビール",
    "บาร์",
    "ﷺ",
    "＝",
    "12",
    "万",
    "¥",
    "…",
];

pub(super) fn texts() -> Vec<Vec<u8>> {
    [
        "昨晚在酒吧没点啤酒，换成了威士忌，好喝！",
        "Had whisky instead of beer at the bar last night, so smooth.",
        "//@某人: 转发一下 #啤酒[话题]# http://t.cn/A6demo 🍺🍺",
        "加班到半夜，點了一份小龍蝦配啤酒；喝星巴克不如喝奶茶。",
        "I don't like tea, but my mum loves Starbucks & Coca-Cola :)",
        "ＣＡＦÉ ｃａｆｅ ①②③ ﷽ e\u{301}\u{301}",
    ]
    .iter()
    .map(|s| s.as_bytes().to_vec())
    .collect()
}

pub(super) fn fuzz_normalize() -> Target {
    let run = |bytes: &[u8]| {
        let text = lossy(bytes);
        let title = text.char_indices().nth(bytes.len() % 7).map_or(0, |(at, _)| at);
        let doc = Document::new(&text, title);
        let norm = doc.norm();
        assert!(norm.len() <= 11 * text.len() + 16, "{} bytes became {}", text.len(), norm.len());
        let mut last = 0;
        for (at, c) in norm.char_indices() {
            let raw = doc.to_raw(Span::new(at, at + c.len_utf8()));
            assert!(text.is_char_boundary(raw.range().start) && text.is_char_boundary(raw.range().end));
            assert!(raw.range().start >= last, "the way back keeps the order");
            last = raw.range().start;
        }
        for zone in doc.zones() {
            assert!(norm.get(zone.span.range()).is_some());
        }
        let once = normalize(&text);
        assert_eq!(once, norm);
    };
    Target { name: "normalize", seeds: texts(), words: TEXT, run: Box::new(run) }
}

pub(super) fn fuzz_segment() -> Target {
    let (mut cutter, mut outline) = (Cutter::default(), Outline::default());
    let run = move |bytes: &[u8]| {
        let norm = normalize(&lossy(bytes));
        let mut at = 0;
        cutter.start(&norm);
        for token in cutter.tokens(&norm) {
            assert_eq!(token.span.range().start, at, "tokens follow each other");
            at = token.span.range().end;
            assert!(norm.is_char_boundary(at));
        }
        assert_eq!(at, norm.len(), "tokens concatenate to the text");
        outline.read(&norm);
        for (at, _) in norm.char_indices() {
            outline.clause_at(at as u32);
            outline.sentence_at(at as u32);
        }
    };
    Target { name: "segment", seeds: texts(), words: TEXT, run: Box::new(run) }
}
