//! From what a post says to the cells it counts in: a brand counts for its category too, a category for its parents, an
//! occasion likewise; a relation counts at every level at which both its sides can be resolved.

use crate::interpret::evidence::Side;
use crate::lexicon::id::{CategoryId, Entity, OccasionId, RelationKind};
use crate::lexicon::taxonomy::Taxonomy;

/// The entity and, for a category, its parents.
pub(super) fn upward(entity: Entity, taxonomy: &Taxonomy) -> impl Iterator<Item = Entity> + '_ {
    let (first, rest) = match entity {
        Entity::Brand(_) => (Some(entity), None),
        Entity::Category(category) => (None, Some(category)),
    };
    first.into_iter().chain(
        rest.into_iter().flat_map(|category| taxonomy.lineage_up(category).take(MAX_DEPTH).map(Entity::Category)),
    )
}

/// Deepest chain of parents; a cycle in a user's overlay must not hang the run.
const MAX_DEPTH: usize = 8;

/// All entities that a named thing counts for: the brand, its category there, and that category's parents.
pub(super) fn of_side(side: Side, taxonomy: &Taxonomy) -> impl Iterator<Item = Entity> + '_ {
    side.brand.map(Entity::Brand).into_iter().chain(upward(Entity::Category(side.category), taxonomy))
}

/// The occasion and its parents.
pub(super) fn occasions_up(occasion: OccasionId, taxonomy: &Taxonomy) -> impl Iterator<Item = OccasionId> + '_ {
    std::iter::successors(Some(occasion), |&id| taxonomy.occasion(id).parent).take(MAX_DEPTH)
}

/// Whether the occasion is made of the entity, or of what it is a kind of: then the pair says nothing.
pub(super) fn is_tautology(entity: Entity, occasion: OccasionId, taxonomy: &Taxonomy) -> bool {
    let category = match entity {
        Entity::Category(category) => category,
        Entity::Brand(brand) => taxonomy.brand(brand).home,
    };
    let made_of = &taxonomy.occasion(occasion).tautology;
    !made_of.is_empty() && taxonomy.lineage_up(category).take(MAX_DEPTH).any(|category| made_of.contains(&category))
}

/// All (entity, occasion) pairs that a link counts for, tautologies left out.
pub(super) fn link_cells(
    entity: Entity,
    occasion: OccasionId,
    taxonomy: &Taxonomy,
) -> impl Iterator<Item = (Entity, OccasionId)> + '_ {
    upward(entity, taxonomy)
        .flat_map(move |entity| occasions_up(occasion, taxonomy).map(move |occasion| (entity, occasion)))
        .filter(|&(entity, occasion)| !is_tautology(entity, occasion, taxonomy))
}

/// All (loser, winner) pairs that a relation counts for: category against category, brand against brand, and brand
/// against category. Pairs inside one lineage are left out.
pub(super) fn pair_cells(
    kind: RelationKind,
    loser: Side,
    winner: Side,
    taxonomy: &Taxonomy,
) -> impl Iterator<Item = (RelationKind, Entity, Entity)> + '_ {
    of_side(loser, taxonomy)
        .flat_map(move |lost| of_side(winner, taxonomy).map(move |won| (lost, won)))
        .filter(move |&(lost, won)| !related(lost, loser.category, won, winner.category, taxonomy))
        .map(move |(lost, won)| pair_key(kind, lost, won))
}

/// The cell of a pair: kinds without a winner have their sides in the order of their ids.
pub(super) fn pair_key(kind: RelationKind, loser: Entity, winner: Entity) -> (RelationKind, Entity, Entity) {
    let unordered = matches!(kind, RelationKind::EitherOr | RelationKind::GoesWith);
    if unordered && winner < loser { (kind, winner, loser) } else { (kind, loser, winner) }
}

/// Whether two entities belong to one lineage, given the categories in which they were named.
fn related(a: Entity, a_in: CategoryId, b: Entity, b_in: CategoryId, taxonomy: &Taxonomy) -> bool {
    match (a, b) {
        (Entity::Brand(a), Entity::Brand(b)) => a == b,
        (Entity::Category(a), Entity::Category(b)) => taxonomy.same_lineage(a, b),
        (Entity::Brand(brand), Entity::Category(category)) => {
            taxonomy.same_lineage(a_in, category) || taxonomy.same_lineage(taxonomy.brand(brand).home, category)
        }
        (Entity::Category(_), Entity::Brand(_)) => related(b, b_in, a, a_in, taxonomy),
    }
}

/// Whether the codebook (or a user's overlay) gives no role for the entity's category.
pub fn role_unknown(entity: Entity, taxonomy: &Taxonomy) -> bool {
    let category = match entity {
        Entity::Category(category) => category,
        Entity::Brand(brand) => taxonomy.brand(brand).home,
    };
    matches!(taxonomy.category(category).role.as_str(), "" | "unknown")
}
