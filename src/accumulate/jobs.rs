//! One author's jobs (thing × occasion × motive), the demand for them, and switching by occasion.

use rustc_hash::FxHashMap;

use super::counts::{Counts, DemandCounts, JobCounts, MOST_OCCASIONS, SwitchCounts, UNIT};
use super::expand::{is_tautology, link_cells, occasions_up, of_side, pair_cells};
use super::facts::Fact;
use crate::interpret::evidence::Side;
use crate::lexicon::id::{Entity, MotiveId, OccasionId, RelationKind, Role};
use crate::lexicon::taxonomy::Taxonomy;

/// The thing is taken for this.
const SERVED: u8 = 1;
/// The writer complains, wishes or asks.
const UNMET: u8 = 2;
/// The post may speak for the thing.
const ABOUT: u8 = 4;
/// The subject of a switch lost.
const AWAY: u8 = 1;
/// It won.
const TOWARD: u8 = 2;

/// What one author says of jobs.
#[derive(Debug, Default)]
pub(super) struct JobSheet {
    jobs: Vec<(Entity, OccasionId, MotiveId, u8)>,
    needs: Vec<(OccasionId, MotiveId, u8)>,
    switches: Vec<(Entity, OccasionId, u8)>,
    /// He wrote a post that no entity's name fetched.
    free: bool,
}

impl JobSheet {
    /// Forgets the author; the room stays for the next one.
    pub fn clear(&mut self) {
        self.jobs.clear();
        self.needs.clear();
        self.switches.clear();
        self.free = false;
    }

    /// Adds a post: `heirs` are the things that a comment speaks of without naming them, `about` tells whether the post may speak for a
    /// thing, `free` whether it was fetched by no entity's name.
    pub fn add(
        &mut self,
        facts: &[Fact],
        heirs: impl Iterator<Item = Entity> + Clone,
        about: impl Fn(Entity) -> bool,
        free: bool,
        taxonomy: &Taxonomy,
    ) {
        self.free |= free;
        for &fact in facts {
            match fact {
                Fact::Job(of, occasion, motive, role, unmet) => {
                    let uses = if role == Role::Avoid { 0 } else { SERVED } | if unmet { UNMET } else { 0 };
                    if free {
                        self.needs.extend(occasions_up(occasion, taxonomy).map(|occasion| (occasion, motive, uses)));
                    }
                    for entity in of.into_iter().chain(heirs.clone().filter(|_| of.is_none())) {
                        let uses = uses | if about(entity) { ABOUT } else { 0 };
                        let cells = link_cells(entity, occasion, taxonomy);
                        self.jobs.extend(cells.map(|(entity, occasion)| (entity, occasion, motive, uses)));
                    }
                }
                Fact::Relation(RelationKind::InsteadOf, loser, winner, _) => {
                    self.switch(facts, loser, winner, taxonomy)
                }
                _ => {}
            }
        }
    }

    /// A switch counts on the occasions with which its post links either side.
    fn switch(&mut self, facts: &[Fact], loser: Side, winner: Side, taxonomy: &Taxonomy) {
        let is_side = |entity: Entity| [loser, winner].iter().any(|&side| of_side(side, taxonomy).any(|e| e == entity));
        for fact in facts {
            let &Fact::Link(entity, occasion, _) = fact else { continue };
            if !is_side(entity) {
                continue;
            }
            for occasion in occasions_up(occasion, taxonomy) {
                for (_, lost, won) in pair_cells(RelationKind::InsteadOf, loser, winner, taxonomy) {
                    let sides = [(lost, AWAY), (won, TOWARD)];
                    let counted = sides.into_iter().filter(|&(e, _)| !is_tautology(e, occasion, taxonomy));
                    self.switches.extend(counted.map(|(entity, way)| (entity, occasion, way)));
                }
            }
        }
    }

    /// The same statements, each once, with all that was said of it.
    fn settle(&mut self) {
        self.jobs.sort_unstable();
        self.jobs
            .dedup_by(|next, kept| unite((next.0, next.1, next.2) == (kept.0, kept.1, kept.2), next.3, &mut kept.3));
        self.needs.sort_unstable();
        self.needs.dedup_by(|next, kept| unite((next.0, next.1) == (kept.0, kept.1), next.2, &mut kept.2));
        self.switches.sort_unstable();
        self.switches.dedup_by(|next, kept| unite((next.0, next.1) == (kept.0, kept.1), next.2, &mut kept.2));
    }
}

/// Adds what the same statement was used for.
fn unite(same: bool, next: u8, kept: &mut u8) -> bool {
    if same {
        *kept |= next;
    }
    same
}

/// The cells of jobs while they are being filled.
#[derive(Default)]
pub(super) struct JobCells {
    jobs: FxHashMap<(Entity, OccasionId, MotiveId), JobCounts>,
    demand: FxHashMap<(OccasionId, MotiveId), DemandCounts>,
    switches: FxHashMap<(Entity, OccasionId), SwitchCounts>,
}

impl JobCells {
    /// Counts one author's sheet, each statement once; his weight of 1 per thing is split over what he takes it for.
    pub fn flush(&mut self, sheet: &mut JobSheet, bucket: u8, counts: &mut Counts) {
        sheet.settle();
        counts.free_authors.add(bucket, u64::from(sheet.free));
        for of_entity in sheet.jobs.chunk_by(|a, b| a.0 == b.0) {
            let served = |job: &&(Entity, OccasionId, MotiveId, u8)| job.3 & (SERVED | ABOUT) == SERVED | ABOUT;
            let weight = UNIT / (of_entity.iter().filter(served).count() as u64).clamp(1, MOST_OCCASIONS);
            for job in of_entity {
                let cell = self.jobs.entry((job.0, job.1, job.2)).or_default();
                cell.about.add(bucket, if served(&job) { weight } else { 0 });
                cell.authors += u64::from(job.3 & SERVED != 0);
                cell.unmet += u64::from(job.3 & UNMET != 0);
            }
        }
        for &(occasion, motive, uses) in &sheet.needs {
            let cell = self.demand.entry((occasion, motive)).or_default();
            cell.authors.add(bucket, 1);
            cell.wanted.add(bucket, u64::from(uses & SERVED != 0));
            cell.unmet.add(bucket, u64::from(uses & UNMET != 0));
        }
        for &(entity, occasion, ways) in &sheet.switches {
            let cell = self.switches.entry((entity, occasion)).or_default();
            cell.away.add(bucket, u64::from(ways & AWAY != 0));
            cell.toward.add(bucket, u64::from(ways & TOWARD != 0));
        }
    }

    /// Hands the cells over, in the order of their ids.
    pub fn into_counts(self, counts: &mut Counts) {
        counts.jobs = self.jobs.into_iter().collect();
        counts.demand = self.demand.into_iter().collect();
        counts.switches = self.switches.into_iter().collect();
    }
}
