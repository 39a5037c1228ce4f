//! What changed from one period to the next (`--by month|quarter`), with the mix of platforms held constant: a figure is compared within
//! each platform, and the differences are averaged with the weights n₁n₂/(n₁+n₂) of Mantel and Haenszel, so that a platform that only one
//! of the periods has says nothing. That more of the posts come from another platform is no change of the market.

use super::findings::{ChangeFinding, Findings, Kinship, Level, RivalFinding, SpaceKind};
use super::numbers::{Estimate, benjamini_hochberg, six};
use super::parameters::{FDR, GATE_AUTHORS, Parameters};
use crate::accumulate::{Counts, Group, Spread};
use crate::lexicon::id::{Entity, MotiveId, OccasionId, Role};
use crate::lexicon::taxonomy::Taxonomy;
use crate::limits::BUCKETS;

/// Occasions and motives of a subject that are followed; complaints and rivals.
const CELLS: usize = 8;
const COMPLAINTS: usize = 5;
const RIVALS: usize = 5;
/// Authors that the numerators of both periods need together.
const AUTHORS: f64 = 10.0;

/// What is followed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Figure {
    Voice,
    Occasion(OccasionId),
    Motive(MotiveId, Role),
    Rival(Entity),
    Demand(OccasionId, MotiveId),
}

impl Figure {
    /// The word of the JSON output.
    fn as_str(self) -> &'static str {
        match self {
            Figure::Voice => "voice",
            Figure::Occasion(_) => "occasion",
            Figure::Motive(_, Role::Avoid) => "complaint",
            Figure::Motive(..) => "motive",
            Figure::Rival(_) => "rival",
            Figure::Demand(..) => "demand",
        }
    }

    /// Authors of the figure, and those among whom they are counted, by bucket.
    fn read(self, of: Entity, counts: &Counts) -> [[f64; BUCKETS]; 2] {
        let authors = |entity: Entity| counts.entities.get(&entity).map(|e| &e.authors);
        let sums = |spreads: &[Option<&Spread>]| {
            let mut out = [0.0; BUCKETS];
            for (bucket, n) in spreads.iter().flatten().flat_map(|spread| spread.iter()) {
                out[usize::from(bucket)] += n as f64;
            }
            out
        };
        match self {
            Figure::Voice => [sums(&[authors(of)]), sums(&[Some(&counts.entity_authors)])],
            Figure::Occasion(o) => [
                sums(&[counts.links.get(&(of, o)).map(|cell| &cell.authors)]),
                sums(&[counts.entities.get(&of).map(|e| &e.linked)]),
            ],
            Figure::Motive(m, role) => [sums(&[counts.motives.get(&(of, m, role))]), sums(&[authors(of)])],
            Figure::Rival(rival) => [sums(&[authors(rival)]), sums(&[authors(rival), authors(of)])],
            Figure::Demand(o, m) => {
                [sums(&[counts.demand.get(&(o, m)).map(|d| &d.authors)]), sums(&[Some(&counts.free_authors)])]
            }
        }
    }
}

/// A figure of a subject.
struct Followed {
    of: String,
    level: Level,
    entity: Entity,
    figure: Figure,
}

/// Follows the subjects of the findings through the periods, which are in the order of time, and marks the white space whose demand grew
/// in the last of them. All figures of subjects in focus are told, of others those that changed.
pub fn changes(findings: &mut Findings, periods: &[Group], taxonomy: &Taxonomy, parameters: &Parameters) {
    let followed = followed(findings, taxonomy);
    let mut all: Vec<(ChangeFinding, f64)> = Vec::new();
    for two in periods.windows(2) {
        let [before, after] = two else { continue };
        let platforms: Vec<[&Counts; 2]> = before
            .strata
            .iter()
            .filter_map(|(name, one)| Some([one, &after.strata.iter().find(|(other, _)| other == name)?.1]))
            .collect();
        for followed in &followed {
            all.extend(followed.compare([before, after], &platforms, taxonomy));
        }
    }
    let q = benjamini_hochberg(&all.iter().map(|(_, p)| *p).collect::<Vec<_>>());
    for ((change, _), q) in all.iter_mut().zip(q) {
        (change.q, change.significant) = (six(q), q < FDR);
    }
    let asked = |of: &str| parameters.focus.iter().any(|&entity| super::naming::entity_id(entity, taxonomy) == of);
    let mut told: Vec<ChangeFinding> =
        all.into_iter().map(|(change, _)| change).filter(|c| c.significant || asked(&c.of)).collect();
    told.sort_by(|a, b| (&a.of, a.level, &a.from).cmp(&(&b.of, b.level, &b.from)).then(a.q.total_cmp(&b.q)));
    mark_emerging(findings, &told, periods.last().map(|period| period.name.as_str()));
    findings.space.changes = told;
}

/// What is followed of each subject.
fn followed(findings: &Findings, taxonomy: &Taxonomy) -> Vec<Followed> {
    let mut out = Vec::new();
    for subject in findings.subjects.iter().filter(|subject| subject.level != Level::Cross) {
        let find = |id: &str| match subject.level {
            Level::Category => taxonomy.category_id(id).map(Entity::Category),
            _ => taxonomy.brand_id(id).map(Entity::Brand),
        };
        let Some(entity) = find(&subject.of) else { continue };
        let own = |e: &&super::findings::EntityFinding| e.id == subject.of && e.level == subject.level;
        let Some(card) = findings.entities.iter().find(own) else { continue };
        let mut figures = vec![Figure::Voice];
        let occasions = card.occasions.iter().filter_map(|o| taxonomy.occasion_id(&o.id));
        figures.extend(occasions.take(CELLS).map(Figure::Occasion));
        for (role, most) in [(Role::Buy, CELLS), (Role::Avoid, COMPLAINTS)] {
            let motives = card.motives.iter().filter(|m| m.role == role.as_str());
            let ids = motives.filter_map(|m| taxonomy.motive_id(&m.id));
            figures.extend(ids.take(most).map(|m| Figure::Motive(m, role)));
        }
        // What is only near it is followed by nobody: that more speak of restaurants says nothing of books.
        let own = |r: &&RivalFinding| r.of == subject.of && r.level == subject.level;
        let rivals = findings.rivals.iter().filter(own).filter(|r| r.relation != Kinship::Unknown);
        figures.extend(rivals.take(RIVALS).filter_map(|r| find(&r.rival)).map(Figure::Rival));
        let white = findings.space.white_space.iter().filter(|w| w.of == subject.of && w.level == subject.level);
        let demand = white.flat_map(|w| &w.spaces).filter_map(|space| {
            Some(Figure::Demand(taxonomy.occasion_id(&space.occasion)?, taxonomy.motive_id(&space.motive)?))
        });
        figures.extend(demand);
        out.extend(figures.into_iter().map(|figure| Followed {
            of: subject.of.clone(),
            level: subject.level,
            entity,
            figure,
        }));
    }
    out
}

impl Followed {
    /// The change between two periods with its p, where there are enough authors on platforms that both have.
    fn compare(
        &self,
        [before, after]: [&Group; 2],
        platforms: &[[&Counts; 2]],
        taxonomy: &Taxonomy,
    ) -> Option<(ChangeFinding, f64)> {
        let read = |counts: &Counts| self.figure.read(self.entity, counts);
        let strata: Vec<[[[f64; BUCKETS]; 2]; 2]> = platforms.iter().map(|[one, two]| [read(one), read(two)]).collect();
        let all = |side: usize, part: usize| -> f64 {
            strata.iter().map(|stratum| stratum[side][part].iter().sum::<f64>()).sum()
        };
        let enough = all(0, 1).min(all(1, 1)) >= GATE_AUTHORS as f64 && all(0, 0) + all(1, 0) >= AUTHORS;
        if !enough {
            return None;
        }
        let [one, two] = standardized(&strata, None)?;
        let replicates: Vec<f64> = (0..BUCKETS)
            .map(|bucket| standardized(&strata, Some(bucket)).map_or(f64::NAN, |[one, two]| two - one))
            .collect();
        let estimate = Estimate::of(two - one, &replicates)?;
        let whole = |counts: &Counts| {
            let [part, of] = read(counts).map(|buckets| buckets.iter().sum::<f64>());
            (part, of)
        };
        let ((part_one, of_one), (part_two, of_two)) = (whole(&before.counts), whole(&after.counts));
        let (id, motive) = match self.figure {
            Figure::Voice => (None, None),
            Figure::Occasion(o) => (Some(&taxonomy.occasion(o).name.id), None),
            Figure::Motive(m, _) => (Some(&taxonomy.motive(m).name.id), None),
            Figure::Rival(rival) => (Some(&super::naming::entity_name(rival, taxonomy).id), None),
            Figure::Demand(o, m) => (Some(&taxonomy.occasion(o).name.id), Some(&taxonomy.motive(m).name.id)),
        };
        let change = ChangeFinding {
            of: self.of.clone(),
            level: self.level,
            figure: self.figure.as_str(),
            id: id.cloned(),
            motive: motive.cloned(),
            from: before.name.clone(),
            to: after.name.clone(),
            before: six(one),
            after: six(two),
            difference: six(two - one),
            ci90: estimate.interval90().map(six),
            q: 1.0,
            significant: false,
            unadjusted: six(part_two / of_two - part_one / of_one),
            authors: [part_one as u64, part_two as u64],
        };
        Some((change, estimate.p_either()))
    }
}

/// Both shares, averaged over the platforms with the weights n₁n₂/(n₁+n₂); without a bucket of authors where one is left out.
fn standardized(strata: &[[[[f64; BUCKETS]; 2]; 2]], without: Option<usize>) -> Option<[f64; 2]> {
    let sum = |buckets: &[f64; BUCKETS]| buckets.iter().sum::<f64>() - without.map_or(0.0, |bucket| buckets[bucket]);
    let (mut shares, mut weights) = ([0.0; 2], 0.0);
    for [one, two] in strata {
        let ((a, n), (b, m)) = ((sum(&one[0]), sum(&one[1])), (sum(&two[0]), sum(&two[1])));
        if n <= 0.0 || m <= 0.0 {
            continue;
        }
        let weight = n * m / (n + m);
        weights += weight;
        shares[0] += weight * a / n;
        shares[1] += weight * b / m;
    }
    (weights > 0.0).then(|| shares.map(|share| share / weights))
}

/// White space is emerging where demand grew significantly in the last period.
fn mark_emerging(findings: &mut Findings, changes: &[ChangeFinding], last: Option<&str>) {
    let grew: Vec<&ChangeFinding> = changes
        .iter()
        .filter(|c| c.figure == "demand" && c.significant && c.difference > 0.0 && Some(c.to.as_str()) == last)
        .collect();
    for white in &mut findings.space.white_space {
        for space in &mut white.spaces {
            let is_it =
                |c: &&ChangeFinding| c.id.as_ref() == Some(&space.occasion) && c.motive.as_ref() == Some(&space.motive);
            if grew.iter().any(is_it) {
                space.kind = SpaceKind::Emerging;
            }
        }
    }
}
