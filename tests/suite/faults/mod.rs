//! What `docs/reliability.md` promises, against files, descriptors, signals and people's data.

#![allow(clippy::print_stdout)] // the figures are worth reading: `-- --nocapture`

// Files that have broken readers, each with what must come out.
mod hostile;
// The table of cases names tests that carry their numbers.
mod promises;
// Outputs that cannot be written, inputs that cannot be read, odd descriptors.
#[cfg(unix)]
mod process;
// Archives and workbooks on standard input.
#[cfg(unix)]
mod piped;
// Interrupted and killed runs.
#[cfg(unix)]
mod stopped;
// Nothing in an output acts, and nobody's name or number is in it.
mod outputs;
// Texts that hide, bend or swell.
mod texts;
// Memory stays flat on long and on hostile inputs.
#[cfg(target_os = "linux")]
mod memory;
// Every call to the system fails once (needs strace; long).
#[cfg(target_os = "linux")]
mod calls;

use std::path::{Path, PathBuf};

/// A folder of a test, empty at first and removed at the end.
struct Room(PathBuf);

impl Room {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rival-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn at(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        std::fs::write(self.0.join(name), bytes).unwrap();
        self.at(name)
    }

    /// What is in it, by name.
    fn names(&self) -> Vec<String> {
        let name =
            |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = std::fs::read_dir(&self.0).unwrap().map(name).collect();
        names.sort();
        names
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Posts as JSON Lines, of words that the lexicons know.
fn posts(count: usize) -> String {
    let texts =
        ["昨晚在酒吧喝了啤酒", "加班到半夜点了奶茶", "We had whisky at the bar last night", "周末和朋友吃火锅喝可乐"];
    let line =
        |n: usize| format!("{{\"id\":\"{n}\",\"user\":\"u{}\",\"text\":\"{} {n}\"}}\n", n % 97, texts[n % texts.len()]);
    (0..count).map(line).collect()
}

/// A number for long forms, from the environment or as told.
fn setting(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// The numbers of cases in a text that names them after one of the words: `reliability 20, 31–33`.
fn numbers_after(text: &str, words: &[&str]) -> Vec<u32> {
    let mut found = Vec::new();
    let lower = text.to_lowercase();
    for word in words {
        for (at, _) in lower.match_indices(word) {
            let list: String = lower[at + word.len()..]
                .chars()
                .take_while(|&c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '–' | '-' | 's'))
                .collect();
            for part in list.trim_start_matches('s').split(',') {
                let mut ends = part.split(['–', '-']).map(|n| n.trim().parse::<u32>());
                match (ends.next(), ends.next()) {
                    (Some(Ok(from)), Some(Ok(to))) => found.extend(from..=to),
                    (Some(Ok(one)), _) => found.push(one),
                    _ => {}
                }
            }
        }
    }
    found
}

/// A path inside the project.
fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
