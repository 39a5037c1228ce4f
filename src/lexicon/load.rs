//! Files → one immutable lexicon: ids checked against the codebook, overlays merged, faults collected with their places.

use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use toml::Spanned;

use super::codebook::RawCodebook;
use super::conflict;
use super::entry::{Boundary, Class, Entry, Target};
use super::fault::Fault;
use super::folders;
use super::id::{CueId, RuleId};
use super::own_ids;
use super::precision;
use super::raw::{RawEntry, RawFile};
use super::read_entry::{Classes, Parts};
use super::source::Source;
use super::stored::Stored;
use super::target::target_of;
use super::taxonomy::Taxonomy;
use crate::error::Result;

/// All words and rules, immutable once loaded.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// Ids with labels, roles and kinship.
    pub taxonomy: Taxonomy,
    /// Entries; an entry's index is its [`RuleId`].
    pub entries: Vec<Entry>,
    /// Shared word classes.
    pub classes: Vec<Class>,
    /// Names of the cues; the index is the [`CueId`].
    pub cues: Vec<String>,
    /// SHA-256 of what was loaded, in hexadecimal.
    pub sha256: String,
}

/// An entry with the file and the layer (0 = built in) it came from.
pub(super) struct Found<'a> {
    pub layer: usize,
    pub source: &'a Source,
    pub kind: &'static str,
    pub entry: &'a Spanned<RawEntry>,
}

impl Lexicon {
    /// The lexicon of layers of files, later ones on top.
    ///
    /// # Errors
    /// The first fault, with its place.
    pub fn of_layers(layers: &[Vec<Source>]) -> Result<Self> {
        let (lexicon, faults) = Self::read(layers);
        match faults.into_iter().next() {
            None => Ok(lexicon),
            Some(fault) => Err(fault.into_error()),
        }
    }

    /// Reads layers of files and collects every fault; with faults the lexicon holds what could be read.
    pub fn read(layers: &[Vec<Source>]) -> (Self, Vec<Fault>) {
        let mut faults = Vec::new();
        let (book, files) = parse_files(layers, &mut faults);
        let (mut taxonomy, dangling) = book.taxonomy();
        faults.extend(dangling.into_iter().map(|message| codebook_fault(message, layers)));
        let found = collect(&files);
        let classes = read_classes(&files, &mut faults);
        let cues = own_ids::fill(&mut taxonomy, &found, &mut faults);
        let entries = read_entries(&mut taxonomy, &found, &classes, &cues, &mut faults);
        faults.extend(conflict::find(&entries, &taxonomy, layers));
        let mut lexicon = Self { taxonomy, entries, classes: classes.all, cues, sha256: fingerprint(layers) };
        precision::read(layers, &mut lexicon, &mut faults);
        (lexicon, faults)
    }

    /// The entry behind a rule.
    pub fn entry(&self, rule: RuleId) -> &Entry {
        &self.entries[rule.index()]
    }

    /// The cue with a name.
    pub fn cue(&self, name: &str) -> Option<CueId> {
        self.cues.binary_search_by(|c| c.as_str().cmp(name)).ok().map(|i| CueId(i as u16))
    }
}

fn fingerprint(layers: &[Vec<Source>]) -> String {
    let mut hash = Sha256::new();
    for (layer, source) in layers.iter().enumerate().flat_map(|(i, l)| l.iter().map(move |s| (i, s))) {
        hash.update(format!("{layer} {} {}\n", source.path, source.text.len()));
        hash.update(&source.text);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn codebook_fault(message: String, layers: &[Vec<Source>]) -> Fault {
    let shown = layers.iter().flatten().rev().find(|s| s.path == "codebook.toml").map_or("codebook.toml", |s| &s.shown);
    Fault {
        code: "L804",
        path: shown.to_owned(),
        line: 1,
        column: 1,
        message,
        help: "use an id of the codebook".to_owned(),
    }
}

/// Parses every file; a file that is no TOML is a fault.
fn parse_files<'a>(
    layers: &'a [Vec<Source>],
    faults: &mut Vec<Fault>,
) -> (RawCodebook, Vec<(usize, &'a Source, RawFile)>) {
    let mut book = RawCodebook::default();
    let mut files = Vec::new();
    let entries = |s: &&Source| s.path != precision::FILE;
    for (layer, source) in layers.iter().enumerate().flat_map(|(i, l)| l.iter().filter(entries).map(move |s| (i, s))) {
        let parsed = if source.path == "codebook.toml" {
            toml::from_str::<RawCodebook>(&source.text).map(|added| book.add(added))
        } else {
            toml::from_str::<RawFile>(&source.text).map(|mut file| {
                book.add(file.codebook.take().unwrap_or_default());
                files.push((layer, source, file));
            })
        };
        if let Err(e) = parsed {
            let (line, column) = source.place(e.span().map_or(0, |s| s.start));
            faults.push(Fault {
                code: "L805",
                path: source.shown.clone(),
                line,
                column,
                message: e.message().to_owned(),
                help: "lexicons/README.md shows an entry with all its keys".to_owned(),
            });
        }
    }
    (book, files)
}

/// All entries but classes, in layer and file order.
fn collect<'a>(files: &'a [(usize, &'a Source, RawFile)]) -> Vec<Found<'a>> {
    let mut out = Vec::new();
    for (layer, source, file) in files {
        let kinds: [(&'static str, &Vec<Spanned<RawEntry>>); 11] = [
            ("category", &file.category),
            ("brand", &file.brand),
            ("occasion", &file.occasion),
            ("motive", &file.motive),
            ("essence", &file.essence),
            ("attribute", &file.attribute),
            ("relation", &file.relation),
            ("stage", &file.stage),
            ("voice", &file.voice),
            ("customer", &file.customer),
            ("cue", &file.cue),
        ];
        for (kind, entries) in kinds {
            out.extend(entries.iter().map(|entry| Found { layer: *layer, source, kind, entry }));
        }
    }
    out
}

/// Shared classes by name; a class of an overlay adds to the built-in one.
fn read_classes(files: &[(usize, &Source, RawFile)], faults: &mut Vec<Fault>) -> Classes {
    let mut classes: BTreeMap<String, Class> = BTreeMap::new();
    let none = Classes::default();
    for (_, source, file) in files {
        let mut parts = Parts { source, classes: &none, faults: Vec::new() };
        for raw in &file.class {
            let raw = raw.get_ref();
            let boundary = parts.boundary(raw);
            let terms = parts.block(raw.terms.as_ref(), boundary);
            let id = raw.id.get_ref().clone();
            let class = classes.entry(id.clone()).or_insert(Class { id, terms: Stored::default() });
            class.terms.change(|all| all.extend(terms));
        }
        faults.append(&mut parts.faults);
    }
    let ids = classes.keys().enumerate().map(|(i, id)| (id.clone(), i as u16)).collect();
    Classes { ids, all: classes.into_values().collect() }
}

/// Reads entries, merges layers, numbers the rules by name.
fn read_entries(
    taxonomy: &mut Taxonomy,
    found: &[Found<'_>],
    classes: &Classes,
    cues: &[String],
    faults: &mut Vec<Fault>,
) -> Vec<Entry> {
    let mut by_target: BTreeMap<Target, (usize, String, Entry)> = BTreeMap::new();
    let mut claims = conflict::Claims::default();
    for f in found {
        let mut parts = Parts { source: f.source, classes, faults: Vec::new() };
        if let Some((message, help)) = folders::misplaced(f.kind, &f.source.path) {
            parts.fault(f.entry.span().start, ("L804", message, &help));
        }
        if let Some((target, name)) = target_of(taxonomy, cues, f, &mut parts) {
            let entry = read_entry(f, target, &mut parts);
            let replace = f.entry.get_ref().replace;
            for (owner, surface) in claims.take(f.layer, &entry) {
                if let Some((_, _, owner)) = by_target.get_mut(&owner) {
                    conflict::give_up(owner, &surface);
                }
            }
            match by_target.get_mut(&target) {
                Some((layer, _, _)) if *layer == f.layer => {
                    let fault = format!("`{}` stands twice", f.entry.get_ref().id.get_ref());
                    parts.fault(
                        f.entry.get_ref().id.span().start,
                        ("L804", fault, "put the words of both into one entry"),
                    );
                }
                Some((layer, _, old)) if !replace => {
                    *layer = f.layer;
                    add_to(old, entry);
                }
                _ => {
                    by_target.insert(target, (f.layer, name, entry));
                }
            }
        }
        faults.append(&mut parts.faults);
    }
    let mut named: Vec<(String, Entry)> = by_target.into_values().map(|(_, name, entry)| (name, entry)).collect();
    named.sort_by(|a, b| a.0.cmp(&b.0));
    let mut entries = Vec::with_capacity(named.len());
    for (i, (name, mut entry)) in named.into_iter().enumerate() {
        entry.rule = RuleId(i as u32);
        taxonomy.rules.push(name);
        entries.push(entry);
    }
    entries
}

/// Adds an overlay's entry to the one below it.
fn add_to(old: &mut Entry, new: Entry) {
    let known = old.terms.clone();
    old.terms.change(|terms| terms.extend(new.terms.iter().filter(|t| !known.contains(t)).cloned()));
    old.near.change(|near| near.extend(new.near.iter().cloned()));
    old.sequences.change(|sequences| sequences.extend(new.sequences.iter().cloned()));
    old.unless.change(|unless| unless.extend(new.unless.iter().cloned()));
    old.resolve.change(|resolve| resolve.extend(new.resolve.iter().cloned()));
    old.matches.change(|matches| matches.extend(new.matches.iter().cloned()));
    old.misses.change(|misses| misses.extend(new.misses.iter().cloned()));
    old.status = new.status;
}

fn read_entry(f: &Found<'_>, target: Target, parts: &mut Parts<'_>) -> Entry {
    let raw = f.entry.get_ref();
    let boundary = parts.boundary(raw);
    let missing = match (raw.matches.is_empty(), raw.misses.is_empty()) {
        (true, true) => Some("`match` and no `miss`"),
        (true, false) => Some("`match`"),
        (false, true) => Some("`miss`"),
        (false, false) => None,
    };
    if let Some(what) = missing {
        let fault = format!("`{}` has no {what} example", raw.id.get_ref());
        parts.fault(
            raw.id.span().start,
            ("L806", fault, "give a text in which it must be found and one in which it must not"),
        );
    }
    let (line, _) = f.source.place(f.entry.span().start);
    Entry {
        rule: RuleId(0),
        target,
        status: parts.status(raw),
        terms: parts.block(raw.terms.as_ref(), boundary).into(),
        near: raw.near.iter().map(|n| parts.near(n)).collect::<Vec<_>>().into(),
        sequences: parts.sequences(raw).into(),
        unless: parts.block(raw.unless.as_ref(), Some(Boundary::Raw)).into(),
        resolve: parts.resolve(raw, boundary).into(),
        negated: parts.negated(raw),
        feeling: parts.feeling(raw),
        layer: f.layer,
        matches: raw.matches.iter().map(|m| m.get_ref().clone()).collect::<Vec<_>>().into(),
        misses: raw.misses.iter().map(|m| m.get_ref().clone()).collect::<Vec<_>>().into(),
        path: f.source.shown.clone().into(),
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(path: &str, text: &str) -> Vec<Fault> {
        let book = Source::new("codebook.toml", include_str!("../../lexicons/codebook.toml"));
        Lexicon::read(&[vec![book], vec![Source::new(path, text)]]).1
    }

    #[test]
    fn faults_name_their_place() {
        let text = "[[category]]\nid = \"beer\"\nterms = '''\n啤酒\n茶\n'''\nmatch = [\"啤酒\"]\nmiss = [\"水\"]\n";
        let faults = overlay("categories/beer.toml", text);
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!((faults[0].code, faults[0].line, faults[0].column), ("L802", 5, 1));
    }

    #[test]
    fn ids_keys_and_examples_are_checked() {
        for (text, code) in [
            ("[[category]]\nid = \"bear\"\nmatch = [\"a\"]\nmiss = [\"b\"]", "L804"),
            ("[[category]]\nid = \"beer\"\nwords = 1", "L805"),
            ("[[category]]\nid = \"beer\"\nmatch = [\"a\"]", "L806"),
            ("[[category]]\nid = \"beer\"", "L806"),
            ("[[motive]]\nid = \"taste\"\nmatch = [\"a\"]\nmiss = [\"b\"]", "L805"),
            (
                "[[occasion]]\nid = \"date\"\nnear = [{ a = [\"@nobody\"], b = [\"x2\"], within = 2 }]\nmatch = [\"a\"]\nmiss = [\"b\"]",
                "L804",
            ),
            ("[[category]]\nid = \"beer\"\nterms = '''\n@nobody\n'''\nmatch = [\"a\"]\nmiss = [\"b\"]", "L804"),
        ] {
            let faults = overlay("categories/beer.toml", text);
            assert!(faults.iter().any(|f| f.code == code), "{text}: {faults:?}");
        }
    }

    #[test]
    fn a_class_lends_its_surfaces_to_terms() {
        let book = Source::new("codebook.toml", include_str!("../../lexicons/codebook.toml"));
        let classes = "[[class]]\nid = \"round\"\nterms = '''\nlager\nale\n'''\n";
        let beer = "[[category]]\nid = \"beer\"\nterms = '''\nale\n@round\nstout\n'''\nmatch = [\"an ale\"]\nmiss = [\"tea\"]\n";
        let layer =
            vec![book, Source::new("language/classes.toml", classes), Source::new("categories/beer.toml", beer)];
        let (lexicon, faults) = Lexicon::read(&[layer]);
        assert_eq!(faults, vec![]);
        let terms: Vec<&str> = lexicon.entries[0].terms.iter().map(|t| t.surface.as_str()).collect();
        assert_eq!(terms, ["ale", "lager", "stout"], "each once");
    }

    #[test]
    fn an_overlay_adds_or_replaces() {
        let book = Source::new("codebook.toml", include_str!("../../lexicons/codebook.toml"));
        let base = "[[category]]\nid = \"beer\"\nterms = '''\n啤酒\n'''\nmatch = [\"啤酒\"]\nmiss = [\"水\"]\n";
        for (replace, expected) in [("", 2), ("replace = true\n", 1)] {
            let over = format!(
                "[[category]]\nid = \"beer\"\n{replace}terms = '''\nbrewski\n'''\nmatch = [\"a brewski\"]\nmiss = [\"水\"]\n"
            );
            let layers = [
                vec![book.clone(), Source::new("categories/beer.toml", base)],
                vec![Source::new("categories/beer.toml", over)],
            ];
            let (lexicon, faults) = Lexicon::read(&layers);
            assert_eq!(faults, vec![]);
            assert_eq!(lexicon.entries[0].terms.len(), expected);
        }
    }

    #[test]
    fn an_overlay_takes_a_surface_from_the_entries_below() {
        let book = Source::new("codebook.toml", include_str!("../../lexicons/codebook.toml"));
        let entry = |id: &str, terms: &str| {
            format!("[[category]]\nid = \"{id}\"\nterms = '''\n{terms}\n'''\nmatch = [\"a\"]\nmiss = [\"b\"]\n")
        };
        let base = entry("beer", "ale\nlager");
        let over = entry("wine", "ale");
        let layers = [
            vec![book.clone(), Source::new("categories/beer.toml", base.clone())],
            vec![Source::new("categories/wine.toml", over.clone())],
        ];
        let (lexicon, faults) = Lexicon::read(&layers);
        assert_eq!(faults, vec![]);
        let terms: Vec<Vec<&str>> =
            lexicon.entries.iter().map(|e| e.terms.iter().map(|t| t.surface.as_str()).collect()).collect();
        assert_eq!(terms, [vec!["lager"], vec!["ale"]]);
        // In one layer nothing decides.
        let one = [vec![book, Source::new("categories/beer.toml", base), Source::new("categories/wine.toml", over)]];
        assert_eq!(Lexicon::read(&one).1.iter().map(|f| f.code).collect::<Vec<_>>(), ["L803"]);
    }
}
