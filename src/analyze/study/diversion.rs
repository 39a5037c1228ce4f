//! Of the consumers who leave A, the share that B gets: by occasions and roles (D), by size alone (F), and with what
//! people say (Θ). Method §3.

use std::collections::BTreeMap;

use super::super::findings::Level;
use super::jobs::Own;
use super::language::{Around, Language, Pair, SAME_ROLE, Testimony, role_prior};
use super::sample::{Layout, Profiles, Sample, best_of, category_of, log_likelihood};
use super::weights::Weights;
use crate::accumulate::role_unknown;
use crate::lexicon::id::{CategoryId, Entity};
use crate::lexicon::taxonomy::Taxonomy;

/// Weight of the structure while there is too little language to choose it by.
const DEFAULT_ETA: f64 = 50.0;
/// The weights that are tried.
const ETAS: [f64; 9] = [5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 3000.0];
/// Switching authors of a level from which on the weight is chosen.
const ENOUGH_SWITCHING: f64 = 200.0;

/// One subject among all that could replace it at a level; what does not change between replicates.
pub(in crate::analyze) struct Field<'a> {
    /// The place of the subject.
    pub subject: usize,
    /// The places of all entities of the level outside the subject's lineage, sorted.
    pub rivals: Vec<usize>,
    /// What is said of each.
    pub pairs: Vec<Option<&'a Pair<'a>>>,
    /// p0 of each.
    priors: Vec<f64>,
    /// ln w of each, where a role is unknown.
    ln_w: Vec<f64>,
    /// What stands around each pair: indices into `groups`, so that what many pairs share is weighed once.
    around: Vec<usize>,
    groups: Vec<Around<'a>>,
    /// The occasions in which subject and rival take on a further, common role, of each.
    shared: Vec<Vec<usize>>,
    /// Whether counts allow the subject's jobs to be looked at one by one.
    by_job: bool,
    /// Then the cells of jobs that the subject or a rival is taken for, sorted, each with its occasion.
    jobs: Vec<(u32, u32)>,
}

/// What the field looks like under some weights. Where nobody links any rival with anything, D and F are NaN, to be withheld.
pub(in crate::analyze) struct Reading {
    /// D of each rival.
    pub structure: Vec<f64>,
    /// F of each rival.
    pub fair: Vec<f64>,
    /// S(A→B) of each rival.
    pub switched: Vec<f64>,
    /// The testimony on each rival.
    pub testimony: Vec<Testimony>,
    /// What a rival gets per L̃(B,o)ρ(A,B), by occasion.
    per_link: Vec<f64>,
    /// The same by job; empty where the subject's jobs are not looked at.
    per_job: Vec<f64>,
}

impl<'a> Field<'a> {
    /// The field of a subject.
    pub fn of(layout: &Layout<'_>, language: &'a Language<'a>, subject: usize, level: Level) -> Self {
        let taxonomy = layout.taxonomy;
        let home = layout.category(subject);
        let rivals: Vec<usize> = (0..layout.entities.len())
            .filter(|&at| layout.is_brand(at) == (level == Level::Brand))
            .filter(|&at| at != subject && (layout.is_brand(at) || !taxonomy.same_lineage(home, layout.category(at))))
            .collect();
        let pair = |&at: &usize| language.pair(layout.entities[subject], layout.entities[at]);
        let mut group_of: BTreeMap<CategoryId, usize> = BTreeMap::new();
        let mut groups = Vec::new();
        let around = rivals
            .iter()
            .map(|&at| {
                let category = layout.category(at);
                *group_of.entry(category).or_insert_with(|| {
                    groups.push(language.around(home, category, level));
                    groups.len() - 1
                })
            })
            .collect();
        let by_job = layout.jobs.allow(subject);
        let occasion = |cell: usize| layout.jobs.job(cell).0.index();
        let taken = |&at: &usize| layout.jobs.rows[at].iter().map(|&(cell, _)| (cell as u32, occasion(cell) as u32));
        let mut jobs: Vec<(u32, u32)> =
            if by_job { rivals.iter().chain([&subject]).flat_map(taken).collect() } else { Vec::new() };
        jobs.sort_unstable();
        jobs.dedup();
        Self {
            subject,
            pairs: rivals.iter().map(pair).collect(),
            priors: rivals.iter().map(|&at| role_prior(home, layout.category(at), taxonomy)).collect(),
            ln_w: rivals.iter().map(|&at| ln_w(layout, subject, at)).collect(),
            around,
            groups,
            shared: shared_roles(layout, home, &rivals),
            by_job,
            jobs,
            rivals,
        }
    }

    /// p0 of a rival in an occasion.
    pub fn prior(&self, rival: usize, occasion: usize) -> f64 {
        if self.shared[rival].contains(&occasion) { SAME_ROLE } else { self.priors[rival] }
    }

    /// The language of the field under some weights.
    fn testimonies(&self, weights: &Weights) -> Vec<Testimony> {
        let groups: Vec<Option<(f64, f64)>> = self.groups.iter().map(|around| around.weigh(weights)).collect();
        (0..self.rivals.len())
            .map(|n| Testimony::of(self.pairs[n], groups[self.around[n]], self.ln_w[n], weights))
            .collect()
    }

    /// L(e)·ρ of one rival: as usual, and in the occasions in which it shares a further role with the subject.
    fn weights(&self, n: usize, sample: &Sample, testimony: &Testimony) -> (f64, f64) {
        let size = sample.size[self.rivals[n]];
        let usual = size * testimony.rho(self.priors[n]);
        // Most share no role beyond their own, and nobody asks how it would weigh.
        (usual, if self.shared[n].is_empty() { usual } else { size * testimony.rho(SAME_ROLE) })
    }

    /// The same of all rivals.
    fn all_weights(&self, sample: &Sample, testimony: &[Testimony]) -> impl Iterator<Item = (f64, f64)> {
        testimony.iter().enumerate().map(|(n, told)| self.weights(n, sample, told))
    }

    /// L(e)·ρ of one rival, by occasion.
    fn weight(&self, n: usize, sample: &Sample, testimony: &Testimony, occasions: usize, out: &mut Vec<f64>) {
        let (usual, shared) = self.weights(n, sample, testimony);
        out.clear();
        out.resize(occasions, usual);
        self.shared[n].iter().for_each(|&o| out[o] = shared);
    }

    /// L̃(e,o)ρ·J(e,j)/(J(e,o)+20) of the jobs that a rival is taken for.
    fn own<'s>(
        &'s self,
        n: usize,
        sample: &'s Sample,
        row: &'s [f64],
        (usual, shared): (f64, f64),
    ) -> impl Iterator<Item = (&'s Own, f64)> {
        sample.jobs.row(self.rivals[n]).iter().map(move |own| {
            let weight = if self.shared[n].contains(&own.occasion) { shared } else { usual };
            (own, weight * row[own.occasion] * own.reason)
        })
    }

    /// D and F under some weights. This runs for every subject in 128 replicates: what is the same in all occasions is taken out of the sums.
    pub fn read(&self, sample: &Sample, profiles: &Profiles, weights: &Weights) -> Reading {
        let testimony = self.testimonies(weights);
        let occasions = profiles.market.len();
        let of: Vec<(f64, f64)> = self.all_weights(sample, &testimony).collect();
        let mut by_size = vec![of.iter().map(|(usual, _)| usual).sum::<f64>(); occasions];
        for (n, &(usual, shared)) in of.iter().enumerate() {
            self.shared[n].iter().for_each(|&o| by_size[o] += shared - usual);
        }
        let mut by_links = self.sum_links(sample, profiles, of.iter().copied());
        let by_job = if self.by_job { self.by_job(sample, profiles, &of, &mut by_links) } else { Vec::new() };
        let own = profiles.row(self.subject);
        let (per_link, per_job) = self.per_link(sample, own, &by_links, &by_job);
        let per_size: Vec<f64> = own.iter().zip(&by_size).map(|(own, sum)| own / sum).collect();
        let all: f64 = per_size.iter().sum();
        let (mut structure, mut fair) = (Vec::with_capacity(of.len()), Vec::with_capacity(of.len()));
        let mut of_bases: Vec<Option<f64>> = vec![None; profiles.base_places()];
        for (n, (&at, &(usual, shared))) in self.rivals.iter().zip(&of).enumerate() {
            let (row, mixture) = (profiles.row(at), profiles.mixture(at));
            let of_base = of_bases[mixture.base].get_or_insert_with(|| dot(profiles.base(mixture.base), &per_link));
            let of_links: f64 = sample.links(at).iter().map(|&(o, links)| links * per_link[o]).sum();
            let per_author = mixture.of_links * of_links + mixture.of_base * *of_base;
            let (mut d, mut f) = (usual * per_author, usual * all);
            for &o in &self.shared[n] {
                d += (shared - usual) * row[o] * per_link[o];
                f += (shared - usual) * per_size[o];
            }
            if self.by_job {
                // What goes by job is no more taken for the reasons that everybody has.
                let own = self.own(n, sample, row, (usual, shared));
                d += own.map(|(own, links)| links * (per_job[own.cell] - per_link[own.occasion])).sum::<f64>();
            }
            structure.push(d);
            fair.push(f);
        }
        let switched = self.pairs.iter().map(|pair| pair.map_or(0.0, |pair| pair.switched(weights))).collect();
        Reading { structure, fair, switched, testimony, per_link, per_job }
    }

    /// Σ over all rivals of L̃(e,o) times a weight, by occasion; the weights are the usual one and that of a shared role. A profile is made of
    /// the few links that a thing has and of a base that many things share ([`Mixture`](super::sample::Mixture)): both are summed apart, so that
    /// a thing costs as much as it has links.
    fn sum_links(&self, sample: &Sample, profiles: &Profiles, of: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
        let mut out = vec![0.0; profiles.market.len()];
        let mut of_bases: Vec<Option<f64>> = vec![None; profiles.base_places()];
        for (n, (&at, (usual, shared))) in self.rivals.iter().zip(of).enumerate() {
            let (row, mixture) = (profiles.row(at), profiles.mixture(at));
            *of_bases[mixture.base].get_or_insert(0.0) += usual * mixture.of_base;
            let scale = usual * mixture.of_links;
            sample.links(at).iter().for_each(|&(o, links)| out[o] += scale * links);
            self.shared[n].iter().for_each(|&o| out[o] += (shared - usual) * row[o]);
        }
        for (place, weight) in of_bases.iter().enumerate().filter_map(|(place, weight)| Some((place, (*weight)?))) {
            out.iter_mut().zip(profiles.base(place)).for_each(|(sum, share)| *sum += weight * share);
        }
        out
    }

    /// The addend of Σ_e L̃(e,j)ρ that goes by job; it is taken out of that which goes by occasion.
    fn by_job(&self, sample: &Sample, profiles: &Profiles, of: &[(f64, f64)], by_links: &mut [f64]) -> Vec<f64> {
        let mut out = vec![0.0; sample.jobs.given.len()];
        for (n, (&at, &weights)) in self.rivals.iter().zip(of).enumerate() {
            for (own, links) in self.own(n, sample, profiles.row(at), weights) {
                out[own.cell] += links;
                by_links[own.occasion] -= links;
            }
        }
        out
    }

    /// What a rival gets per link: P(j|A) over Σ_e L̃(e,j)ρ, by occasion and by job. Both are sums of a part that goes by job and of one that has
    /// the reasons P(m|o) of everybody: in the jobs of an occasion that nobody is taken for, which are nearly all, P(m|o) is in both and each
    /// gives the same.
    fn per_link(&self, sample: &Sample, own: &[f64], by_links: &[f64], by_job: &[f64]) -> (Vec<f64>, Vec<f64>) {
        if !self.by_job {
            return (own.iter().zip(by_links).map(|(own, sum)| own / sum).collect(), Vec::new());
        }
        let reasons = sample.jobs.row(self.subject);
        let mut usual_part = own.to_vec();
        reasons.iter().for_each(|job| usual_part[job.occasion] -= own[job.occasion] * job.reason);
        let usual: Vec<f64> = usual_part.iter().zip(by_links).map(|(share, links)| share / links).collect();
        let mut per_link = usual.clone();
        let mut per_job = Vec::with_capacity(by_job.len());
        for (given, &usual) in sample.jobs.by_occasion().zip(&usual) {
            per_job.resize(per_job.len() + given.len(), usual);
        }
        let mut taken = reasons.iter().peekable();
        for &(cell, o) in &self.jobs {
            let (cell, o) = (cell as usize, o as usize);
            let given = sample.jobs.given[cell];
            let apart = taken.next_if(|job| job.cell == cell).map_or(0.0, |job| own[o] * job.reason);
            let per = (usual_part[o] * given + apart) / (by_links[o] * given + by_job[cell]);
            per_link[o] += given * (per - usual[o]);
            per_job[cell] = per;
        }
        (per_link, per_job)
    }

    /// Σ over all rivals of L̃(e,o)ρ(A,e), by occasion.
    pub fn volumes(&self, sample: &Sample, profiles: &Profiles, weights: &Weights) -> Vec<f64> {
        self.volumes_told(sample, profiles, &self.testimonies(weights))
    }

    /// The same, where the testimony is known.
    pub fn volumes_told(&self, sample: &Sample, profiles: &Profiles, testimony: &[Testimony]) -> Vec<f64> {
        self.sum_links(sample, profiles, self.all_weights(sample, testimony))
    }

    /// The parts of a rival's D, each with its occasion: those of what it is linked with, then those of what it is taken for.
    fn parts(
        &self,
        n: usize,
        weights_of: &[f64],
        sample: &Sample,
        profiles: &Profiles,
        (per_link, per_job): (&[f64], &[f64]),
        mut part: impl FnMut(usize, f64),
    ) {
        let at = self.rivals[n];
        let row = profiles.row(at);
        for (o, ((&weight, &profile), &per)) in weights_of.iter().zip(row).zip(per_link).enumerate() {
            part(o, weight * profile * per);
        }
        if !per_job.is_empty() {
            for own in sample.jobs.row(at) {
                let links = weights_of[own.occasion] * row[own.occasion] * own.reason;
                part(own.occasion, links * (per_job[own.cell] - per_link[own.occasion]));
            }
        }
    }
}

impl Reading {
    /// Θ(A→B) = (S(A→B) + η·D(A→B)) / (S(A→·) + η) of each rival.
    pub fn threat(&self, eta: f64) -> Vec<f64> {
        let all: f64 = self.switched.iter().sum();
        self.switched.iter().zip(&self.structure).map(|(s, d)| (s + eta * d) / (all + eta)).collect()
    }

    /// contribution(o) = P(o|A)·share(B|o)/D of the n-th rival, by occasion.
    pub fn contributions(&self, field: &Field<'_>, sample: &Sample, profiles: &Profiles, n: usize) -> Vec<f64> {
        let occasions = profiles.market.len();
        let mut weights_of = Vec::with_capacity(occasions);
        field.weight(n, sample, &self.testimony[n], occasions, &mut weights_of);
        let mut out = vec![0.0; occasions];
        let per = (self.per_link.as_slice(), self.per_job.as_slice());
        field.parts(n, &weights_of, sample, profiles, per, |o, part| out[o] += part / self.structure[n]);
        out
    }

    /// The share of each rival among those who leave the subject in one job; NaN where jobs are not looked at.
    pub fn in_job(&self, field: &Field<'_>, sample: &Sample, profiles: &Profiles, job: usize) -> Vec<f64> {
        let (o, jobs) = (sample.jobs.occasion(job), &sample.jobs);
        let taken = |at: usize| profiles.row(at)[o] * jobs.reason(at, job);
        let per = self.per_job.get(job).map_or(f64::NAN, |per| per / taken(field.subject));
        (0..field.rivals.len())
            .map(|n| {
                let at = field.rivals[n];
                let rho = self.testimony[n].rho(field.prior(n, o));
                sample.size[at] * rho * taken(at) * per
            })
            .collect()
    }
}

/// The sum of products, in four sums that the processor can do at once.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (mut fours, mut others) = (a.chunks_exact(4), b.chunks_exact(4));
    for (a, b) in fours.by_ref().zip(others.by_ref()) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest: f64 = fours.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// η of a level from (S, D) of its subjects: the weight that makes the switching most likely, given the structure.
pub(in crate::analyze) fn choose_eta(subjects: &[(&[f64], &[f64])]) -> f64 {
    if subjects.iter().flat_map(|(switched, _)| switched.iter()).sum::<f64>() < ENOUGH_SWITCHING {
        return DEFAULT_ETA;
    }
    let defined = || subjects.iter().filter(|(_, structure)| structure.iter().all(|share| share.is_finite()));
    best_of(&ETAS, DEFAULT_ETA, |eta| {
        defined().map(|(s, d)| log_likelihood(s.iter().copied().zip(d.iter().copied()), eta)).sum()
    })
}

/// The occasions in which subject and rival share a further role (`[occasion_role]` of the codebook), rival by rival.
fn shared_roles(layout: &Layout<'_>, home: CategoryId, rivals: &[usize]) -> Vec<Vec<usize>> {
    let listed =
        |category: CategoryId, of: &[CategoryId]| layout.taxonomy.lineage_up(category).any(|up| of.contains(&up));
    let takes = |of: &[CategoryId]| listed(home, of);
    let roles = layout.taxonomy.occasions.iter().map(|occasion| occasion.role.as_ref().map(|(_, of)| of.as_slice()));
    let taken: Vec<(usize, &[CategoryId])> =
        roles.enumerate().filter_map(|(o, of)| Some((o, of.filter(|of| takes(of))?))).collect();
    let shared = |&at: &usize| {
        let shares = |of: &[CategoryId]| listed(layout.category(at), of);
        taken.iter().filter(|(_, of)| shares(of)).map(|&(o, _)| o).collect()
    };
    rivals.iter().map(shared).collect()
}

/// ln w of a pair with an unknown role: how much more often the two stand together in an occasion than chance would have it.
fn ln_w(layout: &Layout<'_>, subject: usize, rival: usize) -> f64 {
    let (a, b) = (layout.entities[subject], layout.entities[rival]);
    if !role_unknown(a, layout.taxonomy) && !role_unknown(b, layout.taxonomy) {
        return 0.0;
    }
    let together = layout.counts.together.get(&if b < a { (b, a) } else { (a, b) }).copied().unwrap_or_default();
    let expected: f64 = layout
        .counts
        .occasions
        .iter()
        .map(|(&occasion, all)| {
            let n = |entity| layout.counts.links.get(&(entity, occasion)).map_or(0, |cell| cell.authors.total()) as f64;
            n(a) * n(b) / (all.total().max(1)) as f64
        })
        .sum();
    ((together as f64 + 5.0) / (expected + 5.0)).clamp(0.1, 10.0).ln()
}

/// ¼^dist of the shelf on which a shopper would look (`base` in place of ¼ shows how much hangs on it).
pub(in crate::analyze) fn nearness(a: Entity, b: Entity, base: f64, taxonomy: &Taxonomy) -> f64 {
    let (one, two) = (category_of(a, taxonomy), category_of(b, taxonomy));
    if taxonomy.same_lineage(one, two) || siblings(one, two, taxonomy) {
        return 1.0;
    }
    let (one, two) = (taxonomy.category(one), taxonomy.category(two));
    let (sector, role) = (one.sector == two.sector, one.role == two.role);
    if sector && role {
        base
    } else if sector || one.broad_role() == two.broad_role() {
        base.powi(2)
    } else {
        base.powi(3)
    }
}

/// Whether two categories are kinds of the same one.
pub(in crate::analyze) fn siblings(a: CategoryId, b: CategoryId, taxonomy: &Taxonomy) -> bool {
    let root = |category| taxonomy.lineage_up(category).last();
    a != b && root(a) == root(b)
}
