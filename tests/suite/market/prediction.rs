//! What was hidden is found, and one half of the authors tells what the other half tells.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rival::analyze::findings::{Findings, Level};
use rival::lexicon::id::RelationKind;

use super::chance::Chance;
use super::generators::{Talk, diary, forum};
use super::score::authors_of;
use super::score::mean;
use super::world::{Plan, Saying, brand_id, look};
use super::{Generator, drawn};

/// Authors from which on a brand's list should come out alike in both halves.
const KNOWN_WELL: usize = 200;

/// Rivals of each brand in rank order, with Θ.
fn lists(findings: &Findings, brands: usize) -> BTreeMap<usize, Vec<(usize, f64)>> {
    let number: BTreeMap<String, usize> = (0..brands).map(|e| (brand_id(e), e)).collect();
    let mut out: BTreeMap<usize, Vec<(usize, f64)>> = BTreeMap::new();
    for rival in &findings.rivals {
        out.entry(number[&rival.of]).or_default().push((number[&rival.rival], rival.threat.unwrap_or(0.0)));
    }
    out
}

/// Mean reciprocal ranks of the hidden pairs: by the program, and by how often a brand is spoken of.
fn hidden(generator: Generator, seed: u64) -> (f64, f64) {
    let talk = Talk { switching: 0.006, ..Talk::SPARSE };
    let (world, said) = drawn(Plan::JUDGED, generator, talk, seed);
    let chooses = |saying: &Saying| saying.relations.iter().any(|r| r.0 != RelationKind::GoesWith);
    let (told, left): (Vec<Saying>, Vec<Saying>) = said.into_iter().partition(chooses);
    let pairs: BTreeSet<(usize, usize)> = told
        .iter()
        .flat_map(|saying| &saying.relations)
        .filter(|r| r.0 == RelationKind::InsteadOf)
        .map(|&(_, loser, winner)| (loser, winner))
        .collect();
    let lists = lists(&look(&world, &left, &[Level::Brand]), world.plan.brands);
    let authors = authors_of(&left, world.plan.brands);
    let (mut ours, mut popular) = (Vec::new(), Vec::new());
    for (loser, winner) in pairs {
        let Some(list) = lists.get(&loser) else { continue };
        // Both guess among the same brands.
        let Some(at) = list.iter().position(|&(b, _)| b == winner) else { continue };
        let before = list.iter().filter(|&&(b, _)| (authors[b], winner) > (authors[winner], b)).count();
        ours.push(1.0 / (at + 1) as f64);
        popular.push(1.0 / (before + 1) as f64);
    }
    assert!(ours.len() >= 20, "{} hidden pairs", ours.len());
    (mean(&ours).0, mean(&popular).0)
}

#[test]
fn hidden_substitution_is_found_without_its_language() {
    for (name, generator) in [("diary", diary as Generator), ("forum", forum)] {
        let found: Vec<(f64, f64)> = (0..20u64).into_par_iter().map(|seed| hidden(generator, seed)).collect();
        let gains: Vec<f64> = found.iter().map(|(ours, popular)| ours / popular - 1.0).collect();
        let of = |figure: fn(&(f64, f64)) -> f64| mean(&found.iter().map(figure).collect::<Vec<_>>()).0;
        let (ours, popular, gain) = (of(|f| f.0), of(|f| f.1), mean(&gains));
        println!(
            "{name}, hidden pairs: MRR {ours:.3}, by popularity {popular:.3}, {:+.0} % ± {:.0}",
            100.0 * (ours / popular - 1.0),
            100.0 * gain.1
        );
        assert!(ours >= 1.6 * popular, "{found:?}");
    }
}

/// Ranks with ties in the middle.
fn ranks(values: &[f64]) -> Vec<f64> {
    let below = |v: f64| values.iter().filter(|&&x| x < v).count() as f64;
    let equal = |v: f64| values.iter().filter(|&&x| x == v).count() as f64;
    values.iter().map(|&v| below(v) + 0.5 * (equal(v) - 1.0)).collect()
}

/// Spearman's rank correlation.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = (ranks(a), ranks(b));
    let (ma, mb) = (mean(&a).0, mean(&b).0);
    let product: f64 = a.iter().zip(&b).map(|(x, y)| (x - ma) * (y - mb)).sum();
    let square = |v: &[f64], m: f64| v.iter().map(|x| (x - m).powi(2)).sum::<f64>();
    product / (square(&a, ma) * square(&b, mb)).sqrt()
}

/// Mean Spearman correlation of Θ between two halves of the authors, over brands of many authors.
fn halves(generator: Generator, seed: u64) -> f64 {
    let (world, said) = drawn(Plan::JUDGED, generator, Talk::SPARSE, seed);
    let authors = authors_of(&said, world.plan.brands);
    // By the author, so that nobody speaks in both halves; a hash of its own, not the one of the buckets.
    let (one, two): (Vec<Saying>, Vec<Saying>) =
        said.into_iter().partition(|saying| Chance::new(saying.author ^ seed << 32).hit(0.5));
    let of = |said: &[Saying]| lists(&look(&world, said, &[Level::Brand]), world.plan.brands);
    let (one, two) = (of(&one), of(&two));
    let mut found = Vec::new();
    for (a, list) in &one {
        let Some(other) = two.get(a).filter(|_| authors[*a] >= KNOWN_WELL) else { continue };
        let other: BTreeMap<usize, f64> = other.iter().copied().collect();
        let (x, y): (Vec<f64>, Vec<f64>) = list.iter().filter_map(|&(b, theta)| Some((theta, *other.get(&b)?))).unzip();
        found.push(spearman(&x, &y));
    }
    assert!(found.len() >= 10, "{} brands", found.len());
    mean(&found).0
}

#[test]
fn both_halves_of_the_authors_tell_the_same() {
    for (name, generator) in [("diary", diary as Generator), ("forum", forum)] {
        let found: Vec<f64> = (0..20u64).into_par_iter().map(|seed| halves(generator, seed)).collect();
        let (rho, error) = mean(&found);
        println!("{name}, Spearman of the shares between two halves: {rho:.3} ± {error:.3}");
        assert!(rho >= 0.90, "{found:?}");
    }
}
