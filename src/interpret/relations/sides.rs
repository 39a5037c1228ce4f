//! Who may stand in a slot: things named, and the words that stand for them (它, it) or for which nothing stands at all.

use super::super::mentions::Named;
use crate::lexicon::taxonomy::Taxonomy;
use crate::matcher::Via;
use crate::normalize::span::{Norm, Span};
use crate::segment::Outline;

/// Places that are looked at.
const MOST_PLACES: usize = 32;

/// What fills a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filler {
    /// A thing named, by its index.
    Named(usize),
    /// A word at a place that stands for a thing named before.
    Pronoun(u32),
}

/// What may fill a slot, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub span: Span<Norm>,
    pub filler: Filler,
}

/// Things named and pronouns, by place; a brand followed by its own category (喜力啤酒) is one thing. What stands right before a head is no
/// side: who leaves the chicken stock out does not leave the chicken out.
pub(super) fn candidates(
    taxonomy: &Taxonomy,
    text: &str,
    named: &[Named],
    pronouns: &[Span<Norm>],
    heads: &[Span<Norm>],
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::with_capacity(named.len() + pronouns.len());
    let holds_another = |n: &Named| {
        matches!(n.found.via, Via::Near { .. })
            && named.iter().any(|o| o.found.via == Via::Term && n.found.span.overlaps(o.found.span))
    };
    // Words far apart that name a thing together (screen … battery) are no side where they hold the name of another.
    for (i, n) in named.iter().enumerate().filter(|(_, n)| !holds_another(n)) {
        let joins = out.last().is_some_and(|last| {
            let Filler::Named(before) = last.filler else { return false };
            last.span.end == n.found.span.start
                && named[before].brand.is_some()
                && n.brand.is_none()
                && named[before].category == n.category
        });
        let heads = out.last().is_some_and(|last| {
            let Filler::Named(before) = last.filler else { return false };
            last.span.end == n.found.span.start && is_head(taxonomy, &named[before], n)
        });
        match out.last_mut() {
            Some(last) if joins => last.span.end = n.found.span.end,
            Some(last) if heads => *last = Candidate { span: n.found.span, filler: Filler::Named(i) },
            _ => out.push(Candidate { span: n.found.span, filler: Filler::Named(i) }),
        }
    }
    let before_a_head = |c: &Candidate| {
        let gap = |h: &Span<Norm>| text.get(c.span.end as usize..h.start as usize);
        heads.iter().any(|h| matches!(gap(h), Some("" | " ")))
    };
    out.retain(|c| !before_a_head(c));
    out.truncate(MOST_PLACES);
    let things = out.len();
    let free = |p: &&Span<Norm>| !out[..things].iter().any(|c| c.span.overlaps(**p));
    let standing: Vec<Span<Norm>> = pronouns.iter().filter(free).take(MOST_PLACES).copied().collect();
    out.extend(standing.into_iter().map(|span| Candidate { span, filler: Filler::Pronoun(span.start) }));
    out.sort_by_key(|c| c.span);
    out
}

/// Whether the second of two things that stand together is the one meant, and the first only tells which: 酒店|餐厅, 三亚|喜来登, and of one
/// undivided role 海鲜|乌冬, 巧克力|蛋糕. Other things of one whole role are listed rather (啤酒|红酒), and so are things that play different parts
/// (啤酒|烧烤).
fn is_head(taxonomy: &Taxonomy, first: &Named, second: &Named) -> bool {
    let brands = first.brand.is_some() || second.brand.is_some();
    let (first, second) = (taxonomy.category(first.category), taxonomy.category(second.category));
    let undivided = first.broad_role() == first.role && !brands;
    (first.role != second.role || undivided) && first.broad_role() == second.broad_role()
}

/// The same number for the same thing.
pub(super) fn keys(named: &[Named]) -> Vec<u64> {
    let key = |n: &Named| (u64::from(n.category.0)) << 32 | n.brand.map_or(0, |b| u64::from(b.0) + 1);
    named.iter().map(key).collect()
}

/// The thing that is meant at a place without being named there: the only one named before in its sentence, else in the sentence before, else,
/// where nothing stands for it, in the post so far. The other side is never meant. Two things named leave it open.
pub(super) fn meant(
    taxonomy: &Taxonomy,
    outline: &Outline,
    named: &[Named],
    (at, pronoun): (u32, bool),
    other: Option<usize>,
) -> Option<usize> {
    let sentence = outline.sentence_at(at);
    let rivals = |i: &usize| other.is_none_or(|o| !same(taxonomy, &named[*i], &named[o]));
    let before = || (0..named.len()).filter(|&i| named[i].found.span.end <= at).filter(rivals);
    let windows: [&dyn Fn(u32) -> bool; 3] =
        [&|s| s == sentence, &|s| sentence.checked_sub(1) == Some(s), &|_| !pronoun];
    for within in windows {
        let mut only: Option<usize> = None;
        for i in before().filter(|&i| within(named[i].found.sentence)) {
            match only {
                None => only = Some(i),
                Some(o) if !same(taxonomy, &named[o], &named[i]) => return None,
                // A brand says more than its category.
                Some(o) if named[o].brand.is_none() => only = Some(i),
                Some(_) => {}
            }
        }
        if only.is_some() {
            return only;
        }
    }
    None
}

/// Whether two names are of one thing: one brand, or a category and its own kind or brand.
fn same(taxonomy: &Taxonomy, a: &Named, b: &Named) -> bool {
    match (a.brand, b.brand) {
        (Some(x), Some(y)) => x == y,
        _ => taxonomy.same_lineage(a.category, b.category),
    }
}
