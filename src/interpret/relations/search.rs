//! One sequence against one text: which named things fill its slots.

use smallvec::SmallVec;

use super::sides::{Candidate, Filler};
use crate::lexicon::{Gap, Slot};
use crate::matcher::{PartKind, Sentences};
use crate::normalize::span::{Norm, Span};
use crate::segment::{Outline, within_words};

/// What stands in the slots of a sequence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Filled {
    pub a: Option<Filler>,
    pub b: Option<Filler>,
}

impl Filled {
    fn with(mut self, slot: Slot, filler: Filler) -> Self {
        match slot {
            Slot::A => self.a = Some(filler),
            Slot::B => self.b = Some(filler),
        }
        self
    }

    fn holds(&self, key: u64, keys: &[u64]) -> bool {
        [self.a, self.b].into_iter().flatten().any(|f| matches!(f, Filler::Named(i) if keys[i] == key))
    }
}

/// One way to fill a sequence.
#[derive(Debug)]
pub(super) struct Filling {
    /// From the first part to the last.
    pub span: Span<Norm>,
    pub filled: Filled,
    /// The places of its words, in order.
    pub words: SmallVec<[Span<Norm>; 8]>,
}

/// What is needed while a sequence is matched.
pub(super) struct Search<'s> {
    pub text: &'s str,
    pub outline: &'s Outline,
    /// The sentences in which its words stand.
    pub within: Sentences,
    /// Per part: what may stand before it, what stands there.
    pub parts: &'s [(Gap, PartKind)],
    /// What may fill a slot, by place.
    pub sides: &'s [Candidate],
    /// Per thing named: the same number for the same thing.
    pub keys: &'s [u64],
    /// Per part that is words: its places.
    pub words: &'s [Vec<Span<Norm>>],
    /// Whether a third thing between a slot and the words behind it parts the two (Ruby is fine and Python is faster than Perl).
    pub parted: bool,
    /// Whether words that must be absent are heeded.
    pub guarded: bool,
    /// Where a pronoun may stand for a thing.
    pub pronouns: Pronouns,
    /// Whether a brand may be a side that only tells which one of something else is meant (Nikon lenses).
    pub parts_too: bool,
}

/// Where a pronoun may stand for a thing. "colder than it was" compares with no thing, and "it, instead of lipstick" seldom tells what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronouns {
    /// Nowhere.
    No,
    /// As the first word: it is better than tea.
    First,
    /// As what is given up or taken along: gave it up for tea, have it with tea.
    Loser,
}

/// Where the search stands.
#[derive(Debug, Clone, Copy)]
struct At {
    part: usize,
    /// What was filled last.
    before: Span<Norm>,
    /// Whether that was a slot.
    slot: bool,
    /// Words that an optional slot left unused.
    slack: u32,
}

impl At {
    /// Behind a part that was filled.
    fn behind(part: usize, before: Span<Norm>, slot: bool) -> Self {
        Self { part: part + 1, before, slot, slack: 0 }
    }
}

/// What follows a place, read backward: the words of the later parts first.
type Rest = (u32, Filled, SmallVec<[Span<Norm>; 8]>);

impl Search<'_> {
    /// One filling per place of the first part; where that may be left out, per place of the next that none of those holds.
    pub(super) fn all(&self) -> Vec<Filling> {
        let mut out: Vec<Filling> = Vec::new();
        let mut dead = vec![0u32; self.parts.len()];
        for (part, &(_, kind)) in self.parts.iter().enumerate() {
            match kind {
                PartKind::Absent => continue,
                PartKind::Words => {
                    let from = out.len();
                    for &span in &self.words[part] {
                        let held = out[..from].iter().any(|f| f.words.contains(&span));
                        if !held && !self.silenced_before(part, span) {
                            dead.fill(0);
                            let at = At::behind(part, span, false);
                            out.extend(self.rest(at, Filled::default(), &mut dead).map(|rest| whole(span, true, rest)));
                        }
                    }
                }
                PartKind::Slot(slot) | PartKind::Optional(slot) => {
                    let sides = self.sides.iter().filter(|s| self.within.may_hold(s.sentence));
                    for side in sides.filter(|s| self.may_fill(s, slot, true)) {
                        dead.fill(0);
                        let at = At::behind(part, side.span, true);
                        let filled = Filled::default().with(slot, side.filler);
                        out.extend(self.rest(at, filled, &mut dead).map(|rest| whole(side.span, false, rest)));
                    }
                }
            }
            if !matches!(kind, PartKind::Optional(_)) {
                break;
            }
        }
        out
    }

    /// Whether a word that must be absent stands before the first part.
    fn silenced_before(&self, part: usize, span: Span<Norm>) -> bool {
        self.guarded
            && (0..part).filter(|&p| self.parts[p].1 == PartKind::Absent).any(|p| {
                self.words[p].iter().any(|w| w.end <= span.start && self.near(w.end, span.start, self.parts[p].0, 0))
            })
    }

    /// Fills the parts behind a place; `dead` remembers per part from where nothing follows, which keeps the search short.
    fn rest(&self, at: At, filled: Filled, dead: &mut [u32]) -> Option<Rest> {
        let guards = at.part;
        let part = guards + self.parts[guards..].iter().take_while(|p| p.1 == PartKind::Absent).count();
        let Some(&(gap, kind)) = self.parts.get(part) else {
            return (!self.silenced_behind(guards..part, at.before)).then(|| (at.before.end, filled, SmallVec::new()));
        };
        let memo = at.before.end + 1;
        if at.slack == 0 && dead[part] == memo {
            return None;
        }
        let found = match kind {
            PartKind::Words => self.words_behind(&at, (guards, part), filled, dead),
            PartKind::Slot(slot) => self.side_behind(&at, (guards, part, slot), filled, dead),
            PartKind::Optional(slot) => self.side_behind(&at, (guards, part, slot), filled, dead).or_else(|| {
                let left_out = At { part: part + 1, slack: at.slack + gap.most, ..at };
                self.rest(left_out, filled, dead)
            }),
            PartKind::Absent => None,
        };
        if found.is_none() && at.slack == 0 {
            dead[part] = memo;
        }
        found
    }

    fn words_behind(&self, at: &At, (guards, part): (usize, usize), filled: Filled, dead: &mut [u32]) -> Option<Rest> {
        for &span in &self.words[part] {
            if span.start < at.before.end {
                continue;
            }
            // Places are sorted: beyond the gap nothing comes back.
            if !self.near(at.before.end, span.start, self.parts[part].0, at.slack) {
                break;
            }
            if self.silenced(guards..part, at.before.end, span.start)
                || at.slot && self.parted && self.is_parted(at.before.end, span.start)
            {
                continue;
            }
            let next = At::behind(part, span, false);
            if let Some((end, filled, mut words)) = self.rest(next, filled, dead) {
                words.push(span);
                return Some((end, filled, words));
            }
        }
        None
    }

    fn side_behind(
        &self,
        at: &At,
        (guards, part, slot): (usize, usize, Slot),
        filled: Filled,
        dead: &mut [u32],
    ) -> Option<Rest> {
        // "used to drink beer, now it's all bourbon": a name says more than the pronoun before it.
        let named = |s: &&Candidate| matches!(s.filler, Filler::Named(_));
        // Sides are sorted by where they begin: none is near that begins beyond the gap.
        let furthest = at.before.end + reach(self.parts[part].0.most + at.slack);
        let within = &self.sides[..self.sides.partition_point(|s| s.span.start <= furthest)];
        let pronouns = within.iter().filter(|s| !named(s));
        for side in within.iter().filter(named).chain(pronouns).filter(|s| self.may_fill(s, slot, false)) {
            let span = side.span;
            // A thing may be named with its verb (喝茶): the verb is then the part before. (Not where the sequence only begins: 戒 in 戒指
            // is no verb, nor is 比 in 比萨.)
            let holds = part > 1 && !self.parted && span.start <= at.before.start && at.before.end < span.end;
            if !holds {
                if span.start < at.before.end {
                    continue;
                }
                // "instead of it", but not "instead of disguising it".
                let beside = Gap { most: 0, ..self.parts[part].0 };
                let gap = if matches!(side.filler, Filler::Named(_)) { self.parts[part].0 } else { beside };
                if !self.near(at.before.end, span.start, gap, at.slack) {
                    continue;
                }
            }
            // Where the nearest thing is the one on the other side, none further off is meant.
            if matches!(side.filler, Filler::Named(i) if filled.holds(self.keys[i], self.keys)) {
                return None;
            }
            if !holds && self.silenced(guards..part, at.before.end, span.start) {
                continue;
            }
            let next = At::behind(part, span, true);
            if let Some(rest) = self.rest(next, filled.with(slot, side.filler), dead) {
                return Some(rest);
            }
        }
        None
    }

    fn may_fill(&self, side: &Candidate, slot: Slot, first: bool) -> bool {
        matches!(side.filler, Filler::Named(_)) && (self.parts_too || !side.part)
            || matches!(side.filler, Filler::Pronoun(_))
                && match self.pronouns {
                    Pronouns::No => false,
                    Pronouns::First => first,
                    Pronouns::Loser => slot == Slot::B && !first,
                }
    }

    /// Whether one of the words that must be absent stands between two places.
    fn silenced(&self, mut guards: std::ops::Range<usize>, from: u32, to: u32) -> bool {
        self.guarded && guards.any(|p| self.words[p].iter().any(|w| w.start >= from && w.end <= to))
    }

    /// Whether one of the words that must be absent stands close behind the last part.
    fn silenced_behind(&self, mut guards: std::ops::Range<usize>, last: Span<Norm>) -> bool {
        self.guarded
            && guards.any(|p| {
                self.words[p].iter().any(|w| w.start >= last.end && self.near(last.end, w.start, self.parts[p].0, 0))
            })
    }

    /// Whether another thing is named in a stretch behind a slot, not coordinated with it (Python and Ruby, Python with Django).
    fn is_parted(&self, from: u32, to: u32) -> bool {
        let between = |s: &&Candidate| s.span.start >= from && s.span.end <= to && matches!(s.filler, Filler::Named(_));
        self.sides.iter().filter(between).any(|s| !within_words(self.text, from..s.span.start, 1))
    }

    fn near(&self, from: u32, to: u32, gap: Gap, slack: u32) -> bool {
        let most = gap.most + slack;
        if to - from > reach(most) {
            return false;
        }
        let (first, second) = (self.outline.clause_at(from.saturating_sub(1)), self.outline.clause_at(to));
        let sentence = |clause: usize| self.outline.clauses.get(clause).map(|c| c.sentence);
        (first == second || !gap.in_clause && sentence(first) == sentence(second))
            && within_words(self.text, from..to, most)
    }
}

/// The bytes beyond which so many words cannot reach.
fn reach(words: u32) -> u32 {
    (words + 1) * 24
}

/// A filling from its first place and what follows it.
fn whole(first: Span<Norm>, is_words: bool, (end, filled, mut words): Rest) -> Filling {
    if is_words {
        words.push(first);
    }
    words.reverse();
    Filling { span: Span::new(first.start as usize, end as usize), filled, words }
}
