//! The integration tests, one binary so that they link once.

#![allow(clippy::unwrap_used)] // a test that cannot go on should stop

// The HTML report in a real browser, where one is installed.
mod browser;
// Commands with their exit codes, as TOML files that need no Rust.
mod cli;
// The demo corpus tells its story, and the manifest is true.
mod demo;
// The same bytes for any number of threads, any order, any split.
mod determinism;
// What docs/reliability.md promises.
mod faults;
// Any bytes at all, from seeds.
mod fuzz;
// Paths that the documents name exist.
mod docs;
// The stock of words covers the codebook.
mod stock;
// What one sentence says of two things.
mod relations;
// Known substitutes and complements are told apart.
mod groups;
// Markets whose truth is known.
mod market;
// The ledger balances whatever comes in; hostile text goes through.
mod invariants;
// Essence, excitement, customers, contact points: written markets whose truth is known.
mod position;
// What the workbench writes loads again.
mod workbench;

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// The folder of the project.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program in the project's folder with something on standard input.
fn rival(args: &[&str], stdin: &[u8]) -> Output {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_rival"))
        .args(args)
        .current_dir(root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let bytes = stdin.to_vec();
    let feeder = std::thread::spawn(move || {
        // The program may end before it has read everything.
        let _ = pipe.write_all(&bytes);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

/// Standard output as text.
fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}
