//! Archives, packed files and workbooks through a pipe.

use std::io::{Cursor, Write};

use super::process::sh;
use super::{Room, posts};

fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for (sheet, text) in [("周一", "昨晚在酒吧喝了啤酒"), ("周二", "加班到半夜点了奶茶")] {
        let sheet = book.add_worksheet().set_name(sheet).unwrap();
        for (row, cells) in (0..).zip([["id", "text"], ["1", text]]) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// What comes through a pipe reads like the file that it was.
#[test]
fn packed_files_are_read_through_a_pipe() {
    let room = Room::new("piped");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(posts(40).as_bytes()).unwrap();
    for (name, bytes, lines) in [
        ("two.zip", zip(&[("a/posts.jsonl", &posts(30)), ("b.csv", "id,text\n1,喝啤酒\n"), ("notes.md", "text")]), 31),
        ("book.xlsx", workbook(), 2),
        ("posts.jsonl.gz", packed.finish().unwrap(), 40),
        ("posts.zst", zstd::stream::encode_all(posts(40).as_bytes(), 1).unwrap(), 40),
    ] {
        room.write(name, bytes);
        let file = sh(&room, &format!("\"$RIVAL\" label {name} --isolated -q"));
        for pipe in [
            format!("cat {name} | \"$RIVAL\" label --isolated -q"),
            format!("\"$RIVAL\" label - --isolated -q <{name}"),
        ] {
            let piped = sh(&room, &pipe);
            assert_eq!((piped.code(), piped.stdout.lines().count()), (Some(0), lines), "{pipe}: {}", piped.stderr);
            assert_eq!(piped.stdout, file.stdout, "{pipe}");
        }
    }
    // What is cut off or is no archive after all says so; what was read of it does not count.
    let cut = sh(&room, "head -c 200 two.zip | \"$RIVAL\" label --isolated -q");
    assert_eq!((cut.code(), cut.stdout.as_str()), (Some(1), ""), "{}", cut.stderr);
    assert!(cut.stderr.contains("<stdin>") && !cut.stderr.contains("panicked"), "{}", cut.stderr);
    // One archive, and a file beside it.
    let both = sh(&room, "cat two.zip | \"$RIVAL\" label - posts.jsonl.gz --isolated -q");
    assert_eq!((both.code(), both.stdout.lines().count()), (Some(0), 71), "{}", both.stderr);
}
