//! Drawing the posts.

use std::collections::BTreeMap;

use super::Subject;
use crate::accumulate::{ShownWords, excerpt, text_hash};
use crate::error::{Error, ErrorKind, Result};
use crate::interpret::Interpreter;
use crate::interpret::evidence::Trace;
use crate::lexicon::id::Voice;
use crate::lexicon::{Lexicon, Target};
use crate::matcher::Scratch;
use crate::normalize::Document;
use crate::pipeline::{Report, Run, survey};
use crate::read::post::Post;
use crate::segment::Outline;

/// Longest excerpt of a post, in characters.
const EXCERPT: usize = 200;
/// Longest example, in characters: what does not speak within that is no example.
const EXAMPLE: usize = 80;

/// A post of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The words that were read.
    pub words: String,
    /// The entry that read them.
    pub rule: String,
    /// The least part of the post, in whole clauses, in which the entry speaks: what would become an example; empty where only the whole
    /// post speaks.
    pub clause: String,
    /// The post around the words.
    pub text: String,
}

/// Posts behind a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// What they were drawn for.
    pub label: String,
    /// What that means, in words.
    pub meaning: String,
    /// Posts that say it.
    pub posts: u64,
    /// The posts that were read, in a few words.
    pub corpus: String,
    /// The posts drawn, by hash.
    pub drawn: Vec<Drawn>,
}

/// The posts of smallest hash so far.
#[derive(Default)]
struct Urn {
    posts: u64,
    least: BTreeMap<u64, Drawn>,
    scratch: Scratch,
}

impl Urn {
    fn put(&mut self, most: usize, hash: u64, make: impl FnOnce(&mut Scratch) -> Drawn) {
        let full = self.least.len() >= most && self.least.last_key_value().is_some_and(|(&last, _)| hash > last);
        if full || self.least.contains_key(&hash) {
            return;
        }
        let drawn = make(&mut self.scratch);
        self.least.insert(hash, drawn);
        if self.least.len() > most {
            self.least.pop_last();
        }
    }

    fn merge(&mut self, most: usize, other: Self) {
        self.posts += other.posts;
        for (hash, drawn) in other.least {
            self.put(most, hash, |_| drawn);
        }
    }
}

/// Draws `most` posts behind a label or a pair, the same ones for any order of reading; copies of one text count once.
///
/// # Errors
/// A name that means nothing; no post that says it.
pub fn sample(run: Run, written: &str, most: usize) -> Result<(Sample, Report)> {
    let interpreter = run.interpreter.clone();
    let lexicon = interpreter.lexicon();
    let subject = Subject::read(lexicon, written)?;
    let label = subject.name(lexicon);
    let by_voice = matches!(subject, Subject::Label(Target::Voice(_)));
    let mut names: Vec<String> = run.inputs.as_slice().iter().map(|input| short(&input.label())).collect();
    names.dedup();
    let mut urn = Urn::default();
    let report = survey(
        run,
        |urn: &mut Urn, post, evidence, counts| {
            let traces = subject.said(lexicon, evidence);
            if traces.is_empty() || !counts || evidence.voice != Voice::Consumer && !by_voice {
                return;
            }
            urn.posts += 1;
            // Each label draws posts of its own.
            let hash = text_hash(&format!("{label} {:016x}", text_hash(&post.text)));
            urn.put(most, hash, |scratch| drawn(&interpreter, scratch, subject, post, &traces));
        },
        |batch| {
            urn.merge(most, batch);
            Ok(())
        },
    )?;
    if urn.least.is_empty() {
        return Err(Error::new(ErrorKind::Input, format!("no post says `{label}`"))
            .help("give other posts, or look at the words with `rival explain`"));
    }
    let meaning = meaning(lexicon, subject);
    let drawn = urn.least.into_values().collect();
    Ok((Sample { label, meaning, posts: urn.posts, corpus: names.join(", "), drawn }, report))
}

/// The last part of a path.
fn short(label: &str) -> String {
    label.rsplit(['/', '\\']).next().unwrap_or(label).to_owned()
}

fn drawn(interpreter: &Interpreter, scratch: &mut Scratch, subject: Subject, post: &Post, traces: &[Trace]) -> Drawn {
    let trace = traces[0];
    let span = trace.span.range();
    Drawn {
        words: ShownWords::of(&post.text).at(span.clone()).into_owned(),
        rule: interpreter.lexicon().taxonomy.rule(trace.rule).to_owned(),
        clause: clause(interpreter, scratch, subject, post, &trace).unwrap_or_default(),
        text: excerpt(&post.text, &[span], EXCERPT).text,
    }
}

/// The fewest whole clauses around the words in which the entry still speaks, with everything personal covered.
fn clause(
    interpreter: &Interpreter,
    scratch: &mut Scratch,
    subject: Subject,
    post: &Post,
    trace: &Trace,
) -> Option<String> {
    let lexicon = interpreter.lexicon();
    let doc = Document::new(&post.text, post.title_len);
    let mut outline = Outline::default();
    outline.read(doc.norm());
    let clauses: Vec<_> = outline.clauses.iter().map(|c| doc.to_raw(c.span)).collect();
    let first = clauses.iter().position(|c| c.end > trace.span.start)?;
    let last = clauses.iter().rposition(|c| c.start < trace.span.end)?.max(first);
    // The clause itself, then one more before, one more after, and so on.
    let around = (0..=4).flat_map(|wider: usize| [(wider, wider), (wider + 1, wider)]);
    for (before, after) in around {
        let from = clauses[first.saturating_sub(before)].start as usize;
        let to = clauses[(last + after).min(clauses.len() - 1)].end as usize;
        let raw = post.text[from..to].trim();
        if raw.chars().count() > EXAMPLE {
            return None;
        }
        let shown = excerpt(raw, &[], EXAMPLE).text.split_whitespace().collect::<Vec<_>>().join(" ");
        let evidence = interpreter.read(&Document::new(&shown, 0), scratch);
        if subject.said(lexicon, &evidence).iter().any(|t| t.rule == trace.rule) {
            return Some(shown);
        }
    }
    None
}

/// What a label means, for those who judge.
fn meaning(lexicon: &Lexicon, subject: Subject) -> String {
    let t = &lexicon.taxonomy;
    let named = |name: &crate::lexicon::taxonomy::Name| format!("{} · {}", name.zh, name.en);
    let defined = |d: &crate::lexicon::taxonomy::Defined| format!("{} · {}", named(&d.name), d.definition);
    match subject {
        Subject::Pair(pair) => {
            let [from, to] = pair.ends(t);
            format!("somebody took, takes or prefers {to} where it could have been {from}")
        }
        Subject::Label(target) => match target {
            Target::Category(id) => format!("{}: had, wanted, bought, used or judged", named(&t.category(id).name)),
            Target::Brand(id) => format!("{}: had, wanted, bought, used or judged", named(&t.brand(id).name)),
            Target::Occasion(id) => format!("{} · {}", named(&t.occasion(id).name), t.occasion(id).definition),
            Target::Motive(id, role) => {
                let role = match role.as_str() {
                    "buy" => "a reason to buy",
                    "avoid" => "a reason not to buy",
                    _ => "a reason to buy again",
                };
                format!("{} · {role}", defined(t.motive(id)))
            }
            Target::Essence(id) => defined(t.essence(id)),
            Target::Attribute(id) => named(&t.attribute(id).name),
            Target::Stage(id) => defined(t.stage(id)),
            Target::Customer(id) => named(&t.customer(id).name),
            Target::Relation(kind) => format!("the relation {}", kind.as_str()),
            Target::Voice(voice) => format!("who speaks: {}", voice.as_str()),
            Target::Cue(_) => String::new(),
        },
    }
}
