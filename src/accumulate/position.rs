//! The counts that tell the position of an entity (method §5): each author once per cell.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::counts::Spread;
use crate::interpret::evidence::Theme;
use crate::lexicon::id::{AttributeId, CustomerId, Entity, EssenceId, MotiveId, Role, StageId};

/// Authors of a cell, and those of them who praise and who blame (some do both).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Valued {
    /// All of them.
    pub authors: Spread,
    /// Who praise.
    pub positive: Spread,
    /// Who blame.
    pub negative: Spread,
}

/// What is summed of a theme of an entity in a bucket: one mean per author, in thousandths up to 2,000. Two million authors of one bucket
/// would have to bring one theme of one entity up, and be beside themselves, for a sum to stay at its greatest value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FeltSums {
    /// Authors who bring the theme up with the entity.
    pub authors: u32,
    /// Their arousal where they do.
    pub arousal: u32,
    /// Their imagery where they do.
    pub imagery: u32,
    /// Their arousal in all they say of the entity: to be taken out of the sum of all authors.
    pub overall: u32,
    /// Those of them who also speak of the entity without the theme.
    pub apart_authors: u32,
    /// Their arousal there.
    pub apart: u32,
}

/// Arousal with and without a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeltCounts {
    /// (bucket, sums), sorted; most have one.
    buckets: SmallVec<[(u8, FeltSums); 1]>,
}

impl FeltCounts {
    /// Adds an author.
    pub(super) fn add(&mut self, bucket: u8, of: FeltSums) {
        let at = match self.buckets.binary_search_by_key(&bucket, |&(bucket, _)| bucket) {
            Ok(at) => at,
            Err(at) => {
                // There are too many cells for room that nothing fills.
                if self.buckets.len() == self.buckets.capacity() {
                    self.buckets.reserve_exact(1 + self.buckets.len() / 2);
                }
                self.buckets.insert(at, (bucket, FeltSums::default()));
                at
            }
        };
        let sums = &mut self.buckets[at].1;
        sums.authors = sums.authors.saturating_add(of.authors);
        sums.arousal = sums.arousal.saturating_add(of.arousal);
        sums.imagery = sums.imagery.saturating_add(of.imagery);
        sums.overall = sums.overall.saturating_add(of.overall);
        sums.apart_authors = sums.apart_authors.saturating_add(of.apart_authors);
        sums.apart = sums.apart.saturating_add(of.apart);
    }

    /// Authors who bring the theme up.
    pub fn authors(&self) -> u64 {
        self.buckets.iter().map(|(_, sums)| u64::from(sums.authors)).sum()
    }

    /// (bucket, sums), sorted.
    pub fn buckets(&self) -> &[(u8, FeltSums)] {
        &self.buckets
    }
}

/// Counts by entity beyond occasions and motives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// Authors who tell who they are and speak of any category.
    pub customers: BTreeMap<CustomerId, Spread>,
    /// Authors who answer a question of who they are, by the first cue of that question and for any category (`None`) or one entity.
    pub facets: BTreeMap<(Option<Entity>, CustomerId), Spread>,
    /// Authors of an entity who tell who they are.
    pub of_customers: BTreeMap<(Entity, CustomerId), Spread>,
    /// Their motives.
    pub customer_motives: BTreeMap<(Entity, CustomerId, MotiveId, Role), Spread>,
    /// Authors by essence.
    pub essences: BTreeMap<(Entity, EssenceId), Spread>,
    /// Authors with any essence.
    pub with_essence: BTreeMap<Entity, Spread>,
    /// Authors by feature.
    pub attributes: BTreeMap<(Entity, AttributeId), Valued>,
    /// Steps to an end from a means (`None`: the thing itself), in quarters of an author: 4 where words of cause or purpose join them, 1 where
    /// they only stand in one sentence.
    pub steps: BTreeMap<(Entity, Theme, Option<Theme>), Spread>,
    /// Steps to an end from anything, likewise.
    pub ends: BTreeMap<(Entity, Theme), Spread>,
    /// Authors by stage of the customer's way.
    pub stages: BTreeMap<(Entity, StageId), Valued>,
    /// Authors who say anything of an entity, and the sum of their arousal.
    pub moods: BTreeMap<Entity, (Spread, Spread)>,
    /// Arousal by theme.
    pub felt: BTreeMap<(Entity, Theme), FeltCounts>,
}
