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

/// Declares how a field of a fact is written as one number, small ones in few bytes.
macro_rules! as_number {
    ($($(#[$doc:meta])* $name:ident: $kind:ty, $number:ty, $write:expr, $read:expr;)*) => {$(
        $(#[$doc])*
        pub(super) mod $name {
            use super::*;
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            pub fn serialize<S: Serializer>(value: &$kind, to: S) -> Result<S::Ok, S::Error> {
                let write: fn($kind) -> $number = $write;
                write(*value).serialize(to)
            }

            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$kind, D::Error> {
                let read: fn($number) -> $kind = $read;
                Ok(read(<$number>::deserialize(from)?))
            }
        }
    )*};
}

as_number! {
    /// A thing.
    thing: Entity, u32, of_entity, entity;
    /// A thing, or 0.
    perhaps_thing: Option<Entity>, u32, |of| of.map_or(0, |of| of_entity(of) + 1), |number| number.checked_sub(1).map(entity);
    /// A theme.
    what: Theme, u32, small, |number| theme(number & 3, (number >> 2) as u16);
    /// A theme, or 0.
    perhaps_what: Option<Theme>, u32, |of| of.map_or(0, |of| small(of) + 1), |number| {
        number.checked_sub(1).map(|number| theme(number & 3, (number >> 2) as u16))
    };
    /// A side of a relation: its category in the last 16 bits.
    side: Side, u64, |side| u64::from(side.category.0) | side.brand.map_or(0, |brand| (u64::from(brand.0) + 1) << 16), |number| Side {
        category: CategoryId(number as u16),
        brand: (number >> 16).checked_sub(1).map(|brand| BrandId(brand as u16)),
    };
}

/// A theme as a number that is small where its id is.
fn small(of: Theme) -> u32 {
    let (kind, id) = of_theme(of);
    u32::from(id) << 2 | kind
}
