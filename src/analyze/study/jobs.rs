//! Jobs (occasion × motive) under any weighting of the author buckets: P(j|e), shrunk toward P(o|e)·P(m|o) with weight 20 (method §3).
//!
//! A thing's row is kept sparse: P(j|e) = α·P(o|e)·P(m|o) + own(j), with α = 20/(J(e)+20) and own(j) = J(e,j)/(J(e)+20).

use super::super::parameters::{GATE_AUTHORS, GATE_BUCKETS};
use super::weights::{Weights, weigh};
use crate::accumulate::{Counts, JobCounts, UNIT};
use crate::lexicon::id::{Entity, MotiveId, OccasionId};
use crate::lexicon::taxonomy::Taxonomy;

/// Prior weight of P(o|e)·P(m|o).
pub(in crate::analyze) const PRIOR: f64 = 20.0;

/// Where the jobs stand: the cell of (o, m) is o·motives + m.
pub(in crate::analyze) struct JobLayout<'a> {
    /// Number of motives.
    pub motives: usize,
    /// Number of occasions.
    pub occasions: usize,
    /// By place of the entity: its cells, sorted.
    pub rows: Vec<Vec<(usize, &'a JobCounts)>>,
    /// By place: whether it is a category that is no kind of another.
    roots: Vec<bool>,
}

impl<'a> JobLayout<'a> {
    /// The jobs of some entities, which are sorted.
    pub fn of(counts: &'a Counts, taxonomy: &Taxonomy, entities: &[Entity]) -> Self {
        let (occasions, motives) = (taxonomy.occasions.len(), taxonomy.motives.len());
        let mut rows = vec![Vec::new(); entities.len()];
        let mut cells = counts.jobs.iter().peekable();
        for (at, &entity) in entities.iter().enumerate() {
            // Both are in the order of the ids, and whatever has a job is an entity.
            while let Some((&(_, o, m), counts)) = cells.next_if(|((of, ..), _)| *of <= entity) {
                rows[at].push((o.index() * motives + m.index(), counts));
            }
        }
        let is_root = |&entity: &Entity| match entity {
            Entity::Category(category) => taxonomy.category(category).parent.is_none(),
            Entity::Brand(_) => false,
        };
        let roots = entities.iter().map(is_root).collect();
        Self { motives, occasions, rows, roots }
    }

    /// The occasion and motive of a cell.
    pub fn job(&self, cell: usize) -> (OccasionId, MotiveId) {
        (OccasionId((cell / self.motives) as u16), MotiveId((cell % self.motives) as u16))
    }

    /// Whether the jobs of an entity are known well enough to look at them one by one.
    pub fn allow(&self, at: usize) -> bool {
        let links: u64 = self.rows[at].iter().map(|(_, counts)| counts.about.total()).sum();
        links >= GATE_AUTHORS * UNIT && self.buckets(at) >= GATE_BUCKETS
    }

    /// Buckets of authors who take an entity for anything.
    pub fn buckets(&self, at: usize) -> usize {
        let mut buckets = 0u64;
        self.rows[at].iter().flat_map(|(_, counts)| counts.about.iter()).for_each(|(bucket, _)| buckets |= 1 << bucket);
        buckets.count_ones() as usize
    }
}

/// What the jobs are under some weights.
pub(in crate::analyze) struct JobSample {
    /// P(m|o), by cell.
    pub given: Vec<f64>,
    /// J(e) in authors.
    pub total: Vec<f64>,
    /// L(j) of the market.
    pub market: Vec<f64>,
    /// own(j) of each entity, sorted by cell.
    rows: Vec<Vec<(usize, f64)>>,
    motives: usize,
}

impl JobSample {
    /// The sample under some weights.
    pub fn of(layout: &JobLayout<'_>, weights: &Weights) -> Self {
        let motives = layout.motives;
        let mut market = vec![0.0; layout.occasions * motives];
        let mut total = Vec::with_capacity(layout.rows.len());
        let mut rows = Vec::with_capacity(layout.rows.len());
        for (cells, &root) in layout.rows.iter().zip(&layout.roots) {
            let mut row: Vec<(usize, f64)> =
                cells.iter().map(|&(cell, counts)| (cell, weigh(&counts.about, weights) / UNIT as f64)).collect();
            if root {
                row.iter().for_each(|&(cell, links)| market[cell] += links);
            }
            let all: f64 = row.iter().map(|(_, links)| links).sum();
            row.iter_mut().for_each(|(_, links)| *links /= all + PRIOR);
            total.push(all);
            rows.push(row);
        }
        let given = market.chunks(motives.max(1)).flat_map(smoothed).collect();
        Self { given, total, market, rows, motives }
    }

    /// α of an entity.
    pub fn alpha(&self, at: usize) -> f64 {
        PRIOR / (self.total[at] + PRIOR)
    }

    /// own(j) of an entity, by cell.
    pub fn row(&self, at: usize) -> &[(usize, f64)] {
        &self.rows[at]
    }

    /// P(j|e) of one job, from P(o|e).
    pub fn share(&self, at: usize, occasions: &[f64], cell: usize) -> f64 {
        let own = self.rows[at].binary_search_by_key(&cell, |&(other, _)| other).map_or(0.0, |n| self.rows[at][n].1);
        self.alpha(at) * occasions[self.occasion(cell)] * self.given[cell] + own
    }

    /// L(e,j) of one job, in authors.
    pub fn links(&self, at: usize, cell: usize) -> f64 {
        let row = &self.rows[at];
        row.binary_search_by_key(&cell, |&(other, _)| other).map_or(0.0, |n| row[n].1 * (self.total[at] + PRIOR))
    }

    /// The occasion of a cell.
    pub fn occasion(&self, cell: usize) -> usize {
        cell / self.motives
    }

    /// P(j|e) of all jobs, from P(o|e).
    pub fn profile(&self, at: usize, occasions: &[f64]) -> Vec<f64> {
        let alpha = self.alpha(at);
        let mut out: Vec<f64> =
            self.given.iter().enumerate().map(|(cell, given)| alpha * occasions[cell / self.motives] * given).collect();
        self.rows[at].iter().for_each(|&(cell, own)| out[cell] += own);
        out
    }

    /// π(j): the same of the market, from π(o).
    pub fn market_profile(&self, occasions: &[f64]) -> Vec<f64> {
        let all = self.market.iter().sum::<f64>() + PRIOR;
        let cells = self.given.iter().zip(&self.market).enumerate();
        cells.map(|(cell, (given, links))| (links + PRIOR * occasions[cell / self.motives] * given) / all).collect()
    }
}

/// P(m|o) = (L(o,m)+½)/(L(o)+M/2).
fn smoothed(row: &[f64]) -> impl Iterator<Item = f64> + '_ {
    let all = row.iter().sum::<f64>() + 0.5 * row.len() as f64;
    row.iter().map(move |links| (links + 0.5) / all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accumulate::world::{counts, say, taxonomy, thing};
    use crate::analyze::study::sample::Layout;
    use crate::analyze::study::weights::ALL;
    use crate::lexicon::id::Role;

    #[test]
    fn a_profile_of_jobs_sums_to_one_and_leans_on_its_occasions() {
        let said: Vec<_> = (0..40).map(|a| say(a + 1, 1).job("beer", "night_out", "face", Role::Buy)).collect();
        let (counts, taxonomy) = (counts(&said), taxonomy());
        let layout = Layout::of(&counts, &taxonomy);
        let jobs = &layout.jobs;
        let beer = layout.entities.iter().position(|&e| e == thing("beer")).expect("there");
        assert!(jobs.allow(beer));
        let sample = JobSample::of(jobs, &ALL);
        let even = vec![1.0 / layout.occasions as f64; layout.occasions];
        let profile = sample.profile(beer, &even);
        assert!((profile.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // 40 authors against a prior of 20: two thirds of the weight lie on the one job, besides its part of the prior.
        let night = crate::accumulate::world::occasion("night_out").index() * jobs.motives;
        assert!(profile[night] > 40.0 / 60.0 && profile[night] < 40.0 / 60.0 + 20.0 / 60.0, "{profile:?}");
        assert!((sample.given.chunks(jobs.motives).next().expect("a row").iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
