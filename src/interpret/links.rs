//! What is said of which thing: the windows of method §1.

use smallvec::SmallVec;

use super::evidence::{Link, Things, Window};
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

/// A thing that counts, and where it is named.
#[derive(Debug, Clone, Copy)]
struct Here {
    entity: Entity,
    clause: u32,
    sentence: u32,
}

/// What competes with each other: categories with categories, brands with brands.
#[derive(Debug, Default)]
struct Level {
    /// In text order.
    named: SmallVec<[Here; 16]>,
    /// Sorted, each once.
    distinct: Things,
}

/// The things named in a post that count; none in passing.
#[derive(Debug)]
pub(super) struct Counted {
    levels: [Level; 2],
}

impl Counted {
    pub(super) fn of(named: &[Named]) -> Self {
        let mut levels: [Level; 2] = Default::default();
        for n in named.iter().filter(|n| !n.passing) {
            let entities = [Some(Entity::Category(n.category)), n.brand.map(Entity::Brand)];
            for (level, entity) in levels.iter_mut().zip(entities) {
                if let Some(entity) = entity {
                    level.named.push(Here { entity, clause: n.found.clause, sentence: n.found.sentence });
                    level.distinct.push(entity);
                }
            }
        }
        for level in &mut levels {
            level.distinct.sort_unstable();
            level.distinct.dedup();
        }
        Self { levels }
    }

    /// The things that a motive or essence is said of: those of its clause, else of its sentence, else the one thing of the post.
    pub(super) fn said_at(&self, place: Place) -> Things {
        let mut out = Things::new();
        for level in &self.levels {
            let from = out.len();
            out.extend(level.named.iter().filter(|n| n.clause == place.clause).map(|n| n.entity));
            if out.len() == from {
                out.extend(level.named.iter().filter(|n| n.sentence == place.sentence).map(|n| n.entity));
            }
            if let ([only], true) = (&level.distinct[..], out.len() == from) {
                out.push(*only);
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The links of an occasion at its places: clause and sentence always; the whole post where it names one thing of that level; anything where
    /// the occasion stands in the title or a hashtag. Each pair once, with its nearest window.
    pub(super) fn links(
        &self,
        doc: &Document<'_>,
        occasion: OccasionId,
        places: &[(OccasionId, Place)],
        out: &mut Vec<Link>,
    ) {
        for level in &self.levels {
            for &entity in &level.distinct {
                let window = places.iter().filter_map(|(_, place)| level.window(doc, entity, place)).min();
                if let Some(window) = window {
                    out.push(Link { entity, occasion, window });
                }
            }
        }
    }
}

/// Something shared by an occasion and a motive: a thing, or the mere window.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    pub of: Option<Entity>,
    pub window: Window,
}

impl Counted {
    /// The things that share a window with two statements: those of their common clause or sentence, else the one thing of the post, else
    /// anything where both stand in the title or a hashtag. Without a thing the two must share a sentence.
    pub(super) fn together(&self, doc: &Document<'_>, a: &Place, b: &Place, out: &mut impl Extend<Shared>) {
        let (clause, sentence) = (a.clause == b.clause, a.sentence == b.sentence);
        let both = |inside: &dyn Fn(&Document<'_>, Span<Norm>) -> bool| inside(doc, a.span) && inside(doc, b.span);
        let mut any = false;
        for level in &self.levels {
            for &entity in &level.distinct {
                let here = || level.named.iter().filter(|n| n.entity == entity);
                let window = if clause && here().any(|n| n.clause == a.clause) {
                    Some(Window::Clause)
                } else if sentence && here().any(|n| n.sentence == a.sentence) {
                    Some(Window::Sentence)
                } else if level.distinct.len() == 1 {
                    Some(Window::Post)
                } else if both(&|doc, span| doc.in_title(span)) {
                    Some(Window::Title)
                } else if both(&|doc, span| doc.in_hashtag(span)) {
                    Some(Window::Hashtag)
                } else {
                    None
                };
                any |= window.is_some();
                out.extend(window.map(|window| Shared { of: Some(entity), window }));
            }
        }
        let window = if clause { Window::Clause } else { Window::Sentence };
        out.extend((!any && sentence).then_some(Shared { of: None, window }));
    }
}

impl Level {
    /// The nearest window that holds a thing and a place.
    fn window(&self, doc: &Document<'_>, entity: Entity, place: &Place) -> Option<Window> {
        let here = || self.named.iter().filter(|n| n.entity == entity);
        if here().any(|n| n.clause == place.clause) {
            Some(Window::Clause)
        } else if here().any(|n| n.sentence == place.sentence) {
            Some(Window::Sentence)
        } else if self.distinct.len() == 1 {
            Some(Window::Post)
        } else if doc.in_title(place.span) {
            Some(Window::Title)
        } else if doc.in_hashtag(place.span) {
            Some(Window::Hashtag)
        } else {
            None
        }
    }
}
