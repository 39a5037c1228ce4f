//! Which cells the words of a post can be quoted for, and by which words.

mod doubt;
mod position;
mod together;

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use super::super::expand::{link_cells, occasions_up, of_side, pair_cells, upward};
use super::super::record::Record;
use super::{Cell, Quote, QuoteBook, Source};
use crate::interpret::evidence::{Evidence, Mention, Side, Stance, Trace, Window};
use crate::lexicon::id::{Entity, RelationKind};
use crate::lexicon::taxonomy::Taxonomy;
use crate::read::post::Post;

/// Texts of this many folded characters read well whole.
const READABLE: std::ops::RangeInclusive<u16> = 10..=160;

/// One post on its way into the book.
pub(in crate::accumulate) struct Citation<'a> {
    /// The post.
    pub post: &'a Post,
    /// What it says.
    pub evidence: &'a Evidence,
    /// Its record.
    pub record: &'a Record,
    /// The hash of its platform's name; 0 where it is not known.
    pub platform: u64,
    /// Kinship of ids.
    pub taxonomy: &'a Taxonomy,
    /// Whether quotes keep their address.
    pub with_url: bool,
    /// The post as its quotes share it, once there is one.
    pub source: OnceCell<Arc<Source>>,
}

impl Citation<'_> {
    /// Offers the post's words for every cell that it says something about.
    pub fn offer_all(&self, book: &mut QuoteBook) {
        self.offer_entities(book);
        self.offer_links(book);
        self.offer_motives(book);
        self.offer_relations(book);
        self.offer_together(book);
        self.offer_jobs(book);
        self.offer_position(book);
    }

    /// Needs: what is wanted before what is had, and the nearer the better.
    fn offer_jobs(&self, book: &mut QuoteBook) {
        for job in &self.evidence.jobs {
            let near = matches!(job.window, Window::Clause | Window::Sentence);
            let grade = u8::from(!job.is_unmet()) + 2 * u8::from(!near);
            let spans = || job.traces.iter().map(|trace| trace.span.range()).collect();
            for occasion in occasions_up(job.occasion, self.taxonomy) {
                self.offer(book, Cell::Job(occasion, job.motive), grade, &spans);
            }
        }
    }

    /// Offers words for one cell.
    fn offer(&self, book: &mut QuoteBook, cell: Cell, grade: u8, spans: &dyn Fn() -> Vec<Range<usize>>) {
        let grade = 2 * grade + u8::from(!READABLE.contains(&self.record.chars()));
        let post = (self.post, self.record, self.platform);
        book.offer(cell, grade, self.record, || Quote::of(post, &self.source, &mut spans(), self.with_url));
    }

    /// Things named: where they are judged rather than only spoken of.
    fn offer_entities(&self, book: &mut QuoteBook) {
        for mention in self.counted() {
            let grade = match mention.polarity {
                Stance::Positive | Stance::Negative => 0,
                Stance::Wish | Stance::Ask => 1,
                Stance::Neutral => 2,
            };
            let side = Side { category: mention.category, brand: mention.brand };
            for entity in of_side(side, self.taxonomy) {
                self.offer(book, Cell::Entity(entity), grade, &|| vec![mention.trace.span.range()]);
            }
        }
    }

    /// Things tied to occasions: the nearer, the better.
    fn offer_links(&self, book: &mut QuoteBook) {
        for link in &self.evidence.links {
            let grade = match link.window {
                Window::Clause => 0,
                Window::Sentence => 1,
                Window::Post => 2,
                Window::Title | Window::Hashtag => 3,
            };
            let Some(label) = self.evidence.occasions.iter().find(|label| label.id == link.occasion) else { continue };
            // Of words as near, those that judge or want the thing show more of it than those that only name it.
            let grade = 2 * grade + u8::from(self.only_named(link.entity));
            for (entity, occasion) in link_cells(link.entity, link.occasion, self.taxonomy) {
                self.offer(book, Cell::Link(entity, occasion), grade, &|| self.nearest(link.entity, &label.traces));
            }
        }
    }

    /// Motives of things.
    fn offer_motives(&self, book: &mut QuoteBook) {
        for label in &self.evidence.motives {
            for &of in &label.of {
                let grade = self.doubt(of, label);
                for entity in self.with_category(of) {
                    let cell = Cell::Motive(entity, label.id, label.role);
                    self.offer(book, cell, grade, &|| self.nearest(of, &label.traces));
                }
            }
        }
    }

    /// Relations at every level, and things given up.
    fn offer_relations(&self, book: &mut QuoteBook) {
        for relation in &self.evidence.relations {
            let spans = || relation.traces.iter().map(|trace| trace.span.range()).collect();
            match (relation.kind, relation.a, relation.b) {
                (RelationKind::LostToNone, a, b) => {
                    for entity in b.or(a).into_iter().flat_map(|side| of_side(side, self.taxonomy)) {
                        self.offer(book, Cell::Lost(entity), 0, &spans);
                    }
                }
                (kind, Some(winner), Some(loser)) => {
                    for (kind, lost, won) in pair_cells(kind, loser, winner, self.taxonomy) {
                        self.offer(book, Cell::Pair(kind, lost, won), 0, &spans);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether the post neither judges nor wants the thing.
    fn only_named(&self, entity: Entity) -> bool {
        let is_it = |mention: &&Mention| {
            Entity::Category(mention.category) == entity || mention.brand.map(Entity::Brand) == Some(entity)
        };
        self.counted().filter(is_it).all(|mention| mention.polarity == Stance::Neutral)
    }

    /// Mentions that count.
    fn counted(&self) -> impl Iterator<Item = &Mention> {
        self.evidence.mentions.iter().filter(|mention| !mention.passing)
    }

    /// The entity with its parents; a brand with the category in which the post names it, or its home.
    fn with_category(&self, entity: Entity) -> Vec<Entity> {
        match entity {
            Entity::Category(_) => upward(entity, self.taxonomy).collect(),
            Entity::Brand(brand) => {
                let named = self.counted().find(|mention| mention.brand == Some(brand)).map(|mention| mention.category);
                let category = named.unwrap_or_else(|| self.taxonomy.brand(brand).home);
                of_side(Side { category, brand: Some(brand) }, self.taxonomy).collect()
            }
        }
    }

    /// The words of a label and the mention of the thing that stand nearest to each other.
    fn nearest(&self, entity: Entity, traces: &[Trace]) -> Vec<Range<usize>> {
        match self.nearest_pair(entity, traces) {
            Some((thing, words)) => vec![thing, words],
            None => traces.first().map(|trace| trace.span.range()).into_iter().collect(),
        }
    }

    /// The mention of the thing and the words that stand nearest to each other, if it is named at all.
    fn nearest_pair(&self, entity: Entity, traces: &[Trace]) -> Option<(Range<usize>, Range<usize>)> {
        self.naming(entity)
            .map(|mention| mention.trace.span.range())
            .flat_map(|thing| traces.iter().map(move |trace| (thing.clone(), trace.span.range())))
            .min_by_key(|(thing, words)| (gap(thing, words), thing.start, words.start))
    }

    /// The mentions of the thing.
    fn naming(&self, entity: Entity) -> impl Iterator<Item = &Mention> {
        self.evidence.mentions.iter().filter(move |mention| match entity {
            Entity::Category(category) => self.taxonomy.same_lineage(mention.category, category),
            Entity::Brand(brand) => mention.brand == Some(brand),
        })
    }
}

/// Bytes between two ranges.
fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.start.saturating_sub(b.end).max(b.start.saturating_sub(a.end))
}
