//! The ids of the codebook with their labels, roles and kinship: the only part of the lexicon that counting and analysis may see.

use serde::{Deserialize, Serialize};

use std::collections::BTreeMap;

use super::entry::Target;
use super::id::{
    AttributeId, BrandId, CategoryId, CustomerId, Entity, EssenceId, MotiveId, OccasionId, Role, RuleId, StageId,
};
pub use super::precision::Precision;

/// The name of something in both languages, under its stable id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// The stable ASCII id.
    pub id: String,
    /// The Chinese label.
    pub zh: String,
    /// The English label.
    pub en: String,
}

/// A category: what is consumed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Category {
    /// Its name.
    pub name: Name,
    /// The English name in a sentence, where it takes a plural verb (`video games`); a mass noun has none.
    pub plural: Option<String>,
    /// The sector, such as `alcohol`.
    pub sector: String,
    /// The part it plays in an occasion, such as `drink.alcohol`; the word before the dot is the broad role.
    pub role: String,
    /// A kind of; counted with it too.
    pub parent: Option<CategoryId>,
    /// A catch-all (`dishes`, `alcohol`): shown, never ranked.
    pub catch_all: bool,
    /// A kind of works with titles: its words count inside a title too (《…纪录片》), those of other kinds do not (《天堂电影院》).
    pub titled: bool,
    /// The version of the codebook with which it joined.
    pub since: u32,
}

impl Category {
    /// The broad role: the word before the dot.
    pub fn broad_role(&self) -> &str {
        self.role.split('.').next().unwrap_or(&self.role)
    }
}

/// A brand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Brand {
    /// Its name.
    pub name: Name,
    /// Its home category.
    pub home: CategoryId,
    /// Other categories it sells in.
    pub also: Vec<CategoryId>,
    /// One of the user's own brands (`rival.toml`).
    pub own: bool,
}

/// An occasion.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Occasion {
    /// Its name.
    pub name: Name,
    /// How it stands in an English sentence: `on a night out`.
    pub when: Option<String>,
    /// The question it answers: place, time, company …
    pub facet: String,
    /// A kind of; counted with it too.
    pub parent: Option<OccasionId>,
    /// Categories that the occasion is made of: the pair says nothing.
    pub tautology: Vec<CategoryId>,
    /// The further role that some categories take on in this occasion: (role, categories).
    pub role: Option<(String, Vec<CategoryId>)>,
    /// What it means.
    pub definition: String,
    /// The version of the codebook with which it joined.
    pub since: u32,
}

/// Something of the codebook that has only a name and a definition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Defined {
    /// Its name.
    pub name: Name,
    /// What it means.
    pub definition: String,
    /// The version of the codebook with which it joined.
    pub since: u32,
}

/// A feature of what is consumed: the lens, the cream, the staff.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// The categories that have it; their kinds have it too.
    pub of: Vec<CategoryId>,
}

/// All ids, each table sorted by text id; an id is the index into its table.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Taxonomy {
    /// Categories.
    pub categories: Vec<Category>,
    /// Brands.
    pub brands: Vec<Brand>,
    /// Occasions.
    pub occasions: Vec<Occasion>,
    /// Motives.
    pub motives: Vec<Defined>,
    /// Essences.
    pub essences: Vec<Defined>,
    /// Stages.
    pub stages: Vec<Defined>,
    /// The stage of the customer's way that each motive judges, by [`MotiveId`]; empty where the codebook names none.
    pub motive_stages: Vec<Option<StageId>>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Customer cues.
    pub customers: Vec<Defined>,
    /// The question that each customer cue answers (age, gender …), by [`CustomerId`].
    pub customer_facets: Vec<String>,
    /// Rules as `path#id`, sorted.
    pub rules: Vec<String>,
    /// What people found who read hits of a label; a label that is not here is unproven.
    pub precision: BTreeMap<Target, Precision>,
}

impl Taxonomy {
    /// The category behind an id.
    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[id.index()]
    }

    /// The brand behind an id.
    pub fn brand(&self, id: BrandId) -> &Brand {
        &self.brands[id.index()]
    }

    /// The occasion behind an id.
    pub fn occasion(&self, id: OccasionId) -> &Occasion {
        &self.occasions[id.index()]
    }

    /// The motive behind an id.
    pub fn motive(&self, id: MotiveId) -> &Defined {
        &self.motives[id.index()]
    }

    /// The essence behind an id.
    pub fn essence(&self, id: EssenceId) -> &Defined {
        &self.essences[id.index()]
    }

    /// The attribute behind an id.
    pub fn attribute(&self, id: AttributeId) -> &Attribute {
        &self.attributes[id.index()]
    }

    /// Whether a thing can have an attribute: its category, or what that is a kind of, is named with it.
    pub fn has_attribute(&self, category: CategoryId, attribute: AttributeId) -> bool {
        let of = &self.attribute(attribute).of;
        self.lineage_up(category).take(8).any(|c| of.contains(&c))
    }

    /// The stage of the customer's way that a motive judges.
    pub fn stage_of_motive(&self, id: MotiveId) -> Option<StageId> {
        self.motive_stages.get(id.index()).copied().flatten()
    }

    /// The question that a customer cue answers.
    pub fn facet_of_customer(&self, id: CustomerId) -> &str {
        self.customer_facets.get(id.index()).map_or("", String::as_str)
    }

    /// The stage behind an id.
    pub fn stage(&self, id: StageId) -> &Defined {
        &self.stages[id.index()]
    }

    /// The customer cue behind an id.
    pub fn customer(&self, id: CustomerId) -> &Defined {
        &self.customers[id.index()]
    }

    /// A rule's full name, `path#id`.
    pub fn rule(&self, id: RuleId) -> &str {
        &self.rules[id.index()]
    }

    /// What people found who read hits of a category or brand.
    pub fn precision_of_entity(&self, entity: Entity) -> Option<&Precision> {
        self.precision.get(&match entity {
            Entity::Category(id) => Target::Category(id),
            Entity::Brand(id) => Target::Brand(id),
        })
    }

    /// What people found who read hits of an occasion.
    pub fn precision_of_occasion(&self, id: OccasionId) -> Option<&Precision> {
        self.precision.get(&Target::Occasion(id))
    }

    /// What people found who read hits of a motive in a role.
    pub fn precision_of_motive(&self, id: MotiveId, role: Role) -> Option<&Precision> {
        self.precision.get(&Target::Motive(id, role))
    }

    /// The category with a text id.
    pub fn category_id(&self, id: &str) -> Option<CategoryId> {
        self.categories.binary_search_by(|c| c.name.id.as_str().cmp(id)).ok().map(|i| CategoryId(i as u16))
    }

    /// The brand with a text id.
    pub fn brand_id(&self, id: &str) -> Option<BrandId> {
        self.brands.binary_search_by(|b| b.name.id.as_str().cmp(id)).ok().map(|i| BrandId(i as u16))
    }

    /// The occasion with a text id.
    pub fn occasion_id(&self, id: &str) -> Option<OccasionId> {
        self.occasions.binary_search_by(|o| o.name.id.as_str().cmp(id)).ok().map(|i| OccasionId(i as u16))
    }

    /// The motive with a text id.
    pub fn motive_id(&self, id: &str) -> Option<MotiveId> {
        position(&self.motives, id).map(MotiveId)
    }

    /// The essence with a text id.
    pub fn essence_id(&self, id: &str) -> Option<EssenceId> {
        position(&self.essences, id).map(EssenceId)
    }

    /// The stage with a text id.
    pub fn stage_id(&self, id: &str) -> Option<StageId> {
        position(&self.stages, id).map(StageId)
    }

    /// The attribute with a text id.
    pub fn attribute_id(&self, id: &str) -> Option<AttributeId> {
        let found = self.attributes.binary_search_by(|a| a.name.id.as_str().cmp(id));
        found.ok().map(|i| AttributeId(i as u16))
    }

    /// The customer cue with a text id.
    pub fn customer_id(&self, id: &str) -> Option<CustomerId> {
        position(&self.customers, id).map(CustomerId)
    }

    /// The category and its parents, nearest first.
    pub fn lineage_up(&self, id: CategoryId) -> impl Iterator<Item = CategoryId> + '_ {
        std::iter::successors(Some(id), |&c| self.category(c).parent)
    }

    /// Whether one category is the other, its parent or its child.
    pub fn same_lineage(&self, a: CategoryId, b: CategoryId) -> bool {
        self.lineage_up(a).any(|c| c == b) || self.lineage_up(b).any(|c| c == a)
    }
}

/// The place of an id in a sorted table.
fn position(table: &[Defined], id: &str) -> Option<u16> {
    table.binary_search_by(|d| d.name.id.as_str().cmp(id)).ok().map(|i| i as u16)
}
