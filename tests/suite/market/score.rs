//! How far a list of rivals agrees with the truth of its market.

use std::collections::{HashMap, HashSet};

use rival::analyze::findings::{Findings, Kinship, Level, RivalFinding};

use super::world::{Saying, World, brand_id};

/// Figures of one market, each a mean over the brands that are large enough to be judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// Of the first five rivals found, the share that are among the true five.
    pub precision: f64,
    /// Of the first five, the share that play another part (complements).
    pub complements: f64,
    /// Of pairs that are clearly lopsided, the share whose direction is right.
    pub asymmetry: f64,
    /// How well ρ tells substitutes from complements.
    pub auc: f64,
}

/// Judges the findings at brand level.
pub fn judge(world: &World, said: &[Saying], findings: &Findings) -> Score {
    let brands = world.plan.brands;
    let authors = authors_of(said, brands);
    let mut sorted = authors.clone();
    sorted.sort_unstable();
    let enough = sorted[brands / 2].min(50);
    let large: Vec<usize> = (0..brands).filter(|&e| authors[e] >= enough).collect();
    let number: HashMap<String, usize> = (0..brands).map(|e| (brand_id(e), e)).collect();
    let mut lists: HashMap<usize, Vec<(usize, &RivalFinding)>> = HashMap::new();
    for rival in findings.rivals.iter().filter(|r| r.level == Level::Brand) {
        lists.entry(number[&rival.of]).or_default().push((number[&rival.rival], rival));
    }
    let mut score = Score::default();
    let (mut lists_judged, mut right, mut pairs) = (0.0, 0.0, 0.0);
    let (mut alike, mut unlike) = (Vec::new(), Vec::new());
    for &a in &large {
        let Some(list) = lists.get(&a) else { continue };
        let known: Vec<usize> = large.iter().copied().filter(|&b| b != a).collect();
        let mut truth = known.clone();
        truth.sort_by(|&x, &y| world.diversion[a][y].total_cmp(&world.diversion[a][x]));
        let truth: HashSet<usize> = truth.into_iter().take(5).collect();
        let found: Vec<&(usize, &RivalFinding)> = list.iter().filter(|(b, _)| known.contains(b)).collect();
        let first: Vec<usize> = found.iter().take(5).map(|(b, _)| *b).collect();
        lists_judged += 1.0;
        score.precision += first.iter().filter(|b| truth.contains(b)).count() as f64 / 5.0;
        score.complements += first.iter().filter(|&&b| world.role[b] != world.role[a]).count() as f64 / 5.0;
        for (b, rival) in found {
            (if world.role[*b] == world.role[a] { &mut alike } else { &mut unlike }).push(rival.rho);
            let (to, back) = (world.diversion[a][*b], world.diversion[*b][a]);
            let lopsided = ((to + 1e-9) / (back + 1e-9)).ln();
            if world.role[*b] == world.role[a]
                && lopsided.abs() > 0.7
                && let Some(found) = rival.asymmetry
            {
                pairs += 1.0;
                right += f64::from(u8::from((found > 0.0) == (lopsided > 0.0)));
            }
        }
    }
    score.precision /= lists_judged;
    score.complements /= lists_judged;
    score.asymmetry = right / pairs;
    score.auc = auc(&alike, &unlike);
    score
}

/// The same by how often two are named in one post, against chance: what most tools do.
pub fn judge_co_mention(world: &World, said: &[Saying]) -> (f64, f64) {
    let brands = world.plan.brands;
    let (mut one, mut both) = (vec![0.0f64; brands], vec![vec![0.0; brands]; brands]);
    for saying in said {
        for &a in &saying.brands {
            one[a] += 1.0;
            saying.brands.iter().filter(|&&b| b != a).for_each(|&b| both[a][b] += 1.0);
        }
    }
    let (mut precision, mut complements) = (0.0, 0.0);
    for a in 0..brands {
        let others: Vec<usize> = (0..brands).filter(|&b| b != a).collect();
        let top = |score: &dyn Fn(usize) -> f64| -> HashSet<usize> {
            let mut order = others.clone();
            order.sort_by(|&x, &y| score(y).total_cmp(&score(x)));
            order.into_iter().take(5).collect()
        };
        let truth = top(&|b| world.diversion[a][b]);
        let found = top(&|b| both[a][b] / f64::max(one[a] * one[b], 1.0));
        precision += found.intersection(&truth).count() as f64 / 5.0;
        complements += found.iter().filter(|&&b| world.role[b] != world.role[a]).count() as f64 / 5.0;
    }
    (precision / brands as f64, complements / brands as f64)
}

/// The chance that one of the first scores higher than one of the second.
pub fn auc(high: &[f64], low: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = high.iter().map(|&s| (s, true)).chain(low.iter().map(|&s| (s, false))).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut sum) = (0.0, 0.0);
    for ties in all.chunk_by(|a, b| a.0 == b.0) {
        let lows = ties.iter().filter(|(_, is_high)| !is_high).count() as f64;
        let highs = ties.len() as f64 - lows;
        sum += highs * (below + lows / 2.0);
        below += lows;
    }
    sum / (high.len() as f64 * low.len() as f64)
}

/// Mean and standard error.
pub fn mean(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    (mean, (variance / n).sqrt())
}

/// Whether a finding claims more than size alone would give.
pub fn is_discovery(rival: &RivalFinding) -> bool {
    rival.relation == Kinship::Competitor && rival.q.is_some_and(|q| q < 0.1)
}

/// How often each brand is spoken of, by authors.
pub fn authors_of(said: &[Saying], brands: usize) -> Vec<usize> {
    let mut seen: HashMap<usize, HashSet<u64>> = HashMap::new();
    for saying in said {
        saying.brands.iter().for_each(|&e| {
            seen.entry(e).or_default().insert(saying.author);
        });
    }
    (0..brands).map(|e| seen.get(&e).map_or(0, |authors| authors.len())).collect()
}
