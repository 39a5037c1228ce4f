//! Quotes for essences, features, feelings, customers and contact points.

use super::{Citation, gap};
use crate::accumulate::expand::upward;
use crate::accumulate::quotes::{Cell, QuoteBook};
use crate::interpret::evidence::{Stance, Step, Theme, Trace};
use crate::lexicon::id::{CustomerId, Entity, Role};

/// Arousal in thousandths per grade: what stirs most is quoted first.
const PER_GRADE: u16 = 300;
/// Less is not worth a quote of a feeling.
const WORTH: u16 = 600;
const GRADES: u16 = 6;
/// Bytes between who somebody is and what he wants from which on a quote can hardly show both.
const BESIDE: usize = 240;

impl Citation<'_> {
    /// Offers the post's words for the cells of the position.
    pub(super) fn offer_position(&self, book: &mut QuoteBook) {
        let evidence = self.evidence;
        for label in &evidence.essences {
            let joined = |step: &Step| step.joined && step.to == Theme::Essence(label.id);
            let grade = u8::from(!evidence.steps.iter().any(joined));
            for entity in self.all(&label.of) {
                let spans = || self.nearest(entity, &label.traces);
                self.offer(book, Cell::Essence(entity, label.id), grade, &spans);
            }
        }
        for label in &evidence.attributes {
            if !matches!(label.stance, Stance::Positive | Stance::Negative) {
                continue;
            }
            for entity in self.all(&label.of) {
                let spans = || self.nearest(entity, &label.traces);
                self.offer(book, Cell::Attribute(entity, label.id), 0, &spans);
            }
        }
        for label in &evidence.stages {
            let praised = match label.stance {
                Stance::Positive => true,
                Stance::Negative => false,
                Stance::Wish | Stance::Ask | Stance::Neutral => continue,
            };
            for entity in self.all(&label.of) {
                let spans = || self.nearest(entity, &label.traces);
                let grade = u8::from(self.is_contested(entity, praised));
                self.offer(book, Cell::Stage(entity, label.id, praised), grade, &spans);
            }
        }
        self.offer_feelings(book);
        for &(id, trace) in &evidence.customers {
            for entity in evidence.entities() {
                self.offer(book, Cell::Customer(entity, id), 0, &|| self.nearest(entity, &[trace]));
            }
            self.offer_group_motives(book, id, trace);
        }
    }

    /// What somebody wants who tells who he is: best where he tells both in few words.
    fn offer_group_motives(&self, book: &mut QuoteBook, group: CustomerId, told: Trace) {
        for label in &self.evidence.motives {
            let away = |trace: &Trace| gap(&trace.span.range(), &told.span.range());
            let apart = label.traces.iter().map(away).min().is_none_or(|away| away > BESIDE);
            for &of in &label.of {
                let grade = 2 * u8::from(self.is_contested(of, label.role != Role::Avoid)) + u8::from(apart);
                for entity in self.with_category(of) {
                    let cell = Cell::GroupMotive(entity, group, label.id, label.role);
                    self.offer(book, cell, grade, &|| self.nearest(of, &label.traces));
                }
            }
        }
    }

    /// What stirs most, by the words of the theme.
    fn offer_feelings(&self, book: &mut QuoteBook) {
        for felt in &self.evidence.felt {
            let Some(theme) = felt.theme.filter(|_| felt.arousal >= WORTH) else { continue };
            let traces = self.of_theme(theme);
            let grade = GRADES.saturating_sub(felt.arousal / PER_GRADE) as u8;
            for entity in upward(felt.of, self.taxonomy) {
                self.offer(book, Cell::Felt(entity, theme), grade, &|| self.nearest(entity, &traces));
            }
        }
    }

    /// The words of a theme.
    fn of_theme(&self, theme: Theme) -> Vec<Trace> {
        let evidence = self.evidence;
        match theme {
            Theme::Attribute(id) => {
                evidence.attributes.iter().filter(|l| l.id == id).flat_map(|l| l.traces.iter().copied()).collect()
            }
            Theme::Motive(id) => {
                evidence.motives.iter().filter(|l| l.id == id).flat_map(|l| l.traces.iter().copied()).collect()
            }
            Theme::Essence(id) => {
                evidence.essences.iter().filter(|l| l.id == id).flat_map(|l| l.traces.iter().copied()).collect()
            }
            Theme::Occasion(id) => {
                evidence.occasions.iter().filter(|l| l.id == id).flat_map(|l| l.traces.iter().copied()).collect()
            }
        }
    }

    /// The things with what they are kinds of, each once.
    fn all(&self, of: &[Entity]) -> Vec<Entity> {
        let mut out: Vec<Entity> = of.iter().flat_map(|&entity| upward(entity, self.taxonomy)).collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}
