//! A module uses only what its row of the house allows (besides `error`, `limits` and std); this reads the sources and enforces it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Per module: the modules it may use. An entry with `::` allows only that part.
fn table() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("error", vec![]),
        ("limits", vec![]),
        ("normalize", vec![]),
        ("lexicon", vec!["normalize"]),
        ("read", vec![]),
        ("segment", vec!["normalize"]),
        ("matcher", vec!["lexicon", "normalize", "segment"]),
        ("interpret", vec!["normalize", "lexicon", "read", "segment", "matcher"]),
        ("accumulate", vec!["lexicon::id", "lexicon::taxonomy", "interpret", "read::post"]),
        ("analyze", vec!["lexicon::id", "lexicon::taxonomy", "accumulate"]),
        ("render", vec!["lexicon", "interpret::evidence", "analyze", "read::ledger", "read::reject"]),
        (
            "pipeline",
            vec![
                "normalize",
                "lexicon",
                "read",
                "segment",
                "matcher",
                "interpret",
                "accumulate",
                "analyze",
                "render::LabelWriter",
                "render::PostFacts",
                "render::RejectFacts",
                "render::reject_line",
            ],
        ),
        (
            "workbench",
            vec![
                "normalize",
                "lexicon",
                "read",
                "segment",
                "matcher",
                "interpret",
                "accumulate",
                "analyze",
                "pipeline",
            ],
        ),
        ("cli", vec!["pipeline", "workbench", "render", "lexicon", "read", "interpret", "analyze"]),
    ])
}

/// Every `.rs` file below a folder.
fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The paths below `crate::` that a source names, one per imported item, tests and comments left out.
fn used(source: &str) -> Vec<String> {
    let code = source.split("\n#[cfg(test)]").next().unwrap_or_default();
    let code: String = code.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut out = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let path: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':')).collect();
        let group = rest[path.len()..].strip_prefix('{').and_then(|g| g.split('}').next());
        match group {
            Some(items) => {
                out.extend(items.split(',').map(|i| format!("{path}{}", i.trim())).filter(|p| !p.ends_with("::")))
            }
            None => out.push(path),
        }
    }
    out
}

#[test]
fn modules_use_only_what_stands_left_of_them() {
    let table = table();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut faults = Vec::new();
    for file in files {
        let below = file.strip_prefix(&root).expect("below src");
        let module = below.iter().next().expect("a component").to_string_lossy().trim_end_matches(".rs").to_owned();
        // `#[cfg(test)]` modules in files of their own may build whatever they need.
        let test_only = below.iter().any(|c| c == "tests" || c == "tests.rs" || c == "world.rs");
        if module == "lib" || module == "main" || test_only {
            continue;
        }
        let allowed = table
            .get(module.as_str())
            .unwrap_or_else(|| panic!("src/{module} is not in the table of tests/layering.rs"));
        for path in used(&fs::read_to_string(&file).expect("readable")) {
            let first = path.split("::").next().unwrap_or_default();
            let known =
                first == module || first == "error" || first == "limits" || first == "Error" || first == "Result";
            let fits = |rule: &&str| path == **rule || path.starts_with(&format!("{rule}::"));
            if !known && !allowed.iter().any(fits) {
                faults.push(format!("src/{} uses crate::{path}", below.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_reader_of_uses_sees_them() {
    let source = "use crate::lexicon::id::{A, B};\nuse crate::matcher::Match;\n// crate::cli\n#[cfg(test)]\nuse crate::render::X;";
    assert_eq!(used(source), ["lexicon::id::A", "lexicon::id::B", "matcher::Match"]);
}

#[test]
fn every_module_begins_with_its_contract() {
    for module in table().keys().filter(|m| !matches!(**m, "error" | "limits")) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module).join("mod.rs");
        let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(text.starts_with("//! "), "{} begins with its contract", path.display());
    }
}
