//! One JSON line per post (`rival label`).

use std::borrow::Cow;
use std::ops::Range;

use super::json;
use crate::interpret::evidence::{Evidence, Side, Theme, Trace};
use crate::lexicon::id::Entity;
use crate::lexicon::taxonomy::Taxonomy;

/// Appends text that needs no escaping: ids of the codebook are ASCII words. A macro, so that what is written here is known where it is copied.
macro_rules! put {
    ($out:expr, $($part:expr),+) => {{
        $($out.extend_from_slice($part.as_bytes());)+
    }};
}

/// What a line says of the post itself.
#[derive(Clone, Copy)]
pub struct PostFacts<'p> {
    /// The post's own id, or `FILE:ROW`.
    pub id: &'p str,
    /// RFC 3339, if known.
    pub time: Option<&'p str>,
    /// The platform, if known.
    pub platform: Option<&'p str>,
    /// The words at a byte range of its raw text, as they may be shown.
    pub words: WordsAt<'p>,
    /// How it was received: the counts that are known, by name.
    pub reception: &'p [(&'static str, u32)],
}

/// Gives the words at a byte range.
pub type WordsAt<'p> = &'p dyn Fn(Range<usize>) -> Cow<'p, str>;

/// Writes label lines; names are escaped once.
pub struct LabelWriter<'t> {
    taxonomy: &'t Taxonomy,
    /// Per rule `,"rule":"…"}`: the end of everything that has one.
    rules: Vec<String>,
}

impl<'t> LabelWriter<'t> {
    /// A writer of the ids of a taxonomy.
    pub fn new(taxonomy: &'t Taxonomy) -> Self {
        let rules = taxonomy.rules.iter().map(|r| format!(",\"rule\":{}}}", quoted(r))).collect();
        Self { taxonomy, rules }
    }

    /// Appends one line, line feed included.
    pub fn write(&self, out: &mut Vec<u8>, post: &PostFacts<'_>, evidence: &Evidence) {
        out.extend_from_slice(b"{\"id\":");
        string(out, post.id);
        put!(out, ",\"lang\":\"", evidence.lang.as_str(), "\"");
        if let Some(time) = post.time {
            out.extend_from_slice(b",\"time\":");
            string(out, time);
        }
        if let Some(platform) = post.platform {
            out.extend_from_slice(b",\"platform\":");
            string(out, platform);
        }
        for (at, (name, count)) in post.reception.iter().enumerate() {
            let opening = if at == 0 { ",\"reception\":{\"" } else { ",\"" };
            put!(out, opening, name, "\":", itoa::Buffer::new().format(*count));
        }
        if !post.reception.is_empty() {
            out.push(b'}');
        }
        put!(out, ",\"voice\":\"", evidence.voice.as_str(), "\"");
        self.mentions(out, post.words, evidence);
        list(out, ",\"occasions\":[", &evidence.occasions, |out, o| {
            put!(out, "{\"id\":\"", &self.taxonomy.occasion(o.id).name.id, "\"");
            self.traces(out, post.words, &o.traces);
        });
        list(out, ",\"motives\":[", &evidence.motives, |out, m| {
            put!(out, "{\"id\":\"", &self.taxonomy.motive(m.id).name.id, "\",\"role\":\"", m.role.as_str(), "\"");
            self.of(out, &m.of);
            self.traces(out, post.words, &m.traces);
        });
        list(out, ",\"essences\":[", &evidence.essences, |out, e| {
            put!(out, "{\"id\":\"", &self.taxonomy.essence(e.id).name.id, "\"");
            self.of(out, &e.of);
            self.traces(out, post.words, &e.traces);
        });
        list(out, ",\"relations\":[", &evidence.relations, |out, r| {
            put!(out, "{\"kind\":\"", r.kind.as_str(), "\",\"a\":");
            self.side(out, r.a);
            out.extend_from_slice(b",\"b\":");
            self.side(out, r.b);
            self.traces(out, post.words, &r.traces);
        });
        list(out, ",\"links\":[", &evidence.links, |out, l| {
            let occasion = &self.taxonomy.occasion(l.occasion).name.id;
            put!(
                out,
                "{\"entity\":\"",
                self.entity(l.entity),
                "\",\"occasion\":\"",
                occasion,
                "\",\"window\":\"",
                l.window.as_str(),
                "\"}"
            );
        });
        self.jobs(out, evidence);
        self.position(out, post.words, evidence);
        out.extend_from_slice(b"}\n");
    }

    /// What tells the position of things: features, steps up the ladder, feelings, contact points, customers.
    fn position(&self, out: &mut Vec<u8>, words: WordsAt<'_>, evidence: &Evidence) {
        list(out, ",\"attributes\":[", &evidence.attributes, |out, a| {
            put!(
                out,
                "{\"id\":\"",
                &self.taxonomy.attribute(a.id).name.id,
                "\",\"polarity\":\"",
                a.stance.as_str(),
                "\""
            );
            self.of(out, &a.of);
            self.traces(out, words, &a.traces);
        });
        list(out, ",\"steps\":[", &evidence.steps, |out, s| {
            out.extend_from_slice(b"{\"from\":");
            match s.from {
                Some(theme) => self.theme(out, theme),
                None => put!(out, "null"),
            }
            out.extend_from_slice(b",\"to\":");
            self.theme(out, s.to);
            put!(out, ",\"joined\":", if s.joined { "true" } else { "false" });
            self.of(out, &s.of);
            self.traces(out, words, &s.traces);
        });
        list(out, ",\"moods\":[", &evidence.moods, |out, m| {
            let (mut arousal, mut imagery) = (itoa::Buffer::new(), itoa::Buffer::new());
            put!(out, "{\"arousal\":", arousal.format(m.arousal), ",\"imagery\":", imagery.format(m.imagery));
            self.traces(out, words, &m.traces);
        });
        list(out, ",\"stages\":[", &evidence.stages, |out, s| {
            put!(out, "{\"id\":\"", &self.taxonomy.stage(s.id).name.id, "\",\"polarity\":\"", s.stance.as_str(), "\"");
            self.of(out, &s.of);
            self.traces(out, words, &s.traces);
        });
        list(out, ",\"customers\":[", &evidence.customers, |out, (id, trace)| {
            put!(out, "{\"id\":\"", &self.taxonomy.customer(*id).name.id, "\"");
            self.traces(out, words, &[*trace]);
        });
    }

    /// A theme as `{"kind":"motive","id":"taste"}`.
    fn theme(&self, out: &mut Vec<u8>, theme: Theme) {
        let t = self.taxonomy;
        let (kind, id) = match theme {
            Theme::Attribute(id) => ("attribute", &t.attribute(id).name.id),
            Theme::Motive(id) => ("motive", &t.motive(id).name.id),
            Theme::Essence(id) => ("essence", &t.essence(id).name.id),
            Theme::Occasion(id) => ("occasion", &t.occasion(id).name.id),
        };
        put!(out, "{\"kind\":\"", kind, "\",\"id\":\"", id, "\"}");
    }

    fn mentions(&self, out: &mut Vec<u8>, words: WordsAt<'_>, evidence: &Evidence) {
        list(out, ",\"mentions\":[", &evidence.mentions, |out, m| {
            put!(out, "{\"category\":\"", &self.taxonomy.category(m.category).name.id, "\",\"brand\":");
            match m.brand {
                Some(brand) => put!(out, "\"", &self.taxonomy.brand(brand).name.id, "\""),
                None => put!(out, "null"),
            }
            out.extend_from_slice(b",");
            self.place(out, words, &m.trace);
            let passing = if m.passing { "true" } else { "false" };
            put!(out, ",\"polarity\":\"", m.polarity.as_str(), "\",\"passing\":", passing, self.rule(&m.trace));
        });
    }

    fn jobs(&self, out: &mut Vec<u8>, evidence: &Evidence) {
        list(out, ",\"jobs\":[", &evidence.jobs, |out, j| {
            out.extend_from_slice(b"{\"entity\":");
            match j.of {
                Some(entity) => put!(out, "\"", self.entity(entity), "\""),
                None => put!(out, "null"),
            }
            let occasion = &self.taxonomy.occasion(j.occasion).name.id;
            let motive = &self.taxonomy.motive(j.motive).name.id;
            put!(out, ",\"occasion\":\"", occasion, "\",\"motive\":\"", motive, "\",\"role\":\"", j.role.as_str());
            put!(out, "\",\"window\":\"", j.window.as_str(), "\",\"stance\":\"", j.stance.as_str(), "\"}");
        });
    }

    fn rule(&self, trace: &Trace) -> &str {
        &self.rules[trace.rule.index()]
    }

    fn place(&self, out: &mut Vec<u8>, words: WordsAt<'_>, trace: &Trace) {
        out.extend_from_slice(b"\"text\":");
        string(out, &words(trace.span.range()));
        let (mut start, mut end) = (itoa::Buffer::new(), itoa::Buffer::new());
        put!(out, ",\"start\":", start.format(trace.span.start), ",\"end\":", end.format(trace.span.end));
    }

    /// `,"evidence":[…]}`
    fn traces(&self, out: &mut Vec<u8>, words: WordsAt<'_>, traces: &[Trace]) {
        list(out, ",\"evidence\":[", traces, |out, t| {
            out.extend_from_slice(b"{");
            self.place(out, words, t);
            put!(out, self.rule(t));
        });
        out.extend_from_slice(b"}");
    }

    fn of(&self, out: &mut Vec<u8>, of: &[Entity]) {
        list(out, ",\"of\":[", of, |out, &e| put!(out, "\"", self.entity(e), "\""));
    }

    fn side(&self, out: &mut Vec<u8>, side: Option<Side>) {
        match side {
            None => put!(out, "null"),
            Some(side) => {
                put!(out, "{\"category\":\"", &self.taxonomy.category(side.category).name.id, "\",\"brand\":");
                match side.brand {
                    Some(brand) => put!(out, "\"", &self.taxonomy.brand(brand).name.id, "\"}"),
                    None => put!(out, "null}"),
                }
            }
        }
    }

    fn entity(&self, entity: Entity) -> &str {
        match entity {
            Entity::Category(c) => &self.taxonomy.category(c).name.id,
            Entity::Brand(b) => &self.taxonomy.brand(b).name.id,
        }
    }
}

/// Appends a JSON string.
fn string(out: &mut Vec<u8>, text: &str) {
    if !text.bytes().all(stands) {
        return json::compact(out, text);
    }
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

/// Per byte whether it stands in a JSON string as it is, whatever is beside it: what must be escaped, or acts elsewhere, has a byte that does not.
/// (Quotation marks and dots begin with one of these bytes too, and go the long way for nothing.)
static STANDS: [bool; 256] = {
    let mut stands = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        stands[byte] = byte >= b' ' as usize && !matches!(byte as u8, b'"' | b'\\' | 0x7F | 0xC2 | 0xD8 | 0xE2);
        byte += 1;
    }
    stands
};

fn stands(byte: u8) -> bool {
    STANDS[usize::from(byte)]
}

fn quoted(text: &str) -> String {
    if text.bytes().all(stands) { format!("\"{text}\"") } else { serde_json::Value::from(text).to_string() }
}

/// Appends a list; the opening holds the key.
fn list<T>(out: &mut Vec<u8>, open: &str, of: &[T], mut each: impl FnMut(&mut Vec<u8>, &T)) {
    out.extend_from_slice(open.as_bytes());
    for (i, one) in of.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        each(out, one);
    }
    out.push(b']');
}
