//! The ladder from a feature over its benefit to what the thing is really about (method §5): which theme a sentence makes the means, which the end.

use smallvec::{SmallVec, smallvec};

use super::cues::Cues;
use super::evidence::{AttributeLabel, StageLabel, Stance, Step, Theme, Things, Trace, Traces};
use super::links::{Counted, Place};
use super::mentions::Saying;
use super::motives::Motivated;
use super::unite;
use super::worded;
use crate::lexicon::id::{AttributeId, CategoryId, Entity, Role};
use crate::lexicon::{Lexicon, Target};
use crate::matcher::Match;
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};

/// Clauses that a word of cause or purpose reaches to either side.
const REACH: u32 = 2;

/// A theme at its place.
#[derive(Debug, Clone)]
pub(super) struct Rung {
    pub theme: Theme,
    pub trace: Trace,
    pub span: Span<Norm>,
    pub clause: u32,
    pub sentence: u32,
    /// The things it is said of.
    pub of: Things,
}

/// All themes of a post, by place.
pub(super) type Rungs = SmallVec<[Rung; 8]>;

/// What a post says, on its way to the ladder.
pub(super) struct Said<'s> {
    pub lexicon: &'s Lexicon,
    pub counted: &'s Counted,
    pub motivated: &'s [Motivated],
    pub labels: &'s [&'s Match],
}

impl Said<'_> {
    /// The themes by place; what is said of nothing is no rung.
    pub(super) fn rungs(&self, doc: &Document<'_>) -> Rungs {
        let mut out = Rungs::new();
        for m in self.motivated.iter().filter(|m| m.role != Role::Avoid) {
            let of = self.counted.said_at(m.place());
            let trace = worded(doc, m.rule, m.span);
            let (theme, span, clause, sentence) = (Theme::Motive(m.id), m.span, m.clause, m.sentence);
            out.push(Rung { theme, trace, span, clause, sentence, of });
        }
        for m in self.labels {
            let theme = match self.lexicon.entry(m.rule).target {
                Target::Attribute(id) => Theme::Attribute(id),
                Target::Essence(id) => Theme::Essence(id),
                Target::Occasion(id) => Theme::Occasion(id),
                _ => continue,
            };
            let mut of = self.counted.said_at(Place::of(m));
            if let Theme::Attribute(id) = theme {
                of.retain(|thing| self.has(*thing, id));
            }
            let trace = worded(doc, m.rule, m.span);
            out.push(Rung { theme, trace, span: m.span, clause: m.clause, sentence: m.sentence, of });
        }
        out.retain(|rung| !rung.of.is_empty());
        out.sort_by_key(|rung| (rung.span, rung.theme));
        out
    }

    /// Whether a thing can have a feature.
    fn has(&self, thing: Entity, attribute: AttributeId) -> bool {
        let taxonomy = &self.lexicon.taxonomy;
        let own = |category: CategoryId| taxonomy.has_attribute(category, attribute);
        match thing {
            Entity::Category(category) => own(category),
            Entity::Brand(brand) => {
                let brand = taxonomy.brand(brand);
                own(brand.home) || brand.also.iter().any(|&category| own(category))
            }
        }
    }

    /// The features that are spoken of, each once.
    pub(super) fn attributes(&self, saying: &Saying<'_>, rungs: &Rungs, out: &mut Vec<AttributeLabel>) {
        for rung in rungs {
            let Theme::Attribute(id) = rung.theme else { continue };
            let stance = self.stance(saying, rung.clause);
            match out.iter_mut().find(|label| (label.id, label.stance) == (id, stance)) {
                Some(label) => {
                    label.traces.push(rung.trace);
                    unite(&mut label.of, rung.of.clone());
                }
                None => out.push(AttributeLabel { id, stance, of: rung.of.clone(), traces: smallvec![rung.trace] }),
            }
        }
        out.sort_by_key(|label| (label.id, label.stance));
    }

    /// Steps of the customer's way.
    pub(super) fn stages(&self, saying: &Saying<'_>, doc: &Document<'_>, out: &mut Vec<StageLabel>) {
        for m in self.labels {
            let Target::Stage(id) = self.lexicon.entry(m.rule).target else { continue };
            let of = self.counted.said_at(Place::of(m));
            let traces: Traces = smallvec![worded(doc, m.rule, m.span)];
            out.push(StageLabel { id, stance: self.stance(saying, m.clause), of, traces });
        }
        out.sort_by_key(|stage| (stage.id, stage.traces[0].span));
    }

    /// The stance of a clause: its reasons to buy or avoid, where they agree, know better than single words.
    fn stance(&self, saying: &Saying<'_>, clause: u32) -> Stance {
        let here = || self.motivated.iter().filter(|m| m.clause == clause);
        let (buys, avoids) = (here().any(|m| m.role != Role::Avoid), here().any(|m| m.role == Role::Avoid));
        match (buys, avoids) {
            (true, false) => Stance::Positive,
            (false, true) => Stance::Negative,
            _ => saying.stance(clause),
        }
    }
}

/// How high a theme stands; occasions stand beside the ladder.
fn height(theme: Theme) -> Option<u8> {
    match theme {
        Theme::Attribute(_) => Some(0),
        Theme::Motive(_) => Some(1),
        Theme::Essence(_) => Some(2),
        Theme::Occasion(_) => None,
    }
}

/// The steps of a post, each once: those that words of cause or purpose join, and those of a lower and a higher theme in one sentence.
pub(super) fn steps(rungs: &Rungs, cues: &Cues<'_>, doc: &Document<'_>, out: &mut Vec<Step>) {
    let ladder = |rung: &&Rung| height(rung.theme).is_some();
    for within in rungs.chunk_by(|a, b| a.sentence == b.sentence) {
        let within: SmallVec<[&Rung; 8]> = within.iter().filter(ladder).collect();
        if within.iter().all(|rung| height(rung.theme) == Some(0)) {
            continue;
        }
        for word in joining(cues, within[0].sentence) {
            join(&within, cues, word, doc, out);
        }
        for (n, a) in within.iter().enumerate() {
            for b in &within[n + 1..] {
                let (low, high) = if height(a.theme) < height(b.theme) { (a, b) } else { (b, a) };
                if height(low.theme) < height(high.theme) {
                    add(out, Some(low), high, None);
                }
            }
        }
    }
    out.sort_by_key(|step| (step.to, step.from));
}

/// The words of cause and purpose of a sentence that are not denied (不是为了).
fn joining<'c>(cues: &Cues<'c>, sentence: u32) -> impl Iterator<Item = &'c Match> {
    let rules = [cues.rules.leads_to, cues.rules.owing_to, cues.rules.in_order_to];
    let cues = *cues;
    cues.sentence(sentence)
        .iter()
        .filter(move |m| rules.contains(&Some(m.rule)))
        .filter(move |m| !cues.negated_at(m.span, m.clause, 1))
}

/// Joins what stands on both sides of a word.
fn join(within: &[&Rung], cues: &Cues<'_>, word: &Match, doc: &Document<'_>, out: &mut Vec<Step>) {
    let near = |rung: &&&Rung| rung.clause.abs_diff(word.clause) <= REACH;
    // What holds the word itself (让我放松) is the end.
    let before = |rung: &&&Rung| rung.span.end <= word.span.start;
    let after = |rung: &&&Rung| !before(rung);
    let in_clause = |rung: &&&Rung| rung.clause == word.clause;
    let side = |which: &dyn Fn(&&&Rung) -> bool| -> SmallVec<[&Rung; 8]> {
        within.iter().filter(near).filter(|rung| which(rung)).copied().collect()
    };
    let is = |rule| Some(word.rule) == rule;
    let (means, ends) = if is(cues.rules.leads_to) {
        (side(&before), side(&after))
    } else if is(cues.rules.in_order_to) {
        // 为了B，买了A: the end is what the clause itself names.
        let ends = side(&|rung| after(rung) && in_clause(rung));
        (side(&|rung| before(rung) || !in_clause(rung)), ends)
    } else if within.iter().any(|rung| before(&rung)) {
        (side(&after), side(&before))
    } else {
        // 因为A，所以B.
        (side(&in_clause), side(&|rung| after(rung) && !in_clause(rung)))
    };
    let trace = worded(doc, word.rule, word.span);
    for end in ends.iter().filter(|end| height(end.theme) > Some(0)) {
        let lower = means.iter().filter(|m| m.theme != end.theme && height(m.theme) <= height(end.theme));
        let mut any = false;
        for from in lower {
            any = true;
            add(out, Some(from), end, Some(trace));
        }
        if !any {
            add(out, None, end, Some(trace));
        }
    }
}

/// Adds a step, or strengthens it; a feature's step is of the things that have it.
fn add(out: &mut Vec<Step>, from: Option<&Rung>, to: &Rung, word: Option<Trace>) {
    let of = match from {
        Some(rung) if matches!(rung.theme, Theme::Attribute(_)) => &rung.of,
        _ => &to.of,
    };
    let key = (from.map(|rung| rung.theme), to.theme);
    let traces: Traces = word.into_iter().chain([to.trace]).collect();
    match out.iter_mut().find(|step| (step.from, step.to) == key) {
        Some(step) => {
            if word.is_some() && !step.joined {
                step.joined = true;
                step.traces = traces;
            }
            unite(&mut step.of, of.clone());
        }
        None => out.push(Step { from: key.0, to: to.theme, joined: word.is_some(), of: of.clone(), traces }),
    }
}
