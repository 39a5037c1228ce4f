//! The counts as dense tables, under any weighting of the 64 author buckets.

use rustc_hash::FxHashMap;

use super::jobs::{JobLayout, JobSample, Own};
use super::weights::{Weights, weigh};
use crate::accumulate::{Counts, LinkCounts, UNIT};
use crate::lexicon::id::{CategoryId, Entity};
use crate::lexicon::taxonomy::Taxonomy;

/// Where everything stands in the dense tables.
pub(in crate::analyze) struct Layout<'a> {
    /// The counts.
    pub counts: &'a Counts,
    /// Labels, roles and kinship.
    pub taxonomy: &'a Taxonomy,
    /// Entities in the order of their ids: categories, then brands.
    pub entities: Vec<Entity>,
    /// Number of occasions.
    pub occasions: usize,
    /// For each entity its home category's place, if anybody speaks of that.
    home: Vec<Option<usize>>,
    /// For each category the kind of it that nearly all its authors speak of, if there is one.
    only_kind: Vec<Option<Entity>>,
    /// Place, occasion, counts, and whether all of these may enter shares between entities.
    cells: Vec<(usize, usize, &'a LinkCounts, bool)>,
    /// Their jobs.
    pub jobs: JobLayout<'a>,
}

impl<'a> Layout<'a> {
    /// The layout of some counts.
    pub fn of(counts: &'a Counts, taxonomy: &'a Taxonomy) -> Self {
        let entities: Vec<Entity> = counts.entities.keys().copied().collect();
        let index: FxHashMap<Entity, usize> = entities.iter().enumerate().map(|(at, &entity)| (entity, at)).collect();
        let home = entities
            .iter()
            .map(|&entity| index.get(&Entity::Category(category_of(entity, taxonomy))).copied())
            .collect();
        let cells = counts
            .links
            .iter()
            .filter_map(|(&(entity, occasion), links)| {
                Some((*index.get(&entity)?, occasion.index(), links, links.free == links.about))
            })
            .collect();
        let jobs = JobLayout::of(counts, taxonomy, &entities);
        let only_kind = entities.iter().map(|&entity| only_kind(counts, taxonomy, entity)).collect();
        Self { counts, taxonomy, entities, occasions: taxonomy.occasions.len(), home, only_kind, cells, jobs }
    }

    /// The kind that the category at a place is in these posts: where all talk of amusement is of escape rooms, the two
    /// would stand among the rivals as one thing told twice.
    pub fn only_kind(&self, at: usize) -> Option<Entity> {
        self.only_kind[at]
    }

    /// Whether the entity at a place is a brand.
    pub fn is_brand(&self, at: usize) -> bool {
        matches!(self.entities[at], Entity::Brand(_))
    }

    /// The category of the entity at a place: itself, or a brand's home.
    pub fn category(&self, at: usize) -> CategoryId {
        category_of(self.entities[at], self.taxonomy)
    }

    /// Whether the entity at a place is a category that is no kind of another: these make up the market, each link once.
    pub fn is_root(&self, at: usize) -> bool {
        !self.is_brand(at) && self.taxonomy.category(self.category(at)).parent.is_none()
    }
}

/// The category itself, or the brand's home.
pub(in crate::analyze) fn category_of(entity: Entity, taxonomy: &Taxonomy) -> CategoryId {
    match entity {
        Entity::Category(category) => category,
        Entity::Brand(brand) => taxonomy.brand(brand).home,
    }
}

/// The part of a category's authors from which on one kind of it is all of it.
const ALL_OF_IT: f64 = 0.8;

/// The kind of a category that nearly all its authors speak of; a kind counts with its parent, so none is greater.
fn only_kind(counts: &Counts, taxonomy: &Taxonomy, entity: Entity) -> Option<Entity> {
    let Entity::Category(whole) = entity else { return None };
    let authors = |entity: &Entity| counts.entities.get(entity).map_or(0, |counts| counts.authors.total()) as f64;
    let kinds = (0..taxonomy.categories.len()).map(|n| CategoryId(n as u16));
    kinds
        .filter(|&kind| taxonomy.category(kind).parent == Some(whole))
        .map(Entity::Category)
        .find(|kind| authors(kind) >= ALL_OF_IT * authors(&entity))
}

/// L in authors, as dense tables.
pub(in crate::analyze) struct Sample {
    /// L(e,o), row by row, over posts that may speak for e.
    about: Vec<f64>,
    /// The same without the zeros, which are nearly all, by place and occasion.
    links: Vec<(usize, f64)>,
    /// Where the links of each entity begin, and where those of the last end.
    starts: Vec<usize>,
    /// L(e) of the same.
    pub total: Vec<f64>,
    /// L(e) over posts that may enter shares between entities.
    pub size: Vec<f64>,
    /// L(o) of the categories that are no kind of another.
    pub market: Vec<f64>,
    /// L(o) of the brands.
    pub brands: Vec<f64>,
    /// Jobs.
    pub jobs: JobSample,
    occasions: usize,
}

impl Sample {
    /// The sample under some weights.
    pub fn of(layout: &Layout<'_>, weights: &Weights) -> Self {
        let (entities, occasions) = (layout.entities.len(), layout.occasions);
        let mut sample = Self {
            about: vec![0.0; entities * occasions],
            links: Vec::with_capacity(layout.cells.len()),
            starts: Vec::with_capacity(entities + 1),
            total: vec![0.0; entities],
            size: vec![0.0; entities],
            market: vec![0.0; occasions],
            brands: vec![0.0; occasions],
            jobs: JobSample::of(&layout.jobs, weights),
            occasions,
        };
        for &(entity, occasion, links, free) in &layout.cells {
            let about = weigh(&links.about, weights) / UNIT as f64;
            sample.about[entity * occasions + occasion] = about;
            // Cells are sorted by place.
            sample.starts.resize((entity + 1).max(sample.starts.len()), sample.links.len());
            sample.links.push((occasion, about));
            sample.total[entity] += about;
            sample.size[entity] += if free { about } else { weigh(&links.free, weights) / UNIT as f64 };
            if layout.is_root(entity) {
                sample.market[occasion] += about;
            } else if layout.is_brand(entity) {
                sample.brands[occasion] += about;
            }
        }
        sample.starts.resize(entities + 1, sample.links.len());
        sample
    }

    /// L(e,o) of the occasions with which anybody links an entity.
    pub fn links(&self, entity: usize) -> &[(usize, f64)] {
        &self.links[self.starts[entity]..self.starts[entity + 1]]
    }

    /// L(e,o) of one entity.
    pub fn row(&self, entity: usize) -> &[f64] {
        &self.about[entity * self.occasions..(entity + 1) * self.occasions]
    }
}

/// Strengths of the shrinkage, fixed in all replicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::analyze) struct Shrinkage {
    /// Of categories toward the market.
    pub category: f64,
    /// Of brands toward their category.
    pub brand: f64,
}

/// Prior weight of the market in a category's own base profile.
const CATEGORY_WEIGHT: f64 = 50.0;
/// The strengths that are tried.
const STRENGTHS: [f64; 7] = [5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];
/// The strength while there is too little to choose by.
const DEFAULT_STRENGTH: f64 = 20.0;
/// Links of a level from which on the strength is chosen.
const ENOUGH_LINKS: f64 = 200.0;

/// P(o|e) of all entities.
pub(in crate::analyze) struct Profiles {
    /// π(o).
    pub market: Vec<f64>,
    /// π_c(o) of each category, by its place; empty at the places of brands.
    bases: Vec<Vec<f64>>,
    mixtures: Vec<Mixture>,
    shrunk: Vec<f64>,
    /// P(o|e)·J(e,j)/(J(e,o)+20) of all jobs that anything is taken for, in the order of the sample.
    taken: Vec<f64>,
    occasions: usize,
}

/// Of what a profile is made: P(o|e) = `of_links`·L(e,o) + `of_base`·base(o).
#[derive(Debug, Clone, Copy)]
pub(in crate::analyze) struct Mixture {
    /// The place of the base: a category's for its brands; behind all entities, the market.
    pub base: usize,
    pub of_links: f64,
    pub of_base: f64,
}

impl Profiles {
    /// The shrunk profiles of a sample (method §2).
    pub fn of(layout: &Layout<'_>, sample: &Sample, k: Shrinkage) -> Self {
        let occasions = layout.occasions;
        let market = base_profile(sample);
        let bases = bases(layout, sample, &market);
        let mut shrunk = vec![0.0; layout.entities.len() * occasions];
        let mut mixtures = Vec::with_capacity(layout.entities.len());
        for at in 0..layout.entities.len() {
            let strength = if layout.is_brand(at) { k.brand } else { k.category };
            let base = prior(layout, &bases, &market, at);
            let scale = 1.0 / (sample.total[at] + strength);
            let out = &mut shrunk[at * occasions..(at + 1) * occasions];
            for ((out, &links), base) in out.iter_mut().zip(sample.row(at)).zip(base) {
                *out = (links + strength * base) * scale;
            }
            let base = layout.home[at].filter(|_| layout.is_brand(at)).unwrap_or(layout.entities.len());
            mixtures.push(Mixture { base, of_links: scale, of_base: strength * scale });
        }
        let mut taken = Vec::with_capacity(sample.jobs.all().len());
        for (at, row) in shrunk.chunks(occasions.max(1)).enumerate() {
            taken.extend(sample.jobs.row(at).iter().map(|own| row[own.occasion()] * own.reason));
        }
        Self { market, bases, mixtures, shrunk, taken, occasions }
    }

    /// P(o|e)·J(e,j)/(J(e,o)+20) of the jobs that an entity is taken for.
    pub fn taken<'p>(&'p self, sample: &'p Sample, entity: usize) -> impl Iterator<Item = (&'p Own, f64)> {
        sample.jobs.row(entity).iter().zip(self.taken[sample.jobs.range(entity)].iter().copied())
    }

    /// Of what the profile of an entity is made.
    pub fn mixture(&self, entity: usize) -> Mixture {
        self.mixtures[entity]
    }

    /// The base at a place of [`Mixture::base`].
    pub fn base(&self, place: usize) -> &[f64] {
        self.bases.get(place).unwrap_or(&self.market)
    }

    /// Places of bases there are.
    pub fn base_places(&self) -> usize {
        self.bases.len() + 1
    }

    /// P(o|e) of one entity.
    pub fn row(&self, entity: usize) -> &[f64] {
        &self.shrunk[entity * self.occasions..(entity + 1) * self.occasions]
    }
}

/// π(o) = (L(o)+½)/(L+O/2).
fn base_profile(sample: &Sample) -> Vec<f64> {
    let all = sample.market.iter().sum::<f64>() + 0.5 * sample.occasions as f64;
    sample.market.iter().map(|links| (links + 0.5) / all).collect()
}

/// π_c(o) of each category, by its place; empty at the places of brands.
fn bases(layout: &Layout<'_>, sample: &Sample, market: &[f64]) -> Vec<Vec<f64>> {
    let base = |at: usize| {
        let scale = 1.0 / (sample.total[at] + CATEGORY_WEIGHT);
        sample.row(at).iter().zip(market).map(|(links, base)| (links + CATEGORY_WEIGHT * base) * scale).collect()
    };
    (0..layout.entities.len()).map(|at| if layout.is_brand(at) { Vec::new() } else { base(at) }).collect()
}

/// What an entity's profile is shrunk toward: the market for a category, the home category for a brand.
fn prior<'s>(layout: &Layout<'_>, bases: &'s [Vec<f64>], market: &'s [f64], at: usize) -> &'s [f64] {
    match layout.home[at] {
        Some(home) if layout.is_brand(at) => &bases[home],
        _ => market,
    }
}

/// The strengths of the shrinkage that make the links most likely (Dirichlet-multinomial), one per level.
pub(in crate::analyze) fn choose_shrinkage(layout: &Layout<'_>, sample: &Sample) -> Shrinkage {
    let market = base_profile(sample);
    let bases = bases(layout, sample, &market);
    let choose = |brands: bool| {
        let level: Vec<usize> = (0..layout.entities.len()).filter(|&at| layout.is_brand(at) == brands).collect();
        if level.iter().map(|&at| sample.total[at]).sum::<f64>() < ENOUGH_LINKS {
            return DEFAULT_STRENGTH;
        }
        best_of(&STRENGTHS, DEFAULT_STRENGTH, |strength| {
            level
                .iter()
                .map(|&at| {
                    log_likelihood(
                        sample.row(at).iter().copied().zip(prior(layout, &bases, &market, at).iter().copied()),
                        strength,
                    )
                })
                .sum()
        })
    };
    Shrinkage { category: choose(false), brand: choose(true) }
}

/// The candidate of greatest likelihood; of equals the first. `default` where nothing can be compared.
pub(in crate::analyze) fn best_of(candidates: &[f64], default: f64, likelihood: impl Fn(f64) -> f64) -> f64 {
    let mut best = (f64::NEG_INFINITY, default);
    for &candidate in candidates {
        let value = likelihood(candidate);
        if value > best.0 {
            best = (value, candidate);
        }
    }
    best.1
}

/// ln of the Dirichlet-multinomial likelihood of (count, base share) under a strength, without the constant.
pub(in crate::analyze) fn log_likelihood(counts: impl Iterator<Item = (f64, f64)>, strength: f64) -> f64 {
    let (mut total, mut sum) = (0.0, 0.0);
    for (count, base) in counts.filter(|&(count, _)| count > 0.0) {
        let prior = (strength * base).max(1e-9);
        total += count;
        sum += super::super::numbers::ln_gamma(count + prior) - super::super::numbers::ln_gamma(prior);
    }
    if total > 0.0 {
        sum + super::super::numbers::ln_gamma(strength) - super::super::numbers::ln_gamma(total + strength)
    } else {
        0.0
    }
}
