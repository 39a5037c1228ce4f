//! Nothing that people wrote acts in an output, and nothing that leads to a person is in one.

use super::{Room, in_project};
use crate::{rival, stdout};

/// What must not be seen anywhere: each is planted in posts and their columns.
const CANARIES: &[&str] = &[
    "canary_handle_zh",
    "金丝雀用户",
    "13987654321",
    "139 8765 4321",
    "１３９８７６５４３２１",
    "canary.mail@example.com",
    "110105194912310021",
    "canary_weixin_77",
    "京A·C4N4R",
    "weibo.com/u/5550001112",
    "canary_author_id_9",
    "203.0.113.77",
];

/// Posts of 60 authors, each with canaries around words that the lexicons know.
fn planted() -> String {
    let mut out = String::new();
    for n in 0..120 {
        let canary = [
            "@canary_handle_zh ",
            "@金丝雀用户 ",
            "电话13987654321，",
            "手机139 8765 4321 ",
            "１３９８７６５４３２１ ",
            "mail canary.mail@example.com ",
            "身份证110105194912310021 ",
            "微信号canary_weixin_77 ",
            "车牌京A·C4N4R ",
            "https://weibo.com/u/5550001112?from=x ",
        ][n % 10];
        let text = match n % 3 {
            0 => format!("{canary}昨晚在酒吧没点啤酒，换成了威士忌，好喝"),
            1 => format!("昨晚在酒吧喝了啤酒 {canary}味道不错"),
            _ => format!("{canary}Last night at the bar I had whisky instead of beer, so smooth {canary}"),
        };
        let line = serde_json::json!({
            "id": format!("p{n}"), "text": format!("{text} {n}"), "platform": "weibo", "ip": "203.0.113.77",
            "nickname": if n % 2 == 0 { "金丝雀用户" } else { "canary_handle_zh" },
            "user_id": format!("canary_author_id_9{}", n % 60), "url": format!("https://weibo.com/u/5550001112?p={n}"),
            "created_at": format!("2024-0{}-11 08:00:00", 1 + n % 6),
        });
        out.push_str(&format!("{line}\n"));
    }
    // Rows that are rejected, with the same in them.
    out.push_str("{\"id\":\"x\",\"text\":\"13987654321 canary_handle_zh\n");
    out.push_str(
        "{\"id\":\"y\",\"text\":{\"canary_handle_zh\":1}}\n{\"id\":\"z\",\"text\":\"金丝雀用户\"} 13987654321\n",
    );
    out
}

/// Reliability 129, 130, 131, 132: planted canaries are in no output, message, log or file of rejects.
#[test]
fn people_stay_out_of_every_output() {
    let room = Room::new("canaries");
    let input = room.write("posts.jsonl", planted());
    let rejects = room.at("rejects.jsonl");
    let base = ["--isolated", "--rejects", &rejects, "--max-reject", "100"];
    let mut seen = 0;
    for command in [
        &["label"][..],
        &["analyze"],
        &["analyze", "--json"],
        &["analyze", "--focus", "beer"],
        &["analyze", "--by", "platform", "--json"],
        &["sample", "--for", "whisky"],
        &["lexicon", "stats"],
    ] {
        let mut args = command.to_vec();
        args.push(&input);
        args.extend(base);
        let output = rival(&args, b"");
        assert_eq!(output.status.code(), Some(0), "{command:?} {}", String::from_utf8_lossy(&output.stderr));
        let all = [stdout(&output), String::from_utf8_lossy(&output.stderr).into_owned(), read(&rejects)].concat();
        assert!(all.contains("威士忌") || all.contains("whisky"), "{command:?} says something");
        for canary in CANARIES {
            assert!(!all.contains(canary), "{command:?} shows {canary}: {}", around(&all, canary));
        }
        seen += all.len();
    }
    let suggested = rival(&["lexicon", "suggest", "whisky", "--corpus", &input, "--isolated"], b"");
    let text = [suggested.stdout, suggested.stderr].concat();
    for canary in CANARIES {
        let text = String::from_utf8_lossy(&text);
        assert!(!text.contains(canary), "suggest shows {canary}: {}", around(&text, canary));
    }
    assert!(seen > 20_000, "outputs of some size");
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn around(text: &str, canary: &str) -> String {
    let at = text.find(canary).unwrap_or(0);
    text[..at].chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect::<String>() + canary
}

/// Reliability 131, 134: rejects tell where and why; the row itself only when asked, and then to its owner alone.
#[cfg(unix)]
#[test]
fn rejected_rows_are_shown_only_when_asked() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::new("raw");
    let input = room.write("posts.csv", "id,text\n1,tea\n2,\"13987654321 oops\n3,coffee,4\n5,beer\n");
    let rejects = room.at("rejects.jsonl");
    let mode = || std::fs::metadata(&rejects).unwrap().permissions().mode() & 0o777;
    let run = |more: &[&str]| {
        let mut args = vec!["label", &input, "--isolated", "--rejects", &rejects];
        args.extend(more);
        assert_eq!(rival(&args, b"").status.code(), Some(1));
        read(&rejects).lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<serde_json::Value>>()
    };
    let told = run(&[]);
    let place = |line: &serde_json::Value| (line["row"].as_u64(), line["line"].as_u64(), line["byte"].as_u64());
    assert_eq!(
        told.iter().map(place).collect::<Vec<_>>(),
        [(Some(2), Some(3), Some(14)), (Some(3), Some(4), Some(34))]
    );
    assert_eq!((told[0]["code"].as_str(), told[1]["code"].as_str()), (Some("R201"), Some("R204")));
    assert!(told.iter().all(|line| line["raw"].is_null() && line["sha256"].as_str().is_some_and(|h| h.len() == 16)));
    std::fs::set_permissions(&rejects, std::fs::Permissions::from_mode(0o644)).unwrap();
    let raw = run(&["--reject-raw"]);
    assert_eq!(raw[0]["raw"].as_str(), Some("2,\"13987654321 oops"));
    assert_eq!(raw[0]["sha256"], told[0]["sha256"]);
    assert_eq!(mode(), 0o600);
    assert_eq!(room.names(), ["posts.csv", "rejects.jsonl"]);
    assert_eq!(rival(&["label", &input, "--isolated", "--reject-raw"], b"").status.code(), Some(2));
}

/// Strings that act somewhere: in HTML, a spreadsheet, a terminal, a script, Markdown.
const ACTING: &[&str] = &[
    "<script>alert(1)</script>",
    "\" onmouseover=\"alert(1)",
    "</style><!--",
    "javascript:alert(1)",
    "\u{1b}]52;c;eA==\u{7}",
    "\u{1b}[2J\u{1b}[31m",
    "\u{9b}31m",
    "\u{202e}gnp.exe\u{2066}",
    "\u{2028}\u{2029}\u{85}",
    "\r\u{8}\u{b}\u{c}\u{7f}",
    "=HYPERLINK(\"http://x\")",
    "＝cmd|' /C calc'!A0",
    "`rm -rf`",
    "[x](y) | **b**",
    "${IFS}`id`",
    "%s%n%x",
    "\u{feff}\u{200b}\u{ad}",
];

/// Reliability 100, 101: in text and JSON alike nothing acts on a terminal or breaks a line.
#[test]
fn nothing_acts_on_a_terminal() {
    let room = Room::new("acting");
    let mut text = String::new();
    for n in 0..ACTING.len() * 8 {
        let acting = ACTING[n % ACTING.len()];
        let line = serde_json::json!({
            "id": format!("{n}{acting}"), "platform": format!("weibo{}", acting.chars().take(20).collect::<String>()),
            "region": acting, "user": format!("u{n}"), "keyword": acting, "created_at": acting,
            "text": format!("{acting}昨晚在酒吧没点啤酒{acting}，换成了威士忌{acting} {n}"),
        });
        text.push_str(&format!("{line}\n"));
    }
    let input = room.write("posts.jsonl", text);
    for args in [
        &["label", &input][..],
        &["analyze", &input],
        &["analyze", &input, "--json"],
        &["analyze", &input, "--focus", "beer", "--by", "region"],
        &["analyze", &input, "--by", "platform", "--json"],
        &["sample", "--for", "whisky", &input],
        &["lexicon", "stats", &input],
        &["lexicon", "suggest", "whisky", "--corpus", &input],
    ] {
        let output = rival(&[args, &["--isolated", "--color", "never"]].concat(), b"");
        let all = [output.stdout.clone(), output.stderr.clone()].concat();
        let all = String::from_utf8(all).expect("UTF-8");
        assert!(all.len() > 100, "{args:?} says something");
        let acts = |c: char| c != '\n' && (c.is_control() || "\u{2028}\u{2029}\u{61c}\u{200e}\u{200f}".contains(c));
        let bidi = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let found = all.chars().find(|&c| acts(c) || bidi(c));
        assert_eq!(found, None, "{args:?}");
    }
}

/// Reliability 84: the Big List of Naughty Strings, as texts, ids, names and platforms, in CSV and in JSON.
#[test]
fn naughty_strings_are_only_strings() {
    let room = Room::new("naughty");
    let (mut lines, mut table) = (String::new(), csv::Writer::from_writer(Vec::new()));
    table.write_record(["id", "text", "author", "platform"]).unwrap();
    let mut with_text = 0;
    for string in naughty_strings::BLNS {
        with_text += u64::from(!string.trim().is_empty());
        lines.push_str(&format!(
            "{}\n",
            serde_json::json!({"id": string, "text": string, "user": string, "platform": string})
        ));
        // The crate's writer leaves a lone CR without quotes, where its own reader ends the row.
        table
            .write_record([string.replace('\r', " ").as_str(), &format!("tea {}", string.replace('\r', " ")), "a", "b"])
            .unwrap();
    }
    let rows = naughty_strings::BLNS.len() as u64;
    assert!(rows > 400 && with_text > 400);
    for (name, bytes) in [("n.jsonl", lines.into_bytes()), ("n.csv", table.into_inner().unwrap())] {
        let path = room.write(name, bytes);
        for command in [&["label"][..], &["analyze", "--json"], &["analyze"]] {
            let output = rival(&[command, &[&path, "--isolated"]].concat(), b"");
            let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(0), "{name} {command:?} {stderr}");
            assert!(stderr.contains(&format!("{rows} rows read: ")) && stderr.contains(" 0 rejected"), "{stderr}");
            if command == ["label"] {
                stdout(&output).lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).unwrap()));
            }
        }
    }
}

/// Reliability 103: no figure without a denominator, whatever the posts.
#[test]
fn figures_that_cannot_be_told_are_absent() {
    for text in ["", "喝啤酒", "喝啤酒\n喝啤酒", "酒吧喝啤酒\n酒吧喝威士忌", "tea"] {
        let lines: String = text
            .lines()
            .enumerate()
            .map(|(n, text)| format!("{}\n", serde_json::json!({"id": n.to_string(), "text": text, "user": "one"})))
            .collect();
        for more in [&[][..], &["--by", "platform"], &["--focus", "beer"]] {
            let output = rival(&[&["analyze", "-", "--json", "--isolated"], more].concat(), lines.as_bytes());
            assert_eq!(output.status.code(), Some(0), "{text:?} {}", String::from_utf8_lossy(&output.stderr));
            let json = stdout(&output);
            serde_json::from_str::<serde_json::Value>(&json).unwrap();
            for bad in ["NaN", "nan", "inf,", "-0.0,", ": -0\n", "null,\n      \"ci"] {
                assert!(!json.contains(bad), "{text:?} {more:?}: {bad}");
            }
            let page = stdout(&rival(&[&["analyze", "-", "--isolated"], more].concat(), lines.as_bytes()));
            assert!(!page.contains("NaN") && !page.contains("inf %"), "{page}");
        }
    }
    assert!(in_project("docs/reliability.md").exists());
}
