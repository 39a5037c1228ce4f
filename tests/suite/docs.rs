//! Paths that the documents name exist, and the README's commands are the ones that CI runs.

use crate::{WRITING, rival, root, stdout};

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
    for document in [
        "README.md",
        "docs/dashboards.md",
        "docs/reliability.md",
        "lexicons/README.md",
        "corpora/README.md",
        "tests/README.md",
    ] {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        for path in paths(&text) {
            assert!(root().join(&path).exists(), "{document} names `{path}`, which is not there");
        }
    }
}

/// Compares what the README shows after a mark with what the program prints.
fn shows(command: &str, real: &str) {
    holds("README.md", (&format!("<!-- output of: {command} -->\n```\n"), "```\n<!-- end of output -->"), real);
}

/// Compares what a document shows between two marks with what it is. `RIVAL_UPDATE=1 cargo test --release readme` writes it anew.
fn holds(document: &str, (open, close): (&str, &str), real: &str) {
    let path = root().join(document);
    let _writing = WRITING.lock();
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(open).expect("the marked output");
    let (shown, after) = rest.split_once(close).expect("the end of the output");
    if std::env::var_os("RIVAL_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{open}{real}{close}{after}")).unwrap();
    } else {
        assert_eq!(shown, real, "run RIVAL_UPDATE=1 cargo test --release readme");
    }
}

/// Every row of what was read by hand, the best first.
#[test]
fn the_table_in_the_readme_of_the_lexicons_is_what_was_read() {
    let text = std::fs::read_to_string(root().join("lexicons/precision.toml")).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let number = |row: &toml::Value, key: &str| row[key].as_integer().unwrap();
    let mut rows: Vec<_> = file["label"].as_array().unwrap().iter().collect();
    let share = |row: &toml::Value| (1000 * number(row, "right") + number(row, "read") / 2) / number(row, "read");
    let word = |row: &toml::Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.sort_by_cached_key(|row| (-share(row), word(row, "id"), word(row, "corpus")));
    let mut real = "| label | read | right | | posts |\n|---|---|---|---|---|\n".to_owned();
    for row in rows {
        let (id, corpus) = (word(row, "id"), word(row, "corpus"));
        let (read, right) = (number(row, "read"), number(row, "right"));
        real.push_str(&format!("| `{id}` | {read} | {right} | {} % | {corpus} |\n", (share(row) + 5) / 10));
    }
    holds("lexicons/README.md", ("<!-- rows of precision.toml -->\n", "<!-- end of rows -->"), &real);
}

#[test]
fn the_output_in_the_readme_is_real() {
    let real = stdout(&rival(&["analyze", "corpora/demo", "--focus", "beer", "--isolated", "--color", "never"], b""));
    shows("rival analyze corpora/demo --focus beer", &real);
}

/// An export as an office program saves it in Chinese: semicolons, GB18030, a column that nobody needs, a number to call, rows without text.
#[test]
fn the_dry_run_in_the_readme_is_real() {
    let mut table = String::from("评论id;用户昵称;评论内容;发布时间;页码\n");
    let texts = ["打13812345678订位，人多，等了一个小时", "加班到十点，下楼喝一杯", "", "不如自己在家煮咖啡"];
    for (text, n) in texts.iter().zip(1..) {
        table.push_str(&format!("{n};住客{n};{text};2024-03-0{n};1\n"));
    }
    let folder = std::env::temp_dir().join(format!("rival-dry-run-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("comments.csv"), encoding_rs::GB18030.encode(&table).0).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_rival"))
        .args(["analyze", "--dry-run", "comments.csv", "--isolated"])
        .current_dir(&folder)
        .output()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    shows("rival analyze --dry-run comments.csv", &stdout(&output));
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
