//! Candidate new surfaces for a label: words that stand near its hits more often than chance would have it, and that it does not have yet.

mod corpus;
mod grams;
mod known;
mod page;
mod shape;

pub use page::suggest_page;

use serde::Serialize;

use super::label;
use super::units::likelihood_ratio;
use crate::accumulate::{excerpt, text_hash};
use crate::error::{Error, ErrorKind, Result};
use crate::lexicon::{Lexicon, Target};
use crate::normalize::{Document, is_han};
use crate::pipeline::{Report, Run, survey};
use corpus::{Corpus, Seen};
use grams::{Counts, Gram, Sides, Tally, symbols};
use known::Known;
use shape::Shape;

/// Longest quote, in characters.
const QUOTE: usize = 60;
/// Bits that the weakest joint of a candidate must hold.
const COHESION: f64 = 4.0;
/// Bits of branching entropy that a candidate of several symbols needs on both sides.
const ENTROPY: f64 = 1.5;
/// Bits of score per bit of each kind of evidence, settled by taking nearly all surfaces from four labels (a category, two occasions, a
/// motive) and seeing how many of them come back among the first 20.
const ASSOCIATION: f64 = 1.5;
const AFFINITY: f64 = 0.5;
const EDGES: f64 = 0.5;
/// Off for a run that never stands near a hit, though it is made of the same stuff.
const NEVER_NEAR: f64 = 2.0;
/// A script with a smaller share of the symbols of the corpus is foreign to it: no candidates.
const FOREIGN: f64 = 0.1;
const LIKENESS: f64 = 1.0;
/// Times that a candidate must be met; fewer for a label that stands in few posts.
const LEAST: u32 = 5;
const FEW: (u32, u32) = (200, 3);
/// Candidates whose sides are looked at, per one that is shown.
const LOOKED_AT: usize = 40;

/// What to suggest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuggestPlan {
    /// Candidates shown.
    pub top: usize,
    /// Clauses on either side of a hit that count as near it.
    pub window: usize,
    /// Posts in which a candidate must stand, and times near a hit, where nobody says how many: by the number of posts with the label.
    pub least: Option<u32>,
}

/// A candidate.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The word or phrase, normalized.
    pub surface: String,
    /// Clauses near a hit of the label in which it stands.
    pub near: u32,
    /// Times as often as chance would have it there.
    pub lift: f64,
    /// Log-likelihood ratio of standing there.
    pub ratio: f64,
    /// Posts with it.
    pub posts: u32,
    /// Posts with it that do not have the label: what it would add.
    pub new_posts: u32,
    /// The least mutual information over its joints, in bits; absent for one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohesion: Option<f64>,
    /// The lesser of its branching entropies, in bits.
    pub entropy: f64,
    /// A post with it and the label, and one with it alone.
    pub quotes: Vec<String>,
}

/// Candidates for a label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestions {
    /// The label.
    pub label: String,
    /// Its kind, as the files write it.
    pub kind: &'static str,
    /// Posts that were looked at.
    pub posts: usize,
    /// Posts with the label.
    pub labelled: usize,
    /// The candidates, best first.
    pub candidates: Vec<Candidate>,
}

/// Looks for candidates in a corpus.
///
/// # Errors
/// A name that means no label; a corpus in which the label does not stand.
pub fn suggest(run: Run, written: &str, plan: SuggestPlan) -> Result<(Suggestions, Report)> {
    let interpreter = run.interpreter.clone();
    let lexicon = interpreter.lexicon();
    let target = label::find(lexicon, written)?;
    let targets = family(lexicon, target);
    let mut corpus = Corpus::default();
    let report = survey(
        run,
        |batch: &mut Vec<Seen>, post, evidence, counts| {
            if counts {
                let said = label::said(evidence).into_iter();
                let mut hits: Vec<_> = said.filter(|(t, _)| targets.contains(t)).map(|(_, trace)| trace.span).collect();
                batch.push(Seen::new(&post.text, &mut hits));
            }
        },
        |batch| {
            batch.into_iter().for_each(|seen| corpus.add(seen));
            Ok(())
        },
    )?;
    let labelled = corpus.texts.iter().filter(|t| t.labelled).count();
    let name = lexicon.taxonomy.label(target);
    if labelled == 0 {
        return Err(Error::new(ErrorKind::Input, format!("no post of the corpus has the label `{name}`"))
            .help("give more posts, or first write a few words for it yourself"));
    }
    let known = Known::of(lexicon, &targets);
    let shape = Shape::of(lexicon, target, &corpus);
    let candidates =
        Search { corpus: &corpus, known: &known, shape: &shape, labelled: labelled as u32, plan }.candidates();
    let kind = target.kind();
    Ok((Suggestions { label: name, kind, posts: corpus.texts.len(), labelled, candidates }, report))
}

/// The labels whose hits are hits of this one: a category is named by its brands and its kinds too.
fn family(lexicon: &Lexicon, target: Target) -> Vec<Target> {
    let Target::Category(id) = target else { return vec![target] };
    let t = &lexicon.taxonomy;
    let is_kind = |c| t.lineage_up(c).any(|up| up == id);
    let entities = lexicon.entries.iter().map(|e| e.target);
    let mut out = vec![target];
    out.extend(entities.filter(|&e| match e {
        Target::Category(c) => c != id && is_kind(c),
        Target::Brand(b) => is_kind(t.brand(b).home),
        _ => false,
    }));
    out
}

/// A run that may be a surface.
struct Found {
    gram: Gram,
    tally: Tally,
    surface: String,
    lift: f64,
    ratio: f64,
    cohesion: Option<f64>,
    entropy: f64,
    score: f64,
}

/// What candidates are looked for with.
struct Search<'s> {
    corpus: &'s Corpus,
    known: &'s Known,
    shape: &'s Shape,
    /// Posts with the label.
    labelled: u32,
    plan: SuggestPlan,
}

impl Search<'_> {
    fn candidates(&self) -> Vec<Candidate> {
        let counts = Counts::of(self.corpus, self.plan.window, self.least(), |s, share| self.shape.tells(s, share));
        let mut found: Vec<Found> = counts.candidates.iter().filter_map(|gram| self.weigh(&counts, gram)).collect();
        order(&mut found);
        found.truncate(self.plan.top * LOOKED_AT);
        let (sides, hits) = Sides::of(self.corpus, found.iter().map(|f| f.gram));
        for one in &mut found {
            let Some(sides) = sides.get(&one.gram) else { continue };
            one.entropy = sides.entropy();
            one.score += LIKENESS * sides.likeness(&hits, &counts);
        }
        found.retain(|one| one.entropy >= ENTROPY);
        order(&mut found);
        let mut kept: Vec<Found> = Vec::new();
        for one in found {
            if kept.len() == self.plan.top {
                break;
            }
            if !kept.iter().any(|better| same(better, &one)) {
                kept.push(one);
            }
        }
        kept.into_iter().map(|one| candidate(self.corpus, one)).collect()
    }

    /// Times that a candidate must be met.
    fn least(&self) -> u32 {
        let (few, rare) = FEW;
        self.plan.least.unwrap_or(if self.labelled < few { rare } else { LEAST })
    }

    /// What a run is worth; nothing where it cannot be a surface.
    fn weigh(&self, counts: &Counts, gram: &Gram) -> Option<Found> {
        let run = symbols(gram);
        let tally = counts.tally(gram);
        let expected = f64::from(tally.clauses) * counts.near as f64 / counts.clauses as f64;
        // Names of things stand beside other names of things; one that never does is a stray.
        let stray = self.known.names_things && tally.near == 0;
        if tally.posts == tally.labelled || tally.posts < self.least() || stray {
            return None;
        }
        let cohesion = counts.cohesion(gram);
        if cohesion.is_some_and(|bits| bits < COHESION) {
            return None;
        }
        let han = self.corpus.name(run[0]).chars().next().is_some_and(is_han);
        let written = |part: &[u32]| {
            part.iter().map(|&s| self.corpus.name(s)).collect::<Vec<_>>().join(if han { "" } else { " " })
        };
        let surface = written(run);
        if counts.script_share(han) < FOREIGN {
            return None;
        }
        let letters = surface.bytes().any(|b| b.is_ascii_alphabetic());
        let short = if han { run.len() < 2 } else { surface.len() < 3 || !letters };
        let least = if han { 2 } else { 1 };
        let parts = (0..run.len()).flat_map(|from| (from + least..=run.len()).map(move |to| (from, to)));
        if short || self.known.holds(parts.map(|(from, to)| written(&run[from..to]))) {
            return None;
        }
        let association = ((f64::from(tally.near) + 1.0) / (expected + 1.0)).log2();
        let affinity = run.iter().map(|&s| self.shape.affinity(s, counts.share(s))).fold(0.0, f64::max);
        let ratio = likelihood_ratio(u64::from(tally.near), u64::from(tally.clauses), counts.near, counts.clauses);
        // What would add more posts than the label has is likely something wider.
        let wider = (f64::from(tally.posts - tally.labelled) / f64::from(self.labelled)).log2().max(0.0);
        let never = if tally.near == 0 { NEVER_NEAR } else { 0.0 };
        let score =
            ASSOCIATION * association + AFFINITY * affinity + EDGES * self.shape.edges(run, counts) - wider - never;
        let lift = f64::from(tally.near) / expected;
        Some(Found { gram: *gram, tally, surface, lift, ratio, cohesion, entropy: 0.0, score })
    }
}

fn order(found: &mut [Found]) {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.surface.cmp(&b.surface)));
}

/// Whether two candidates are the same find: one is a part of the other, and they stand together most of the time.
fn same(better: &Found, other: &Found) -> bool {
    let (long, short) = if better.surface.len() >= other.surface.len() { (better, other) } else { (other, better) };
    long.surface.contains(&short.surface) && long.tally.clauses * 2 >= short.tally.clauses
}

fn candidate(corpus: &Corpus, one: Found) -> Candidate {
    let run = symbols(&one.gram);
    let mut quotes: [Option<(u64, String)>; 2] = [None, None];
    for text in corpus.texts.iter().filter(|t| t.symbols.windows(run.len()).any(|w| w == run)) {
        let hash = text_hash(&text.raw);
        let best = &mut quotes[usize::from(!text.labelled)];
        if best.as_ref().is_none_or(|(known, _)| hash < *known)
            && let Some(quote) = quote(&text.raw, &one.surface)
        {
            *best = Some((hash, quote));
        }
    }
    let six = |value: f64| (value * 1e3).round() / 1e3;
    Candidate {
        surface: one.surface,
        near: one.tally.near,
        lift: six(one.lift),
        ratio: six(one.ratio),
        posts: one.tally.posts,
        new_posts: one.tally.posts - one.tally.labelled,
        cohesion: one.cohesion.map(six),
        entropy: six(one.entropy),
        quotes: quotes.into_iter().flatten().map(|(_, quote)| quote).collect(),
    }
}

/// The words around a surface in a post.
fn quote(raw: &str, surface: &str) -> Option<String> {
    let doc = Document::new(raw, 0);
    let letter = |c: char| c.is_ascii_alphanumeric();
    let norm = doc.norm().replace(['-', '&'], " ");
    let whole = |&(at, _): &(usize, &str)| {
        let (before, after) = (&norm[..at], &norm[at + surface.len()..]);
        !(surface.starts_with(letter) && before.ends_with(letter)
            || surface.ends_with(letter) && after.starts_with(letter))
    };
    let (at, _) = norm.match_indices(surface).find(whole)?;
    let span = doc.to_raw(crate::normalize::span::Span::new(at, at + surface.len()));
    let shown = excerpt(raw, &[span.range()], QUOTE).text;
    Some(shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::interpret::Interpreter;
    use crate::lexicon::source::Source;
    use crate::normalize::span::Span;

    /// A corpus in which people who are up at night go for a word that nobody listed, and others talk of the weather.
    fn corpus(label: &str) -> Corpus {
        let mut corpus = Corpus::default();
        let towns = ["东", "西", "南", "北", "山", "河", "林", "田"];
        for (i, town) in (0..480).zip(towns.iter().cycle()) {
            let (before, after) =
                (["一起", "大家", "自己", "偷偷", "立刻"][i % 5], ["吧", "呢", "啊", "呀", "哦"][i % 7 % 5]);
            let food = if i % 3 == 0 { "撸螺串" } else { "回家" };
            let text = match i % 16 {
                0 | 8 => format!("{town}{i}街{label}，{before}{food}{after}{i}"),
                3 => format!("{town}{i}街下雨，{before}{food}{after}{i}"),
                _ => format!("{town}{i}街下雨，天气{town}好{i}"),
            };
            let at = text.find(label);
            corpus.add(Seen::new(
                &text,
                &mut at.map(|at| Span::new(at, at + label.len())).into_iter().collect::<Vec<_>>(),
            ));
        }
        corpus
    }

    fn search(least: u32) -> Vec<Candidate> {
        let book = "[occasion]\nnight = { zh = \"夜\", en = \"night\", facet = \"time\", def = \"\" }\n";
        let entry = "[[occasion]]\nid = \"night\"\nterms = '''\n半夜饿\n'''\nmatch = [\"半夜饿\"]\nmiss = [\"早上\"]\n";
        let layer = vec![Source::new("codebook.toml", book), Source::new("occasions/time.toml", entry)];
        let lexicon = Arc::new(Lexicon::of_layers(&[layer]).expect("loads"));
        let interpreter = Interpreter::new(lexicon).expect("compiles");
        let lexicon = interpreter.lexicon();
        let target = label::find(lexicon, "night").expect("there");
        let corpus = corpus("半夜饿");
        let labelled = corpus.texts.iter().filter(|t| t.labelled).count() as u32;
        let (known, shape) = (Known::of(lexicon, &[target]), Shape::of(lexicon, target, &corpus));
        let plan = SuggestPlan { top: 5, window: 1, least: Some(least) };
        Search { corpus: &corpus, known: &known, shape: &shape, labelled, plan }.candidates()
    }

    #[test]
    fn a_word_that_no_dictionary_has_is_found_whole_with_quotes() {
        let found = search(5);
        let word = found.iter().find(|c| c.surface.contains("撸螺串")).unwrap_or_else(|| panic!("{found:?}"));
        assert!(word.near >= 5 && word.lift > 2.0 && word.new_posts > 0, "{word:?}");
        assert!(word.quotes.iter().all(|q| q.contains("撸螺串")) && word.quotes.len() == 2, "{word:?}");
        assert!(!found.iter().any(|c| c.surface.contains("半夜饿") || c.surface == "天气"), "{found:?}");
    }

    #[test]
    fn the_same_posts_give_the_same_candidates() {
        assert_eq!(search(3), search(3));
        assert!(search(1_000).is_empty());
    }
}
