//! The customer's way, stage by stage: how much is said, how well it is done, against the field and the first rivals, and where these are weak.

use super::{FDR, QUOTES, Subject, q_values};
use crate::accumulate::{Cell, Valued};
use crate::analyze::findings::{
    AttackableFinding, ComplaintFinding, ContactPoint, ContactPointsFinding, GapFinding, Lever, RivalGapFinding,
    Verdict,
};
use crate::analyze::naming::{entity_id, label};
use crate::analyze::numbers::{Estimate, logit, six, told_pair};
use crate::analyze::quoting::Quoting;
use crate::lexicon::id::{Entity, MotiveId, Role, StageId};

/// The way, and what goes along with all of it; the codebook's ids.
const WAY: [&str; 7] = ["aware", "understand", "recognize", "order", "use", "repeat", "service"];
/// Judgments that the field's quality is worth as a prior.
const PRIOR: f64 = 3.0;
/// Authors that a stage needs for a comparison.
const AUTHORS: u64 = 15;
/// Rivals that each stage is held against.
const RIVALS: usize = 3;
/// Complaints shown per stage.
const COMPLAINTS: usize = 2;
/// Authors who blame, from which on a rival's stage can be attacked.
const BLAMED: u64 = 5;
/// What is improved at each stage.
const IMPROVED: f64 = 1.1;

/// The way of the entity's customers.
pub(super) fn finding(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> ContactPointsFinding {
    let taxonomy = subject.taxonomy();
    let stages: Vec<StageId> = WAY.iter().filter_map(|id| taxonomy.stage_id(id)).collect();
    let all: u64 = stages.iter().map(|&stage| authors(subject, subject.entity, stage)).sum();
    let field_gaps = gaps(subject, &stages, |stage, n| {
        let own = quality(subject, subject.entity, stage, n);
        logit(own) - logit(field_quality(subject, stage, n))
    });
    let rivals: Vec<Entity> = subject.rivals.iter().copied().take(RIVALS).collect();
    let rival_gaps: Vec<Vec<Option<GapFinding>>> = rivals
        .iter()
        .map(|&rival| {
            gaps(subject, &stages, |stage, n| {
                let ours = quality(subject, subject.entity, stage, n);
                if authors(subject, rival, stage) < AUTHORS {
                    return f64::NAN;
                }
                logit(ours) - logit(quality(subject, rival, stage, n))
            })
        })
        .collect();
    let points: Vec<ContactPoint> = stages
        .iter()
        .enumerate()
        .filter(|&(_, &stage)| authors(subject, subject.entity, stage) > 0)
        .map(|(at, &stage)| {
            let to_rivals = rivals.iter().zip(&rival_gaps).filter_map(|(&rival, gaps)| {
                let quality = six(quality(subject, rival, stage, 0));
                Some(RivalGapFinding { rival: entity_id(rival, taxonomy), quality, gap: gaps[at]? })
            });
            point(subject, stage, all, field_gaps[at], to_rivals.collect(), quoting)
        })
        .collect();
    let spoken = |id: &&ContactPoint| id.authors >= AUTHORS;
    let on_the_way = points.iter().filter(spoken).filter(|point| point.id != "service").count();
    let verdict = if subject.is_thin() || !points.iter().any(|point| point.gap.is_some()) {
        Verdict::InsufficientEvidence
    } else if points.iter().any(|p| p.gap.is_some_and(|gap| gap.q < FDR)) {
        Verdict::Found
    } else {
        Verdict::NothingOfItsOwn
    };
    ContactPointsFinding {
        of: subject.id(),
        level: subject.level(),
        verdict,
        stages: points,
        attackable: attackable(subject, &rivals, &stages, quoting),
        lever: Lever { stages: on_the_way as u64, together: six(IMPROVED.powi(on_the_way as i32)) },
    }
}

fn valued<'s>(subject: &'s Subject<'_, '_>, entity: Entity, stage: StageId) -> Option<&'s Valued> {
    subject.study.layout.counts.position.stages.get(&(entity, stage))
}

fn authors(subject: &Subject<'_, '_>, entity: Entity, stage: StageId) -> u64 {
    valued(subject, entity, stage).map_or(0, |valued| valued.authors.total())
}

/// Authors who praise and who blame.
fn judgments(subject: &Subject<'_, '_>, entity: Entity, stage: StageId, n: usize) -> [f64; 2] {
    let valued = valued(subject, entity, stage);
    let weigh = |spread| subject.replicates.weigh(spread, n);
    [weigh(valued.map(|v| &v.positive)), weigh(valued.map(|v| &v.negative))]
}

/// The share of praise in the field, without the entity.
fn field_quality(subject: &Subject<'_, '_>, stage: StageId, n: usize) -> f64 {
    let field = subject.field();
    let own = judgments(subject, subject.entity, stage, n);
    let [praised, blamed] = [0, 1].map(|side| field.sum(own[side], |e| judgments(subject, e, stage, n)[side]));
    (praised + 0.5) / (praised + blamed + 1.0)
}

/// Q(b,s) = (pos + 3q_s)/(pos + neg + 3).
fn quality(subject: &Subject<'_, '_>, entity: Entity, stage: StageId, n: usize) -> f64 {
    let [praised, blamed] = judgments(subject, entity, stage, n);
    (praised + PRIOR * field_quality(subject, stage, n)) / (praised + blamed + PRIOR)
}

/// The gaps that can be told at stages with enough authors.
fn gaps(subject: &Subject<'_, '_>, stages: &[StageId], gap: impl Fn(StageId, usize) -> f64) -> Vec<Option<GapFinding>> {
    let estimate = |&stage: &StageId| {
        let enough = authors(subject, subject.entity, stage) >= AUTHORS && !subject.is_thin();
        enough.then(|| subject.replicates.estimate(|n| gap(stage, n)).1).flatten()
    };
    told(&stages.iter().map(estimate).collect::<Vec<_>>())
}

fn told(estimates: &[Option<Estimate>]) -> Vec<Option<GapFinding>> {
    let q = q_values(&estimates.iter().map(|e| e.map(Estimate::p_either)).collect::<Vec<_>>());
    let gap = |(estimate, q): (&Option<Estimate>, Option<f64>)| {
        let (estimate, q) = ((*estimate)?, q?);
        Some(GapFinding { gap: six(estimate.value), ci95: told_pair(estimate.interval95())?, q: six(q) })
    };
    estimates.iter().zip(q).map(gap).collect()
}

fn point(
    subject: &Subject<'_, '_>,
    stage: StageId,
    all: u64,
    gap: Option<GapFinding>,
    rivals: Vec<RivalGapFinding>,
    quoting: &mut Quoting<'_>,
) -> ContactPoint {
    let name = &subject.taxonomy().stage(stage).name;
    let own = valued(subject, subject.entity, stage);
    let count = |of: fn(&Valued) -> u64| own.map_or(0, of);
    let (positive, negative) = (count(|v| v.positive.total()), count(|v| v.negative.total()));
    let authors = count(|v| v.authors.total());
    let mut quotes = quoting.cite(Cell::Stage(subject.entity, stage, true), positive, QUOTES);
    quotes.extend(quoting.cite(Cell::Stage(subject.entity, stage, false), negative, QUOTES));
    ContactPoint {
        id: name.id.clone(),
        label: label(name),
        authors,
        share: six(authors as f64 / all.max(1) as f64),
        positive,
        negative,
        quality: six(quality(subject, subject.entity, stage, 0)),
        field_quality: six(field_quality(subject, stage, 0)),
        gap,
        rivals,
        complaints: complaints(subject, subject.entity, stage, quoting),
        quotes,
    }
}

/// The motives to avoid an entity that judge a stage, most authors first.
fn complaints(
    subject: &Subject<'_, '_>,
    entity: Entity,
    stage: StageId,
    quoting: &mut Quoting<'_>,
) -> Vec<ComplaintFinding> {
    let taxonomy = subject.taxonomy();
    let motives = &subject.study.layout.counts.motives;
    let own = motives.range((entity, MotiveId(0), Role::Buy)..).take_while(|((of, ..), _)| *of == entity);
    let mut out: Vec<(u64, MotiveId)> = own
        .filter(|((_, motive, role), _)| *role == Role::Avoid && taxonomy.stage_of_motive(*motive) == Some(stage))
        .map(|(&(_, motive, _), spread)| (spread.total(), motive))
        .filter(|&(authors, _)| authors >= 2)
        .collect();
    out.sort_by_key(|&(authors, motive)| (std::cmp::Reverse(authors), motive));
    out.truncate(COMPLAINTS);
    out.into_iter()
        .map(|(authors, motive)| ComplaintFinding {
            motive: taxonomy.motive(motive).name.id.clone(),
            authors,
            quotes: quoting.cite(Cell::Motive(entity, motive, Role::Avoid), authors, 1),
        })
        .collect()
}

/// Stages at which a rival is judged clearly worse than the field, the widest gap first.
fn attackable(
    subject: &Subject<'_, '_>,
    rivals: &[Entity],
    stages: &[StageId],
    quoting: &mut Quoting<'_>,
) -> Vec<AttackableFinding> {
    let pairs: Vec<(Entity, StageId)> = rivals
        .iter()
        .flat_map(|&rival| stages.iter().map(move |&stage| (rival, stage)))
        .filter(|&(rival, stage)| {
            let blamed = valued(subject, rival, stage).map_or(0, |v| v.negative.total());
            authors(subject, rival, stage) >= AUTHORS && blamed >= BLAMED
        })
        .collect();
    let estimates: Vec<Option<Estimate>> = pairs
        .iter()
        .map(|&(rival, stage)| {
            let gap = |n| logit(quality(subject, rival, stage, n)) - logit(field_quality(subject, stage, n));
            subject.replicates.estimate(gap).1
        })
        .collect();
    let mut out: Vec<(GapFinding, Entity, StageId)> = told(&estimates)
        .into_iter()
        .zip(&pairs)
        .filter_map(|(gap, &(rival, stage))| Some((gap.filter(|g| g.gap < 0.0 && g.q < FDR)?, rival, stage)))
        .collect();
    out.sort_by(|a, b| a.0.gap.total_cmp(&b.0.gap).then((a.1, a.2).cmp(&(b.1, b.2))));
    out.into_iter()
        .map(|(gap, rival, stage)| AttackableFinding {
            rival: entity_id(rival, subject.taxonomy()),
            stage: subject.taxonomy().stage(stage).name.id.clone(),
            authors: authors(subject, rival, stage),
            quality: six(quality(subject, rival, stage, 0)),
            field_quality: six(field_quality(subject, stage, 0)),
            gap,
            complaints: complaints(subject, rival, stage, quoting),
        })
        .collect()
}
