//! Agrees with a naive search on the same table of cases: *where* something stands, never *what it means*.
//!
//! An index of pairs for surfaces with Han in them, a hash of words for Latin ones; overlapping candidates → boundary check → the
//! longest of the survivors. The rule kinds are a closed set: phrase, near, sequence with slots, unless.

mod anchors;
mod built_in;
mod class_order;
mod clauses;
mod compile;
mod distinct;
mod filter;
mod han;
mod hashed;
mod latin;
mod log;
mod near;
mod packed;
mod places;
mod scan;
mod select;
mod spellings;
mod tables;
#[cfg(test)]
mod tests;

pub use han::{Coded, HanIndex, TooManyCharacters};
pub use log::{Log, Note, Verdict};
pub use places::Sentences;
pub use scan::Found;
pub use spellings::spellings;
pub use tables::{Channel, PartKind, SequenceRule};

use smallvec::SmallVec;

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::lexicon::id::RuleId;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::{Cutter, Outline};

use near::Slots;
use places::PartHit;
use scan::{Hits, TermHit};
use select::Check;
use tables::Tables;

/// How a match came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// A surface of the entry.
    Term,
    /// Surfaces close together.
    Near {
        /// The stretch before the last of them, up to the one in front of it.
        gap: Span<Norm>,
    },
}

/// A rule found at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The rule.
    pub rule: RuleId,
    /// Where in the normalized text.
    pub span: Span<Norm>,
    /// The clause in which it begins.
    pub clause: u32,
    /// The sentence in which it begins.
    pub sentence: u32,
    /// For a surface of several meanings: the sense that must be shown to hold.
    pub sense: Option<u32>,
    /// Names the thing, but alone never counts as consumed.
    pub passing: bool,
    /// Says something only beside a thing.
    pub thing: bool,
    /// How it came about.
    pub via: Via,
}

/// What was found in one text; the buffers are reused from text to text.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Sentences, clauses, words.
    pub outline: Outline,
    /// Categories and brands by place; several senses of one place stand together.
    pub mentions: Vec<Match>,
    /// Statements of all other kinds but cues, by kind and place.
    pub labels: Vec<Match>,
    /// Cues by place, as far as somebody may ask for them ([`Reach`]); filled only where there is a mention or a statement.
    pub cues: Vec<Match>,
    /// Candidates that fell, where somebody asked for them.
    pub log: Option<Log>,
    cutter: Cutter,
    hits: Hits,
    slots: Slots,
    /// Per clause: whether its cues are asked for.
    asked: Vec<bool>,
}

/// Where the places of a cue are asked for; word boundaries are looked up for no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Nobody asks.
    Nowhere,
    /// In clauses with a mention, a statement or a cue of [`Reach::Post`].
    Clause,
    /// In sentences with such a clause; what speaks there is asked for together with the other cues of its own clause.
    Sentence,
    /// In sentences with such a clause, by itself.
    Beside,
    /// Anywhere.
    Post,
}

/// A compiled lexicon: immutable, shared by all threads.
pub struct Matcher {
    tables: Tables,
    /// Per rule.
    reach: Vec<Reach>,
    /// Per rule: whether a user's own lexicon brought it; empty where there is none.
    own: Vec<bool>,
}

impl Matcher {
    /// Compiles a lexicon; `reach` tells where the cues of a rule will be asked for.
    ///
    /// # Errors
    /// `L808` where the surfaces are too many for the automaton.
    pub fn new(lexicon: &Lexicon, reach: impl Fn(RuleId) -> Reach) -> Result<Self> {
        let reach = lexicon.entries.iter().map(|e| reach(e.rule)).collect();
        let is_overlaid = lexicon.entries.iter().any(|e| e.layer > 0);
        let own = lexicon.entries.iter().filter(|_| is_overlaid).map(|e| e.layer > 0).collect();
        Ok(Self { tables: Tables::of(lexicon)?, reach, own })
    }

    /// Finds everything in one text.
    pub fn scan(&self, doc: &Document<'_>, scratch: &mut Scratch) {
        let Scratch { outline, mentions, labels, cues, log, cutter, hits, slots, asked } = scratch;
        mentions.clear();
        labels.clear();
        cues.clear();
        if let Some(log) = log {
            log.notes.clear();
        }
        outline.read(doc.norm());
        cutter.start(doc.norm());
        hits.find(&self.tables, doc, outline);
        hits.terms.sort_unstable_by_key(|h| h.order);
        let mut check = Check::new(doc, outline, cutter);
        let firm = select::firm(&hits.terms, &hits.unless, &self.own, &mut check);
        let homes = &self.tables.homes;
        select::mentions(&hits.terms, &hits.unless, (homes, &firm), &mut check, log, mentions);
        select::labels(&hits.terms, &hits.unless, |h| h.channel != Channel::Mention, &mut check, log, labels);
        let near_from = labels.len();
        slots.find(&self.tables, hits, &mut check, labels);
        // Near rules of cues and mentions belong to their own lists.
        let mut at = near_from;
        while at < labels.len() {
            match self.tables.channels[labels[at].rule.index()] {
                Channel::Cue => cues.push(labels.remove(at)),
                Channel::Mention => mentions.push(labels.remove(at)),
                _ => at += 1,
            }
        }
        if mentions.is_empty() && labels.is_empty() && log.is_none() {
            cues.clear();
            return;
        }
        mentions.sort_by_key(|m| (m.span, m.rule, m.sense));
        labels.sort_by_key(|m| (self.tables.channels[m.rule.index()], m.span, m.rule));
        hits.cues.sort_unstable_by_key(|h| h.order);
        if log.is_some() {
            select::labels(&hits.cues, &hits.unless, |_| true, &mut check, log, cues);
        } else {
            self.ask(outline, hits, mentions.iter().chain(&*labels), asked);
            let all = !asked.contains(&false);
            let wanted = |h: &TermHit| self.is_asked(outline, (asked, all), h);
            select::labels(&hits.cues, &hits.unless, wanted, &mut check, log, cues);
        }
        cues.sort_by_key(|m| (m.span, m.rule));
    }

    /// Notes the clauses whose cues are asked for.
    fn ask<'m>(&self, outline: &Outline, hits: &Hits, found: impl Iterator<Item = &'m Match>, asked: &mut Vec<bool>) {
        asked.clear();
        asked.resize(outline.clauses.len().max(1), false);
        for m in found {
            asked[m.clause as usize] = true;
        }
        // The words of a relation may stand in a clause in which nothing else does.
        let related = hits.places.sequences.iter().fold(Sentences::default(), |all, &(_, of)| all.with(of));
        if related != Sentences::default() {
            for (asked, clause) in asked.iter_mut().zip(&outline.clauses) {
                *asked |= related.may_hold(clause.sentence);
            }
        }
        for hit in hits.cues.iter().filter(|h| self.reach[h.rule().index()] == Reach::Post) {
            asked[outline.clause_at(hit.span().start)] = true;
        }
        // What is asked for in a whole sentence can be denied in its own clause.
        for hit in hits.cues.iter().filter(|h| self.reach[h.rule().index()] == Reach::Sentence) {
            let clause = outline.clause_at(hit.span().start);
            if !asked[clause] && asked[outline.sentence_clauses(hit.span().start)].contains(&true) {
                asked[clause] = true;
            }
        }
    }

    /// Whether a cue is asked for. All clauses that it touches count: inside a longer one of its rule, a shorter one falls.
    fn is_asked(&self, outline: &Outline, (asked, all): (&[bool], bool), hit: &TermHit) -> bool {
        let span = hit.span();
        match self.reach[hit.rule().index()] {
            Reach::Nowhere => false,
            Reach::Post => true,
            _ if all => true,
            Reach::Sentence | Reach::Beside => asked[outline.sentence_clauses(span.start)].contains(&true),
            Reach::Clause => asked[outline.clause_at(span.start)..=outline.clause_at(span.end - 1)].contains(&true),
        }
    }

    /// The rule of a sense and whether it wins where no cue decides.
    pub fn sense(&self, sense: u32) -> (RuleId, bool) {
        let (rule, default, _) = self.tables.senses[sense as usize];
        (rule, default)
    }

    /// The first places in the last text that speak for a sense beside a span of its own; word boundaries are asked for no further.
    pub fn sense_cues(
        &self,
        scratch: &mut Scratch,
        doc: &Document<'_>,
        (sense, own): (u32, Span<Norm>),
        most: usize,
    ) -> SmallVec<[Span<Norm>; 8]> {
        let Scratch { hits, slots, outline, cutter, .. } = scratch;
        let found = slots.buffer();
        hits.places.of_places(&self.tables, doc, &self.tables.senses[sense as usize].2, found);
        let mut check = Check::new(doc, outline, cutter);
        let mut out: SmallVec<[Span<Norm>; 8]> = SmallVec::new();
        for hit in found.iter().filter(|hit| !hit.span.overlaps(own)) {
            if out.len() == most {
                break;
            }
            if out.last() != Some(&hit.span) && check.stands(hit) {
                out.push(hit.span);
            }
        }
        out
    }

    /// The sequences all of whose words stand in the last text, and the sentences in which all of them do.
    pub fn sequences<'s>(&self, scratch: &'s Scratch) -> &'s [(u32, Sentences)] {
        &scratch.hits.places.sequences
    }

    /// A sequence.
    pub fn sequence(&self, sequence: u32) -> &SequenceRule {
        &self.tables.sequences[sequence as usize]
    }

    /// The places of one part of a sequence in some sentences of the last text; where not `checked` also those that a word boundary vetoes.
    pub fn pieces(
        &self,
        scratch: &mut Scratch,
        doc: &Document<'_>,
        (sequence, piece): (u32, usize),
        (within, checked): (Sentences, bool),
        out: &mut Vec<Span<Norm>>,
    ) {
        let rule = &self.tables.sequences[sequence as usize];
        let places = if rule.parts[piece].1 == PartKind::Absent { &rule.absent } else { &rule.places };
        let Scratch { hits, slots, outline, cutter, .. } = scratch;
        let found = slots.buffer();
        hits.places.of_places(&self.tables, doc, &places[piece], found);
        if within != Sentences::ALL {
            let sentence = |hit: &PartHit| outline.clauses.get(hit.clause as usize).map_or(0, |clause| clause.sentence);
            found.retain(|hit| within.may_hold(sentence(hit)));
        }
        let mut check = Check::new(doc, outline, cutter);
        out.clear();
        out.extend(found.iter().filter(|h| !checked || check.stands(h)).map(|h| h.span));
        out.dedup();
    }

    /// The places of the word that wakes a sequence, of those that are wanted: word boundaries are asked for last.
    pub fn waking(
        &self,
        scratch: &mut Scratch,
        doc: &Document<'_>,
        sequence: u32,
        wanted: impl Fn(&Outline, Span<Norm>) -> bool,
        out: &mut Vec<Span<Norm>>,
    ) {
        let rule = &self.tables.sequences[sequence as usize];
        self.wanted(scratch, doc, &rule.places[rule.waking], wanted, out);
    }

    /// The places of the words of a class in the last text, of those that are wanted.
    pub fn class(
        &self,
        scratch: &mut Scratch,
        doc: &Document<'_>,
        class: u32,
        wanted: impl Fn(Span<Norm>) -> bool,
        out: &mut Vec<Span<Norm>>,
    ) {
        self.wanted(scratch, doc, &[self.tables.class_places[class as usize]], |_, span| wanted(span), out);
    }

    fn wanted(
        &self,
        scratch: &mut Scratch,
        doc: &Document<'_>,
        places: &[u32],
        wanted: impl Fn(&Outline, Span<Norm>) -> bool,
        out: &mut Vec<Span<Norm>>,
    ) {
        let Scratch { hits, slots, outline, cutter, .. } = scratch;
        let found = slots.buffer();
        hits.places.of_places(&self.tables, doc, places, found);
        found.retain(|h| wanted(outline, h.span));
        let mut check = Check::new(doc, outline, cutter);
        out.clear();
        out.extend(found.iter().filter(|h| check.stands(h)).map(|h| h.span));
        out.dedup();
    }
}
