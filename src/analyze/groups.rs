//! The same figures per part of the posts, each beside all other posts (`--by platform|region`), or period by period.

use std::collections::BTreeSet;

use super::compare::{PairDifference, Rival, Told, differences_of};
use super::findings::{Findings, GroupFinding};
use super::parameters::Parameters;
use crate::accumulate::{Counts, Group, Grouping};
use crate::lexicon::id::Entity;
use crate::lexicon::taxonomy::Taxonomy;

/// What each group says of the subjects of the whole, and where it differs from all other posts; q is over all groups.
pub fn groups(
    whole: &Findings,
    groups: &[Group],
    by: Grouping,
    taxonomy: &Taxonomy,
    parameters: &Parameters,
) -> Vec<GroupFinding> {
    let entity = |id: &str| {
        let brand = || taxonomy.brand_id(id).map(Entity::Brand);
        taxonomy.category_id(id).map(Entity::Category).or_else(brand)
    };
    let focus: Vec<Entity> = whole.subjects.iter().filter_map(|subject| entity(&subject.of)).collect();
    // Both sides list the same rivals far down, so that a rival of the one is seldom missing from the other.
    let parameters = Parameters { focus, top: parameters.top.max(LISTED), ..parameters.clone() };
    let listed = |counts: &Counts| -> Vec<Rival> {
        super::analyze(counts, taxonomy, &parameters).rivals.iter().map(Rival::from).collect()
    };
    if by.is_period() {
        return groups.iter().map(|group| finding(group, by, alone(&listed(&group.counts)))).collect();
    }
    let sides: Vec<[Vec<Rival>; 2]> = groups.iter().map(|g| [listed(&g.others), listed(&g.counts)]).collect();
    let pairs = differences_of(&sides);
    groups
        .iter()
        .zip(&sides)
        .zip(pairs)
        .map(|((group, [_, own]), compared)| {
            let mut told: Vec<PairDifference> = compared.into_iter().filter(is_telling).collect();
            // What nobody else ranks differs from nothing, and is told all the same.
            let key = |pair: &PairDifference| (pair.of.clone(), pair.rival.clone(), pair.level.clone());
            let compared: BTreeSet<_> = told.iter().map(key).collect();
            told.extend(alone(own).into_iter().filter(|pair| !compared.contains(&key(pair))));
            finding(group, by, told)
        })
        .collect()
}

/// A group with what it says of pairs.
fn finding(group: &Group, by: Grouping, rivals: Vec<PairDifference>) -> GroupFinding {
    GroupFinding {
        by: by.as_str(),
        value: group.name.clone(),
        posts: group.counts.posts.consumer(),
        authors: group.counts.authors.total(),
        rivals,
    }
}

/// The first rivals of a group by itself. What changed from one period to the next is told apart, with the mix of platforms held constant.
fn alone(rivals: &[Rival]) -> Vec<PairDifference> {
    let pair = |rival: &Rival| PairDifference {
        of: rival.of.clone(),
        rival: rival.rival.clone(),
        level: rival.level.clone(),
        a: Told::default(),
        b: Told::of(rival),
        difference: None,
        ci90: None,
        q: None,
        significant: false,
    };
    rivals.iter().filter(|rival| rival.rank <= TOLD).map(pair).collect()
}

/// Rivals per subject that the two sides list.
const LISTED: usize = 25;
/// Ranks that are told whether they differ or not.
const TOLD: usize = 5;

/// Whether a pair stands high in the group or differs.
fn is_telling(pair: &PairDifference) -> bool {
    pair.significant || pair.b.rank.is_some_and(|rank| rank <= TOLD)
}
