//! Archives and workbooks: reliability cases 58–62.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Outcome;
use crate::read::{Event, Format, Inputs, Reader, Reading};

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("started");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

/// A workbook with these sheets: name, state, rows of cells as they stand in the XML.
fn workbook(sheets: &[(&str, &str, String)]) -> Vec<u8> {
    let list: String = (1..)
        .zip(sheets)
        .map(|(at, (name, state, _))| {
            format!(r#"<sheet name="{name}" sheetId="{at}" state="{state}" r:id="rId{at}"/>"#)
        })
        .collect();
    let relations: String = (1..=sheets.len())
        .map(|at| format!(r#"<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{at}.xml"/>"#))
        .collect();
    let styles = r#"<Relationship Id="rIdS" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>"#;
    let mut files = vec![
        ("[Content_Types].xml".to_string(), r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#.to_string()),
        ("_rels/.rels".to_string(), r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#.to_string()),
        ("xl/workbook.xml".to_string(), format!(r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#)),
        ("xl/_rels/workbook.xml.rels".to_string(), format!(r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}{styles}</Relationships>"#)),
        ("xl/styles.xml".to_string(), r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>"#.to_string()),
    ];
    for (at, (_, _, rows)) in (1..).zip(sheets) {
        files.push((format!("xl/worksheets/sheet{at}.xml"), format!(r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{rows}</worksheet>"#)));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    archive(&files)
}

/// Rows of text cells; `=` begins the XML of a cell's inside with its type.
fn sheet(rows: &[&[&str]]) -> String {
    let mut xml = String::from("<sheetData>");
    for (row, cells) in (1..).zip(rows) {
        xml.push_str(&format!(r#"<row r="{row}">"#));
        for (column, cell) in ('A'..).zip(*cells) {
            match cell.strip_prefix('=') {
                Some(inside) => xml.push_str(&format!(r#"<c r="{column}{row}" {inside}</c>"#)),
                None if cell.is_empty() => {}
                None => xml.push_str(&format!(
                    r#"<c r="{column}{row}" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>"#
                )),
            }
        }
        xml.push_str("</row>");
    }
    xml + "</sheetData>"
}

/// Every part of a file, with its name.
fn parts(bytes: &[u8]) -> Vec<(String, Outcome)> {
    let inputs = Inputs::from_bytes("book", bytes);
    let mut outcomes: Vec<(String, Outcome)> =
        inputs.as_slice().iter().map(|input| (input.label(), Outcome::default())).collect();
    for event in Reader::new(inputs, Reading::default()) {
        match event {
            Event::Batch(batch) => super::take(&mut outcomes[batch.file() as usize].1, &batch),
            Event::Closed(facts) => {
                let at = facts.file as usize;
                outcomes[at].1.facts = Some(facts);
            }
            Event::Failed(failure) => {
                let at = failure.file as usize;
                outcomes[at].1.failure = Some(failure);
            }
        }
    }
    outcomes
}

fn reason(bytes: &[u8]) -> Option<&'static str> {
    parts(bytes)[0].1.failure.as_ref().map(|failure| failure.reason.code())
}

#[test]
fn cells_of_a_workbook_become_posts() {
    let rows: &[&[&str]] = &[
        &["评论导出"],
        &[],
        &["评论ID", "用户昵称", "评论内容", "发布时间", "点赞数"],
        &["=><v>4960000123456789012</v>", "王", "人多，\n\"但是\"值得", "=s=\"1\"><v>45352.5</v>", "=><v>3</v>"],
        &["=><v>66</v>", "", "=t=\"str\"><f>A1&amp;B1</f><v>算出来的</v>", "45352.25"],
        &["=><v>67</v>", "李", "", "=t=\"e\"><v>#REF!</v>"],
        &[],
        &["68", "赵", "最后一行", "2024-03-02", "", "", "旁边的笔记"],
    ];
    let book = workbook(&[("Sheet1", "visible", sheet(rows)), ("草稿", "hidden", sheet(&[&["text"], &["藏着"]]))]);
    let parts = parts(&book);
    assert_eq!(parts.len(), 1);
    let (label, outcome) = &parts[0];
    assert_eq!((label.as_str(), outcome.short()), ("book", vec!["?".into(), "66".into(), "S604".into(), "68".into()]));
    let posts = outcome.posts();
    assert_eq!(posts[0].text, "人多，\n\"但是\"值得");
    assert_eq!(posts[1].text, "算出来的");
    let times: Vec<Option<&str>> = posts.iter().map(|p| p.time.as_ref().map(|t| t.text.as_str())).collect();
    assert_eq!(times, [Some("2024-03-01T12:00:00"), Some("2024-03-01T06:00:00"), Some("2024-03-02")]);
    assert!(posts[0].author.is_some() && posts[1].author.is_none());
    let warned: Vec<&str> = outcome.ledger.warned.keys().map(|reason| reason.code()).collect();
    assert_eq!(warned, ["W705"]);
    let crate::read::Row::Reject(aside) = &outcome.rows[2] else { panic!("set aside") };
    assert_eq!(aside.line, 6, "the number that the spreadsheet shows");
    let facts = outcome.facts.as_ref().expect("read");
    assert_eq!((facts.format, facts.packing, facts.rows), (Format::Sheet, "XLSX", 4));
    outcome.check(usize::try_from(facts.bytes).expect("small"));
}

#[test]
fn sheets_are_read_one_by_one_and_covers_passed_over() {
    let cover = sheet(&[&["Report of the month"], &["Made by", "the team"]]);
    let posts = |id: &str| sheet(&[&["id", "text"], &[id, "tea"]]);
    let book = workbook(&[
        ("Cover", "visible", cover.clone()),
        ("A", "visible", posts("1")),
        ("B", "visible", posts("2")),
        ("Empty", "visible", sheet(&[])),
    ]);
    let parts = parts(&book);
    let shown: Vec<(&str, Vec<String>, usize)> = parts
        .iter()
        .map(|(label, outcome)| {
            (label.as_str(), outcome.short(), outcome.facts.as_ref().map_or(9, |f| f.remarks.len()))
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("book [Cover]", vec![], 1),
            ("book [A]", vec!["1".to_string()], 0),
            ("book [B]", vec!["2".to_string()], 0),
            ("book [Empty]", vec![], 1)
        ]
    );
    assert_eq!(reason(&workbook(&[("Cover", "visible", cover)])), Some("R208"));
}

#[test]
fn hostile_workbooks_are_refused() {
    let far = sheet(&[&["id", "text"], &["1", "tea"]]).replace("B2", "XFD1048576");
    assert_eq!(reason(&workbook(&[("A", "visible", far)])), Some("R206"));
    let declared = format!("<dimension ref=\"A1:XFD1048576\"/>{}", sheet(&[&["text"], &["tea"]]));
    assert_eq!(reason(&workbook(&[("A", "visible", declared)])), Some("R206"));
    let bomb = sheet(&[&["text"], &[&"a".repeat(80 << 20)]]);
    assert_eq!(reason(&workbook(&[("A", "visible", bomb)])), Some("R403"));
    let book = workbook(&[("A", "visible", sheet(&[&["text"], &["tea"]]))]);
    for cut in (4..book.len()).step_by(7) {
        let outcome = parts(&book[..cut]).remove(0).1;
        assert!(outcome.failure.is_some(), "{cut}");
    }
    for at in (0..book.len()).step_by(3) {
        let mut damaged = book.clone();
        damaged[at] ^= 0x55;
        parts(&damaged);
    }
    assert_eq!(reason(&archive(&[("xl/workbook.bin", b"x")])), Some("R405"));
    assert_eq!(reason(&archive(&[("mimetype", b"x"), ("content.xml", b"x")])), Some("R405"));
    assert_eq!(reason(&[super::super::kind::OLE, &[0; 600]].concat()), Some("R402"));
}

#[test]
fn files_in_archives_are_files() {
    let gbk = encoding_rs::GB18030
        .encode("id,内容\n1,去郊外烧烤啤酒配烤串最舒服了吧\n3,周末同事聚餐又改成唱歌\n2,在家煮火锅喝点热茶\n")
        .0;
    let zip = archive(&[
        ("一月/a.csv", b"id,text\n1,tea\n2,cake\n"),
        ("b.jsonl", b"{\"id\":3,\"text\":\"beer\"}\n"),
        ("__MACOSX/._b.jsonl", b"\0\0"),
        ("pictures/1.jpg", b"\xff\xd8\xff"),
        ("c.csv", &gbk),
        ("bad.csv", b"a,b\n1,2\n"),
    ]);
    let parts = parts(&zip);
    let shown: Vec<(&str, Vec<String>)> = parts.iter().map(|(label, o)| (label.as_str(), o.short())).collect();
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_string()).collect::<Vec<_>>();
    assert_eq!(
        shown,
        [
            ("book/一月/a.csv", ids(&["1", "2"])),
            ("book/b.jsonl", ids(&["3"])),
            ("book/c.csv", ids(&["1", "3", "2"])),
            ("book/bad.csv", ids(&[]))
        ]
    );
    assert!(parts[3].1.failure.is_some());
    assert_eq!(parts[0].1.facts.as_ref().map(|facts| facts.packing), Some("zip"));
    assert_eq!(reason(&archive(&[("../../evil.csv", b"text\nx\n")])), Some("R405"));
    assert_eq!(reason(&archive(&[("a.txt.png", b"x")])), Some("R405"));
    assert_eq!(reason(&archive(&[("inner.zip", &zip)])), Some("R404"));
    let bomb = format!("text\n{}", "a".repeat(70 << 20));
    assert_eq!(reason(&archive(&[("a.csv", bomb.as_bytes())])), Some("R403"));
}

#[test]
fn a_damaged_member_costs_itself_only() {
    let text = format!("id,text\n{}", (0..400).map(|at| format!("{at},tea {}\n", at * 7919)).collect::<String>());
    let zip = archive(&[("a.csv", text.as_bytes()), ("b.csv", b"id,text\n1,tea\n")]);
    let at = zip.windows(5).position(|five| five == b"a.csv").expect("there") + 200;
    let mut damaged = zip.clone();
    damaged[at] ^= 0x10;
    let parts = parts(&damaged);
    assert_eq!(parts[0].1.failure.as_ref().map(|failure| failure.reason.code()), Some("R402"));
    assert_eq!(parts[1].1.short(), ["1"]);
}

#[test]
fn old_workbooks_are_read_too() {
    // Written with xlwt: a sheet of notes, and one of comments with a date, a rounded id and a row left out.
    let parts = parts(include_bytes!("../../../tests/data/book.xls"));
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[0].1.facts.as_ref().map(|facts| facts.remarks.len()), Some(1));
    let (label, outcome) = &parts[1];
    assert_eq!((label.as_str(), outcome.short()), ("book [评论]", vec!["66".into(), "?".into(), "68".into()]));
    let posts = outcome.posts();
    assert_eq!(posts[0].text, "人多，\n但是值得");
    assert_eq!(posts[0].time.as_ref().map(|time| time.text.as_str()), Some("2024-03-01T12:00:00"));
    assert_eq!(outcome.facts.as_ref().map(|facts| facts.packing), Some("XLS"));
}

#[test]
fn a_folder_of_many_encodings_is_read_file_by_file() {
    let text = "id,内容\n1,去郊外烧烤啤酒配烤串最舒服了吧\n2,周末同事聚餐又改成唱歌\n3,在家煮火锅喝点热茶\n";
    let gbk = encoding_rs::GB18030.encode(text).0;
    let zip = archive(&[
        ("gbk.csv", &gbk),
        ("utf8.csv", text.as_bytes()),
        ("mark.csv", format!("\u{feff}{text}").as_bytes()),
    ]);
    for (label, outcome) in parts(&zip) {
        let texts: Vec<&str> = outcome.posts().iter().map(|post| post.text.as_str()).collect();
        assert_eq!(
            texts,
            ["去郊外烧烤啤酒配烤串最舒服了吧", "周末同事聚餐又改成唱歌", "在家煮火锅喝点热茶"],
            "{label}"
        );
    }
}
