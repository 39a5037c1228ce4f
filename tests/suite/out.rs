//! `--out DIR`: what a user finds in the folder, read back as other programs read it; and the recipes of `docs/dashboards.md`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::fit::check;
use crate::{WRITING, rival, root, stdout};

/// The command of the recipes, with the folder put elsewhere.
const ANALYZE: [&str; 6] = ["analyze", "corpora/demo", "--focus", "beer", "--isolated", "--out"];

/// A folder for one test, empty.
fn place(name: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&place);
    std::fs::create_dir_all(&place).unwrap();
    place
}

/// Runs a command with `--out` as its last argument and a folder below `place` behind it.
fn written(place: &Path, args: &[&str]) -> PathBuf {
    let out = place.join("out");
    let shown = out.display().to_string();
    let output = rival(&[args, &[shown.as_str()]].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    out
}

/// Every file below a folder with its bytes, by path.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, below: &str, out: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{below}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), out);
            } else {
                out.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    walk(folder, "", &mut out);
    out.sort();
    out
}

fn schema(of: &str) -> String {
    stdout(&rival(&["schema", of], b""))
}

#[test]
fn real_output_fits_the_published_schemas() {
    let out = written(&place("fits"), &ANALYZE);
    let findings: Value = serde_json::from_slice(&std::fs::read(out.join("findings.json")).unwrap()).unwrap();
    assert_eq!(check(&schema("findings"), &findings), Vec::<String>::new());
    let overview: Value = serde_json::from_str(&stdout(&rival(
        &["analyze", "corpora/demo", "--isolated", "--json", "--by", "platform"],
        b"",
    )))
    .unwrap();
    assert_eq!(check(&schema("findings"), &overview), Vec::<String>::new());
    let labels = stdout(&rival(&["label", "corpora/demo", "--isolated"], b""));
    let label_schema = schema("label");
    assert!(labels.lines().count() > 300);
    for line in labels.lines() {
        assert_eq!(check(&label_schema, &serde_json::from_str(line).unwrap()), Vec::<String>::new(), "{line}");
    }
    let rejects = place("rejects").join("rejects.jsonl");
    let shown = rejects.display().to_string();
    let broken = b"{\"text\": \"a beer at the bar\"}\n{\"text\": \"cut\n[1]\n{\"text\": 7}\n{\"text\": \"\"}\n{\"text\": \"x\", \"text\": \"y\"}\n\xff\n";
    rival(&["analyze", "-", "--isolated", "--rejects", &shown, "--max-reject", "100"], broken);
    let (lines, reject_schema) = (std::fs::read_to_string(&rejects).unwrap(), schema("rejects"));
    assert!(lines.lines().count() >= 4, "{lines}");
    for line in lines.lines() {
        assert_eq!(check(&reject_schema, &serde_json::from_str(line).unwrap()), Vec::<String>::new(), "{line}");
    }
}

#[test]
fn the_rows_of_a_real_base_fit_the_schema_of_the_tables_and_their_keys() {
    let out = written(&place("tables"), &[&ANALYZE[..5], &["--by", "platform", "--out"]].concat());
    let base = Connection::open(out.join("rival.sqlite")).unwrap();
    let schema: Value = serde_json::from_str(&schema("tables")).unwrap();
    let mut document = serde_json::Map::new();
    for (table, of) in schema["properties"].as_object().unwrap() {
        let rows = objects(&base, &format!("SELECT * FROM {table}"), of);
        let key = of["$comment"].as_str().unwrap().strip_prefix("rows are told apart by ").unwrap();
        let twice = query(&base, &format!("SELECT count(*) FROM {table} GROUP BY {key} HAVING count(*) > 1"));
        assert_eq!(twice.len(), 0, "{table}: {key}");
        document.insert(table.clone(), Value::Array(rows));
    }
    assert_eq!(check(&schema.to_string(), &Value::Object(document)), Vec::<String>::new());
    // What is told twice is told alike: the tables and the document.
    let findings: Value = serde_json::from_slice(&std::fs::read(out.join("findings.json")).unwrap()).unwrap();
    for (table, list) in [("rivals", "rivals"), ("entities", "entities"), ("quotes", "quotes")] {
        let told = findings[list].as_array().map(Vec::len).or_else(|| findings[list].as_object().map(|o| o.len()));
        assert_eq!(query(&base, &format!("SELECT count(*) FROM {table}")), [[told.unwrap().to_string()]], "{table}");
    }
    let nested = [
        ("groups", "rivals", "group_rivals"),
        ("white_space", "spaces", "white_space"),
        ("contact_points", "stages", "contact_points"),
    ];
    for (list, part, table) in nested {
        let told: usize =
            findings[list].as_array().unwrap().iter().map(|each| each[part].as_array().unwrap().len()).sum();
        assert_eq!(query(&base, &format!("SELECT count(*) FROM {table}")), [[told.to_string()]], "{table}");
    }
    let uncited = "SELECT count(*) FROM quotes WHERE quote_id NOT IN (SELECT quote_id FROM citations)";
    assert_eq!(query(&base, uncited), [["0"]]);
}

/// Rows as JSON; a column that holds true and false is given so.
fn objects(base: &Connection, sql: &str, schema: &Value) -> Vec<Value> {
    let mut select = base.prepare(sql).unwrap();
    let names: Vec<String> = select.column_names().map(str::to_owned).collect();
    let is_truth = |name: &str| schema["items"]["properties"][name]["type"].to_string().contains("boolean");
    let mut found = select.query([]).unwrap();
    let mut out = Vec::new();
    while let Some(row) = found.next().unwrap() {
        let cell = |(at, name): (usize, &String)| {
            let value = match row.get_ref(at).unwrap() {
                ValueRef::Integer(n) if is_truth(name) => Value::from(n == 1),
                ValueRef::Integer(n) => n.into(),
                ValueRef::Real(figure) => figure.into(),
                ValueRef::Text(text) => std::str::from_utf8(text).unwrap().into(),
                _ => Value::Null,
            };
            (name.clone(), value)
        };
        out.push(Value::Object(names.iter().enumerate().map(cell).collect()));
    }
    out
}

/// Rows as text.
fn query(base: &Connection, sql: &str) -> Vec<Vec<String>> {
    let mut select = base.prepare(sql).unwrap_or_else(|e| panic!("{e}\n{sql}"));
    let width = select.column_count();
    let mut found = select.query([]).unwrap();
    let mut out = Vec::new();
    while let Some(row) = found.next().unwrap_or_else(|e| panic!("{e}\n{sql}")) {
        let cell = |at| match row.get_ref(at).unwrap() {
            ValueRef::Integer(n) => n.to_string(),
            ValueRef::Real(figure) => format!("{figure:?}"),
            ValueRef::Text(text) => std::str::from_utf8(text).unwrap().to_owned(),
            _ => String::new(),
        };
        out.push((0..width).map(cell).collect());
    }
    out
}

#[test]
fn any_number_of_threads_writes_the_same_bytes_and_a_second_run_replaces_them() {
    let place = place("again");
    let one = files(&written(&place, &[&ANALYZE[..5], &["--threads", "1", "--out"]].concat()));
    let four = files(&written(&place, &[&ANALYZE[..5], &["--threads", "4", "--out"]].concat()));
    assert!(one == four, "{:?}", one.iter().zip(&four).find(|(a, b)| a != b).map(|(a, _)| &a.0));
    let tables = serde_json::from_str::<Value>(&schema("tables")).unwrap()["properties"].as_object().unwrap().len();
    for ending in [".csv", ".parquet"] {
        assert_eq!(one.iter().filter(|(name, _)| name.ends_with(ending)).count(), tables, "{ending}");
    }
    let whole = files(&written(&place, &["analyze", "corpora/demo", "--isolated", "--out"]));
    assert!(whole.len() == one.len() && whole != one);
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 1, "nothing else is left behind");
}

#[test]
fn what_the_user_put_there_stays() {
    let place = place("foreign");
    let out = written(&place, &ANALYZE);
    let before = files(&out);
    std::fs::write(out.join("csv/notes.csv"), "mine").unwrap();
    let shown = out.display().to_string();
    let output = rival(&[&ANALYZE[..], &[shown.as_str()]].concat(), b"");
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("csv/notes.csv") && told.contains("move that file away"), "{told}");
    std::fs::remove_file(out.join("csv/notes.csv")).unwrap();
    assert!(files(&out) == before);
}

#[test]
fn results_are_kept_apart_from_posts() {
    let place = place("apart");
    std::fs::write(place.join("posts.jsonl"), "{\"text\": \"今晚喝啤酒\"}\n").unwrap();
    let (posts, inside) = (place.display().to_string(), place.join("out").display().to_string());
    let output = rival(&["analyze", &posts, "--isolated", "--out", &inside], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("would take results for posts"));
    let file = place.join("posts.jsonl").display().to_string();
    let output = rival(&["analyze", &file, "--isolated", "--out", &posts], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("would be replaced"));
    assert_eq!(files(&place).len(), 1);
}

#[test]
fn hostile_posts_and_names_are_inert_in_every_file() {
    let place = place("hostile");
    let name = place.join("=cmd|' '!A0\u{1b}[2J.jsonl");
    let attack = [
        "=HYPERLINK(\\\"http://evil.example\\\")",
        "+1",
        "@SUM(1)",
        "\\u001b]52;c;x\\u0007",
        "\\u202e<script>alert(1)</script>",
    ];
    let mut lines = String::new();
    for at in 0..40 {
        let attack = attack[at % attack.len()];
        lines.push_str(&format!(
            "{{\"text\": \"{attack} 昨晚在酒吧本来想喝啤酒，后来改喝威士忌，第{at}次了，威士忌更有面子\", \"author\": \"a{at}\", \"platform\": \"{attack}\"}}\n"
        ));
    }
    lines.push_str("{\"text\": \n");
    std::fs::write(&name, lines).unwrap();
    let out = written(&place, &["analyze", &name.display().to_string(), "--isolated", "--max-reject", "100", "--out"]);
    for (path, bytes) in files(&out) {
        if path.ends_with(".csv") {
            let mut reader = csv::Reader::from_reader(&bytes[..]);
            for record in reader.records() {
                for field in &record.unwrap() {
                    let acts = field.trim_start().starts_with(['=', '+', '@']) || field.chars().any(char::is_control);
                    assert!(!acts && !field.contains('\u{202e}'), "{path}: {field:?}");
                }
            }
        }
        if path.ends_with(".json") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{path}");
        }
    }
    let base = Connection::open(out.join("rival.sqlite")).unwrap();
    let file = query(&base, "SELECT file_name FROM rejects");
    assert!(file.len() == 1 && file[0][0].ends_with("=cmd|' '!A0\\u{1b}[2J.jsonl"), "{file:?}");
    assert!(!query(&base, "SELECT 1 FROM quotes WHERE quote_text LIKE '%HYPERLINK%'").is_empty());
}

/// A fenced block of a document: its language, its text, and the block of text that stands right behind it.
struct Block<'d> {
    language: &'d str,
    text: &'d str,
    output: Option<&'d str>,
}

fn blocks(document: &str) -> Vec<Block<'_>> {
    let mut out: Vec<Block<'_>> = Vec::new();
    let mut rest = document;
    let mut behind = "";
    while let Some((before, after)) = rest.split_once("\n```") {
        let (language, body) = after.split_once('\n').unwrap_or((after, ""));
        let (text, next) = body.split_once("\n```").unwrap_or((body, ""));
        let directly = before.strip_prefix(behind).is_some_and(|between| between.trim().is_empty());
        match out.last_mut() {
            Some(last) if language == "text" && directly => last.output = Some(text),
            _ => out.push(Block { language, text, output: None }),
        }
        (rest, behind) = (next, "\n");
    }
    out
}

/// Queries read files where DuckDB runs them; a base has tables of the same names.
fn as_tables(sql: &str) -> String {
    let mut out = sql.to_owned();
    for ending in [".parquet'", ".csv'"] {
        while let Some(end) = out.find(ending) {
            let start = out[..end].rfind('\'').expect("a quoted path");
            let name = out[start..end].rsplit('/').next().unwrap_or_default().to_owned();
            out.replace_range(start..end + ending.len(), &name);
        }
    }
    out
}

/// The rows with their names, as `sqlite3 -csv -header` and `duckdb -csv` print them.
fn as_csv(base: &Connection, sql: &str) -> String {
    let names: Vec<String> = base.prepare(sql).unwrap().column_names().map(str::to_owned).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&names).unwrap();
    for row in query(base, sql) {
        writer.write_record(&row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap().trim_end().to_owned()
}

/// `RIVAL_UPDATE=1 cargo test --release readme` writes the outputs anew.
#[test]
fn the_queries_in_readme_and_dashboards_give_what_they_show() {
    let out = written(&place("recipes"), &ANALYZE);
    let base = Connection::open(out.join("rival.sqlite")).unwrap();
    let mut run = 0;
    let _writing = WRITING.lock();
    for document in ["README.md", "docs/dashboards.md"] {
        let path = root().join(document);
        let text = std::fs::read_to_string(&path).unwrap();
        let mut fresh = text.clone();
        for block in blocks(&text).iter().filter(|block| block.language == "sql") {
            let real = as_csv(&base, &as_tables(block.text));
            assert!(real.lines().count() > 1, "{document}: no rows\n{}", block.text);
            run += 1;
            let Some(shown) = block.output else { continue };
            if std::env::var_os("RIVAL_UPDATE").is_some() {
                let with = |output: &str| format!("{}\n```\n\n```text\n{output}\n```", block.text);
                fresh = fresh.replace(&with(shown), &with(&real));
            } else {
                assert_eq!(shown, real, "{document}: run RIVAL_UPDATE=1 cargo test --release readme\n{}", block.text);
            }
        }
        if fresh != text {
            std::fs::write(&path, fresh).unwrap();
        }
    }
    assert!(run >= 6, "only {run} queries");
}

#[test]
fn files_and_names_in_dashboards_are_there() {
    let out = written(&place("names"), &ANALYZE);
    let there: BTreeSet<String> = files(&out).into_iter().map(|(path, _)| path).collect();
    let text = std::fs::read_to_string(root().join("docs/dashboards.md")).unwrap();
    let mut named = 0;
    for (at, _) in text.match_indices("out/") {
        if text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-') {
            continue;
        }
        let path: String = text[at + 4..].chars().take_while(|&c| c.is_alphanumeric() || "_./".contains(c)).collect();
        let path = path.trim_end_matches(['.', '/']);
        if !path.is_empty() {
            let folder = there.iter().any(|file| file.starts_with(&format!("{path}/")));
            assert!(folder || there.contains(path), "docs/dashboards.md names out/{path}");
            named += 1;
        }
    }
    assert!(named >= 8, "only {named} paths");
    // Words in backticks with an underscore in them are columns or tables.
    let tables: Value = serde_json::from_str(&schema("tables")).unwrap();
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for (table, of) in tables["properties"].as_object().unwrap() {
        known.insert(table);
        known.extend(of["items"]["properties"].as_object().unwrap().keys().map(String::as_str));
    }
    let prose: String = text.split("\n```").step_by(2).collect();
    for word in prose.split('`').skip(1).step_by(2) {
        let plain =
            word.contains('_') && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
        assert!(!plain || known.contains(word), "docs/dashboards.md names `{word}`");
    }
    // The keys of jq programs and the columns of data frames.
    let findings = String::from_utf8(std::fs::read(out.join("findings.json")).unwrap()).unwrap();
    for block in blocks(&text) {
        let names: Vec<&str> = match block.language {
            "python" => block.text.split('"').skip(1).step_by(2).collect(),
            "jq" => block.text.split('.').skip(1).collect(),
            _ => continue,
        };
        for name in names {
            let name: String = name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let there = match block.language {
                "jq" => findings.contains(&format!("\"{name}\":")),
                _ => known.contains(name.as_str()),
            };
            let is_name =
                !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit());
            let is_value =
                ["beer", "category", "complement", "buy", "avoid", "repeat", "out", "ignore", "csv", "file", "select"]
                    .contains(&name.as_str());
            assert!(!is_name || is_value || there, "docs/dashboards.md: {}: {name}", block.language);
        }
    }
}
