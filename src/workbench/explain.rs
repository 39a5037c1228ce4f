//! How a text is read, span by span; what an id means and where its words stand.

use std::fmt::Write as _;

use crate::interpret::Interpreter;
use crate::interpret::evidence::{Evidence, Side, Trace};
use crate::lexicon::id::Entity;
use crate::lexicon::{CODES, Entry, Lexicon, Target, Term};
use crate::matcher::{Log, Scratch, Verdict};
use crate::normalize::Document;
use crate::normalize::span::{Norm, Span};
use crate::read::reject::Reason;

/// How a text is read: what stands and by which rule; which candidates fell, and why.
pub fn explain_text(interpreter: &Interpreter, text: &str) -> String {
    let mut scratch = Scratch::default();
    scratch.log = Some(Log::default());
    let doc = Document::new(text, 0);
    let evidence = interpreter.read(&doc, &mut scratch);
    let mut page = Page { lexicon: interpreter.lexicon(), text, out: String::new() };
    page.line(&format!("text       {text}"));
    if doc.norm() != text {
        page.line(&format!("normalized {}", doc.norm()));
    }
    page.line(&format!("language   {}   voice {}", evidence.lang.as_str(), evidence.voice.as_str()));
    page.evidence(&evidence);
    let mut notes = scratch.log.take().unwrap_or_default().notes;
    notes.sort_by_key(|n| (n.span, n.rule));
    notes.dedup();
    if !notes.is_empty() {
        page.line("\nnot taken");
        for note in &notes {
            let words = &doc.norm()[note.span.range()];
            let why = why(note.verdict, &doc);
            page.line(&format!("  {words}  {why}  {}", interpreter.lexicon().taxonomy.rule(note.rule)));
        }
    }
    page.out
}

pub(super) fn why(verdict: Verdict, doc: &Document<'_>) -> String {
    let words = |span: Span<Norm>| &doc.norm()[span.range()];
    match verdict {
        Verdict::CrossesWord => "crosses a word boundary".to_owned(),
        Verdict::NotAWord => "is no word of its own here".to_owned(),
        Verdict::InsideLonger(span) => format!("stands inside {}", words(span)),
        Verdict::Unless(span) => format!("does not count in {}", words(span)),
        Verdict::Abstained => "has several meanings and nothing here decides".to_owned(),
        Verdict::OtherSense => "has another meaning here".to_owned(),
        Verdict::Negated => "is denied, asked or said of another thing".to_owned(),
        Verdict::WithoutThing => "counts only beside a thing, and none is near".to_owned(),
        Verdict::News => "stands in a post of news or politics".to_owned(),
        Verdict::Figurative => "is a likeness or part of a title".to_owned(),
    }
}

/// Builds the page.
struct Page<'p> {
    lexicon: &'p Lexicon,
    text: &'p str,
    out: String,
}

impl Page<'_> {
    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn trace(&self, trace: &Trace) -> String {
        let span = trace.span;
        format!(
            "{} [{}..{}]  {}",
            &self.text[span.range()],
            span.start,
            span.end,
            self.lexicon.taxonomy.rule(trace.rule)
        )
    }

    fn entity(&self, entity: Entity) -> &str {
        match entity {
            Entity::Category(c) => &self.lexicon.taxonomy.category(c).name.id,
            Entity::Brand(b) => &self.lexicon.taxonomy.brand(b).name.id,
        }
    }

    fn list(&mut self, title: &str, rows: Vec<(String, Vec<String>)>) {
        if rows.is_empty() {
            return;
        }
        self.line(&format!("\n{title}"));
        for (head, traces) in rows {
            for (i, trace) in traces.iter().enumerate() {
                let shown = if i == 0 { head.as_str() } else { "" };
                self.line(&format!("  {shown:<34} {trace}"));
            }
        }
    }

    fn of(&self, of: &[Entity]) -> String {
        if of.is_empty() {
            String::new()
        } else {
            format!(" of {}", of.iter().map(|&e| self.entity(e)).collect::<Vec<_>>().join(", "))
        }
    }

    fn evidence(&mut self, evidence: &Evidence) {
        let taxonomy = &self.lexicon.taxonomy;
        let traces = |page: &Self, traces: &[Trace]| traces.iter().map(|t| page.trace(t)).collect::<Vec<_>>();
        let mentions = evidence
            .mentions
            .iter()
            .map(|m| {
                let brand = m.brand.map_or(String::new(), |b| format!("/{}", taxonomy.brand(b).name.id));
                let passing = if m.passing { " (in passing)" } else { "" };
                let head = format!("{}{brand} {}{passing}", taxonomy.category(m.category).name.id, m.polarity.as_str());
                (head, vec![self.trace(&m.trace)])
            })
            .collect();
        let occasions = evidence
            .occasions
            .iter()
            .map(|o| (taxonomy.occasion(o.id).name.id.clone(), traces(self, &o.traces)))
            .collect();
        let motives = evidence
            .motives
            .iter()
            .map(|m| {
                (
                    format!("{}:{}{}", taxonomy.motive(m.id).name.id, m.role.as_str(), self.of(&m.of)),
                    traces(self, &m.traces),
                )
            })
            .collect();
        let essences = evidence
            .essences
            .iter()
            .map(|e| (format!("{}{}", taxonomy.essence(e.id).name.id, self.of(&e.of)), traces(self, &e.traces)))
            .collect();
        let side = |s: Option<Side>| {
            s.map_or("?".to_owned(), |s| match s.brand {
                Some(brand) => taxonomy.brand(brand).name.id.clone(),
                None => taxonomy.category(s.category).name.id.clone(),
            })
        };
        let relations = evidence
            .relations
            .iter()
            .map(|r| (format!("{} {} {}", side(r.a), r.kind.as_str(), side(r.b)), traces(self, &r.traces)))
            .collect();
        let links = evidence
            .links
            .iter()
            .map(|l| {
                let occasion = &taxonomy.occasion(l.occasion).name.id;
                (format!("{} – {occasion}", self.entity(l.entity)), vec![format!("by {}", l.window.as_str())])
            })
            .collect();
        self.list("mentions", mentions);
        self.list("occasions", occasions);
        self.list("motives", motives);
        self.list("essences", essences);
        self.list("relations", relations);
        self.list("links", links);
    }
}

/// What an id, a rule or a code means; `None` where nothing has that name.
pub fn explain_id(lexicon: &Lexicon, id: &str, full: bool) -> Option<String> {
    if let Some(reason) = Reason::ALL.iter().find(|r| r.code().eq_ignore_ascii_case(id) || r.name() == id) {
        return Some(format!("{} {}\n{}\n", reason.code(), reason.name(), reason.explain()));
    }
    if let Some((code, meaning)) = CODES.iter().find(|(code, _)| code.eq_ignore_ascii_case(id)) {
        return Some(format!("{code}\n{meaning}\n"));
    }
    if let Some(meaning) = super::figures::meaning(id) {
        return Some(format!("{id}\n{meaning}\n"));
    }
    let entries: Vec<&Entry> = lexicon
        .entries
        .iter()
        .filter(|e| {
            let name = lexicon.taxonomy.rule(e.rule);
            name == id || name.rsplit('#').next().is_some_and(|own| own == id || own.split(':').next() == Some(id))
        })
        .collect();
    if entries.is_empty() {
        return None;
    }
    let mut out = String::new();
    for entry in entries {
        entry_page(lexicon, entry, full, &mut out);
    }
    Some(out)
}

/// Words of a script that are shown unless all are asked for.
const WORDS: usize = 20;

/// The words of an entry: those with Chinese characters, then the others.
fn by_script(terms: &[Term]) -> [(&'static str, Vec<&str>); 2] {
    let is_han = |word: &str| word.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    let (han, other) = terms.iter().map(|term| term.surface.as_str()).partition(|word| is_han(word));
    [("Chinese", han), ("Latin", other)]
}

/// `  surfaces, Chinese (212): 宵夜 · 夜宵 … and 210 more`
fn words(what: &str, terms: &[Term], most: usize, out: &mut String) {
    for (script, words) in by_script(terms).iter().filter(|(_, words)| !words.is_empty()) {
        let shown = words.iter().take(most).copied().collect::<Vec<_>>().join(" · ");
        let more = words.len().saturating_sub(most);
        let more = if more > 0 { format!(" … and {more} more") } else { String::new() };
        let _ = writeln!(out, "  {what}, {script} ({}): {shown}{more}", words.len());
    }
}

fn entry_page(lexicon: &Lexicon, entry: &Entry, full: bool, out: &mut String) {
    let taxonomy = &lexicon.taxonomy;
    // Writing to a String does not fail.
    let _ = writeln!(out, "{}   ({}:{})", taxonomy.rule(entry.rule), entry.path, entry.line);
    match entry.target {
        Target::Category(id) => {
            let c = taxonomy.category(id);
            let _ = writeln!(out, "  {} · {} · sector {} · role {}", c.name.zh, c.name.en, c.sector, c.role);
        }
        Target::Brand(id) => {
            let b = taxonomy.brand(id);
            let _ = writeln!(out, "  {} · {} · brand of {}", b.name.zh, b.name.en, taxonomy.category(b.home).name.id);
        }
        Target::Occasion(id) => {
            let o = taxonomy.occasion(id);
            let _ = writeln!(out, "  {} · {} · {} · {}", o.name.zh, o.name.en, o.facet, o.definition);
        }
        Target::Motive(id, role) => {
            let m = taxonomy.motive(id);
            let _ = writeln!(out, "  {} · {} · role {} · {}", m.name.zh, m.name.en, role.as_str(), m.definition);
        }
        Target::Essence(id) => {
            let e = taxonomy.essence(id);
            let _ = writeln!(out, "  {} · {} · {}", e.name.zh, e.name.en, e.definition);
        }
        _ => {}
    }
    let name = taxonomy.label(entry.target);
    let _ = match taxonomy.precision.get(&entry.target) {
        Some(p) => {
            let percent = (p.share() * 100.0).round();
            writeln!(out, "  read by hand: {} of {} right, {percent} % ({}, {})", p.right, p.read, p.date, p.corpus)
        }
        None if matches!(entry.target, Target::Cue(_)) => Ok(()),
        None => writeln!(out, "  unproven: nobody has read its hits yet (rival sample --for {name})"),
    };
    let most = if full { usize::MAX } else { WORDS };
    words("surfaces", &entry.terms, most, out);
    words("not in", &entry.unless, most, out);
    if !full && [&entry.terms, &entry.unless].into_iter().any(|terms| by_script(terms).iter().any(|w| w.1.len() > most))
    {
        let _ = writeln!(out, "  all words: rival explain {} --full", taxonomy.rule(entry.rule));
    }
    for example in &entry.matches {
        let _ = writeln!(out, "  found in      {example}");
    }
    for example in &entry.misses {
        let _ = writeln!(out, "  not found in  {example}");
    }
    out.push('\n');
}
