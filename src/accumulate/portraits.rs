//! What is said of a thing in a few of its posts, without its name: the sketches that a passer-by is shown (method §5).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::expand::{of_side, upward};
use super::facts::Fact;
use super::fingerprint::mix;
use super::record::Record;
use super::records::Records;
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
    pub folds: [Vec<Box<[Feature]>>; FOLDS],
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
    let set = |record: &Record, entity| {
        let facts: Vec<Fact> = records.facts(record).collect();
        let mut set: Vec<Feature> = features(&facts, entity, taxonomy).collect();
        set.sort_unstable();
        set.dedup();
        set.into_boxed_slice()
    };
    draws
        .into_iter()
        .map(|(entity, folds)| {
            let folds = folds.map(|draw| draw.into_iter().map(|(_, record)| set(record, entity)).collect());
            (entity, Portrait { folds })
        })
        .collect()
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
