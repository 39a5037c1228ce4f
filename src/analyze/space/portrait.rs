//! The passer-by test (method §5): would somebody who hears what is said of a thing, without its name and the names of its rivals, know
//! which of ten it is? Multinomial naive Bayes over what is said, eight folds of authors, items of five posts, equal chances for all.

use std::collections::BTreeMap;

use super::super::findings::{DistinctivenessFinding, Level, Mistaken, Trait};
use super::super::numbers::{benjamini_hochberg, beta_cdf, beta_quantile, six, told};
use super::super::study::{Study, SubjectStudy};
use crate::accumulate::{FOLDS, Feature, Fold, Portrait};
use crate::lexicon::id::Entity;
use crate::lexicon::taxonomy::Taxonomy;

/// Rivals among which the subject is to be known.
const RIVALS: usize = 9;
/// Rivals below which there is nothing to choose from.
const LEAST_RIVALS: usize = 2;
/// Posts of an item.
const ITEM: usize = 5;
/// Items below which nothing is told.
const ITEMS: usize = 20;
/// Posts of a rival below which nobody could know it.
const RIVAL_POSTS: usize = 40;
/// Added to each count of a feature.
const SMOOTHING: f64 = 0.5;
/// Wrong answers shown.
const MISTAKEN: usize = 3;
/// Features shown, and the posts that one must stand in.
const TRAITS: usize = 5;
const TRAIT_POSTS: u64 = 5;
/// Items that a log-likelihood may differ by and still be a tie.
const TIE: f64 = 1e-9;

/// A candidate's posts by fold, as sets of features by number.
type Posts = Vec<Vec<Vec<usize>>>;

/// The test of one subject; q is left to [`judge`].
pub(super) fn passer_by(study: &Study<'_>, subject: &SubjectStudy<'_>, level: Level) -> DistinctivenessFinding {
    let layout = study.layout;
    let at = subject.field.subject;
    let category = |at: usize| layout.taxonomy.category(layout.category(at));
    let portrait = |at: usize| layout.counts.portraits.get(&layout.entities[at]);
    let competing = subject.order[..subject.competing].iter().map(|&n| subject.field.rivals[n]);
    let known: Vec<usize> = competing.filter(|&rival| portrait(rival).map_or(0, posts) >= RIVAL_POSTS).collect();
    // The same whole role first, then the same broad one.
    let (same, broad): (Vec<usize>, Vec<usize>) = known
        .into_iter()
        .filter(|&rival| category(rival).broad_role() == category(at).broad_role())
        .partition(|&rival| category(rival).role == category(at).role);
    let rivals: Vec<usize> = same.into_iter().chain(broad).take(RIVALS).collect();
    let places: Vec<usize> = std::iter::once(at).chain(rivals).collect();
    let own = portrait(at);
    let items = own.map_or(0, |own| own.folds.iter().map(|fold| fold.len() / ITEM).sum());
    let mut finding = DistinctivenessFinding {
        of: study.id(at).to_owned(),
        level,
        needed_posts: None,
        among: places.iter().map(|&at| study.id(at).to_owned()).collect(),
        chance: None,
        items: items as u64,
        identified: None,
        ci90: None,
        q: None,
        mistaken_for: Vec::new(),
        known_by: Vec::new(),
    };
    if items < ITEMS || places.len() <= LEAST_RIVALS {
        let had = own.map_or(0, posts);
        finding.needed_posts = Some(((ITEMS * ITEM).saturating_sub(had) as u64).max(u64::from(items < ITEMS)));
        return finding;
    }
    let names = Names::of(places.iter().map(|&at| layout.entities[at]), layout.taxonomy);
    let mut vocabulary: BTreeMap<Feature, usize> = BTreeMap::new();
    let candidates: Vec<Posts> =
        places.iter().filter_map(|&at| portrait(at)).map(|p| names.masked(p, &mut vocabulary)).collect();
    let answers = answers(&candidates, vocabulary.len());
    let n = items as f64;
    let right = answers[0];
    finding.chance = told(1.0 / places.len() as f64);
    finding.identified = told(right / n);
    // Jeffreys' interval.
    finding.ci90 = Some([0.05, 0.95].map(|p| six(beta_quantile(p, right + 0.5, n - right + 0.5))));
    let mut wrong: Vec<(usize, f64)> = answers.iter().copied().enumerate().skip(1).filter(|&(_, x)| x > 0.0).collect();
    wrong.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mistaken = |&(c, x): &(usize, f64)| Mistaken { entity: study.id(places[c]).to_owned(), share: six(x / n) };
    finding.mistaken_for = wrong.iter().take(MISTAKEN).map(mistaken).collect();
    finding.known_by = traits(&candidates, &vocabulary, layout.taxonomy);
    finding
}

/// Adds q of being known more often than by chance, over all subjects.
pub(super) fn judge(findings: &mut [DistinctivenessFinding]) {
    let p = |finding: &DistinctivenessFinding| {
        let (right, n) = (finding.identified? * finding.items as f64, finding.items as f64);
        // P(X ≥ x) of a binomial, continuous in x because ties are shared.
        Some(beta_cdf(finding.chance?, right.max(0.5), n - right + 1.0))
    };
    let all: Vec<f64> = findings.iter().filter_map(p).collect();
    let mut q = benjamini_hochberg(&all).into_iter();
    for finding in findings.iter_mut().filter(|finding| finding.identified.is_some()) {
        finding.q = q.next().and_then(told);
    }
}

/// Posts of a portrait.
fn posts(portrait: &Portrait) -> usize {
    portrait.folds.iter().map(Fold::len).sum()
}

/// The names that would give a candidate away: its own and those of its lineage.
struct Names<'t> {
    candidates: Vec<Entity>,
    taxonomy: &'t Taxonomy,
}

impl<'t> Names<'t> {
    fn of(candidates: impl Iterator<Item = Entity>, taxonomy: &'t Taxonomy) -> Self {
        Self { candidates: candidates.collect(), taxonomy }
    }

    /// Whether a thing is a candidate or of the lineage of one.
    fn give_away(&self, named: Entity) -> bool {
        let category = |entity| match entity {
            Entity::Category(category) => category,
            Entity::Brand(brand) => self.taxonomy.brand(brand).home,
        };
        self.candidates.iter().any(|&candidate| match (candidate, named) {
            // Of a brand: itself and what it is a kind of, not its sisters.
            (Entity::Brand(one), Entity::Brand(two)) => one == two,
            _ => self.taxonomy.same_lineage(category(candidate), category(named)),
        })
    }

    /// The posts of a candidate without such names, features by number.
    fn masked(&self, portrait: &Portrait, vocabulary: &mut BTreeMap<Feature, usize>) -> Posts {
        let mut number = |feature: &Feature| {
            let next = vocabulary.len();
            *vocabulary.entry(*feature).or_insert(next)
        };
        let tells = |feature: &&Feature| !matches!(**feature, Feature::Names(named) if self.give_away(named));
        portrait
            .folds
            .iter()
            .map(|fold| fold.posts().map(|post| post.iter().filter(tells).map(&mut number).collect()).collect())
            .collect()
    }
}

/// How often the first candidate's items were taken for each; an item between several is shared.
fn answers(candidates: &[Posts], features: usize) -> Vec<f64> {
    let counts = |posts: &Posts, fold: usize| -> Vec<f64> {
        let mut out = vec![0.0; features];
        let others = posts.iter().enumerate().filter(|&(f, _)| f != fold).flat_map(|(_, posts)| posts);
        others.flatten().for_each(|&feature| out[feature] += 1.0);
        out
    };
    let mut answers = vec![0.0; candidates.len()];
    for fold in 0..FOLDS {
        let models: Vec<Vec<f64>> = candidates
            .iter()
            .map(|posts| {
                let counts = counts(posts, fold);
                let all = counts.iter().sum::<f64>() + SMOOTHING * features as f64;
                counts.iter().map(|count| ((count + SMOOTHING) / all).ln()).collect()
            })
            .collect();
        for item in candidates[0][fold].chunks_exact(ITEM) {
            let said = |model: &Vec<f64>| -> f64 { item.iter().flatten().map(|&feature| model[feature]).sum() };
            let likely: Vec<f64> = models.iter().map(said).collect();
            let best = likely.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let first: Vec<usize> = (0..likely.len()).filter(|&c| likely[c] >= best - TIE).collect();
            first.iter().for_each(|&c| answers[c] += 1.0 / first.len() as f64);
        }
    }
    answers
}

/// The features that speak most for the first candidate: posts × ln of the lift.
fn traits(candidates: &[Posts], vocabulary: &BTreeMap<Feature, usize>, taxonomy: &Taxonomy) -> Vec<Trait> {
    let rate = |posts: &Posts| -> (Vec<f64>, f64) {
        let mut out = vec![0.0; vocabulary.len()];
        posts.iter().flatten().flatten().for_each(|&feature| out[feature] += 1.0);
        (out, posts.iter().map(Vec::len).sum::<usize>() as f64)
    };
    let all: Vec<(Vec<f64>, f64)> = candidates.iter().map(rate).collect();
    let share = |c: usize, feature: usize| (all[c].0[feature] + SMOOTHING) / (all[c].1 + 1.0);
    let mut found: Vec<(f64, Trait)> = vocabulary
        .iter()
        .filter(|&(_, &feature)| all[0].0[feature] as u64 >= TRAIT_POSTS)
        .map(|(&what, &feature)| {
            let others = (1..all.len()).map(|c| share(c, feature)).sum::<f64>() / (all.len() - 1) as f64;
            let lift = share(0, feature) / others;
            let (kind, id, role) = match what {
                Feature::Names(Entity::Category(c)) => ("entity", &taxonomy.category(c).name.id, None),
                Feature::Names(Entity::Brand(b)) => ("entity", &taxonomy.brand(b).name.id, None),
                Feature::Occasion(o) => ("occasion", &taxonomy.occasion(o).name.id, None),
                Feature::Motive(m, role) => ("motive", &taxonomy.motive(m).name.id, Some(role.as_str())),
                Feature::Essence(id) => ("essence", &taxonomy.essence(id).name.id, None),
                Feature::Attribute(id) => ("attribute", &taxonomy.attribute(id).name.id, None),
                Feature::Stage(id) => ("stage", &taxonomy.stage(id).name.id, None),
                Feature::Customer(id) => ("customer", &taxonomy.customer(id).name.id, None),
            };
            let posts = all[0].0[feature];
            (posts * lift.ln(), Trait { kind, id: id.clone(), role, posts: posts as u64, lift: six(lift) })
        })
        .filter(|(weight, _)| *weight > 0.0)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().take(TRAITS).map(|(_, one)| one).collect()
}
