//! How much the sentences stir in which something is said of a thing, and how much they let one see: integers in thousandths (method §5).

use smallvec::{SmallVec, smallvec};

use super::cues::Cues;
use super::evidence::{Evidence, Felt, Mood, Theme};
use super::ladder::{Rung, Rungs};
use super::worded;
use crate::lexicon::id::{Entity, RuleId};
use crate::lexicon::{Feeling, Feels, Lexicon};
use crate::matcher::Match;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// Most that a sentence can stir.
const MOST: u32 = 2000;
/// What an exclamation mark adds to what stirs anyway, and how many count.
const EXCLAMATION: u32 = 100;
const EXCLAMATIONS: usize = 3;
/// The factor of a word that makes nothing stronger.
const PLAIN: u32 = 1000;
/// Clauses around a theme whose words stir for it: a Chinese sentence may run on over many.
const REACH: u32 = 2;
/// What a word that makes stronger adds where nothing else stirs, above this weight: 很 and "very" add nothing.
const ALONE: u32 = 1250;
/// Words that a negator reaches over.
const DENIAL_REACH: u32 = 2;

/// The cues that feel, by rule.
pub(super) struct FeelingRules {
    by_rule: Vec<Option<Feeling>>,
}

/// A cue that feels, at its place.
#[derive(Debug, Clone, Copy)]
struct Stir {
    feeling: Feeling,
    rule: RuleId,
    span: Span<Norm>,
    clause: u32,
}

/// One sentence.
#[derive(Debug)]
struct Sentence {
    number: u32,
    stirs: SmallVec<[Stir; 8]>,
    exclamations: u32,
}

impl FeelingRules {
    /// The weights of a lexicon.
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        Self { by_rule: lexicon.entries.iter().map(|entry| entry.feeling).collect() }
    }

    /// Whether a rule feels.
    pub(super) fn has(&self, rule: RuleId) -> bool {
        self.by_rule[rule.index()].is_some()
    }

    /// Reads the sentences in which the rungs stand.
    pub(super) fn read(
        &self,
        rungs: &Rungs,
        cues: &Cues<'_>,
        outline: &Outline,
        doc: &Document<'_>,
        evidence: &mut Evidence,
    ) {
        let mut sentences: SmallVec<[Sentence; 4]> = SmallVec::new();
        for rung in rungs {
            if sentences.last().is_none_or(|s| s.number != rung.sentence) {
                let stirs = self.stirs(cues, rung.sentence);
                let exclamations = if stirs.is_empty() { 0 } else { exclamations(doc.norm(), outline, rung.span) };
                sentences.push(Sentence { number: rung.sentence, stirs, exclamations });
            }
        }
        if sentences.iter().all(|sentence| sentence.stirs.is_empty()) {
            return;
        }
        let trace = |stir: &Stir| worded(doc, stir.rule, stir.span);
        for sentence in sentences.iter().filter(|sentence| !sentence.stirs.is_empty()) {
            let (arousal, imagery) = sentence.weigh(|_| true);
            if arousal > 0 || imagery > 0 {
                let traces = sentence.stirs.iter().map(trace).collect();
                evidence.moods.push(Mood { arousal, imagery, traces });
            }
        }
        felt(rungs, &sentences, &mut evidence.felt);
    }

    /// The cues that feel in a sentence; of those that overlap the longest, none that is denied.
    fn stirs(&self, cues: &Cues<'_>, sentence: u32) -> SmallVec<[Stir; 8]> {
        let mut out: SmallVec<[Stir; 8]> = SmallVec::new();
        let denied = |m: &Match| cues.negated_at(m.span, m.clause, DENIAL_REACH);
        for m in cues.sentence(sentence) {
            let Some(feeling) = self.by_rule[m.rule.index()] else { continue };
            let stir = Stir { feeling, rule: m.rule, span: m.span, clause: m.clause };
            // Of two with the same words the heavier.
            let rank = |stir: &Stir| (stir.span.end - stir.span.start, stir.feeling.weight);
            match out.iter().position(|other| other.span.overlaps(m.span)) {
                Some(at) if rank(&out[at]) < rank(&stir) => out[at] = stir,
                Some(_) => {}
                None if denied(m) => {}
                None => out.push(stir),
            }
        }
        out
    }
}

/// The exclamation marks of the sentence of a place, as far as they count.
fn exclamations(text: &str, outline: &Outline, place: Span<Norm>) -> u32 {
    let clauses = outline.sentence_clauses(place.start);
    let start = outline.clauses.get(clauses.start).map_or(0, |clause| clause.span.start as usize);
    let end = outline.clauses.get(clauses.end).map_or(text.len(), |clause| clause.span.start as usize);
    let marks = text.get(start..end).unwrap_or_default().chars().filter(|c| matches!(c, '!' | '！'));
    marks.take(EXCLAMATIONS).count() as u32
}

impl Sentence {
    /// Arousal and imagery around a rung; with `own` false without the words of the theme itself, which else would praise itself.
    fn around(&self, rung: &Rung, own: bool) -> (u16, u16) {
        let near = |stir: &Stir| stir.clause.abs_diff(rung.clause) <= REACH;
        self.weigh(|stir| near(stir) && (own || !rung.span.overlaps(stir.span)))
    }

    /// Arousal and imagery of some of its words.
    fn weigh(&self, counts: impl Fn(&Stir) -> bool) -> (u16, u16) {
        let counted = || self.stirs.iter().filter(|stir| counts(stir));
        let (mut arousal, mut imagery) = (0, 0);
        for stir in counted() {
            let weight = u32::from(stir.feeling.weight);
            match stir.feeling.feels {
                Feels::Arousal => arousal += weight * self.factor(stir.clause) / PLAIN,
                Feels::Imagery => imagery += weight,
                Feels::Stronger if !self.stirs_in(stir.clause) => arousal += weight.saturating_sub(ALONE),
                Feels::Stronger => {}
            }
        }
        if arousal > 0 {
            arousal += EXCLAMATION * self.exclamations;
        }
        (arousal.min(MOST) as u16, imagery.min(MOST) as u16)
    }

    fn stirs_in(&self, clause: u32) -> bool {
        self.stirs.iter().any(|stir| stir.clause == clause && stir.feeling.feels == Feels::Arousal)
    }

    /// How much stronger the words of a clause make it.
    fn factor(&self, clause: u32) -> u32 {
        let stronger = self.stirs.iter().filter(|s| s.clause == clause && s.feeling.feels == Feels::Stronger);
        stronger.map(|s| u32::from(s.feeling.weight)).max().unwrap_or(PLAIN)
    }
}

/// Sums of one thing and theme over clauses.
struct Sum {
    of: Entity,
    theme: Option<Theme>,
    last: u32,
    clauses: u32,
    arousal: u32,
    imagery: u32,
}

/// Means per thing and theme, and per thing; of several places of a theme in one clause the first.
fn felt(rungs: &[Rung], sentences: &[Sentence], out: &mut Vec<Felt>) {
    let mut sums: SmallVec<[Sum; 16]> = smallvec![];
    for rung in rungs {
        let Some(sentence) = sentences.iter().find(|s| s.number == rung.sentence) else { continue };
        let (own, whole) = (sentence.around(rung, false), sentence.around(rung, true));
        for &of in &rung.of {
            for (theme, (arousal, imagery)) in [(Some(rung.theme), own), (None, whole)] {
                let at = sums.iter().position(|sum| (sum.of, sum.theme) == (of, theme)).unwrap_or_else(|| {
                    sums.push(Sum { of, theme, last: u32::MAX, clauses: 0, arousal: 0, imagery: 0 });
                    sums.len() - 1
                });
                let sum = &mut sums[at];
                if sum.last != rung.clause {
                    sum.last = rung.clause;
                    sum.clauses += 1;
                    sum.arousal += u32::from(arousal);
                    sum.imagery += u32::from(imagery);
                }
            }
        }
    }
    let mean = |sum: u32, n: u32| (sum / n.max(1)) as u16;
    for Sum { of, theme, clauses, arousal, imagery, .. } in sums {
        let (arousal, imagery) = (mean(arousal, clauses), mean(imagery, clauses));
        if arousal > 0 || imagery > 0 {
            out.push(Felt { of, theme, arousal, imagery });
        }
    }
    out.sort_unstable();
}
