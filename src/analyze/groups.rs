//! The same figures per part of the posts, each beside all other posts (`--by platform|region`).

use super::compare::{PairDifference, Rival, differences_of};
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
    let sides: Vec<[Vec<Rival>; 2]> = groups.iter().map(|g| [listed(&g.others), listed(&g.counts)]).collect();
    let pairs = differences_of(&sides);
    groups
        .iter()
        .zip(pairs)
        .map(|(group, rivals)| GroupFinding {
            by: by.as_str(),
            value: group.name.clone(),
            posts: group.counts.posts.consumer(),
            authors: group.counts.authors.total(),
            rivals: rivals.into_iter().filter(is_telling).collect(),
        })
        .collect()
}

/// Rivals per subject that the two sides list.
const LISTED: usize = 25;
/// Ranks that are told whether they differ or not.
const TOLD: usize = 5;

/// Whether a pair stands high in the group or differs.
fn is_telling(pair: &PairDifference) -> bool {
    pair.significant || pair.b.rank.is_some_and(|rank| rank <= TOLD)
}
