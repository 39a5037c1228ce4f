//! Sequences whose slots are filled by things named → relations. Direction comes from the pattern, not from the order of words.

mod kinds;
mod mood;
mod search;
mod sides;

use super::cues::{CueRules, Cues};
use super::evidence::{Lang, Relation, Side, Trace, Wording};
use super::mentions::Named;
use crate::lexicon::id::RelationKind;
use crate::lexicon::{Lexicon, SIDE_CLASSES, Slot, Target};
use crate::matcher::{Matcher, PartKind, Scratch, Sentences, SequenceRule, Via};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::{Outline, within_words};
use smallvec::SmallVec;

use kinds::Standing;
use mood::{Mood, Moods};
use search::{Filling, Pronouns, Search};
use sides::{Candidate, Filler};

/// Places of one part that are looked at.
const MOST_PLACES: usize = 256;
/// Words before a comparison in its clause that leave room for no side: 感觉没有A大气.
const OPENING: u32 = 6;

/// What reading relations needs beside the text.
pub(super) struct Reader<'r> {
    pub lexicon: &'r Lexicon,
    pub matcher: &'r Matcher,
    pub cues: &'r CueRules,
    pub sides: SideWords,
    pub lang: Lang,
}

/// The classes of words that tell what may be a side.
#[derive(Debug, Clone, Copy)]
pub(super) struct SideWords {
    /// They stand for a thing named before: 它, it.
    pronouns: Option<u32>,
    /// What is named before them is a part or kind of something else: chicken stock, KTV包厢.
    heads: Option<u32>,
    /// They speak of a thing without being its name: the waiter, the queue and the menu are no restaurant that one could go to instead.
    nameless: Option<u32>,
}

impl SideWords {
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let class = |id: &str| lexicon.classes.iter().position(|class| class.id == id).map(|at| at as u32);
        let [pronouns, heads, nameless] = SIDE_CLASSES.map(class);
        Self { pronouns, heads, nameless }
    }
}

/// A relation with the place of its words in the normalized text.
struct Read {
    kind: RelationKind,
    a: Option<Side>,
    b: Option<Side>,
    span: Span<Norm>,
    /// Where its words stand that are no side.
    words: SmallVec<[Span<Norm>; 8]>,
    trace: Trace,
}

impl Reader<'_> {
    /// All relations of a post, each pair and kind once.
    pub(super) fn read(&self, doc: &Document<'_>, scratch: &mut Scratch, named: &[Named]) -> Vec<Relation> {
        if named.is_empty() || self.matcher.sequences(scratch).is_empty() {
            return Vec::new();
        }
        let mut read: Vec<Read> = Vec::new();
        let keys = sides::keys(named);
        // Few texts have the words of any sequence where they could do.
        let mut sides: Option<Vec<Candidate>> = None;
        let mut words: Vec<Vec<Span<Norm>>> = Vec::new();
        let within = reach(&scratch.outline, named);
        for i in 0..self.matcher.sequences(scratch).len() {
            let (sequence, sentences) = self.matcher.sequences(scratch)[i];
            if within.is_some_and(|within| !sentences.meets(within)) {
                continue;
            }
            let rule = self.matcher.sequence(sequence);
            let Target::Relation(kind) = self.lexicon.entry(rule.rule).target else { continue };
            words.resize_with(rule.parts.len().max(words.len()), Vec::new);
            // One sentence holds all words, unless one of them or a name goes on into the next.
            let all_in = if within.is_some() { sentences } else { Sentences::ALL };
            if !self.wakes(doc, scratch, named, (sequence, all_in), &mut words[rule.waking]) {
                continue;
            }
            let all_in =
                if all_in == Sentences::ALL { all_in } else { of_words(&scratch.outline, &words[rule.waking]) };
            // Most sequences fail by distance; word boundaries are asked for only where all places together would do.
            for checked in [false, true] {
                if !self.collect(doc, scratch, (sequence, all_in, checked), &mut words) {
                    break;
                }
                let sides = &*sides.get_or_insert_with(|| self.candidates(doc, scratch, named));
                let search = Search {
                    text: doc.norm(),
                    outline: &scratch.outline,
                    within: all_in,
                    parts: &rule.parts,
                    sides,
                    keys: &keys,
                    words: &words,
                    parted: kind == RelationKind::BetterThan,
                    // A word that must be absent may yet fall at a boundary.
                    guarded: checked,
                    pronouns: match kind {
                        RelationKind::BetterThan => Pronouns::First,
                        RelationKind::InsteadOf => Pronouns::Loser,
                        _ => Pronouns::No,
                    },
                    parts_too: kind == RelationKind::BetterThan,
                };
                let found = search.all();
                if found.is_empty() {
                    break;
                }
                if checked {
                    let wording = Wording(sequence + 1);
                    let place = |span| Trace { rule: rule.rule, span: doc.to_raw(span), wording };
                    read.extend(
                        found.iter().filter_map(|f| self.settle(doc, scratch, named, (kind, rule), f, place(f.span))),
                    );
                }
            }
        }
        drop_contradictions(&mut read, scratch);
        drop_halves(&mut read);
        gather(read)
    }

    /// Lists the places of the other words of a sequence, and of those that must be absent once word boundaries are asked for; whether none of
    /// its words is missing.
    fn collect(
        &self,
        doc: &Document<'_>,
        scratch: &mut Scratch,
        (sequence, within, checked): (u32, Sentences, bool),
        words: &mut [Vec<Span<Norm>>],
    ) -> bool {
        let rule = self.matcher.sequence(sequence);
        let pieces =
            |kind: PartKind| (0..rule.parts.len()).filter(move |&p| rule.parts[p].1 == kind && p != rule.waking);
        for piece in pieces(PartKind::Words) {
            self.matcher.pieces(scratch, doc, (sequence, piece), (within, checked), &mut words[piece]);
            if words[piece].is_empty() {
                return false;
            }
            words[piece].truncate(if checked { MOST_PLACES } else { usize::MAX });
        }
        for piece in pieces(PartKind::Absent).filter(|_| checked) {
            self.matcher.pieces(scratch, doc, (sequence, piece), (within, checked), &mut words[piece]);
            words[piece].truncate(MOST_PLACES);
        }
        true
    }

    /// Lists the places of the word that wakes a sequence, in sentences that may hold all of its words and where a thing is named there or in the one
    /// before; whether there are any.
    fn wakes(
        &self,
        doc: &Document<'_>,
        scratch: &mut Scratch,
        named: &[Named],
        (sequence, all_in): (u32, Sentences),
        out: &mut Vec<Span<Norm>>,
    ) -> bool {
        let is_near = |outline: &Outline, word: Span<Norm>| {
            let sentence = outline.sentence_at(word.start);
            all_in.may_hold(sentence)
                && named.iter().any(|n| n.found.sentence == sentence || n.found.sentence + 1 == sentence)
        };
        self.matcher.waking(scratch, doc, sequence, is_near, out);
        out.truncate(MOST_PLACES);
        !out.is_empty()
    }

    fn candidates(&self, doc: &Document<'_>, scratch: &mut Scratch, named: &[Named]) -> Vec<Candidate> {
        let mut places = |class: Option<u32>, wanted: &dyn Fn(Span<Norm>) -> bool| {
            let mut out = Vec::new();
            if let Some(class) = class {
                self.matcher.class(scratch, doc, class, wanted, &mut out);
            }
            out
        };
        let is_name = |s: Span<Norm>| named.iter().any(|n| n.found.span == s);
        let follows =
            |s: Span<Norm>| named.iter().any(|n| matches!(s.start.checked_sub(n.found.span.end), Some(0 | 1)));
        let places = sides::Places {
            pronouns: places(self.sides.pronouns, &|_| true),
            heads: places(self.sides.heads, &follows),
            nameless: places(self.sides.nameless, &is_name),
        };
        sides::candidates(&self.lexicon.taxonomy, (doc.norm(), &scratch.outline), named, &places)
    }

    /// A filling with its sides named and its mood heard; `None` where nothing is left of it.
    fn settle(
        &self,
        doc: &Document<'_>,
        scratch: &Scratch,
        named: &[Named],
        (mut kind, rule): (RelationKind, &SequenceRule),
        found: &Filling,
        trace: Trace,
    ) -> Option<Read> {
        let cues = Cues::new(self.cues, scratch, doc.norm());
        let moods = Moods { cues, outline: &scratch.outline, text: doc.norm(), lang: self.lang, named };
        let mood = moods.of((kind, rule.alike), found);
        if mood == Mood::Supposed || mood == Mood::Asked && kind == RelationKind::InsteadOf {
            return None;
        }
        if holds_its_words(named, found) {
            return None;
        }
        let (a, b) = self.named_sides(doc, scratch, named, (kind, rule), found)?;
        let side = |i: Option<usize>| i.map(|i| Side { category: named[i].category, brand: named[i].brand });
        let (mut a, mut b) = (side(a), side(b));
        match mood {
            Mood::Said => {}
            Mood::Contrary => std::mem::swap(&mut a, &mut b),
            Mood::Asked | Mood::Level if a.is_some() && b.is_some() => kind = RelationKind::EitherOr,
            Mood::Asked | Mood::Level | Mood::Denied | Mood::Supposed => return None,
        }
        if matches!(kind, RelationKind::EitherOr | RelationKind::GoesWith) && a > b {
            std::mem::swap(&mut a, &mut b);
        }
        Some(Read { kind, a, b, span: found.span, words: found.words.clone(), trace })
    }

    /// The things behind the two sides; `None` where there is no pair to compare.
    #[allow(clippy::type_complexity)] // two sides, each perhaps open
    fn named_sides(
        &self,
        doc: &Document<'_>,
        scratch: &Scratch,
        named: &[Named],
        (kind, rule): (RelationKind, &SequenceRule),
        found: &Filling,
    ) -> Option<(Option<usize>, Option<usize>)> {
        let taxonomy = &self.lexicon.taxonomy;
        let plain = |f: Option<Filler>| match f {
            Some(Filler::Named(i)) => Some(i),
            _ => None,
        };
        // Only a side that the pattern has can be left out: the best hotel beats nothing that was named before.
        let has = |slot: Slot| {
            rule.parts
                .iter()
                .any(|(_, part)| matches!(part, PartKind::Slot(of) | PartKind::Optional(of) if *of == slot))
        };
        let meant = |f: Option<Filler>, slot: Slot, other: Option<usize>| match f {
            Some(Filler::Named(i)) => Some(i),
            Some(Filler::Pronoun(at)) => sides::meant(taxonomy, &scratch.outline, named, (at, true), other),
            None if kind == RelationKind::BetterThan && has(slot) && self.opens_clause(doc, scratch, found) => {
                sides::meant(taxonomy, &scratch.outline, named, (found.span.start, false), other)
            }
            None => None,
        };
        let (a, b) = (found.filled.a, found.filled.b);
        let (x, y) = (meant(a, Slot::A, plain(b)), meant(b, Slot::B, plain(a)));
        match (x, y) {
            (None, None) => None,
            (Some(x), Some(y)) if !self.is_pair(&named[x], &named[y]) => None,
            (Some(x), Some(y)) if rule.alike => Some(self.alike(scratch, named, (x, y), found)),
            (Some(x), Some(y)) => Some((Some(x), Some(y))),
            // Only comparisons are told with one side.
            _ => matches!(kind, RelationKind::BetterThan | RelationKind::EitherOr | RelationKind::LostToNone)
                .then_some((x, y)),
        }
    }

    /// The two sides of a comparison by degree; of two that are not of one kind only the one that stands nearer to its words.
    fn alike(
        &self,
        scratch: &Scratch,
        named: &[Named],
        (x, y): (usize, usize),
        found: &Filling,
    ) -> (Option<usize>, Option<usize>) {
        let clause = |s: Span<Norm>| scratch.outline.clause_at(s.start);
        let away = |(i, filler): (usize, Option<Filler>)| {
            let side = named[i].found.span;
            let gap = |w: &Span<Norm>| w.start.saturating_sub(side.end).max(side.start.saturating_sub(w.end));
            let gaps = |words: &dyn Fn(&&Span<Norm>) -> bool| found.words.iter().filter(|w| words(w)).map(gap).min();
            match (filler, gaps(&|w| clause(**w) == clause(side))) {
                (Some(Filler::Named(_)), Some(gap)) => (Standing::Beside, gap),
                // An English comparison spans clauses (tea is fine, but coffee is better); a Chinese clause drops its subject.
                (Some(Filler::Named(_)), None) if self.lang == Lang::Zh => (Standing::LeftOut, u32::MAX),
                (Some(_), _) => (Standing::Apart, u32::MAX),
                (None, _) => (Standing::LeftOut, u32::MAX),
            }
        };
        let (near_x, near_y) = (away((x, found.filled.a)), away((y, found.filled.b)));
        if kinds::compare(&self.lexicon.taxonomy, &named[x], &named[y], near_x.0.max(near_y.0)) {
            return (Some(x), Some(y));
        }
        if near_y <= near_x { (None, Some(y)) } else { (Some(x), None) }
    }

    /// Whether so few words stand before a comparison in its clause that its subject was left out.
    fn opens_clause(&self, doc: &Document<'_>, scratch: &Scratch, found: &Filling) -> bool {
        let most = if self.lang == Lang::Zh { OPENING } else { 1 };
        let clause = scratch.outline.clauses.get(scratch.outline.clause_at(found.span.start));
        found.words.first().is_some_and(|w| w.start == found.span.start)
            && clause.is_some_and(|c| within_words(doc.norm(), c.span.start..found.span.start, most))
    }

    /// Whether two names are two things: not one brand, not one lineage, not a brand and the bare word of its category.
    fn is_pair(&self, x: &Named, y: &Named) -> bool {
        let same_brand = x.brand == y.brand;
        let one_thing = same_brand && (x.brand.is_some() || self.lexicon.taxonomy.same_lineage(x.category, y.category));
        !one_thing && (x.brand.is_some() == y.brand.is_some() || x.category != y.category)
    }
}

/// The sentences in one of which all words of a sequence must stand for any thing to be near enough: those in which one is named, and the next ones.
/// `None` where a name that goes from one sentence into the next may tie the two together.
fn reach(outline: &Outline, named: &[Named]) -> Option<Sentences> {
    let crosses = |name: Span<Norm>| outline.sentence_at(name.start) != outline.sentence_at(name.end - 1);
    if named.iter().any(|n| crosses(n.found.span)) {
        return None;
    }
    let near = |n: &Named| Sentences::of(n.found.sentence).with(Sentences::of(n.found.sentence + 1));
    Some(named.iter().map(near).fold(Sentences::default(), Sentences::with))
}

/// The sentences of some words.
fn of_words(outline: &Outline, words: &[Span<Norm>]) -> Sentences {
    words.iter().fold(Sentences::default(), |all, word| all.with(Sentences::of(outline.sentence_at(word.start))))
}

/// Whether a word of a pattern is a part of a brand's name: a game called Faster than Light compares nothing.
fn holds_its_words(named: &[Named], found: &Filling) -> bool {
    let holds = |name: Span<Norm>, word: Span<Norm>| name.start <= word.start && word.end <= name.end;
    named
        .iter()
        .filter(|n| n.brand.is_some() && n.found.via == Via::Term)
        .any(|n| found.words.iter().any(|&word| holds(n.found.span, word)))
}

/// Where one sentence seems to say both that A beats B and that B beats A, the reading stands whose words of comparing hold those of the other
/// (a smaller screen is not just smaller), else the narrower one, from its first word of comparing on; of two as narrow, none.
fn drop_contradictions(read: &mut Vec<Read>, scratch: &Scratch) {
    let width = |x: &Read| x.span.end - x.words.first().map_or(x.span.start, |w| w.start);
    let holds = |x: &Read, y: &Read| {
        let within = |w: &Span<Norm>| x.words.iter().any(|v| v.start <= w.start && w.end <= v.end);
        x.words != y.words && y.words.iter().all(within)
    };
    let outdone = |x: &Read, y: &Read| holds(y, x) || !holds(x, y) && width(y) <= width(x);
    let contrary = |x: &Read, y: &Read| {
        x.kind == RelationKind::BetterThan
            && y.kind == RelationKind::BetterThan
            && x.a == y.b
            && x.b == y.a
            && scratch.outline.sentence_at(x.span.start) == scratch.outline.sentence_at(y.span.start)
    };
    let standing: Vec<bool> = read.iter().map(|x| !read.iter().any(|y| contrary(x, y) && outdone(x, y))).collect();
    let mut at = standing.iter();
    read.retain(|_| at.next().copied().unwrap_or(true));
}

/// A reading with one side falls where another one of its kind fills both sides from the same words.
fn drop_halves(read: &mut Vec<Read>) {
    let whole: Vec<(RelationKind, Span<Norm>)> =
        read.iter().filter(|r| r.a.is_some() && r.b.is_some()).map(|r| (r.kind, r.span)).collect();
    read.retain(|r| r.a.is_some() && r.b.is_some() || !whole.iter().any(|w| w.0 == r.kind && w.1.overlaps(r.span)));
}

/// Each pair and kind once, with all its words.
fn gather(read: Vec<Read>) -> Vec<Relation> {
    let mut out: Vec<Relation> = Vec::new();
    for Read { kind, a, b, trace, .. } in read {
        match out.iter_mut().find(|r| r.kind == kind && r.a == a && r.b == b) {
            Some(known) if known.traces.contains(&trace) => {}
            Some(known) => {
                known.traces.push(trace);
                known.traces.sort_unstable_by_key(|t| (t.span, t.rule));
            }
            None => out.push(Relation { kind, a, b, traces: vec![trace] }),
        }
    }
    out.sort_by_key(|r| (r.kind, r.a, r.b));
    out
}
