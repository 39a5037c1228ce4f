//! What the workbench writes: marks of a sample become an overlay that loads.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{rival, root, stdout};

/// A folder of this test, empty.
fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("rival-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&path);
    path
}

/// Arguments for the small lexicon of the cases with an overlay on it.
fn with<'a>(args: &[&'a str], overlay: &'a str) -> Vec<&'a str> {
    let mut all = args.to_vec();
    all.extend(["--isolated", "--no-builtin", "--lexicons", "tests/cli/mini"]);
    if !overlay.is_empty() {
        all.extend(["--lexicons", overlay]);
    }
    all
}

/// Draws a sample of the demo and marks its posts in turn.
fn marked(label: &str, verdicts: &[&str], at: &Path) {
    let n = verdicts.len().to_string();
    let drawn = stdout(&rival(&with(&["sample", "--for", label, "-n", &n, "corpora/demo", "--quiet"], ""), b""));
    let mut text = drawn;
    for verdict in verdicts {
        text = text.replacen("verdict = \"\"", &format!("verdict = \"{verdict}\" "), 1);
    }
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    fs::write(at, text).unwrap();
}

#[test]
fn marks_become_examples_and_precision() {
    let work = folder("marks");
    let (sample, mine) = (work.join("sample.toml"), work.join("mine"));
    let (sample_path, mine_path) = (sample.display().to_string(), mine.display().to_string());
    marked("night_out", &["right", "w", "对", ""], &sample);
    let applied = rival(&with(&["sample", "--apply", &sample_path], &mine_path), b"");
    let told = String::from_utf8_lossy(&applied.stderr).into_owned();
    assert_eq!(applied.status.code(), Some(0), "{told}");
    assert!(told.contains("2 right, 1 wrong, 1 left open; 3 new examples"), "{told}");
    let first: Vec<String> =
        ["occasions/place.toml", "precision.toml"].iter().map(|f| fs::read_to_string(mine.join(f)).unwrap()).collect();
    assert!(first[1].contains("read = 3\nright = 2"), "{}", first[1]);
    // The wrong one is an example that fails until the words are mended.
    let check = rival(&with(&["lexicon", "check"], &mine_path), b"");
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert!(stdout(&check).contains("0 faults, 1 examples fail"), "{told}");
    // Applying the same marks again changes nothing.
    rival(&with(&["sample", "--apply", &sample_path], &mine_path), b"");
    assert_eq!(first[0], fs::read_to_string(mine.join("occasions/place.toml")).unwrap());
    assert_eq!(first[1], fs::read_to_string(mine.join("precision.toml")).unwrap());
    // More marks go into the entry that is there, beside what its owner wrote.
    let written = first[0].replace("id = \"night_out\"\n", "id = \"night_out\"  # mine\nterms = '''\n蹦野迪\n'''\n");
    fs::write(mine.join("occasions/place.toml"), written).unwrap();
    marked("night_out", &["r"; 9], &sample);
    rival(&with(&["sample", "--apply", &sample_path], &mine_path), b"");
    let after = fs::read_to_string(mine.join("occasions/place.toml")).unwrap();
    assert!(
        after.contains("# mine") && after.contains("蹦野迪") && after.matches("[[occasion]]").count() == 1,
        "{after}"
    );
    let page = stdout(&rival(&with(&["explain", "night_out"], &mine_path), b""));
    assert!(page.contains("read by hand: 9 of 9 right, 100 %"), "{page}");
    fs::remove_dir_all(&work).unwrap();
}

#[test]
fn precision_travels_with_the_findings() {
    let work = folder("precision");
    fs::create_dir_all(&work).unwrap();
    let table = "[[label]]\nid = \"beer\"\nread = 50\nright = 48\ndate = \"2026-01-31\"\ncorpus = \"demo\"\n\
                 [[label]]\nid = \"night_out\"\nread = 25\nright = 22\ndate = \"2026-01-31\"\ncorpus = \"demo\"\n";
    fs::write(work.join("precision.toml"), table).unwrap();
    let overlay = work.display().to_string();
    let args = ["analyze", "corpora/demo", "--focus", "beer", "--isolated", "--lexicons", &overlay, "--quiet"];
    let page = stdout(&rival(&args, b""));
    let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("READ BY HAND beer 96 % right"), "{page}");
    let json: serde_json::Value =
        serde_json::from_str(&stdout(&rival(&[&args[..], &["--json"]].concat(), b""))).unwrap();
    let beer = json["entities"].as_array().unwrap().iter().find(|e| e["id"] == "beer").unwrap();
    assert_eq!(beer["precision"]["status"], "read_by_hand");
    assert_eq!(beer["precision"]["share"], 0.96);
    let night_out = beer["occasions"].as_array().unwrap().iter().find(|o| o["id"] == "night_out").unwrap();
    assert_eq!(night_out["precision"]["share"], 0.88);
    assert!(beer["motives"].as_array().unwrap().iter().all(|m| m["precision"]["status"].is_string()));
    fs::remove_dir_all(&work).unwrap();
    assert!(root().join("lexicons").is_dir());
}

#[test]
fn fmt_rewrites_files_once() {
    let work = folder("fmt");
    fs::create_dir_all(work.join("occasions")).unwrap();
    let path = work.join("occasions/place.toml");
    fs::copy(root().join("tests/cli/untidy/occasions/place.toml"), &path).unwrap();
    let folder = work.display().to_string();
    let first = stdout(&rival(&["lexicon", "fmt", &folder], b""));
    assert!(first.contains("1 of 1 files changed"), "{first}");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.starts_with("# occasions: place\n# Not here: things that are consumed"), "{text}");
    assert!(text.contains("terms = '''\n夜店\n酒吧街  # Taiwan\nnight out\nnights outs\n'''"), "{text}");
    assert!(stdout(&rival(&["lexicon", "fmt", &folder], b"")).contains("0 of 1 files changed"));
    fs::remove_dir_all(&work).unwrap();
}

/// Reliability, case 96: a folder that holds itself ends with a message, not with a hang.
#[cfg(unix)]
#[test]
fn a_loop_of_links_ends() {
    let work = folder("loop");
    fs::create_dir_all(work.join("categories")).unwrap();
    std::os::unix::fs::symlink(&work, work.join("categories/again")).unwrap();
    let overlay = work.display().to_string();
    let check = rival(&with(&["lexicon", "check"], &overlay), b"");
    let told = String::from_utf8_lossy(&check.stderr).into_owned();
    assert_eq!(check.status.code(), Some(2), "{told}");
    assert!(told.contains("nested too deeply (a loop of links?)"), "{told}");
    fs::remove_dir_all(&work).unwrap();
}
