//! CSV: reliability cases 2, 3, 10–18, 20–31, 33–36, 38, 39.

use proptest::prelude::*;

use super::{Columns, Row, read, read_with};
use crate::limits;

/// What rows come out as: ids of posts, codes of others.
fn short(file: &str) -> Vec<String> {
    read(file).short()
}

#[test]
fn an_unclosed_quote_costs_its_row_only() {
    assert_eq!(short("id,text\n1,a\n2,\"oops\n3,b\n4,c\n"), ["1", "R201", "3", "4"]);
    assert_eq!(short("id,text\n1,a\n2,\"oops\n3,\"b\"\n4,c"), ["1", "R201", "3", "4"]);
    assert_eq!(short("id,text\n2,\"oops\nand more\n\n3,\"b\"\n4,c"), ["R201", "3", "4"]);
    assert_eq!(short("id,text\n1,“a”\n2,\"oops”\n3,b\n"), ["1", "R201", "3"], "a curly quote closes nothing");
    let swallowing = "id,text,at\n1,\"oops,2024\n2,\",b\",2024\n3,\"\",2024\n4,\"\nd\",2024\n5,e,2024\n";
    assert_eq!(short(swallowing), ["R201", "2", "S604", "4", "5"]);
}

#[test]
fn stray_quotes_cost_their_row_only() {
    assert_eq!(short("id,text\n1,a\"b\n2,c\n"), ["R202", "2"]);
    assert_eq!(short("id,text\n1,\"a\"b\n2,c\n"), ["R202", "2"]);
    assert_eq!(short("id,text\n1,\"say \\\"hi\\\" now\"\n2,c\"d\n"), ["R202", "R202"]);
    assert_eq!(short("id,text\n1,\"a\nb \"c\" d\ne\"\n2,c\n"), ["R202", "2"]);
}

#[test]
fn the_number_of_columns_is_the_headers() {
    let outcome = read("id,text,url\n1,a\n2,b,,d\n3,c,\n,,\n");
    assert_eq!(outcome.short(), ["R203", "R204", "3", "S604"]);
    let details: Vec<&str> = outcome
        .rows
        .iter()
        .filter_map(|row| match row {
            Row::Reject(reject) => Some(reject.detail.as_str()),
            Row::Post(_) => None,
        })
        .collect();
    assert_eq!(details[..2], ["2 columns, 3 in the header", "4 columns, 3 in the header"]);
}

#[test]
fn quoted_columns_hold_lines_quotes_and_separators() {
    let outcome = read("id,text\r\n1,\"say \"\"hi\"\",\r\nthen go\"\r\n2,\"\"\r\n");
    assert_eq!(outcome.short(), ["1", "S604"]);
    assert_eq!(outcome.posts()[0].text, "say \"hi\",\r\nthen go");
    let long = format!("id,text\n1,\"{}\"\n2,b\n", "a line of a post, as they are\n".repeat(200));
    assert_eq!(short(&long), ["1", "2"]);
}

#[test]
fn rows_inside_a_quote_are_rows() {
    let file = "id,text\n1,\"a\n2,b\n3,c\"\n4,d\n";
    assert_eq!(short(file), ["R207", "2", "R202", "4"]);
    let prose = "id,text\n1041,\"Well, that was good.\nReally, it was.\"\n1042,b\n";
    assert_eq!(short(prose), ["1041", "1042"]);
}

#[test]
fn records_beyond_the_limits_cost_themselves_only() {
    let lines = format!("id,text\n1,\"{}\"\n2,b\n", "x\n".repeat(3 * limits::RECORD_LINES));
    let outcome = read(&lines);
    assert_eq!(outcome.codes()[0], "R205");
    assert_eq!(outcome.posts().len(), 1);
    let wide = format!(
        "id,text\n1,\"{}\"\n2,b\n3,{}\n4,d",
        "x".repeat(limits::RECORD_BYTES),
        "y".repeat(5 * limits::RECORD_BYTES)
    );
    assert_eq!(short(&wide), ["R205", "2", "R205", "4"]);
    let bytes = format!("id,text\n1,\"{}\"\n2,b\n", format!("{}\n", "x".repeat(9_999)).repeat(200));
    assert_eq!(read(&bytes).posts().len(), 1);
}

#[test]
fn twins_with_other_line_ends_marks_and_separators_read_alike() {
    let plain = "id,text,time\n1,\"a, b\",2024-03-01\n\n2,茶\"\"x,\n3,c,2024-03-02\n".replace("\"\"x", "");
    let expected = read(&plain);
    assert_eq!(expected.short(), ["1", "2", "3"]);
    for twin in [
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
        plain.trim_end().to_string(),
        format!("\u{feff}{plain}"),
        plain.replacen('\n', "\r\n", 2).replacen("02\n", "02\r", 1),
        plain.replace("\"a, b\"", "'a; b'").replace(',', "\t").replace("'a; b'", "a, b"),
        format!("sep=;\n{}", plain.replace("a, b", "a; b").replace(',', ";").replace("a; b", "a, b")),
        plain.replace("a, b", "a; b").replace(',', "|").replace("a; b", "a, b"),
        format!("Report of the day\nBrand:,tea\n\n{plain}"),
    ] {
        let outcome = read(&twin);
        assert_eq!(
            outcome.posts().iter().map(|post| (&post.id, &post.text, &post.time)).collect::<Vec<_>>(),
            expected.posts().iter().map(|post| (&post.id, &post.text, &post.time)).collect::<Vec<_>>(),
            "{twin:?}"
        );
    }
}

#[test]
fn a_quote_is_a_quote_in_tab_separated_text() {
    assert_eq!(short("id\ttext\n1\tsay \"hi\"\n2\t\"so\n3\tc\n"), ["1", "2", "3"]);
    assert_eq!(short("id\ttext\n1\t\"say \"\"hi\"\"\nthen\"\n2\tb\n"), ["1", "2"]);
}

#[test]
fn bad_bytes_cost_their_row_only() {
    let mut file = b"id,text\n1,".to_vec();
    file.extend(b"\xba\xc8\n2,good\n3,\xed\xa0\x80\n4,\xe8\x8c\n5,\xe8\x8c\xb6\n6,\xe8\x8c\xb6\n");
    let outcome = read(&file);
    assert_eq!(outcome.short(), ["R103", "2", "R103", "R103", "5", "6"]);
    let Row::Reject(first) = &outcome.rows[0] else { panic!("a reject") };
    assert_eq!((first.line, first.byte, first.detail.as_str()), (2, 8, "byte 3 of the row"));
}

#[test]
fn small_things() {
    assert_eq!(short("id,text\n1,a\nid,text\n\u{feff}id,text\n2,b"), ["1", "S605", "S605", "2"]);
    assert_eq!(short(",id,text\n0,7,a\n1,8,b\n"), ["7", "8"], "an unnamed column is no id");
    assert_eq!(short("text\nhello, world\n\"one\ntwo\"\n"), ["?", "?"]);
    let outcome = read("id,text\n1,a\u{0}b\n2,\u{2028}x\u{85}y\u{b}z\n3,????\u{fffd}聯(lián)系\n");
    assert_eq!(
        outcome.posts().iter().map(|post| post.text.as_str()).collect::<Vec<_>>(),
        ["ab", "\u{2028}x\u{85}y\u{b}z", "????\u{fffd}聯(lián)系"]
    );
    assert_eq!(outcome.ledger.warned.len(), 1);
    let rounded = read("id,text,user_id,nickname\n1.23457E+17,a,1.2E+15,王\n");
    assert_eq!((rounded.posts()[0].id.as_deref(), rounded.posts()[0].author.is_some()), (None, true));
    for empty in ["", "\u{feff}", "\n\n", "id,text\n", "id,text"] {
        let outcome = read(empty);
        assert!(outcome.failure.is_none(), "{empty:?}");
        assert_eq!(outcome.facts.map(|facts| facts.remarks.len()), Some(1), "{empty:?}");
    }
}

#[test]
fn files_that_cannot_be_mapped_say_why() {
    let message = |file: &[u8], columns: &str| {
        let columns = Columns::parse(columns).expect("columns");
        let failure = read_with(file, columns).failure.expect("a failure");
        (failure.reason.code(), failure.error.to_string())
    };
    for (file, columns, code, parts) in [
        (&b"id,contnet,at\n1,a,b\n"[..], "", "R208", &["`contnet`", "like `content`"][..]),
        (b"id,id,text\n1,2,a\n", "", "R208", &["column 1 and 2"]),
        (b"1,2024-03-01,hello\n", "", "R208", &["seems to be a row"]),
        (b"0,1,2\na,b,c\n", "", "R208", &["seems to be a row"]),
        (b",userid\n0,7\n", "", "R208", &["`userid`"]),
        (b"id,text\n1,a\n", "text=Body", "R208", &["no column `Body`", "`id`, `text`"]),
        (b"\xc4\xe3,text\n1,a\n2,b\n", "", "R103", &["--encoding"]),
        (b"\xc4\xe3,text\n1,a\n", "", "R102", &["not UTF-8", "--encoding"]),
    ] {
        let (found, text) = message(file, columns);
        assert_eq!(found, code, "{text}");
        for part in parts {
            assert!(text.contains(part), "{text} has no {part}");
        }
    }
    let wide = format!("text{}\n", ",c".repeat(limits::COLUMNS));
    assert_eq!(message(wide.as_bytes(), "").0, "R206");
    let columns = Columns::parse("text=内容,author=昵称").expect("columns");
    let outcome = read_with("标题,昵称,内容,text\nt,王,喝茶,x\n".as_bytes(), columns);
    assert_eq!(outcome.posts()[0].text, "t\n喝茶");
}

#[test]
fn quotes_that_never_close_take_no_longer() {
    for line in ["7,\"a\n", "7,\"\"\"\n", "\"\n", "\",\"a\n", "7,\"\n"] {
        let file = format!("id,text\n{}", line.repeat(10_000_000 / line.len()));
        let start = std::time::Instant::now();
        read_with(file.as_bytes(), Columns::default());
        assert!(start.elapsed().as_secs() < 20, "{line:?} took {:?}", start.elapsed());
    }
}

fn cell() -> impl Strategy<Value = String> {
    proptest::string::string_regex("([a-z茶 😀]{0,6}[\",\n\r;|\t]?){0,4}").expect("a pattern")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn well_formed_tables_read_as_the_csv_crate_reads_them(
        rows in prop::collection::vec(prop::collection::vec(cell(), 3), 1..12),
        always in any::<bool>(),
        separator in prop::sample::select(vec![b',', b'\t', b';', b'|']),
        crlf in any::<bool>(),
    ) {
        let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let ends = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let mut writer = csv::WriterBuilder::new().delimiter(separator).quote_style(style).terminator(ends).from_writer(Vec::new());
        writer.write_record(["id", "text", "url", "keyword"]).expect("written");
        for (row, number) in rows.iter().zip(0..) {
            // The crate's writer leaves a lone CR without quotes, where its own reader ends the row.
            let row: Vec<String> = row.iter().map(|cell| if always { cell.clone() } else { cell.replace('\r', "") }).collect();
            writer.write_record([&format!("id-{number}"), &format!("茶{}", row[0]), &row[1], &row[2]]).expect("written");
        }
        let bytes = writer.into_inner().expect("written");
        let mut twin = csv::ReaderBuilder::new().delimiter(separator).from_reader(bytes.as_slice());
        let expected: Vec<(String, String)> = twin
            .records()
            .map(|record| record.expect("well formed"))
            .map(|record| (record[0].to_string(), record[1].to_string()))
            .collect();
        let found: Vec<(String, String)> = read(&bytes)
            .posts()
            .iter()
            .map(|post| (post.id.clone().unwrap_or_default(), post.text.clone()))
            .collect();
        prop_assert_eq!(found, expected);
    }
}
