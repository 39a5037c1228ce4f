//! Layer `read`: bytes as tables, lines of JSON, containers and encodings.

use std::io::Write;

use rival::read::{Columns, Event, Inputs, Reader};

use super::Target;

/// Reads bytes as a file and checks what holds for any bytes.
fn read(bytes: &[u8]) {
    let (mut at, mut rows, mut list) = (0, 0, Vec::new());
    for event in Reader::new(Inputs::from_bytes("fuzz", bytes), Columns::default()) {
        match event {
            Event::Batch(batch) => {
                for (range, _) in batch.ranges() {
                    assert_eq!(range.start, at, "pieces follow each other");
                    assert!(range.end > range.start, "no piece is empty");
                    at = range.end;
                }
                assert_eq!(batch.places().count() as u64, batch.rows());
                list.clear();
                let ledger = batch.parse(&mut list);
                assert!(ledger.balances() && ledger.read == batch.rows() && list.len() as u64 == ledger.read);
                rows += ledger.read;
            }
            Event::Closed(facts) => {
                assert_eq!((facts.rows, facts.bytes), (rows, at), "what was read is what is told");
                if facts.packing == "plain" && std::str::from_utf8(bytes).is_ok() {
                    assert_eq!(at, bytes.len() as u64, "pieces reach the end");
                }
            }
            Event::Failed(failure) => assert!(!failure.error.to_string().is_empty()),
        }
    }
}

const CSV: &[&str] = &[
    "id,text\n",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "|",
    "，",
    "\n",
    "\r\n",
    "\r",
    "\u{feff}",
    "sep=;\n",
    "id,text,author,time\n",
    "内容,昵称,时间\n",
    "1041,2024-03-01 08:00,tea",
    "\"a\nb\"",
    "茶",
    "\0",
    "\u{2028}",
    "1.23E+17",
    "-1",
    "无",
    ",,",
    "\\\"",
    "text",
    "评论内容",
    "#",
];

pub(super) fn fuzz_csv() -> Target {
    let seeds = [
        "id,text\n1,a\n2,\"b, c\"\n3,\"d\ne\"\n4,\"say \"\"hi\"\"\"\n",
        "id;text;time\r\n1;喝茶;2024-03-01\r\n2;\"夜;宵\";2024-03-02\r\n",
        "id\ttext\n1\tsay \"hi\"\n2\tb\n",
        "\u{feff}微博id,发布者,微博正文,发布时间\n1,王,喝茶,2024-03-01 08:00\n2,李,,无\n",
        "Report\nBrand:,tea\n\nid,text,author,time\n1,a,b,2024-01-01\nid,text,author,time\n2,c,d,x\n",
        "text\none\n\"two\nlines\"\n\n",
        "sep=|\nid|text\n1|a\n",
    ];
    let seeds = seeds.iter().map(|s| s.as_bytes().to_vec()).collect();
    Target { name: "csv", seeds, words: CSV, run: Box::new(read) }
}

const JSON: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "\"text\":",
    "\"id\":",
    "\"te\\u0078t\":",
    "{\"id\":1,\"text\":\"a\"}",
    "null",
    "true",
    "1e400",
    "-0",
    "\\ud83d",
    "\\ude00",
    "\\u0000",
    "\u{feff}",
    "NaN",
    "01",
    "\t",
    "\"data\":[",
    "{\"a\":",
    "[[[[[[[[",
    "\"created_at\":\"1.7E+12\"",
    "\"user\":{\"id\":7}",
    "茶",
    "\0",
];

pub(super) fn fuzz_json() -> Target {
    let seeds = [
        "{\"id\":1,\"text\":\"喝茶\"}\n{\"id\":2,\"text\":\"b\",\"user\":{\"name\":\"x\",\"id\":7}}\n",
        "[{\"id\":\"1\",\"text\":\"a, {\\\"id\\\":3}\"},{\"id\":\"2\",\"tags\":[{\"id\":\"x\"}],\"text\":\"b]\"}]",
        "[\n  {\n    \"id\": \"1\",\n    \"text\": \"a\"\n  },\n  {\n    \"id\": \"2\",\n    \"text\": \"b\"\n  }\n]\n",
        "{\"count\":2,\"articles\":[{\"id\":1,\"text\":\"a\"},{\"id\":2,\"text\":\"b\"}],\"next\":{\"a\":[]}}",
        "{\n\"id\": 1,\n\"text\": \"a\"\n}\n{\n\"id\": 2,\n\"text\": \"b\"\n}\n",
        "{\"title\":\"t\",\"desc\":\"x\",\"time\":1709251200000,\"note_id\":\"6\",\"comment_id\":\"7\",\"text\":null}\n",
    ];
    let seeds = seeds.iter().map(|s| s.as_bytes().to_vec()).collect();
    Target { name: "json", seeds, words: JSON, run: Box::new(read) }
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(super) fn fuzz_container() -> Target {
    let text = "id,text\n1,昨晚在酒吧喝啤酒\n2,tea\n3,\"a\nb\"\n".repeat(3);
    let packed = gzip(text.as_bytes());
    let zstd = zstd::stream::encode_all(text.as_bytes(), 3).unwrap();
    let seeds = vec![
        packed.clone(),
        [packed.clone(), gzip(b"4,coffee\n")].concat(),
        [packed.clone(), vec![0; 40]].concat(),
        gzip(&packed),
        [zstd.clone(), zstd.clone()].concat(),
        zstd,
        b"PK\x03\x04\x14\0\0\0\x08\0".to_vec(),
    ];
    let words = &["\u{1f}", "\u{8}", "\0\0\0\0", "PK", "(", "\u{3}\u{4}", "id,text\n", "\n"];
    Target { name: "container", seeds, words, run: Box::new(read) }
}

pub(super) fn fuzz_encoding() -> Target {
    let text = "id,text\n1,昨晚在酒吧喝了啤酒\n2,喝茶\n";
    let utf16 = |big: bool| -> Vec<u8> {
        let unit = |u: u16| if big { u.to_be_bytes() } else { u.to_le_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let seeds = vec![
        text.as_bytes().to_vec(),
        utf16(false),
        utf16(true),
        utf16(false)[2..].to_vec(),
        // 喝茶 and 咖啡 in GBK, 啤酒 in Big5.
        b"id,text\n1,\xba\xc8\xb2\xe8\n2,\xbf\xa7\xb7\xc8\n".repeat(4),
        b"id,text\n1,\xb0\xe0\xb0\x73\n2,\xb0\xe0\xb0\x73\n".repeat(4),
        b"id,text\n1,\xed\xa0\xbd\xed\xb8\x80\n".to_vec(),
    ];
    let words = &["\u{feff}", "\u{fffe}", "\0", "茶", "å’–å•¡", "\n", ",", "\u{e000}", "\u{10ffff}", "ï»¿"];
    Target { name: "encoding", seeds, words, run: Box::new(read) }
}

/// Forms that the JSONTestSuite lists: right, wrong, and those on which parsers may differ.
#[rustfmt::skip]
const FORMS: &[&str] = &[
    "[[]   ]", "[]", "[\"\"]", "[\"a\"]", "[false]", "[null, 1, \"1\", {}]", "[null]", "[1\n]", " [1]", "[1,null,null,null,2]", "[2] ", "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
    "[0e+1]", "[0e1]", "[ 4]", "[123e65]", "[-0]", "[-123]", "[-1]", "[1E22]", "[1E-2]", "[1E+2]", "[123e45]", "[123.456e78]", "[1e-2]", "[1e+2]", "[123]", "[123.456789]", "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}", "{\"asd\":\"sdf\"}", "{\"a\":\"b\",\"a\":\"c\"}", "{\"\":0}", "{\"foo\\u0000bar\": 42}", "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
    "[\"\\u0060\\u012a\\u12AB\"]", "[\"\\uD801\\udc37\"]", "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\\u0000\"]", "[\"\\\"\"]", "[\"a/*b*/c/*d//e\"]", "[\"\\\\a\"]", "[\"\\\\n\"]", "[\"\\u0012\"]", "[\"\\uFFFF\"]", "[ \"asd\"]", "[\"\u{10FFFF}\"]", "[\"\u{FFFF}\"]", "[\"\\u0000\"]", "[\"\\u002c\"]", "[\"π\"]", "[\"\u{1BFFF}\"]", "[\"asd \"]", "\" \"", "[\"\\uD834\\uDd1e\"]", "[\"\\u0821\"]", "[\"\\u0123\"]", "[\"\u{2028}\"]", "[\"\u{2029}\"]", "[\"\\u0061\\u30af\\u30EA\\u30b9\"]", "[\"new\\u00A0line\"]", "[\"\u{7f}\"]", "false", "42", "-0.1", "null", "\"asd\"", "true", "\"\"", "[true]", "{\"a\":[]}", "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\"}", "{\n\"a\": \"b\"\n}",
    "[1 true]", "[a\u{e5}]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]", "[\"x\"", "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]", "[\"\u{b}a\"\\f]", "[*]", "[\"\"", "[1,", "[1,\n1\n,1", "[{}", "[fals]", "[nul]", "[tru]", "[++1234]", "[+1]", "[+Inf]", "[-01]", "[-1.0.]", "[-2.]", "[-NaN]", "[.-1]", "[.2e-3]", "[0.1.2]", "[0.3e+]", "[0.3e]", "[0.e1]", "[0E+]", "[0E]", "[0e]", "[0e+]", "[1.0e+]", "[1.0e-]", "[1.0e]", "[1 000.0]", "[1eE2]", "[2.e+3]", "[2.e-3]", "[2.e3]", "[9.e+]", "[Inf]", "[NaN]", "[１]", "[1+2]", "[0x1]", "[0x42]", "[Infinity]", "[0e+-1]", "[-123.123foo]", "[-Infinity]", "[-foo]", "[- 1]", "[-012]", "[-.123]", "[-1x]", "[1ea]", "[1.]", "[.123]", "[1.2a-3]", "[1.8011670033376514H-308]", "[012]",
    "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}", "{\"a\":\"a\" 123}", "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}", "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}", "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//", "{\"a\":\"b\"}/", "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }", "{\"a\":\"b\"}#", " ", "[\"\\uD800\\\"]", "[\"\\uD800\\u\"]", "[\"\\uD800\\u1\"]", "[\"\\uD800\\u1x\"]", "[é]", "[\"\\x00\"]", "[\"\\\\\\\"]", "[\"\\\t\"]", "[\"\\🌀\"]", "[\"\\\"]", "[\"\\u00A\"]", "[\"\\uD834\\uDd\"]", "[\"\\uD800\\uD800\\x\"]", "[\"\\a\"]", "[\"\\uqqqq\"]", "[\\n]", "\"", "['single quote']", "abc", "[\"\\", "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"", "\"\"x", "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]", "{\"x\": true,", "[][]", "]", "{}}", "{\"\":", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,", "[\"a", "[\"a\"", "{\"a\"", "{[", "{,", "{'a'", "{\"", "[\\u000A\"\"]", "[1", "[ false, nul", "[ true, fals", "{\"asd\":\"asd\"", "å", "\u{2060}[]",
    "[123.456e-789]", "[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999969999999006]", "[-1e+9999]", "[1.5e+9999]", "[-123123e100000]", "[123123e100000]", "[123123e-10000000]", "[-123123123123123123123123123123]", "[100000000000000000000]", "[-237462374673276894279832749832423479823246327846]", "{\"\\uDFAA\":0}", "[\"\\uDADA\"]", "[\"\\uD888\\u1234\"]", "[\"\\uD800\\n\"]", "[\"\\uDd1ea\"]", "[\"\\uD800\\uD800\\n\"]", "[\"\\ud800\"]", "[\"\\ud800abc\"]", "[\"\\uDd1e\\uD834\"]", "[\"\\uDFAA\"]", "\u{feff}{}",
];

/// Reads each form as a value of a post and as a line of its own.
pub(super) fn json_forms() {
    let good = "{\"id\":\"9\",\"text\":\"tea\"}\n";
    for form in FORMS {
        let valid = serde_json::from_str::<&serde_json::value::RawValue>(form).is_ok();
        let flat = form.replace(['\n', '\r'], " ");
        let valid_flat = serde_json::from_str::<&serde_json::value::RawValue>(&flat).is_ok();
        for (file, wanted) in [
            (format!("{good}{{\"id\":\"1\",\"x\":{flat},\"text\":\"tea\"}}\n{good}"), valid_flat.then_some(3)),
            (format!("{good}{flat}\n{good}"), None),
        ] {
            read(file.as_bytes());
            let mut rows = Vec::new();
            for event in Reader::new(Inputs::from_bytes("forms", file.as_bytes()), Columns::default()) {
                if let Event::Batch(batch) = event {
                    batch.parse(&mut rows);
                }
            }
            let posts = rows.iter().filter(|row| matches!(row, rival::read::Row::Post(_))).count();
            assert!(posts >= 2, "{form:?}: the neighbors are read");
            if let Some(wanted) = wanted {
                assert_eq!(posts, wanted, "{form:?} is JSON ({valid})");
            } else if !valid_flat && file.contains("\"x\":") {
                assert_eq!(posts, 2, "{form:?} is no JSON");
            }
        }
    }
}
