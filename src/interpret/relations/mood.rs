//! What the words around a relation do to it: denied, asked, only supposed.

use super::super::cues::Cues;
use super::super::evidence::Lang;
use super::super::mentions::Named;
use super::search::Filling;
use crate::lexicon::id::RelationKind;
use crate::normalize::span::{Norm, Span};
use crate::segment::{Outline, within_words};

/// How many words a negator reaches ahead to what it denies.
const REACH: u32 = 2;

/// What becomes of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// It is said.
    Said,
    /// The other way round: not better.
    Contrary,
    /// It is denied and nothing takes its place.
    Denied,
    /// The two are level at most: A 不比 B 好.
    Level,
    /// It is asked: the two are weighed, nobody wins.
    Asked,
    /// It is only supposed.
    Supposed,
}

/// Reads the mood of relations in one text.
#[derive(Clone, Copy)]
pub(super) struct Moods<'m> {
    pub cues: Cues<'m>,
    pub outline: &'m Outline,
    pub text: &'m str,
    pub lang: Lang,
    pub named: &'m [Named],
}

impl Moods<'_> {
    /// The mood of a relation. Two that go together or are weighed do so in a question as well.
    pub(super) fn of(&self, (kind, alike): (RelationKind, bool), found: &Filling) -> Mood {
        let (Some(&first), Some(&last)) = (found.words.first(), found.words.last()) else { return Mood::Said };
        let asserted = matches!(kind, RelationKind::BetterThan | RelationKind::InsteadOf);
        if asserted && self.is_asked(found.span) {
            return Mood::Asked;
        }
        if asserted && self.is_supposed(found.span, first) {
            return Mood::Supposed;
        }
        // In a Chinese replacement the first verb is the one that did not come to pass (不喝 A 换成 B): the last one says what did.
        let said = if kind == RelationKind::InsteadOf && self.lang == Lang::Zh { last } else { first };
        match (kind, self.lang) {
            // "we couldn't get beer or wine" weighs nothing.
            (RelationKind::EitherOr, Lang::En) if alike && self.is_denied_before(found) => Mood::Denied,
            (RelationKind::EitherOr, _) => Mood::Said,
            _ if !self.is_denied(said, found) => Mood::Said,
            // "Not better" mostly means worse.
            (RelationKind::BetterThan, Lang::Zh) => Mood::Level,
            (RelationKind::BetterThan, _) => Mood::Contrary,
            _ => Mood::Denied,
        }
    }

    /// Whether a negator that is no part of the relation stands just before one of its words.
    fn is_denied(&self, said: Span<Norm>, found: &Filling) -> bool {
        let clause = self.outline.clause_at(said.start) as u32;
        // "How is A not better": what is asked so is said.
        let rhetorical = |s: Span<Norm>| self.cues.of(self.cues.rules.rhetorical).any(|m| m.span.overlaps(s));
        let free = |s: Span<Norm>| !found.words.iter().any(|w| w.overlaps(s)) && !rhetorical(s);
        self.cues.of(self.cues.rules.negator).any(|m| {
            m.clause == clause
                && m.span.end <= said.start
                && free(m.span)
                && within_words(self.text, m.span.end..said.start, REACH)
        })
    }

    /// Whether a negator that is no part of the relation stands before it in its clause.
    fn is_denied_before(&self, found: &Filling) -> bool {
        let clause = self.outline.clause_at(found.span.start) as u32;
        let before = |s: Span<Norm>| s.end <= found.span.end && !found.words.iter().any(|w| w.overlaps(s));
        self.cues.of(self.cues.rules.negator).any(|m| m.clause == clause && before(m.span))
    }

    /// Whether the clause in which a relation ends is a question, and none that answers itself.
    fn is_asked(&self, span: Span<Norm>) -> bool {
        let at = self.outline.clause_at(span.end.saturating_sub(1));
        let Some(clause) = self.outline.clauses.get(at) else { return false };
        let marked = self.text[clause.span.end as usize..].starts_with(['?', '？']);
        // A particle in a name (饿了么) asks nothing.
        let in_name = |s: Span<Norm>| self.named.iter().any(|n| n.brand.is_some() && n.found.span.overlaps(s));
        // A particle asks at the end of its clause; elsewhere 呢 is the Cantonese for "this".
        let stands = |s: Span<Norm>| s.end - s.start > 3 || within_words(self.text, s.end..clause.span.end, 0);
        let mut questions = self.cues.of_clause(self.cues.rules.question, at as u32);
        let asked = marked || questions.any(|m| stands(m.span) && !in_name(m.span));
        asked && !self.cues.in_sentence(self.cues.rules.rhetorical, clause.sentence)
    }

    /// Whether a supposition opens the clause before what is compared ("if A were better"); in a clause of its own ("if I had to choose, …") it
    /// supposes something else.
    fn is_supposed(&self, span: Span<Norm>, first: Span<Norm>) -> bool {
        let clause = self.outline.clause_at(span.start) as u32;
        self.cues
            .of(self.cues.rules.hypothetical)
            .any(|m| m.clause == clause && m.span.end <= first.start && m.span.start <= span.start.max(first.start))
    }
}
