//! Lexicon → tables.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::class_order::class_places;
use super::distinct::Distinct;
use super::han::{Coded, HanIndex, TooManyCharacters};
use super::latin::{WordIds, WordTrie, variants};
use super::packed::{Lists, Row, Rows};
use super::scan::Found;
use super::tables::{
    Bits, Channel, Filler, Filling, Member, NONE, NearRule, PartKind, Pattern, SequenceRule, Tables, Use, is_masked,
};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::id::{CategoryId, RuleId};
use crate::lexicon::{Boundary, Entry, Lexicon, Piece, Status, Target, Term, Words};
use crate::normalize::normalize;
use crate::segment::Outline;

/// What a surface does by itself where it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It speaks for its rule.
    Term,
    /// It speaks for its rule if the senses say so.
    Ambiguous(u32),
    /// It silences its rule where they overlap.
    Unless,
}

/// Collects patterns and uses while the lexicon is walked.
#[derive(Default)]
struct Builder<'l> {
    han: FxHashMap<&'l str, u32>,
    latin: WordTrie,
    /// Uses in the order of the lexicon, each with its pattern and whether it silences its rule.
    uses: Vec<(u32, bool, Use)>,
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
        if is_latin(&term.surface) {
            outline.read(&term.surface);
            let words: Vec<&str> = outline.words.iter().map(|w| &term.surface[w.range()]).collect();
            if !words.is_empty() && !is_told_by_its_mark(&term.surface, &words) {
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
        let (_, boundary) = self.patterns(term, matches!(channel, Channel::Mention | Channel::Attribute));
        let sense = if let Part::Ambiguous(sense) = part { sense } else { NONE };
        let used =
            Use { rule, sense, channel, boundary, capital: term.capital, passing: term.passing, thing: term.thing };
        self.uses.extend(self.found.iter().map(|&pattern| (pattern, part == Part::Unless, used)));
    }

    fn members(&mut self, terms: &'l [Term]) -> Vec<Member> {
        let mut out = Vec::with_capacity(terms.len());
        for term in terms {
            let (patterns, boundary) = self.patterns(term, false);
            out.extend(patterns.iter().map(|&pattern| Member::new(pattern, boundary, term.capital)));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// What one example that holds a surface adds to its commonness: more than any guess from its length.
const MET: u32 = 64;

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

/// Per rule, the rule whose `unless` phrases speak for it too where they hold its whole surface: a category's for its brands.
fn homes(lexicon: &Lexicon) -> Vec<RuleId> {
    let rule_of = |target: Target| lexicon.entries.iter().find(|e| e.target == target).map(|e| e.rule);
    let categories: BTreeMap<CategoryId, RuleId> = (0..lexicon.taxonomy.categories.len())
        .map(|at| CategoryId(at as u16))
        .filter_map(|id| Some((id, rule_of(Target::Category(id))?)))
        .collect();
    let home = |entry: &Entry| match entry.target {
        Target::Brand(id) => categories.get(&lexicon.taxonomy.brand(id).home).copied(),
        _ => None,
    };
    lexicon.entries.iter().map(|entry| home(entry).unwrap_or(entry.rule)).collect()
}

/// Whether a surface is written in words with spaces between them, if it has any word at all.
pub(super) fn is_latin(surface: &str) -> bool {
    surface.chars().all(|c| c.is_ascii() || c.is_alphanumeric() && !is_wide(c))
}

/// Whether a surface is one letter with marks behind it, which tell it apart: `c++`, `c#`. Of longer ones the word alone is looked for.
pub(super) fn is_told_by_its_mark(surface: &str, words: &[&str]) -> bool {
    let is_letter = |word: &str| word.len() == 1 && word.bytes().all(|b| b.is_ascii_alphabetic());
    let marked =
        |word: &str| surface.strip_prefix(word).is_some_and(|rest| rest.bytes().all(|b| matches!(b, b'+' | b'#')));
    matches!(words, [word] if surface.len() > 1 && is_letter(word) && marked(word))
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
            han: HanIndex::default(),
            latin: WordTrie::default(),
            patterns: Rows::default(),
            uses: Distinct::default(),
            fillers: Rows::default(),
            fills: Rows::default(),
            wakes: Rows::default(),
            nears: Vec::new(),
            sequences: Vec::new(),
            groups: Rows::default(),
            fillings: Rows::default(),
            filling_places: Rows::default(),
            listed: Vec::new(),
            senses: Vec::new(),
            places: Lists::default(),
            growing: vec![Vec::new(); lexicon.classes.len()],
            class_places: class_places(lexicon),
            channels: lexicon.entries.iter().map(|e| Channel::of(e.target)).collect(),
            homes: homes(lexicon),
        };
        for (class, &place) in lexicon.classes.iter().zip(&tables.class_places).filter(|(class, _)| class.is_searched())
        {
            tables.growing[place as usize] = builder.members(&class.terms);
        }
        for entry in lexicon.entries.iter().filter(|e| e.status != Status::Deprecated) {
            tables.add_entry(entry, &mut builder);
        }
        tables.finish(builder, lexicon)
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
            self.nears.push(NearRule { rule, within: near.within, ordered: near.ordered, slots });
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
        let mut compiled = SequenceRule {
            rule,
            parts: Vec::new(),
            waking: 0,
            alike: sequence.alike,
            places: Vec::new(),
            absent: Vec::new(),
        };
        for (gap, piece) in &sequence.pieces {
            let (kind, places, absent) = match piece {
                Piece::Slot(slot) => (PartKind::Slot(*slot), Vec::new(), Vec::new()),
                Piece::Optional(slot) => (PartKind::Optional(*slot), Vec::new(), Vec::new()),
                Piece::Words(words) => (PartKind::Words, self.fill(words, builder), Vec::new()),
                Piece::Absent(words) => (PartKind::Absent, Vec::new(), self.fill(words, builder)),
            };
            compiled.parts.push((*gap, kind));
            compiled.places.push(places);
            compiled.absent.push(absent);
        }
        self.sequences.push(compiled);
    }

    /// Gives words a place of their own; returns it with those of their classes.
    fn fill<'l>(&mut self, words: &'l Words, builder: &mut Builder<'l>) -> Vec<u32> {
        let own = self.growing.len() as u32;
        self.growing.push(builder.members(&words.terms));
        std::iter::once(own).chain(words.classes.iter().map(|&class| self.class_places[usize::from(class)])).collect()
    }

    fn finish(mut self, builder: Builder<'_>, lexicon: &Lexicon) -> Result<Self> {
        let Builder { han, mut latin, mut uses, mut commonness, .. } = builder;
        let surfaces: Vec<(&str, u32)> = han.into_iter().collect();
        let mut han = HanIndex::new(&surfaces).map_err(|TooManyCharacters| {
            Error::new(ErrorKind::Lexicon, "L808: the surfaces are made of more than 65,535 different characters")
        })?;
        latin.finish();
        count_in_examples(lexicon, &han, &latin, &mut commonness);
        let ranks = ranks(&commonness);
        commonness.sort_by_key(|&c| std::cmp::Reverse(c));
        han.renumber(&ranks);
        latin.renumber(&ranks);
        (self.han, self.latin) = (han, latin);
        for (pattern, ..) in &mut uses {
            *pattern = ranks[*pattern as usize];
        }
        for member in self.growing.iter_mut().flatten() {
            *member = member.of_filler(ranks[member.filler() as usize]);
        }
        let bare = Pattern { uses: (0, 0), silences: 0, filler: NONE };
        self.patterns = std::iter::repeat_n(bare, commonness.len()).collect();
        self.file_uses(uses);
        self.file_groups(&commonness);
        let wakes = self.wakes(&commonness);
        let waking: Vec<Option<usize>> = self.sequences.iter().map(|s| self.rarest(&s.places, &commonness)).collect();
        for (sequence, waking) in self.sequences.iter_mut().zip(waking) {
            sequence.waking = waking.unwrap_or(0);
        }
        self.file_members();
        self.file_wakes(wakes);
        Ok(self)
    }

    /// Groups the uses by pattern, each once, those that silence last.
    fn file_uses(&mut self, mut uses: Vec<(u32, bool, Use)>) {
        uses.sort_by_key(|&(pattern, silences, _)| (pattern, silences));
        let mut filed: Vec<Use> = Vec::with_capacity(uses.len());
        for of_pattern in uses.chunk_by(|a, b| a.0 == b.0) {
            let (speaking, silencing) = of_pattern.split_at(of_pattern.partition_point(|&(_, silences, _)| !silences));
            let from = filed.len() as u32;
            let to = add_uses(&mut filed, speaking);
            let silences = add_uses(&mut filed, silencing);
            self.patterns.change(of_pattern[0].0 as usize, |pattern| {
                (pattern.uses, pattern.silences) = ((from, to), silences);
            });
        }
        self.uses = Distinct::of(&filed);
    }

    /// Lists what fills the parts of every near rule and sequence: what is likely missing first, and last the part that wakes the group.
    fn file_groups(&mut self, commonness: &[u32]) {
        let nears = self.nears.iter().map(|near| &near.slots);
        for parts in nears.chain(self.sequences.iter().map(|sequence| &sequence.places)) {
            let from = self.fillings.len() as u32;
            let mut order: Vec<&Vec<u32>> = parts.iter().filter(|places| !places.is_empty()).collect();
            order.sort_by_cached_key(|places| self.common(places, commonness));
            if !order.is_empty() {
                order.rotate_left(1);
            }
            for places in order {
                let (masked, other): (Vec<u32>, Vec<u32>) =
                    places.iter().partition(|&&place| is_masked(&self.class_places, place));
                let classes = masked.iter().fold(0u128, |all, &class| all | 1 << class);
                let places = append(&mut self.filling_places, other.into_iter());
                self.fillings.push(&Filling { classes, places });
            }
            self.groups.push(&(from, self.fillings.len() as u32));
        }
    }

    /// Turns "who fills a place" round: numbers the patterns that fill any, and lists which.
    fn file_members(&mut self) {
        let places = self.growing.iter().zip(0u32..);
        let mut members: Vec<(u32, u32)> =
            places.flat_map(|(of, place)| of.iter().map(move |m| (m.filler(), place))).collect();
        members.sort_unstable();
        members.dedup();
        self.listed = vec![false; self.growing.len()];
        for place in self.filling_places.all().iter() {
            self.listed[place as usize] = true;
        }
        for of_pattern in members.chunk_by(|a, b| a.0 == b.0) {
            let (masked, mut other): (Vec<u32>, Vec<u32>) =
                of_pattern.iter().map(|&(_, place)| place).partition(|&p| self.is_masked(p));
            other.retain(|&place| self.listed[place as usize]);
            let classes = masked.iter().map(|&class| 1u128 << class).sum();
            let fills = append(&mut self.fills, bits(&other));
            let number = self.fillers.len() as u32;
            self.patterns.change(of_pattern[0].0 as usize, |pattern| pattern.filler = number);
            self.fillers.push(&Filler { classes, fills, wakes: (0, 0) });
        }
        for mut members in std::mem::take(&mut self.growing) {
            for member in &mut members {
                *member = member.of_filler(self.patterns.row(member.filler() as usize).filler);
            }
            members.sort_unstable();
            self.places.push(members);
        }
    }

    /// Which pattern wakes which group: the part of a group that is likely the rarest.
    fn wakes(&self, commonness: &[u32]) -> Vec<(u32, u32)> {
        let nears = self.nears.iter().map(|near| &near.slots);
        let mut wakes: Vec<(u32, u32)> = Vec::new();
        for (parts, group) in nears.chain(self.sequences.iter().map(|sequence| &sequence.places)).zip(0..) {
            let rarest = self.rarest(parts, commonness).map(|part| self.patterns_of(&parts[part]));
            wakes.extend(rarest.into_iter().flatten().map(|pattern| (pattern, group)));
        }
        wakes.sort_by_key(|&(pattern, _)| pattern);
        wakes
    }

    /// The part of a group that is likely the rarest.
    fn rarest(&self, parts: &[Vec<u32>], commonness: &[u32]) -> Option<usize> {
        let words = (0..parts.len()).filter(|&part| !parts[part].is_empty());
        words.min_by_key(|&part| self.common(&parts[part], commonness))
    }

    /// How common the words of some places are together.
    fn common(&self, places: &[u32], commonness: &[u32]) -> u64 {
        self.patterns_of(places).map(|pattern| u64::from(commonness[pattern as usize])).sum()
    }

    /// The patterns of some places, while they still stand for fillers.
    fn patterns_of(&self, places: &[u32]) -> impl Iterator<Item = u32> {
        places.iter().flat_map(|&place| &self.growing[place as usize]).map(|member| member.filler())
    }

    fn file_wakes(&mut self, wakes: Vec<(u32, u32)>) {
        for of_pattern in wakes.chunk_by(|a, b| a.0 == b.0) {
            let groups: Vec<u32> = of_pattern.iter().map(|&(_, group)| group).collect();
            let range = append(&mut self.wakes, bits(&groups));
            let filler = self.patterns.row(of_pattern[0].0 as usize).filler;
            self.fillers.change(filler as usize, |filler| filler.wakes = range);
        }
    }
}

/// Adds how often patterns are met in the examples of the lexicon, the only text at hand: what people write often stands in them often.
fn count_in_examples(lexicon: &Lexicon, han: &HanIndex, latin: &WordTrie, commonness: &mut [u32]) {
    let (mut coded, mut outline, mut ids, mut found) = <(Coded, Outline, WordIds, Vec<Found>)>::default();
    for example in lexicon.entries.iter().flat_map(|e| e.matches.iter().chain(&e.misses)) {
        let text = normalize(example);
        found.clear();
        han.find(&text, &mut coded, &mut found);
        outline.read(&text);
        latin.find(&text, &outline, &mut ids, |pattern, span| found.push(Found { pattern, span }));
        for found in &found {
            let count = &mut commonness[found.pattern as usize];
            *count = count.saturating_add(MET);
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

/// Numbers in ascending order as the bits of a set.
fn bits(numbers: &[u32]) -> impl Iterator<Item = Bits> {
    numbers.chunk_by(|a, b| a / 16 == b / 16).map(Bits::of)
}

/// Adds uses, each once; returns where they end.
fn add_uses(filed: &mut Vec<Use>, uses: &[(u32, bool, Use)]) -> u32 {
    let from = filed.len();
    for (.., used) in uses {
        if !filed[from..].contains(used) {
            filed.push(*used);
        }
    }
    filed.len() as u32
}

/// Appends to a table; returns the range of what was added.
fn append<T: Row<CELLS>, const CELLS: usize>(table: &mut Rows<T, CELLS>, more: impl Iterator<Item = T>) -> (u32, u32) {
    let from = table.len() as u32;
    table.extend(more);
    (from, table.len() as u32)
}
