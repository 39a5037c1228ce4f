//! Same posts, same bytes: threads, order of rows, order and split of files. Reliability 63, 123–125, 128.

use crate::{rival, root, stdout};

/// The posts of the demo forum, one JSON object a line.
fn forum() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("corpora/demo/forum.jsonl")).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn run(args: &[&str], stdin: &str) -> String {
    let output = rival(args, stdin.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    stdout(&output)
}

#[test]
fn any_number_of_threads_gives_the_same_findings_and_lines() {
    for command in
        [vec!["analyze", "corpora/demo", "--json", "--isolated"], vec!["label", "corpora/demo", "--isolated"]]
    {
        let with = |threads: &str| {
            let mut args = command.clone();
            args.extend(["--threads", threads]);
            run(&args, "")
        };
        let one = with("1");
        for threads in ["2", "3", "8"] {
            assert_eq!(one, with(threads), "{} with {threads} threads", command[0]);
        }
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut lines = forum();
    let args = ["analyze", "-", "--json", "--isolated"];
    let straight = run(&args, &lines.join("\n"));
    lines.reverse();
    assert_eq!(straight, run(&args, &lines.join("\n")));
    // A fixed shuffle: every seventh line first, and so on.
    let shuffled: Vec<String> = (0..7).flat_map(|k| lines.iter().skip(k).step_by(7).cloned()).collect();
    assert_eq!(straight, run(&args, &shuffled.join("\n")));
}

#[test]
fn the_split_into_files_does_not_matter() {
    let lines = forum();
    let whole = run(&["analyze", "-", "--json", "--isolated"], &lines.join("\n"));
    let dir = std::env::temp_dir().join(format!("rival-split-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let mut names = Vec::new();
    for (i, part) in lines.chunks(37).enumerate() {
        // Names that sort the other way round, so that the order of files differs too.
        let path = dir.join(format!("part-{}.jsonl", 90 - i));
        std::fs::write(&path, part.join("\n")).unwrap();
        names.push(path.display().to_string());
    }
    let mut args = vec!["analyze", "--json", "--isolated"];
    args.extend(names.iter().map(String::as_str));
    let split = run(&args, "");
    std::fs::remove_dir_all(&dir).unwrap();
    assert_eq!(whole, split);
}

#[test]
fn copies_of_the_corpus_change_nothing_but_the_ledger() {
    let lines = forum();
    let figures = |text: &str| {
        let mut value: serde_json::Value = serde_json::from_str(text).unwrap();
        value["meta"]["rows"].take();
        value["meta"]["posts"].take();
        for entity in value["entities"].as_array_mut().unwrap() {
            entity["duplicate_share"].take();
        }
        value
    };
    let args = ["analyze", "-", "--json", "--isolated"];
    let once = run(&args, &lines.join("\n"));
    let thrice = run(&args, &[lines.join("\n"), lines.join("\n"), lines.join("\n")].join("\n"));
    assert_eq!(figures(&once), figures(&thrice));
}

/// Runs with other hash seeds, time zones, languages and working directories.
fn surroundings(runs: usize) {
    let corpus = root().join("corpora/demo").display().to_string();
    let mut seen = std::collections::BTreeSet::new();
    for n in 0..runs {
        let (zone, lang) =
            (["UTC", "Asia/Shanghai", "America/St_Johns"][n % 3], ["C", "zh_CN.UTF-8", "tr_TR.UTF-8"][n / 3 % 3]);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_rival"))
            .args(["analyze", &corpus, "--json", "--isolated", "--threads", &(1 + n % 4).to_string()])
            .env("TZ", zone)
            .env("LANG", lang)
            .env("LC_ALL", lang)
            .current_dir(if n % 2 == 0 { std::env::temp_dir() } else { root() })
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0));
        seen.insert(output.stdout);
    }
    assert_eq!(seen.len(), 1, "{runs} runs");
}

/// Reliability 125.
#[test]
fn surroundings_do_not_matter() {
    surroundings(9);
}

#[test]
#[ignore = "long form of the test above: 200 runs"]
fn surroundings_do_not_matter_in_many_runs() {
    surroundings(200);
}

/// Reliability 128: another build of the same sources, in another profile or for another machine.
#[test]
#[ignore = "needs a second build: RIVAL_OTHER, or else `cargo build` before"]
fn another_build_gives_the_same_bytes() {
    let other = std::env::var("RIVAL_OTHER").map_or_else(|_| root().join("target/debug/rival"), Into::into);
    let label = ["label", "corpora/demo", "corpora/hostile", "--isolated", "-q"];
    let analyze = ["analyze", "corpora/demo", "corpora/hostile", "--json", "--isolated", "-q"];
    for args in [&label[..], &analyze] {
        let ours = rival(args, b"");
        let theirs = std::process::Command::new(&other).args(args).current_dir(root()).output();
        let theirs = theirs.unwrap_or_else(|e| panic!("{}: {e}", other.display()));
        assert!(!ours.stdout.is_empty() && ours.status.code() == theirs.status.code(), "{}", args[0]);
        assert!(ours.stdout == theirs.stdout, "{} differs", args[0]);
        assert_eq!(String::from_utf8_lossy(&ours.stderr), String::from_utf8_lossy(&theirs.stderr), "{}", args[0]);
    }
}
