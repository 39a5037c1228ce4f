//! Every evidence names its rule and its span in the raw text.
//!
//! One post at a time: matches → mentions (which sense, consumed or in passing) → occasions, motives with their role, essences, relations, and
//! the links between them. Counting comes later.

mod asides;
mod carriers;
mod compared;
mod contrary;
mod cues;
mod denial;
pub mod evidence;
mod feelings;
mod jobs;
mod ladder;
mod language;
mod links;
mod mentions;
mod motives;
#[cfg(test)]
mod readings;
mod relations;
mod requests;
mod stances;

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use crate::error::Result;
use crate::lexicon::id::{OccasionId, RuleId, Voice};
use crate::lexicon::{Lexicon, Target};
use crate::matcher::{Log, Match, Matcher, Reach, Scratch, Verdict, Via};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};

use cues::{CueRules, Cues};
use evidence::{EssenceLabel, Evidence, Lang, Mention, MotiveLabel, OccasionLabel, Relation, Things, Trace, Wording};
use feelings::FeelingRules;
use links::{Counted, Place};
use mentions::{Judged, Named, Saying};
use motives::Motivated;
use stances::Stances;

/// Different words of news and politics from which on a post is taken for a report or a quarrel.
const NEWS: usize = 3;

/// Cues of a statement's sense that are looked at.
const MOST_SENSE_CUES: usize = 64;

/// Reads posts by a lexicon: immutable, shared by all threads; each thread brings its own [`Scratch`].
pub struct Interpreter {
    lexicon: Arc<Lexicon>,
    matcher: Matcher,
    cues: CueRules,
    sides: relations::SideWords,
    feelings: FeelingRules,
}

impl Interpreter {
    /// Compiles a lexicon.
    ///
    /// # Errors
    /// Where the surfaces cannot be compiled (`L808`).
    pub fn new(lexicon: Arc<Lexicon>) -> Result<Self> {
        let cues = CueRules::of(&lexicon);
        let feelings = FeelingRules::of(&lexicon);
        let reach = |rule| if feelings.has(rule) { Reach::Sentence } else { cues.reach(rule) };
        let matcher = Matcher::new(&lexicon, reach)?;
        let sides = relations::SideWords::of(&lexicon);
        Ok(Self { lexicon, matcher, cues, sides, feelings })
    }

    /// The lexicon behind it.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Reads one normalized text.
    pub fn read(&self, doc: &Document<'_>, scratch: &mut Scratch) -> Evidence {
        let mut evidence = Evidence::silent();
        self.read_into(doc, scratch, &mut evidence);
        evidence
    }

    /// Reads one normalized text into the lists of an earlier one.
    pub fn read_into(&self, doc: &Document<'_>, scratch: &mut Scratch, evidence: &mut Evidence) {
        let lang = language::language(doc);
        evidence.fall_silent(lang.unwrap_or(Lang::Other), lang.is_none());
        if evidence.lang == Lang::Other {
            return;
        }
        self.matcher.scan(doc, scratch);
        if scratch.mentions.is_empty() && scratch.labels.is_empty() {
            return;
        }
        let mut named = mentions::resolve(&self.lexicon, &self.matcher, doc, scratch);
        self.settle_senses(doc, scratch);
        let reader = relations::Reader {
            lexicon: &self.lexicon,
            matcher: &self.matcher,
            cues: &self.cues,
            sides: self.sides,
            lang: evidence.lang,
        };
        let related = reader.read(doc, scratch, &named);
        let labels = std::mem::take(&mut scratch.labels);
        let mut log = scratch.log.take();
        let cues = Cues::new(&self.cues, scratch, doc.norm());
        let mut fell = |rule, span, verdict| {
            if let Some(log) = &mut log {
                log.note(rule, span, verdict);
            }
        };
        let mut motivated = motives::read(&self.lexicon, &labels, &cues, &mut fell);
        let mut standing: SmallVec<[&Match; 16]> = labels.iter().filter(|m| self.stands(m, &cues, &mut fell)).collect();
        if self.is_news(&standing, &cues) {
            motivated.drain(..).for_each(|m| fell(m.rule, m.span, Verdict::News));
            standing.retain(|m| {
                let is_told = matches!(self.lexicon.entry(m.rule).target, Target::Occasion(_) | Target::Essence(_));
                if is_told {
                    fell(m.rule, m.span, Verdict::News);
                }
                !is_told
            });
        }
        let stances = Stances::read(&cues);
        let judged = self.judged(&motivated, &standing);
        let saying = Saying { cues, judged: &judged, related: &related, stances: &stances };
        saying.judge(&self.lexicon.taxonomy, &mut named);
        let counted = Counted::of(&named);
        motivated.retain(|m| {
            let stands = !m.thing || counted.is_named_near(m.place());
            if !stands {
                fell(m.rule, m.span, Verdict::WithoutThing);
            }
            stands
        });
        standing.retain(|m| {
            let is_essence = matches!(self.lexicon.entry(m.rule).target, Target::Essence(_));
            let stands = !is_essence || counted.may_be_the_essence_of(Place::of(m));
            if !stands {
                fell(m.rule, m.span, Verdict::WithoutThing);
            }
            stands
        });
        motive_labels(doc, &counted, &motivated, &mut evidence.motives);
        self.fill(doc, &counted, &standing, evidence);
        let said = ladder::Said { lexicon: &self.lexicon, counted: &counted, motivated: &motivated, labels: &standing };
        said.stages(&saying, doc, &mut evidence.stages);
        let rungs = said.rungs(doc);
        said.attributes(&saying, &rungs, &mut evidence.attributes);
        ladder::steps(&rungs, &cues, doc, &mut evidence.steps);
        self.feelings.read(&rungs, &cues, &scratch.outline, doc, evidence);
        let at_occasions = self.occasion_places(&standing);
        jobs::read(doc, &counted, &at_occasions, &motivated, &saying, &mut evidence.jobs);
        evidence.mentions.extend(named.iter().map(|n| mention(doc, n)));
        evidence.relations = self.relations(doc, related, &standing);
        drop(standing);
        scratch.log = log;
        scratch.labels = labels;
    }

    /// A statement by a surface of several meanings stands only where the post speaks for its sense.
    fn settle_senses(&self, doc: &Document<'_>, scratch: &mut Scratch) {
        let mut labels = std::mem::take(&mut scratch.labels);
        labels.retain(|m| {
            let Some(sense) = m.sense else { return true };
            let stands = self.matcher.sense(sense).1 || self.is_spoken_for(doc, scratch, m, sense);
            if let (false, Some(log)) = (stands, &mut scratch.log) {
                log.note(m.rule, m.span, Verdict::Abstained);
            }
            stands
        });
        scratch.labels = labels;
    }

    /// Whether a cue of a sense stands near enough.
    fn is_spoken_for(&self, doc: &Document<'_>, scratch: &mut Scratch, m: &Match, sense: u32) -> bool {
        let cues = self.matcher.sense_cues(scratch, doc, (sense, m.span), MOST_SENSE_CUES);
        cues.iter().any(|cue| {
            cue.start.abs_diff(m.span.start) <= mentions::SENSE_REACH
                || scratch.outline.sentence_at(cue.start) == m.sentence
        })
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
        let occasion = matches!(self.lexicon.entry(m.rule).target, Target::Occasion(_));
        let fallen = if cues.negated_at(m.span, m.clause, reach) {
            Some(Verdict::Negated)
        } else if occasion && (cues.likened(m) || cues.title_around(m.span).is_some()) {
            Some(Verdict::Figurative)
        } else {
            None
        };
        if let Some(why) = fallen {
            fell(m.rule, m.span, why);
        }
        fallen.is_none()
    }

    /// Whether a post reports or quarrels rather than tells of consuming: a medium speaks, or several words of news and politics stand in it.
    fn is_news(&self, standing: &[&Match], cues: &Cues<'_>) -> bool {
        let mut voices = standing.iter().filter_map(|m| match self.lexicon.entry(m.rule).target {
            Target::Voice(voice) => Some(voice),
            _ => None,
        });
        let media = voices.next().is_some_and(|first| first == Voice::Media && voices.all(|v| v == Voice::Media));
        let mut words: SmallVec<[&str; 8]> = cues.of(cues.rules.news).map(|c| &cues.text[c.span.range()]).collect();
        words.sort_unstable();
        words.dedup();
        media || words.len() >= NEWS
    }

    /// Places that speak of having or judging something: motives, and occasions, which are told of what is consumed on them.
    fn judged(&self, motivated: &[Motivated], labels: &[&Match]) -> SmallVec<[Judged; 16]> {
        let told = |m: &&&Match| matches!(self.lexicon.entry(m.rule).target, Target::Occasion(_));
        // An occasion speaks for the things of its own clause only.
        let occasions = labels.iter().filter(told).map(|m| (m.clause, None, m.span));
        motivated.iter().map(|m| (m.clause, Some(m.sentence), m.span)).chain(occasions).collect()
    }

    /// The occasions of a post with their places and rules.
    fn occasion_places(&self, labels: &[&Match]) -> SmallVec<[jobs::OccasionPlace; 16]> {
        let place = |m: &&&Match| match self.lexicon.entry(m.rule).target {
            Target::Occasion(id) => Some((id, m.rule, Place::of(m))),
            _ => None,
        };
        labels.iter().filter_map(|m| place(&m)).collect()
    }

    /// Occasions with their links, essences, stages, customers, voice.
    fn fill(&self, doc: &Document<'_>, counted: &Counted, labels: &[&Match], evidence: &mut Evidence) {
        let mut places: SmallVec<[(OccasionId, Place); 16]> = SmallVec::new();
        for m in labels {
            let place = Place::of(m);
            let trace = trace(doc, m);
            let traces = smallvec![trace];
            match self.lexicon.entry(m.rule).target {
                Target::Occasion(id) => {
                    match evidence.occasions.iter_mut().find(|o| o.id == id) {
                        Some(label) => label.traces.push(trace),
                        None => evidence.occasions.push(OccasionLabel { id, traces }),
                    }
                    places.push((id, place));
                }
                Target::Essence(id) => {
                    let of = counted.said_at(place);
                    match evidence.essences.iter_mut().find(|e| e.id == id) {
                        Some(label) => {
                            label.traces.push(trace);
                            unite(&mut label.of, of);
                        }
                        None => evidence.essences.push(EssenceLabel { id, of, traces }),
                    }
                }
                Target::Customer(id) => evidence.customers.push((id, trace)),
                Target::Voice(voice) => speak(evidence, voice, trace),
                _ => {}
            }
        }
        places.sort_by_key(|&(id, _)| id);
        for of_occasion in places.chunk_by(|a, b| a.0 == b.0) {
            counted.links(doc, of_occasion[0].0, of_occasion, &mut evidence.links);
        }
        tidy(evidence);
    }

    /// The relations of sequences, and those of fixed phrases without a slot.
    fn relations(&self, doc: &Document<'_>, mut relations: Vec<Relation>, labels: &[&Match]) -> Vec<Relation> {
        for m in labels {
            let Target::Relation(kind) = self.lexicon.entry(m.rule).target else { continue };
            let trace = trace(doc, m);
            match relations.iter_mut().find(|r| r.kind == kind && r.a.is_none() && r.b.is_none()) {
                Some(known) => known.traces.push(trace),
                None => relations.push(Relation { kind, a: None, b: None, traces: vec![trace] }),
            }
        }
        relations
    }
}

/// The place of a match in the raw text, and by which words of its rule it stands.
fn trace(doc: &Document<'_>, m: &Match) -> Trace {
    match m.via {
        Via::Term => worded(doc, m.rule, m.span),
        Via::Near { .. } => Trace { rule: m.rule, span: doc.to_raw(m.span), wording: Wording::NEAR },
    }
}

/// The place of a rule's words in the raw text.
fn worded(doc: &Document<'_>, rule: RuleId, span: Span<Norm>) -> Trace {
    Trace { rule, span: doc.to_raw(span), wording: Wording::of(&doc.norm()[span.range()]) }
}

fn motive_labels(doc: &Document<'_>, counted: &Counted, motivated: &[Motivated], out: &mut Vec<MotiveLabel>) {
    for m in motivated {
        let trace = worded(doc, m.rule, m.span);
        let of = counted.said_at(m.place());
        match out.last_mut().filter(|l| l.id == m.id && l.role == m.role) {
            Some(label) => {
                if label.traces.last() != Some(&trace) {
                    label.traces.push(trace);
                }
                unite(&mut label.of, of);
            }
            None => out.push(MotiveLabel { id: m.id, role: m.role, of, traces: smallvec![trace] }),
        }
    }
}

fn unite(into: &mut Things, more: Things) {
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

fn mention(doc: &Document<'_>, named: &Named) -> Mention {
    let Named { category, brand, stance, passing, .. } = *named;
    Mention { category, brand, trace: named.trace(doc), polarity: stance, passing }
}

/// Sorts every list, so that the same post always gives the same bytes.
fn tidy(evidence: &mut Evidence) {
    evidence.occasions.sort_by_key(|o| o.id);
    for label in &mut evidence.occasions {
        label.traces.sort_unstable_by_key(|t| (t.span, t.rule));
        label.traces.dedup();
    }
    evidence.essences.sort_by_key(|e| e.id);
    evidence.customers.sort_by_key(|&(id, t)| (id, t.span));
    evidence.links.sort_unstable();
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;
    use crate::lexicon::embedded;
    use proptest::prelude::*;

    fn interpreter() -> &'static (Interpreter, Vec<String>) {
        static INTERPRETER: OnceLock<(Interpreter, Vec<String>)> = OnceLock::new();
        INTERPRETER.get_or_init(|| {
            let (lexicon, _) = Lexicon::read(&[embedded()]);
            let terms =
                lexicon.entries.iter().flat_map(|e| &e.terms).chain(lexicon.classes.iter().flat_map(|c| &c.terms));
            let examples = lexicon.entries.iter().flat_map(|e| e.matches.iter().chain(&e.misses));
            let pieces = terms.map(|t| &t.surface).chain(examples).cloned().collect();
            (Interpreter::new(Arc::new(lexicon)).expect("compiles"), pieces)
        })
    }

    fn texts() -> impl Strategy<Value = String> {
        let between = prop::sample::select(vec![
            "",
            "",
            "，",
            "。",
            " ",
            "不",
            "没有",
            "比",
            "好",
            "吗？",
            "\n",
            "，但是",
            "再来一次",
            "to",
        ]);
        prop::collection::vec((prop::sample::select(interpreter().1.as_slice()), between), 1..9)
            .prop_map(|parts| parts.into_iter().map(|(surface, between)| surface + between).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn lazy_and_full_segmentation_give_the_same_labels(raw in texts()) {
            let doc = Document::new(&raw, 0);
            let (mut lazy, mut full) = (Scratch::default(), Scratch::default());
            // With a log, every candidate is asked for its word boundaries.
            full.log = Some(Log::default());
            prop_assert_eq!(interpreter().0.read(&doc, &mut lazy), interpreter().0.read(&doc, &mut full));
        }

        #[test]
        fn every_span_stands_in_the_text(raw in texts()) {
            let doc = Document::new(&raw, 0);
            let evidence = interpreter().0.read(&doc, &mut Scratch::default());
            let lists = evidence.occasions.iter().map(|o| &o.traces).chain(evidence.motives.iter().map(|m| &m.traces));
            for trace in evidence.mentions.iter().map(|m| &m.trace).chain(lists.flatten()) {
                prop_assert!(raw.get(trace.span.range()).is_some_and(|words| !words.is_empty()));
            }
        }
    }
}
