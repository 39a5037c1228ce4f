//! Jobs (occasion × motive) under any weighting of the author buckets: P(j|e), shrunk toward P(o|e)·P(m|o) with weight 20 (method §3).
//!
//! A thing's row is kept sparse. Of those who say why, P(j|e) = α·P(o|e)·P(m|o) + own(j), with α = 20/(J(e)+20) and own(j) = J(e,j)/(J(e)+20).
//! Of all who take it, P(j|e) = P(o|e)·P(m|o,e), with P(m|o,e) shrunk alike within the occasion: D goes by that one, because people give
//! reasons on some occasions more than on others, and those few must not outvote where all the others take it.

use std::ops::Range;

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
    /// own(j) of all entities, one behind the other, each sorted by cell.
    rows: Vec<Own>,
    /// Where each begins, and where the last ends.
    starts: Vec<usize>,
    /// Number of motives.
    pub motives: usize,
}

/// own(j) of an entity.
pub(in crate::analyze) struct Own {
    /// The cell of the job.
    cell: u32,
    /// Its occasion, looked up for every subject in 128 replicates.
    occasion: u32,
    /// The addend of P(j|e).
    pub share: f64,
    /// The addend of P(m|o,e): J(e,j)/(J(e,o)+20).
    pub reason: f64,
}

impl Own {
    /// The cell of the job.
    #[inline]
    pub fn cell(&self) -> usize {
        self.cell as usize
    }

    /// Its occasion.
    #[inline]
    pub fn occasion(&self) -> usize {
        self.occasion as usize
    }
}

impl JobSample {
    /// The sample under some weights.
    pub fn of(layout: &JobLayout<'_>, weights: &Weights) -> Self {
        let motives = layout.motives;
        let mut market = vec![0.0; layout.occasions * motives];
        let mut total = Vec::with_capacity(layout.rows.len());
        let mut rows: Vec<Own> = Vec::with_capacity(layout.rows.iter().map(Vec::len).sum());
        let mut starts = Vec::with_capacity(layout.rows.len() + 1);
        for (cells, &root) in layout.rows.iter().zip(&layout.roots) {
            let links = |counts: &JobCounts| weigh(&counts.about, weights) / UNIT as f64;
            let number = |place: usize| place as u32;
            let own = |&(cell, counts)| Own {
                cell: number(cell),
                occasion: number(cell / motives),
                share: links(counts),
                reason: 0.0,
            };
            starts.push(rows.len());
            rows.extend(cells.iter().map(own));
            let row = &mut rows[starts[starts.len() - 1]..];
            if root {
                row.iter().for_each(|own| market[own.cell()] += own.share);
            }
            let all: f64 = row.iter().map(|own| own.share).sum();
            for of_occasion in row.chunk_by_mut(|a, b| a.occasion == b.occasion) {
                let said: f64 = of_occasion.iter().map(|own| own.share).sum();
                of_occasion.iter_mut().for_each(|own| own.reason = own.share / (said + PRIOR));
            }
            row.iter_mut().for_each(|own| own.share /= all + PRIOR);
            total.push(all);
        }
        starts.push(rows.len());
        let given = market.chunks(motives.max(1)).flat_map(smoothed).collect();
        Self { given, total, market, rows, starts, motives }
    }

    /// α of an entity.
    fn alpha(&self, at: usize) -> f64 {
        PRIOR / (self.total[at] + PRIOR)
    }

    /// own(j) of an entity, by cell.
    pub fn row(&self, at: usize) -> &[Own] {
        &self.rows[self.range(at)]
    }

    /// Where own(j) of an entity stands among those of all.
    pub fn range(&self, at: usize) -> Range<usize> {
        self.starts[at]..self.starts[at + 1]
    }

    /// own(j) of all entities.
    pub fn all(&self) -> &[Own] {
        &self.rows
    }

    /// own(j) of one job.
    fn own(&self, at: usize, cell: usize) -> Option<f64> {
        self.row(at).binary_search_by_key(&cell, Own::cell).ok().map(|n| self.row(at)[n].share)
    }

    /// P(j|e) of one job, from P(o|e).
    pub fn share(&self, at: usize, occasions: &[f64], cell: usize) -> f64 {
        self.alpha(at) * occasions[self.occasion(cell)] * self.given[cell] + self.own(at, cell).unwrap_or(0.0)
    }

    /// P(m|o,e) of one job.
    pub fn reason(&self, at: usize, cell: usize) -> f64 {
        let (row, occasion) = (self.row(at), self.occasion(cell));
        let from = row.partition_point(|own| own.occasion() < occasion);
        let of_occasion = || row[from..].iter().take_while(|own| own.occasion() == occasion);
        let said: f64 = of_occasion().map(|own| own.reason).sum();
        let own = of_occasion().find(|own| own.cell() == cell).map_or(0.0, |own| own.reason);
        (1.0 - said) * self.given[cell] + own
    }

    /// L(e,j) of one job, in authors.
    pub fn links(&self, at: usize, cell: usize) -> f64 {
        self.own(at, cell).map_or(0.0, |own| own * (self.total[at] + PRIOR))
    }

    /// The occasion of a cell.
    pub fn occasion(&self, cell: usize) -> usize {
        cell / self.motives
    }

    /// P(m|o), occasion by occasion.
    pub fn by_occasion(&self) -> impl Iterator<Item = &[f64]> {
        self.given.chunks(self.motives.max(1))
    }

    /// π(j): P(j) of the market, from π(o).
    pub fn market_profile(&self, occasions: &[f64]) -> Vec<f64> {
        let all = self.market.iter().sum::<f64>() + PRIOR;
        let mut out = Vec::with_capacity(self.given.len());
        let market = self.market.chunks(self.motives.max(1));
        for ((given, market), &occasion) in self.by_occasion().zip(market).zip(occasions) {
            let scale = PRIOR * occasion;
            out.extend(given.iter().zip(market).map(|(given, links)| (links + scale * given) / all));
        }
        out
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
        let profile: Vec<f64> = (0..sample.given.len()).map(|cell| sample.share(beer, &even, cell)).collect();
        assert!((profile.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // 40 authors against a prior of 20: two thirds of the weight lie on the one job, besides its part of the prior.
        let night = crate::accumulate::world::occasion("night_out").index() * jobs.motives;
        assert!(profile[night] > 40.0 / 60.0 && profile[night] < 40.0 / 60.0 + 20.0 / 60.0, "{profile:?}");
        assert!((sample.given.chunks(jobs.motives).next().expect("a row").iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // Within the occasion the reasons sum to one as well; of an occasion without any, they are those of the market.
        let reasons = |o: usize| (0..jobs.motives).map(move |m| o * jobs.motives + m);
        assert!((reasons(night / jobs.motives).map(|cell| sample.reason(beer, cell)).sum::<f64>() - 1.0).abs() < 1e-12);
        let other = reasons(night / jobs.motives + 1).next().expect("a cell");
        assert_eq!(sample.reason(beer, other), sample.given[other]);
    }
}
