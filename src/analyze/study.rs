//! One look at the counts: the tables, the strengths of the priors, who can be ranked, and what the replicates say.

use rustc_hash::FxHashMap;

use super::diversion::{Field, Reading, choose_eta};
use super::findings::{Level, Standing};
use super::language::Language;
use super::numbers::logit;
use super::parameters::{GATE_AUTHORS, GATE_BUCKETS, Parameters};
use super::sample::{ALL, Layout, Profiles, Sample, Shrinkage, Weights, choose_shrinkage, half, without};
use crate::accumulate::EntityCounts;
use crate::lexicon::id::Entity;
use crate::limits::BUCKETS;

/// Rivals whose place in the list is followed through the half samples.
const STABLE_TOP: usize = 5;

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
    pub field: Field<'a>,
    pub reading: Reading,
    pub threat: Vec<f64>,
    /// The rivals that are ranked: indices into the field, in rank order.
    pub order: Vec<usize>,
    pub replicates: Replicates,
}

/// The 64 replicates of one subject; row n belongs to the n-th rival of the field, and is empty where that is not ranked.
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
        let standing = layout.entities.iter().map(|&entity| standing(layout, entity)).collect();
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

    /// Places of all subjects of the levels that were asked for, by level, most authors first.
    pub fn cards(&self, parameters: &Parameters) -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for level in [Level::Category, Level::Brand, Level::Cross] {
            if parameters.levels.contains(&level) {
                let more = self.subjects(level, parameters);
                out.extend(more.iter().filter(|at| !out.contains(at)).copied().collect::<Vec<_>>());
            }
        }
        out
    }

    /// Places of the subjects of a level in the order of their cards: those asked for, or the most spoken of.
    pub fn subjects(&self, level: Level, parameters: &Parameters) -> Vec<usize> {
        let brand = level != Level::Category;
        let mut out: Vec<usize> = (0..self.layout.entities.len())
            .filter(|&at| self.layout.is_brand(at) == brand)
            .filter(|&at| match parameters.focus.as_slice() {
                [] => self.standing[at] == Standing::Ranked,
                focus => focus.contains(&self.layout.entities[at]),
            })
            .collect();
        out.sort_by_key(|&at| (std::cmp::Reverse(self.counts(at).authors.total()), at));
        if parameters.focus.is_empty() {
            out.truncate(parameters.subjects);
        }
        out
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

    /// The subjects of a level in full. Without `shares` there are no replicates, and rivals stand in the order of what people say.
    pub fn in_full(&self, places: &[usize], level: &LevelStudy, shares: bool) -> Vec<SubjectStudy<'a>> {
        let mut out: Vec<SubjectStudy<'a>> = places
            .iter()
            .map(|&at| {
                let field = Field::of(self.layout, self.language, at, level.level);
                let reading = field.read(&self.sample, &self.profiles, &ALL);
                let threat = reading.threat(level.eta);
                let mut study =
                    SubjectStudy { field, reading, threat, order: Vec::new(), replicates: Replicates::default() };
                study.order = self.order(&study, shares);
                study
            })
            .collect();
        if shares {
            for bucket in 0..BUCKETS {
                self.replicate(&without(bucket), &mut out, level.eta, Self::note_jackknife);
            }
            for n in 0..BUCKETS {
                self.replicate(&half(n), &mut out, level.eta, Self::note_half);
            }
        }
        out
    }

    /// Ranked rivals by threat, or where shares are withheld by switching, then by choosing; ties by id.
    fn order(&self, study: &SubjectStudy<'_>, shares: bool) -> Vec<usize> {
        let field = &study.field;
        let mut order: Vec<usize> =
            (0..field.rivals.len()).filter(|&n| self.standing[field.rivals[n]] == Standing::Ranked).collect();
        if self.standing[field.subject] != Standing::Ranked {
            return Vec::new();
        }
        let score = |n: usize| {
            if shares {
                [study.threat[n], 0.0]
            } else {
                [study.reading.switched[n], study.reading.testimony[n].choosing]
            }
        };
        if shares {
            order.retain(|&n| study.threat[n].is_finite());
        } else {
            order.retain(|&n| study.reading.testimony[n].choosing > 0.0);
        }
        order.sort_by(|&a, &b| {
            let (one, two) = (score(a), score(b));
            two[0]
                .total_cmp(&one[0])
                .then(two[1].total_cmp(&one[1]))
                .then_with(|| self.id(field.rivals[a]).cmp(self.id(field.rivals[b])))
        });
        order
    }

    /// Reads all subjects under some weights.
    fn replicate(
        &self,
        weights: &Weights,
        subjects: &mut [SubjectStudy<'a>],
        eta: f64,
        note: impl Fn(&Self, &mut SubjectStudy<'a>, &Reading, &[f64]),
    ) {
        let sample = Sample::of(self.layout, weights);
        let profiles = Profiles::of(self.layout, &sample, self.shrinkage);
        for subject in subjects.iter_mut().filter(|subject| !subject.order.is_empty()) {
            let reading = subject.field.read(&sample, &profiles, weights);
            let threat = reading.threat(eta);
            note(self, subject, &reading, &threat);
        }
    }

    /// Notes one jackknife replicate.
    fn note_jackknife(&self, subject: &mut SubjectStudy<'a>, reading: &Reading, threat: &[f64]) {
        let all = subject.field.rivals.len();
        subject.replicates.logit_threat.resize_with(all, Vec::new);
        subject.replicates.ln_excess.resize_with(all, Vec::new);
        for &n in &subject.order {
            subject.replicates.logit_threat[n].push(logit(threat[n]));
            subject.replicates.ln_excess[n].push((threat[n] / reading.fair[n]).ln());
        }
    }

    /// Notes who comes first in a half sample.
    fn note_half(&self, subject: &mut SubjectStudy<'a>, _: &Reading, threat: &[f64]) {
        subject.replicates.in_top.resize(subject.field.rivals.len(), 0);
        let rivals = &subject.field.rivals;
        let mut first = subject.order.clone();
        first
            .sort_by(|&a, &b| threat[b].total_cmp(&threat[a]).then_with(|| self.id(rivals[a]).cmp(self.id(rivals[b]))));
        for &n in first.iter().take(STABLE_TOP) {
            subject.replicates.in_top[n] += 1;
        }
    }
}

impl LevelStudy {
    /// Θ(A→B) by places, where A can be ranked.
    pub fn threat(&self, a: usize, b: usize) -> Option<f64> {
        let (rivals, threat) = self.threats.get(&a)?;
        rivals.binary_search(&b).ok().map(|n| threat[n])
    }
}

/// Whether an entity can be ranked.
fn standing(layout: &Layout<'_>, entity: Entity) -> Standing {
    let counts = &layout.counts.entities[&entity];
    let catch_all = match entity {
        Entity::Category(category) => layout.taxonomy.category(category).catch_all,
        Entity::Brand(_) => false,
    };
    if catch_all {
        Standing::CatchAll
    } else if counts.authors.total() < GATE_AUTHORS || counts.authors.filled() < GATE_BUCKETS {
        Standing::InsufficientEvidence
    } else {
        Standing::Ranked
    }
}
