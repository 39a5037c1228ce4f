//! How much a rival's share hangs on one brand, one wording or one pattern (method §4, `max_term_influence`).
//!
//! What rests on a ground alone is taken out of the counts, and Θ is computed again: the shrinkage, ρ by the roles and the priors of the
//! profiles stay what they are.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::language::Testimony;
use super::{Study, SubjectStudy};
use crate::accumulate::{Ground, UNIT};
use crate::lexicon::id::{Entity, RelationKind};

/// Grounds that are tried for a pair: those that seem to carry most of it.
const TRIED: usize = 4;

/// A loss of one entity in one occasion, in authors.
#[derive(Debug, Clone, Copy)]
struct Loss {
    occasion: usize,
    about: f64,
    free: f64,
}

/// What rests on what, by entity and by ground.
pub(in crate::analyze) struct Influence {
    of_entity: FxHashMap<usize, Vec<(Ground, Loss)>>,
    of_ground: FxHashMap<Ground, BTreeMap<usize, Vec<Loss>>>,
}

/// The ground that matters most for a pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::analyze) struct Strongest {
    pub ground: Ground,
    /// Θ without it, less Θ.
    pub change: f64,
}

impl Influence {
    /// Reads the grounds of the counts.
    pub fn of(study: &Study<'_>) -> Self {
        let layout = study.layout;
        let place: FxHashMap<Entity, usize> = layout.entities.iter().enumerate().map(|(at, &e)| (e, at)).collect();
        let mut out = Self { of_entity: FxHashMap::default(), of_ground: FxHashMap::default() };
        for (&(entity, occasion, ground), resting) in &layout.counts.grounds.links {
            let Some(&at) = place.get(&entity) else { continue };
            let unit = UNIT as f64;
            let loss = Loss {
                occasion: occasion.index(),
                about: resting.about as f64 / unit,
                free: resting.free as f64 / unit,
            };
            out.of_entity.entry(at).or_default().push((ground, loss));
            out.of_ground.entry(ground).or_default().entry(at).or_default().push(loss);
        }
        out
    }

    /// The ground without which the share of the n-th rival changes most.
    pub fn strongest(&self, study: &Study<'_>, subject: &SubjectStudy<'_>, n: usize) -> Option<Strongest> {
        let volumes = subject.field.volumes_told(&study.sample, &study.profiles, &subject.reading.testimony);
        let without = |ground| self.without(study, subject, n, ground, volumes.clone());
        let theta = without(None);
        self.candidates(study, subject, n)
            .into_iter()
            .map(|ground| Strongest { ground, change: without(Some(ground)) - theta })
            .filter(|strongest| strongest.change.is_finite())
            .min_by(|a, b| b.change.abs().total_cmp(&a.change.abs()).then(a.ground.cmp(&b.ground)))
    }

    /// The grounds on which most of the pair seems to rest: by the part of the occasion times the part of the cell, and by the part of
    /// the switching.
    fn candidates(&self, study: &Study<'_>, subject: &SubjectStudy<'_>, n: usize) -> Vec<Ground> {
        let (own, rival) = (subject.field.subject, subject.field.rivals[n]);
        let parts = subject.reading.contributions(&subject.field, &study.sample, &study.profiles, n);
        let mut scores: BTreeMap<Ground, f64> = BTreeMap::new();
        for at in [own, rival] {
            let links = study.sample.row(at);
            for &(ground, loss) in self.of_entity.get(&at).map(Vec::as_slice).unwrap_or_default() {
                if links[loss.occasion] > 0.0 {
                    *scores.entry(ground).or_default() += parts[loss.occasion] * loss.about / links[loss.occasion];
                }
            }
        }
        let all: f64 = subject.reading.switched.iter().sum::<f64>() + subject.eta;
        for (kind, loser, winner) in relations(study, own, rival) {
            for (key, authors) in patterns(study, kind, loser, winner) {
                *scores.entry(Ground::Wording(key)).or_default() += authors / (all * subject.threat[n]);
            }
        }
        let mut order: Vec<(Ground, f64)> = scores.into_iter().collect();
        order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.truncate(TRIED);
        order.into_iter().map(|(ground, _)| ground).collect()
    }

    /// Θ of the n-th rival by occasions, without a ground; `denominators` are the volumes with it.
    fn without(
        &self,
        study: &Study<'_>,
        subject: &SubjectStudy<'_>,
        n: usize,
        ground: Option<Ground>,
        mut denominators: Vec<f64>,
    ) -> f64 {
        let field = &subject.field;
        let nothing = BTreeMap::new();
        let losses = ground.and_then(|ground| self.of_ground.get(&ground)).unwrap_or(&nothing);
        let lost = |at: usize| losses.get(&at).map(Vec::as_slice).unwrap_or_default();
        let untold = Untold::of(study, field.subject, field.rivals[n], ground);
        let mut changed: Vec<usize> = losses.keys().filter_map(|at| field.rivals.binary_search(at).ok()).collect();
        // The rival comes last: its row is the one that stays.
        changed.retain(|&other| other != n);
        changed.push(n);
        let mut row = Vec::new();
        for other in changed {
            let told = subject.reading.told(field, other);
            let before = weighed(study, subject, other, &[], told);
            row = weighed(
                study,
                subject,
                other,
                lost(field.rivals[other]),
                if other == n { untold.from(told) } else { told },
            );
            for ((sum, before), after) in denominators.iter_mut().zip(&before).zip(&row) {
                *sum += after - before;
            }
        }
        let own = profile(study, field.subject, lost(field.subject));
        let structure: f64 = own.iter().zip(&row).zip(&denominators).map(|((own, row), sum)| own * row / sum).sum();
        let all: f64 = subject.reading.switched.iter().sum();
        let switched = subject.reading.switched[n] - untold.to_rival;
        (switched + subject.eta * structure) / (all - untold.to_rival + subject.eta)
    }
}

/// What is no longer said of a pair without a pattern, in authors.
#[derive(Debug, Clone, Copy, Default)]
struct Untold {
    to_rival: f64,
    choosing: f64,
    pairing: f64,
}

impl Untold {
    fn of(study: &Study<'_>, own: usize, rival: usize, ground: Option<Ground>) -> Self {
        let mut out = Self::default();
        let Some(Ground::Wording(wanted)) = ground else { return out };
        for (kind, loser, winner) in relations(study, own, rival) {
            for (_, authors) in patterns(study, kind, loser, winner).filter(|&(key, _)| key == wanted) {
                match kind {
                    RelationKind::GoesWith => out.pairing += authors,
                    _ => out.choosing += authors,
                }
                if kind == RelationKind::InsteadOf && loser == study.layout.entities[own] {
                    out.to_rival += authors;
                }
            }
        }
        out
    }

    fn from(self, told: Testimony) -> Testimony {
        let less = |all: f64, gone: f64| (all - gone).max(0.0);
        Testimony { choosing: less(told.choosing, self.choosing), pairing: less(told.pairing, self.pairing), ..told }
    }
}

/// The cells of all relations of a pair.
fn relations(study: &Study<'_>, own: usize, rival: usize) -> [(RelationKind, Entity, Entity); 6] {
    let (a, b) = (study.layout.entities[own], study.layout.entities[rival]);
    let (first, second) = if b < a { (b, a) } else { (a, b) };
    [
        (RelationKind::InsteadOf, a, b),
        (RelationKind::InsteadOf, b, a),
        (RelationKind::BetterThan, a, b),
        (RelationKind::BetterThan, b, a),
        (RelationKind::EitherOr, first, second),
        (RelationKind::GoesWith, first, second),
    ]
}

/// The patterns on which authors of a relation rest alone.
fn patterns<'s>(
    study: &'s Study<'_>,
    kind: RelationKind,
    loser: Entity,
    winner: Entity,
) -> impl Iterator<Item = (u32, f64)> + 's {
    let pairs = &study.layout.counts.grounds.pairs;
    pairs.range((kind, loser, winner, 0)..=(kind, loser, winner, u32::MAX)).map(|(&(.., key), &n)| (key, n as f64))
}

/// P(o|e) of the entity at a place without some of its links.
fn profile(study: &Study<'_>, at: usize, lost: &[Loss]) -> Vec<f64> {
    let strength = if study.layout.is_brand(at) { study.shrinkage.brand } else { study.shrinkage.category };
    let total = study.sample.total[at];
    let gone: f64 = lost.iter().map(|loss| loss.about).sum();
    let scale = 1.0 / ((total - gone).max(0.0) + strength);
    let mut out: Vec<f64> = study.profiles.row(at).iter().map(|share| share * (total + strength) * scale).collect();
    lost.iter().for_each(|loss| out[loss.occasion] = (out[loss.occasion] - loss.about * scale).max(0.0));
    out
}

/// L(e)·P(o|e)·ρ of the n-th rival without some of its links, by occasion.
fn weighed(study: &Study<'_>, subject: &SubjectStudy<'_>, n: usize, lost: &[Loss], told: Testimony) -> Vec<f64> {
    let field = &subject.field;
    let at = field.rivals[n];
    let size = (study.sample.size[at] - lost.iter().map(|loss| loss.free).sum::<f64>()).max(0.0);
    let mut out = profile(study, at, lost);
    out.iter_mut().enumerate().for_each(|(o, share)| *share *= size * told.rho(field.kinds.prior(n, o)));
    out
}
