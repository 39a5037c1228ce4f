//! Of the consumers who leave A, the share that B gets: by occasions and roles (D), by size alone (F), and with what
//! people say (Θ). Method §3.

use super::super::findings::Level;
use super::jobs::Own;
use super::kinds::Kinds;
use super::language::{Language, Testimony};
use super::sample::{Layout, Profiles, Sample, best_of, category_of, log_likelihood};
use super::weights::Weights;
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
    /// The places of all entities of the level outside the subject's lineage, sorted; a category that is nothing but one
    /// of its kinds here is told by that.
    pub rivals: Vec<usize>,
    /// How they stand to the subject.
    pub kinds: Kinds<'a>,
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
    /// The testimony on each kind of rival.
    pub testimony: Vec<Testimony>,
    /// What a rival gets per L̃(B,o)ρ(A,B), by occasion.
    per_link: Vec<f64>,
    /// The same by job; empty where the subject's jobs are not looked at.
    per_job: Vec<f64>,
}

/// The sums over all rivals of a field under some weights.
struct Sums {
    /// The testimony on each kind of rival.
    testimony: Vec<Testimony>,
    /// L(e)·ρ of each rival: as usual, and where it shares a further role.
    of: Vec<(f64, f64)>,
    per_link: Vec<f64>,
    per_job: Vec<f64>,
    /// What a rival gets per L(e)ρ(A,e), by occasion.
    per_size: Vec<f64>,
}

impl<'a> Field<'a> {
    /// The field of a subject.
    pub fn of(layout: &Layout<'_>, language: &'a Language<'a>, subject: usize, level: Level) -> Self {
        let taxonomy = layout.taxonomy;
        let home = layout.category(subject);
        let rivals: Vec<usize> = (0..layout.entities.len())
            .filter(|&at| layout.is_brand(at) == (level == Level::Brand))
            .filter(|&at| layout.only_kind(at).is_none())
            .filter(|&at| at != subject && (layout.is_brand(at) || !taxonomy.same_lineage(home, layout.category(at))))
            .collect();
        let by_job = layout.jobs.allow(subject);
        let occasion = |cell: usize| layout.jobs.job(cell).0.index();
        let taken = |&at: &usize| layout.jobs.rows[at].iter().map(|&(cell, _)| (cell as u32, occasion(cell) as u32));
        let mut jobs: Vec<(u32, u32)> =
            if by_job { rivals.iter().chain([&subject]).flat_map(taken).collect() } else { Vec::new() };
        jobs.sort_unstable();
        jobs.dedup();
        // Nearly all were there many times.
        jobs.shrink_to_fit();
        let kinds = Kinds::of(layout, language, subject, &rivals, level);
        Self { subject, kinds, by_job, jobs, rivals }
    }

    /// L(e)·ρ of all rivals: as usual, and in the occasions in which a rival shares a further role with the subject.
    fn all_weights(&self, sample: &Sample, testimony: &[Testimony]) -> impl Iterator<Item = (f64, f64)> {
        let sizes = self.rivals.iter().map(|&at| sample.size[at]);
        sizes.zip(self.kinds.rho(testimony)).map(|(size, (usual, shared))| (size * usual, size * shared))
    }

    /// L(e)·ρ of one rival, by occasion.
    fn weight(&self, n: usize, sample: &Sample, told: Testimony, occasions: usize) -> Vec<f64> {
        let size = sample.size[self.rivals[n]];
        let (usual, shared) = self.kinds.rho_of(n, told);
        let mut out = vec![size * usual; occasions];
        self.kinds.shared(n).iter().for_each(|&o| out[o] = size * shared);
        out
    }

    /// L̃(e,o)ρ·J(e,j)/(J(e,o)+20) of the jobs that a rival is taken for.
    #[inline]
    fn own<'s>(
        &'s self,
        n: usize,
        sample: &'s Sample,
        profiles: &'s Profiles,
        (usual, shared): (f64, f64),
    ) -> impl Iterator<Item = (&'s Own, f64)> {
        let shared_in = self.kinds.shared(n);
        profiles.taken(sample, self.rivals[n]).map(move |(own, taken)| {
            let sharing = !shared_in.is_empty() && shared_in.contains(&own.occasion());
            (own, if sharing { shared } else { usual } * taken)
        })
    }

    /// D and F under some weights.
    pub fn read(&self, sample: &Sample, profiles: &Profiles, weights: &Weights) -> Reading {
        let sums = self.sums(sample, profiles, weights);
        let (structure, fair) = self.shares(&sums, sample, profiles, 0..self.rivals.len()).unzip();
        let pairs = (0..self.rivals.len()).map(|n| self.kinds.pair(n));
        let switched = pairs.map(|pair| pair.map_or(0.0, |pair| pair.switched(weights))).collect();
        let Sums { testimony, per_link, per_job, .. } = sums;
        Reading { structure, fair, switched, testimony, per_link, per_job }
    }

    /// Θ and F of some rivals under some weights: replicates ask for those that are ranked, and there are few of them.
    pub fn replicate(
        &self,
        (sample, profiles, weights): (&Sample, &Profiles, &Weights),
        eta: f64,
        rivals: &[usize],
    ) -> Vec<(f64, f64)> {
        let sums = self.sums(sample, profiles, weights);
        let all = self.kinds.switched(weights);
        let of = |(&n, (structure, fair)): (&usize, (f64, f64))| {
            let switched = self.kinds.pair(n).map_or(0.0, |pair| pair.switched(weights));
            (theta(switched, structure, all, eta), fair)
        };
        rivals.iter().zip(self.shares(&sums, sample, profiles, rivals.iter().copied())).map(of).collect()
    }

    /// The sums over all rivals. This runs for every subject in 128 replicates: what is the same in all occasions is taken out of the sums.
    fn sums(&self, sample: &Sample, profiles: &Profiles, weights: &Weights) -> Sums {
        let testimony = self.kinds.testimonies(weights);
        let occasions = profiles.market.len();
        let of: Vec<(f64, f64)> = self.all_weights(sample, &testimony).collect();
        let mut by_size = vec![of.iter().map(|(usual, _)| usual).sum::<f64>(); occasions];
        for &n in self.kinds.sharing() {
            let (usual, shared) = of[n as usize];
            self.kinds.shared(n as usize).iter().for_each(|&o| by_size[o] += shared - usual);
        }
        let mut by_links = self.sum_links(sample, profiles, of.iter().copied());
        let by_job = if self.by_job { self.by_job(sample, profiles, &of, &mut by_links) } else { Vec::new() };
        let own = profiles.row(self.subject);
        let (per_link, per_job) = self.per_link(sample, own, &by_links, &by_job);
        let per_size = own.iter().zip(&by_size).map(|(own, sum)| own / sum).collect();
        Sums { testimony, of, per_link, per_job, per_size }
    }

    /// D and F of some rivals.
    fn shares(
        &self,
        sums: &Sums,
        sample: &Sample,
        profiles: &Profiles,
        rivals: impl Iterator<Item = usize>,
    ) -> impl Iterator<Item = (f64, f64)> {
        let Sums { of, per_link, per_job, per_size, .. } = sums;
        let all: f64 = per_size.iter().sum();
        let mut of_bases: Vec<Option<f64>> = vec![None; profiles.base_places()];
        rivals.map(move |n| {
            let (at, (usual, shared)) = (self.rivals[n], of[n]);
            let (row, mixture) = (profiles.row(at), profiles.mixture(at));
            let of_base = of_bases[mixture.base].get_or_insert_with(|| dot(profiles.base(mixture.base), per_link));
            let of_links: f64 = sample.links(at).iter().map(|&(o, links)| links * per_link[o]).sum();
            let per_author = mixture.of_links * of_links + mixture.of_base * *of_base;
            let (mut d, mut f) = (usual * per_author, usual * all);
            for &o in self.kinds.shared(n) {
                d += (shared - usual) * row[o] * per_link[o];
                f += (shared - usual) * per_size[o];
            }
            if self.by_job {
                // What goes by job is no more taken for the reasons that everybody has.
                let own = self.own(n, sample, profiles, (usual, shared));
                d += own.map(|(own, links)| links * (per_job[own.cell()] - per_link[own.occasion()])).sum::<f64>();
            }
            (d, f)
        })
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
            self.kinds.shared(n).iter().for_each(|&o| out[o] += (shared - usual) * row[o]);
        }
        for (place, weight) in of_bases.iter().enumerate().filter_map(|(place, weight)| Some((place, (*weight)?))) {
            out.iter_mut().zip(profiles.base(place)).for_each(|(sum, share)| *sum += weight * share);
        }
        out
    }

    /// The addend of Σ_e L̃(e,j)ρ that goes by job; it is taken out of that which goes by occasion.
    fn by_job(&self, sample: &Sample, profiles: &Profiles, of: &[(f64, f64)], by_links: &mut [f64]) -> Vec<f64> {
        let mut out = vec![0.0; sample.jobs.given.len()];
        for (n, &weights) in of.iter().enumerate() {
            self.own(n, sample, profiles, weights).for_each(|(own, links)| out[own.cell()] += links);
        }
        let by_occasion = out.chunks(sample.jobs.motives.max(1));
        by_links.iter_mut().zip(by_occasion).for_each(|(links, jobs)| *links -= jobs.iter().sum::<f64>());
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
        reasons.iter().for_each(|job| usual_part[job.occasion()] -= own[job.occasion()] * job.reason);
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
            let apart = taken.next_if(|job| job.cell() == cell).map_or(0.0, |job| own[o] * job.reason);
            let per = (usual_part[o] * given + apart) / (by_links[o] * given + by_job[cell]);
            per_link[o] += given * (per - usual[o]);
            per_job[cell] = per;
        }
        (per_link, per_job)
    }

    /// Σ over all rivals of L̃(e,o)ρ(A,e), by occasion.
    pub fn volumes(&self, sample: &Sample, profiles: &Profiles, weights: &Weights) -> Vec<f64> {
        self.volumes_told(sample, profiles, &self.kinds.testimonies(weights))
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
                let o = own.occasion();
                part(o, weights_of[o] * row[o] * own.reason * (per_job[own.cell()] - per_link[o]));
            }
        }
    }
}

impl Reading {
    /// Θ(A→B) = (S(A→B) + η·D(A→B)) / (S(A→·) + η) of each rival.
    pub fn threat(&self, eta: f64) -> Vec<f64> {
        let all: f64 = self.switched.iter().sum();
        self.switched.iter().zip(&self.structure).map(|(&s, &d)| theta(s, d, all, eta)).collect()
    }

    /// The testimony on the n-th rival.
    pub fn told(&self, field: &Field<'_>, n: usize) -> Testimony {
        field.kinds.told(&self.testimony, n)
    }

    /// contribution(o) = P(o|A)·share(B|o)/D of the n-th rival, by occasion.
    pub fn contributions(&self, field: &Field<'_>, sample: &Sample, profiles: &Profiles, n: usize) -> Vec<f64> {
        let occasions = profiles.market.len();
        let weights_of = field.weight(n, sample, self.told(field, n), occasions);
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
                let rho = self.told(field, n).rho(field.kinds.prior(n, o));
                sample.size[at] * rho * taken(at) * per
            })
            .collect()
    }
}

/// Θ of a rival, from S(A→B), D(A→B) and S(A→·).
fn theta(switched: f64, structure: f64, all: f64, eta: f64) -> f64 {
    (switched + eta * structure) / (all + eta)
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
