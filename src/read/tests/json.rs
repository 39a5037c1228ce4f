//! JSON: reliability cases 3, 18, 40–51.

use super::{Columns, read, read_with};
use crate::limits;
use crate::read::{Format, Row};

#[test]
fn lines_become_posts() {
    let outcome = read(concat!(
        "{\"id\":1,\"text\":\"喝茶\",\"platform\":\"Weibo\",\"user\":{\"name\":\"王\",\"id\":7},\"created_at\":1709251200}\n",
        "\n",
        "{\"id\":\"b\",\"title\":\"夜宵\",\"text\":\"小龙虾\",\"created_at\":\"3天前\"}",
    ));
    assert_eq!(outcome.short(), ["1", "b"]);
    let posts = outcome.posts();
    assert_eq!(posts[0].platform.as_deref(), Some("weibo"));
    assert_eq!(posts[0].time.as_ref().map(|time| time.text.as_str()), Some("2024-03-01T00:00:00Z"));
    assert!(posts[0].author.is_some() && posts[1].author.is_none());
    assert_eq!((posts[1].text.as_str(), posts[1].title_len), ("夜宵\n小龙虾", 6));
    assert_eq!(outcome.ledger.warned.len(), 1);
}

#[test]
fn every_fault_has_its_code_and_costs_its_row_only() {
    let good = r#"{"id":9,"text":"ok"}"#;
    let deep = format!(r#"{{"id":1,"x":{}1{}}}"#, "[".repeat(100), "]".repeat(100));
    let abyss = "[".repeat(100_000);
    for (row, code) in [
        (r#"{"id":1,"text":"a"} x"#, "R301"),
        (r#"{"id":1,"text":"a"}{"id":2,"text":"b"}"#, "R301"),
        (deep.as_str(), "R302"),
        (abyss.as_str(), "R302"),
        (r#"{"id":1,"text":"a","text":"b"}"#, "R303"),
        (r#"{"id":1,"text":"a","te\u0078t":"b"}"#, "R303"),
        (r#"{"id":1,"text":null}"#, "R304"),
        (r#"{"id":1,"text":7}"#, "R304"),
        (r#"{"id":1,"text":["a"]}"#, "R304"),
        (r#""text""#, "R304"),
        ("12", "R304"),
        (r#"{"id":01,"text":"a"}"#, "R306"),
        (r#"{"id":NaN,"text":"a"}"#, "R306"),
        ("{\"id\":1,\"text\":\"a\tb\"}", "R306"),
        (r#"{"id":1,"text":"a""#, "R306"),
        (r#"{'id':1,'text':'a'}"#, "R306"),
        ("hello", "R306"),
        (r#"{"id":1,"text":" "}"#, "S604"),
        (r#"{"id":1}"#, "S604"),
        ("{}", "S604"),
    ] {
        let outcome = read(format!("{good}\n{row}\n{good}\n"));
        assert_eq!(outcome.short(), ["9", code, "9"], "{}", &row[..row.len().min(60)]);
    }
    assert_eq!(read(format!("{good}\n{{\"id\":1,\"te")).short(), ["9", "R305"]);
    assert_eq!(read(format!("{good}\n{{\"id\":1,\"te\n\n")).short(), ["9", "R305"]);
    let mut bytes = format!("{good}\n").into_bytes();
    bytes.extend(b"{\"id\":1,\"text\":\"\xc4\xe3\"}\n");
    bytes.extend(good.as_bytes());
    assert_eq!(read(&bytes).short(), ["9", "R103", "9"]);
}

#[test]
fn a_last_line_cut_anywhere_is_one_reject() {
    let row = r#"{"id":1,"text":"a\ud83d\ude00","user":{"id":[2]}}"#;
    for cut in 1..row.len() {
        let outcome = read(format!("{row}\n{}", &row[..cut]));
        assert_eq!(outcome.short(), ["1", "R305"], "{cut}");
    }
}

#[test]
fn values_stay_what_they_are() {
    let outcome = read(concat!(
        r#"{"id":12345678901234567890123,"text":"a\ud83d","date":-1}"#,
        "\n",
        r#"{"id":12345678901234567890124,"text":"a\u0000b\t","date":1e400}"#,
        "\n",
        r#"{"_id":{"$oid":"5f"},"id":{"$oid":"5f"},"te\u0078t":"c","user":null,"date":{"$date":"2024-03-01T00:00:00Z"}}"#,
        "\n\u{feff}",
        r#"{"id":-0,"title":"t","text":null}"#,
    ));
    assert_eq!(outcome.short(), ["12345678901234567890123", "12345678901234567890124", "5f", "-0"]);
    let texts: Vec<&str> = outcome.posts().iter().map(|post| post.text.as_str()).collect();
    assert_eq!(texts, ["a\u{fffd}", "ab\t", "c", "t"]);
    let warned: Vec<(&str, u64)> = outcome.ledger.warned.iter().map(|(reason, &rows)| (reason.code(), rows)).collect();
    assert_eq!(warned, [("W703", 1), ("W706", 1), ("W708", 1)]);
    assert!(outcome.posts()[2].time.is_some());
}

#[test]
fn a_line_beyond_the_limit_is_one_reject() {
    let good = r#"{"id":9,"text":"ok"}"#;
    let long = format!(r#"{{"id":1,"text":"{}"}}"#, "x".repeat(5 * limits::RECORD_BYTES));
    assert_eq!(read(format!("{good}\n{long}\n{good}")).short(), ["9", "R205", "9"]);
    let text = format!(r#"{{"id":1,"text":"{}"}}"#, "好，".repeat(limits::TEXT_BYTES / 6 + 1));
    let outcome = read(&text);
    assert!(outcome.posts()[0].text.ends_with('，'));
    assert_eq!(outcome.ledger.warned.len(), 1);
}

/// The same objects as a list, wrapped, pretty or one after the other.
fn twins(objects: &[&str]) -> Vec<String> {
    let pretty: Vec<String> = objects
        .iter()
        .map(|object| object.replace("{\"", "{\n    \"").replace(",\"", ",\n    \"").replace("\"}", "\"\n  }"))
        .collect();
    vec![
        format!("[{}]", objects.join(",")),
        format!("\u{feff} [ {} ]\n", objects.join(" , ")),
        format!("[\n{}\n]", objects.join(",\n")),
        format!("[\n  {}\n]\n", pretty.join(",\n  ")),
        format!("{{\"count\":2,\"articles\":[{}],\"next\":{{\"a\":[]}}}}", objects.join(",")),
        format!("{{\n\"data\": {{\"list\": [\n{}]}}, \"x\": 1}}", objects.join(",\n")),
        format!("{}\n", pretty.join("\n")),
        format!("[{}][{}]", objects[..1].join(","), objects[1..].join(",")),
    ]
}

#[test]
fn lists_read_like_lines() {
    let objects = [
        r#"{"id":"1","text":"a, {\"id\":3}"}"#,
        r#"{"id":"2","tags":[{"id":"x"},{"id":"y"}],"text":"b]"}"#,
        r#"{"id":"3","text":"c"}"#,
    ];
    for twin in twins(&objects) {
        let outcome = read(&twin);
        assert_eq!(outcome.short(), ["1", "2", "3"], "{twin}");
        assert_ne!(outcome.facts.map(|facts| facts.format), Some(Format::JsonLines));
    }
    let lines = read(objects.join("\n"));
    assert_eq!(lines.facts.map(|facts| facts.format), Some(Format::JsonLines));
}

#[test]
fn a_bad_element_costs_itself_only() {
    let (good, last) = (r#"{"id":"1","text":"a"}"#, r#"{"id":"3","text":"c"}"#);
    for (bad, code) in [
        (r#"{"id":"2","text":b}"#, "R306"),
        (r#"{"id":"2","text":"b}"#, "R306"),
        (r#"{"id":"2","text":"b"#, "R306"),
        (r#"{"id":"2","text":b"}"#, "R306"),
        (r#"{"id":"2" "text":"b"}"#, "R306"),
        (r#"{"id":"2","tags":[{"x":1},{"y":2}],"text":"b"]"#, "R306"),
        (r#"{"id":"2"}"text":"b"}"#, "R301"),
        (r#"{"id":"2","text":"b","text":"c"}"#, "R303"),
        (r#"["2","b"]"#, "R304"),
        ("null", "R304"),
    ] {
        for twin in &twins(&[good, bad, last])[..3] {
            let outcome = read(twin);
            assert_eq!(outcome.short(), ["1", code, "3"], "{twin}");
        }
        for twin in &twins(&[good, bad, last])[3..6] {
            assert_eq!(read(twin).posts().len(), 2, "{twin}");
        }
    }
    assert_eq!(read(format!("[{good},{}", &last[..10])).short(), ["1", "R305"]);
    assert_eq!(read("[".repeat(100_000)).short(), ["R302"]);
}

#[test]
fn huge_elements_cost_themselves_only() {
    let (good, last) = (r#"{"id":"1","text":"a"}"#, r#"{"id":"3","text":"c"}"#);
    for size in [1, 2, 5] {
        let text = "x".repeat(size * limits::RECORD_BYTES + 77);
        for bad in [format!(r#"{{"id":"2","text":"{text}"}}"#), format!(r#"{{"id":"2","text":"{text}}}"#)] {
            for twin in &twins(&[good, &bad, last])[..6] {
                let outcome = read(twin);
                assert_eq!(outcome.short(), ["1", "R205", "3"], "{size} {}", &twin[..40]);
            }
        }
    }
}

#[test]
fn objects_that_cannot_be_mapped_say_why() {
    let failure = read_with(b"{\"id\":1,\"contnet\":\"a\"}\n", Columns::default()).failure.expect("a failure");
    assert_eq!(failure.reason.code(), "R208");
    assert!(failure.error.to_string().contains("like `content`"), "{}", failure.error);
    let columns = Columns::parse("text=contnet").expect("columns");
    let outcome = read_with(b"{\"id\":1,\"contnet\":\"a\"}\n", columns);
    assert!(matches!(&outcome.rows[0], Row::Post(post) if post.text == "a"));
}
