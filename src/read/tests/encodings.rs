//! Encodings: reliability cases 3–14, 19.

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

use super::{Columns, Outcome, read, read_as, read_with};
use crate::read::{Charset, Reading, Row};

const SIMPLIFIED: &str = "id,标题,内容,发布时间\n1,周末,去郊外烧烤，啤酒配烤串最舒服,2024-03-01\n2,雨天,\"在家煮火锅，\n喝点热茶\",2024-03-02\n3,加班,同事点了奶茶🧋和炸鸡,2024-03-03\n";
const TRADITIONAL: &str = "id,標題,內容,發布時間\n1,週末,去郊外燒烤，啤酒配烤串最舒服,2024-03-01\n2,雨天,在家煮火鍋，喝點熱茶,2024-03-02\n3,加班,同事點了奶茶同炸雞,2024-03-03\n";

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn utf16(text: &str, mark: bool, swap: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn told(bytes: &[u8], name: &str) -> Outcome {
    let encoding = Some(Charset::parse(name).expect("an encoding"));
    read_as(bytes, Reading { encoding, ..Reading::default() })
}

/// What does not depend on the encoding.
fn content(outcome: &Outcome) -> Vec<(Option<&str>, &str, Option<&str>)> {
    let mut rows = Vec::new();
    for row in &outcome.rows {
        rows.push(match row {
            Row::Post(post) => {
                (post.id.as_deref(), post.text.as_str(), post.time.as_ref().map(|time| time.text.as_str()))
            }
            Row::Reject(reject) => (None, reject.reason.code(), None),
        });
    }
    rows
}

#[test]
fn twins_in_every_encoding_read_alike() {
    for (text, encoding, charset) in [(SIMPLIFIED, GB18030, Charset::Gb18030), (TRADITIONAL, BIG5, Charset::Big5)] {
        let columns = Columns::default();
        let plain = read_with(text.as_bytes(), columns);
        assert_eq!(plain.posts().len(), 3);
        let legacy = read_with(&encoded(encoding, text), Columns::default());
        assert_eq!(legacy.facts.as_ref().map(|facts| facts.charset), Some(charset));
        for twin in [
            legacy,
            read_with(&utf16(text, true, false), Columns::default()),
            read_with(&utf16(text, true, true), Columns::default()),
            read_with(format!("\u{feff}{text}").as_bytes(), Columns::default()),
            told(&encoded(encoding, text), charset.as_str()),
            told(&utf16(text, false, false), "utf-16le"),
            told(&utf16(text, false, true), "utf-16be"),
        ] {
            assert_eq!(content(&twin), content(&plain), "{:?}", twin.failure);
            assert!(twin.ledger.balances());
        }
    }
    let lines: String =
        SIMPLIFIED.lines().skip(1).map(|line| format!("{}\n", serde_json::json!({"text": line}))).collect();
    let twin = read_with(&encoded(GB18030, &lines), Columns::default());
    assert_eq!(content(&twin), content(&read(&lines)));
}

#[test]
fn long_files_are_decoded_to_their_end() {
    let body: String = (0..20_000).map(|at| format!("{at},第{at}杯🧋,去郊外烧烤，啤酒配烤串,2024-03-01\n")).collect();
    let text = format!("id,标题,内容,发布时间\n{body}");
    let plain = read(&text);
    for twin in [encoded(GB18030, &text), utf16(&text, true, false)] {
        let outcome = read_with(&twin, Columns::default());
        assert_eq!(outcome.posts().len(), 20_000);
        assert_eq!(content(&outcome), content(&plain));
    }
}

#[test]
fn a_short_file_with_one_torn_character_keeps_its_other_rows() {
    for at in 1..4 {
        let mut bytes = "[{\"id\":\"1\",\"text\":\"a\"},{\"id\":\"2\",\"text\":\"😀\"}]".as_bytes().to_vec();
        let torn = bytes.iter().position(|byte| !byte.is_ascii()).expect("an emoji") + at;
        bytes.insert(torn, b'x');
        assert!(read(&bytes).short().contains(&"1".to_owned()), "torn at {at}");
    }
}

#[test]
fn what_is_not_certain_is_refused() {
    let code = |bytes: &[u8]| read_with(bytes, Columns::default()).failure.map(|failure| failure.reason.code());
    assert_eq!(code(&utf16(SIMPLIFIED, false, false)), Some("R101"));
    assert_eq!(code(&utf16("id,text\n1,tea and cake\n", false, true)), Some("R101"));
    assert_eq!(code(&encoded(GB18030, "咖啡")), Some("R102"));
    assert_eq!(code(&encoded(GB18030, "text\n咖啡")[..8]), Some("R102"));
    assert_eq!(code(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Some("R104"));
    assert_eq!(code(b"SQLite format 3\0\x10\0\x01\x01"), Some("R104"));
    assert_eq!(told(&encoded(GB18030, "text\n咖啡"), "gbk").posts()[0].text, "咖啡");
}

#[test]
fn rows_that_cannot_be_decoded_cost_themselves_and_tell_where() {
    let mut cut = encoded(GB18030, SIMPLIFIED.trim_end());
    cut.truncate(cut.len() - "🧋和炸鸡,2024-03-03".len() + 8);
    let text = encoded(GB18030, &format!("{SIMPLIFIED}4,夜宵,来一份小龙虾,2024-03-04\n"));
    let at = text.windows(4).position(|four| four == [&b"4,"[..], &encoded(GB18030, "夜")].concat()).expect("there");
    let mut broken = text.clone();
    broken.splice(at + 2..at + 2, [0xff]);
    let outcome = read_with(&broken, Columns::default());
    assert_eq!(outcome.short(), ["1", "2", "3", "R103"]);
    let Row::Reject(reject) = &outcome.rows[3] else { panic!("a reject") };
    assert_eq!(reject.line, 6);
    assert!(reject.detail.ends_with(&format!("byte {at} of the file before decoding")), "{}", reject.detail);
    for cut in 1..4 {
        let last = encoded(GB18030, "id,内容\n1,去郊外烧烤啤酒配烤串最舒服了吧\n2,在家煮火锅喝点热茶\n3,奶茶🧋");
        let outcome = read_with(&last[..last.len() - cut], Columns::default());
        assert_eq!(outcome.short(), ["1", "2", "R103"], "{cut}");
        assert_eq!(outcome.facts.map(|facts| facts.charset), Some(Charset::Gb18030));
    }
    let mixed = [
        SIMPLIFIED.as_bytes(),
        &encoded(GB18030, "4,夜宵,来一份小龙虾,2024-03-04\n"),
        "5,早茶,虾饺,2024-03-05\n".as_bytes(),
    ];
    assert_eq!(read(mixed.concat()).short(), ["1", "2", "3", "R103", "5"]);
    let mut late = format!("id,text\n{}", "1,only ASCII for a long while\n".repeat(5_000)).into_bytes();
    late.extend(encoded(GB18030, &"2,去郊外烧烤，啤酒配烤串最舒服\n".repeat(5_000)));
    let outcome = read_with(&late, Columns::default());
    assert_eq!((outcome.posts().len(), outcome.facts.map(|facts| facts.charset)), (10_000, Some(Charset::Gb18030)));
}

#[test]
fn positions_before_decoding_are_true() {
    let rows: String = (0..4_000).map(|at| format!("{at},茶{}🧋\n", "好啊".repeat(at % 7))).collect();
    let text = format!("id,text\n{rows}x\n");
    for (bytes, unit) in [(encoded(GB18030, &text), 1u64), (utf16(&text, true, false), 2)] {
        let outcome = read_with(&bytes, Columns::default());
        assert_eq!(outcome.posts().len(), 4_000, "{:?}", outcome.failure);
        let Some(Row::Reject(reject)) = outcome.rows.last() else { panic!("a reject") };
        let at = bytes.len() as u64 - 2 * unit;
        assert!(reject.detail.ends_with(&format!("byte {at} of the file before decoding")), "{} {at}", reject.detail);
    }
}

#[test]
fn western_text_is_read_where_it_is_plain() {
    let line = "1,It\u{2019}s a caf\u{e9} \u{2013} we had \u{201c}tea\u{201d}\n";
    let text = format!("id,text\n{}", line.repeat(20));
    let outcome = read_with(&encoded(WINDOWS_1252, &text), Columns::default());
    assert_eq!(outcome.facts.as_ref().map(|facts| facts.charset), Some(Charset::Windows1252));
    assert_eq!(content(&outcome), content(&read(&text)));
}

#[test]
fn halves_of_characters_are_joined_on_request() {
    let row = b"id,text\n1,\xed\xa0\xbd\xed\xb8\x80 good\n2,\xed\xa0\xbd alone\n3,\xc0\xafx\n4,fine\n5,\xe8\x8c\xb6\n6,\xe8\x8c\xb6\n";
    assert_eq!(read(row).short(), ["R103", "R103", "R103", "4", "5", "6"]);
    let repaired = read_as(row, Reading { repair: true, ..Reading::default() });
    assert_eq!(repaired.short(), ["1", "R103", "R103", "4", "5", "6"]);
    assert_eq!(repaired.posts()[0].text, "😀 good");
    assert_eq!(repaired.ledger.warned.keys().map(|reason| reason.code()).collect::<Vec<_>>(), ["W702"]);
    let tab = b"{\"id\":1,\t\"text\":\"a\tb\\\"\tc\"}\n";
    assert_eq!(read(tab).short(), ["R306"]);
    let repaired = read_as(tab, Reading { repair: true, ..Reading::default() });
    assert_eq!(repaired.posts()[0].text, "a\tb\"\tc");
}

#[test]
fn text_that_was_saved_in_the_wrong_encoding_is_told() {
    let wrong = |text: &str| WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
    let gbk = |text: &str| GB18030.decode_without_bom_handling(text.as_bytes()).0.into_owned();
    let file =
        format!("id,text\n1,{}\n2,{}\n3,café – naïve\n4,鍚涘瓙\n5,喝茶\n", wrong("咖啡好喝"), gbk("咖啡很好喝啊"));
    let outcome = read(&file);
    let warned: Vec<(&str, u64)> = outcome.ledger.warned.iter().map(|(reason, &rows)| (reason.code(), rows)).collect();
    assert_eq!(warned, [("W704", 2)]);
}
