//! `corpora/hostile/*`: each file with an `.expect.toml` that says how many rows are read and analyzed, which codes come how often, and the
//! exit code. Add one without Rust.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Room, in_project};
use crate::{rival, stdout};

/// What must come out of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    #[serde(default = "label")]
    command: String,
    #[serde(default)]
    args: Vec<String>,
    read: u64,
    analyzed: u64,
    exit: i32,
    #[serde(default)]
    codes: BTreeMap<String, u64>,
}

fn label() -> String {
    "label".to_owned()
}

/// The figures of the line `5 rows read: 4 analyzed, 1 rejected, 0 set aside (…)`.
fn figures(stderr: &str) -> Option<[u64; 4]> {
    let line = stderr.lines().find(|line| line.contains(" rows read: "))?;
    let mut numbers = line.split([' ', ':', ',']).filter_map(|word| word.parse().ok());
    Some([numbers.next()?, numbers.next()?, numbers.next()?, numbers.next()?])
}

/// The codes of the ledger (`1 S603 near-duplicate`, `1 × W703 nul-removed`) and of the rejects.
fn codes(stderr: &str, rejects: &str) -> BTreeMap<String, u64> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for line in rejects.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        *found.entry(line["code"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let words: Vec<&str> = stderr.split([' ', '(', ',', '\n']).filter(|w| !w.is_empty() && *w != "×").collect();
    for two in words.windows(2) {
        let is_code = two[1].len() == 4 && two[1].starts_with(['S', 'W']) && two[1][1..].parse::<u32>().is_ok();
        if let (Ok(rows), true) = (two[0].parse::<u64>(), is_code) {
            let told = found.entry(two[1].to_owned()).or_default();
            *told = rows.max(*told);
        }
    }
    found
}

#[test]
fn every_hostile_file_comes_out_as_expected() {
    let room = Room::new("hostile");
    let mut faults = Vec::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(in_project("corpora/hostile")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".expect.toml"));
    paths.sort();
    assert!(paths.len() >= 38, "only {} files", paths.len());
    for path in &paths {
        let text = std::fs::read_to_string(path).unwrap();
        let expect: Expect = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let file = path.display().to_string().replace(".expect.toml", "");
        let rejects = room.at("rejects.jsonl");
        let mut args = vec![expect.command.as_str(), &file, "--isolated", "--rejects", &rejects];
        args.extend(expect.args.iter().map(String::as_str));
        let output = rival(&args, b"");
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let rejects = std::fs::read_to_string(rejects).unwrap_or_default();
        let mut fault = |what: String| faults.push(format!("{file}: {what}\n{stderr}{rejects}"));
        match figures(&stderr) {
            None => fault("no figures".to_owned()),
            Some([read, analyzed, rejected, aside]) => {
                if (read, analyzed) != (expect.read, expect.analyzed) {
                    fault(format!(
                        "{read} read, {analyzed} analyzed; expected {} and {}",
                        expect.read, expect.analyzed
                    ));
                }
                if read != analyzed + rejected + aside {
                    fault("the ledger does not balance".to_owned());
                }
                if expect.command == "label" && output.status.code() != Some(2) {
                    let lines = stdout(&output).lines().count() as u64;
                    if lines < analyzed || lines > analyzed + aside {
                        fault(format!("{lines} lines"));
                    }
                }
            }
        }
        let found = codes(&stderr, &rejects);
        if found != expect.codes {
            fault(format!("{found:?}, expected {:?}", expect.codes));
        }
        if output.status.code() != Some(expect.exit) {
            fault(format!("exit {:?}, expected {}", output.status.code(), expect.exit));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
