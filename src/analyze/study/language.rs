//! What people say of two entities: who switched, who compares, who takes both together; and from that and the roles of
//! the codebook, how far the two replace each other (ρ, method §3).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::findings::{Basis, Kinship, Level};
use super::super::numbers::{beta_quantile, logit, sigmoid};
use super::sample::category_of;
use super::weights::{Weights, weigh};
use crate::accumulate::{Counts, Spread};
use crate::lexicon::id::{CategoryId, Entity, RelationKind};
use crate::lexicon::taxonomy::Taxonomy;

/// Prior weight of the roles at category level.
const CATEGORY_PRIOR: f64 = 8.0;
/// Prior weight of the two categories at brand level.
const BRAND_PRIOR: f64 = 4.0;

/// All authors who relate B to a subject A. Missing spreads are empty.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::analyze) struct Pair<'a> {
    /// S(A→B): B was taken instead of A.
    pub to_rival: Option<&'a Spread>,
    /// S(B→A).
    pub from_rival: Option<&'a Spread>,
    /// Y(A→B): B is better.
    pub rival_better: Option<&'a Spread>,
    /// Y(B→A).
    pub subject_better: Option<&'a Spread>,
    /// X(A,B).
    pub either_or: Option<&'a Spread>,
    /// G(A,B).
    pub goes_with: Option<&'a Spread>,
}

/// Authors of a spread that may be missing.
pub(in crate::analyze) fn authors(spread: Option<&Spread>) -> u64 {
    spread.map_or(0, Spread::total)
}

impl Pair<'_> {
    /// C(A,B): authors who choose or compare.
    pub fn choosing(&self, weights: &Weights) -> f64 {
        [self.to_rival, self.from_rival, self.rival_better, self.subject_better, self.either_or]
            .into_iter()
            .flatten()
            .map(|spread| weigh(spread, weights))
            .sum()
    }

    /// G(A,B).
    pub fn pairing(&self, weights: &Weights) -> f64 {
        self.goes_with.map_or(0.0, |spread| weigh(spread, weights))
    }

    /// S(A→B).
    pub fn switched(&self, weights: &Weights) -> f64 {
        self.to_rival.map_or(0.0, |spread| weigh(spread, weights))
    }
}

/// C and G summed over all brand pairs of two categories.
#[derive(Debug, Default)]
pub(in crate::analyze) struct Sums {
    pub choosing: Spread,
    pub pairing: Spread,
}

/// All relations, by subject.
pub(in crate::analyze) struct Language<'a> {
    by_subject: FxHashMap<Entity, BTreeMap<Entity, Pair<'a>>>,
    by_categories: FxHashMap<(CategoryId, CategoryId), Sums>,
}

impl<'a> Language<'a> {
    /// Everything said of pairs.
    pub fn of(counts: &'a Counts, taxonomy: &Taxonomy) -> Self {
        let mut by_subject: FxHashMap<Entity, BTreeMap<Entity, Pair<'a>>> = FxHashMap::default();
        let mut by_categories: FxHashMap<(CategoryId, CategoryId), Sums> = FxHashMap::default();
        for (&(kind, loser, winner), spread) in &counts.pairs {
            let mut set =
                |of: Entity, other: Entity, field: for<'p> fn(&'p mut Pair<'a>) -> &'p mut Option<&'a Spread>| {
                    *field(by_subject.entry(of).or_default().entry(other).or_default()) = Some(spread);
                };
            match kind {
                RelationKind::InsteadOf => {
                    set(loser, winner, |pair| &mut pair.to_rival);
                    set(winner, loser, |pair| &mut pair.from_rival);
                }
                RelationKind::BetterThan => {
                    set(loser, winner, |pair| &mut pair.rival_better);
                    set(winner, loser, |pair| &mut pair.subject_better);
                }
                RelationKind::EitherOr => {
                    set(loser, winner, |pair| &mut pair.either_or);
                    set(winner, loser, |pair| &mut pair.either_or);
                }
                RelationKind::GoesWith => {
                    set(loser, winner, |pair| &mut pair.goes_with);
                    set(winner, loser, |pair| &mut pair.goes_with);
                }
                RelationKind::LostToNone => {}
            }
            if let (Entity::Brand(_), Entity::Brand(_)) = (loser, winner) {
                let sums = by_categories
                    .entry(ordered(category_of(loser, taxonomy), category_of(winner, taxonomy)))
                    .or_default();
                let into = if kind == RelationKind::GoesWith { &mut sums.pairing } else { &mut sums.choosing };
                spread.iter().for_each(|(bucket, count)| into.add(bucket, count));
            }
        }
        Self { by_subject, by_categories }
    }

    /// What is said of A and B.
    pub fn pair(&self, a: Entity, b: Entity) -> Option<&Pair<'a>> {
        self.by_subject.get(&a)?.get(&b)
    }
}

/// Two ids, the smaller first.
fn ordered(a: CategoryId, b: CategoryId) -> (CategoryId, CategoryId) {
    if b < a { (b, a) } else { (a, b) }
}

/// p0 of two categories that share a role where it matters.
pub(in crate::analyze) const SAME_ROLE: f64 = 0.85;

/// p0: how likely two categories replace each other by their roles alone.
pub(in crate::analyze) fn role_prior(a: CategoryId, b: CategoryId, taxonomy: &Taxonomy) -> f64 {
    let (one, two) = (taxonomy.category(a), taxonomy.category(b));
    let unknown = |role: &str| matches!(role, "" | "unknown");
    if unknown(&one.role) || unknown(&two.role) {
        0.5
    } else if one.role == two.role {
        SAME_ROLE
    } else if one.broad_role() == two.broad_role() {
        0.5
    } else {
        0.15
    }
}

/// What is known of how far B replaces A, apart from p0.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::analyze) struct Testimony {
    /// C(A,B).
    pub choosing: f64,
    /// G(A,B).
    pub pairing: f64,
    /// At brand and cross level: C and G of the two categories without this pair.
    pub categories: Option<(f64, f64)>,
    /// ln w for a pair with an unknown role, else 0.
    pub ln_w: f64,
}

impl Testimony {
    /// The prior mean of ρ and its weight.
    fn prior(&self, p0: f64) -> (f64, f64) {
        let (mean, weight) = match self.categories {
            None => (p0, CATEGORY_PRIOR),
            Some((choosing, pairing)) => {
                ((choosing + CATEGORY_PRIOR * p0) / (choosing + pairing + CATEGORY_PRIOR), BRAND_PRIOR)
            }
        };
        (mean, weight)
    }

    /// ρ(A,B) in (0, 1).
    pub fn rho(&self, p0: f64) -> f64 {
        let (mean, weight) = self.prior(p0);
        let rho = (self.choosing + weight * mean) / (self.choosing + self.pairing + weight);
        if self.ln_w == 0.0 { rho } else { sigmoid(logit(rho) - self.ln_w) }
    }

    /// The 90 % interval of ρ.
    pub fn interval(&self, p0: f64) -> [f64; 2] {
        let (mean, weight) = self.prior(p0);
        let mean = if self.ln_w == 0.0 { mean } else { sigmoid(logit(mean) - self.ln_w) };
        let (a, b) = (self.choosing + weight * mean, self.pairing + weight * (1.0 - mean));
        [beta_quantile(0.05, a, b), beta_quantile(0.95, a, b)]
    }

    /// Competitor, complement, both or unknown by the interval of ρ, and on what that rests.
    pub fn kinship(&self, [low, high]: [f64; 2]) -> (Kinship, Basis) {
        let kinship = if low > 0.5 {
            Kinship::Competitor
        } else if high < 0.5 {
            Kinship::Complement
        } else if self.choosing >= 3.0 && self.pairing >= 3.0 {
            Kinship::Both
        } else {
            Kinship::Unknown
        };
        (kinship, if self.choosing + self.pairing > 0.0 { Basis::Language } else { Basis::Role })
    }
}

/// What stands around a pair at brand and cross level: the language on its two categories.
#[derive(Debug, Clone, Copy)]
pub(in crate::analyze) enum Around<'a> {
    /// Nothing: the pair is a pair of categories.
    Itself,
    /// All brand pairs of the two categories.
    Brands(Option<&'a Sums>),
    /// The two categories themselves.
    Categories(Option<&'a Pair<'a>>),
}

impl Around<'_> {
    /// C and G under some weights.
    pub fn weigh(&self, weights: &Weights) -> Option<(f64, f64)> {
        match self {
            Around::Itself => None,
            Around::Brands(sums) => {
                Some(sums.map_or((0.0, 0.0), |sums| (weigh(&sums.choosing, weights), weigh(&sums.pairing, weights))))
            }
            Around::Categories(pair) => {
                Some(pair.map_or((0.0, 0.0), |pair| (pair.choosing(weights), pair.pairing(weights))))
            }
        }
    }
}

impl<'a> Language<'a> {
    /// What stands around a pair at a level.
    pub fn around(&self, a: CategoryId, b: CategoryId, level: Level) -> Around<'_> {
        match level {
            Level::Category => Around::Itself,
            Level::Brand => Around::Brands(self.by_categories.get(&ordered(a, b))),
            Level::Cross => Around::Categories(self.pair(Entity::Category(a), Entity::Category(b))),
        }
    }
}

impl Testimony {
    /// The testimony on a pair under some weights; `around` is what [`Around::weigh`] says.
    pub fn of(pair: Option<&Pair<'_>>, around: Option<(f64, f64)>, ln_w: f64, weights: &Weights) -> Self {
        let choosing = pair.map_or(0.0, |pair| pair.choosing(weights));
        let pairing = pair.map_or(0.0, |pair| pair.pairing(weights));
        let categories = around.map(|(c, g)| ((c - choosing).max(0.0), (g - pairing).max(0.0)));
        Self { choosing, pairing, categories, ln_w }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Testimony {
        fn kinship_by(&self, p0: f64) -> (Kinship, Basis) {
            self.kinship(self.interval(p0))
        }
    }

    #[test]
    fn roles_alone_decide_where_nobody_speaks() {
        let silent = Testimony::default();
        assert!((silent.rho(SAME_ROLE) - 0.85).abs() < 1e-12);
        assert_eq!(silent.kinship_by(SAME_ROLE), (Kinship::Competitor, Basis::Role));
        assert_eq!(silent.kinship_by(0.5), (Kinship::Unknown, Basis::Role));
        assert_eq!(silent.kinship_by(0.15), (Kinship::Complement, Basis::Role));
    }

    #[test]
    fn evidence_overcomes_a_role() {
        let board_games = Testimony { choosing: 20.0, ..Testimony::default() };
        assert_eq!(board_games.kinship_by(0.15), (Kinship::Competitor, Basis::Language));
        let tonic = Testimony { pairing: 20.0, ..Testimony::default() };
        assert_eq!(tonic.kinship_by(SAME_ROLE), (Kinship::Complement, Basis::Language));
        let torn = Testimony { choosing: 12.0, pairing: 12.0, ..Testimony::default() };
        assert_eq!(torn.kinship_by(0.5).0, Kinship::Both);
    }

    #[test]
    fn a_brand_pair_leans_on_its_categories() {
        let pair = Testimony { categories: Some((0.0, 32.0)), ..Testimony::default() };
        // rc = (0 + 8·0.85)/(0 + 32 + 8) = 0.17
        assert!((pair.rho(SAME_ROLE) - 0.17).abs() < 1e-12);
        let known = Testimony { choosing: 4.0, categories: Some((0.0, 32.0)), ..Testimony::default() };
        // (4 + 4·0.17)/(4 + 0 + 4)
        assert!((known.rho(SAME_ROLE) - 0.585).abs() < 1e-12);
    }
}
