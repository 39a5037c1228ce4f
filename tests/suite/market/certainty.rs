//! Intervals cover what they say they cover, and little is found that is not there.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rival::analyze::findings::{Findings, Level};

use super::chance::Chance;
use super::score::{is_discovery, mean};
use super::world::{Plan, Saying, World, brand_id, look};

/// One role, so that all brands are rivals.
const PLAN: Plan = Plan { brands: 40, categories_per_role: 8, roles: 1, occasions: 16, affinity: 0.0, belonging: 0.8 };

/// Few authors who write much and have favorites: posts are far from independent.
fn clustered(world: &World, authors: u64, chance: &mut Chance) -> Vec<Saying> {
    let mut said = Vec::new();
    for author in 0..authors {
        let usual = [chance.pick(&world.occasion), chance.pick(&world.occasion)];
        let mut favorite = [None; 2];
        for _ in 0..posts_of_an_author(chance) {
            let which = chance.below(2);
            let role = chance.below(world.plan.roles);
            let brand = match favorite[which] {
                Some(brand) if chance.hit(0.7) => brand,
                _ => world.choose(role, usual[which], chance),
            };
            favorite[which] = Some(brand);
            said.push(Saying { author, occasion: Some(usual[which]), brands: vec![brand], ..Saying::default() });
        }
    }
    said
}

/// What a figure is of, the figure, and its interval.
type Told = ((String, String), f64, [f64; 2]);

/// Shares of all pairs with their intervals: (of, rival) → (Θ, low, high).
fn threats(findings: &Findings) -> Vec<Told> {
    let pair = |r: &rival::analyze::findings::RivalFinding| Some(((r.of.clone(), r.rival.clone()), r.threat?, r.ci90?));
    findings.rivals.iter().filter_map(pair).collect()
}

/// Lifts of all cells with their intervals: (entity, occasion) → (lift, low, high).
fn lifts(findings: &Findings) -> Vec<Told> {
    let of = |e: &rival::analyze::findings::EntityFinding| -> Vec<_> {
        e.occasions.iter().filter_map(|o| Some(((e.id.clone(), o.id.clone()), o.lift.value?, o.lift.ci95?))).collect()
    };
    findings.entities.iter().flat_map(of).collect()
}

/// The share of intervals that hold the estimator's mean over all samples, for cells that every sample has.
fn coverage(samples: &[Vec<Told>], scale: fn(f64) -> f64) -> f64 {
    let mut all: BTreeMap<&(String, String), Vec<&Told>> = BTreeMap::new();
    for told in samples.iter().flatten() {
        all.entry(&told.0).or_default().push(told);
    }
    let full: Vec<f64> = all
        .values()
        .filter(|found| found.len() == samples.len())
        .map(|found| {
            let center = mean(&found.iter().map(|told| scale(told.1)).collect::<Vec<_>>()).0;
            let holds = |&&&(_, _, [low, high]): &&&Told| scale(low) <= center && center <= scale(high);
            found.iter().filter(holds).count() as f64 / found.len() as f64
        })
        .collect();
    mean(&full).0
}

#[test]
fn intervals_cover_what_they_say() {
    let world = World::draw(PLAN, &mut Chance::new(7));
    let samples: Vec<(Vec<_>, Vec<_>)> = (0..60u64)
        .into_par_iter()
        .map(|seed| {
            let said = clustered(&world, 1_500, &mut Chance::new(1_000 + seed));
            let findings = look(&world, &said, &[Level::Brand]);
            (threats(&findings), lifts(&findings))
        })
        .collect();
    let (threats, lifts): (Vec<_>, Vec<_>) = samples.into_iter().unzip();
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let (ninety, ninety_five) = (coverage(&threats, logit), coverage(&lifts, f64::ln));
    println!("90 % intervals of the share cover {ninety:.3}, 95 % intervals of the lift {ninety_five:.3}");
    assert!((0.89..=0.92).contains(&ninety), "{ninety}");
    assert!((0.94..=0.96).contains(&ninety_five), "{ninety_five}");
}

/// A market in which a tenth of all cells are three times as common as size alone would have it.
fn lifted(seed: u64) -> (World, BTreeSet<(usize, usize)>) {
    let mut chance = Chance::new(seed);
    let plan = Plan { belonging: 0.0, ..PLAN };
    let mut world = World::draw(plan, &mut chance);
    let cells = (0..plan.brands).flat_map(|e| (0..plan.occasions).map(move |o| (e, o)));
    let planted: BTreeSet<(usize, usize)> = cells.filter(|_| chance.hit(0.1)).collect();
    for o in 0..plan.occasions {
        (0..plan.brands).filter(|&e| planted.contains(&(e, o))).for_each(|e| world.share[e][o] *= 3.0);
        let all: f64 = (0..plan.brands).map(|e| world.share[e][o]).sum();
        (0..plan.brands).for_each(|e| world.share[e][o] /= all);
    }
    (world, planted)
}

#[test]
fn few_findings_are_false_and_many_truths_are_found() {
    let rates: Vec<(f64, f64)> = (0..12u64)
        .into_par_iter()
        .map(|seed| {
            let (world, planted) = lifted(seed);
            let said = clustered(&world, 3_000, &mut Chance::new(5_000 + seed));
            let findings = look(&world, &said, &[Level::Brand]);
            let (mut found, mut wrong, mut hits, mut there) = (0.0, 0.0, 0.0, 0.0f64);
            for e in 0..world.plan.brands {
                let Some(card) = findings.entities.iter().find(|card| card.id == brand_id(e)) else { continue };
                let profile = profile(&world, e);
                for (o, &share) in profile.iter().enumerate() {
                    let cell = card.occasions.iter().find(|cell| cell.id == format!("o{o:02}"));
                    let is_found = cell.is_some_and(|c| c.lift.sure().is_some_and(|l| l > 1.0));
                    let is_true = share > 1.02 * world.occasion[o];
                    found += f64::from(u8::from(is_found));
                    wrong += f64::from(u8::from(is_found && !is_true));
                    hits += f64::from(u8::from(is_found && planted.contains(&(e, o))));
                    there += f64::from(u8::from(planted.contains(&(e, o))));
                }
            }
            (wrong / f64::max(found, 1.0), hits / there.max(1.0))
        })
        .collect();
    let (false_share, error) = mean(&rates.iter().map(|r| r.0).collect::<Vec<_>>());
    let power = mean(&rates.iter().map(|r| r.1).collect::<Vec<_>>()).0;
    println!("false discoveries {false_share:.3} ± {error:.3}, power {power:.2}");
    assert!(false_share <= 0.10, "{rates:?}");
    assert!(power >= 0.25, "{rates:?}");
}

#[test]
fn where_occasions_do_not_matter_no_rival_stands_out() {
    // Twenty null worlds, half of them with three roles: profiles are equal, so every excess is one and nothing may be found.
    let found: Vec<usize> = (0..20u64)
        .into_par_iter()
        .map(|seed| {
            let plan = Plan { belonging: 0.0, roles: if seed < 10 { 1 } else { 3 }, ..PLAN };
            let mut world = World::draw(plan, &mut Chance::new(seed));
            world.uses.iter_mut().for_each(|uses| uses.fill(true));
            let said = clustered(&world, 2_000, &mut Chance::new(9_000 + seed));
            let findings = look(&world, &said, &[Level::Brand]);
            assert!(findings.rivals.len() > 100, "{}", findings.rivals.len());
            findings.rivals.iter().filter(|r| is_discovery(r) && r.q_global.is_some_and(|q| q < 0.1)).count()
        })
        .collect();
    assert!(found.iter().filter(|&&n| n > 0).count() <= 2, "{found:?}");
}

/// Posts of one author: most write one or two, a few dozens (Pareto with 1.3).
fn posts_of_an_author(chance: &mut Chance) -> usize {
    1 + (((1.0 - chance.unit()).powf(-1.0 / 1.3) - 1.0) * 2.0).min(60.0) as usize
}

/// P(o|brand), as it is.
fn profile(world: &World, brand: usize) -> Vec<f64> {
    let weights: Vec<f64> = (0..world.plan.occasions).map(|o| world.weight(brand, o)).collect();
    let all: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / all).collect()
}
