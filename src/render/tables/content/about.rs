//! Rows about an entity that has a card.

use crate::analyze::findings::Level;
use crate::render::book::{Book, Names};
use crate::render::tables::definition::Columns;
use crate::render::tables::source::Source;

/// Something told of an entity.
pub(super) struct About<'s, T> {
    pub book: &'s Book<'s>,
    pub level: Level,
    pub id: &'s str,
    name: Names<'s>,
    pub part: T,
}

/// The parts that are told of an entity, one after the other.
pub(super) fn about<'s, T>(
    source: &'s Source<'s>,
    of: &'s str,
    level: Level,
    parts: impl IntoIterator<Item = T>,
) -> impl Iterator<Item = About<'s, T>> {
    let name = source.subject_name(of, level);
    parts.into_iter().map(move |part| About { book: &source.book, level, id: of, name, part })
}

/// A table about an entity begins so.
pub(super) fn of_entity<'s, T: 's>() -> Columns<'s, About<'s, T>> {
    Columns::new()
        .text("entity_kind", "category or brand", |a: &About<'_, T>| super::subject_kind(a.level))
        .text("entity_id", "The entity", |a| a.id)
        .maybe_text("entity_label_zh", "Its Chinese label", |a| Some(a.name.zh))
        .maybe_text("entity_label_en", "Its English label", |a| Some(a.name.en))
}
