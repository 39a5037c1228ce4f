//! How the posts were fetched, and what that forbids: an export fetched by 啤酒 contains whisky only beside beer, so its
//! shares measure the query (method §1, sampling frame).

use super::findings::{EntityShare, FrameFinding, FrameSource, KeywordFinding, Label};
use super::naming::{entity_id, label};
use super::numbers::told;
use crate::accumulate::Counts;
use crate::lexicon::id::{Entity, OccasionId};
use crate::lexicon::taxonomy::Taxonomy;

/// Share of the posts from which on one entity looks like the query.
const SUSPECT_SHARE: f64 = 0.6;
/// Posts below which nothing is suspected.
const SUSPECT_POSTS: u64 = 50;
/// Free links (an author and an entity) that shares between entities need, once part of the posts was fetched by names.
const FREE_LINKS: f64 = 100.0;
/// Keywords shown.
const KEYWORDS: usize = 20;
/// Queries suggested.
const QUERIES: usize = 5;

/// The frame of some counts; `free_links` is the market's L over posts that no entity's name fetched.
pub(super) fn assess(counts: &Counts, taxonomy: &Taxonomy, free_links: f64) -> FrameFinding {
    let consumer = counts.posts.consumer();
    let with_keyword: u64 = counts.keywords.values().map(|keyword| keyword.posts).sum();
    let mut named: Vec<Entity> = counts.keywords.values().flat_map(|keyword| keyword.names.iter().copied()).collect();
    named.extend(counts.sampled_by.iter().flatten());
    let source = if counts.sampled_by.is_some() {
        FrameSource::Given
    } else if 2 * with_keyword > consumer {
        FrameSource::KeywordColumn
    } else {
        named.extend(suspects(counts, taxonomy));
        if suspects(counts, taxonomy).is_empty() { FrameSource::Unknown } else { FrameSource::Suspected }
    };
    named.sort_unstable();
    named.dedup();
    let biased = counts.posts.fetched > 0;
    FrameFinding {
        source,
        fetched_by: named.iter().map(|&entity| entity_id(entity, taxonomy)).collect(),
        fetched_share: (biased && consumer > 0).then(|| counts.posts.fetched as f64 / consumer as f64).and_then(told),
        shares_given: source != FrameSource::Suspected && (!biased || free_links >= FREE_LINKS),
        keywords: keywords(counts, taxonomy),
        suggested_queries: if named.is_empty() { Vec::new() } else { queries(counts, taxonomy, &named) },
    }
}

/// Categories that stand in so many posts that they look like the query. A catch-all cannot be one.
fn suspects(counts: &Counts, taxonomy: &Taxonomy) -> Vec<Entity> {
    let consumer = counts.posts.consumer();
    if consumer < SUSPECT_POSTS {
        return Vec::new();
    }
    let is_suspect = |entity: Entity, posts: u64| match entity {
        Entity::Category(category) => {
            !taxonomy.category(category).catch_all && posts as f64 > SUSPECT_SHARE * consumer as f64
        }
        Entity::Brand(_) => false,
    };
    counts.entities.iter().filter(|&(&entity, of)| is_suspect(entity, of.posts)).map(|(&entity, _)| entity).collect()
}

/// The keywords with most posts.
fn keywords(counts: &Counts, taxonomy: &Taxonomy) -> Vec<KeywordFinding> {
    let mut all: Vec<_> = counts.keywords.iter().collect();
    all.sort_by(|a, b| b.1.posts.cmp(&a.1.posts).then(a.0.cmp(b.0)));
    all.iter()
        .take(KEYWORDS)
        .map(|&(word, keyword)| {
            let mut entities: Vec<(Entity, u64)> = keyword.entities.iter().map(|(&e, &posts)| (e, posts)).collect();
            entities.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
            KeywordFinding {
                keyword: word.clone(),
                posts: keyword.posts,
                names: keyword.names.iter().map(|&entity| entity_id(entity, taxonomy)).collect(),
                entities: entities
                    .iter()
                    .take(3)
                    .filter_map(|&(entity, posts)| {
                        let share = told(posts as f64 / keyword.posts as f64)?;
                        Some(EntityShare { id: entity_id(entity, taxonomy), share })
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The occasions with which most authors link the entities that were asked for: posts fetched by these would tell who else is there.
fn queries(counts: &Counts, taxonomy: &Taxonomy, named: &[Entity]) -> Vec<Label> {
    let mut authors = vec![0u64; taxonomy.occasions.len()];
    for (&(entity, occasion), cell) in counts.links.iter().filter(|((entity, _), _)| named.contains(entity)) {
        debug_assert!(named.contains(&entity));
        authors[occasion.index()] += cell.authors.total();
    }
    let mut order: Vec<usize> = (0..authors.len()).filter(|&occasion| authors[occasion] > 0).collect();
    order.sort_by(|&a, &b| authors[b].cmp(&authors[a]).then(a.cmp(&b)));
    order.iter().take(QUERIES).map(|&at| label(&taxonomy.occasion(OccasionId(at as u16)).name)).collect()
}
