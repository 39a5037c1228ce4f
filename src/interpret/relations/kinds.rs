//! Whether two things are of one kind, so that people may say of one that it is larger, dearer or as good as the other.
//!
//! A review compares what it reviews, often unnamed: in "the room is larger than at other restaurants" and "20 less than at the booking site" the
//! things that stand nearest are not the two that are compared.

use crate::lexicon::id::CategoryId;
use crate::lexicon::taxonomy::Taxonomy;

use super::super::mentions::Named;

/// How a side of a comparison is known to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Named beside the words of comparing, in their clause.
    Beside,
    /// Named in another clause, or a pronoun stands for it.
    Apart,
    /// Left out: the one thing named before.
    LeftOut,
}

/// Whether two things compare by degree, the less certain of the two standing so. Of two that stand beside the comparison a sector or a broad
/// role in common is enough. One that stands apart must play the very part of the other, brand for brand or word for word, for a brand is mostly
/// compared with another that is not named. One left out must be more: in a review that is mostly what is reviewed, and in that of a meal many a
/// food is named (an undivided role) that is only a part of it. An unknown role fits everything.
pub(super) fn compare(taxonomy: &Taxonomy, x: &Named, y: &Named, standing: Standing) -> bool {
    let brands = [x, y].map(|side| side.brand.is_some());
    if is_catch_all(taxonomy, x) || is_catch_all(taxonomy, y) {
        return false;
    }
    let same_shelf = sold_in(taxonomy, x).any(|a| sold_in(taxonomy, y).any(|b| taxonomy.same_lineage(a, b)));
    if brands[0] != brands[1]
        && (standing != Standing::Beside || same_shelf || ![x, y].iter().any(|n| is_divided(taxonomy, n)))
    {
        return false;
    }
    sold_in(taxonomy, x).any(|a| {
        sold_in(taxonomy, y).any(|b| {
            let (one, other) = (taxonomy.category(a), taxonomy.category(b));
            let unknown = one.role.is_empty() || other.role.is_empty();
            unknown
                || match standing {
                    Standing::Beside => one.sector == other.sector || one.broad_role() == other.broad_role(),
                    Standing::Apart => one.role == other.role,
                    Standing::LeftOut if brands[0] => taxonomy.same_lineage(a, b),
                    Standing::LeftOut => one.role == other.role && one.role != one.broad_role(),
                }
        })
    })
}

/// Whether the part a thing plays is one of several that are told apart (a coffee among the drinks). A food is not so: the tart that is as good as
/// that of a chain is no rival of the chain.
fn is_divided(taxonomy: &Taxonomy, named: &Named) -> bool {
    let category = taxonomy.category(named.category);
    category.role != category.broad_role()
}

/// A bare word for many things (菜, liquor): what is compared with it may be one of them.
fn is_catch_all(taxonomy: &Taxonomy, named: &Named) -> bool {
    named.brand.is_none() && taxonomy.category(named.category).catch_all
}

/// The categories in which a thing is sold: that of its mention, and all of its brand.
fn sold_in<'t>(taxonomy: &'t Taxonomy, named: &Named) -> impl Iterator<Item = CategoryId> + 't {
    let brand = named.brand.map(|b| taxonomy.brand(b));
    let all = brand.into_iter().flat_map(|b| std::iter::once(b.home).chain(b.also.iter().copied()));
    std::iter::once(named.category).chain(all)
}
