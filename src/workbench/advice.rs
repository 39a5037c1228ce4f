//! What is no fault of a lexicon file and still worth a look: lines that find nothing of their own, or more than they say, and words that
//! contradict each other.

use std::collections::BTreeMap;

use super::canon::superfluous;
use crate::lexicon::blocks::{Block, EntryText, Line, entries, lines};
use crate::lexicon::source::Source;

/// Bytes of the stem of an open surface that is looked for.
const STEM: std::ops::RangeInclusive<usize> = 3..=16;

/// A remark on a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Its file.
    pub path: String,
    /// Its line.
    pub line: u64,
    /// Its column.
    pub column: u64,
    /// What was seen.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// Remarks on all files, in file order; files that cannot be read have faults already.
pub fn advice(layers: &[Vec<Source>]) -> Vec<Advice> {
    let mut out = Vec::new();
    for source in layers.iter().flatten() {
        let entries = entries(source).unwrap_or_default();
        for (entry, block) in entries.iter().flat_map(|e| e.blocks.iter().map(move |b| (e, b))) {
            let own: Vec<(usize, Line<'_>)> = lines(&source.text, block).collect();
            if !block.unless {
                unreachable(source, entry, &own, &mut out);
            }
            doubles(source, block, &own, &mut out);
            let surfaces = own.iter().filter_map(|(byte, line)| match line {
                Line::Surface { written, .. } => Some((*written, *byte)),
                _ => None,
            });
            vanishing(source, surfaces, &mut out);
        }
        let near = entries.iter().flat_map(|e| &e.near).map(|(written, byte)| (written.as_str(), *byte));
        vanishing(source, near, &mut out);
        contradictions(source, &entries, &mut out);
    }
    out
}

fn remark(source: &Source, byte: usize, message: String, help: &'static str) -> Advice {
    let (line, column) = source.place(byte);
    Advice { path: source.shown.clone(), line, column, message, help }
}

/// Surfaces that can never count.
fn unreachable(source: &Source, entry: &EntryText, own: &[(usize, Line<'_>)], out: &mut Vec<Advice>) {
    let unless: Vec<String> = entry
        .blocks
        .iter()
        .filter(|b| b.unless)
        .flat_map(|b| lines(&source.text, b).map(|(_, l)| l).collect::<Vec<_>>())
        .filter_map(|l| match l {
            Line::Surface { term: Some(term), .. } if !term.open => Some(term.surface),
            _ => None,
        })
        .collect();
    for (byte, line) in own {
        let Line::Surface { written, term: Some(term), .. } = line else { continue };
        if let Some(phrase) = unless.iter().find(|phrase| inside(phrase, &term.surface)) {
            let message = format!("`{written}` never counts: the `unless` phrase `{phrase}` always stands in it");
            out.push(remark(source, *byte, message, "remove the line, or make the `unless` phrase longer"));
        }
        let stem = term.surface.rsplit(' ').next().unwrap_or_default().len();
        if term.open && !STEM.contains(&stem) {
            let message = format!("`{written}` never counts: a stem has 3 to 16 letters");
            out.push(remark(source, *byte, message, "write the words out"));
        }
    }
}

/// Surfaces that begin or end with a mark which is no part of what is looked for: `worth the $` is found in "worth the drive".
fn vanishing<'w>(source: &Source, surfaces: impl Iterator<Item = (&'w str, usize)>, out: &mut Vec<Advice>) {
    for (written, byte) in surfaces {
        let words = written.split_whitespace().filter(|word| !word.starts_with('{'));
        let says = |word: &&str| word.contains(char::is_alphanumeric);
        let ends = [words.clone().next(), words.clone().next_back()];
        let mark = ends.into_iter().flatten().find(|word| !says(word));
        if let Some(mark) = mark.filter(|_| words.clone().any(|word| says(&word) && word.is_ascii())) {
            let message = format!("`{mark}` in `{written}` is not looked for: only letters and digits are");
            out.push(remark(source, byte, message, "remove the mark, or write a word that tells the surface apart"));
        }
    }
}

/// Whether a phrase stands in a surface wherever the surface stands: Latin phrases at word boundaries.
fn inside(phrase: &str, surface: &str) -> bool {
    if phrase.is_ascii() { format!(" {surface} ").contains(&format!(" {phrase} ")) } else { surface.contains(phrase) }
}

/// Lines that another line of the block makes superfluous.
fn doubles(source: &Source, block: &Block, own: &[(usize, Line<'_>)], out: &mut Vec<Advice>) {
    for (at, by) in superfluous(own.iter().map(|(_, line)| line), block) {
        let written = |at: usize| match &own[at].1 {
            Line::Surface { written, .. } => *written,
            _ => "",
        };
        let message = format!("`{}` is found by `{}` already", written(at), written(by));
        out.push(remark(source, own[at].0, message, "`rival lexicon fmt` drops such lines"));
    }
}

/// A surface that is listed as a reason to buy and as a reason not to.
fn contradictions(source: &Source, entries: &[EntryText], out: &mut Vec<Advice>) {
    let mut buys: BTreeMap<(&str, String), ()> = BTreeMap::new();
    for role in ["buy", "avoid"] {
        for entry in entries.iter().filter(|e| e.kind == "motive") {
            let Some((id, own_role)) = entry.id.split_once(':') else { continue };
            if own_role != role {
                continue;
            }
            for block in entry.blocks.iter().filter(|b| !b.unless) {
                for (byte, line) in lines(&source.text, block) {
                    let Line::Surface { written, term: Some(term), .. } = line else { continue };
                    if role == "buy" {
                        buys.insert((id, term.surface), ());
                    } else if buys.contains_key(&(id, term.surface)) {
                        let message = format!("`{written}` is listed as a reason to buy too");
                        out.push(remark(source, byte, message, "keep it in the role that it has by itself"));
                    }
                }
            }
        }
    }
}
