//! What is said by one author alone is never shown: his words go as soon as the authors are counted.

use super::counts::Counts;
use super::quotes::Cell;
use crate::interpret::evidence::Theme;
use crate::lexicon::id::{Entity, MotiveId, Role};
use crate::limits::QUOTED_AUTHORS;

impl Counts {
    /// Empties the cells whose quotes nobody may show. The cells stay: how many kept theirs back is told.
    pub(super) fn withhold(&mut self) {
        let mut quotes = std::mem::take(&mut self.quotes);
        for (&cell, kept) in &mut quotes {
            if self.speakers(cell) < QUOTED_AUTHORS {
                *kept = Box::default();
            }
        }
        self.quotes = quotes;
    }

    /// Authors on whose account a cell may be quoted; more of them than speak in it where it is quoted for a wider statement: a theme, or a
    /// motive in all its roles.
    fn speakers(&self, cell: Cell) -> u64 {
        let position = &self.position;
        let felt = |of, theme| position.felt.get(&(of, theme)).map_or(0, |felt| felt.authors());
        let own = match cell {
            Cell::Entity(of) => self.entities.get(&of).map(|of| &of.authors),
            Cell::Lost(of) => self.entities.get(&of).map(|of| &of.lost),
            Cell::Link(of, id) => self.links.get(&(of, id)).map(|link| &link.authors),
            Cell::Motive(of, id, _) => return self.of_motive(of, id) + felt(of, Theme::Motive(id)),
            Cell::Pair(kind, a, b) => self.pairs.get(&(kind, a, b)),
            Cell::Together(a, b) => return self.carriers.get(&(a, b)).copied().unwrap_or_default(),
            Cell::Job(occasion, motive) => self.demand.get(&(occasion, motive)).map(|demand| &demand.authors),
            Cell::Essence(of, id) => position.essences.get(&(of, id)),
            Cell::Attribute(of, id) => position.attributes.get(&(of, id)).map(|valued| &valued.authors),
            Cell::Felt(..) => None,
            Cell::Customer(of, id) => position.of_customers.get(&(of, id)),
            Cell::GroupMotive(of, group, id, role) => position.customer_motives.get(&(of, group, id, role)),
            Cell::Stage(of, id, true) => position.stages.get(&(of, id)).map(|valued| &valued.positive),
            Cell::Stage(of, id, false) => position.stages.get(&(of, id)).map(|valued| &valued.negative),
        };
        let wider = match cell {
            Cell::Link(of, id) => felt(of, Theme::Occasion(id)),
            Cell::Essence(of, id) => felt(of, Theme::Essence(id)),
            Cell::Attribute(of, id) => felt(of, Theme::Attribute(id)),
            Cell::Felt(of, theme) => felt(of, theme),
            _ => 0,
        };
        own.map_or(0, |authors| authors.total()).max(wider)
    }

    /// Authors of a motive, once for each role in which they have it.
    fn of_motive(&self, of: Entity, id: MotiveId) -> u64 {
        let roles = [Role::Buy, Role::Avoid, Role::Repeat];
        roles.iter().filter_map(|&role| self.motives.get(&(of, id, role))).map(|authors| authors.total()).sum()
    }
}
