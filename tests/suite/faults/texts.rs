//! Texts that hide, bend or swell: what is found in them is the same, and takes no longer.

use std::time::{Duration, Instant};

use super::{Room, setting};
use crate::{rival, stdout};

/// The categories and brands found in a text, with the words as they stand in it.
fn found(text: &str) -> Vec<(String, String)> {
    let line = format!("{}\n", serde_json::json!({"id": "1", "text": text}));
    let output = rival(&["label", "-", "--isolated", "-q"], line.as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let row: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let mention = |m: &serde_json::Value| {
        let (start, end) = (m["start"].as_u64().unwrap() as usize, m["end"].as_u64().unwrap() as usize);
        assert_eq!(text.get(start..end), m["text"].as_str(), "the words stand where it says");
        let name = m["brand"].as_str().or(m["category"].as_str()).unwrap();
        (name.to_owned(), m["text"].as_str().unwrap().to_owned())
    };
    row["mentions"].as_array().unwrap().iter().map(mention).collect()
}

/// Reliability 75, 76, 77, 79: a name is found in whatever form it is written, and shown as it was written.
#[test]
fn one_name_in_many_forms() {
    for (plain, forms) in [
        (
            "星巴克",
            &[
                "星\u{200b}巴克",
                "星\u{ad}巴\u{2060}克",
                "\u{202e}星巴克\u{202c}",
                "星\u{feff}巴克",
                "\u{2067}星\u{2069}巴克",
            ][..],
        ),
        ("啤酒", &["啤\u{200d}酒", "啤酒\u{fe0f}", "啤\u{200b}\u{200b}\u{200b}酒"]),
        ("whisky", &["WHISKY", "Whisky", "ｗｈｉｓｋｙ", "ＷＨＩＳＫＹ", "whi\u{ad}sky", "ⓦⓗⓘⓢⓚⓨ"]),
        ("肯德基", &["肯德基\u{200f}", "肯\u{180e}德基"]),
        ("麥當勞", &["麦当劳", "麥当勞", "麦\u{200b}當劳"]),
    ] {
        let names: Vec<String> = found(&format!("昨天去买了{plain}，不错")).into_iter().map(|(name, _)| name).collect();
        assert!(!names.is_empty(), "{plain} is known");
        for form in forms {
            let text = format!("昨天去买了{form}，不错");
            let other: Vec<(String, String)> = found(&text);
            assert_eq!(other.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>(), names, "{form:?}");
        }
    }
    let beyond = found("今天在𠮷野家吃了牛肉饭，配可乐");
    let cola: Vec<&str> = beyond.iter().map(|(_, words)| words.as_str()).filter(|words| *words == "可乐").collect();
    assert_eq!(cola.len(), 1, "offsets are right behind a character outside the basic plane: {beyond:?}");
}

/// Reliability 58: the first bytes of a file say what it is, its name says nothing.
#[test]
fn the_name_of_a_file_says_nothing() {
    let room = Room::new("magic");
    let (csv, jsonl) =
        ("id,text\n1,喝啤酒\n2,喝茶\n", "{\"id\":\"1\",\"text\":\"喝啤酒\"}\n{\"id\":\"2\",\"text\":\"喝茶\"}\n");
    let gzip = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let zstd = zstd::stream::encode_all(jsonl.as_bytes(), 3).unwrap();
    let mut outputs = Vec::new();
    for (name, bytes) in [
        ("a.csv", csv.as_bytes().to_vec()),
        ("a.jsonl.gz", csv.as_bytes().to_vec()),
        ("b.csv", jsonl.as_bytes().to_vec()),
        ("c.csv", gzip(csv)),
        ("d.zst", gzip(jsonl)),
        ("e.gz", zstd),
        ("no_ending", gzip(jsonl)),
    ] {
        let path = room.write(name, bytes);
        outputs.push(stdout(&rival(&["label", &path, "--isolated", "-q"], b"")));
    }
    assert_eq!(outputs[0].lines().count(), 2);
    assert!(outputs.iter().all(|output| *output == outputs[0]));
}

/// Reliability 81, 73, 72: texts of one character, of very many, of marks and of what swells, beside the same amount of posts.
#[test]
fn odd_texts_take_no_longer() {
    let timed = |texts: Vec<String>| {
        let lines: String = texts.iter().map(|text| format!("{}\n", serde_json::json!({"text": text}))).collect();
        let begun = Instant::now();
        let output = rival(&["label", "-", "--isolated", "-q", "--threads", "1"], lines.as_bytes());
        assert_eq!(output.status.code(), Some(0));
        begun.elapsed()
    };
    let of = |unit: &str| vec![unit.repeat(60_000 / unit.len()); 5];
    let plain = timed(of("昨晚在酒吧喝了啤酒，味道不错，下次再来。"));
    let rare: String = (0x4e00..0x9fff_u32).chain(0x20000..0x2a6d0).filter_map(char::from_u32).take(20_000).collect();
    for (name, texts) in [
        ("one character", of("啤")),
        ("one letter", of("a")),
        ("marks", of("a\u{301}\u{302}\u{303}")),
        ("ligatures", of("\u{fdfa}")),
        ("emoji", of("👨‍👩‍👧‍👦")),
        ("digits", of("1 3 8 ")),
        ("handles", of("@a ")),
        ("tags", of("#啤酒#")),
        ("addresses", of("http://a.b/")),
        ("forwards", of("//@a:")),
        ("comparisons", of("啤酒比威士忌好，")),
        ("negations", of("不是不想不喝啤酒")),
        ("commas", of("，")),
        ("rare characters", vec![rare; 5]),
    ] {
        let taken = timed(texts);
        assert!(taken < plain * 12 + Duration::from_secs(3), "{name}: {taken:?}, posts {plain:?}");
    }
}

/// Reliability 95: very many surfaces.
fn surfaces(count: usize) {
    let room = Room::new(&format!("surfaces-{count}"));
    std::fs::create_dir(room.at("categories")).unwrap();
    let mut terms = String::new();
    for n in 0..count {
        let han = |shift: usize| char::from_u32(0x4e00 + ((n >> shift) % 4_096) as u32).unwrap();
        terms.push_str(&format!("{}{}{}茶品\n", han(0), han(12), han(5)));
    }
    room.write(
        "categories/tea.toml",
        format!(
            "[[category]]\nid = \"tea\"\nterms = '''\n{terms}'''\nmatch = [\"喝{0}\"]\nmiss = [\"喝水\"]\n",
            terms.lines().next().unwrap()
        ),
    );
    let begun = Instant::now();
    let dir = room.0.display().to_string();
    let text = format!("{{\"text\":\"今天喝{}\"}}\n", terms.lines().last().unwrap());
    let output = rival(&["label", "-", "--isolated", "--lexicons", &dir], text.as_bytes());
    let (code, stderr) = (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned());
    println!("{count} surfaces: {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(90), "{:?}", begun.elapsed());
    match code {
        Some(0) => assert!(stdout(&output).contains("\"category\":\"tea\""), "{}", stdout(&output)),
        _ => assert!(stderr.contains("L80"), "{stderr}"),
    }
}

/// Reliability 95: an overlay of many surfaces loads.
#[test]
fn twenty_thousand_surfaces_load() {
    surfaces(20_000);
}

#[test]
#[ignore = "long form of the test above: RIVAL_SURFACES, a million if not told"]
fn a_million_surfaces_load() {
    surfaces(setting("RIVAL_SURFACES", 1_000_000));
}

/// Reliability 71: one author who writes nine rows of ten is one author.
#[test]
fn one_loud_author_changes_no_share() {
    let post = |id: usize, author: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id.to_string(), "user": author, "platform": "weibo", "text": text}))
    };
    let mut lines = String::new();
    for n in 0..40 {
        lines.push_str(&post(
            n,
            &format!("u{n}"),
            &format!("第{n}次在酒吧喝了啤酒，味道{}", "好不错行".chars().nth(n % 4).unwrap()),
        ));
    }
    let quiet = lines.clone();
    for n in 0..360 {
        let (mood, place) = (
            ["开心", "难过", "无聊", "兴奋", "累"][n % 5],
            ["北门", "南街", "东路", "西湖", "广场", "码头"][n / 5 % 6],
        );
        lines.push_str(&post(
            1_000 + n,
            "loud",
            &format!("{mood}的第{n}天，{place}那家酒吧的啤酒{}", "真好喝呀".repeat(1 + n % 7)),
        ));
    }
    let authors = |text: &str| {
        let output = rival(&["analyze", "-", "--json", "--isolated", "-q"], text.as_bytes());
        let json: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        let entities = json["entities"].as_array().unwrap().clone();
        entities.iter().find(|e| e["id"] == "beer").map(|e| (e["authors"].as_u64(), e["posts"].as_u64())).unwrap()
    };
    let (few, many) = (authors(&quiet), authors(&lines));
    assert!(many.1 > few.1, "the posts are there: {few:?} {many:?}");
    assert_eq!(many.0, few.0.map(|n| n + 1), "one author more: {few:?} {many:?}");
}
