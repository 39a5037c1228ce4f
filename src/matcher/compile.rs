//! Lexicon → tables: every surface once, with all its uses.

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};
use rustc_hash::FxHashMap;

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

/// What a surface does where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// It speaks for its rule.
    Term,
    /// It speaks for its rule if the senses say so.
    Ambiguous(u32),
    /// It silences its rule where they overlap.
    Unless,
    /// It fills a place: an index into [`Tables::places`].
    Place(u32),
}

/// What a place belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A slot of a near rule.
    Near { near: u32, slot: u8 },
    /// A part of a sequence.
    Piece { sequence: u32, piece: u8 },
    /// The cues of a sense of an ambiguous surface.
    Sense(u32),
}

/// One use of a surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    pub rule: RuleId,
    pub part: Part,
    pub boundary: Boundary,
    pub capital: bool,
    pub passing: bool,
}

/// A near rule.
#[derive(Debug)]
pub(super) struct NearRule {
    pub rule: RuleId,
    pub full: u8,
    pub within: u32,
    pub ordered: bool,
    /// Per slot: the places that fill it, its own first, then those of its classes.
    pub slots: Vec<Vec<u32>>,
}

/// A sequence with the places of its parts.
#[derive(Debug)]
pub struct SequenceRule {
    /// Its rule.
    pub rule: RuleId,
    /// Per part: most words before it, and the slot, or `None` for words.
    pub parts: Vec<(u32, Option<Slot>)>,
    /// Per part: the places that fill it.
    pub(super) places: Vec<Vec<u32>>,
    /// A bit per part that is words.
    pub(super) full: u32,
}

/// Everything that is compiled from a lexicon.
pub(super) struct Tables {
    /// Surfaces with Han or other signs, over the normalized text.
    pub han: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    /// Latin surfaces.
    pub latin: WordTrie,
    /// Uses of all patterns, grouped.
    pub uses: Vec<Use>,
    /// Per pattern: its uses.
    pub ranges: Vec<(u32, u32)>,
    pub nears: Vec<NearRule>,
    pub sequences: Vec<SequenceRule>,
    /// Per sense: its rule, whether it is the default, and the places of its cues.
    pub senses: Vec<(RuleId, bool, Vec<u32>)>,
    /// Per place: what it fills. The first places are those of the shared classes.
    pub places: Vec<Vec<Owner>>,
    /// Per rule.
    pub channels: Vec<Channel>,
}

/// Collects patterns and uses while the lexicon is walked.
#[derive(Default)]
struct Builder {
    patterns: FxHashMap<String, u32>,
    latin: WordTrie,
    uses: Vec<Vec<Use>>,
    outline: Outline,
}

impl Builder {
    fn add(&mut self, term: &Term, noun: bool, rule: RuleId, part: Part) {
        let used = Use { rule, part, boundary: term.boundary, capital: term.capital, passing: term.passing };
        let mut outline = std::mem::take(&mut self.outline);
        outline.read(&term.surface);
        let words: Vec<&str> = outline.words.iter().map(|w| &term.surface[w.range()]).collect();
        let latin = !words.is_empty() && term.surface.chars().all(|c| c.is_ascii() || c.is_alphanumeric() && !is_wide(c));
        if latin {
            // Latin words carry their own boundaries.
            let used = Use { boundary: Boundary::Raw, ..used };
            for variant in variants(term, &words, noun) {
                let variant: Vec<&str> = variant.iter().map(String::as_str).collect();
                let next = self.uses.len() as u32;
                let pattern = self.latin.insert(&variant, term.open, next);
                self.push(pattern, used);
            }
        } else {
            let next = self.uses.len() as u32;
            let pattern = *self.patterns.entry(term.surface.clone()).or_insert(next);
            self.push(pattern, used);
        }
        self.outline = outline;
    }

    fn push(&mut self, pattern: u32, used: Use) {
        let pattern = pattern as usize;
        if pattern == self.uses.len() {
            self.uses.push(Vec::new());
        }
        if !self.uses[pattern].contains(&used) {
            self.uses[pattern].push(used);
        }
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
            latin: WordTrie::default(),
            uses: Vec::new(),
            ranges: Vec::new(),
            nears: Vec::new(),
            sequences: Vec::new(),
            senses: Vec::new(),
            places: vec![Vec::new(); lexicon.classes.len()],
            channels: lexicon.entries.iter().map(|e| Channel::of(e.target)).collect(),
        };
        for entry in lexicon.entries.iter().filter(|e| e.status != Status::Deprecated) {
            tables.add_entry(entry, &mut builder);
        }
        for (i, class) in lexicon.classes.iter().enumerate() {
            if !tables.places[i].is_empty() {
                for term in &class.terms {
                    builder.add(term, false, RuleId(0), Part::Place(i as u32));
                }
            }
        }
        tables.finish(builder)
    }

    fn add_entry(&mut self, entry: &Entry, builder: &mut Builder) {
        let rule = entry.rule;
        let noun = Channel::of(entry.target) == Channel::Mention;
        // A surface that stands in a `resolve` too counts only where the cues say so.
        let ambiguous = |t: &Term| entry.resolve.iter().flat_map(|r| &r.terms).any(|a| a.surface == t.surface);
        for term in entry.terms.iter().filter(|t| !ambiguous(t)) {
            builder.add(term, noun, rule, Part::Term);
        }
        for term in &entry.unless {
            builder.add(term, noun, rule, Part::Unless);
        }
        for near in &entry.near {
            let id = self.nears.len() as u32;
            let slots = near
                .slots
                .iter()
                .enumerate()
                .map(|(slot, words)| self.fill(words, rule, Owner::Near { near: id, slot: slot as u8 }, builder))
                .collect();
            let full = (1 << near.slots.len()) - 1;
            self.nears.push(NearRule { rule, full, within: near.within, ordered: near.ordered, slots });
        }
        for sequence in &entry.sequences {
            self.add_sequence(rule, sequence, builder);
        }
        for resolve in &entry.resolve {
            let id = self.senses.len() as u32;
            for term in &resolve.terms {
                builder.add(term, noun, rule, Part::Ambiguous(id));
            }
            let places = self.fill(&resolve.cues, rule, Owner::Sense(id), builder);
            self.senses.push((rule, resolve.default, places));
        }
    }

    fn add_sequence(&mut self, rule: RuleId, sequence: &crate::lexicon::Sequence, builder: &mut Builder) {
        let id = self.sequences.len() as u32;
        let mut compiled = SequenceRule { rule, parts: Vec::new(), places: Vec::new(), full: 0 };
        for (i, (gap, piece)) in sequence.pieces.iter().enumerate() {
            match piece {
                Piece::Slot(slot) => {
                    compiled.parts.push((*gap, Some(*slot)));
                    compiled.places.push(Vec::new());
                }
                Piece::Words(words) => {
                    let owner = Owner::Piece { sequence: id, piece: i as u8 };
                    compiled.parts.push((*gap, None));
                    compiled.places.push(self.fill(words, rule, owner, builder));
                    compiled.full |= 1 << i;
                }
            }
        }
        self.sequences.push(compiled);
    }

    /// Gives words a place of their own and tells their classes whom they fill; returns all places.
    fn fill(&mut self, words: &Words, rule: RuleId, owner: Owner, builder: &mut Builder) -> Vec<u32> {
        let own = self.places.len() as u32;
        self.places.push(vec![owner]);
        for term in &words.terms {
            builder.add(term, false, rule, Part::Place(own));
        }
        let mut places = vec![own];
        for &class in &words.classes {
            self.places[usize::from(class)].push(owner);
            places.push(u32::from(class));
        }
        places
    }

    fn finish(mut self, builder: Builder) -> Result<Self> {
        let Builder { patterns, mut latin, uses, .. } = builder;
        latin.finish();
        self.latin = latin;
        for of_pattern in uses {
            let from = self.uses.len() as u32;
            self.uses.extend(of_pattern);
            self.ranges.push((from, self.uses.len() as u32));
        }
        if !patterns.is_empty() {
            let mut sorted: Vec<(String, u32)> = patterns.into_iter().collect();
            sorted.sort_unstable();
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
}
