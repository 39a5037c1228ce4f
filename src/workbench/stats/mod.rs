//! What the lexicons find in a corpus: hits per entry, dead entries, the share of posts with each facet, words that nothing was found for.

mod page;

pub use page::{entry_page, stats_page};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::label;
use super::units::{Words, likelihood_ratio};
use crate::accumulate::ShownWords;
use crate::error::Result;
use crate::interpret::Interpreter;
use crate::interpret::evidence::{Evidence, Lang};
use crate::lexicon::id::{RuleId, Voice};
use crate::lexicon::{Entry, Status, Target};
use crate::matcher::{Scratch, spellings};
use crate::normalize::Document;
use crate::pipeline::{Report, Run, survey};
use crate::read::post::Post;

/// Posts in which a word must stand to be shown among those that nothing was found for.
const LEAST_POSTS: u32 = 5;
/// Posts of a language below which its words are not looked at.
const LEAST_LANG: u64 = 20;
/// Such words per facet and language.
const WORDS: usize = 60;

/// The facets whose gaps are shown.
const FACETS: [&str; 4] = ["categories", "occasions", "motives", "essences"];

/// Posts of both languages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ByLang {
    /// Chinese posts.
    pub zh: u64,
    /// English posts.
    pub en: u64,
}

impl ByLang {
    /// Posts of either language.
    pub fn all(self) -> u64 {
        self.zh + self.en
    }

    fn add(&mut self, lang: Lang) {
        match lang {
            Lang::Zh => self.zh += 1,
            Lang::En => self.en += 1,
            Lang::Other => {}
        }
    }

    fn of(self, lang: Lang) -> u64 {
        if lang == Lang::Zh { self.zh } else { self.en }
    }

    fn merge(&mut self, other: Self) {
        self.zh += other.zh;
        self.en += other.en;
    }
}

/// One entry in the corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryStats {
    /// Its full name.
    pub rule: String,
    /// Hits.
    pub hits: u64,
    /// Posts with a hit.
    pub posts: ByLang,
    /// Surfaces that were seen in one of their forms.
    pub surfaces_seen: usize,
    /// Surfaces of the entry.
    pub surfaces: usize,
    /// Surfaces that were never seen.
    pub unseen: Vec<String>,
    /// The words that were read, most frequent first.
    pub forms: Vec<(String, u64)>,
}

/// A word of posts in which a facet found nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnlabelledWord {
    /// The word, normalized.
    pub word: String,
    /// Posts with it in which the facet found nothing.
    pub posts: u64,
    /// All posts with it.
    pub of: u64,
    /// How much it belongs to such posts: log-likelihood ratio.
    pub ratio: f64,
}

/// Words of posts in which a facet found nothing, those first that belong to such posts most.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gap {
    /// The facet.
    pub facet: &'static str,
    /// `zh` or `en`.
    pub lang: &'static str,
    /// Posts in which it found nothing.
    pub posts: u64,
    /// Their words.
    pub words: Vec<UnlabelledWord>,
}

/// What the lexicons find in a corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Posts that were looked at.
    pub posts: ByLang,
    /// Posts with each facet, in a fixed order: name, posts.
    pub facets: Vec<(&'static str, ByLang)>,
    /// Entries with a hit, those with most posts first.
    pub entries: Vec<EntryStats>,
    /// Entries without a hit.
    pub dead: Vec<String>,
    /// What is not covered.
    pub gaps: Vec<Gap>,
}

/// A rule in the posts so far.
#[derive(Default)]
struct RuleSeen {
    hits: u64,
    posts: ByLang,
    forms: FxHashMap<Box<str>, u64>,
}

/// A word in the posts so far: posts with it, and of these the ones in which each facet found nothing.
#[derive(Default, Clone, Copy)]
struct WordSeen {
    posts: u32,
    without: [u32; FACETS.len()],
}

/// The posts of a batch, or of all.
#[derive(Default)]
struct Seen {
    posts: ByLang,
    facets: [ByLang; 7],
    rules: FxHashMap<RuleId, RuleSeen>,
    words: [FxHashMap<Box<str>, WordSeen>; 2],
    scratch: Scratch,
    cutting: Words,
}

/// Names of the facets that are counted: those of [`FACETS`] first.
const COUNTED: [&str; 7] =
    ["categories", "occasions", "motives", "essences", "relations", "customers", "not a consumer"];

/// Reads a corpus and counts.
///
/// # Errors
/// A ledger that does not balance (a bug).
pub fn stats(run: Run) -> Result<(Stats, Report)> {
    let interpreter = run.interpreter.clone();
    let mut all = Seen::default();
    let report = survey(
        run,
        |seen: &mut Seen, post, evidence, counts| {
            if counts {
                seen.add(&interpreter, post, evidence);
            }
        },
        |seen| {
            all.merge(seen);
            Ok(())
        },
    )?;
    Ok((all.finish(&interpreter), report))
}

impl Seen {
    fn add(&mut self, interpreter: &Interpreter, post: &Post, evidence: &Evidence) {
        let lang = evidence.lang;
        self.posts.add(lang);
        let found = [
            evidence.mentions.iter().any(|m| !m.passing),
            !evidence.occasions.is_empty(),
            !evidence.motives.is_empty(),
            !evidence.essences.is_empty(),
            !evidence.relations.is_empty(),
            !evidence.customers.is_empty(),
            evidence.voice != Voice::Consumer,
        ];
        for (facet, _) in self.facets.iter_mut().zip(found).filter(|(_, found)| *found) {
            facet.add(lang);
        }
        let doc = Document::new(&post.text, post.title_len);
        self.add_rules(interpreter, &doc, evidence);
        let (words, cutting) = (&mut self.words[usize::from(lang == Lang::En)], &mut self.cutting);
        let mut known: FxHashSet<Box<str>> = FxHashSet::default();
        cutting.each(&doc, |word| {
            if !known.contains(word) {
                known.insert(word.into());
            }
        });
        for word in known {
            let seen = words.entry(word).or_default();
            seen.posts += 1;
            for (without, _) in seen.without.iter_mut().zip(found).filter(|(_, found)| !found) {
                *without += 1;
            }
        }
    }

    fn add_rules(&mut self, interpreter: &Interpreter, doc: &Document<'_>, evidence: &Evidence) {
        let lang = evidence.lang;
        let words = ShownWords::of(doc.raw());
        // A mention of a brand is one hit, though it stands for its category too; passing ones are hits of the words all the same.
        let mut hits: Vec<(RuleId, String)> = label::said(evidence)
            .into_iter()
            .filter(|(target, _)| !matches!(target, Target::Category(_) | Target::Brand(_)))
            .map(|(_, trace)| trace)
            .chain(evidence.mentions.iter().map(|m| m.trace))
            .map(|t| (t.rule, written(&words.at(t.span.range()))))
            .collect();
        for cue in interpreter.cues(doc, &mut self.scratch) {
            hits.push((cue.rule, doc.norm()[cue.span.range()].to_owned()));
        }
        let mut rules: Vec<RuleId> = Vec::with_capacity(hits.len());
        for (rule, form) in hits {
            let seen = self.rules.entry(rule).or_default();
            seen.hits += 1;
            *seen.forms.entry(form.into()).or_default() += 1;
            rules.push(rule);
        }
        rules.sort_unstable();
        rules.dedup();
        for rule in rules {
            self.rules.entry(rule).or_default().posts.add(lang);
        }
    }

    fn merge(&mut self, other: Self) {
        self.posts.merge(other.posts);
        for (mine, theirs) in self.facets.iter_mut().zip(other.facets) {
            mine.merge(theirs);
        }
        for (rule, theirs) in other.rules {
            let mine = self.rules.entry(rule).or_default();
            mine.hits += theirs.hits;
            mine.posts.merge(theirs.posts);
            for (form, n) in theirs.forms {
                *mine.forms.entry(form).or_default() += n;
            }
        }
        for (mine, theirs) in self.words.iter_mut().zip(other.words) {
            for (word, seen) in theirs {
                let known = mine.entry(word).or_default();
                known.posts += seen.posts;
                known.without.iter_mut().zip(seen.without).for_each(|(a, b)| *a += b);
            }
        }
    }

    fn finish(self, interpreter: &Interpreter) -> Stats {
        let lexicon = interpreter.lexicon();
        let mut entries = Vec::new();
        let mut dead = Vec::new();
        for entry in lexicon.entries.iter().filter(|e| e.status != Status::Deprecated) {
            match self.rules.get(&entry.rule) {
                None => dead.push(lexicon.taxonomy.rule(entry.rule).to_owned()),
                Some(seen) => entries.push(entry_stats(entry, lexicon.taxonomy.rule(entry.rule), seen)),
            }
        }
        entries.sort_by(|a, b| b.posts.all().cmp(&a.posts.all()).then(a.rule.cmp(&b.rule)));
        let mut gaps = Vec::new();
        for (at, facet) in FACETS.iter().enumerate() {
            for (lang, words) in [Lang::Zh, Lang::En].into_iter().zip(&self.words) {
                let posts = self.posts.of(lang);
                if posts >= LEAST_LANG {
                    gaps.push(gap(facet, at, lang, (posts, posts - self.facets[at].of(lang)), words));
                }
            }
        }
        let facets = COUNTED.into_iter().zip(self.facets).collect();
        Stats { posts: self.posts, facets, entries, dead, gaps }
    }
}

fn entry_stats(entry: &Entry, rule: &str, seen: &RuleSeen) -> EntryStats {
    let noun = matches!(entry.target, Target::Category(_) | Target::Brand(_));
    let own: Vec<_> = entry.terms.iter().chain(entry.resolve.iter().flat_map(|r| &r.terms)).collect();
    let is_seen = |term: &crate::lexicon::Term| {
        let spelled = |form: &str| seen.forms.contains_key(form);
        spellings(term, noun).iter().any(|form| spelled(form))
            || term.open && seen.forms.keys().any(|form| form.starts_with(&term.surface))
    };
    let unseen: Vec<String> = own.iter().filter(|t| !is_seen(t)).map(|t| t.surface.clone()).collect();
    let mut forms: Vec<(String, u64)> = seen.forms.iter().map(|(form, &n)| (form.to_string(), n)).collect();
    forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    EntryStats {
        rule: rule.to_owned(),
        hits: seen.hits,
        posts: seen.posts,
        surfaces_seen: own.len() - unseen.len(),
        surfaces: own.len(),
        unseen,
        forms,
    }
}

/// Words as the lexicon writes them: normalized, Latin words by single spaces, without the possessive at the end.
fn written(raw: &str) -> String {
    let norm = crate::normalize::normalize(raw);
    if !norm.is_ascii() {
        return norm;
    }
    let words: Vec<&str> =
        norm.split(|c: char| !c.is_ascii_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).collect();
    let words = words.join(" ");
    words.strip_suffix("'s").map(str::to_owned).unwrap_or(words)
}

fn gap(
    facet: &'static str,
    at: usize,
    lang: Lang,
    (posts, without): (u64, u64),
    words: &FxHashMap<Box<str>, WordSeen>,
) -> Gap {
    let mut out: Vec<UnlabelledWord> = words
        .iter()
        .filter(|(_, seen)| seen.without[at] >= LEAST_POSTS)
        .map(|(word, seen)| UnlabelledWord {
            word: word.to_string(),
            posts: u64::from(seen.without[at]),
            of: u64::from(seen.posts),
            ratio: likelihood_ratio(u64::from(seen.without[at]), u64::from(seen.posts), without, posts),
        })
        .filter(|w| w.ratio >= 0.0)
        .collect();
    out.sort_by(|a, b| b.ratio.total_cmp(&a.ratio).then(b.posts.cmp(&a.posts)).then_with(|| a.word.cmp(&b.word)));
    out.truncate(WORDS);
    Gap { facet, lang: lang.as_str(), posts: without, words: out }
}
