//! How the rivals of a subject stand to it. Of most of a thousand nobody speaks together with it: what is the same for many is kept and weighed
//! once.

use rustc_hash::FxHashMap;

use super::super::findings::Level;
use super::language::{Around, Language, Pair, SAME_ROLE, Testimony, role_prior};
use super::sample::Layout;
use super::weights::Weights;
use crate::accumulate::role_unknown;
use crate::lexicon::id::CategoryId;

/// All rivals of a subject, by how they stand to it.
pub(in crate::analyze) struct Kinds<'a> {
    /// By rival.
    of: Vec<u32>,
    kinds: Vec<Kind<'a>>,
    categories: Vec<OfCategory<'a>>,
    /// The rivals that share a further role with the subject in some occasion.
    sharing: Vec<u32>,
}

/// One rival of which something is said beside the subject, or all others of a category.
struct Kind<'a> {
    category: usize,
    pair: Option<&'a Pair<'a>>,
    /// ln w, where a role is unknown.
    ln_w: f64,
}

/// What all rivals of a category share.
struct OfCategory<'a> {
    around: Around<'a>,
    /// p0.
    prior: f64,
    /// The occasions in which subject and rival take on a further, common role.
    shared: Vec<usize>,
}

impl OfCategory<'_> {
    /// ρ by some language: as usual, and where a further role is shared.
    fn rho(&self, told: &Testimony) -> (f64, f64) {
        let usual = told.rho(self.prior);
        // Most share no role beyond their own, and nobody asks how it would weigh.
        (usual, if self.shared.is_empty() { usual } else { told.rho(SAME_ROLE) })
    }
}

impl<'a> Kinds<'a> {
    /// The kinds of some rivals.
    pub fn of(layout: &Layout<'_>, language: &'a Language<'a>, subject: usize, rivals: &[usize], level: Level) -> Self {
        let home = layout.category(subject);
        let shared = Shared::of(layout, home);
        let mut known: FxHashMap<CategoryId, (usize, Option<u32>)> = FxHashMap::default();
        let (mut kinds, mut categories) = (Vec::new(), Vec::new());
        let kind = |&at: &usize| {
            let category = layout.category(at);
            let (place, silent) = known.entry(category).or_insert_with(|| {
                categories.push(OfCategory {
                    around: language.around(home, category, level),
                    prior: role_prior(home, category, layout.taxonomy),
                    shared: shared.with(category),
                });
                (categories.len() - 1, None)
            });
            let pair = language.pair(layout.entities[subject], layout.entities[at]);
            let ln_w = ln_w(layout, subject, at);
            let mut new = || {
                kinds.push(Kind { category: *place, pair, ln_w });
                kinds.len() as u32 - 1
            };
            if pair.is_none() && ln_w == 0.0 { *silent.get_or_insert_with(new) } else { new() }
        };
        let of: Vec<u32> = rivals.iter().map(kind).collect();
        let shares = |&(&kind, _): &(&u32, u32)| {
            let kind: &Kind<'_> = &kinds[kind as usize];
            !categories[kind.category].shared.is_empty()
        };
        let sharing = of.iter().zip(0..).filter(shares).map(|(_, n)| n).collect();
        Self { of, kinds, categories, sharing }
    }

    fn kind(&self, rival: usize) -> &Kind<'a> {
        &self.kinds[self.of[rival] as usize]
    }

    fn category(&self, rival: usize) -> &OfCategory<'a> {
        &self.categories[self.kind(rival).category]
    }

    /// What is said of a rival and the subject.
    pub fn pair(&self, rival: usize) -> Option<&'a Pair<'a>> {
        self.kind(rival).pair
    }

    /// The occasions in which subject and rival take on a further, common role.
    pub fn shared(&self, rival: usize) -> &[usize] {
        &self.category(rival).shared
    }

    /// The rivals that share one in any occasion.
    pub fn sharing(&self) -> &[u32] {
        &self.sharing
    }

    /// ρ of a rival by the language on it: as usual, and in the occasions in which it shares a further role with the subject.
    pub fn rho_of(&self, rival: usize, told: Testimony) -> (f64, f64) {
        self.category(rival).rho(&told)
    }

    /// p0 of a rival in an occasion.
    pub fn prior(&self, rival: usize, occasion: usize) -> f64 {
        let of = self.category(rival);
        if of.shared.contains(&occasion) { SAME_ROLE } else { of.prior }
    }

    /// The language on each kind under some weights.
    pub fn testimonies(&self, weights: &Weights) -> Vec<Testimony> {
        let around: Vec<Option<(f64, f64)>> = self.categories.iter().map(|of| of.around.weigh(weights)).collect();
        self.kinds.iter().map(|kind| Testimony::of(kind.pair, around[kind.category], kind.ln_w, weights)).collect()
    }

    /// The language on a rival, of that on each kind.
    pub fn told(&self, testimonies: &[Testimony], rival: usize) -> Testimony {
        testimonies[self.of[rival] as usize]
    }

    /// ρ of each rival: as usual, and in the occasions in which it shares a further role with the subject.
    pub fn rho<'k>(&'k self, testimonies: &[Testimony]) -> impl Iterator<Item = (f64, f64)> + use<'k, 'a> {
        let of_kind = |(kind, told): (&Kind<'_>, &Testimony)| self.categories[kind.category].rho(told);
        let rho: Vec<(f64, f64)> = self.kinds.iter().zip(testimonies).map(of_kind).collect();
        self.of.iter().map(move |&kind| rho[kind as usize])
    }

    /// S(A→·): all who switched. Whoever is switched to is a kind of its own, and these come in the order of the rivals.
    pub fn switched(&self, weights: &Weights) -> f64 {
        self.kinds.iter().filter_map(|kind| kind.pair).map(|pair| pair.switched(weights)).sum()
    }
}

/// The further roles that a subject takes on in some occasions (`[occasion_role]` of the codebook).
struct Shared<'t, 'l> {
    layout: &'t Layout<'l>,
    /// The occasions, and who else takes it on.
    taken: Vec<(usize, &'t [CategoryId])>,
}

impl<'t, 'l> Shared<'t, 'l> {
    fn of(layout: &'t Layout<'l>, home: CategoryId) -> Self {
        let roles =
            layout.taxonomy.occasions.iter().map(|occasion| occasion.role.as_ref().map(|(_, of)| of.as_slice()));
        let takes = |of: &&[CategoryId]| listed(layout, home, of);
        let taken = roles.enumerate().filter_map(|(o, of)| Some((o, of.filter(takes)?))).collect();
        Self { layout, taken }
    }

    /// The occasions in which the subject and a category share one.
    fn with(&self, category: CategoryId) -> Vec<usize> {
        self.taken.iter().filter(|(_, of)| listed(self.layout, category, of)).map(|&(o, _)| o).collect()
    }
}

/// Whether a category, or one that it is a kind of, is among others.
fn listed(layout: &Layout<'_>, category: CategoryId, among: &[CategoryId]) -> bool {
    layout.taxonomy.lineage_up(category).any(|up| among.contains(&up))
}

/// ln w of a pair with an unknown role: how much more often the two stand together in an occasion than chance would have it.
fn ln_w(layout: &Layout<'_>, subject: usize, rival: usize) -> f64 {
    let (a, b) = (layout.entities[subject], layout.entities[rival]);
    if !role_unknown(a, layout.taxonomy) && !role_unknown(b, layout.taxonomy) {
        return 0.0;
    }
    let together = layout.counts.together.get(&if b < a { (b, a) } else { (a, b) }).copied().unwrap_or_default();
    let expected: f64 = layout
        .counts
        .occasions
        .iter()
        .map(|(&occasion, all)| {
            let n = |entity| layout.counts.links.get(&(entity, occasion)).map_or(0, |cell| cell.authors.total()) as f64;
            n(a) * n(b) / (all.total().max(1)) as f64
        })
        .sum();
    ((together as f64 + 5.0) / (expected + 5.0)).clamp(0.1, 10.0).ln()
}
