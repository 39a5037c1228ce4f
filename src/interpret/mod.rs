//! Every evidence names its rule and its span in the raw text.
//!
//! One post at a time: matches → mentions (which sense, consumed or in passing) → occasions, motives with their role, essences, relations, and
//! the links between them. Counting comes later.

mod cues;
pub mod evidence;
mod language;
mod links;
mod mentions;
mod motives;
mod relations;

use std::sync::Arc;

use crate::error::Result;
use crate::lexicon::id::{OccasionId, RuleId, Voice};
use crate::lexicon::{Lexicon, Target};
use crate::matcher::{Log, Match, Matcher, Scratch, Verdict};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};

use cues::{CueRules, Cues};
use evidence::{EssenceLabel, Evidence, Lang, Mention, MotiveLabel, OccasionLabel, Relation, StageLabel, Trace};
use links::Place;
use mentions::{Named, Saying};
use motives::Motivated;

/// Reads posts by a lexicon: immutable, shared by all threads; each thread brings its own [`Scratch`].
pub struct Interpreter {
    lexicon: Arc<Lexicon>,
    matcher: Matcher,
    cues: CueRules,
}

impl Interpreter {
    /// Compiles a lexicon.
    ///
    /// # Errors
    /// Where the surfaces cannot be compiled (`L808`).
    pub fn new(lexicon: Arc<Lexicon>) -> Result<Self> {
        let cues = CueRules::of(&lexicon);
        let matcher = Matcher::new(&lexicon, |rule| cues.reach(rule))?;
        Ok(Self { lexicon, matcher, cues })
    }

    /// The lexicon behind it.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one normalized text.
    pub fn read(&self, doc: &Document<'_>, scratch: &mut Scratch) -> Evidence {
        let Some(lang) = language::language(doc) else { return Evidence::silent(Lang::Other, true) };
        if lang == Lang::Other {
            return Evidence::silent(lang, false);
        }
        self.matcher.scan(doc, scratch);
        let mut evidence = Evidence::silent(lang, false);
        if scratch.mentions.is_empty() && scratch.labels.is_empty() {
            return evidence;
        }
        let mut named = mentions::resolve(&self.lexicon, &self.matcher, doc, scratch);
        self.settle_senses(doc, scratch);
        let related = relations::read(&self.lexicon, &self.matcher, doc, scratch, &named);
        let labels = std::mem::take(&mut scratch.labels);
        let mut log = scratch.log.take();
        let cues = Cues::new(&self.cues, scratch, doc.norm());
        let mut fell = |rule, span, verdict| {
            if let Some(log) = &mut log {
                log.note(rule, span, verdict);
            }
        };
        let motivated = motives::read(&self.lexicon, &labels, &cues, &mut fell);
        let standing: Vec<Match> = labels.iter().filter(|m| self.stands(m, &cues, &mut fell)).copied().collect();
        let saying = Saying { cues, judged: &self.judged(&motivated, &standing), related: &related };
        saying.judge(&self.lexicon.taxonomy, &mut named);
        evidence.motives = motive_labels(doc, &named, &motivated);
        self.fill(doc, &named, &standing, &saying, &mut evidence);
        scratch.labels = labels;
        scratch.log = log;
        evidence.mentions = mention_list(doc, &named);
        evidence.relations = self.relations(doc, related, &standing);
        evidence
    }

    /// A statement by a surface of several meanings stands only where the post speaks for its sense.
    fn settle_senses(&self, doc: &Document<'_>, scratch: &mut Scratch) {
        let mut labels = std::mem::take(&mut scratch.labels);
        labels.retain(|m| {
            let Some(sense) = m.sense else { return true };
            let stands = self.matcher.sense(sense).1
                || self.matcher.sense_cues(scratch, doc, sense).iter().any(|cue| !cue.overlaps(m.span));
            if let (false, Some(log)) = (stands, &mut scratch.log) {
                log.note(m.rule, m.span, Verdict::Abstained);
            }
            stands
        });
        scratch.labels = labels;
    }

    /// The cues of a text, by place; for running the examples of cues.
    pub fn cues(&self, doc: &Document<'_>, scratch: &mut Scratch) -> Vec<Match> {
        let asked = scratch.log.take();
        // Cues are looked for only beside statements unless somebody wants to know everything.
        scratch.log = Some(Log::default());
        self.matcher.scan(doc, scratch);
        scratch.log = asked;
        scratch.cues.clone()
    }

    /// Whether a label other than a motive stands: an occasion, essence or stage that is denied on the spot falls.
    fn stands(&self, m: &Match, cues: &Cues<'_>, fell: &mut impl FnMut(RuleId, Span<Norm>, Verdict)) -> bool {
        let reach = match self.lexicon.entry(m.rule).target {
            Target::Occasion(_) | Target::Essence(_) => 1,
            Target::Stage(_) => 2,
            Target::Motive(..) => return false,
            _ => return true,
        };
        let denied = cues.negated_at(m.span, m.clause, reach);
        if denied {
            fell(m.rule, m.span, Verdict::Negated);
        }
        !denied
    }

    /// Places that speak of having or judging something: motives, and occasions, which are told of what is consumed on them.
    fn judged(&self, motivated: &[Motivated], labels: &[Match]) -> Vec<(u32, Option<u32>, Span<Norm>)> {
        let told = |m: &&Match| matches!(self.lexicon.entry(m.rule).target, Target::Occasion(_));
        // An occasion speaks for the things of its own clause only.
        let occasions = labels.iter().filter(told).map(|m| (m.clause, None, m.span));
        motivated.iter().map(|m| (m.clause, Some(m.sentence), m.span)).chain(occasions).collect()
    }

    /// Occasions with their links, essences, stages, customers, voice.
    fn fill(
        &self,
        doc: &Document<'_>,
        named: &[Named],
        labels: &[Match],
        saying: &Saying<'_>,
        evidence: &mut Evidence,
    ) {
        let mut places: Vec<(OccasionId, Vec<Place>)> = Vec::new();
        for m in labels {
            let place = Place { span: m.span, clause: m.clause, sentence: m.sentence };
            let trace = Trace { rule: m.rule, span: doc.to_raw(m.span) };
            match self.lexicon.entry(m.rule).target {
                Target::Occasion(id) => {
                    match evidence.occasions.iter_mut().find(|o| o.id == id) {
                        Some(label) => label.traces.push(trace),
                        None => evidence.occasions.push(OccasionLabel { id, traces: vec![trace] }),
                    }
                    match places.iter_mut().find(|(o, _)| *o == id) {
                        Some((_, list)) => list.push(place),
                        None => places.push((id, vec![place])),
                    }
                }
                Target::Essence(id) => {
                    let of = links::of(named, place);
                    match evidence.essences.iter_mut().find(|e| e.id == id) {
                        Some(label) => {
                            label.traces.push(trace);
                            unite(&mut label.of, of);
                        }
                        None => evidence.essences.push(EssenceLabel { id, of, traces: vec![trace] }),
                    }
                }
                Target::Stage(id) => {
                    let stance = saying.stance(m.clause);
                    evidence.stages.push(StageLabel { id, stance, of: links::of(named, place), traces: vec![trace] });
                }
                Target::Customer(id) => evidence.customers.push((id, trace)),
                Target::Voice(voice) => speak(evidence, voice, trace),
                _ => {}
            }
        }
        places.sort_by_key(|&(id, _)| id);
        for (occasion, list) in &places {
            links::links(doc, named, *occasion, list, &mut evidence.links);
        }
        tidy(evidence);
    }

    /// The relations of sequences, and those of fixed phrases without a slot.
    fn relations(&self, doc: &Document<'_>, mut relations: Vec<Relation>, labels: &[Match]) -> Vec<Relation> {
        for m in labels {
            let Target::Relation(kind) = self.lexicon.entry(m.rule).target else { continue };
            let trace = Trace { rule: m.rule, span: doc.to_raw(m.span) };
            match relations.iter_mut().find(|r| r.kind == kind && r.a.is_none() && r.b.is_none()) {
                Some(known) => known.traces.push(trace),
                None => relations.push(Relation { kind, a: None, b: None, traces: vec![trace] }),
            }
        }
        relations
    }
}

impl Evidence {
    /// Evidence of nothing.
    fn silent(lang: Lang, bare_forward: bool) -> Self {
        Self {
            lang,
            voice: Voice::Consumer,
            voice_trace: None,
            bare_forward,
            mentions: Vec::new(),
            occasions: Vec::new(),
            motives: Vec::new(),
            essences: Vec::new(),
            relations: Vec::new(),
            links: Vec::new(),
            stages: Vec::new(),
            customers: Vec::new(),
        }
    }
}

fn motive_labels(doc: &Document<'_>, named: &[Named], motivated: &[Motivated]) -> Vec<MotiveLabel> {
    let mut out: Vec<MotiveLabel> = Vec::new();
    for m in motivated {
        let trace = Trace { rule: m.rule, span: doc.to_raw(m.span) };
        let of = links::of(named, Place { span: m.span, clause: m.clause, sentence: m.sentence });
        match out.last_mut().filter(|l| l.id == m.id && l.role == m.role) {
            Some(label) => {
                if label.traces.last() != Some(&trace) {
                    label.traces.push(trace);
                }
                unite(&mut label.of, of);
            }
            None => out.push(MotiveLabel { id: m.id, role: m.role, of, traces: vec![trace] }),
        }
    }
    out
}

fn unite<T: Ord>(into: &mut Vec<T>, more: Vec<T>) {
    into.extend(more);
    into.sort_unstable();
    into.dedup();
}

/// An advertisement outweighs a dealer, a dealer an official account, and so on down to media.
fn speak(evidence: &mut Evidence, voice: Voice, trace: Trace) {
    const ORDER: [Voice; 6] = [Voice::Bot, Voice::Ad, Voice::Dealer, Voice::Official, Voice::Employee, Voice::Media];
    let rank = |v: Voice| ORDER.iter().position(|&o| o == v).unwrap_or(ORDER.len());
    if rank(voice) < rank(evidence.voice) {
        evidence.voice = voice;
        evidence.voice_trace = Some(trace);
    }
}

fn mention_list(doc: &Document<'_>, named: &[Named]) -> Vec<Mention> {
    named
        .iter()
        .map(|n| Mention {
            category: n.category,
            brand: n.brand,
            trace: n.trace(doc),
            polarity: n.stance,
            passing: n.passing,
        })
        .collect()
}

/// Sorts every list, so that the same post always gives the same bytes.
fn tidy(evidence: &mut Evidence) {
    evidence.occasions.sort_by_key(|o| o.id);
    for label in &mut evidence.occasions {
        label.traces.sort_unstable_by_key(|t| (t.span, t.rule));
        label.traces.dedup();
    }
    evidence.essences.sort_by_key(|e| e.id);
    evidence.stages.sort_by_key(|s| (s.id, s.traces[0].span));
    evidence.customers.sort_by_key(|&(id, t)| (id, t.span));
    evidence.links.sort_unstable();
}
