//! Hits → places: which parts of near rules and sequences a text fills, and where.

use super::clauses::Clauses;
use super::filter::{each_bit, each_class};
use super::packed::Part;
use super::scan::{Found, is_capital};
use super::tables::{Filling, MASKED, Member, NONE, Tables};
use crate::lexicon::Boundary;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// Members of a place per filler that was hit from which on these are searched among the members, not the other way round.
const SEARCHED: usize = 8;

/// A surface found for a part of something larger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PartHit {
    pub span: Span<Norm>,
    pub boundary: Boundary,
    /// The clause in which it begins.
    pub clause: u32,
}

/// Sentences of one text as bits. Sentences 63 apart share one, so that two sets without a common sentence may seem to have one, never the other way
/// round.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sentences(u64);

impl Sentences {
    /// Bits for sentences.
    const COUNT: u32 = u64::BITS - 1;
    /// The bit of hits that end in another sentence than they begin in.
    const CROSSING: u64 = 1 << Self::COUNT;
    /// Every sentence.
    pub const ALL: Self = Self(u64::MAX);

    /// One sentence.
    pub fn of(sentence: u32) -> Self {
        Self(1 << (sentence % Self::COUNT))
    }

    /// The sentences of both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sentence may be one of them.
    pub fn may_hold(self, sentence: u32) -> bool {
        self.0 & (Self::of(sentence).0 | Self::CROSSING) != 0
    }

    /// Whether the two may have a sentence in common.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 & !Self::CROSSING != 0
    }

    /// The sentences that the two have in common.
    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    fn crosses(self) -> bool {
        self.0 & Self::CROSSING != 0
    }
}

/// A pattern that fills places, found at a place.
#[derive(Debug, Clone, Copy)]
struct Filled {
    filler: u32,
    span: Span<Norm>,
    clause: u32,
    /// The hit of the same filler before it.
    before: u32,
    /// The sentences in which the filler stands up to here.
    sentences: Sentences,
}

/// Where the words of a class stand.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    sentences: Sentences,
    /// Those in which they begin.
    clauses: Clauses,
}

/// The hits of one text that fill places; reused from text to text.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Near rules of which every slot may have a hit.
    pub nears: Vec<u32>,
    /// Sequences of which every word may have a hit, and the sentences in which all may.
    pub sequences: Vec<(u32, Sentences)>,
    hits: Vec<Filled>,
    /// A bit per filler that was hit: far smaller than what follows, and so it is asked first.
    present: Vec<u64>,
    /// Per filler: its newest hit.
    newest: Vec<u32>,
    /// The fillers that were hit, each once.
    distinct: Vec<u32>,
    /// A bit per place of a group that one of them fills.
    filled: Vec<u16>,
    /// A bit per group that one of them wakes.
    woken: Vec<u16>,
    /// A bit per class that one of them belongs to, and for each of these where its words stand.
    classes: u128,
    class_seen: Vec<Seen>,
    /// The hits of each class that has a bit there, by their number.
    class_hits: Vec<Vec<u32>>,
    /// The same as hits of a part, for those classes that have a bit in `gathered`.
    of_classes: Vec<Vec<PartHit>>,
    gathered: u128,
    /// The clause of the last hit: most hits stand in the one of the hit before them.
    clause: usize,
}

impl Places {
    pub(super) fn start(&mut self, tables: &Tables) {
        self.nears.clear();
        self.sequences.clear();
        self.newest.resize(tables.fillers.len(), NONE);
        self.present.resize(tables.fillers.len().div_ceil(64), 0);
        self.of_classes.resize_with(MASKED as usize, Vec::new);
        self.class_hits.resize_with(MASKED as usize, Vec::new);
        self.class_seen.resize(MASKED as usize, Seen::default());
        self.hits.clear();
        for filler in self.distinct.drain(..) {
            self.newest[filler as usize] = NONE;
            self.present[filler as usize / 64] = 0;
        }
        self.filled.clear();
        self.filled.resize(tables.places.len().div_ceil(16), 0);
        self.woken.clear();
        // Four words at a time are asked for what was woken.
        self.woken.resize(tables.groups.len().div_ceil(64) * 4, 0);
        each_class(self.classes, |class| {
            self.class_seen[class] = Seen::default();
            self.class_hits[class].clear();
        });
        (self.classes, self.gathered, self.clause) = (0, 0, 0);
    }

    /// Notes which places a hit fills, and wakes groups.
    #[inline]
    pub(super) fn fill(&mut self, tables: &Tables, outline: &Outline, found: &Found) {
        let id = tables.patterns.row(found.pattern as usize).filler;
        let (clause, mut sentences) = self.place(outline, found.span);
        let number = self.hits.len() as u32;
        let before = std::mem::replace(&mut self.newest[id as usize], number);
        let filler = tables.fillers.row(id as usize);
        if before == NONE {
            self.present[id as usize / 64] |= 1 << (id % 64);
            self.classes |= filler.classes;
            self.distinct.push(id);
            tables.fills.part(filler.fills).iter().for_each(|bits| bits.set_in(&mut self.filled));
            tables.wakes.part(filler.wakes).iter().for_each(|bits| bits.set_in(&mut self.woken));
        } else {
            sentences = sentences.with(self.hits[before as usize].sentences);
        }
        let here = Clauses::of(clause);
        each_class(filler.classes, |class| {
            let seen = &mut self.class_seen[class];
            (seen.sentences, seen.clauses) = (seen.sentences.with(sentences), seen.clauses.with(here));
            self.class_hits[class].push(number);
        });
        self.hits.push(Filled { filler: id, span: found.span, clause, before, sentences });
    }

    /// The clause and the sentence of a hit.
    #[inline]
    fn place(&mut self, outline: &Outline, span: Span<Norm>) -> (u32, Sentences) {
        self.clause = outline.clause_from(self.clause, span.start);
        let Some(clause) = outline.clauses.get(self.clause) else { return (self.clause as u32, Sentences::of(0)) };
        let mut sentences = Sentences::of(clause.sentence);
        if span.end > clause.span.end && outline.sentence_at(span.end - 1) != clause.sentence {
            sentences.0 |= Sentences::CROSSING;
        }
        (self.clause as u32, sentences)
    }

    /// Of the groups that were woken those of which every part has a hit.
    pub(super) fn keep_whole_groups(&mut self, tables: &Tables) {
        let (mut nears, mut sequences) = (std::mem::take(&mut self.nears), std::mem::take(&mut self.sequences));
        let first_sequence = tables.nears.len() as u32;
        for (words, word) in self.woken.as_chunks::<4>().0.iter().zip(0u32..) {
            let bits = words.iter().rev().fold(0, |bits, &word| bits << 16 | u64::from(word));
            each_bit(bits, |i| {
                let group = word * 64 + i as u32;
                let parts = tables.fillings.part(tables.groups.row(group as usize));
                if !parts.iter().all(|filling| self.may_be_filled(tables, &filling)) {
                    return;
                }
                match group.checked_sub(first_sequence) {
                    None => nears.push(group),
                    Some(sequence) => sequences.push((sequence, self.common_sentences(tables, parts))),
                }
            });
        }
        (self.nears, self.sequences) = (nears, sequences);
    }

    fn may_be_filled(&self, tables: &Tables, filling: &Filling) -> bool {
        let mut places = tables.filling_places.part(filling.places).iter();
        self.classes & filling.classes != 0 || places.any(|place| self.is_filled(place))
    }

    fn is_filled(&self, place: u32) -> bool {
        self.filled[place as usize / 16] >> (place % 16) & 1 == 1
    }

    /// The sentences in which all parts of a group have a hit; all of them where one goes from one sentence into the next, which ties the two together.
    fn common_sentences(&self, tables: &Tables, parts: Part<'_, Filling, 6>) -> Sentences {
        let mut common = Sentences::ALL;
        for filling in parts.iter() {
            let sentences = self.sentences(tables, &filling);
            if sentences.crosses() {
                return Sentences::ALL;
            }
            common = common.and(sentences);
        }
        common
    }

    /// The sentences in which a part of a group has a hit.
    fn sentences(&self, tables: &Tables, filling: &Filling) -> Sentences {
        let mut out = Sentences::default();
        each_class(self.classes & filling.classes, |class| out = out.with(self.class_seen[class].sentences));
        for place in tables.filling_places.part(filling.places).iter() {
            self.present_members(tables, place, |member| {
                out = out.with(self.hits[self.newest[member.filler() as usize] as usize].sentences);
            });
        }
        out
    }

    /// The clauses in which hits of some places begin, where only classes with a bit of their own fill them.
    pub(super) fn class_clauses(&self, tables: &Tables, places: &[u32]) -> Option<Clauses> {
        let mut out = Clauses::default();
        for &place in places {
            if tables.is_masked(place) {
                // Those of a class without a hit are none.
                out = out.with(self.class_seen[place as usize].clauses);
            } else if !tables.listed[place as usize] || self.is_filled(place) {
                return None;
            }
        }
        Some(out)
    }

    /// Hands on the members of a place whose fillers were hit.
    fn present_members(&self, tables: &Tables, place: u32, mut take: impl FnMut(Member)) {
        if tables.listed[place as usize] && !self.is_filled(place) {
            return;
        }
        let members = tables.places.list(place as usize);
        // Few words of a text are of any one place; of a large place it is quicker to ask which.
        if members.len() > SEARCHED * self.distinct.len() {
            for &filler in &self.distinct {
                members_of(members, filler).for_each(&mut take);
            }
        } else {
            members.iter().filter(|m| has(&self.present, m.filler())).for_each(take);
        }
    }

    /// Appends the hits of some places, by position.
    pub(super) fn of_places(&mut self, tables: &Tables, doc: &Document<'_>, places: &[u32], out: &mut Vec<PartHit>) {
        for &place in places {
            if tables.is_masked(place) {
                if self.classes & 1 << place != 0 {
                    self.gather(tables, doc, place);
                    out.extend_from_slice(&self.of_classes[place as usize]);
                }
            } else {
                self.present_members(tables, place, |member| self.hits_of(doc, member, out));
            }
        }
        if out.len() < 2 {
            return;
        }
        // The hits of one word come from the last to the first, and most lists are of one word.
        if out.first() > out.last() {
            out.reverse();
        }
        if !out.is_sorted() {
            out.sort_unstable();
        }
    }

    /// Appends the hits of a member of a place.
    fn hits_of(&self, doc: &Document<'_>, member: Member, out: &mut Vec<PartHit>) {
        let mut at = self.newest[member.filler() as usize];
        while at != NONE {
            let filled = &self.hits[at as usize];
            out.extend(part_hit(doc, member, filled));
            at = filled.before;
        }
    }

    /// Lists the hits of a class, once per text.
    fn gather(&mut self, tables: &Tables, doc: &Document<'_>, class: u32) {
        if self.gathered & 1 << class != 0 {
            return;
        }
        self.gathered |= 1 << class;
        let list = &mut self.of_classes[class as usize];
        list.clear();
        let members = tables.places.list(class as usize);
        for &number in &self.class_hits[class as usize] {
            let filled = &self.hits[number as usize];
            let same = members_of(members, filled.filler);
            list.extend(same.filter_map(|member| part_hit(doc, member, filled)));
        }
    }
}

/// The members of a place that a filler stands for.
fn members_of(members: Part<'_, Member, 1>, filler: u32) -> impl Iterator<Item = Member> {
    let from = members.partition_point(|m| m.filler() < filler);
    members.from(from).iter().take_while(move |m| m.filler() == filler)
}

/// The hit of a member of a place, unless it lacks its capital.
fn part_hit(doc: &Document<'_>, member: Member, filled: &Filled) -> Option<PartHit> {
    let Filled { span, clause, .. } = *filled;
    (!member.capital() || is_capital(doc, span)).then(|| PartHit { span, boundary: member.boundary(), clause })
}

fn has(bits: &[u64], at: u32) -> bool {
    bits[at as usize / 64] & 1 << (at % 64) != 0
}
