//! From ids to the text ids and labels of the document.

use super::findings::{Label, Level, PrecisionFinding};
use super::numbers::six;
use crate::lexicon::id::Entity;
use crate::lexicon::taxonomy::{Name, Precision, Taxonomy};

/// The text id of an entity.
pub(super) fn entity_id(entity: Entity, taxonomy: &Taxonomy) -> String {
    entity_name(entity, taxonomy).id.clone()
}

/// The name of an entity.
pub(super) fn entity_name(entity: Entity, taxonomy: &Taxonomy) -> &Name {
    match entity {
        Entity::Category(category) => &taxonomy.category(category).name,
        Entity::Brand(brand) => &taxonomy.brand(brand).name,
    }
}

/// The labels of a name.
pub(super) fn label(name: &Name) -> Label {
    Label { zh: name.zh.clone(), en: name.en.clone() }
}

/// The level of an entity itself.
pub(super) fn entity_level(entity: Entity) -> Level {
    match entity {
        Entity::Category(_) => Level::Category,
        Entity::Brand(_) => Level::Brand,
    }
}

/// How far a label is to be trusted.
pub(super) fn precision(read: Option<&Precision>) -> PrecisionFinding {
    match read {
        None => PrecisionFinding::Unproven,
        Some(p) => PrecisionFinding::ReadByHand {
            read: p.read,
            right: p.right,
            share: six(p.share()),
            date: p.date.clone(),
            corpus: p.corpus.clone(),
        },
    }
}
