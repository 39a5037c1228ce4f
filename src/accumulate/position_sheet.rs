//! What one author tells of himself and of the position of things, each once, and the cells into which it is counted.

use rustc_hash::FxHashMap;

use super::counts::Spread;
use super::expand::upward;
use super::facts::Fact;
use super::position::{FeltCounts, FeltSums, Position, Valued};
use crate::interpret::evidence::{Stance, Theme, Window};
use crate::lexicon::id::{AttributeId, CustomerId, Entity, EssenceId, MotiveId, Role, StageId};
use crate::lexicon::taxonomy::Taxonomy;

/// Quarters of a step that words join, and of one that they do not.
const JOINED: u8 = 4;
const BESIDE: u8 = 1;

/// Whether something is praised or blamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Neither,
    Good,
    Bad,
}

impl Value {
    fn of(stance: Stance) -> Self {
        match stance {
            Stance::Positive => Value::Good,
            Stance::Negative => Value::Bad,
            Stance::Wish | Stance::Ask | Stance::Neutral => Value::Neither,
        }
    }
}

/// The cells while they are being filled.
#[derive(Debug, Default)]
pub(super) struct PositionCells {
    /// What is counted directly.
    counts: Position,
    attributes: FxHashMap<(Entity, AttributeId), Valued>,
    steps: FxHashMap<(Entity, Theme, Option<Theme>), Spread>,
    ends: FxHashMap<(Entity, Theme), Spread>,
    stages: FxHashMap<(Entity, StageId), Valued>,
    moods: FxHashMap<Entity, (Spread, Spread)>,
    felt: FxHashMap<(Entity, Theme), FeltCounts>,
}

impl PositionCells {
    /// All counts, in the order of their ids.
    pub fn into_counts(self) -> Position {
        let mut counts = self.counts;
        counts.attributes = self.attributes.into_iter().collect();
        counts.steps = self.steps.into_iter().collect();
        counts.ends = self.ends.into_iter().collect();
        counts.stages = self.stages.into_iter().collect();
        counts.moods = self.moods.into_iter().collect();
        counts.felt = self.felt.into_iter().collect();
        counts
    }
}

/// What an author says.
#[derive(Debug, Default)]
pub(super) struct PositionSheet {
    posts: u32,
    customers: Vec<CustomerId>,
    essences: Vec<(Entity, EssenceId)>,
    attributes: Vec<(Entity, AttributeId, Value)>,
    steps: Vec<(Entity, Theme, Option<Theme>, u8)>,
    stages: Vec<(Entity, StageId, Value)>,
    /// Arousal of all that a post says of an entity.
    moods: Vec<(Entity, u32, u16)>,
    /// Arousal and imagery of a theme of an entity in a post.
    felt: Vec<(Entity, Theme, u32, u16, u16)>,
}

impl PositionSheet {
    /// Forgets the author; the room stays for the next one.
    pub fn clear(&mut self) {
        self.posts = 0;
        self.customers.clear();
        self.essences.clear();
        self.attributes.clear();
        self.steps.clear();
        self.stages.clear();
        self.moods.clear();
        self.felt.clear();
    }

    /// Adds a post; what it says of nothing in particular is said of the heirs, the topic of its thread.
    pub fn add(&mut self, facts: &[Fact], heirs: impl Iterator<Item = Entity> + Clone, taxonomy: &Taxonomy) {
        self.posts += 1;
        let up = |entity: Entity| upward(entity, taxonomy);
        let things = |of: Option<Entity>| {
            let heirs = heirs.clone().filter(move |_| of.is_none());
            of.into_iter().chain(heirs).flat_map(up)
        };
        for &fact in facts {
            match fact {
                Fact::Customer(id) => self.customers.push(id),
                Fact::Essence(of, id) => {
                    self.essences.extend(things(of).map(|entity| (entity, id)));
                    for entity in things(of) {
                        self.theme(entity, Theme::Essence(id), 0, 0);
                    }
                }
                Fact::Attribute(of, id, stance) => {
                    self.attributes.extend(up(of).map(|entity| (entity, id, Value::of(stance))));
                    for entity in up(of) {
                        self.theme(entity, Theme::Attribute(id), 0, 0);
                    }
                }
                Fact::Step(of, to, from, joined) => {
                    let weight = if joined { JOINED } else { BESIDE };
                    self.steps.extend(up(of).map(|entity| (entity, to, from, weight)));
                }
                Fact::Stage(of, id, stance) => {
                    self.stages.extend(things(of).map(|entity| (entity, id, Value::of(stance))));
                }
                Fact::Motive(of, id, role) => {
                    for entity in things(of) {
                        self.motive(entity, id, role, taxonomy);
                    }
                }
                Fact::Link(of, occasion, Window::Clause | Window::Sentence | Window::Post) => {
                    for entity in up(of) {
                        self.theme(entity, Theme::Occasion(occasion), 0, 0);
                    }
                }
                Fact::Felt(of, theme, arousal, imagery) => {
                    for entity in up(of) {
                        match theme {
                            Some(theme) => self.theme(entity, theme, arousal, imagery),
                            None => self.moods.push((entity, self.posts, arousal)),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// A motive: a theme unless it keeps people away, and a judgment of the stage that it belongs to.
    fn motive(&mut self, entity: Entity, id: MotiveId, role: Role, taxonomy: &Taxonomy) {
        if role != Role::Avoid {
            self.theme(entity, Theme::Motive(id), 0, 0);
        }
        let value = if role == Role::Avoid { Value::Bad } else { Value::Good };
        self.stages.extend(taxonomy.stage_of_motive(id).map(|stage| (entity, stage, value)));
    }

    /// A theme in the post at hand; what nothing is known of stirs nothing.
    fn theme(&mut self, entity: Entity, theme: Theme, arousal: u16, imagery: u16) {
        self.felt.push((entity, theme, self.posts, arousal, imagery));
        self.moods.push((entity, self.posts, 0));
    }

    /// Counts the author, each statement once. `motives` are his own, sorted.
    pub fn flush(
        &mut self,
        named: &[Entity],
        motives: &[(Entity, MotiveId, Role)],
        bucket: u8,
        taxonomy: &Taxonomy,
        out: &mut PositionCells,
    ) {
        self.flush_customers(named, motives, bucket, taxonomy, &mut out.counts);
        once(&mut self.essences);
        for &cell in &self.essences {
            out.counts.essences.entry(cell).or_default().add(bucket, 1);
        }
        for of_entity in self.essences.chunk_by(|a, b| a.0 == b.0) {
            out.counts.with_essence.entry(of_entity[0].0).or_default().add(bucket, 1);
        }
        once(&mut self.attributes);
        for cell in self.attributes.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let valued = out.attributes.entry((cell[0].0, cell[0].1)).or_default();
            count_values(valued, cell.iter().map(|of| of.2), bucket);
        }
        once(&mut self.stages);
        for cell in self.stages.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let valued = out.stages.entry((cell[0].0, cell[0].1)).or_default();
            count_values(valued, cell.iter().map(|of| of.2), bucket);
        }
        self.flush_steps(bucket, out);
        self.flush_moods(bucket, out);
    }

    /// Who he is, and what such a person wants.
    fn flush_customers(
        &mut self,
        named: &[Entity],
        motives: &[(Entity, MotiveId, Role)],
        bucket: u8,
        taxonomy: &Taxonomy,
        out: &mut Position,
    ) {
        if named.is_empty() || self.customers.is_empty() {
            return;
        }
        once(&mut self.customers);
        let mut facets: Vec<CustomerId> = self.customers.iter().map(|&id| facet(id, taxonomy)).collect();
        once(&mut facets);
        for &id in &self.customers {
            out.customers.entry(id).or_default().add(bucket, 1);
            for &entity in named {
                out.of_customers.entry((entity, id)).or_default().add(bucket, 1);
            }
            for &(entity, motive, role) in motives {
                out.customer_motives.entry((entity, id, motive, role)).or_default().add(bucket, 1);
            }
        }
        for id in facets {
            for of in std::iter::once(None).chain(named.iter().copied().map(Some)) {
                out.facets.entry((of, id)).or_default().add(bucket, 1);
            }
        }
    }

    /// Steps: the strongest of each counts.
    fn flush_steps(&mut self, bucket: u8, out: &mut PositionCells) {
        once(&mut self.steps);
        for end in self.steps.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let strongest = end.iter().map(|step| step.3).max().unwrap_or(0);
            out.ends.entry((end[0].0, end[0].1)).or_default().add(bucket, u64::from(strongest));
            for step in end.chunk_by(|a, b| a.2 == b.2) {
                // Sorted: the last is the strongest.
                let weight = step.last().map_or(0, |step| step.3);
                out.steps.entry((step[0].0, step[0].1, step[0].2)).or_default().add(bucket, u64::from(weight));
            }
        }
    }

    /// One mean per author and cell.
    fn flush_moods(&mut self, bucket: u8, out: &mut PositionCells) {
        // Of one post the greatest: the zeros only say that the theme is there.
        self.moods.sort_unstable_by_key(|&(entity, post, arousal)| (entity, post, std::cmp::Reverse(arousal)));
        self.moods.dedup_by_key(|&mut (entity, post, _)| (entity, post));
        self.felt.sort_unstable_by_key(|&(entity, theme, post, arousal, imagery)| {
            (entity, theme, post, std::cmp::Reverse((arousal, imagery)))
        });
        self.felt.dedup_by_key(|&mut (entity, theme, post, ..)| (entity, theme, post));
        let mut felt = self.felt.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).peekable();
        for posts in self.moods.chunk_by(|a, b| a.0 == b.0) {
            let entity = posts[0].0;
            let overall = mean(posts.iter().map(|post| post.2));
            let mood = out.moods.entry(entity).or_default();
            mood.0.add(bucket, 1);
            mood.1.add(bucket, u64::from(overall));
            while let Some(of) = felt.next_if(|of| of[0].0 <= entity) {
                let without = || posts.iter().filter(|post| !of.iter().any(|with| with.2 == post.1)).map(|post| post.2);
                let sums = FeltSums {
                    authors: 1,
                    arousal: mean(of.iter().map(|post| post.3)),
                    imagery: mean(of.iter().map(|post| post.4)),
                    overall,
                    apart_authors: u32::from(without().next().is_some()),
                    apart: mean(without()),
                };
                out.felt.entry((of[0].0, of[0].1)).or_default().add(bucket, sums);
            }
        }
    }
}

/// The first cue of the question that a cue answers, which stands for the question.
fn facet(id: CustomerId, taxonomy: &Taxonomy) -> CustomerId {
    let own = taxonomy.facet_of_customer(id);
    let first = taxonomy.customer_facets.iter().position(|facet| facet == own && !own.is_empty());
    first.map_or(id, |at| CustomerId(at as u16))
}

/// Counts an author who praises, blames, or neither.
fn count_values(valued: &mut Valued, values: impl Iterator<Item = Value>, bucket: u8) {
    valued.authors.add(bucket, 1);
    for value in values {
        match value {
            Value::Good => valued.positive.add(bucket, 1),
            Value::Bad => valued.negative.add(bucket, 1),
            Value::Neither => {}
        }
    }
}

/// The mean, in whole thousandths.
fn mean(values: impl Iterator<Item = u16>) -> u32 {
    let (sum, n) = values.fold((0u64, 0u64), |(sum, n), value| (sum + u64::from(value), n + 1));
    // No greater than the greatest of them.
    (sum / n.max(1)) as u32
}

/// Sorts and keeps each once.
fn once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
