//! One look at the counts: the tables, the strengths of the priors, who can be ranked, and what the replicates say.

pub(super) mod diversion;
pub(super) mod influence;
pub(super) mod jobs;
mod kinds;
pub(super) mod language;
pub(super) mod sample;
pub(super) mod weights;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::cards::standing;
use super::findings::{Basis, Kinship, Level, Standing};
use super::numbers::logit;
use crate::accumulate::EntityCounts;
use crate::lexicon::id::Entity;
use crate::limits::BUCKETS;
use diversion::{Field, Reading, choose_eta};
use language::Language;
use sample::{Layout, Profiles, Sample, Shrinkage, choose_shrinkage};
use weights::{ALL, Weights, half};

/// Rivals whose place in the list is followed through the half samples.
const STABLE_TOP: usize = 5;
/// Weightings per thread whose readings wait to be noted: enough that nobody waits long, few enough to take little memory.
const AT_ONCE: usize = 4;
/// ρ from which on a thing is taken in the place of another rather than with it.
const EVEN: f64 = 0.5;

/// The counts, seen as tables.
pub(super) struct Study<'a> {
    pub layout: &'a Layout<'a>,
    pub language: &'a Language<'a>,
    pub shrinkage: Shrinkage,
    pub sample: Sample,
    pub profiles: Profiles,
    /// By place.
    pub standing: Vec<Standing>,
}

/// The whole level: η, and Θ of every entity that can be ranked.
pub(super) struct LevelStudy {
    pub level: Level,
    pub eta: f64,
    /// By place of the subject: places of the rivals, sorted, and Θ.
    threats: FxHashMap<usize, (Vec<usize>, Vec<f64>)>,
}

/// One subject in full.
pub(super) struct SubjectStudy<'a> {
    /// η of its level.
    pub eta: f64,
    pub field: Field<'a>,
    pub reading: Reading,
    pub threat: Vec<f64>,
    /// The rivals that are ranked: indices into the field, in rank order.
    pub order: Vec<usize>,
    /// How many of them come before what is rather taken with the subject, which is ranked last.
    pub competing: usize,
    pub replicates: Replicates,
}

/// The 64 replicates of one subject, by rank of the rival; nothing where shares are withheld.
#[derive(Default)]
pub(super) struct Replicates {
    /// logit Θ.
    pub logit_threat: Vec<Vec<f64>>,
    /// ln(Θ/F).
    pub ln_excess: Vec<Vec<f64>>,
    /// Half samples in which the rival is among the first five.
    pub in_top: Vec<u32>,
}

impl<'a> Study<'a> {
    /// The study of a layout.
    pub fn of(layout: &'a Layout<'a>, language: &'a Language<'a>) -> Self {
        let sample = Sample::of(layout, &ALL);
        let shrinkage = choose_shrinkage(layout, &sample);
        let profiles = Profiles::of(layout, &sample, shrinkage);
        let standing = layout.entities.iter().map(|&of| standing(layout.counts, layout.taxonomy, of)).collect();
        Self { layout, language, shrinkage, sample, profiles, standing }
    }

    /// Counts of the entity at a place.
    pub fn counts(&self, at: usize) -> &EntityCounts {
        &self.layout.counts.entities[&self.layout.entities[at]]
    }

    /// The text id of the entity at a place.
    pub fn id(&self, at: usize) -> &str {
        &super::naming::entity_name(self.layout.entities[at], self.layout.taxonomy).id
    }

    /// The market's L over posts that may enter shares between entities.
    pub fn free_links(&self) -> f64 {
        (0..self.layout.entities.len()).filter(|&at| self.layout.is_root(at)).map(|at| self.sample.size[at]).sum()
    }

    /// The places of entities that there are.
    pub fn places(&self, entities: &[Entity]) -> Vec<usize> {
        entities.iter().filter_map(|entity| self.layout.entities.binary_search(entity).ok()).collect()
    }

    /// η of a level, and Θ of everything that can be ranked in it.
    pub fn level(&self, level: Level) -> LevelStudy {
        let brand = level != Level::Category;
        let rows: Vec<(usize, Vec<usize>, Reading)> = (0..self.layout.entities.len())
            .filter(|&at| self.layout.is_brand(at) == brand && self.standing[at] == Standing::Ranked)
            .map(|at| {
                let field = Field::of(self.layout, self.language, at, level);
                let mut reading = field.read(&self.sample, &self.profiles, &ALL);
                // Hundreds of brands against a thousand: only what η and Θ need is kept.
                (reading.testimony, reading.fair) = (Vec::new(), Vec::new());
                (at, field.rivals, reading)
            })
            .collect();
        let eta = choose_eta(&rows.iter().map(|(.., r)| (&r.switched[..], &r.structure[..])).collect::<Vec<_>>());
        let threats = rows.into_iter().map(|(at, rivals, reading)| (at, (rivals, reading.threat(eta)))).collect();
        LevelStudy { level, eta, threats }
    }

    /// The subjects of a level. Without `shares` rivals stand in the order of what people say.
    pub fn in_full(&self, places: &[usize], level: &LevelStudy, shares: bool) -> Vec<SubjectStudy<'a>> {
        places
            .iter()
            .map(|&at| {
                let field = Field::of(self.layout, self.language, at, level.level);
                let reading = field.read(&self.sample, &self.profiles, &ALL);
                let threat = reading.threat(level.eta);
                let mut subject = SubjectStudy {
                    eta: level.eta,
                    field,
                    reading,
                    threat,
                    order: Vec::new(),
                    competing: 0,
                    replicates: Replicates::default(),
                };
                (subject.order, subject.competing) = self.order(&subject, shares);
                subject
            })
            .collect()
    }

    /// Ranked rivals by threat, or where shares are withheld by switching, then by choosing; ties by id. What is
    /// taken with the subject rather than in its place (ρ < ½) comes after all others, however large its share of the structure.
    fn order(&self, study: &SubjectStudy<'_>, shares: bool) -> (Vec<usize>, usize) {
        let field = &study.field;
        if self.standing[field.subject] != Standing::Ranked {
            return (Vec::new(), 0);
        }
        let choosing = |n: usize| study.reading.told(field, n).choosing;
        let score = |n: usize| if shares { (study.threat[n], 0.0) } else { (study.reading.switched[n], choosing(n)) };
        let counts = |n: usize| if shares { study.threat[n].is_finite() } else { choosing(n) > 0.0 };
        let mut order: Vec<(bool, usize)> = (0..field.rivals.len())
            .filter(|&n| self.standing[field.rivals[n]] == Standing::Ranked && counts(n))
            .map(|n| (study.kinship(self, n).rho < EVEN, n))
            .collect();
        order.sort_by(|&(last_a, a), &(last_b, b)| {
            let (one, two) = (score(a), score(b));
            (last_a.cmp(&last_b))
                .then(two.0.total_cmp(&one.0))
                .then(two.1.total_cmp(&one.1))
                .then_with(|| self.id(field.rivals[a]).cmp(self.id(field.rivals[b])))
        });
        let competing = order.iter().take_while(|(apart, _)| !apart).count();
        (order.into_iter().map(|(_, n)| n).collect(), competing)
    }

    /// The tables under many weights, each read by `read` and noted in the order of the weights, whatever the number of threads.
    pub fn under<T: Send>(
        &self,
        weights: impl Fn(usize) -> Weights + Sync,
        read: impl Fn(&Weights, &Sample, &Profiles) -> T + Sync,
        mut note: impl FnMut(T),
    ) {
        let one = |n: usize| {
            let weights = weights(n);
            let sample = Sample::of(self.layout, &weights);
            let profiles = Profiles::of(self.layout, &sample, self.shrinkage);
            read(&weights, &sample, &profiles)
        };
        let at_once = AT_ONCE * rayon::current_num_threads().max(1);
        for from in (0..BUCKETS).step_by(at_once) {
            let read: Vec<T> = (from..(from + at_once).min(BUCKETS)).into_par_iter().map(one).collect();
            read.into_iter().for_each(&mut note);
        }
    }

    /// Fills in the replicates of subjects, of all levels at once: what they are without each bucket is known.
    pub fn replicate(&self, subjects: &mut [&mut SubjectStudy<'a>], jackknife: &[Vec<Vec<[f64; 2]>>]) {
        let shared: &[&mut SubjectStudy<'a>] = subjects;
        let mut in_top: Vec<Vec<u32>> = shared.iter().map(|subject| vec![0; subject.order.len()]).collect();
        let first = |weights: &Weights, sample: &Sample, profiles: &Profiles| -> Vec<Vec<usize>> {
            shared.iter().map(|subject| self.first(subject, weights, sample, profiles)).collect()
        };
        self.under(half, first, |firsts| {
            for (in_top, ranks) in in_top.iter_mut().zip(firsts) {
                ranks.into_iter().for_each(|rank| in_top[rank] += 1);
            }
        });
        for ((at, subject), in_top) in subjects.iter_mut().enumerate().zip(in_top) {
            let column = |rank: usize, which: usize| jackknife.iter().map(|of| of[at][rank][which]).collect();
            subject.replicates = Replicates {
                logit_threat: (0..subject.order.len()).map(|rank| column(rank, 0)).collect(),
                ln_excess: (0..subject.order.len()).map(|rank| column(rank, 1)).collect(),
                in_top,
            };
        }
    }

    /// The ranks of those who come first under some weights.
    fn first(&self, subject: &SubjectStudy<'a>, weights: &Weights, sample: &Sample, profiles: &Profiles) -> Vec<usize> {
        let competing = &subject.order[..subject.competing];
        let read = subject.field.replicate((sample, profiles, weights), subject.eta, competing);
        let mut ranks: Vec<usize> = (0..subject.competing).collect();
        ranks.sort_by(|&a, &b| {
            let id = |rank: usize| self.id(subject.field.rivals[competing[rank]]);
            read[b].0.total_cmp(&read[a].0).then_with(|| id(a).cmp(id(b)))
        });
        ranks.truncate(STABLE_TOP);
        ranks
    }
}

/// How far a rival replaces the subject.
#[derive(Debug, Clone, Copy)]
pub(super) struct KinshipReading {
    pub rho: f64,
    pub interval: [f64; 2],
    pub kinship: Kinship,
    pub basis: Basis,
}

impl SubjectStudy<'_> {
    /// Competitor or complement, by what is said of the n-th rival and by p0 averaged over the occasions by their part in D, or by the
    /// subject's profile where D is not defined.
    pub fn kinship(&self, study: &Study<'_>, n: usize) -> KinshipReading {
        let contributions = self.reading.contributions(&self.field, &study.sample, &study.profiles, n);
        let defined = contributions.iter().all(|part| part.is_finite());
        let parts = if defined { &contributions } else { study.profiles.row(self.field.subject) };
        let weighed = parts.iter().enumerate().map(|(o, part)| part * self.field.kinds.prior(n, o));
        let p0 = weighed.sum::<f64>() / parts.iter().sum::<f64>();
        let testimony = self.reading.told(&self.field, n);
        let interval = testimony.interval(p0);
        let (kinship, basis) = testimony.kinship(interval);
        KinshipReading { rho: testimony.rho(p0), interval, kinship, basis }
    }

    /// logit Θ and ln(Θ/F) of the ranked rivals under some weights.
    pub fn uncertain(&self, weights: &Weights, sample: &Sample, profiles: &Profiles) -> Vec<[f64; 2]> {
        let read = self.field.replicate((sample, profiles, weights), self.eta, &self.order);
        read.into_iter().map(|(threat, fair)| [logit(threat), (threat / fair).ln()]).collect()
    }
}

impl LevelStudy {
    /// Θ(A→B) by places, where A can be ranked.
    pub fn threat(&self, a: usize, b: usize) -> Option<f64> {
        let (rivals, threat) = self.threats.get(&a)?;
        rivals.binary_search(&b).ok().map(|n| threat[n])
    }
}
