//! `precision.toml`: how many hits of a label people read, and how many of them were right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::entry::Target;
use super::fault::Fault;
use super::load::Lexicon;
use super::source::Source;

/// The file's name, at the root of a lexicon folder.
pub const FILE: &str = "precision.toml";

/// Hits of a label that people read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Precision {
    /// Hits read.
    pub read: u32,
    /// Hits that were right.
    pub right: u32,
    /// The day of the last reading.
    pub date: String,
    /// The posts that were read, in a few words.
    pub corpus: String,
}

impl Precision {
    /// The share of right hits.
    pub fn share(&self) -> f64 {
        f64::from(self.right) / f64::from(self.read.max(1))
    }
}

/// The file as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTable {
    #[serde(default)]
    label: Vec<Spanned<RawRow>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRow {
    id: Spanned<String>,
    read: u32,
    right: u32,
    date: String,
    corpus: String,
}

/// Reads the tables of all layers into a lexicon. Readings of one label in one layer add up; those of a later layer take the place of
/// earlier ones, because they are of the user's own posts.
pub(super) fn read(layers: &[Vec<Source>], lexicon: &mut Lexicon, faults: &mut Vec<Fault>) {
    for layer in layers {
        let mut table = BTreeMap::new();
        for source in layer.iter().filter(|s| s.path == FILE) {
            read_file(source, lexicon, &mut table, faults);
        }
        lexicon.taxonomy.precision.extend(table);
    }
}

fn read_file(source: &Source, lexicon: &Lexicon, table: &mut BTreeMap<Target, Precision>, faults: &mut Vec<Fault>) {
    let mut fault = |byte: usize, code: &'static str, message: String, help: &str| {
        let (line, column) = source.place(byte);
        faults.push(Fault { code, path: source.shown.clone(), line, column, message, help: help.to_owned() });
    };
    let raw: RawTable = match toml::from_str(&source.text) {
        Ok(raw) => raw,
        Err(e) => {
            let help = "a row has id, read, right, date and corpus; lexicons/README.md shows one";
            fault(e.span().map_or(0, |s| s.start), "L805", e.message().to_owned(), help);
            return;
        }
    };
    for row in &raw.label {
        let (at, row) = (row.span().start, row.get_ref());
        let id = row.id.get_ref();
        if row.right > row.read || row.read == 0 {
            let message = format!("{} right of {} read", row.right, row.read);
            fault(at, "L805", message, "`read` is at least 1, `right` at most `read`");
            continue;
        }
        // What was read of a pair stands for the record; no single label carries it.
        if let Some((from, to)) = id.split_once('>') {
            if lexicon.entity(from).is_none() || lexicon.entity(to).is_none() {
                fault(
                    row.id.span().start,
                    "L804",
                    format!("`{id}` is no pair of known things"),
                    "write it as beer>whisky",
                );
            }
            continue;
        }
        match lexicon.labels(id).as_slice() {
            [target] => add(table, *target, row),
            [] => fault(
                row.id.span().start,
                "L804",
                format!("there is no label `{id}`"),
                "use an id of codebook.toml or of a brand; a motive with its role, such as taste:buy",
            ),
            several => {
                let names: Vec<String> = several.iter().map(|&t| lexicon.full_name(t)).collect();
                let message = format!("`{id}` is the name of several labels");
                fault(row.id.span().start, "L804", message, &format!("write {}", names.join(" or ")));
            }
        }
    }
}

fn add(table: &mut BTreeMap<Target, Precision>, target: Target, row: &RawRow) {
    let Some(known) = table.get_mut(&target) else {
        let (date, corpus) = (row.date.clone(), row.corpus.clone());
        table.insert(target, Precision { read: row.read, right: row.right, date, corpus });
        return;
    };
    known.read += row.read;
    known.right += row.right;
    known.date = known.date.clone().max(row.date.clone());
    if known.corpus != row.corpus {
        known.corpus = format!("{}, {}", known.corpus, row.corpus);
    }
}

/// A row as it is written; `quoted` gives a TOML string.
pub fn row(id: &str, read: u32, right: u32, date: &str, corpus: &str, quoted: impl Fn(&str) -> String) -> String {
    format!(
        "[[label]]\nid = {}\nread = {read}\nright = {right}\ndate = {}\ncorpus = {}\n",
        quoted(id),
        quoted(date),
        quoted(corpus)
    )
}

/// What a new table begins with.
const HEAD: &str = "# How far each label is to be trusted: hits that somebody read (`read`), and how many of them were right (`right`).\n\
                    # `rival sample` draws hits and writes the rows; a label without a row is unproven.\n";

/// A table with a row added; a row of the same label and corpus is replaced, everything else stays as it is written.
pub fn with_row(table: &str, id: &str, corpus: &str, row: &str) -> String {
    let known = toml::from_str::<RawTable>(table).unwrap_or_default();
    let old = known.label.iter().find(|r| r.get_ref().id.get_ref() == id && r.get_ref().corpus == corpus);
    let mut out = if table.trim().is_empty() { HEAD.to_owned() } else { table.to_owned() };
    match old.map(Spanned::span) {
        Some(span) => {
            // A row reaches from its heading to the next one; a comment between the two belongs to the next.
            let end = out[span.start + 1..].find("\n[[").map_or(out.len(), |at| span.start + 1 + at + 1);
            let kept = out[span.start..end].find("\n#").map_or(end, |at| span.start + at + 1);
            let gap = if kept < out.len() { "\n" } else { "" };
            out.replace_range(span.start..kept, &format!("{row}{gap}"));
        }
        None => {
            let gap = if out.ends_with('\n') { "\n" } else { "\n\n" };
            out.push_str(gap);
            out.push_str(row);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(tables: &[&str]) -> (Lexicon, Vec<Fault>) {
        let book = "[category]\nbeer = { zh = \"啤酒\", en = \"beer\", sector = \"a\", role = \"drink\" }\n\
                    [motive]\nromance = { zh = \"浪漫\", en = \"romance\" }\n[essence]\nromance = { zh = \"浪漫\", en = \"romance\" }\n";
        let examples = "match = [\"a\"]\nmiss = [\"b\"]\n";
        let entries = format!(
            "[[category]]\nid = \"beer\"\n{examples}[[motive]]\nid = \"romance\"\nrole = \"buy\"\n{examples}[[essence]]\nid = \"romance\"\n{examples}"
        );
        let mut layers = vec![vec![Source::new("codebook.toml", book), Source::new("all.toml", entries)]];
        layers.extend(tables.iter().map(|text| vec![Source::new(FILE, *text)]));
        Lexicon::read(&layers)
    }

    fn row(id: &str, read: u32, right: u32) -> String {
        format!(
            "[[label]]\nid = \"{id}\"\nread = {read}\nright = {right}\ndate = \"2026-01-0{}\"\ncorpus = \"c\"\n",
            read % 9 + 1
        )
    }

    #[test]
    fn readings_add_up_and_an_overlay_wins() {
        let two = row("beer", 50, 48) + &row("beer", 10, 6);
        let (lexicon, faults) = load(&[&two]);
        let beer = lexicon.labels("beer")[0];
        assert_eq!(faults, vec![]);
        assert_eq!(lexicon.taxonomy.precision[&beer].share(), 0.9);
        let (lexicon, _) = load(&[&two, &row("beer", 4, 1)]);
        assert_eq!((lexicon.taxonomy.precision[&beer].read, lexicon.taxonomy.precision[&beer].right), (4, 1));
    }

    #[test]
    fn a_table_takes_rows_and_replaces_its_own() {
        let quoted = |text: &str| format!("\"{text}\"");
        let first = with_row("", "beer", "c", &super::row("beer", 5, 4, "2026-01-01", "c", quoted));
        let two =
            with_row(&first, "essence:romance", "c", &super::row("essence:romance", 9, 9, "2026-01-01", "c", quoted));
        let again = with_row(&two, "beer", "c", &super::row("beer", 7, 7, "2026-01-02", "c", quoted));
        assert!(again.starts_with('#'));
        let (lexicon, faults) = load(&[&again]);
        assert_eq!(faults, vec![]);
        let beer = lexicon.labels("beer")[0];
        assert_eq!((lexicon.taxonomy.precision[&beer].read, lexicon.taxonomy.precision.len()), (7, 2));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (text, code, line) in [
            (row("bear", 5, 5), "L804", 2),
            (row("beer", 5, 6), "L805", 1),
            (row("beer>wine", 5, 5), "L804", 2),
            ("[[label]]\nid = \"beer\"\nright = 1".to_owned(), "L805", 1),
        ] {
            let (_, faults) = load(&[&text]);
            assert_eq!(faults.iter().map(|f| (f.code, f.line)).collect::<Vec<_>>(), [(code, line)], "{text}");
        }
        let (lexicon, faults) = load(&[&(row("essence:romance", 5, 5) + &row("romance:buy", 5, 5))]);
        assert_eq!(faults, vec![]);
        assert_eq!(lexicon.taxonomy.precision.len(), 2);
    }
}
