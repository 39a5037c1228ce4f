//! Quotes for two things on one occasion: what shows best why one is a rival of the other where nobody says so.

use super::Citation;
use crate::accumulate::expand::upward;
use crate::accumulate::quotes::{Cell, QuoteBook};
use crate::interpret::evidence::{Link, Window};
use crate::lexicon::id::Entity;

/// Most things that a post links with occasions: longer posts are lists.
const MOST_LINKED: usize = 6;

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
        let grade = far(one) + far(other) + 2 * neutral;
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
}
