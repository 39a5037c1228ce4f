//! One author's statements, each once, and the cells into which they are counted.

use rustc_hash::FxHashMap;

use super::counts::{Counts, EntityCounts, LinkCounts, MOST_OCCASIONS, Spread, UNIT};
use super::expand::{link_cells, occasions_up, of_side, pair_cells, role_unknown, upward};
use super::facts::Fact;
use super::grounds::{Alone, Ledger};
use super::jobs::{JobCells, JobSheet};
use super::position_sheet::{PositionCells, PositionSheet};
use crate::interpret::evidence::Side;
use crate::lexicon::id::{BrandId, CategoryId, Entity, MotiveId, OccasionId, RelationKind, Role};
use crate::lexicon::taxonomy::Taxonomy;

/// Most entities that one author links with one occasion for pairs to be made of them: who names more makes lists.
const MOST_TOGETHER: usize = 40;
/// A link that may speak for its entity.
const ABOUT: u8 = 1;
/// A link that may enter shares between entities.
const FREE: u8 = 2;

/// The entities by whose name a post was fetched, with their lineages.
#[derive(Debug, Clone, Default)]
pub(super) struct Query {
    categories: Vec<CategoryId>,
    brands: Vec<BrandId>,
}

impl Query {
    /// A query that names nothing.
    pub const NONE: Query = Query { categories: Vec::new(), brands: Vec::new() };

    /// A query that names entities.
    pub fn naming(names: &[Entity], taxonomy: &Taxonomy) -> Self {
        let mut query = Query::NONE;
        for &name in names {
            match name {
                Entity::Category(category) => query.categories.push(category),
                Entity::Brand(brand) => {
                    query.brands.push(brand);
                    query.categories.push(taxonomy.brand(brand).home);
                }
            }
        }
        query
    }

    /// Whether it names any entity.
    pub fn names_something(&self) -> bool {
        !self.categories.is_empty()
    }

    /// What a link of an entity found by this query may be used for. A brand found by its category's name is at home.
    fn uses(&self, entity: Entity, taxonomy: &Taxonomy) -> u8 {
        if !self.names_something() {
            return ABOUT | FREE;
        }
        let own = match entity {
            Entity::Category(category) => self.categories.iter().any(|&named| taxonomy.same_lineage(named, category)),
            Entity::Brand(brand) if self.brands.is_empty() => {
                self.categories.iter().any(|&named| taxonomy.same_lineage(named, taxonomy.brand(brand).home))
            }
            Entity::Brand(brand) => self.brands.contains(&brand),
        };
        if own { ABOUT } else { 0 }
    }
}

/// The topic of a thread, for comments that name nothing: the one category and the one brand that its root names, none of
/// a level of which it names several (as for links within a post, method §1).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Topic {
    category: Option<CategoryId>,
    brand: Option<BrandId>,
}

impl Topic {
    /// The topic of a post that names these things.
    pub fn of(sides: impl Iterator<Item = Side> + Clone) -> Self {
        let category = sides.clone().next().map(|side| side.category);
        let brand = sides.clone().find_map(|side| side.brand);
        Self {
            category: category.filter(|&one| sides.clone().all(|side| side.category == one)),
            brand: brand.filter(|&one| sides.clone().all(|side| side.brand.is_none_or(|brand| brand == one))),
        }
    }

    /// Its entities.
    fn entities(self) -> impl Iterator<Item = Entity> + Clone {
        self.category.map(Entity::Category).into_iter().chain(self.brand.map(Entity::Brand))
    }
}

/// What one author says.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    named: Vec<Entity>,
    named_from: usize,
    occasions: Vec<OccasionId>,
    links: Vec<(Entity, OccasionId, u8, Alone)>,
    motives: Vec<(Entity, MotiveId, Role)>,
    /// With the key of the pattern.
    pairs: Vec<((RelationKind, Entity, Entity), u32)>,
    lost: Vec<Entity>,
    together: Vec<(Entity, Entity)>,
    jobs: JobSheet,
    position: PositionSheet,
}

impl Sheet {
    /// Forgets the author; the room stays for the next one.
    pub fn clear(&mut self) {
        self.named.clear();
        self.named_from = 0;
        self.occasions.clear();
        self.links.clear();
        self.motives.clear();
        self.pairs.clear();
        self.lost.clear();
        self.together.clear();
        self.jobs.clear();
        self.position.clear();
    }

    /// Adds a post of the author. A comment that says something of an occasion or motive says it of its topic.
    pub fn add(&mut self, facts: &[Fact], topic: Topic, query: &Query, taxonomy: &Taxonomy) {
        self.named_from = self.named.len();
        let links_from = self.links.len();
        let says_something = facts
            .iter()
            .any(|fact| matches!(fact, Fact::Occasion(..) | Fact::Motive(..) | Fact::Essence(..) | Fact::Stage(..)));
        let heirs = if says_something { topic } else { Topic::default() }.entities();
        self.named.extend(heirs.clone().flat_map(|heir| upward(heir, taxonomy)));
        for &fact in facts {
            match fact {
                Fact::Names(side) => self.named.extend(of_side(side, taxonomy)),
                Fact::Occasion(occasion, wording) => {
                    self.occasions.extend(occasions_up(occasion, taxonomy));
                    let alone = Alone { brand: None, wording };
                    heirs.clone().for_each(|heir| self.link(heir, occasion, alone, query, taxonomy));
                }
                Fact::Link(entity, occasion, _) => {
                    self.link(entity, occasion, alone(facts, entity, occasion), query, taxonomy);
                }
                Fact::Motive(of, motive, role) => {
                    for entity in of.into_iter().chain(heirs.clone().filter(|_| of.is_none())) {
                        self.motive(entity, motive, role, facts, taxonomy);
                    }
                }
                Fact::Relation(kind, loser, winner, key) => {
                    self.pairs.extend(pair_cells(kind, loser, winner, taxonomy).map(|pair| (pair, key)));
                }
                Fact::Lost(side) => self.lost.extend(of_side(side, taxonomy)),
                // Told by the sheets of the jobs and of the position.
                _ => {}
            }
        }
        let about = |entity| query.uses(entity, taxonomy) & ABOUT != 0;
        self.jobs.add(facts, heirs.clone(), about, !query.names_something(), taxonomy);
        self.position.add(facts, heirs, taxonomy);
        sort_once_from(&mut self.named, self.named_from);
        self.note_together(facts, links_from, taxonomy);
    }

    /// The entities of the post added last, each once.
    pub fn named_last(&self) -> &[Entity] {
        &self.named[self.named_from..]
    }

    /// A link in all its cells.
    fn link(&mut self, entity: Entity, occasion: OccasionId, alone: Alone, query: &Query, taxonomy: &Taxonomy) {
        let uses = query.uses(entity, taxonomy);
        let cells = link_cells(entity, occasion, taxonomy);
        self.links.extend(cells.map(|(entity, occasion)| (entity, occasion, uses, alone)));
    }

    /// A motive in all its cells; a brand's counts for the category in which the post names it.
    fn motive(&mut self, of: Entity, motive: MotiveId, role: Role, facts: &[Fact], taxonomy: &Taxonomy) {
        let side = match of {
            Entity::Category(category) => Side { category, brand: None },
            Entity::Brand(brand) => {
                let named = facts.iter().find_map(|fact| match fact {
                    Fact::Names(side) if side.brand == Some(brand) => Some(side.category),
                    _ => None,
                });
                Side { category: named.unwrap_or_else(|| taxonomy.brand(brand).home), brand: Some(brand) }
            }
        };
        self.motives.extend(of_side(side, taxonomy).map(|entity| (entity, motive, role)));
    }

    /// Pairs linked with one occasion in a post that relates nothing, where the role of one of them is unknown.
    fn note_together(&mut self, facts: &[Fact], links_from: usize, taxonomy: &Taxonomy) {
        if facts.iter().any(|fact| matches!(fact, Fact::Relation(..))) {
            return;
        }
        let unknown = |entity: Entity| role_unknown(entity, taxonomy);
        let links = &self.links[links_from..];
        if links.len() > MOST_TOGETHER || !links.iter().any(|link| unknown(link.0)) {
            return;
        }
        for &(a, at, ..) in links {
            let others = links.iter().filter(|&&(b, there, ..)| a < b && at == there);
            self.together.extend(others.map(|&(b, ..)| (a, b)).filter(|&(a, b)| unknown(a) || unknown(b)));
        }
    }
}

/// The one brand and the one wording on which a link of a post rests.
fn alone(facts: &[Fact], entity: Entity, occasion: OccasionId) -> Alone {
    let mut brands = facts.iter().filter_map(|fact| match (fact, entity) {
        (Fact::Names(side), Entity::Category(category)) if side.category == category => Some(side.brand),
        _ => None,
    });
    let first = brands.next().flatten();
    let brand = first.filter(|_| brands.all(|brand| brand == first));
    let wording = facts.iter().find_map(|&fact| match fact {
        Fact::Occasion(spoken, key) if spoken == occasion => Some(key),
        _ => None,
    });
    Alone { brand, wording: wording.unwrap_or(0) }
}

/// The cells while they are being filled.
#[derive(Default)]
pub(super) struct Cells {
    /// What is counted directly.
    pub counts: Counts,
    /// By entity.
    pub entities: FxHashMap<Entity, EntityCounts>,
    links: FxHashMap<(Entity, OccasionId), LinkCounts>,
    motives: FxHashMap<(Entity, MotiveId, Role), Spread>,
    carriers: FxHashMap<(Entity, Entity), u64>,
    position: PositionCells,
    grounds: Ledger,
    jobs: JobCells,
}

impl Cells {
    /// Counts one author's sheet, each statement once.
    pub fn flush(&mut self, sheet: &mut Sheet, bucket: u8, taxonomy: &Taxonomy) {
        let counts = &mut self.counts;
        counts.authors.add(bucket, 1);
        sort_once(&mut sheet.named);
        for &entity in &sheet.named {
            self.entities.entry(entity).or_default().authors.add(bucket, 1);
        }
        if sheet.named.iter().any(|entity| matches!(entity, Entity::Category(_))) {
            counts.entity_authors.add(bucket, 1);
        }
        sort_once(&mut sheet.occasions);
        for &occasion in &sheet.occasions {
            counts.occasions.entry(occasion).or_default().add(bucket, 1);
        }
        sort_once(&mut sheet.lost);
        for &entity in &sheet.lost {
            self.entities.entry(entity).or_default().lost.add(bucket, 1);
        }
        sort_once(&mut sheet.together);
        for &pair in &sheet.together {
            *counts.together.entry(pair).or_default() += 1;
        }
        self.flush_links(sheet, bucket);
        self.flush_motives(sheet, bucket);
        self.flush_pairs(sheet, bucket);
        self.jobs.flush(&mut sheet.jobs, bucket, &mut self.counts);
        sheet.position.flush(&sheet.named, &sheet.motives, bucket, taxonomy, &mut self.position);
    }

    /// Links: the author's weight of 1 per entity, split over its occasions.
    fn flush_links(&mut self, sheet: &mut Sheet, bucket: u8) {
        sheet.links.sort_unstable();
        sheet.links.dedup_by(|next, kept| {
            let same = (next.0, next.1) == (kept.0, kept.1);
            if same {
                kept.2 |= next.2;
                kept.3 = kept.3.and(next.3);
            }
            same
        });
        if !sheet.links.is_empty() {
            self.counts.linked.add(bucket, 1);
        }
        for of_entity in sheet.links.chunk_by(|a, b| a.0 == b.0) {
            self.entities.entry(of_entity[0].0).or_default().linked.add(bucket, 1);
            let weight = |usage: u8| {
                let occasions = of_entity.iter().filter(|link| link.2 & usage != 0).count() as u64;
                UNIT / occasions.clamp(1, MOST_OCCASIONS)
            };
            let (about, free) = (weight(ABOUT), weight(FREE));
            for &(entity, occasion, uses, alone) in of_entity {
                let weight = |usage: u8, weight: u64| if uses & usage != 0 { weight } else { 0 };
                let (about, free) = (weight(ABOUT, about), weight(FREE, free));
                let cell = self.links.entry((entity, occasion)).or_default();
                cell.authors.add(bucket, 1);
                cell.about.add(bucket, about);
                cell.free.add(bucket, free);
                self.grounds.link(entity, occasion, alone, about, free);
            }
        }
    }

    /// Motives by entity, and over all categories.
    fn flush_motives(&mut self, sheet: &mut Sheet, bucket: u8) {
        sort_once(&mut sheet.motives);
        for &cell in &sheet.motives {
            self.motives.entry(cell).or_default().add(bucket, 1);
        }
        let mut any: Vec<(MotiveId, Role)> = sheet
            .motives
            .iter()
            .filter(|(entity, ..)| matches!(entity, Entity::Category(_)))
            .map(|&(_, motive, role)| (motive, role))
            .collect();
        sort_once(&mut any);
        for motive in any {
            self.counts.motive_authors.entry(motive).or_default().add(bucket, 1);
        }
    }

    /// Relations, and who carries a pair.
    fn flush_pairs(&mut self, sheet: &mut Sheet, bucket: u8) {
        sort_once(&mut sheet.pairs);
        for by_pair in sheet.pairs.chunk_by(|a, b| a.0 == b.0) {
            self.counts.pairs.entry(by_pair[0].0).or_default().add(bucket, 1);
            // Read by several patterns, it rests on none.
            if let [(pair, key)] = by_pair {
                self.grounds.pair(*pair, *key);
            }
        }
        let ordered = |a: Entity, b: Entity| if a < b { (a, b) } else { (b, a) };
        let mut carried: Vec<(Entity, Entity)> = sheet.pairs.iter().map(|&((_, a, b), _)| ordered(a, b)).collect();
        let mut by_occasion: Vec<(OccasionId, Entity)> = sheet.links.iter().map(|&(e, o, ..)| (o, e)).collect();
        by_occasion.sort_unstable();
        for together in by_occasion.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() <= MOST_TOGETHER) {
            for (n, &(_, a)) in together.iter().enumerate() {
                carried.extend(together[n + 1..].iter().map(|&(_, b)| ordered(a, b)));
            }
        }
        sort_once(&mut carried);
        for pair in carried {
            *self.carriers.entry(pair).or_default() += 1;
        }
    }

    /// All counts, in the order of their ids.
    pub fn into_counts(mut self) -> Counts {
        self.counts.entities = self.entities.into_iter().collect();
        self.counts.links = self.links.into_iter().collect();
        self.counts.motives = self.motives.into_iter().collect();
        self.counts.carriers = self.carriers.into_iter().collect();
        self.counts.position = self.position.into_counts();
        self.counts.grounds = self.grounds.finish();
        self.jobs.into_counts(&mut self.counts);
        self.counts
    }
}

/// Sorts what stands from a place on, and keeps each of it once.
pub(super) fn sort_once_from<T: Ord + Copy>(list: &mut Vec<T>, from: usize) {
    list[from..].sort_unstable();
    let mut kept = from;
    for at in from..list.len() {
        if kept == from || list[at] != list[kept - 1] {
            list[kept] = list[at];
            kept += 1;
        }
    }
    list.truncate(kept);
}

/// Sorts and keeps each once.
fn sort_once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
