//! A lexicon file as text: where its entries, their surfaces and their examples stand, for those who rewrite it and for messages.
//!
//! A lexicon that is loaded knows the line of each entry only; what is wrong is looked up here, when it is wrong.

use std::ops::Range;

use toml::Spanned;

use super::entry::{Boundary, Term};
use super::raw::{RawEntry, RawFile};
use super::source::Source;
use super::term;
use crate::error::{Error, ErrorKind, Result};

/// A block of surfaces between `'''` lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The bytes of its lines, the quotes left out.
    pub range: Range<usize>,
    /// Surfaces of a category or brand: they take the endings of nouns.
    pub noun: bool,
    /// The entry's own boundary policy.
    pub boundary: Option<Boundary>,
    /// Whether these are `unless` phrases.
    pub unless: bool,
    /// Normalized surfaces that a `resolve` of the entry claims.
    pub ambiguous: Vec<String>,
}

/// An entry in the text of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryText {
    /// The byte at which its heading begins.
    pub start: usize,
    /// Its kind, as the heading says it.
    pub kind: &'static str,
    /// Its id, with the role of a motive.
    pub id: String,
    /// Its blocks, in text order.
    pub blocks: Vec<Block>,
    /// The surfaces of its `near` rules, each with the byte at which it begins.
    pub near: Vec<(String, usize)>,
    /// Its examples, `match` and `miss`, each with the byte at which it begins.
    pub examples: Vec<(String, usize)>,
}

/// A line of a block.
#[derive(Debug, Clone, PartialEq)]
pub enum Line<'t> {
    /// Nothing.
    Blank,
    /// A comment that has the line for itself.
    Comment(&'t str),
    /// A surface with its flags and the comment behind it; without a term where it cannot be read.
    Surface {
        /// As written, without the comment.
        written: &'t str,
        /// The comment behind it, without its `#`.
        comment: &'t str,
        /// What it means.
        term: Option<Term>,
    },
}

/// Reads a line of a block.
pub fn line(text: &str, boundary: Option<Boundary>) -> Line<'_> {
    let Some(written) = term::strip_comment(text) else {
        let text = text.trim();
        return if text.is_empty() { Line::Blank } else { Line::Comment(text) };
    };
    let after = text.find(" #").map_or("", |at| &text[at + 2..]);
    Line::Surface { written, comment: after.trim(), term: term::parse(written, boundary, false).ok() }
}

/// The entries of a file in text order.
///
/// # Errors
/// A file that is no TOML or has unknown keys.
pub fn entries(source: &Source) -> Result<Vec<EntryText>> {
    let file: RawFile = toml::from_str(&source.text).map_err(|e| {
        let (line, column) = source.place(e.span().map_or(0, |s| s.start));
        Error::new(ErrorKind::Lexicon, e.message().to_owned())
            .at(&source.shown, line, column)
            .help("lexicons/README.md shows an entry with all its keys")
    })?;
    let kinds: [(&'static str, Vec<Spanned<RawEntry>>); 12] = [
        ("category", file.category),
        ("brand", file.brand),
        ("occasion", file.occasion),
        ("motive", file.motive),
        ("essence", file.essence),
        ("attribute", file.attribute),
        ("relation", file.relation),
        ("stage", file.stage),
        ("voice", file.voice),
        ("customer", file.customer),
        ("cue", file.cue),
        ("class", file.class),
    ];
    let mut out = Vec::new();
    for (kind, entries) in kinds {
        for entry in entries {
            let start = entry.span().start;
            out.push(entry_text(source, kind, start, entry.get_ref()));
        }
    }
    out.sort_by_key(|p| p.start);
    Ok(out)
}

fn entry_text(source: &Source, kind: &'static str, start: usize, entry: &RawEntry) -> EntryText {
    let boundary = match entry.boundary.as_ref().map(|b| b.get_ref().as_str()) {
        Some("inside") => Some(Boundary::Inside),
        Some("strict") => Some(Boundary::Strict),
        Some("raw") => Some(Boundary::Raw),
        _ => None,
    };
    let claimed = entry.resolve.iter().flat_map(|r| &r.terms);
    let ambiguous: Vec<String> =
        claimed.filter_map(|t| term::parse(t.get_ref(), boundary, true).ok()).map(|t| t.surface).collect();
    let noun = matches!(kind, "category" | "brand" | "attribute");
    let block = |written: Option<&Spanned<String>>, boundary, unless| {
        let span = written?.span();
        let text = &source.text[span.clone()];
        // Other strings hold at most a word or two and stay as they are.
        let inner = text.strip_prefix("'''")?.strip_suffix("'''")?;
        let skip = 3 + usize::from(inner.starts_with('\n'));
        let range = span.start + skip..span.end - 3;
        (range.start <= range.end).then(|| Block { range, noun, boundary, unless, ambiguous: ambiguous.clone() })
    };
    let mut blocks: Vec<Block> =
        [block(entry.terms.as_ref(), boundary, false), block(entry.unless.as_ref(), Some(Boundary::Raw), true)]
            .into_iter()
            .flatten()
            .collect();
    blocks.sort_by_key(|b| b.range.start);
    let placed = |s: &Spanned<String>| (s.get_ref().clone(), s.span().start);
    let near = entry.near.iter().flat_map(|n| n.a.iter().chain(&n.b).chain(&n.c)).map(placed).collect();
    let examples = entry.matches.iter().chain(&entry.misses).map(placed).collect();
    let role = entry.role.as_ref().map_or(String::new(), |r| format!(":{}", r.get_ref()));
    EntryText { start, kind, id: format!("{}{role}", entry.id.get_ref()), blocks, near, examples }
}

/// A place in a file, as the user can open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: u64,
    /// Column in characters, from 1.
    pub column: u64,
}

impl Spot {
    fn of(source: &Source, byte: usize) -> Self {
        let (line, column) = source.place(byte);
        Self { path: source.shown.clone(), line, column }
    }
}

/// The entries of all files that speak for a label; `name` is its id, with the role of a motive.
fn speaking<'l>(
    layers: &'l [Vec<Source>],
    hint: &'l str,
    kind: &'l str,
    name: &'l str,
) -> impl Iterator<Item = (&'l Source, EntryText)> {
    let sources = layers.iter().rev().flatten().filter(move |s| hint.is_empty() || s.text.contains(hint));
    sources
        .flat_map(|source| entries(source).unwrap_or_default().into_iter().map(move |entry| (source, entry)))
        .filter(move |(_, entry)| entry.kind == kind && entry.id == name)
}

/// Where an example of a label stands.
pub fn example(layers: &[Vec<Source>], kind: &str, name: &str, text: &str) -> Option<Spot> {
    // An example with a quotation mark in it stands otherwise in the file.
    let hint = text.split(['"', '\\', '\n', '\t']).max_by_key(|part| part.len()).unwrap_or_default();
    speaking(layers, hint, kind, name).find_map(|(source, entry)| {
        let (_, byte) = entry.examples.into_iter().find(|(example, _)| example == text)?;
        Some(Spot::of(source, byte))
    })
}

/// Where a surface of a label stands, by its normalized form.
pub fn surface(layers: &[Vec<Source>], kind: &str, name: &str, surface: &str) -> Option<Spot> {
    speaking(layers, "", kind, name).find_map(|(source, entry)| {
        entry.blocks.iter().filter(|b| !b.unless).find_map(|block| {
            let byte = lines(&source.text, block).find(|(_, l)| is_surface(l, surface)).map(|(byte, _)| byte)?;
            Some(Spot::of(source, byte))
        })
    })
}

fn is_surface(line: &Line<'_>, surface: &str) -> bool {
    matches!(line, Line::Surface { term: Some(term), .. } if term.surface == surface)
}

/// The lines of a block, each with the byte at which its words begin.
pub fn lines<'t>(text: &'t str, block: &Block) -> impl Iterator<Item = (usize, Line<'t>)> {
    let boundary = block.boundary;
    let start = block.range.start;
    text[block.range.clone()].split('\n').scan(start, move |at, each| {
        let from = *at + (each.len() - each.trim_start().len());
        *at += each.len() + 1;
        Some((from, line(each, boundary)))
    })
}
