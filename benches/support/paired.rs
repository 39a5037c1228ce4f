//! Paired rounds: every variant once a round, so that a noisy neighbor slows all of them alike. Only the ratios are to be trusted.

#![allow(clippy::print_stdout)] // a bench reports on standard output

use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds; odd, so that the median is one of them.
const ROUNDS: usize = 5;
/// A variant runs this long per round: processor time is told in steps of some milliseconds.
const LEAST: Duration = Duration::from_millis(150);

/// A way to do the job, under its name; it returns something that depends on all its work.
pub type Variant<'v> = (&'v str, &'v mut dyn FnMut() -> u64);

/// Runs variants in interleaved rounds and prints their median speed over `bytes` and the median of their ratios to the first one.
pub fn paired(title: &str, bytes: u64, variants: &mut [Variant<'_>]) {
    if std::env::args().any(|arg| matches!(arg.as_str(), "--list" | "--test" | "--profile-time")) {
        return;
    }
    // The first pass warms caches and tells how many passes make a round.
    let passes: Vec<u32> = variants
        .iter_mut()
        .map(|(_, run)| {
            let one = timed(run).max(Duration::from_micros(1));
            (LEAST.as_nanos() / one.as_nanos()) as u32 + 1
        })
        .collect();
    let mut seconds = vec![Vec::with_capacity(ROUNDS); variants.len()];
    for round in 0..ROUNDS {
        for step in 0..variants.len() {
            // Each round begins with another variant.
            let at = (round + step) % variants.len();
            let spent = timed(|| (0..passes[at]).fold(0, |sum: u64, _| sum.wrapping_add((variants[at].1)())));
            seconds[at].push(spent.as_secs_f64() / f64::from(passes[at]));
        }
    }
    println!("\npaired: {title} (median of {ROUNDS} interleaved rounds, processor time)");
    println!("  {:<47} {:>8} {:>7}", "", "MB/s", "x first");
    for (at, (name, _)) in variants.iter().enumerate() {
        let speed = bytes as f64 / 1e6 / median(&seconds[at]);
        let ratios: Vec<f64> = seconds[0].iter().zip(&seconds[at]).map(|(first, this)| first / this).collect();
        println!("  {name:<47} {speed:>8.1} {:>7.2}", median(&ratios));
    }
    println!();
}

/// The processor time of this thread that a piece of work takes; the wall's where the system does not tell.
fn timed(work: impl FnOnce() -> u64) -> Duration {
    let (wall, before) = (Instant::now(), thread_time());
    black_box(work());
    match (before, thread_time()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => wall.elapsed(),
    }
}

/// Processor time of the calling thread so far, from Linux' schedstat.
fn thread_time() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
