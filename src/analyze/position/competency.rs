//! What is said of an entity and not of its rivals, and what is judged better of it than of them.

use super::{QUOTES, Subject, sampled, theme_finding};
use crate::accumulate::{Cell, Spread, Theme};
use crate::analyze::findings::{CompetencyFinding, DistinctFinding, JudgedFinding, Verdict};
use crate::analyze::naming::entity_id;
use crate::analyze::numbers::{Estimate, logit, q_either, q_values, six, told_pair};
use crate::analyze::parameters::FDR;
use crate::analyze::quoting::Quoting;
use crate::lexicon::id::{AttributeId, Entity, MotiveId, Role};
use crate::lexicon::taxonomy::Taxonomy;

/// Authors that a statement needs.
const AUTHORS: u64 = 10;
/// Judgments on each side that a comparison needs.
const JUDGMENTS: f64 = 15.0;
/// Judgments that the rivals' quality is worth as a prior.
const PRIOR: f64 = 3.0;
/// Statements shown of each kind.
const SHOWN: usize = 6;

/// What the entity is better or otherwise at.
pub(super) fn finding(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> CompetencyFinding {
    let taxonomy = subject.taxonomy();
    let comparable = !subject.is_thin() && !subject.rivals.is_empty();
    let distinctive = if comparable { distinctive(subject, quoting) } else { Vec::new() };
    let judged = if comparable { judged(subject, quoting) } else { Vec::new() };
    let (better, worse): (Vec<JudgedFinding>, Vec<JudgedFinding>) = judged.into_iter().partition(|j| j.gap > 0.0);
    let verdict = if !comparable {
        Verdict::InsufficientEvidence
    } else if distinctive.is_empty() && better.is_empty() {
        Verdict::NothingOfItsOwn
    } else {
        Verdict::Found
    };
    CompetencyFinding {
        of: subject.id(),
        level: subject.level(),
        verdict,
        against: subject.rivals.iter().map(|&rival| entity_id(rival, taxonomy)).collect(),
        distinctive,
        better,
        worse,
    }
}

impl Subject<'_, '_> {
    /// Authors who bring a benefit or feature up.
    fn bringing(&self, entity: Entity, theme: Theme, n: usize) -> f64 {
        let Some(felt) = self.study.layout.counts.position.felt.get(&(entity, theme)) else { return 0.0 };
        let weights = &self.replicates.0[n];
        felt.buckets().iter().map(|(bucket, sums)| weights.of(*bucket) * f64::from(sums.authors)).sum()
    }

    /// Authors of an entity.
    fn authors(&self, entity: Entity, n: usize) -> f64 {
        let counts = self.study.layout.counts.entities.get(&entity);
        self.replicates.weigh(counts.map(|counts| &counts.authors), n)
    }

    /// Authors with a motive.
    fn motive(&self, entity: Entity, motive: MotiveId, role: Role) -> Option<&Spread> {
        self.study.layout.counts.motives.get(&(entity, motive, role))
    }

    fn over_rivals(&self, of: impl Fn(Entity) -> f64) -> f64 {
        self.rivals.iter().map(|&rival| of(rival)).sum()
    }
}

/// Benefits and features that are said more of it than of its rivals together, by authors.
fn distinctive(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> Vec<DistinctFinding> {
    let (entity, taxonomy) = (subject.entity, subject.taxonomy());
    let first = (entity, Theme::Attribute(AttributeId(0)));
    let own = subject.study.layout.counts.position.felt.range(first..).take_while(|((of, _), _)| *of == entity);
    let themes: Vec<(Theme, u64)> = own
        .map(|(&(_, theme), felt)| (theme, felt.authors()))
        .filter(|&(theme, authors)| authors >= AUTHORS && is_comparable(subject, theme))
        .collect();
    let share = |with: f64, all: f64| (with + 0.5) / (all + 1.0);
    // Authors of itself and of each rival, under all weights.
    let numbers = 0..subject.replicates.0.len();
    let authors = |entity: Entity| numbers.clone().map(|n| subject.authors(entity, n)).collect::<Vec<f64>>();
    let (own_authors, their_authors) =
        (authors(entity), subject.rivals.iter().map(|&r| authors(r)).collect::<Vec<_>>());
    let rivals_share = |theme: Theme, n: usize| {
        let able = subject.rivals.iter().zip(&their_authors).filter(|(rival, _)| can_have(taxonomy, **rival, theme));
        let (with, all) = able.fold((0.0, 0.0), |(with, all), (&rival, authors)| {
            (with + subject.bringing(rival, theme, n), all + authors[n])
        });
        share(with, all)
    };
    let ratio = |theme: Theme| {
        let authors = [subject.bringing(entity, theme, 0), subject.over_rivals(|r| subject.bringing(r, theme, 0))];
        let (value, estimate) = subject.replicates.estimate(|n| {
            let own = share(subject.bringing(entity, theme, n), own_authors[n]);
            (own / rivals_share(theme, n)).ln()
        });
        (value, sampled(estimate, &authors))
    };
    let estimates: Vec<(f64, Option<Estimate>)> = themes.iter().map(|&(theme, _)| ratio(theme)).collect();
    let q = q_values(estimates.iter().map(|(_, e)| e.map(Estimate::p_above)));
    let mut out = Vec::new();
    for (at, &(theme, authors)) in themes.iter().enumerate() {
        let (Some(estimate), Some(q)) = (estimates[at].1, q[at]) else { continue };
        let Some(ci95) = told_pair(estimate.interval95().map(f64::exp)).filter(|_| q < FDR) else { continue };
        let cell = match theme {
            Theme::Attribute(id) => Cell::Attribute(entity, id),
            Theme::Motive(id) => Cell::Motive(entity, id, Role::Buy),
            Theme::Essence(id) => Cell::Essence(entity, id),
            Theme::Occasion(id) => Cell::Link(entity, id),
        };
        out.push((theme, cell, authors, estimate.value, ci95, q));
    }
    // What is said much more and by many stands first.
    let weight = |authors: u64, value: f64| authors as f64 * value;
    out.sort_by(|a, b| weight(b.2, b.3).total_cmp(&weight(a.2, a.3)).then(a.0.cmp(&b.0)));
    out.truncate(SHOWN);
    out.into_iter()
        .map(|(theme, cell, authors, value, ci95, q)| DistinctFinding {
            theme: theme_finding(theme, taxonomy),
            authors,
            share: six(share(authors as f64, own_authors[0])),
            rivals_share: six(rivals_share(theme, 0)),
            ratio: six(value.exp()),
            ci95,
            q: six(q),
            quotes: quoting.cite(cell, authors, QUOTES),
        })
        .collect()
}

/// Benefits; and features that at least half of the rivals could have as well: a hotel has no lens to speak of.
fn is_comparable(subject: &Subject<'_, '_>, theme: Theme) -> bool {
    let able = subject.rivals.iter().filter(|&&rival| can_have(subject.taxonomy(), rival, theme)).count();
    match theme {
        Theme::Motive(_) => true,
        Theme::Attribute(_) => 2 * able >= subject.rivals.len(),
        Theme::Essence(_) | Theme::Occasion(_) => false,
    }
}

/// Whether a theme can be said of a thing at all.
fn can_have(taxonomy: &Taxonomy, thing: Entity, theme: Theme) -> bool {
    let category = match thing {
        Entity::Category(category) => category,
        Entity::Brand(brand) => taxonomy.brand(brand).home,
    };
    match theme {
        Theme::Attribute(id) => taxonomy.has_attribute(category, id),
        _ => true,
    }
}

/// Motives that are praised or blamed otherwise than the rivals', by the difference.
fn judged(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> Vec<JudgedFinding> {
    let (entity, taxonomy) = (subject.entity, subject.taxonomy());
    let of = |e: Entity, motive: MotiveId, n: usize| {
        [Role::Buy, Role::Avoid].map(|role| subject.replicates.weigh(subject.motive(e, motive, role), n))
    };
    let rivals =
        |motive: MotiveId, n: usize| [0, 1].map(|side: usize| subject.over_rivals(|rival| of(rival, motive, n)[side]));
    let quality = |motive: MotiveId, n: usize| {
        let ([praised, blamed], [their_praised, their_blamed]) = (of(entity, motive, n), rivals(motive, n));
        let theirs = (their_praised + 0.5) / (their_praised + their_blamed + 1.0);
        ((praised + PRIOR * theirs) / (praised + blamed + PRIOR), theirs)
    };
    let enough = |[praised, blamed]: [f64; 2]| praised + blamed >= JUDGMENTS;
    let motives: Vec<MotiveId> = (0..taxonomy.motives.len())
        .map(|at| MotiveId(at as u16))
        .filter(|&motive| enough(of(entity, motive, 0)) && enough(rivals(motive, 0)))
        .collect();
    let gap = |motive: MotiveId, n: usize| {
        let (own, theirs) = quality(motive, n);
        logit(own) - logit(theirs)
    };
    let estimate = |&motive: &MotiveId| {
        let ([a, b], [c, d]) = (of(entity, motive, 0), rivals(motive, 0));
        sampled(subject.replicates.estimate(|n| gap(motive, n)).1, &[a, b, c, d])
    };
    let estimates: Vec<Option<Estimate>> = motives.iter().map(estimate).collect();
    let q = q_either(&estimates);
    let mut out = Vec::new();
    for (at, &motive) in motives.iter().enumerate() {
        let (Some(estimate), Some(q)) = (estimates[at], q[at].filter(|&q| q < FDR)) else { continue };
        let Some(ci95) = told_pair(estimate.interval95()) else { continue };
        let ([praised, blamed], (own, theirs)) = (of(entity, motive, 0), quality(motive, 0));
        let role = if estimate.value > 0.0 { Role::Buy } else { Role::Avoid };
        out.push(JudgedFinding {
            theme: theme_finding(Theme::Motive(motive), taxonomy),
            praised: praised.round() as u64,
            blamed: blamed.round() as u64,
            quality: six(own),
            rivals_quality: six(theirs),
            gap: six(estimate.value),
            ci95,
            q: six(q),
            quotes: quoting.cite(Cell::Motive(entity, motive, role), (praised + blamed) as u64, QUOTES),
        });
    }
    out.sort_by(|a, b| b.gap.abs().total_cmp(&a.gap.abs()).then_with(|| a.theme.cmp(&b.theme)));
    out.truncate(2 * SHOWN);
    out
}
