//! Whatever comes in, the ledger balances and nothing panics.

use proptest::prelude::*;

use crate::{rival, stdout};

/// Characters and pieces that have broken programs before.
const HOSTILE: &[&str] = &[
    "啤酒",
    "好喝",
    "不",
    "在酒吧",
    "\u{200b}",
    "\u{202e}",
    "\u{0}",
    "\u{1b}]8;;",
    "\u{feff}",
    "聯(lián)系",
    "失??",
    "????",
    "#",
    "@",
    "[",
    "//@",
    "RT @",
    "http://",
    "👨‍👩‍👧",
    "e\u{301}\u{301}\u{301}",
    "ﷺ",
    "𠮷野家",
    "Ａ",
    "\"",
    ",",
    "\\",
    "\n",
    "\r",
    "\t",
    "instead of",
    "whisky",
    "beer",
    "配",
    "<script>",
    "'",
    "=1+1",
];

fn hostile() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(HOSTILE), 0..14).prop_map(|parts| parts.concat())
}

fn jsonl(texts: &[String]) -> String {
    texts
        .iter()
        .enumerate()
        .map(|(i, t)| format!("{}\n", serde_json::json!({ "id": i.to_string(), "text": t })))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_true_and_rows_are_accounted_for(texts in proptest::collection::vec(hostile(), 1..12)) {
        let output = rival(&["label", "-", "--isolated"], jsonl(&texts).as_bytes());
        prop_assert_eq!(output.status.code(), Some(0));
        for line in stdout(&output).lines() {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = texts[row["id"].as_str().unwrap().parse::<usize>().unwrap()].replace('\u{0}', "");
            for mention in row["mentions"].as_array().unwrap() {
                let (start, end) = (mention["start"].as_u64().unwrap() as usize, mention["end"].as_u64().unwrap() as usize);
                prop_assert_eq!(text.get(start..end), mention["text"].as_str());
            }
        }
        let output = rival(&["analyze", "-", "--json", "--isolated"], jsonl(&texts).as_bytes());
        prop_assert_eq!(output.status.code(), Some(0));
        let findings: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        let rows = &findings["meta"]["rows"];
        let n = |key: &str| rows[key].as_u64().unwrap();
        prop_assert_eq!(n("read"), texts.len() as u64);
        prop_assert_eq!(n("read"), n("analyzed") + n("rejected") + n("set_aside"));
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let output = rival(&["label", "-", "--isolated", "--max-reject", "100"], &bytes);
        prop_assert!(matches!(output.status.code(), Some(0..=2)));
        prop_assert!(!String::from_utf8_lossy(&output.stderr).contains("internal error"));
    }
}

#[test]
fn the_terminal_gets_no_control_characters() {
    let posts = ["在酒吧喝啤酒\u{1b}[2J\u{7} 好喝\u{202e}", "昨晚酒吧点了威士忌\u{9b}31m"].map(str::to_owned);
    let text = stdout(&rival(&["analyze", "-", "--focus", "beer", "--isolated"], jsonl(&posts).as_bytes()));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    assert!(!text.contains('\u{202e}'));
    let text = stdout(&rival(&["explain", "--text", &posts[0], "--isolated"], b""));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
}
