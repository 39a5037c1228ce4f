//! Who may stand in a slot: things named, and the words that stand for them (它, it) or for which nothing stands at all.

use super::super::mentions::Named;
use crate::lexicon::taxonomy::Taxonomy;
use crate::matcher::Via;
use crate::normalize::span::{Norm, Span};
use crate::segment::{Outline, within_words};

/// Places that are looked at: more than any but the longest lists have.
const MOST_PLACES: usize = 256;

/// Words of a name whose words stand apart: 坐船, play games. Longer ones tell of a thing rather than name it.
const NEAR_WORDS: u32 = 4;

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
    /// The sentence in which it begins.
    pub sentence: u32,
    /// Whether it only tells which one of something else is meant: the chicken of chicken stock.
    pub part: bool,
}

/// Where the words stand that tell what may be a side.
pub(super) struct Places {
    pub pronouns: Vec<Span<Norm>>,
    pub heads: Vec<Span<Norm>>,
    pub nameless: Vec<Span<Norm>>,
}

/// Things named and pronouns, by place; a brand followed by its own category (喜力啤酒) is one thing. What stands right before a head is no
/// side: who leaves the chicken stock out does not leave the chicken out. A brand there may still be compared.
pub(super) fn candidates(
    taxonomy: &Taxonomy,
    (text, outline): (&str, &Outline),
    named: &[Named],
    places: &Places,
) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::with_capacity(named.len() + places.pronouns.len());
    let named_at = |i: usize, span: Span<Norm>| {
        let before = |h: &Span<Norm>| matches!(text.get(span.end as usize..h.start as usize), Some("" | " "));
        let (filler, sentence) = (Filler::Named(i), named[i].found.sentence);
        Candidate { span, filler, sentence, part: places.heads.iter().any(before) }
    };
    for (i, n) in named.iter().enumerate().filter(|(_, n)| is_name(text, named, n, &places.nameless)) {
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
                || is_compound(taxonomy, text, (last.span, &named[before]), n)
        });
        match out.last_mut() {
            Some(last) if joins => {
                let Filler::Named(brand) = last.filler else { continue };
                *last = named_at(brand, Span::new(last.span.start as usize, n.found.span.end as usize));
            }
            Some(last) if heads => *last = named_at(i, n.found.span),
            _ => out.push(named_at(i, n.found.span)),
        }
    }
    // "Nikon lenses are sharper than Canon ones" does compare the two brands.
    out.retain(|c| !c.part || matches!(c.filler, Filler::Named(i) if named[i].brand.is_some()));
    out.truncate(MOST_PLACES);
    let things = out.len();
    let free = |p: &&Span<Norm>| !out[..things].iter().any(|c| c.span.overlaps(**p));
    let standing: Vec<Span<Norm>> = places.pronouns.iter().filter(free).take(MOST_PLACES).copied().collect();
    let stands = |span: Span<Norm>| {
        let (filler, sentence) = (Filler::Pronoun(span.start), outline.sentence_at(span.start));
        Candidate { span, filler, sentence, part: false }
    };
    out.extend(standing.into_iter().map(stands));
    out.sort_by_key(|c| c.span);
    out
}

/// Whether a place names a thing: not the waiter or the menu of a restaurant, and of words apart that name a thing together (screen … battery)
/// only those that stand close and do not hold the name of another.
fn is_name(text: &str, named: &[Named], n: &Named, nameless: &[Span<Norm>]) -> bool {
    let span = n.found.span;
    let apart = matches!(n.found.via, Via::Near { .. });
    let holds_another = || named.iter().any(|o| o.found.via == Via::Term && span.overlaps(o.found.span));
    let close = || within_words(text, span.start..span.end, NEAR_WORDS);
    (n.brand.is_some() || !nameless.contains(&span)) && (!apart || close() && !holds_another())
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

/// Whether two English words stand together, so that the second is the thing meant: in a *beer cheese* and a *coffee table* nobody drinks. Two drinks
/// are mixed rather (a vodka soda), and a brand stays what it is (an iPhone camera).
fn is_compound(taxonomy: &Taxonomy, text: &str, (first, named): (Span<Norm>, &Named), second: &Named) -> bool {
    let of = |span: Span<Norm>| text.get(span.start as usize..span.end as usize).unwrap_or_default();
    let is_words =
        |span: Span<Norm>| of(span).chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '\'' | '’'));
    let [x, y] = [named, second].map(|n| taxonomy.category(n.category).broad_role());
    named.brand.is_none()
        && second.brand.is_none()
        && second.found.via == Via::Term
        && (x != y || x != "drink")
        && text.get(first.end as usize..second.found.span.start as usize) == Some(" ")
        && is_words(first)
        && is_words(second.found.span)
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
