//! What a file is that holds no rows, so that the message can say what to do with it.

use super::container::Breakage;
use super::reject::Reason;

/// First bytes, what they are the beginning of, and what to do.
const KINDS: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a WebP picture or a sound"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"%PDF", "a PDF document: export the table behind it as CSV or XLSX"),
    (b"PAR1", "a Parquet file: write it as CSV or JSON Lines before (DuckDB: COPY 'x.parquet' TO 'x.csv')"),
    (b"ARROW1", "an Arrow file: write it as CSV or JSON Lines before"),
    (b"ORC", "an ORC file: write it as CSV or JSON Lines before"),
    (b"Obj\x01", "an Avro file: write it as CSV or JSON Lines before"),
    (b"SQLite format 3", "an SQLite database: export its table (sqlite3 -csv -header x.db 'select * from t')"),
    (b"\0\x01\0\0Standard", "an Access database: export its table as CSV"),
    (b"$FL2", "an SPSS file (.sav): save it as CSV from SPSS or PSPP"),
    (b"$FL3", "an SPSS file (.zsav): save it as CSV from SPSS or PSPP"),
    (b"<stata_dta>", "a Stata file: export it as CSV"),
    (b"\x89HDF", "an HDF5 file: write its table as CSV"),
    (b"\x93NUMPY", "a NumPy file: write it as CSV"),
    (b"RDX2", "an R file: write its table with write.csv"),
    (b"RDX3", "an R file: write its table with write.csv"),
    (b"X\n\0\0\0", "an R file (.rds): write its table with write.csv"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it"),
    (b"BZh", "a bzip2 file: unpack it"),
    (b"\xfd7zXZ", "an xz file: unpack it"),
    (b"\x04\x22\x4d\x18", "an LZ4 file: unpack it"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document: save it as text or CSV"),
];

/// The beginning of text files that hold no rows either, in lower case.
const MARKUP: &[(&str, &str)] = &[
    ("<!doctype html", "a web page: open it in a spreadsheet and save the table as XLSX or CSV"),
    ("<html", "a web page: open it in a spreadsheet and save the table as XLSX or CSV"),
    ("<head", "a web page: open it in a spreadsheet and save the table as XLSX or CSV"),
    ("<table", "a web page: open it in a spreadsheet and save the table as XLSX or CSV"),
    ("<?xml", "an XML file: open it in a spreadsheet and save the table as XLSX or CSV"),
    ("version https://git-lfs", "a pointer of Git LFS: fetch the file itself with `git lfs pull`"),
];

/// The first bytes of an OLE container: the old `.xls`, and workbooks with a password.
pub(super) const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Refuses a file that is known to hold no rows, or is no text.
pub(super) fn refuse(head: &[u8]) -> Result<(), Breakage> {
    let is = |what: &str| format!("it is {what}");
    if let Some((_, what)) = KINDS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err((Reason::Binary, is(what)));
    }
    if head.get(257..262) == Some(b"ustar") {
        return Err((Reason::UnreadContainer, is("a tar archive: unpack it (tar xf) and give the folder")));
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Err((Reason::Binary, is("a video or a picture of a phone")));
    }
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let start = String::from_utf8_lossy(&start[..start.len().min(64)]).to_ascii_lowercase();
    if let Some((_, what)) = MARKUP.iter().find(|(magic, _)| start.starts_with(magic)) {
        return Err((Reason::Binary, is(what)));
    }
    // Zeros and other controls here and there are the dirt of real exports; every twentieth byte is no text.
    let control = |byte: u8| byte < 9 && byte != 1 || (14..27).contains(&byte);
    let runs = head.chunk_by(|a, b| control(*a) == control(*b)).filter(|run| control(run[0])).count();
    if runs >= 16 && runs * 20 > head.len() {
        return Err((Reason::Binary, "it is no text: a picture, a database, a program?".to_string()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_says_what_it_is() {
        let message = |head: &[u8]| refuse(head).err().map(|(reason, message)| (reason.code(), message));
        let told = |head: &[u8], word: &str| message(head).is_some_and(|(_, message)| message.contains(word));
        assert!(told(b"\x89PNG\r\n\x1a\n", "picture"));
        assert!(told(b"SQLite format 3\0", "sqlite3 -csv"));
        assert!(told(b"PAR1\x15", "Parquet"));
        assert!(told(b"\xef\xbb\xbf\n <!DOCTYPE html>", "web page"));
        let mut tar = b"posts.csv".to_vec();
        tar.resize(257, 0);
        tar.extend(b"ustar\x0000");
        assert_eq!(message(&tar).map(|(code, _)| code), Some("R405"));
        let noise: Vec<u8> = (0..4_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert_eq!(message(&noise).map(|(code, _)| code), Some("R104"));
        for fine in
            [&b"id,text\n1,a\0b\n"[..], b"id\x01text\n1\x01b\n", "正文\n".as_bytes(), b"", b"text\nMZ and PAR1\n"]
        {
            assert_eq!(message(fine), None);
        }
        let dirty = format!("text\n{}\n{}", "\0".repeat(5_000), "好喝\n".repeat(2_000));
        assert_eq!(message(dirty.as_bytes()), None);
    }
}
