//! What is said of a thing in a few of its posts, without its name: the sketches that a passer-by is shown (method §5).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::expand::{of_side, upward};
use super::facts::Fact;
use super::fingerprint::mix;
use super::record::Record;
use super::records::Records;
use super::sheet::sort_once_from;
use crate::interpret::evidence::Side;
use crate::lexicon::id::{AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, Role, StageId};
use crate::lexicon::taxonomy::Taxonomy;

/// Folds of authors: an author's posts all lie in one.
pub const FOLDS: usize = 8;
/// Posts kept of a thing in a fold.
const POSTS: usize = 50;
/// Keeps the draw of posts apart from other uses of their keys.
const SEED_DRAW: u64 = 11;

/// Something said in a post. Each stands for the one rule of the lexicon that reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// Another thing is named beside it.
    Names(Entity),
    /// It is tied to an occasion.
    Occasion(OccasionId),
    /// A motive is said of it, or of nothing in particular.
    Motive(MotiveId, Role),
    /// An essence, likewise.
    Essence(EssenceId),
    /// A feature of it.
    Attribute(AttributeId),
    /// A stage of the customer's way, likewise.
    Stage(StageId),
    /// Who speaks.
    Customer(CustomerId),
}

/// Posts as sets of features, by fold; at most 50 a fold, those of smallest hash among the posts that say anything of the thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Portrait {
    /// By fold.
    pub folds: [Fold; FOLDS],
}

/// The posts of a fold, one behind the other: there are too many for memory of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fold {
    features: Box<[Feature]>,
    /// Where each post ends.
    ends: Box<[u32]>,
}

impl Fold {
    /// Posts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The features of each post, sorted.
    pub fn posts(&self) -> impl Iterator<Item = &[Feature]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(from, &to)| &self.features[from as usize..to as usize])
    }
}

/// The posts of one thing and fold that come first: (hash, record), sorted.
type Draw<'r> = Vec<(u64, &'r Record)>;

/// The portraits of all things that the posts speak of.
pub(super) fn portraits<'r>(
    posts: impl Iterator<Item = &'r Record>,
    records: &Records,
    taxonomy: &Taxonomy,
) -> BTreeMap<Entity, Portrait> {
    let mut draws: FxHashMap<Entity, [Draw<'r>; FOLDS]> = FxHashMap::default();
    let (mut named, mut facts): (Vec<Entity>, Vec<Fact>) = (Vec::new(), Vec::new());
    for record in posts {
        facts.clear();
        facts.extend(records.facts(record));
        if facts.iter().all(|fact| matches!(fact, Fact::Names(_))) {
            continue;
        }
        named.clear();
        named.extend(sides(&facts).flat_map(|side| of_side(side, taxonomy)));
        named.sort_unstable();
        named.dedup();
        let hash = mix(SEED_DRAW, record.key);
        for &entity in &named {
            let draw = &mut draws.entry(entity).or_default()[usize::from(record.bucket()) % FOLDS];
            let at = draw.partition_point(|&(other, _)| other < hash);
            if at < POSTS && features(&facts, entity, taxonomy).next().is_some() {
                draw.insert(at, (hash, record));
                draw.truncate(POSTS);
            }
        }
    }
    let fold = |draw: Draw<'_>, entity| {
        let (mut said, mut ends): (Vec<Feature>, Vec<u32>) = (Vec::new(), Vec::with_capacity(draw.len()));
        for (_, record) in draw {
            let facts: Vec<Fact> = records.facts(record).collect();
            let from = said.len();
            said.extend(features(&facts, entity, taxonomy));
            sort_once_from(&mut said, from);
            ends.push(said.len() as u32);
        }
        Fold { features: said.into(), ends: ends.into() }
    };
    let portrait = |(entity, folds): (Entity, [Draw<'_>; FOLDS])| {
        (entity, Portrait { folds: folds.map(|draw| fold(draw, entity)) })
    };
    draws.into_iter().map(portrait).collect()
}

/// The things that a post names.
fn sides(facts: &[Fact]) -> impl Iterator<Item = Side> + '_ {
    facts.iter().filter_map(|fact| match fact {
        Fact::Names(side) => Some(*side),
        _ => None,
    })
}

/// What a post says of a thing: its occasions, its motives, and what else is named; not what is said of others.
fn features<'r>(facts: &'r [Fact], of: Entity, taxonomy: &'r Taxonomy) -> impl Iterator<Item = Feature> + 'r {
    let is_it = move |entity: Entity| upward(entity, taxonomy).any(|up| up == of);
    facts.iter().flat_map(move |fact| {
        let (one, other) = match *fact {
            Fact::Names(side) => (
                Some(Feature::Names(Entity::Category(side.category))),
                side.brand.map(|brand| Feature::Names(Entity::Brand(brand))),
            ),
            Fact::Link(entity, occasion, _) => (is_it(entity).then_some(Feature::Occasion(occasion)), None),
            Fact::Motive(entity, motive, role) => {
                (entity.is_none_or(is_it).then_some(Feature::Motive(motive, role)), None)
            }
            Fact::Essence(entity, essence) => (entity.is_none_or(is_it).then_some(Feature::Essence(essence)), None),
            Fact::Attribute(entity, attribute, _) => (is_it(entity).then_some(Feature::Attribute(attribute)), None),
            Fact::Stage(entity, stage, _) => (entity.is_none_or(is_it).then_some(Feature::Stage(stage)), None),
            Fact::Customer(customer) => (Some(Feature::Customer(customer)), None),
            _ => (None, None),
        };
        let others = move |feature: &Feature| !matches!(*feature, Feature::Names(named) if is_it(named) || named == of);
        one.into_iter().chain(other).filter(others)
    })
}
