//! What a thing is really about: E(t|e) = [½P(t|e) + ½prestige(t|e)]·log2(P(t|e)/base(t)).

use super::{QUOTES, Replicates, Subject, is_beside, sampled, theme_finding};
use crate::accumulate::{Cell, Theme, Valued};
use crate::analyze::findings::{EssenceFinding, EssenceScore, FeatureFinding, StepFinding, Verdict};
use crate::analyze::naming::label;
use crate::analyze::numbers::{Estimate, q_values, six, told};
use crate::analyze::parameters::{FDR, GATE_AUTHORS};
use crate::analyze::quoting::Quoting;
use crate::analyze::study::Study;
use crate::lexicon::id::{AttributeId, CategoryId, Entity, EssenceId};
use crate::lexicon::taxonomy::Taxonomy;

/// Authors from which on an essence can stand out: five of a thousand are an anecdote, however rarely it is said of other things.
const AUTHORS: u64 = 10;
/// Authors from which on a step of the ladder is told.
const STEP_AUTHORS: u64 = 5;
/// Essence authors from which on a category enters the base.
const BASE_AUTHORS: f64 = 10.0;
/// Standard errors by which the lift must exceed 1.
const Z: f64 = 2.0;
/// Authors whose silence about any essence says that there is none: with none of 60, at most one in twenty speaks of it (95 %).
const SILENT: u64 = 60;
/// One in so many who speak of an essence are as good as none: what stands out among them is told, and is not what the thing is about.
const RARE: u64 = 20;
/// Features, steps and further essences shown.
const SHOWN: usize = 8;

/// Authors by essence of all categories, under all weights.
pub(super) struct Market {
    /// The categories that are no kind of another and speak of essences enough.
    categories: Vec<CategoryId>,
    /// Authors, by category, essence.
    authors: Vec<Vec<f64>>,
    /// Smoothed shares, by weights, category, essence.
    shares: Vec<Vec<Vec<f64>>>,
}

impl Market {
    /// The rows of a study.
    pub(super) fn of(study: &Study<'_>, replicates: &Replicates) -> Self {
        let essences = study.layout.taxonomy.essences.len();
        let row = |entity: Entity, n: usize| row(study, replicates, entity, n, essences);
        let categories: Vec<CategoryId> = study
            .layout
            .entities
            .iter()
            .filter_map(|&entity| match entity {
                Entity::Category(c) if study.layout.taxonomy.category(c).parent.is_none() => Some(c),
                _ => None,
            })
            .filter(|&c| row(Entity::Category(c), 0).iter().sum::<f64>() >= BASE_AUTHORS)
            .collect();
        let share = |c: CategoryId, n: usize| smoothed(&row(Entity::Category(c), n));
        let shares = (0..replicates.0.len()).map(|n| categories.iter().map(|&c| share(c, n)).collect()).collect();
        let authors = categories.iter().map(|&c| row(Entity::Category(c), 0)).collect();
        Self { categories, authors, shares }
    }

    /// base(t) of a category: the mean share in all others, each smoothed by ½; even where there are none.
    fn base(&self, taxonomy: &Taxonomy, own: CategoryId, n: usize) -> Vec<f64> {
        let essences = taxonomy.essences.len();
        let (mut sum, mut others) = (vec![0.0; essences], 0.0);
        for (&category, share) in self.categories.iter().zip(&self.shares[n]) {
            if is_beside(taxonomy, own, category) {
                sum.iter_mut().zip(share).for_each(|(sum, share)| *sum += share);
                others += 1.0;
            }
        }
        sum.iter().map(|sum| if others > 0.0 { sum / others } else { 1.0 / essences as f64 }).collect()
    }
}

impl Market {
    /// Authors of an essence in all other categories.
    fn authors(&self, taxonomy: &Taxonomy, own: CategoryId, t: usize) -> f64 {
        let others = self.categories.iter().zip(&self.authors).filter(|(c, _)| is_beside(taxonomy, own, **c));
        others.map(|(_, row)| row[t]).sum()
    }
}

/// Authors by essence of an entity.
fn row(study: &Study<'_>, replicates: &Replicates, entity: Entity, n: usize, essences: usize) -> Vec<f64> {
    let cells = &study.layout.counts.position.essences;
    (0..essences).map(|t| replicates.weigh(cells.get(&(entity, EssenceId(t as u16))), n)).collect()
}

/// The shares of the essences, smoothed by ½.
fn smoothed(row: &[f64]) -> Vec<f64> {
    let all = row.iter().sum::<f64>() + 0.5 * row.len() as f64;
    row.iter().map(|authors| (authors + 0.5) / all).collect()
}

/// What the entity is really about.
pub(super) fn finding(subject: &Subject<'_, '_>, market: &Market, quoting: &mut Quoting<'_>) -> EssenceFinding {
    let position = &subject.study.layout.counts.position;
    let authors = position.with_essence.get(&subject.entity).map_or(0, |spread| spread.total());
    let themed = position.moods.get(&subject.entity).map_or(0, |mood| mood.0.total());
    let (mut essences, mut also) = (Vec::new(), Vec::new());
    for score in scores(subject, market, quoting) {
        let stands_out = score.authors >= AUTHORS
            && score.score > 0.0
            && score.z.is_some_and(|z| z > Z)
            && score.q.is_some_and(|q| q < FDR);
        if stands_out { essences.push(score) } else { also.push(score) }
    }
    also.sort_by(|a, b| b.authors.cmp(&a.authors).then_with(|| a.id.cmp(&b.id)));
    also.truncate(SHOWN);
    let verdict = if subject.is_thin() || themed < GATE_AUTHORS {
        Verdict::InsufficientEvidence
    } else if themed >= SILENT && authors * RARE < themed {
        Verdict::FunctionOnly
    } else if !essences.is_empty() {
        Verdict::Found
    } else if authors >= GATE_AUTHORS {
        Verdict::NothingOfItsOwn
    } else {
        Verdict::InsufficientEvidence
    };
    if verdict == Verdict::InsufficientEvidence {
        also.append(&mut essences);
    }
    let ladder = ladder(subject, &essences);
    EssenceFinding {
        of: subject.id(),
        level: subject.level(),
        verdict,
        themed_authors: themed,
        authors,
        essences,
        also,
        talked_about: features(subject, quoting),
        ladder,
    }
}

/// All essences that anybody speaks of, by E, then id.
fn scores(subject: &Subject<'_, '_>, market: &Market, quoting: &mut Quoting<'_>) -> Vec<EssenceScore> {
    let (study, replicates, entity) = (subject.study, subject.replicates, subject.entity);
    let (taxonomy, position) = (subject.taxonomy(), &study.layout.counts.position);
    let essences = taxonomy.essences.len();
    let rows: Vec<Vec<f64>> = (0..replicates.0.len()).map(|n| row(study, replicates, entity, n, essences)).collect();
    let total: f64 = rows[0].iter().sum();
    if total == 0.0 {
        return Vec::new();
    }
    let own = study.layout.category(subject.at);
    // A brand is told apart from the rest of its category.
    let is_brand = study.layout.is_brand(subject.at);
    let rest = |n: usize| -> Vec<f64> {
        let home = row(study, replicates, Entity::Category(own), n, essences);
        home.iter().zip(&rows[n]).map(|(all, own)| (all - own).max(0.0)).collect()
    };
    let base = |n: usize| if is_brand { smoothed(&rest(n)) } else { market.base(taxonomy, own, n) };
    let beside = |t: usize| if is_brand { rest(0)[t] } else { market.authors(taxonomy, own, t) };
    let bases: Vec<Vec<f64>> = (0..replicates.0.len()).map(base).collect();
    let shares: Vec<Vec<f64>> = rows.iter().map(|row| smoothed(row)).collect();
    let end = |t: usize| {
        let key = (entity, Theme::Essence(EssenceId(t as u16)));
        position.ends.get(&key).map_or(0.0, |spread| spread.total() as f64)
    };
    let ends: f64 = (0..essences).map(end).sum();
    let spoken: Vec<usize> = (0..essences).filter(|&t| rows[0][t] > 0.0).collect();
    let estimate = |&t: &usize| {
        let (_, estimate) = replicates.estimate(|n| (shares[n][t] / bases[n][t]).ln());
        sampled(estimate, &[rows[0][t], beside(t)])
    };
    let estimates: Vec<Option<Estimate>> = spoken.iter().map(estimate).collect();
    // What too few say is not tested: it would only blunt the test of the rest.
    let tested = |at: usize| rows[0][spoken[at]] >= AUTHORS as f64;
    let p: Vec<Option<f64>> =
        (0..spoken.len()).map(|at| estimates[at].filter(|_| tested(at)).map(|e| e.p_above())).collect();
    let q = q_values(p);
    let mut out: Vec<EssenceScore> = Vec::new();
    for (at, &t) in spoken.iter().enumerate() {
        let id = EssenceId(t as u16);
        let share = rows[0][t] / total;
        let prestige = if ends > 0.0 { end(t) / ends } else { 0.0 };
        let lift = share / bases[0][t];
        let authors = rows[0][t].round() as u64;
        out.push(EssenceScore {
            id: taxonomy.essence(id).name.id.clone(),
            label: label(&taxonomy.essence(id).name),
            authors,
            share: six(share),
            prestige: six(prestige),
            lift: six(lift),
            z: estimates[at].and_then(|e| told(e.value / e.error)),
            q: q[at].and_then(told),
            score: six(0.5 * (share + prestige) * lift.log2()),
            quotes: quoting.cite(Cell::Essence(entity, id), authors, QUOTES),
        });
    }
    out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    out
}

/// What people talk about that is not the essence.
fn features(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> Vec<FeatureFinding> {
    let (entity, counts) = (subject.entity, subject.study.layout.counts);
    let all = subject.study.counts(subject.at).authors.total().max(1);
    let mut own: Vec<(AttributeId, &Valued)> = counts
        .position
        .attributes
        .range((entity, AttributeId(0))..)
        .take_while(|((of, _), _)| *of == entity)
        .map(|(&(_, id), valued)| (id, valued))
        .collect();
    own.sort_by_key(|(id, valued)| (std::cmp::Reverse(valued.authors.total()), *id));
    own.truncate(SHOWN);
    own.into_iter()
        .map(|(id, valued)| {
            let name = &subject.taxonomy().attribute(id).name;
            let authors = valued.authors.total();
            FeatureFinding {
                id: name.id.clone(),
                label: label(name),
                authors,
                share: six(authors as f64 / all as f64),
                positive: valued.positive.total(),
                negative: valued.negative.total(),
                quotes: quoting.cite(Cell::Attribute(entity, id), authors, 1),
            }
        })
        .collect()
}

/// The strongest steps: into the essences that stand out, else into the benefits.
fn ladder(subject: &Subject<'_, '_>, essences: &[EssenceScore]) -> Vec<StepFinding> {
    let (entity, taxonomy) = (subject.entity, subject.taxonomy());
    let first = (entity, Theme::Attribute(AttributeId(0)), None);
    let steps = subject.study.layout.counts.position.steps.range(first..);
    let mut out: Vec<(u64, Option<Theme>, Theme)> = steps
        .take_while(|((of, ..), _)| *of == entity)
        .map(|(&(_, to, from), spread)| (spread.total(), from, to))
        .filter(|&(quarters, ..)| quarters >= STEP_AUTHORS)
        .collect();
    let leads_on = |to: Theme| match to {
        Theme::Essence(id) => essences.iter().any(|score| score.id == taxonomy.essence(id).name.id),
        _ => false,
    };
    out.sort_by_key(|&(quarters, from, to)| (!leads_on(to), std::cmp::Reverse(quarters), from, to));
    // Half of the room for what leads to the essences, half for what leads to the benefits below.
    let (mut high, mut low): (Vec<_>, Vec<_>) = out.into_iter().partition(|&(.., to)| leads_on(to));
    high.truncate(SHOWN / 2);
    low.retain(|&(_, _, to)| matches!(to, Theme::Motive(_)));
    low.truncate(SHOWN - high.len());
    high.into_iter()
        .chain(low)
        .map(|(quarters, from, to)| StepFinding {
            from: from.map(|theme| theme_finding(theme, taxonomy)),
            to: theme_finding(to, taxonomy),
            weight: quarters as f64 / 4.0,
        })
        .collect()
}
