//! Of the consumers who leave A, the share that B gets: by occasions and roles (D), by size alone (F), and with what
//! people say (Θ). Method §3.

use std::collections::BTreeMap;

use super::super::findings::Level;
use super::language::{Around, Language, Pair, SAME_ROLE, Testimony, role_prior};
use super::sample::{Layout, Profiles, Sample, Weights, best_of, category_of, log_likelihood};
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
    /// Row by row, whether subject and rival take on a further, common role in an occasion; empty where the subject never does.
    further: Vec<bool>,
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
    /// Σ over all rivals of L̃(e,o)ρ(A,e), by occasion.
    pub denominators: Vec<f64>,
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
        Self {
            subject,
            pairs: rivals.iter().map(pair).collect(),
            priors: rivals.iter().map(|&at| role_prior(home, layout.category(at), taxonomy)).collect(),
            ln_w: rivals.iter().map(|&at| ln_w(layout, subject, at)).collect(),
            around,
            groups,
            further: further_roles(layout, home, &rivals),
            rivals,
        }
    }

    /// Whether a rival shares a further role with the subject in an occasion.
    fn shares(&self, rival: usize, occasion: usize, occasions: usize) -> bool {
        !self.further.is_empty() && self.further[rival * occasions + occasion]
    }

    /// p0 of a rival in an occasion.
    pub fn prior(&self, rival: usize, occasion: usize, occasions: usize) -> f64 {
        if self.shares(rival, occasion, occasions) { SAME_ROLE } else { self.priors[rival] }
    }

    /// The language of the field under some weights.
    fn testimonies(&self, weights: &Weights) -> Vec<Testimony> {
        let groups: Vec<Option<(f64, f64)>> = self.groups.iter().map(|around| around.weigh(weights)).collect();
        (0..self.rivals.len())
            .map(|n| Testimony::of(self.pairs[n], groups[self.around[n]], self.ln_w[n], weights))
            .collect()
    }

    /// D and F under some weights.
    pub fn read(&self, sample: &Sample, profiles: &Profiles, weights: &Weights) -> Reading {
        let own = profiles.row(self.subject);
        let occasions = own.len();
        let testimony = self.testimonies(weights);
        // L(e)·ρ of one rival, by occasion.
        let weight = |n: usize, out: &mut Vec<f64>| {
            let size = sample.size[self.rivals[n]];
            let (usual, shared) = (size * testimony[n].rho(self.priors[n]), size * testimony[n].rho(SAME_ROLE));
            out.clear();
            out.extend((0..occasions).map(|o| if self.shares(n, o, occasions) { shared } else { usual }));
        };
        let mut weights_of = Vec::with_capacity(occasions);
        let (mut by_links, mut by_size) = (vec![0.0; occasions], vec![0.0; occasions]);
        for (n, &at) in self.rivals.iter().enumerate() {
            weight(n, &mut weights_of);
            for (o, (&weight, &profile)) in weights_of.iter().zip(profiles.row(at)).enumerate() {
                by_links[o] += weight * profile;
                by_size[o] += weight;
            }
        }
        let by = |sums: &[f64]| -> Vec<f64> { own.iter().zip(sums).map(|(own, sum)| own / sum).collect() };
        let (per_link, per_size) = (by(&by_links), by(&by_size));
        let (mut structure, mut fair) = (Vec::with_capacity(testimony.len()), Vec::with_capacity(testimony.len()));
        for (n, &at) in self.rivals.iter().enumerate() {
            weight(n, &mut weights_of);
            let (mut d, mut f) = (0.0, 0.0);
            for (o, (&weight, &profile)) in weights_of.iter().zip(profiles.row(at)).enumerate() {
                d += weight * profile * per_link[o];
                f += weight * per_size[o];
            }
            structure.push(d);
            fair.push(f);
        }
        let switched = self.pairs.iter().map(|pair| pair.map_or(0.0, |pair| pair.switched(weights))).collect();
        Reading { structure, fair, switched, testimony, denominators: by_links }
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
        let (own, rival) = (profiles.row(field.subject), profiles.row(field.rivals[n]));
        let size = sample.size[field.rivals[n]];
        (0..own.len())
            .map(|o| {
                let rho = self.testimony[n].rho(field.prior(n, o, own.len()));
                own[o] * rival[o] * size * rho / self.denominators[o] / self.structure[n]
            })
            .collect()
    }
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

/// Whether subject and rival share a further role in an occasion (`[occasion_role]` of the codebook), row by row.
fn further_roles(layout: &Layout<'_>, home: CategoryId, rivals: &[usize]) -> Vec<bool> {
    let listed =
        |category: CategoryId, of: &[CategoryId]| layout.taxonomy.lineage_up(category).any(|up| of.contains(&up));
    let occasions = &layout.taxonomy.occasions;
    let takes: Vec<Option<&[CategoryId]>> = occasions
        .iter()
        .map(|occasion| occasion.role.as_ref().map(|(_, of)| of.as_slice()).filter(|of| listed(home, of)))
        .collect();
    if takes.iter().all(Option::is_none) {
        return Vec::new();
    }
    rivals
        .iter()
        .flat_map(|&at| takes.iter().map(move |of| of.is_some_and(|of| listed(layout.category(at), of))))
        .collect()
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
