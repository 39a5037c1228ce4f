//! What is said of which thing: the windows of method §1.

use smallvec::SmallVec;

use super::evidence::{Link, Things, Window};
use super::mentions::Named;
use crate::lexicon::id::{Entity, OccasionId};
use crate::matcher::Match;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};

/// The place of a statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub span: Span<Norm>,
    pub clause: u32,
    pub sentence: u32,
}

impl Place {
    /// The place of a match.
    pub(super) fn of(m: &Match) -> Self {
        Self { span: m.span, clause: m.clause, sentence: m.sentence }
    }
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
            match level.distinct[..] {
                [] => {}
                // In its clause, its sentence or its post.
                [only] => out.push(only),
                _ => {
                    let from = out.len();
                    out.extend(level.named.iter().filter(|n| n.clause == place.clause).map(|n| n.entity));
                    if out.len() == from {
                        out.extend(level.named.iter().filter(|n| n.sentence == place.sentence).map(|n| n.entity));
                    }
                }
            }
        }
        if out.len() > 1 {
            out.sort_unstable();
            out.dedup();
        }
        out
    }

    /// Whether words that speak of an essence can be about a thing: one is named in their sentence or in the one before or behind it, the post is of
    /// one thing, or it names none, as reviews do that go without saying what they are of. "My kids have their dad back", far from any of the things
    /// of a long post, is about none of them.
    pub(super) fn may_be_the_essence_of(&self, place: Place) -> bool {
        let near = |n: &Here| n.sentence.abs_diff(place.sentence) <= 1;
        let speaks = |level: &Level| level.distinct.len() == 1 || level.named.iter().any(near);
        self.things().next().is_none() || self.levels.iter().any(speaks)
    }

    /// Whether a thing is named in the sentence of a place or in the one before it, or the post is of one thing.
    pub(super) fn is_named_near(&self, place: Place) -> bool {
        let near = |n: &Here| n.sentence == place.sentence || n.sentence + 1 == place.sentence;
        self.levels.iter().any(|level| level.distinct.len() == 1 || level.named.iter().any(near))
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

/// A place that is held against many others, with what is found out of it once.
#[derive(Debug)]
pub(super) struct Surrounded {
    place: Place,
    in_title: bool,
    in_hashtag: bool,
    /// Per thing of [`Counted::things`] the window in which it is named beside the place; of nobody's interest for one of the two.
    near: SmallVec<[Option<Window>; 8]>,
}

impl Counted {
    /// The things that count, by level.
    pub(super) fn things(&self) -> impl Iterator<Item = Entity> {
        self.levels.iter().flat_map(|level| level.distinct.iter().copied())
    }

    /// A place without its things.
    pub(super) fn alone(&self, doc: &Document<'_>, place: Place) -> Surrounded {
        let (in_title, in_hashtag) = (doc.in_title(place.span), doc.in_hashtag(place.span));
        Surrounded { place, in_title, in_hashtag, near: SmallVec::new() }
    }

    /// A place with the things of its clause and sentence.
    pub(super) fn surrounded(&self, doc: &Document<'_>, place: Place) -> Surrounded {
        let mut out = self.alone(doc, place);
        for level in &self.levels {
            out.near.extend(level.distinct.iter().map(|&entity| level.beside(entity, &place)));
        }
        out
    }

    /// The things that share a window with two statements: those of their common clause or sentence, else the one thing of the post, else
    /// anything where both stand in the title or a hashtag. Without a thing the two must share a sentence. Each thing is told by its number in
    /// [`Counted::things`].
    pub(super) fn together(&self, a: &Surrounded, b: &Surrounded, mut tell: impl FnMut(Option<usize>, Window)) {
        let (clause, sentence) = (a.place.clause == b.place.clause, a.place.sentence == b.place.sentence);
        let above = if a.in_title && b.in_title {
            Some(Window::Title)
        } else {
            (a.in_hashtag && b.in_hashtag).then_some(Window::Hashtag)
        };
        let (mut any, mut first) = (false, 0);
        for level in &self.levels {
            let rest = if level.distinct.len() == 1 { Some(Window::Post) } else { above };
            // Most pairs stand in two sentences, and most posts name several things.
            if sentence || rest.is_some() {
                for (near, thing) in a.near[first..].iter().zip(first..first + level.distinct.len()) {
                    let window = match near {
                        Some(Window::Clause) if clause => Some(Window::Clause),
                        Some(_) if sentence => Some(Window::Sentence),
                        _ => rest,
                    };
                    if let Some(window) = window {
                        any = true;
                        tell(Some(thing), window);
                    }
                }
            }
            first += level.distinct.len();
        }
        if !any && sentence {
            tell(None, if clause { Window::Clause } else { Window::Sentence });
        }
    }
}

impl Level {
    /// The nearest window that holds a thing and a place.
    fn window(&self, doc: &Document<'_>, entity: Entity, place: &Place) -> Option<Window> {
        if let Some(window) = self.beside(entity, place) {
            Some(window)
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

    /// Whether a thing is named in the clause of a place, or else in its sentence.
    fn beside(&self, entity: Entity, place: &Place) -> Option<Window> {
        let here = || self.named.iter().filter(|n| n.entity == entity);
        if here().any(|n| n.clause == place.clause) {
            Some(Window::Clause)
        } else {
            here().any(|n| n.sentence == place.sentence).then_some(Window::Sentence)
        }
    }
}
