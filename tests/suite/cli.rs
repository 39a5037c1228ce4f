//! `tests/cli/*.toml`: one command each. Keys: `args`, `stdin`, `exit`, and what standard output and error must (`stdout`, `stderr`) or must
//! not (`stdout_not`, `stderr_not`) contain, piece by piece.

use serde::Deserialize;

use crate::{rival, root};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    exit: i32,
    #[serde(default)]
    stdout: Vec<String>,
    #[serde(default)]
    stderr: Vec<String>,
    #[serde(default)]
    stdout_not: Vec<String>,
    #[serde(default)]
    stderr_not: Vec<String>,
}

#[test]
fn every_case_holds() {
    let mut paths: Vec<_> = std::fs::read_dir(root().join("tests/cli")).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    assert!(paths.len() >= 15, "only {} cases", paths.len());
    let mut faults = Vec::new();
    for path in paths {
        let case: Case = toml::from_str(&std::fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
        let output = rival(&args, case.stdin.as_bytes());
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let mut fault = |what: String| faults.push(format!("{name}: {what}\n--- stdout\n{out}\n--- stderr\n{err}"));
        if output.status.code() != Some(case.exit) {
            fault(format!("exit {:?}, expected {}", output.status.code(), case.exit));
        }
        for (stream, text, wanted, unwanted) in
            [("stdout", &out, &case.stdout, &case.stdout_not), ("stderr", &err, &case.stderr, &case.stderr_not)]
        {
            for piece in wanted.iter().filter(|p| !text.contains(p.as_str())) {
                fault(format!("{stream} lacks {piece:?}"));
            }
            for piece in unwanted.iter().filter(|p| text.contains(p.as_str())) {
                fault(format!("{stream} has {piece:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
