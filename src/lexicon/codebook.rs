//! `codebook.toml`: labels, roles and definitions of all built-in ids; an overlay's codebook adds its own.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::id::{CategoryId, OccasionId, StageId};
use super::taxonomy::{Category, Defined, Name, Occasion, Taxonomy};

/// A codebook as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct RawCodebook {
    pub version: Option<u32>,
    category: BTreeMap<String, RawCategory>,
    occasion_role: BTreeMap<String, RawOccasionRole>,
    occasion: BTreeMap<String, RawOccasion>,
    motive: BTreeMap<String, RawMotive>,
    essence: BTreeMap<String, RawDefined>,
    /// The relations and the stances are a closed set of the program; the file explains them.
    #[serde(rename = "relation")]
    _relation: IgnoredAny,
    stage: BTreeMap<String, RawDefined>,
    voice: BTreeMap<String, RawDefined>,
    #[serde(rename = "stance")]
    _stance: IgnoredAny,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCategory {
    zh: String,
    en: String,
    plural: Option<String>,
    sector: String,
    role: String,
    parent: Option<String>,
    /// For the reader of the file.
    #[serde(default, rename = "note")]
    _note: IgnoredAny,
    since: Option<u32>,
    #[serde(default)]
    catch_all: bool,
    #[serde(default)]
    titled: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOccasion {
    zh: String,
    en: String,
    when: Option<String>,
    facet: String,
    #[serde(default)]
    tautology: Vec<String>,
    parent: Option<String>,
    since: Option<u32>,
    def: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefined {
    zh: String,
    en: String,
    #[serde(default)]
    def: String,
    since: Option<u32>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMotive {
    zh: String,
    en: String,
    #[serde(default)]
    def: String,
    since: Option<u32>,
    /// The stage of the customer's way that it judges.
    stage: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOccasionRole {
    role: String,
    of: Vec<String>,
}

/// The catch-alls of the codebook: shown, never ranked.
const CATCH_ALL: [&str; 2] = ["alcohol", "dishes"];

impl RawCodebook {
    /// Adds the ids of another codebook; an id that is there already is replaced.
    pub(super) fn add(&mut self, other: RawCodebook) {
        self.category.extend(other.category);
        self.occasion_role.extend(other.occasion_role);
        self.occasion.extend(other.occasion);
        self.motive.extend(other.motive);
        self.essence.extend(other.essence);
        self.stage.extend(other.stage);
    }

    /// The tables of a taxonomy without brands, customers and rules. Names that do not exist are returned as faults.
    pub(super) fn taxonomy(&self) -> (Taxonomy, Vec<String>) {
        let mut faults = Vec::new();
        let category_ids: Vec<&String> = self.category.keys().collect();
        let occasion_ids: Vec<&String> = self.occasion.keys().collect();
        let mut category = |id: &String, whose: &str| match category_ids.binary_search(&id) {
            Ok(i) => Some(CategoryId(i as u16)),
            Err(_) => {
                faults.push(format!("{whose} names the category `{id}`, which does not exist"));
                None
            }
        };
        let categories = self
            .category
            .iter()
            .map(|(id, c)| Category {
                name: name(id, &c.zh, &c.en),
                plural: c.plural.clone(),
                sector: c.sector.clone(),
                role: c.role.clone(),
                parent: c.parent.as_ref().and_then(|p| category(p, id)),
                catch_all: c.catch_all || CATCH_ALL.contains(&id.as_str()),
                titled: c.titled,
                since: c.since.unwrap_or(1),
            })
            .collect();
        let occasions = self
            .occasion
            .iter()
            .map(|(id, o)| Occasion {
                name: name(id, &o.zh, &o.en),
                when: o.when.clone(),
                facet: o.facet.clone(),
                parent: o
                    .parent
                    .as_ref()
                    .and_then(|p| occasion_ids.binary_search(&p).ok())
                    .map(|i| OccasionId(i as u16)),
                tautology: o.tautology.iter().filter_map(|c| category(c, id)).collect(),
                role: self
                    .occasion_role
                    .get(id)
                    .map(|r| (r.role.clone(), r.of.iter().filter_map(|c| category(c, id)).collect())),
                definition: o.def.clone(),
                since: o.since.unwrap_or(1),
            })
            .collect();
        let stages: Vec<&String> = self.stage.keys().collect();
        let mut stage = |id: &String, whose: &str| match stages.binary_search(&id) {
            Ok(i) => Some(StageId(i as u16)),
            Err(_) => {
                faults.push(format!("{whose} names the stage `{id}`, which does not exist"));
                None
            }
        };
        let motive_stages =
            self.motive.iter().map(|(id, m)| m.stage.as_ref().and_then(|named| stage(named, id))).collect();
        let motives = self.motive.iter().map(|(id, m)| Defined {
            name: name(id, &m.zh, &m.en),
            definition: m.def.clone(),
            since: m.since.unwrap_or(1),
        });
        let taxonomy = Taxonomy {
            categories,
            occasions,
            motives: motives.collect(),
            motive_stages,
            essences: defined(&self.essence),
            stages: defined(&self.stage),
            ..Taxonomy::default()
        };
        (taxonomy, faults)
    }
}

fn name(id: &str, zh: &str, en: &str) -> Name {
    Name { id: id.to_owned(), zh: zh.to_owned(), en: en.to_owned() }
}

fn defined(table: &BTreeMap<String, RawDefined>) -> Vec<Defined> {
    table
        .iter()
        .map(|(id, d)| Defined { name: name(id, &d.zh, &d.en), definition: d.def.clone(), since: d.since.unwrap_or(1) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with which it can be said when something is taken.
    const WHEN: [&str; 13] =
        ["alone,", "among", "as", "at", "before", "in", "late", "on", "outdoors", "over", "when", "while", "with"];

    #[test]
    fn built_in_names_read_well_in_english_sentences() {
        let text = include_str!("../../lexicons/codebook.toml");
        let book: RawCodebook = toml::from_str(text).expect("the codebook");
        for (id, occasion) in &book.occasion {
            let when = occasion.when.as_deref().unwrap_or_default();
            assert!(WHEN.contains(&when.split(' ').next().unwrap_or_default()), "{id}: `{when}`");
        }
        for (id, category) in &book.category {
            let one_thing = !category.en.contains(" or ");
            assert!(one_thing || category.plural.is_some(), "{id}: `{}` wants a plural", category.en);
            let plural = category.plural.as_deref().unwrap_or("things");
            let many = plural.contains(" and ") || plural.contains('s');
            assert!(many && !plural.contains(" or "), "{id}: `{plural}`");
        }
    }
}
