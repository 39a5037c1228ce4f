//! Any bytes at all: targets that must not panic, hang or break a promise, fed by a mutator that a seed drives.
//!
//! Stable Rust gives no coverage guidance, so that the inputs are guided by hand: each target has seeds that are whole and right, a dictionary of
//! what its grammar is made of, and mutations that break, repeat and splice them. The same seed gives the same inputs on any machine. What once broke
//! something is kept below `tests/data/fuzz/TARGET/` and runs first, for ever.
//!
//! A run of any length: `RIVAL_FUZZ_RUNS=10000000 RIVAL_FUZZ_SEED=7 cargo test --release --test suite fuzz -- --ignored --nocapture --test-threads 2`

#![allow(clippy::print_stdout)] // the figures are worth reading: `-- --nocapture`

mod mutate;
mod read;
mod text;
mod whole;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use mutate::Mutator;

/// Takes one input; panics where a promise is broken.
type Feed = Box<dyn FnMut(&[u8])>;

/// Something to feed.
struct Target {
    name: &'static str,
    seeds: Vec<Vec<u8>>,
    words: &'static [&'static str],
    run: Feed,
}

/// Executions of each target in every test run, and the seed.
const SHORT: u64 = 3_000;
const SEED: u64 = 20_240_311;
/// An execution that takes longer each time counts as a hang; once it may be the machine that stood still.
const HANG: Duration = Duration::from_secs(5);
const TIMES: usize = 4;
/// Executions between two lines that tell how far a long run is.
const TOLD: u64 = 1_000_000;

/// The text nearest to some bytes.
fn lossy(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Where inputs that broke a target are kept.
fn kept(target: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz").join(target)
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(otherwise)
}

/// Runs a target so many times; tells executions, bytes and time.
fn fuzz(target: &mut Target, runs: u64, seed: u64) {
    let mut own: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(kept(target.name))
        .map(|entries| entries.flatten().map(|e| e.path()).map(|p| (p.clone(), std::fs::read(p).unwrap())).collect())
        .unwrap_or_default();
    own.sort();
    for (path, bytes) in &own {
        if let Err(what) = attempt(target, bytes) {
            panic!("{}: {what}", path.display());
        }
    }
    let seeds = target.seeds.iter().cloned().chain(own.into_iter().map(|(_, bytes)| bytes)).collect();
    let mut mutator = Mutator::new(seed, seeds, target.words);
    let (begun, mut bytes) = (Instant::now(), 0u64);
    for run in 0..runs {
        if run > 0 && run % TOLD == 0 {
            println!("{}: {run} executions, {:.0} s", target.name, begun.elapsed().as_secs_f64());
        }
        let input = mutator.next();
        bytes += input.len() as u64;
        if let Err(what) = attempt(target, &input) {
            let small = minimized(target, input);
            let path = kept(target.name).join(format!("{:016x}", mutate::hash(&small)));
            std::fs::create_dir_all(kept(target.name)).unwrap();
            std::fs::write(&path, &small).unwrap();
            panic!(
                "{} at run {run} of seed {seed}: {what}\nkept as {}\n{:?}",
                target.name,
                path.display(),
                String::from_utf8_lossy(&small)
            );
        }
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{}: {runs} executions of seed {seed}, {} MB, {seconds:.0} s, 0 failures", target.name, bytes / 1_000_000);
}

/// One execution; what went wrong, if anything did.
fn attempt(target: &mut Target, input: &[u8]) -> Result<(), String> {
    let mut least = Duration::MAX;
    for _ in 0..TIMES {
        let begun = Instant::now();
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| (target.run)(input))) {
            let said = panic.downcast_ref::<String>().cloned();
            let said = said.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()));
            return Err(said.unwrap_or_else(|| "a panic".to_owned()));
        }
        least = least.min(begun.elapsed());
        if least <= HANG {
            return Ok(());
        }
    }
    Err(format!("took {least:?} at best"))
}

/// A smaller input that fails too: pieces are taken away as long as it does.
fn minimized(target: &mut Target, mut input: Vec<u8>) -> Vec<u8> {
    let mut piece = input.len() / 2;
    while piece > 0 {
        let mut at = 0;
        while at < input.len() {
            let mut shorter = input.clone();
            shorter.drain(at..(at + piece).min(input.len()));
            if attempt(target, &shorter).is_err() {
                input = shorter;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    input
}

/// A test of each target in two lengths; the short one is divided by how much dearer an execution is than those of the cheap targets.
macro_rules! targets {
    ($($layer:ident::$name:ident, $long:ident, $share:literal;)*) => {
        $(
            #[test]
            fn $name() {
                fuzz(&mut $layer::$name(), (SHORT / $share).max(1), SEED);
            }

            #[test]
            #[ignore = "long form: RIVAL_FUZZ_RUNS executions"]
            fn $long() {
                fuzz(&mut $layer::$name(), number("RIVAL_FUZZ_RUNS", 1_000_000), number("RIVAL_FUZZ_SEED", SEED));
            }
        )*
    };
}

targets! {
    read::fuzz_csv, fuzz_csv_long, 1;
    read::fuzz_json, fuzz_json_long, 1;
    read::fuzz_container, fuzz_container_long, 1;
    read::fuzz_encoding, fuzz_encoding_long, 1;
    text::fuzz_normalize, fuzz_normalize_long, 1;
    text::fuzz_segment, fuzz_segment_long, 1;
    whole::fuzz_interpret, fuzz_interpret_long, 1;
    words::fuzz_lexicon, fuzz_lexicon_long, 2;
    words::fuzz_config, fuzz_config_long, 1;
    whole::fuzz_pipeline, fuzz_pipeline_long, 4;
}

/// Reliability 52: JSON that is right, wrong or a matter of opinion, as a whole line and as a value; the forms of the JSONTestSuite.
#[test]
fn json_is_taken_where_serde_json_takes_it() {
    read::json_forms();
}
