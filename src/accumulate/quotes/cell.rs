//! What quotes stand for, and the same in one word.

use std::hash::{Hash, Hasher};

use super::super::fingerprint::mix;
use super::super::number::{of_entity, of_theme};
use crate::interpret::evidence::Theme;
use crate::lexicon::id::{
    AttributeId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, RelationKind, Role, StageId,
};
use crate::limits::QUOTES;

/// Quotes kept per cell before `finish`: more than are shown, because some turn out to be copies.
const KEPT: usize = QUOTES + 3;
/// Quotes kept per cell of the position, of which there are many.
const KEPT_OF_POSITION: usize = 3;

/// What a quote can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cell {
    /// Something is said of an entity.
    Entity(Entity),
    /// An entity is tied to an occasion.
    Link(Entity, OccasionId),
    /// An entity has a motive in a role.
    Motive(Entity, MotiveId, Role),
    /// A relation: the loser, then the winner; for kinds without a winner the smaller id, then the greater.
    Pair(RelationKind, Entity, Entity),
    /// An entity is given up for nothing.
    Lost(Entity),
    /// Two entities are linked with one occasion, the smaller id first.
    Together(Entity, Entity),
    /// An occasion is spoken of with a motive.
    Job(OccasionId, MotiveId),
    /// An essence of an entity.
    Essence(Entity, EssenceId),
    /// A feature of an entity.
    Attribute(Entity, AttributeId),
    /// A theme of an entity that stirs.
    Felt(Entity, Theme),
    /// Somebody who speaks of an entity tells who he is.
    Customer(Entity, CustomerId),
    /// Somebody who tells who he is has a motive for an entity.
    GroupMotive(Entity, CustomerId, MotiveId, Role),
    /// An entity at a stage of the customer's way, praised or blamed.
    Stage(Entity, StageId, bool),
}

/// A cell in one word: its kind in the top five bits, an entity or occasion in the next 27, and what else there is in the last 32. There are
/// as many of them as anything is said of, and each is looked up for every post that says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Key(u64);

/// Where the kind begins.
const KIND: u32 = 59;

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.code());
    }
}

impl Key {
    /// A fixed hash, so that each cell draws its own sample of the posts.
    pub fn code(self) -> u64 {
        mix(self.0 >> KIND, self.0 & ((1 << KIND) - 1))
    }
}

impl From<Cell> for Key {
    fn from(cell: Cell) -> Self {
        let (kind, a, b) = match cell {
            Cell::Entity(e) => (0, number(e), 0),
            Cell::Link(e, o) => (1, number(e), u64::from(o.0)),
            Cell::Motive(e, m, r) => (2 + r as u64, number(e), u64::from(m.0)),
            Cell::Pair(kind, a, b) => (8 + kind as u64, number(a), number(b)),
            Cell::Lost(e) => (7, number(e), 0),
            Cell::Together(a, b) => (15, number(a), number(b)),
            Cell::Job(o, m) => (6, u64::from(o.0), u64::from(m.0)),
            Cell::Essence(e, id) => (16, number(e), u64::from(id.0)),
            Cell::Attribute(e, id) => (17, number(e), u64::from(id.0)),
            Cell::Felt(e, theme) => (18, number(e), theme_number(theme)),
            Cell::Customer(e, id) => (19, number(e), u64::from(id.0)),
            Cell::GroupMotive(e, id, m, r) => (22 + r as u64, number(e), u64::from(id.0) << 16 | u64::from(m.0)),
            Cell::Stage(e, id, praised) => (20 + u64::from(praised), number(e), u64::from(id.0)),
        };
        Self(kind << KIND | a << 32 | b)
    }
}

impl From<Key> for Cell {
    fn from(key: Key) -> Self {
        let (kind, first, last) = (key.0 >> KIND, key.0 >> 32 & ((1 << (KIND - 32)) - 1), key.0 & 0xFFFF_FFFF);
        let (e, id) = (entity(first), last as u16);
        match kind {
            0 => Cell::Entity(e),
            1 => Cell::Link(e, OccasionId(id)),
            2..=4 => Cell::Motive(e, MotiveId(id), role(kind - 2)),
            6 => Cell::Job(OccasionId(first as u16), MotiveId(id)),
            7 => Cell::Lost(e),
            8..=12 => Cell::Pair(RelationKind::ALL[(kind - 8) as usize], e, entity(last)),
            16 => Cell::Essence(e, EssenceId(id)),
            17 => Cell::Attribute(e, AttributeId(id)),
            18 => Cell::Felt(e, theme(last)),
            19 => Cell::Customer(e, CustomerId(id)),
            20 | 21 => Cell::Stage(e, StageId(id), kind == 21),
            22..=24 => Cell::GroupMotive(e, CustomerId((last >> 16) as u16), MotiveId(id), role(kind - 22)),
            // A key is only made of a cell: what is left is 15.
            _ => Cell::Together(e, entity(last)),
        }
    }
}

impl Cell {
    /// Quotes that are kept of it before `finish`.
    pub(super) fn kept(self) -> usize {
        match self {
            Cell::Entity(_) | Cell::Link(..) | Cell::Motive(..) | Cell::Pair(..) | Cell::Lost(_) => KEPT,
            _ => KEPT_OF_POSITION,
        }
    }

    /// Quotes that are ever shown of it in one place.
    pub fn shown(self) -> usize {
        match self {
            Cell::Entity(_) => QUOTES,
            Cell::Pair(..) | Cell::Lost(_) => 3,
            Cell::Together(..) | Cell::Job(..) => 1,
            _ => 2,
        }
    }
}

fn number(entity: Entity) -> u64 {
    u64::from(of_entity(entity))
}

fn entity(number: u64) -> Entity {
    super::super::number::entity(number as u32)
}

fn role(number: u64) -> Role {
    match number {
        0 => Role::Buy,
        1 => Role::Avoid,
        _ => Role::Repeat,
    }
}

/// A number for each theme, of 18 bits.
fn theme_number(theme: Theme) -> u64 {
    let (kind, id) = of_theme(theme);
    u64::from(kind) << 16 | u64::from(id)
}

fn theme(number: u64) -> Theme {
    super::super::number::theme((number >> 16) as u32, number as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::id::{BrandId, CategoryId};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_its_cell(a in any::<u16>(), b in any::<u16>(), c in any::<u16>(), yes in any::<bool>(), n in 0usize..5) {
            let (one, two) = if yes {
                (Entity::Brand(BrandId(a)), Entity::Category(CategoryId(b)))
            } else {
                (Entity::Category(CategoryId(a)), Entity::Brand(BrandId(b)))
            };
            let role = [Role::Buy, Role::Avoid, Role::Repeat, Role::Buy, Role::Avoid][n];
            let theme = theme((n as u64 % 4) << 16 | u64::from(c));
            let cells = [
                Cell::Entity(one),
                Cell::Link(one, OccasionId(b)),
                Cell::Motive(one, MotiveId(b), role),
                Cell::Pair(RelationKind::ALL[n], one, two),
                Cell::Lost(one),
                Cell::Together(one, two),
                Cell::Job(OccasionId(a), MotiveId(b)),
                Cell::Essence(one, EssenceId(b)),
                Cell::Attribute(one, AttributeId(b)),
                Cell::Felt(one, theme),
                Cell::Customer(one, CustomerId(b)),
                Cell::GroupMotive(one, CustomerId(b), MotiveId(c), role),
                Cell::Stage(one, StageId(b), yes),
            ];
            let mut keys: Vec<u64> = cells.iter().map(|&cell| Key::from(cell).0).collect();
            prop_assert_eq!(keys.iter().map(|&key| Cell::from(Key(key))).collect::<Vec<_>>(), cells);
            keys.sort_unstable();
            keys.dedup();
            prop_assert_eq!(keys.len(), cells.len());
        }
    }
}
