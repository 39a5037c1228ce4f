//! What is said of a thing that another one is held against is no reason for that other one.

use super::cues::{Cues, of_rule};
use crate::matcher::Match;
use crate::normalize::is_han;
use crate::segment::within_words;

/// How many words behind "than the" the thing is described, and how many behind 比.
const COMPARED_REACH: u32 = 1;
const THAN_REACH: u32 = 6;
/// How many words behind the name of another place something is said of it.
const OTHER_REACH: u32 = 3;

impl Cues<'_> {
    /// Whether a statement is made of what something is only held against: "as good as the |more expensive one", 比那边的|人山人海|好,
    /// 另一家更便宜.
    pub(super) fn of_another(&self, m: &Match, here: &[Match]) -> bool {
        let compared = |c: &Match| {
            self.stands_behind(c, m, COMPARED_REACH) || c.span.start < m.span.start && m.span.start < c.span.end
        };
        of_rule(here, self.rules.compared).any(compared)
            || of_rule(here, self.rules.than).any(|than| self.describes(m, than, here))
            || of_rule(here, self.rules.other_place)
                .any(|c| self.stands_behind(c, m, OTHER_REACH) && !self.held_against(c, here))
    }

    fn stands_behind(&self, c: &Match, m: &Match, reach: u32) -> bool {
        c.span.end <= m.span.start && within_words(self.text, c.span.end..m.span.start, reach)
    }

    /// Whether another place is only what something is held against: 比另一家便宜, 跟别家一样香.
    fn held_against(&self, place: &Match, here: &[Match]) -> bool {
        let rules = [self.rules.than, self.rules.beside];
        here.iter()
            .filter(|t| rules.contains(&Some(t.rule)) && t.span.start < place.span.start)
            .any(|t| within_words(self.text, t.span.end.min(place.span.start)..place.span.start, THAN_REACH))
    }

    /// Whether a statement behind or around 比 belongs to the thing, not to what is said of it: 比便宜|的店, 比山上的人山人海|好.
    fn describes(&self, m: &Match, than: &Match, here: &[Match]) -> bool {
        let (start, end) = (m.span.start as usize, m.span.end as usize);
        if !(m.span.contains(than.span) || self.stands_behind(than, m, THAN_REACH))
            // Nothing is better than it: 没什么比香喷喷的米饭更好.
            || of_rule(here, self.rules.unsurpassed).any(|c| c.span.overlaps(than.span))
        {
            return false;
        }
        if let Some(rest) = self.text[end..].strip_prefix('的') {
            // 便宜的多 is 便宜得多, and 更便宜 is what the two differ in.
            return rest.starts_with(is_han)
                && !rest.starts_with(['多', '很', '太', '要'])
                && !self.text[than.span.start as usize..end].contains('更');
        }
        self.text[..start].ends_with('的') && of_rule(here, self.rules.praise).any(|p| p.span.start == m.span.end)
    }
}
