//! Paths that the documents name exist, and the README's commands are the ones that CI runs.

use crate::{rival, root, stdout};

/// Backticked words of a document that look like paths of the project.
fn paths(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(|p| p.split(['#', ':']).next().unwrap_or_default().trim_end_matches('/').to_owned())
        .filter(|p| {
            ["src/", "lexicons/", "corpora/", "tests/", "benches/", "docs/", ".ci/"]
                .iter()
                .any(|dir| p.starts_with(dir))
        })
        .filter(|p| !p.contains(['<', '*', ' ', '…']))
        .collect()
}

#[test]
fn paths_in_the_documents_exist() {
    for document in ["README.md", "lexicons/README.md", "corpora/README.md", "tests/README.md", "docs/reliability.md"] {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        for path in paths(&text) {
            assert!(root().join(&path).exists(), "{document} names `{path}`, which is not there");
        }
    }
}

/// The README shows what the program prints. `RIVAL_UPDATE=1 cargo test --release readme` writes it anew.
#[test]
fn the_output_in_the_readme_is_real() {
    let (open, close) =
        ("<!-- output of: rival analyze corpora/demo --focus beer -->\n```\n", "```\n<!-- end of output -->");
    let path = root().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(open).expect("the marked output");
    let (shown, after) = rest.split_once(close).expect("the end of the output");
    let real = stdout(&rival(&["analyze", "corpora/demo", "--focus", "beer", "--isolated", "--color", "never"], b""));
    if std::env::var_os("RIVAL_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{open}{real}{close}{after}")).unwrap();
    } else {
        assert_eq!(shown, real, "run RIVAL_UPDATE=1 cargo test --release readme");
    }
}

#[test]
fn the_readme_has_the_table_of_places() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(text.contains("| I want to") && paths(&text).len() >= 12, "the table \"I want to … → file\"");
}

#[test]
fn ci_runs_the_commands_of_the_readme() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let ci = std::fs::read_to_string(root().join(".ci/run")).unwrap();
    for command in ["cargo test --release", "cargo run --release -- analyze corpora/demo --focus beer"] {
        assert!(readme.contains(command) && ci.contains(command), "{command}");
    }
}
