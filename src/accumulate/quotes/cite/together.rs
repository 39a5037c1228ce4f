//! Quotes for two things on one occasion: what shows best why one is a rival of the other where nobody says so.

use super::{Citation, gap};
use crate::accumulate::expand::upward;
use crate::accumulate::quotes::{Cell, QuoteBook};
use crate::interpret::evidence::{Link, Window};
use crate::lexicon::id::Entity;

/// Most things that a post links with occasions: longer posts are lists.
const MOST_LINKED: usize = 6;
/// Bytes between two things from which on a quote shows only one of them.
const ONE_QUOTE: usize = 200;
/// What that costs: more than any other doubt.
const APART: u8 = 9;

impl Citation<'_> {
    /// Offers the post's words for every two things of a level that it links with one occasion; for a list of things it says nothing of any two.
    pub(super) fn offer_together(&self, book: &mut QuoteBook) {
        let links = &self.evidence.links;
        let mut linked: Vec<Entity> = links.iter().map(|link| link.entity).collect();
        linked.dedup();
        if linked.len() < 2 || linked.len() > MOST_LINKED {
            return;
        }
        for (n, one) in links.iter().enumerate() {
            for other in &links[n + 1..] {
                let brands = (matches!(one.entity, Entity::Brand(_)), matches!(other.entity, Entity::Brand(_)));
                if one.occasion == other.occasion && one.entity != other.entity && brands.0 == brands.1 {
                    self.offer_pair(book, one, other);
                }
            }
        }
    }

    /// Offers the words for two things and what they are kinds of.
    fn offer_pair(&self, book: &mut QuoteBook, one: &Link, other: &Link) {
        let far = |link: &Link| match link.window {
            Window::Clause => 0,
            Window::Sentence => 1,
            Window::Post | Window::Title | Window::Hashtag => 2,
        };
        // Things that are judged or wanted are had; of two that are only named one may be in the other's recipe.
        let neutral = u8::from(self.only_named(one.entity)) + u8::from(self.only_named(other.entity));
        let grade =
            far(one) + far(other) + 2 * neutral + APART * u8::from(!self.stand_together(one.entity, other.entity));
        let occasion = self.evidence.occasions.iter().find(|label| label.id == one.occasion);
        let Some(label) = occasion else { return };
        let spans = || {
            let mut spans = self.nearest(one.entity, &label.traces);
            spans.extend(self.nearest(other.entity, &label.traces));
            spans
        };
        for a in upward(one.entity, self.taxonomy) {
            for b in upward(other.entity, self.taxonomy) {
                let (first, second) = if b < a { (b, a) } else { (a, b) };
                if first != second {
                    self.offer(book, Cell::Together(first, second), grade, &spans);
                }
            }
        }
    }

    /// Whether the two are named near enough to each other for one quote.
    fn stand_together(&self, one: Entity, other: Entity) -> bool {
        let spans = |entity| self.naming(entity).map(|mention| mention.trace.span.range());
        spans(one).any(|one| spans(other).any(|other| gap(&one, &other) <= ONE_QUOTE))
    }
}
