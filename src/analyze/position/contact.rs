//! The customer's way, stage by stage: how much is said, how well it is done, against the field and the first rivals, and where these are weak.

use super::{QUOTES, Subject, sampled};
use crate::accumulate::{Cell, Valued};
use crate::analyze::findings::{
    AttackableFinding, ComplaintFinding, ContactPoint, ContactPointsFinding, GapFinding, Lever, RivalGapFinding,
    Verdict,
};
use crate::analyze::naming::{entity_id, label};
use crate::analyze::numbers::{Estimate, logit, q_either, six, told_pair};
use crate::analyze::parameters::FDR;
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

/// The way of one entity's customers.
struct Way<'w, 's, 'a> {
    subject: &'w Subject<'s, 'a>,
    stages: Vec<StageId>,
    /// The share of praise in its field, without itself, by stage and weights.
    field: Vec<Vec<f64>>,
    /// Authors of the field who praise and who blame, by stage.
    field_judgments: Vec<[f64; 2]>,
}

/// The way of the entity's customers.
pub(super) fn finding(subject: &Subject<'_, '_>, quoting: &mut Quoting<'_>) -> ContactPointsFinding {
    let way = Way::of(subject);
    let rivals: Vec<Entity> = subject.rivals.iter().copied().take(RIVALS).collect();
    let points = way.points(&rivals, quoting);
    let spoken = |point: &&ContactPoint| point.authors >= AUTHORS && point.id != "service";
    let on_the_way = points.iter().filter(spoken).count();
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
        attackable: way.attackable(&rivals, quoting),
        lever: Lever { stages: on_the_way as u64, together: six(IMPROVED.powi(on_the_way as i32)) },
    }
}

impl<'w, 's, 'a> Way<'w, 's, 'a> {
    fn of(subject: &'w Subject<'s, 'a>) -> Self {
        let stages: Vec<StageId> = WAY.iter().filter_map(|id| subject.taxonomy().stage_id(id)).collect();
        let mut way = Self { subject, stages, field: Vec::new(), field_judgments: Vec::new() };
        let field = subject.field();
        let judged = |stage: StageId, n: usize| {
            let own = way.judgments(subject.entity, stage, n);
            [0, 1].map(|side| field.sum(own[side], |e| way.judgments(e, stage, n)[side]))
        };
        let share = |[praised, blamed]: [f64; 2]| (praised + 0.5) / (praised + blamed + 1.0);
        let weights = 0..subject.replicates.0.len();
        let shares = |&stage: &StageId| weights.clone().map(|n| share(judged(stage, n))).collect();
        let (field, judgments) =
            (way.stages.iter().map(shares).collect(), way.stages.iter().map(|&s| judged(s, 0)).collect());
        (way.field, way.field_judgments) = (field, judgments);
        way
    }

    fn valued(&self, entity: Entity, stage: StageId) -> Option<&'a Valued> {
        self.subject.study.layout.counts.position.stages.get(&(entity, stage))
    }

    fn authors(&self, entity: Entity, stage: StageId) -> u64 {
        self.valued(entity, stage).map_or(0, |valued| valued.authors.total())
    }

    /// Authors who praise and who blame.
    fn judgments(&self, entity: Entity, stage: StageId, n: usize) -> [f64; 2] {
        let valued = self.valued(entity, stage);
        let weigh = |spread| self.subject.replicates.weigh(spread, n);
        [weigh(valued.map(|v| &v.positive)), weigh(valued.map(|v| &v.negative))]
    }

    /// Q(b,s) = (pos + 3q_s)/(pos + neg + 3) at a stage, by its place.
    fn quality(&self, entity: Entity, at: usize, n: usize) -> f64 {
        let [praised, blamed] = self.judgments(entity, self.stages[at], n);
        (praised + PRIOR * self.field[at][n]) / (praised + blamed + PRIOR)
    }

    /// The gap of an entity to the field.
    fn to_field(&self, entity: Entity, at: usize) -> Option<Estimate> {
        let gap = |n| logit(self.quality(entity, at, n)) - logit(self.field[at][n]);
        let ([a, b], [c, d]) = (self.judgments(entity, self.stages[at], 0), self.field_judgments[at]);
        sampled(self.subject.replicates.estimate(gap).1, &[a, b, c, d])
    }

    /// The gap of the subject to a rival.
    fn to_rival(&self, rival: Entity, at: usize) -> Option<Estimate> {
        let own = self.subject.entity;
        let gap = |n| logit(self.quality(own, at, n)) - logit(self.quality(rival, at, n));
        let [ours, theirs] = [own, rival].map(|entity| self.judgments(entity, self.stages[at], 0));
        sampled(self.subject.replicates.estimate(gap).1, &[ours[0], ours[1], theirs[0], theirs[1]])
    }

    /// The stages that anybody speaks of.
    fn points(&self, rivals: &[Entity], quoting: &mut Quoting<'_>) -> Vec<ContactPoint> {
        let (own, thin) = (self.subject.entity, self.subject.is_thin());
        let enough = |entity: Entity, at: usize| !thin && self.authors(entity, self.stages[at]) >= AUTHORS;
        let places = 0..self.stages.len();
        let at_field = |at: usize| enough(own, at).then(|| self.to_field(own, at)).flatten();
        let field_gaps = told(&places.clone().map(at_field).collect::<Vec<_>>());
        let rival_gaps: Vec<Vec<Option<GapFinding>>> = rivals
            .iter()
            .map(|&rival| {
                let at_rival = |at| (enough(own, at) && enough(rival, at)).then(|| self.to_rival(rival, at)).flatten();
                told(&places.clone().map(at_rival).collect::<Vec<_>>())
            })
            .collect();
        let all: u64 = self.stages.iter().map(|&stage| self.authors(own, stage)).sum();
        places
            .filter(|&at| self.authors(own, self.stages[at]) > 0)
            .map(|at| {
                let to_rivals = rivals.iter().zip(&rival_gaps).filter_map(|(&rival, gaps)| {
                    let quality = six(self.quality(rival, at, 0));
                    let rival = entity_id(rival, self.subject.taxonomy());
                    Some(RivalGapFinding { rival, quality, gap: gaps[at]? })
                });
                self.point(at, all, field_gaps[at], to_rivals.collect(), quoting)
            })
            .collect()
    }

    fn point(
        &self,
        at: usize,
        all: u64,
        gap: Option<GapFinding>,
        rivals: Vec<RivalGapFinding>,
        quoting: &mut Quoting<'_>,
    ) -> ContactPoint {
        let (entity, stage) = (self.subject.entity, self.stages[at]);
        let name = &self.subject.taxonomy().stage(stage).name;
        let own = self.valued(entity, stage);
        let count = |of: fn(&Valued) -> u64| own.map_or(0, of);
        let (positive, negative) = (count(|v| v.positive.total()), count(|v| v.negative.total()));
        let authors = count(|v| v.authors.total());
        let mut quotes = quoting.cite(Cell::Stage(entity, stage, true), positive, QUOTES);
        quotes.extend(quoting.cite(Cell::Stage(entity, stage, false), negative, QUOTES));
        ContactPoint {
            id: name.id.clone(),
            label: label(name),
            authors,
            share: six(authors as f64 / all.max(1) as f64),
            positive,
            negative,
            quality: six(self.quality(entity, at, 0)),
            field_quality: six(self.field[at][0]),
            gap,
            rivals,
            complaints: self.complaints(entity, stage, quoting),
            quotes,
        }
    }

    /// The motives to avoid an entity that judge a stage, most authors first.
    fn complaints(&self, entity: Entity, stage: StageId, quoting: &mut Quoting<'_>) -> Vec<ComplaintFinding> {
        let taxonomy = self.subject.taxonomy();
        let motives = &self.subject.study.layout.counts.motives;
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
    fn attackable(&self, rivals: &[Entity], quoting: &mut Quoting<'_>) -> Vec<AttackableFinding> {
        let pairs: Vec<(Entity, usize)> = rivals
            .iter()
            .flat_map(|&rival| (0..self.stages.len()).map(move |at| (rival, at)))
            .filter(|&(rival, at)| {
                let blamed = self.valued(rival, self.stages[at]).map_or(0, |v| v.negative.total());
                self.authors(rival, self.stages[at]) >= AUTHORS && blamed >= BLAMED
            })
            .collect();
        let gaps = told(&pairs.iter().map(|&(rival, at)| self.to_field(rival, at)).collect::<Vec<_>>());
        let mut out: Vec<(GapFinding, Entity, usize)> = gaps
            .into_iter()
            .zip(&pairs)
            .filter_map(|(gap, &(rival, at))| Some((gap.filter(|g| g.gap < 0.0 && g.q < FDR)?, rival, at)))
            .collect();
        out.sort_by(|a, b| a.0.gap.total_cmp(&b.0.gap).then((a.1, a.2).cmp(&(b.1, b.2))));
        out.into_iter()
            .map(|(gap, rival, at)| AttackableFinding {
                rival: entity_id(rival, self.subject.taxonomy()),
                stage: self.subject.taxonomy().stage(self.stages[at]).name.id.clone(),
                authors: self.authors(rival, self.stages[at]),
                quality: six(self.quality(rival, at, 0)),
                field_quality: six(self.field[at][0]),
                gap,
                complaints: self.complaints(rival, self.stages[at], quoting),
            })
            .collect()
    }
}

/// Gaps with their q values.
fn told(estimates: &[Option<Estimate>]) -> Vec<Option<GapFinding>> {
    let q = q_either(estimates);
    let gap = |(estimate, q): (&Option<Estimate>, Option<f64>)| {
        let (estimate, q) = ((*estimate)?, q?);
        Some(GapFinding { gap: six(estimate.value), ci95: told_pair(estimate.interval95())?, q: six(q) })
    };
    estimates.iter().zip(q).map(gap).collect()
}
