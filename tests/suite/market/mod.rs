//! Markets whose truth is known: does the method find it, reject complements, and say how sure it is?
//!
//! The bars are those of the method (its table of baselines): each is the mean of twenty markets drawn from fixed seeds.

#![allow(clippy::print_stdout)] // the figures are worth reading: `-- --nocapture`

mod certainty;
pub mod chance;
mod generators;
mod prediction;
mod score;
mod world;

use rayon::prelude::*;
use rival::analyze::findings::Level;

use chance::Chance;
use generators::{Talk, diary, forum};
use score::{Score, judge, judge_co_mention, mean};
use world::{Plan, Saying, World, look};

type Generator = fn(&World, Talk, &mut Chance) -> Vec<Saying>;

/// One market of a seed, talked about.
fn drawn(plan: Plan, generator: Generator, talk: Talk, seed: u64) -> (World, Vec<Saying>) {
    let mut chance = Chance::new(seed);
    let world = World::draw(plan, &mut chance);
    let said = generator(&world, talk, &mut chance);
    (world, said)
}

/// Scores of the markets of some seeds.
fn scores(generator: Generator, talk: Talk, seeds: std::ops::Range<u64>) -> Vec<Score> {
    seeds
        .into_par_iter()
        .map(|seed| {
            let (world, said) = drawn(Plan::JUDGED, generator, talk, seed);
            judge(&world, &said, &look(&world, &said, &[Level::Brand]))
        })
        .collect()
}

/// Mean and standard error of a figure, told where the test's output is shown.
fn told(what: &str, scores: &[Score], figure: fn(&Score) -> f64) -> f64 {
    let (mean, error) = mean(&scores.iter().map(figure).collect::<Vec<_>>());
    println!("{what}: {mean:.3} ± {error:.3}");
    mean
}

#[test]
fn a_diary_tells_the_rivals() {
    let scores = scores(diary, Talk::SPARSE, 0..20);
    assert!(told("diary, precision at 5", &scores, |s| s.precision) >= 0.66);
    assert!(told("diary, complements in the top five", &scores, |s| s.complements) <= 0.01);
    assert!(told("diary, sign of asymmetry", &scores, |s| s.asymmetry) >= 0.92);
    assert!(told("diary, AUC", &scores, |s| s.auc) >= 0.95);
}

#[test]
fn a_forum_tells_the_rivals() {
    let scores = scores(forum, Talk::SPARSE, 0..20);
    assert!(told("forum, precision at 5", &scores, |s| s.precision) >= 0.66);
    assert!(told("forum, complements in the top five", &scores, |s| s.complements) <= 0.01);
    assert!(told("forum, sign of asymmetry", &scores, |s| s.asymmetry) >= 0.92);
    assert!(told("forum, AUC", &scores, |s| s.auc) >= 0.95);
}

#[test]
fn co_mention_would_not() {
    // The baseline must fail on the same markets, or they prove nothing.
    let found: Vec<(f64, f64)> = (0..5u64)
        .map(|seed| {
            let (world, said) = drawn(Plan::JUDGED, diary, Talk::SPARSE, seed);
            judge_co_mention(&world, &said)
        })
        .collect();
    let of = |figure: fn(&(f64, f64)) -> f64| mean(&found.iter().map(figure).collect::<Vec<_>>()).0;
    assert!(of(|f| f.0) < 0.3, "{found:?}");
    assert!(of(|f| f.1) > 0.6, "{found:?}");
}
