//! The damage generator: one fault in a file with known ids, and no undamaged row may be missing. Reliability 18, 20, 38.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::read;

/// A file of rows, and where each row stands in it.
#[derive(Debug, Clone)]
struct Whole {
    bytes: Vec<u8>,
    rows: Vec<(String, std::ops::Range<usize>)>,
}

/// One fault.
#[derive(Debug, Clone)]
enum Fault {
    Insert(u8),
    Delete,
    Flip(u8),
    Duplicate,
    Swap,
    Truncate,
    Paste(usize),
    /// A byte order mark, as joined files have it.
    Mark,
}

/// Texts with everything that makes CSV and JSON hard.
fn text() -> impl Strategy<Value = String> {
    let bit = prop_oneof![
        4 => "[a-z]{1,5}",
        4 => "[茶酒夜宵好喝]{1,4}",
        1 => Just("\n".to_string()),
        1 => Just("\n\n".to_string()),
        1 => Just("\"".to_string()),
        1 => Just(", ".to_string()),
        1 => Just(",".to_string()),
        1 => Just("\",\"".to_string()),
        1 => Just("},{".to_string()),
        1 => Just("😀".to_string()),
    ];
    prop::collection::vec(bit, 0..8).prop_map(|bits| format!("t{}", bits.concat()))
}

fn rows() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec((text(), prop_oneof![Just(String::new()), text()]), 3..25)
}

/// How a file is written.
#[derive(Debug, Clone, Copy)]
enum Style {
    Csv(csv::QuoteStyle),
    Lines,
    List,
    Pretty,
}

fn style() -> impl Strategy<Value = Style> {
    prop::sample::select(vec![
        Style::Csv(csv::QuoteStyle::Necessary),
        Style::Csv(csv::QuoteStyle::Always),
        Style::Csv(csv::QuoteStyle::NonNumeric),
        Style::Lines,
        Style::List,
        Style::Pretty,
    ])
}

/// A file with ids of its own, in front, in the middle or at the end of the columns.
fn whole(rows: &[(String, String)], style: Style, order: usize) -> Whole {
    let mut bytes = Vec::new();
    let mut places = Vec::new();
    let line = |id: &str, row: &(String, String)| {
        let mut cells = vec![row.0.clone(), row.1.clone()];
        cells.insert(order % 3, id.to_string());
        cells
    };
    let names = line("id", &("text".into(), "keyword".into()));
    let csv_line = |cells: &[String], quotes: csv::QuoteStyle| {
        let mut writer = csv::WriterBuilder::new().quote_style(quotes).from_writer(Vec::new());
        writer.write_record(cells).expect("written");
        writer.into_inner().expect("written")
    };
    let object = |cells: &[String], pretty: bool| {
        let pairs: Vec<String> = names
            .iter()
            .zip(cells)
            .map(|(name, cell)| format!("\"{name}\":{}", serde_json::Value::from(cell.as_str())))
            .collect();
        if pretty { format!("{{\n    {}\n  }}", pairs.join(",\n    ")) } else { format!("{{{}}}", pairs.join(",")) }
    };
    match style {
        Style::Csv(quotes) => bytes.extend(csv_line(&names, quotes)),
        Style::Lines => {}
        Style::List => bytes.extend(b"["),
        Style::Pretty => bytes.extend(b"[\n  "),
    }
    for (number, row) in rows.iter().enumerate() {
        let id = format!("{}", 700_100 + number * 7);
        let cells = line(&id, row);
        let start = bytes.len();
        match style {
            Style::Csv(quotes) => bytes.extend(csv_line(&cells, quotes)),
            Style::Lines => bytes.extend(format!("{}\n", object(&cells, false)).bytes()),
            Style::List => bytes.extend(object(&cells, false).bytes()),
            Style::Pretty => bytes.extend(object(&cells, true).bytes()),
        }
        let end = bytes.len();
        if number + 1 < rows.len() {
            match style {
                Style::List => bytes.extend(b","),
                Style::Pretty => bytes.extend(b",\n  "),
                Style::Csv(_) | Style::Lines => {}
            }
        }
        places.push((id, start..end));
    }
    match style {
        Style::List => bytes.extend(b"]"),
        Style::Pretty => bytes.extend(b"\n]\n"),
        Style::Csv(_) | Style::Lines => {}
    }
    Whole { bytes, rows: places }
}

/// A paste of half a row between two rows leaves blanks before the second as if it stood deeper: in a pretty list that
/// row is touched.
fn touches_next(fault: &Fault, style: Style) -> bool {
    matches!((fault, style), (Fault::Paste(_), Style::Pretty))
}

/// The file with one fault at a byte, and the ids of the rows that the fault did not touch.
fn damage(whole: &Whole, at: usize, fault: &Fault, style: Style) -> (Vec<u8>, BTreeSet<String>) {
    let mut bytes = whole.bytes.clone();
    let mut touched = at..at + 1;
    match fault {
        Fault::Insert(byte) => bytes.insert(at, *byte),
        Fault::Delete => drop(bytes.remove(at)),
        Fault::Flip(byte) => bytes[at] = *byte,
        Fault::Duplicate => bytes.insert(at, bytes[at]),
        Fault::Swap if at + 1 < bytes.len() => {
            bytes.swap(at, at + 1);
            touched.end += 1;
        }
        Fault::Swap => {}
        Fault::Truncate => {
            touched.end = bytes.len();
            bytes.truncate(at);
        }
        Fault::Mark => drop(bytes.splice(at..at, *b"\xef\xbb\xbf")),
        Fault::Paste(row) => {
            // A foreign row, cut off at its end, in the middle of another.
            let (_, place) = &whole.rows[row % whole.rows.len()];
            let half = whole.bytes[place.start..place.start + place.len() / 2].to_vec();
            bytes.splice(at..at, half);
        }
    }
    if touches_next(fault, style) {
        touched.end += 4;
    }
    // A row is touched by a fault inside it, or at the byte before or behind it: where its neighbour's end was.
    let whole_row = |place: &std::ops::Range<usize>| touched.end < place.start || touched.start > place.end;
    let ids = whole.rows.iter().filter(|(_, place)| whole_row(place)).map(|(id, _)| id.clone()).collect();
    (bytes, ids)
}

fn fault() -> impl Strategy<Value = Fault> {
    let byte = prop::sample::select(b"\"\"\"\",\n\r;x{}[]:\\ \xff\0".to_vec());
    prop_oneof![
        4 => byte.clone().prop_map(Fault::Insert),
        3 => Just(Fault::Delete),
        4 => byte.prop_map(Fault::Flip),
        2 => Just(Fault::Duplicate),
        2 => Just(Fault::Swap),
        1 => Just(Fault::Truncate),
        1 => any::<usize>().prop_map(Fault::Paste),
        1 => Just(Fault::Mark),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_undamaged_row_is_lost(rows in rows(), style in style(), order in 0usize..3, at in any::<prop::sample::Index>(), fault in fault()) {
        let whole = whole(&rows, style, order);
        let clean = read(&whole.bytes);
        let all: Vec<String> = whole.rows.iter().map(|(id, _)| id.clone()).collect();
        prop_assert_eq!(clean.short(), all);
        // Not in the header: without it nothing is known of the file.
        let first = whole.rows[0].1.start;
        let (bytes, untouched) = damage(&whole, first + at.index(whole.bytes.len() - first), &fault, style);
        let found: BTreeSet<String> = read(&bytes).short().into_iter().collect();
        let lost: Vec<&String> = untouched.difference(&found).collect();
        prop_assert!(lost.is_empty(), "{:?} lost, in {}", lost, String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_bytes_are_tiled_and_counted(head in prop::sample::select(vec!["", "id,text\n", "{\"id\":1,\"text\":\"a\"}\n", "[", "{\"a\":[", "id\ttext\n1\t2\n"]), bytes in "[\"\",\n\r\t{}\\[\\]:0-9a-e茶 \\\\]{0,80}", raw in prop::collection::vec(any::<u8>(), 0..6)) {
        let file = [head.as_bytes(), bytes.as_bytes(), &raw, bytes.as_bytes()].concat();
        read(&file);
    }
}
