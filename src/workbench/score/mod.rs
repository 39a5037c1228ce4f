//! How well the lexicons label hand-labelled posts: precision, recall and F1 per facet and label, and the entries that err most.

mod gold;
mod page;

pub use gold::Facet;
pub use page::score_page;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::label;
use crate::accumulate::excerpt;
use crate::error::Result;
use crate::interpret::evidence::{Evidence, Trace};
use crate::lexicon::taxonomy::Taxonomy;
use crate::lexicon::{Lexicon, Target};
use crate::pipeline::{Report, Run, survey};
use gold::{GoldPost, Known, load};

/// Labels that stand at least this often in the gold enter the macro average.
const COMMON: u64 = 3;
/// Longest quote, in characters.
const QUOTE: usize = 90;
/// Quotes of each kind per entry.
const QUOTES: usize = 3;

/// Hits, wrong labels, missed labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Tallied {
    /// Labels given and right.
    pub hits: u64,
    /// Labels given and wrong.
    pub wrong: u64,
    /// Labels not given.
    pub missed: u64,
}

impl Tallied {
    /// Share of the given labels that are right; 0 where none was given.
    pub fn precision(self) -> f64 {
        self.hits as f64 / (self.hits + self.wrong).max(1) as f64
    }

    /// Share of the right labels that were given; 0 where there is none.
    pub fn recall(self) -> f64 {
        self.hits as f64 / (self.hits + self.missed).max(1) as f64
    }

    /// The harmonic mean of the two; nothing where there was nothing to find and nothing was found.
    pub fn f1(self) -> Option<f64> {
        let all = 2 * self.hits + self.wrong + self.missed;
        (all > 0).then(|| 2.0 * self.hits as f64 / all as f64)
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

/// The figures of one facet over the posts of one language, or of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FacetScore {
    /// Which facet.
    pub facet: &'static str,
    /// `zh`, `en`, or `all`.
    pub lang: String,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Tallied,
    /// Share of the given labels that are right.
    pub precision: f64,
    /// Share of the right labels that were given.
    pub recall: f64,
    /// The harmonic mean of the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f1: Option<f64>,
    /// Mean F1 of the labels that stand at least three times in the gold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub macro_f1: Option<f64>,
    /// How many labels that are.
    pub macro_labels: usize,
}

/// The figures of one label over the posts of all languages asked for.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabelScore {
    /// Its facet.
    pub facet: &'static str,
    /// The label, such as `taste:buy`.
    pub label: String,
    /// Its counts.
    #[serde(flatten)]
    pub counts: Tallied,
    /// Share of the given labels that are right.
    pub precision: f64,
    /// Share of the right labels that were given.
    pub recall: f64,
    /// The harmonic mean of the two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub f1: Option<f64>,
}

/// A post in which an entry erred.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Slip {
    /// The post's id in the gold file.
    pub post: String,
    /// The label given or missed.
    pub label: String,
    /// The words that were read; for a missed label those that the coders noted, if they did.
    pub words: String,
    /// The post around them.
    pub text: String,
}

/// An entry of the lexicon with its errors.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct EntryScore {
    /// Its full name, `path#id`.
    pub rule: String,
    /// Posts in which it gave a right label.
    pub right: u64,
    /// Posts in which it gave a wrong one.
    pub wrong: u64,
    /// Posts in which its label was missed.
    pub missed: u64,
    /// Some of the wrong ones.
    pub wrong_quotes: Vec<Slip>,
    /// Some of the missed ones.
    pub missed_quotes: Vec<Slip>,
}

/// What scoring found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Posts in the gold file.
    pub posts: usize,
    /// Posts of it that the reading did not give: rejected rows, or rows without text.
    pub unread: Vec<String>,
    /// The version of the codebook by which they were labelled.
    pub codebook_version: u32,
    /// Per facet and language.
    pub facets: Vec<FacetScore>,
    /// Per label, those with most errors first.
    pub labels: Vec<LabelScore>,
    /// Entries that erred, those with most errors first.
    pub entries: Vec<EntryScore>,
}

/// What was read in one post.
#[derive(Default)]
struct Given {
    /// The text as it was read, which the words refer to.
    text: String,
    /// Its labels with the words that carried each.
    labels: BTreeMap<(Facet, String), Vec<Trace>>,
}

/// Scores the labels of a run over a gold file; `lang` narrows it to the posts that the gold file says are of that language.
///
/// # Errors
/// A gold file that cannot be read.
pub fn score(run: Run, gold_path: &Path, lang: Option<&str>) -> Result<(Score, Report)> {
    let gold = load(gold_path)?;
    let interpreter = run.interpreter.clone();
    let lexicon = interpreter.lexicon();
    let known = Known::of(&lexicon.taxonomy, &gold);
    let mut given: BTreeMap<String, Given> = BTreeMap::new();
    let report = survey(
        run,
        |batch: &mut Vec<(String, Given)>, post, evidence, _| {
            if let Some(id) = &post.id {
                let labels = labels(&lexicon.taxonomy, known, evidence);
                batch.push((id.clone(), Given { text: post.text.clone(), labels }));
            }
        },
        |batch| {
            given.extend(batch.into_iter().filter(|(id, _)| gold.contains_key(id)));
            Ok(())
        },
    )?;
    let mut count = Count { lexicon, facets: BTreeMap::new(), entries: BTreeMap::new() };
    let none = Given::default();
    for (id, post) in gold.iter().filter(|(_, post)| lang.is_none_or(|lang| post.lang == lang)) {
        count.post(post, given.get(id).unwrap_or(&none));
    }
    let langs = match lang {
        Some(lang) => vec![lang],
        None => vec!["all", "zh", "en"],
    };
    let score = Score {
        posts: gold.len(),
        unread: gold.keys().filter(|id| !given.contains_key(*id)).cloned().collect(),
        codebook_version: known.version,
        facets: langs.iter().flat_map(|lang| Facet::ALL.map(|facet| count.facet(facet, lang))).collect(),
        labels: count.labels(),
        entries: count.worst(),
    };
    Ok((score, report))
}

/// The labels that a post was given, as the coders knew them.
fn labels(taxonomy: &Taxonomy, known: Known<'_>, evidence: &Evidence) -> BTreeMap<(Facet, String), Vec<Trace>> {
    let mut out: BTreeMap<(Facet, String), Vec<Trace>> = BTreeMap::new();
    for (target, trace) in label::said(evidence) {
        let named = match target {
            Target::Category(id) => known.category(id).map(|id| (Facet::Categories, id.to_owned())),
            Target::Occasion(id) => known.occasion(id).map(|id| (Facet::Occasions, id.to_owned())),
            Target::Motive(id, _) if taxonomy.motive(id).since <= known.version => {
                Some((Facet::Motives, taxonomy.label(target)))
            }
            Target::Essence(id) if taxonomy.essence(id).since <= known.version => {
                Some((Facet::Essences, taxonomy.label(target)))
            }
            _ => None,
        };
        if let Some(named) = named {
            out.entry(named).or_default().push(trace);
        }
    }
    out
}

/// The counts so far.
struct Count<'l> {
    lexicon: &'l Lexicon,
    /// Per facet, language and label.
    facets: BTreeMap<(Facet, String, String), Tallied>,
    entries: BTreeMap<String, EntryScore>,
}

impl Count<'_> {
    fn post(&mut self, gold: &GoldPost, given: &Given) {
        for facet in Facet::ALL {
            let (sure, maybe) = (gold.sure.of(facet), gold.disputed.of(facet));
            for ((_, label), traces) in given.labels.iter().filter(|((f, _), _)| *f == facet) {
                let right = sure.contains(label);
                if right {
                    self.add(facet, gold, label, Tallied { hits: 1, ..Tallied::default() });
                } else if !maybe.contains(label) {
                    self.add(facet, gold, label, Tallied { wrong: 1, ..Tallied::default() });
                } else {
                    continue;
                }
                self.blame(gold, &given.text, (label, traces), right);
            }
            for label in sure.iter().filter(|label| !given.labels.contains_key(&(facet, (*label).clone()))) {
                self.add(facet, gold, label, Tallied { missed: 1, ..Tallied::default() });
                self.miss(facet, gold, label);
            }
        }
    }

    fn add(&mut self, facet: Facet, gold: &GoldPost, label: &str, one: Tallied) {
        self.facets.entry((facet, gold.lang.clone(), label.to_owned())).or_default().add(one);
    }

    /// Tells the entries that gave a label.
    fn blame(&mut self, gold: &GoldPost, text: &str, (label, traces): (&str, &[Trace]), right: bool) {
        let rules: BTreeSet<_> = traces.iter().map(|t| t.rule).collect();
        for rule in rules {
            let name = self.lexicon.taxonomy.rule(rule);
            let entry = self.entries.entry(name.to_owned()).or_default();
            if right {
                entry.right += 1;
                continue;
            }
            entry.wrong += 1;
            let mut spans: Vec<_> = traces.iter().filter(|t| t.rule == rule).map(|t| t.span.range()).collect();
            spans.sort_by_key(|s| (s.start, s.end));
            let words = spans.iter().find_map(|s| text.get(s.clone())).unwrap_or_default().to_owned();
            let text = excerpt(text, &spans, QUOTE).text;
            entry.wrong_quotes.push(Slip { post: gold.id.clone(), label: label.to_owned(), words, text });
        }
    }

    /// Tells the entry that should have given a label.
    fn miss(&mut self, facet: Facet, gold: &GoldPost, label: &str) {
        let taxonomy = &self.lexicon.taxonomy;
        let facet_of = |target| match target {
            Target::Category(_) => Some(Facet::Categories),
            Target::Occasion(_) => Some(Facet::Occasions),
            Target::Motive(..) => Some(Facet::Motives),
            Target::Essence(_) => Some(Facet::Essences),
            _ => None,
        };
        let own = |target| facet_of(target) == Some(facet) && taxonomy.label(target) == label;
        let Some(entry) = self.lexicon.entries.iter().find(|e| own(e.target)) else { return };
        let score = self.entries.entry(taxonomy.rule(entry.rule).to_owned()).or_default();
        score.missed += 1;
        let words = gold.words(facet, label);
        let span = (!words.is_empty()).then(|| gold.text.find(words)).flatten().map(|at| at..at + words.len());
        score.missed_quotes.push(Slip {
            post: gold.id.clone(),
            label: label.to_owned(),
            words: words.to_owned(),
            text: excerpt(&gold.text, span.as_slice(), QUOTE).text,
        });
    }

    fn facet(&self, facet: Facet, lang: &str) -> FacetScore {
        let mut labels: BTreeMap<&str, Tallied> = BTreeMap::new();
        for ((_, _, label), counts) in
            self.facets.iter().filter(|((f, l, _), _)| *f == facet && (lang == "all" || l == lang))
        {
            labels.entry(label).or_default().add(*counts);
        }
        let mut counts = Tallied::default();
        labels.values().for_each(|&c| counts.add(c));
        let common: Vec<f64> = labels.values().filter(|c| c.hits + c.missed >= COMMON).filter_map(|c| c.f1()).collect();
        FacetScore {
            facet: facet.as_str(),
            lang: lang.to_owned(),
            counts,
            precision: counts.precision(),
            recall: counts.recall(),
            f1: counts.f1(),
            macro_f1: (!common.is_empty()).then(|| common.iter().sum::<f64>() / common.len() as f64),
            macro_labels: common.len(),
        }
    }

    fn labels(&self) -> Vec<LabelScore> {
        let mut labels: BTreeMap<(Facet, &str), Tallied> = BTreeMap::new();
        for ((facet, _, label), counts) in &self.facets {
            labels.entry((*facet, label)).or_default().add(*counts);
        }
        let mut out: Vec<LabelScore> = labels
            .into_iter()
            .map(|((facet, label), counts)| LabelScore {
                facet: facet.as_str(),
                label: label.to_owned(),
                counts,
                precision: counts.precision(),
                recall: counts.recall(),
                f1: counts.f1(),
            })
            .collect();
        out.sort_by_key(|l| std::cmp::Reverse(l.counts.wrong + l.counts.missed));
        out
    }

    fn worst(&self) -> Vec<EntryScore> {
        let mut out: Vec<EntryScore> = self
            .entries
            .iter()
            .filter(|(_, e)| e.wrong + e.missed > 0)
            .map(|(rule, e)| {
                let mut entry = EntryScore { rule: rule.clone(), ..e.clone() };
                entry.wrong_quotes.truncate(QUOTES);
                entry.missed_quotes.truncate(QUOTES);
                entry
            })
            .collect();
        out.sort_by_key(|e| std::cmp::Reverse(e.wrong + e.missed));
        out
    }
}
