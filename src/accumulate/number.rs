//! Ids as plain numbers, and back: for keys and for records.

use crate::interpret::evidence::{Side, Theme};
use crate::lexicon::id::{AttributeId, BrandId, CategoryId, Entity, EssenceId, MotiveId, OccasionId};

/// A number for each entity, of 17 bits.
pub(super) fn of_entity(entity: Entity) -> u32 {
    match entity {
        Entity::Category(id) => u32::from(id.0) << 1,
        Entity::Brand(id) => (u32::from(id.0) << 1) | 1,
    }
}

/// The entity of a number.
pub(super) fn entity(number: u32) -> Entity {
    let id = (number >> 1) as u16;
    if number & 1 == 0 { Entity::Category(CategoryId(id)) } else { Entity::Brand(BrandId(id)) }
}

/// The kind of a theme, of two bits, and its id.
pub(super) fn of_theme(theme: Theme) -> (u32, u16) {
    match theme {
        Theme::Attribute(id) => (0, id.0),
        Theme::Motive(id) => (1, id.0),
        Theme::Essence(id) => (2, id.0),
        Theme::Occasion(id) => (3, id.0),
    }
}

/// The theme of a kind and an id.
pub(super) fn theme(kind: u32, id: u16) -> Theme {
    match kind {
        0 => Theme::Attribute(AttributeId(id)),
        1 => Theme::Motive(MotiveId(id)),
        2 => Theme::Essence(EssenceId(id)),
        _ => Theme::Occasion(OccasionId(id)),
    }
}

/// A thing that may be none as a number: 0 for none.
pub(super) fn of_perhaps(of: Option<Entity>) -> u32 {
    of.map_or(0, |of| of_entity(of) + 1)
}

/// The thing of such a number.
pub(super) fn perhaps(number: u32) -> Option<Entity> {
    number.checked_sub(1).map(entity)
}

/// A side of a relation: its category in the last 16 bits.
pub(super) fn of_side(side: Side) -> u64 {
    u64::from(side.category.0) | side.brand.map_or(0, |brand| (u64::from(brand.0) + 1) << 16)
}

/// The side of a number.
pub(super) fn side(number: u64) -> Side {
    let brand = (number >> 16).checked_sub(1).map(|brand| BrandId(brand as u16));
    Side { category: CategoryId(number as u16), brand }
}

/// A theme as a number that is small where its id is.
pub(super) fn of_small_theme(of: Theme) -> u64 {
    let (kind, id) = of_theme(of);
    u64::from(id) << 2 | u64::from(kind)
}

/// The theme of such a number.
pub(super) fn small_theme(number: u64) -> Theme {
    theme((number & 3) as u32, (number >> 2) as u16)
}
