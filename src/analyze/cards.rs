//! Who gets a card, told from the counts alone: what no card will show goes before the tables are made, which need the room.

use std::cmp::Reverse;

use super::findings::{Level, Standing};
use super::parameters::{GATE_AUTHORS, GATE_BUCKETS, Parameters};
use crate::accumulate::{Cell, Counts};
use crate::lexicon::id::{Entity, Role};
use crate::lexicon::taxonomy::Taxonomy;

/// Whether an entity can be ranked.
pub(super) fn standing(counts: &Counts, taxonomy: &Taxonomy, entity: Entity) -> Standing {
    let authors = &counts.entities[&entity].authors;
    let catch_all = match entity {
        Entity::Category(category) => taxonomy.category(category).catch_all,
        Entity::Brand(_) => false,
    };
    if catch_all {
        Standing::CatchAll
    } else if authors.total() < GATE_AUTHORS || authors.filled() < GATE_BUCKETS {
        Standing::InsufficientEvidence
    } else {
        Standing::Ranked
    }
}

/// The subjects of a level in the order of their cards: those asked for, or the most spoken of.
pub(super) fn subjects(counts: &Counts, taxonomy: &Taxonomy, level: Level, parameters: &Parameters) -> Vec<Entity> {
    let brand = level != Level::Category;
    let asked = |entity: &Entity| match parameters.focus.as_slice() {
        [] => standing(counts, taxonomy, *entity) == Standing::Ranked,
        focus => focus.contains(entity),
    };
    let of_level = |entity: &Entity| matches!(entity, Entity::Brand(_)) == brand;
    let mut out: Vec<Entity> = counts.entities.keys().copied().filter(|e| of_level(e) && asked(e)).collect();
    out.sort_by_key(|entity| (Reverse(counts.entities[entity].authors.total()), *entity));
    if parameters.focus.is_empty() {
        out.truncate(parameters.subjects);
    }
    out
}

/// All subjects of the levels that were asked for, by level, most authors first.
pub(super) fn cards(counts: &Counts, taxonomy: &Taxonomy, parameters: &Parameters) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for level in Level::ALL.into_iter().filter(|level| parameters.levels.contains(level)) {
        for entity in subjects(counts, taxonomy, level, parameters) {
            if !out.contains(&entity) {
                out.push(entity);
            }
        }
    }
    out
}

/// Lets go of the quotes and portraits that [`analyze`](super::analyze) asks for under no circumstances: a card shows what is said of its
/// subject, of it and a rival, and here and there one word on a rival alone. That a cell was quoted at all stays known.
pub fn spare(counts: &mut Counts, taxonomy: &Taxonomy, parameters: &Parameters) {
    let cards = cards(counts, taxonomy, parameters);
    let shown = |cell: Cell| match cell {
        Cell::Job(..) => usize::MAX,
        // A rival is quoted for an occasion, and for what is complained of at a stage where it can be attacked.
        Cell::Link(of, _) | Cell::Motive(of, _, Role::Avoid) if !cards.contains(&of) => 1,
        Cell::Pair(_, a, b) | Cell::Together(a, b) if !cards.contains(&a) && !cards.contains(&b) => 0,
        Cell::Entity(of)
        | Cell::Motive(of, ..)
        | Cell::Lost(of)
        | Cell::Essence(of, _)
        | Cell::Attribute(of, _)
        | Cell::Felt(of, _)
        | Cell::Customer(of, _)
        | Cell::GroupMotive(of, ..)
        | Cell::Stage(of, ..)
            if !cards.contains(&of) =>
        {
            0
        }
        _ => usize::MAX,
    };
    for (&cell, quotes) in &mut counts.quotes {
        let most = shown(cell);
        if quotes.len() > most {
            let mut kept = std::mem::take(quotes).into_vec();
            kept.truncate(most);
            *quotes = kept.into_boxed_slice();
        }
    }
    let mut portraits = std::mem::take(&mut counts.portraits);
    portraits.retain(|of, _| cards.contains(of) || standing(counts, taxonomy, *of) == Standing::Ranked);
    counts.portraits = portraits;
}
