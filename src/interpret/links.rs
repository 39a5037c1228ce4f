//! What is said of which thing: the windows of method §1.

use super::evidence::{Link, Window};
use super::mentions::Named;
use crate::lexicon::id::{Entity, OccasionId};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};

/// The place of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub span: Span<Norm>,
    pub clause: u32,
    pub sentence: u32,
}

/// The things that a motive or essence is said of: those of its clause, else of its sentence, else the one thing of the post.
pub(super) fn of(named: &[Named], place: Place) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for level in [is_category, is_brand] {
        let counted = || named.iter().filter(|n| !n.passing);
        let in_clause = collect(counted().filter(|n| n.found.clause == place.clause), level);
        let mut found = if in_clause.is_empty() {
            collect(counted().filter(|n| n.found.sentence == place.sentence), level)
        } else {
            in_clause
        };
        if found.is_empty() {
            found = collect(counted(), level);
            if found.len() != 1 {
                found.clear();
            }
        }
        out.append(&mut found);
    }
    out.sort_unstable();
    out
}

fn is_category(entity: &Entity) -> bool {
    matches!(entity, Entity::Category(_))
}

fn is_brand(entity: &Entity) -> bool {
    matches!(entity, Entity::Brand(_))
}

fn collect<'n>(named: impl Iterator<Item = &'n Named>, level: fn(&Entity) -> bool) -> Vec<Entity> {
    let mut out: Vec<Entity> = named.flat_map(|n| n.entities().collect::<Vec<_>>()).filter(level).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The links of an occasion at its places: clause and sentence always; the whole post where it names one thing of that level; anything where
/// the occasion stands in the title or a hashtag. Each pair once, with its nearest window.
pub(super) fn links(doc: &Document<'_>, named: &[Named], occasion: OccasionId, places: &[Place], out: &mut Vec<Link>) {
    for level in [is_category, is_brand] {
        let all = collect(named.iter().filter(|n| !n.passing), level);
        for &entity in &all {
            let window = places
                .iter()
                .filter_map(|p| {
                    let here = || named.iter().filter(|n| !n.passing && n.entities().any(|e| e == entity));
                    if here().any(|n| n.found.clause == p.clause) {
                        Some(Window::Clause)
                    } else if here().any(|n| n.found.sentence == p.sentence) {
                        Some(Window::Sentence)
                    } else if all.len() == 1 {
                        Some(Window::Post)
                    } else if doc.in_title(p.span) {
                        Some(Window::Title)
                    } else if doc.in_hashtag(p.span) {
                        Some(Window::Hashtag)
                    } else {
                        None
                    }
                })
                .min();
            if let Some(window) = window {
                out.push(Link { entity, occasion, window });
            }
        }
    }
}
