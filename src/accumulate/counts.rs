//! What `finish` hands on: integers per bucket of authors, and the quotes.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::grounds::Grounds;
use super::portraits::Portrait;
use super::position::Position;
use super::quotes::{Cell, Quote};
use crate::lexicon::id::{Entity, MotiveId, OccasionId, RelationKind, Role, Voice};
use crate::limits::BUCKETS;

/// The unit of links: an author's weight of 1 is split evenly over up to ten occasions without remainder.
pub const UNIT: u64 = 2520;
/// Most occasions over which an author's weight is split.
pub const MOST_OCCASIONS: u64 = 10;

/// Buckets that are looked through one by one.
const FEW: usize = 4;

/// An integer count spread over the 64 buckets of authors.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread {
    /// Sorted by bucket, without zeros; one or two need no memory of their own.
    buckets: SmallVec<[Bucket; 2]>,
    total: u64,
}

/// A bucket and its count in one word, of which the bucket is the top byte: half a million of them stand in memory at a time. Counts are far
/// below 2^56.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bucket(u64);

impl Bucket {
    /// Bits of the count.
    const BITS: u32 = u64::BITS - u8::BITS;

    fn new(bucket: u8, count: u64) -> Self {
        Self(u64::from(bucket) << Self::BITS | count)
    }

    fn number(self) -> u8 {
        (self.0 >> Self::BITS) as u8
    }

    fn count(self) -> u64 {
        self.0 & ((1 << Self::BITS) - 1)
    }
}

impl Spread {
    /// Adds to one bucket.
    pub fn add(&mut self, bucket: u8, amount: u64) {
        if amount == 0 {
            return;
        }
        self.total += amount;
        // Authors come bucket by bucket: mostly it is the last one.
        match self.buckets.last_mut() {
            Some(last) if last.number() == bucket => last.0 += amount,
            Some(last) if last.number() > bucket => match self.at(bucket) {
                Ok(at) => self.buckets[at].0 += amount,
                Err(at) => self.buckets.insert(at, Bucket::new(bucket, amount)),
            },
            _ => self.buckets.push(Bucket::new(bucket, amount)),
        }
    }

    fn at(&self, bucket: u8) -> Result<usize, usize> {
        self.buckets.binary_search_by_key(&bucket, |one| one.number())
    }

    /// The count of a bucket. Asked of every cell in every replicate.
    pub fn of(&self, bucket: u8) -> u64 {
        let buckets = self.buckets.as_slice();
        match buckets.len() {
            0..=FEW => buckets.iter().find(|one| one.number() == bucket).map_or(0, |one| one.count()),
            BUCKETS => buckets[usize::from(bucket) % BUCKETS].count(),
            _ => self.at(bucket).map_or(0, |at| buckets[at].count()),
        }
    }

    /// The sum over all buckets.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// How many buckets have anything.
    pub fn filled(&self) -> usize {
        self.buckets.len()
    }

    /// (bucket, count), sorted, without zeros.
    pub fn iter(&self) -> impl Iterator<Item = (u8, u64)> + '_ {
        self.buckets.iter().map(|one| (one.number(), one.count()))
    }
}

impl FromIterator<(u8, u64)> for Spread {
    fn from_iter<I: IntoIterator<Item = (u8, u64)>>(counts: I) -> Self {
        let mut spread = Spread::default();
        counts.into_iter().for_each(|(bucket, count)| spread.add(bucket, count));
        spread
    }
}

/// Posts that were dropped as copies, by the reason for setting them aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Duplicates {
    /// The same post again (S601).
    pub same_id: u64,
    /// An older version of an edited post (S602).
    pub edited: u64,
    /// The same or nearly the same text as another post (S603).
    pub near: u64,
}

impl Duplicates {
    /// All of them.
    pub fn total(&self) -> u64 {
        self.same_id + self.edited + self.near
    }
}

/// Posts by fate and content, duplicates left out unless said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostCounts {
    /// All posts added, duplicates included.
    pub added: u64,
    /// Dropped as copies.
    pub duplicates: Duplicates,
    /// By voice, in the order of [`Voice::ALL`].
    pub voices: [u64; Voice::ALL.len()],
    /// Consumer posts with an entity.
    pub with_entity: u64,
    /// Consumer posts with an occasion.
    pub with_occasion: u64,
    /// Consumer posts with both.
    pub with_both: u64,
    /// Consumer posts fetched by a keyword that names an entity.
    pub fetched: u64,
}

impl PostCounts {
    /// Consumer posts.
    pub fn consumer(&self) -> u64 {
        self.voices[Voice::Consumer as usize]
    }

    /// Posts of anybody else.
    pub fn others(&self) -> u64 {
        self.voices.iter().sum::<u64>() - self.consumer()
    }
}

/// What is known of one entity.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityCounts {
    /// n(e): authors who speak of it.
    pub authors: Spread,
    /// Authors who link it with an occasion.
    pub linked: Spread,
    /// Authors who give it up for nothing.
    pub lost: Spread,
    /// Consumer posts that speak of it.
    pub posts: u64,
    /// Consumer posts that spoke of it and were dropped as copies.
    pub copies: u64,
    /// Posts of anybody but consumers that speak of it.
    pub official: u64,
}

/// What is known of an entity in an occasion.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkCounts {
    /// L(e,o) in units of 1/[`UNIT`], over posts that may speak for e: those not fetched by another entity's name.
    pub about: Spread,
    /// L(e,o) in units of 1/[`UNIT`], over posts not fetched by any entity's name: for shares between entities.
    pub free: Spread,
    /// n(e,o): authors of the cell, over all posts.
    pub authors: Spread,
}

/// What is known of an entity in a job: an occasion with a motive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobCounts {
    /// L(e,j) in units of 1/[`UNIT`]: authors who take it for this, over posts that may speak for e.
    pub about: Spread,
    /// n(e,j): authors who take it for this, over all posts.
    pub authors: u64,
    /// Authors who complain, wish or ask.
    pub unmet: u64,
}

/// Who speaks of a job, with or without an entity, in posts that no entity's name fetched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DemandCounts {
    /// N(j).
    pub authors: Spread,
    /// Those to whom it is a reason to buy: who only complains of it asks for no more of it.
    pub wanted: Spread,
    /// Those who complain, wish or ask.
    pub unmet: Spread,
}

/// Who says on an occasion that something was taken instead of something else.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SwitchCounts {
    /// Something else was taken instead of the entity.
    pub away: Spread,
    /// The entity was taken instead of something else.
    pub toward: Spread,
}

/// Posts fetched by one keyword.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeywordCounts {
    /// Consumer posts.
    pub posts: u64,
    /// The entities that the keyword names.
    pub names: Vec<Entity>,
    /// Consumer posts by entity in them.
    pub entities: BTreeMap<Entity, u64>,
}

/// How posts were fetched: given to `finish` by whoever can read keywords.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The entities that each keyword names; keywords that name none may be left out.
    pub keywords: BTreeMap<String, Vec<Entity>>,
    /// What the user says of posts without keyword: `Some` of the entities their query names (maybe none).
    pub sampled_by: Option<Vec<Entity>>,
}

/// Everything that was counted. Only consumers count unless said; each author once per cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Posts.
    pub posts: PostCounts,
    /// Authors.
    pub authors: Spread,
    /// Authors who link any entity with any occasion: N.
    pub linked: Spread,
    /// By entity.
    pub entities: BTreeMap<Entity, EntityCounts>,
    /// N(o): authors who speak of an occasion.
    pub occasions: BTreeMap<OccasionId, Spread>,
    /// By entity and occasion.
    pub links: BTreeMap<(Entity, OccasionId), LinkCounts>,
    /// By entity, occasion and motive.
    pub jobs: BTreeMap<(Entity, OccasionId, MotiveId), JobCounts>,
    /// By occasion and motive.
    pub demand: BTreeMap<(OccasionId, MotiveId), DemandCounts>,
    /// By entity and occasion.
    pub switches: BTreeMap<(Entity, OccasionId), SwitchCounts>,
    /// Authors of posts that no entity's name fetched.
    pub free_authors: Spread,
    /// What is said of each entity in a few of its posts, in eight folds of authors.
    pub portraits: BTreeMap<Entity, Portrait>,
    /// Authors by entity, motive and role.
    pub motives: BTreeMap<(Entity, MotiveId, Role), Spread>,
    /// Authors by motive and role of any category.
    pub motive_authors: BTreeMap<(MotiveId, Role), Spread>,
    /// Authors who speak of any category, for shares of motives.
    pub entity_authors: Spread,
    /// Authors by relation: the loser, then the winner; for kinds without a winner the smaller id, then the greater.
    pub pairs: BTreeMap<(RelationKind, Entity, Entity), Spread>,
    /// Authors who relate two entities or link both with one occasion, smaller id first.
    pub carriers: BTreeMap<(Entity, Entity), u64>,
    /// Authors who link both with one occasion in one post that relates nothing; only where a role is unknown.
    pub together: BTreeMap<(Entity, Entity), u64>,
    /// What tells the position of one entity: essences, feelings, customers, contact points.
    pub position: Position,
    /// What rests on one brand, wording or pattern alone.
    pub grounds: Grounds,
    /// By keyword; empty where the export has none.
    pub keywords: BTreeMap<String, KeywordCounts>,
    /// What the user said of the query.
    pub sampled_by: Option<Vec<Entity>>,
    /// First and last time of the posts.
    pub period: Option<[String; 2]>,
    /// Consumer posts by language.
    pub languages: BTreeMap<String, u64>,
    /// Consumer posts by platform.
    pub platforms: BTreeMap<String, u64>,
    /// Quotes by cell, as many as are shown of each. A cell with fewer than two authors is there, and has none.
    pub quotes: BTreeMap<Cell, Box<[Quote]>>,
    /// Names of platforms, regions and keywords by their hash.
    pub(super) names: BTreeMap<u64, Box<str>>,
}

impl Counts {
    /// The platform of a quote, where it is known.
    pub fn platform(&self, quote: &Quote) -> Option<&str> {
        self.names.get(&quote.platform()).map(AsRef::as_ref)
    }
}
