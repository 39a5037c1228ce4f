//! Lexicon → tables: every surface once, with all its uses.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

use super::anchors::Anchors;
use super::latin::{WordTrie, variants};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::id::RuleId;
use crate::lexicon::{Boundary, Entry, Lexicon, Piece, Slot, Status, Target, Term, Words};
use crate::segment::Outline;

/// The kinds of statement among which the longest surface wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// Categories and brands.
    Mention,
    /// Occasions.
    Occasion,
    /// Motives.
    Motive,
    /// Essences.
    Essence,
    /// Stages of the customer's way.
    Stage,
    /// Who speaks.
    Voice,
    /// What the speaker says of himself.
    Customer,
    /// A relation that needs no slots (went without).
    Relation,
    /// Words of the language.
    Cue,
}

impl Channel {
    /// The channel of a target.
    pub fn of(target: Target) -> Self {
        match target {
            Target::Category(_) | Target::Brand(_) => Channel::Mention,
            Target::Occasion(_) => Channel::Occasion,
            Target::Motive(..) => Channel::Motive,
            Target::Essence(_) => Channel::Essence,
            Target::Stage(_) => Channel::Stage,
            Target::Voice(_) => Channel::Voice,
            Target::Customer(_) => Channel::Customer,
            Target::Relation(_) => Channel::Relation,
            Target::Cue(_) => Channel::Cue,
        }
    }
}

/// What a surface does by itself where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// It speaks for its rule.
    Term,
    /// It speaks for its rule if the senses say so.
    Ambiguous(u32),
    /// It silences its rule where they overlap.
    Unless,
}

/// One use of a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    pub rule: RuleId,
    pub part: Part,
    pub channel: Channel,
    pub boundary: Boundary,
    pub capital: bool,
    pub passing: bool,
}

/// A surface that fills a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    pub pattern: u32,
    pub boundary: Boundary,
    pub capital: bool,
}

/// A rule of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    /// An index into [`Tables::nears`].
    Near(u32),
    /// An index into [`Tables::sequences`].
    Sequence(u32),
}

/// Classes that have a bit in the masks; those beyond are places like all others.
pub(super) const MASKED: u32 = u64::BITS;

/// What fills one part of a group: a bit per class, and other places.
#[derive(Debug, Clone, Default)]
pub(super) struct Filling {
    pub classes: u64,
    pub places: Vec<u32>,
}

/// What a pattern is good for.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pattern {
    /// Its uses: a range of [`Tables::uses`].
    pub uses: (u32, u32),
    /// A bit per class that it belongs to, as far as the bits go ([`MASKED`]).
    pub classes: u64,
    /// All other places that it fills: a range of [`Tables::fills`].
    pub fills: (u32, u32),
    /// The groups that are worth a look where it stands: a range of [`Tables::wakes`].
    pub wakes: (u32, u32),
}

/// A near rule.
#[derive(Debug)]
pub(super) struct NearRule {
    pub rule: RuleId,
    pub within: u32,
    pub ordered: bool,
    /// Per slot: the places that fill it, its own first, then those of its classes.
    pub slots: Vec<Vec<u32>>,
    /// The same for a quick look.
    pub fillings: Vec<Filling>,
}

/// A sequence with the places of its parts.
#[derive(Debug)]
pub struct SequenceRule {
    /// Its rule.
    pub rule: RuleId,
    /// Per part: most words before it, and the slot, or `None` for words.
    pub parts: Vec<(u32, Option<Slot>)>,
    /// Per part: the places that fill it; none for a slot.
    pub(super) places: Vec<Vec<u32>>,
    /// The same for a quick look, slots left out.
    pub(super) fillings: Vec<Filling>,
}

/// Everything that is compiled from a lexicon.
pub(super) struct Tables {
    /// Surfaces with Han or other signs, over the normalized text.
    pub han: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Where they may stand.
    pub anchors: Anchors,
    /// Latin surfaces.
    pub latin: WordTrie,
    pub patterns: Vec<Pattern>,
    /// Uses of all patterns, grouped.
    pub uses: Vec<Use>,
    /// Places that patterns fill, grouped by pattern.
    pub fills: Vec<u32>,
    /// Groups that patterns wake, grouped by pattern. Each group has one part that wakes it, the one that is likely the rarest, so that common words
    /// cost next to nothing.
    pub wakes: Vec<Group>,
    pub nears: Vec<NearRule>,
    pub sequences: Vec<SequenceRule>,
    /// Per sense: its rule, whether it is the default, and the places of its cues.
    pub senses: Vec<(RuleId, bool, Vec<u32>)>,
    /// Per place: the surfaces that fill it, by pattern. The first places are those of the shared classes.
    pub places: Vec<Vec<Member>>,
    /// How many places are classes.
    pub class_count: u32,
    /// Per rule.
    pub channels: Vec<Channel>,
}

/// Collects patterns and uses while the lexicon is walked.
#[derive(Default)]
struct Builder<'l> {
    han: FxHashMap<&'l str, u32>,
    latin: WordTrie,
    /// Uses in the order of the lexicon, each with its pattern.
    uses: Vec<(u32, Use)>,
    /// Per pattern: how rare it may be.
    commonness: Vec<u32>,
    outline: Outline,
    found: Vec<u32>,
}

impl<'l> Builder<'l> {
    /// The patterns of a surface, and the boundary policy that is left to check.
    fn patterns(&mut self, term: &'l Term, noun: bool) -> (&[u32], Boundary) {
        let Self { han, latin, commonness, outline, found, .. } = self;
        found.clear();
        let mut note = |pattern: u32, commonness: &mut Vec<u32>| {
            if pattern as usize == commonness.len() {
                commonness.push(self::commonness(&term.surface));
            }
            found.push(pattern);
        };
        if term.surface.chars().all(|c| c.is_ascii() || c.is_alphanumeric() && !is_wide(c)) {
            outline.read(&term.surface);
            let words: Vec<&str> = outline.words.iter().map(|w| &term.surface[w.range()]).collect();
            if !words.is_empty() {
                variants(term, &words, noun, |variant| {
                    let pattern = latin.insert(variant, term.open, commonness.len() as u32);
                    note(pattern, commonness);
                });
                // Latin words carry their own boundaries.
                return (found, Boundary::Raw);
            }
        }
        let pattern = *han.entry(&term.surface).or_insert(commonness.len() as u32);
        note(pattern, commonness);
        (found, term.boundary)
    }

    fn add(&mut self, term: &'l Term, rule: RuleId, channel: Channel, part: Part) {
        let (_, boundary) = self.patterns(term, channel == Channel::Mention);
        let used = Use { rule, part, channel, boundary, capital: term.capital, passing: term.passing };
        self.uses.extend(self.found.iter().map(|&pattern| (pattern, used)));
    }

    fn members(&mut self, terms: &'l [Term]) -> Vec<Member> {
        let mut out = Vec::with_capacity(terms.len());
        for term in terms {
            let (patterns, boundary) = self.patterns(term, false);
            out.extend(patterns.iter().map(|&pattern| Member { pattern, boundary, capital: term.capital }));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// A guess at how often a surface is met, from its length alone; it decides only about speed.
fn commonness(surface: &str) -> u32 {
    match surface.chars().map(|c| if is_wide(c) { 4 } else { 1 }).sum::<u32>() {
        0..=4 => 64,
        5..=6 => 16,
        7..=8 => 8,
        9..=12 => 2,
        _ => 1,
    }
}

/// Han, kana, hangul: written without spaces.
fn is_wide(c: char) -> bool {
    c as u32 >= 0x2E80
}

impl Tables {
    /// Compiles a lexicon.
    pub(super) fn compile(lexicon: &Lexicon) -> Result<Self> {
        let mut builder = Builder { latin: WordTrie::new(), ..Builder::default() };
        let mut tables = Self {
            han: None,
            anchors: Anchors::default(),
            latin: WordTrie::default(),
            patterns: Vec::new(),
            uses: Vec::new(),
            fills: Vec::new(),
            wakes: Vec::new(),
            nears: Vec::new(),
            sequences: Vec::new(),
            senses: Vec::new(),
            places: lexicon.classes.iter().map(|class| builder.members(&class.terms)).collect(),
            class_count: lexicon.classes.len() as u32,
            channels: lexicon.entries.iter().map(|e| Channel::of(e.target)).collect(),
        };
        for entry in lexicon.entries.iter().filter(|e| e.status != Status::Deprecated) {
            tables.add_entry(entry, &mut builder);
        }
        tables.finish(builder)
    }

    fn add_entry<'l>(&mut self, entry: &'l Entry, builder: &mut Builder<'l>) {
        let rule = entry.rule;
        let channel = Channel::of(entry.target);
        // A surface that stands in a `resolve` too counts only where the cues say so.
        let ambiguous = |t: &Term| entry.resolve.iter().flat_map(|r| &r.terms).any(|a| a.surface == t.surface);
        for term in entry.terms.iter().filter(|t| !ambiguous(t)) {
            builder.add(term, rule, channel, Part::Term);
        }
        for term in &entry.unless {
            builder.add(term, rule, channel, Part::Unless);
        }
        for near in &entry.near {
            let slots: Vec<Vec<u32>> = near.slots.iter().map(|words| self.fill(words, builder)).collect();
            let fillings = self.fillings(&slots);
            self.nears.push(NearRule { rule, within: near.within, ordered: near.ordered, slots, fillings });
        }
        for sequence in &entry.sequences {
            self.add_sequence(rule, sequence, builder);
        }
        for resolve in &entry.resolve {
            let id = self.senses.len() as u32;
            for term in &resolve.terms {
                builder.add(term, rule, channel, Part::Ambiguous(id));
            }
            let places = self.fill(&resolve.cues, builder);
            self.senses.push((rule, resolve.default, places));
        }
    }

    fn add_sequence<'l>(&mut self, rule: RuleId, sequence: &'l crate::lexicon::Sequence, builder: &mut Builder<'l>) {
        let mut compiled = SequenceRule { rule, parts: Vec::new(), places: Vec::new(), fillings: Vec::new() };
        for (gap, piece) in &sequence.pieces {
            let (slot, places) = match piece {
                Piece::Slot(slot) => (Some(*slot), Vec::new()),
                Piece::Words(words) => (None, self.fill(words, builder)),
            };
            compiled.parts.push((*gap, slot));
            compiled.places.push(places);
        }
        compiled.fillings = self.fillings(&compiled.places);
        self.sequences.push(compiled);
    }

    fn fillings(&self, parts: &[Vec<u32>]) -> Vec<Filling> {
        let mut out = Vec::new();
        for places in parts.iter().filter(|places| !places.is_empty()) {
            let mut filling = Filling::default();
            for &place in places {
                if self.is_masked(place) {
                    filling.classes |= 1 << place;
                } else {
                    filling.places.push(place);
                }
            }
            out.push(filling);
        }
        out
    }

    /// Whether a place is a class with a bit of its own.
    pub(super) fn is_masked(&self, place: u32) -> bool {
        place < self.class_count.min(MASKED)
    }

    /// Gives words a place of their own; returns it with those of their classes.
    fn fill<'l>(&mut self, words: &'l Words, builder: &mut Builder<'l>) -> Vec<u32> {
        let own = self.places.len() as u32;
        self.places.push(builder.members(&words.terms));
        std::iter::once(own).chain(words.classes.iter().map(|&class| u32::from(class))).collect()
    }

    fn finish(mut self, builder: Builder<'_>) -> Result<Self> {
        let Builder { han, mut latin, mut uses, mut commonness, .. } = builder;
        let ranks = ranks(&commonness);
        commonness.sort_by_key(|&c| std::cmp::Reverse(c));
        latin.finish(&ranks);
        self.latin = latin;
        for (pattern, _) in &mut uses {
            *pattern = ranks[*pattern as usize];
        }
        for members in &mut self.places {
            for member in &mut *members {
                member.pattern = ranks[member.pattern as usize];
            }
            members.sort_unstable();
        }
        self.patterns = vec![Pattern::default(); commonness.len()];
        self.file_uses(uses);
        self.file_wakes(&commonness);
        self.file_members();
        if !han.is_empty() {
            let mut sorted: Vec<(&str, u32)> = han.into_iter().map(|(surface, p)| (surface, ranks[p as usize])).collect();
            sorted.sort_unstable_by_key(|&(_, pattern)| pattern);
            self.anchors = Anchors::of(sorted.iter().map(|&(surface, _)| surface));
            // Overlapping and without a prefilter: the fastest of the candidates measured on Chinese text (benches/matcher.rs), and
            // what the longest-of-the-survivors rule needs.
            let han = CharwiseDoubleArrayAhoCorasickBuilder::new()
                .match_kind(MatchKind::Standard)
                .use_prefilter(false)
                .build_with_values(sorted)
                .map_err(|e| Error::new(ErrorKind::Lexicon, format!("L808: the surfaces cannot be compiled: {e}")))?;
            self.han = Some(han);
        }
        Ok(self)
    }

    /// Groups the uses by pattern, each once.
    fn file_uses(&mut self, mut uses: Vec<(u32, Use)>) {
        uses.sort_by_key(|&(pattern, _)| pattern);
        for of_pattern in uses.chunk_by(|a, b| a.0 == b.0) {
            let from = self.uses.len();
            for (_, used) in of_pattern {
                if !self.uses[from..].contains(used) {
                    self.uses.push(*used);
                }
            }
            self.patterns[of_pattern[0].0 as usize].uses = (from as u32, self.uses.len() as u32);
        }
    }

    /// Turns "who fills a place" round: which places a pattern fills.
    fn file_members(&mut self) {
        let places = self.places.iter().zip(0u32..);
        let mut members: Vec<(u32, u32)> = places.flat_map(|(of, place)| of.iter().map(move |m| (m.pattern, place))).collect();
        members.sort_unstable();
        members.dedup();
        for of_pattern in members.chunk_by(|a, b| a.0 == b.0) {
            let (masked, other): (Vec<u32>, Vec<u32>) = of_pattern.iter().map(|&(_, place)| place).partition(|&p| self.is_masked(p));
            let pattern = &mut self.patterns[of_pattern[0].0 as usize];
            pattern.classes = masked.iter().map(|&class| 1 << class).sum();
            pattern.fills = append(&mut self.fills, other.into_iter());
        }
    }

    /// Lets each group be woken by the part that is likely the rarest.
    fn file_wakes(&mut self, commonness: &[u32]) {
        let nears = self.nears.iter().enumerate().map(|(i, near)| (Group::Near(i as u32), &near.slots));
        let sequences = self.sequences.iter().enumerate().map(|(i, sequence)| (Group::Sequence(i as u32), &sequence.places));
        let mut wakes: Vec<(u32, Group)> = Vec::new();
        for (group, parts) in nears.chain(sequences) {
            let members = |places: &Vec<u32>| places.iter().flat_map(|&p| &self.places[p as usize]).map(|m| m.pattern).collect::<Vec<_>>();
            let rarest = parts
                .iter()
                .filter(|places| !places.is_empty())
                .map(members)
                .min_by_key(|patterns| patterns.iter().map(|&p| u64::from(commonness[p as usize])).sum::<u64>());
            wakes.extend(rarest.unwrap_or_default().into_iter().map(|pattern| (pattern, group)));
        }
        wakes.sort_by_key(|&(pattern, _)| pattern);
        for of_pattern in wakes.chunk_by(|a, b| a.0 == b.0) {
            let groups = of_pattern.iter().map(|&(_, group)| group);
            self.patterns[of_pattern[0].0 as usize].wakes = append(&mut self.wakes, groups);
        }
    }
}

/// Per pattern its rank, the likely most common first: what is used often stands close together in memory.
fn ranks(commonness: &[u32]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..commonness.len() as u32).collect();
    order.sort_by_key(|&pattern| std::cmp::Reverse(commonness[pattern as usize]));
    let mut ranks = vec![0; order.len()];
    for (rank, &pattern) in order.iter().enumerate() {
        ranks[pattern as usize] = rank as u32;
    }
    ranks
}

/// Appends to a table; returns the range of what was added.
fn append<T>(table: &mut Vec<T>, more: impl Iterator<Item = T>) -> (u32, u32) {
    let from = table.len() as u32;
    table.extend(more);
    (from, table.len() as u32)
}

/// The part of a table that a range of [`Pattern`] speaks of.
pub(super) fn part<T>(table: &[T], (from, to): (u32, u32)) -> &[T] {
    &table[from as usize..to as usize]
}
