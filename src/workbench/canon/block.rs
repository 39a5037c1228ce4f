//! One block of surfaces in canonical form: sorted within its sections, without what another line finds already.

use rustc_hash::FxHashMap;

use crate::lexicon::blocks::{Block, Line, line};
use crate::lexicon::{Boundary, Term};
use crate::matcher::spellings;
use crate::normalize::is_han;

/// Bytes of the stem of an open surface (`refresh*`) that is looked for; others find nothing.
const STEM: std::ops::RangeInclusive<usize> = 3..=16;

/// A surface of the block.
struct Surface<'t> {
    written: &'t str,
    comment: &'t str,
    term: Option<Term>,
    /// What it finds; for those that cannot be read, nothing.
    finds: Vec<String>,
    section: usize,
    dropped: bool,
}

/// Which surfaces may have to do with each other: those that find a form in common, and those with an open stem.
struct Neighbors {
    by_form: FxHashMap<String, Vec<usize>>,
    open: Vec<usize>,
}

impl Neighbors {
    fn of<'s, 't: 's>(surfaces: impl Iterator<Item = &'s Surface<'t>>) -> Self {
        let mut out = Self { by_form: FxHashMap::default(), open: Vec::new() };
        for (at, surface) in surfaces.enumerate() {
            for form in &surface.finds {
                out.by_form.entry(form.clone()).or_default().push(at);
            }
            if surface.term.as_ref().is_some_and(|t| t.open) {
                out.open.push(at);
            }
        }
        out
    }

    /// The places that may have to do with a surface, itself among them, ascending; for an open one all of `n`.
    fn near(&self, surface: &Surface<'_>, n: usize) -> Vec<usize> {
        if surface.term.as_ref().is_some_and(|t| t.open) {
            return (0..n).collect();
        }
        let shared = surface.finds.iter().filter_map(|form| self.by_form.get(form)).flatten();
        let mut out: Vec<usize> = shared.chain(&self.open).copied().collect();
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The block rewritten; its lines, each ended by a line feed.
///
/// A comment that has a line for itself begins a section: lines are sorted below it and never leave it. Chinese surfaces come first, then
/// those that begin with a Latin letter or digit, then the rest.
pub(super) fn canonical(text: &str, block: &Block) -> String {
    let mut headings: Vec<Vec<&str>> = vec![Vec::new()];
    let mut surfaces: Vec<Surface<'_>> = Vec::new();
    let mut open = true;
    for each in text.lines() {
        match line(each, block.boundary) {
            Line::Blank => {}
            Line::Comment(comment) => {
                if !open {
                    headings.push(Vec::new());
                }
                open = true;
                if let Some(last) = headings.last_mut() {
                    last.push(comment);
                }
            }
            Line::Surface { written, comment, term } => {
                open = false;
                let finds = term.as_ref().map(|t| spellings(t, block.noun)).unwrap_or_default();
                let section = headings.len() - 1;
                surfaces.push(Surface { written, comment, term, finds, section, dropped: false });
            }
        }
    }
    drop_found(&mut surfaces, block);
    let mut out = String::with_capacity(text.len());
    for (section, comments) in headings.iter().enumerate() {
        for comment in comments {
            out.push_str(comment);
            out.push('\n');
        }
        let own: Vec<&Surface<'_>> = surfaces.iter().filter(|s| s.section == section && !s.dropped).collect();
        let own = sorted(&own);
        for surface in own {
            out.push_str(&spaced(surface.written));
            if !surface.comment.is_empty() {
                out.push_str("  # ");
                out.push_str(surface.comment);
            }
            out.push('\n');
        }
    }
    out
}

/// A surface with one space before each of its flags.
fn spaced(written: &str) -> String {
    let mut rest = written.trim();
    let mut flags: Vec<&str> = Vec::new();
    while let Some((before, flag)) = rest.strip_suffix('}').and_then(|r| r.rsplit_once('{')) {
        flags.push(flag.trim());
        rest = before.trim_end();
    }
    let mut out = rest.to_owned();
    for flag in flags.iter().rev() {
        out.push_str(&format!(" {{{flag}}}"));
    }
    out
}

/// The surfaces of a section in order. Those that find the same words under different flags stay in the order in which they were written,
/// because the first of them decides.
fn sorted<'s, 't>(own: &[&'s Surface<'t>]) -> Vec<&'s Surface<'t>> {
    let mut keys: Vec<(u8, String)> = own.iter().map(|s| key(s)).collect();
    let neighbors = Neighbors::of(own.iter().copied());
    let rivals: Vec<(usize, usize)> = (0..own.len())
        .flat_map(|a| neighbors.near(own[a], own.len()).into_iter().map(move |b| (a, b)))
        .filter(|&(a, b)| a != b && contend(own[a], own[b]))
        .collect();
    loop {
        let mut changed = false;
        for &(a, b) in &rivals {
            if keys[a] < keys[b] {
                keys[b] = keys[a].clone();
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    let mut order: Vec<usize> = (0..own.len()).collect();
    order.sort_by(|&a, &b| keys[a].cmp(&keys[b]).then(a.cmp(&b)));
    order.into_iter().map(|at| own[at]).collect()
}

/// Whether two surfaces find the same words and say different things of them.
fn contend(one: &Surface<'_>, other: &Surface<'_>) -> bool {
    let (Some(a), Some(b)) = (&one.term, &other.term) else { return false };
    let differ = a.capital != b.capital || a.passing != b.passing || a.thing != b.thing || a.boundary != b.boundary;
    let opened = |a: &Surface<'_>, open: bool, b: &Surface<'_>| {
        open && b.finds.iter().any(|form| a.finds.iter().any(|stem| form.starts_with(stem.as_str())))
    };
    differ
        && (one.finds.iter().any(|form| other.finds.contains(form))
            || opened(one, a.open, other)
            || opened(other, b.open, one))
}

/// Marks every surface that another one of the block finds in just the same places.
fn drop_found(surfaces: &mut [Surface<'_>], block: &Block) {
    let neighbors = Neighbors::of(surfaces.iter());
    for at in 0..surfaces.len() {
        surfaces[at].dropped = found_by(surfaces, at, block, &neighbors).is_some();
    }
}

/// The surface that makes another one superfluous; none where a third one says something else of the same words, because then it matters
/// which of them stands first.
fn found_by(surfaces: &[Surface<'_>], at: usize, block: &Block, neighbors: &Neighbors) -> Option<usize> {
    let near = neighbors.near(&surfaces[at], surfaces.len());
    if near.iter().any(|&other| other != at && contend(&surfaces[at], &surfaces[other])) {
        return None;
    }
    near.into_iter().find(|&other| {
        other != at
            && !surfaces[other].dropped
            && finds_all(&surfaces[other], &surfaces[at], block)
            && (!finds_all(&surfaces[at], &surfaces[other], block) || preferred(surfaces, other, at))
    })
}

/// Lines of a block that the canonical form drops, each with the line that finds the same; both by their place among the lines.
pub(in super::super) fn superfluous<'l, 't: 'l>(
    lines: impl Iterator<Item = &'l Line<'t>>,
    block: &Block,
) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut surfaces: Vec<Surface<'t>> = Vec::new();
    for (at, line) in lines.enumerate() {
        if let Line::Surface { written, comment, term } = line {
            let finds = term.as_ref().map(|t| spellings(t, block.noun)).unwrap_or_default();
            places.push(at);
            surfaces.push(Surface { written, comment, term: term.clone(), finds, section: 0, dropped: false });
        }
    }
    let neighbors = Neighbors::of(surfaces.iter());
    let mut out = Vec::new();
    for at in 0..surfaces.len() {
        if let Some(by) = found_by(&surfaces, at, block, &neighbors) {
            surfaces[at].dropped = true;
            out.push((places[at], places[by]));
        }
    }
    out
}

/// Of two surfaces that find the same, whether the first is the one to keep: the one with a comment, then the one that is written in the
/// form that texts are read in (Simplified, small letters), then the earlier one.
fn preferred(surfaces: &[Surface<'_>], one: usize, other: usize) -> bool {
    let rank = |at: usize| {
        let s = &surfaces[at];
        let plain = s.term.as_ref().is_some_and(|t| s.written.starts_with(t.surface.as_str()));
        (s.comment.is_empty(), !plain, at)
    };
    rank(one) < rank(other)
}

/// Whether one surface finds everything that another finds, and nothing tells the two apart.
fn finds_all(one: &Surface<'_>, other: &Surface<'_>, block: &Block) -> bool {
    let (Some(a), Some(b)) = (&one.term, &other.term) else { return false };
    // A surface that a `resolve` claims speaks only where its cues stand.
    if !block.unless && (block.ambiguous.contains(&a.surface) || block.ambiguous.contains(&b.surface)) {
        return a == b;
    }
    let latin = |t: &Term| t.surface.is_ascii() && t.surface.bytes().any(|b| b.is_ascii_alphanumeric());
    if a.capital != b.capital || a.passing != b.passing || a.thing != b.thing {
        return false;
    }
    if !latin(a) || !latin(b) {
        return a.surface == b.surface && a.open == b.open && boundary(a) == boundary(b);
    }
    match (a.open, b.open) {
        (false, false) => {
            other.finds.iter().all(|form| one.finds.contains(form))
                || !b.exact && one.finds.contains(&b.surface) && is_plural(&a.surface, &b.surface, block.noun)
        }
        (true, true) => one.finds == other.finds,
        (false, true) => false,
        (true, false) => other.finds.iter().all(|form| one.finds.iter().any(|stem| opens(stem, form))),
    }
}

/// Whether the second is the plural of the first, and what it finds besides (beerses) is no word. Elsewhere than in names a phrase takes
/// endings at both ends, one at a time, so that of "brew method" and "brew methods" neither finds all that the other does.
fn is_plural(base: &str, form: &str, noun: bool) -> bool {
    let (before, last) = base.rsplit_once(' ').unwrap_or(("", base));
    let (before_form, last_form) = form.rsplit_once(' ').unwrap_or(("", form));
    before == before_form && last != last_form && last_form.ends_with('s') && (noun || before.is_empty())
}

fn boundary(term: &Term) -> Boundary {
    term.boundary
}

/// Whether an open surface with this stem finds a form: the same words, the last one longer.
fn opens(stem: &str, form: &str) -> bool {
    let last = stem.rsplit(' ').next().unwrap_or(stem);
    form.strip_prefix(stem).is_some_and(|rest| !rest.contains(' ')) && STEM.contains(&last.len())
}

/// The order within a section: script, then surface.
fn key(surface: &Surface<'_>) -> (u8, String) {
    let normal = surface.term.as_ref().map_or_else(|| surface.written.to_lowercase(), |t| t.surface.clone());
    let first = normal.chars().next().unwrap_or(' ');
    let group = if is_han(first) {
        0
    } else if first.is_alphanumeric() {
        1
    } else {
        2
    };
    (group, normal)
}
