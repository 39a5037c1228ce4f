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

/// What competes with each other: categories with categories, brands with brands.
#[derive(Debug, Clone, Copy)]
enum Level {
    Category,
    Brand,
}

const LEVELS: [Level; 2] = [Level::Category, Level::Brand];

/// The thing of one level that a mention names; none in passing.
fn counted(named: &Named, level: Level) -> Option<Entity> {
    match level {
        _ if named.passing => None,
        Level::Category => Some(Entity::Category(named.category)),
        Level::Brand => named.brand.map(Entity::Brand),
    }
}

/// The things that a motive or essence is said of: those of its clause, else of its sentence, else the one thing of the post.
pub(super) fn of(named: &[Named], place: Place) -> Vec<Entity> {
    let mut out: Vec<Entity> = Vec::new();
    for level in LEVELS {
        let from = out.len();
        let all = || named.iter().filter_map(|n| Some((n, counted(n, level)?)));
        out.extend(all().filter(|(n, _)| n.found.clause == place.clause).map(|(_, e)| e));
        if out.len() == from {
            out.extend(all().filter(|(n, _)| n.found.sentence == place.sentence).map(|(_, e)| e));
        }
        if out.len() == from
            && let Some((_, only)) = all().next()
            && all().all(|(_, e)| e == only)
        {
            out.push(only);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The links of an occasion at its places: clause and sentence always; the whole post where it names one thing of that level; anything where
/// the occasion stands in the title or a hashtag. Each pair once, with its nearest window.
pub(super) fn links(doc: &Document<'_>, named: &[Named], occasion: OccasionId, places: &[Place], out: &mut Vec<Link>) {
    for level in LEVELS {
        let mut all: Vec<Entity> = named.iter().filter_map(|n| counted(n, level)).collect();
        all.sort_unstable();
        all.dedup();
        for &entity in &all {
            let window = places
                .iter()
                .filter_map(|p| {
                    let here = || named.iter().filter(|n| counted(n, level) == Some(entity));
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
