//! The position of each entity that gets a card (method §5): pure functions of the counts, certain as far as the 64 buckets agree.

mod competency;
mod contact;
mod customers;
mod essence;
mod excitement;

use super::findings::{
    CompetencyFinding, ContactPointsFinding, CustomersFinding, EssenceFinding, ExcitementFinding, Kinship, Level,
    RivalFinding, Standing, ThemeFinding,
};
use super::naming::label;
use super::numbers::Estimate;
use super::quoting::Quoting;
use super::study::Study;
use super::study::weights::{ALL, Weights, weigh, without};
use crate::accumulate::{Spread, Theme};
use crate::lexicon::id::{CategoryId, Entity};
use crate::lexicon::taxonomy::Taxonomy;
use crate::limits::BUCKETS;

/// Quotes per statement.
const QUOTES: usize = 2;
/// Rivals that an entity is held against.
const RIVALS: usize = 5;

/// All parts of the positions, in the order of the cards.
#[derive(Default)]
pub(super) struct Positions {
    pub essence: Vec<EssenceFinding>,
    pub excitement: Vec<ExcitementFinding>,
    pub competency: Vec<CompetencyFinding>,
    pub customers: Vec<CustomersFinding>,
    pub contact_points: Vec<ContactPointsFinding>,
}

/// One entity, and what it is held against.
struct Subject<'s, 'a> {
    study: &'s Study<'a>,
    at: usize,
    entity: Entity,
    /// The first of its rivals, none that is rather taken with it.
    rivals: Vec<Entity>,
    replicates: &'s Replicates,
}

/// The weights of the whole and of the 64 parts without one bucket.
struct Replicates(Vec<Weights>);

/// The positions of the entities at some places.
pub(super) fn positions(
    study: &Study<'_>,
    cards: &[usize],
    rivals: &[RivalFinding],
    quoting: &mut Quoting<'_>,
) -> Positions {
    let replicates = Replicates(std::iter::once(ALL).chain((0..BUCKETS).map(without)).collect());
    let market = essence::Market::of(study, &replicates);
    let mut out = Positions::default();
    for &at in cards {
        let entity = study.layout.entities[at];
        let rivals = first_rivals(study, at, rivals);
        let subject = Subject { study, at, entity, rivals, replicates: &replicates };
        out.essence.push(essence::finding(&subject, &market, quoting));
        out.excitement.push(excitement::finding(&subject, quoting));
        out.competency.push(competency::finding(&subject, quoting));
        out.customers.push(customers::finding(&subject, quoting));
        out.contact_points.push(contact::finding(&subject, quoting));
    }
    out
}

/// The first rivals of an entity at its own level that are shown to be competitors; where none are, the largest of its kind.
fn first_rivals(study: &Study<'_>, at: usize, rivals: &[RivalFinding]) -> Vec<Entity> {
    let taxonomy = study.layout.taxonomy;
    let (id, brand) = (study.id(at), study.layout.is_brand(at));
    let level = if brand { Level::Brand } else { Level::Category };
    let of = rivals.iter().filter(|r| r.of == id && r.level == level && r.relation == Kinship::Competitor);
    let entity = |r: &RivalFinding| {
        if brand {
            taxonomy.brand_id(&r.rival).map(Entity::Brand)
        } else {
            taxonomy.category_id(&r.rival).map(Entity::Category)
        }
    };
    let found: Vec<Entity> = of.filter_map(entity).take(RIVALS).collect();
    if found.is_empty() { largest_of_kind(study, at) } else { found }
}

/// Brands of the same category, or categories of the same broad role and sector, most authors first; where the sector has none, of the broad
/// role alone: leisure holds hotels, books and games, and nobody asks whether a hotel is better than a book.
fn largest_of_kind(study: &Study<'_>, at: usize) -> Vec<Entity> {
    let layout = study.layout;
    let (taxonomy, own) = (layout.taxonomy, layout.category(at));
    let alike = |same_sector: bool| -> Vec<usize> {
        (0..layout.entities.len())
            .filter(|&other| other != at && layout.is_brand(other) == layout.is_brand(at))
            .filter(|&other| study.standing[other] == Standing::Ranked)
            .filter(|&other| {
                let category = layout.category(other);
                let (one, two) = (taxonomy.category(own), taxonomy.category(category));
                if layout.is_brand(at) {
                    category == own
                } else {
                    is_beside(taxonomy, own, category)
                        && one.broad_role() == two.broad_role()
                        && (!same_sector || one.sector == two.sector)
                }
            })
            .collect()
    };
    let mut places = alike(true);
    if places.is_empty() {
        places = alike(false);
    }
    places.sort_by_key(|&other| (std::cmp::Reverse(study.counts(other).authors.total()), other));
    places.into_iter().take(RIVALS).map(|other| layout.entities[other]).collect()
}

impl Replicates {
    /// A value under all weights, by their number: 0 is the whole.
    fn estimate(&self, value: impl Fn(usize) -> f64) -> (f64, Option<Estimate>) {
        let whole = value(0);
        let parts: Vec<f64> = (1..self.0.len()).map(value).collect();
        (whole, Estimate::of(whole, &parts))
    }

    /// A count under the weights of a number.
    fn weigh(&self, spread: Option<&Spread>, n: usize) -> f64 {
        spread.map_or(0.0, |spread| weigh(spread, &self.0[n]))
    }
}

impl Subject<'_, '_> {
    fn taxonomy(&self) -> &Taxonomy {
        self.study.layout.taxonomy
    }

    fn id(&self) -> String {
        self.study.id(self.at).to_owned()
    }

    fn level(&self) -> Level {
        if self.study.layout.is_brand(self.at) { Level::Brand } else { Level::Category }
    }

    /// Whether it has too few authors for anything to be said.
    fn is_thin(&self) -> bool {
        self.study.standing[self.at] == Standing::InsufficientEvidence
    }

    /// What it is told apart from: a brand from the rest of its category (`minus` is then true: the category counts the brand too), a category
    /// from the others of its sector.
    fn field(&self) -> Field {
        let layout = self.study.layout;
        let own = layout.category(self.at);
        if layout.is_brand(self.at) {
            return Field { of: vec![Entity::Category(own)], minus: true };
        }
        let taxonomy = layout.taxonomy;
        let sector = &taxonomy.category(own).sector;
        let others = layout.entities.iter().filter_map(|&entity| match entity {
            Entity::Category(c) if is_beside(taxonomy, own, c) && taxonomy.category(c).sector == *sector => {
                Some(entity)
            }
            _ => None,
        });
        Field { of: others.collect(), minus: false }
    }

    /// Those of its kind in its field, itself among them: brands of the category, categories of the sector.
    fn peers(&self) -> Vec<Entity> {
        let layout = self.study.layout;
        let own = layout.category(self.at);
        if layout.is_brand(self.at) {
            let at_home = |entity: &Entity| matches!(entity, Entity::Brand(b) if layout.taxonomy.brand(*b).home == own);
            return layout.entities.iter().copied().filter(at_home).collect();
        }
        self.field().of.into_iter().chain([self.entity]).collect()
    }
}

/// Whether a category stands for itself beside another: no kind of another, not of one lineage with it.
fn is_beside(taxonomy: &Taxonomy, own: CategoryId, other: CategoryId) -> bool {
    taxonomy.category(other).parent.is_none() && !taxonomy.same_lineage(own, other)
}

/// What an entity is told apart from.
struct Field {
    of: Vec<Entity>,
    minus: bool,
}

impl Field {
    /// The sum over the field, without the entity itself.
    fn sum(&self, own: f64, of: impl Fn(Entity) -> f64) -> f64 {
        let all: f64 = self.of.iter().map(|&entity| of(entity)).sum();
        if self.minus { (all - own).max(0.0) } else { all }
    }
}

/// An estimate of a ln or logit that is no surer than so many independent authors allow: where all or none of them say something, buckets hardly
/// differ, and the jackknife alone would take that for certainty. The counts are those whose ln enter it (the variance of ln n is about 1/n).
fn sampled(estimate: Option<Estimate>, counts: &[f64]) -> Option<Estimate> {
    let least = counts.iter().map(|authors| 1.0 / (authors + 0.5)).sum::<f64>().sqrt();
    estimate.map(|e| Estimate { value: e.value, error: e.error.max(least) })
}

/// A theme with its name.
fn theme_finding(theme: Theme, taxonomy: &Taxonomy) -> ThemeFinding {
    let (kind, name) = match theme {
        Theme::Attribute(id) => ("attribute", &taxonomy.attribute(id).name),
        Theme::Motive(id) => ("motive", &taxonomy.motive(id).name),
        Theme::Essence(id) => ("essence", &taxonomy.essence(id).name),
        Theme::Occasion(id) => ("occasion", &taxonomy.occasion(id).name),
    };
    ThemeFinding { kind, id: name.id.clone(), label: label(name) }
}
