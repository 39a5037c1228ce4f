//! Brands, attributes, customers and cues bring their own ids: no codebook lists them.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::id::CategoryId;
use super::load::Found;
use super::raw::RawEntry;
use super::read_entry::{Classes, Parts};
use super::taxonomy::{Attribute, Brand, Defined, Name, Taxonomy};

/// The tables on their way, sorted by id.
#[derive(Default)]
struct Tables {
    brands: BTreeMap<String, Brand>,
    attributes: BTreeMap<String, Attribute>,
    customers: BTreeMap<String, (Defined, String)>,
    cues: BTreeMap<String, ()>,
}

/// Fills the tables of the taxonomy; returns the names of the cues.
pub(super) fn fill(taxonomy: &mut Taxonomy, found: &[Found<'_>], faults: &mut Vec<Fault>) -> Vec<String> {
    let mut tables = Tables::default();
    let no_classes = Classes::default();
    for f in found {
        let raw = f.entry.get_ref();
        let mut parts = Parts { source: f.source, classes: &no_classes, faults: Vec::new() };
        tables.add(taxonomy, f, raw, &mut parts);
        faults.append(&mut parts.faults);
    }
    taxonomy.brands = tables.brands.into_values().collect();
    taxonomy.attributes = tables.attributes.into_values().collect();
    (taxonomy.customers, taxonomy.customer_facets) = tables.customers.into_values().unzip();
    tables.cues.into_keys().collect()
}

impl Tables {
    fn add(&mut self, taxonomy: &Taxonomy, f: &Found<'_>, raw: &RawEntry, parts: &mut Parts<'_>) {
        let name = name(raw);
        let id = name.id.clone();
        match f.kind {
            "brand" => {
                if let Some(home) = home(taxonomy, f, raw, parts) {
                    let mut also = categories(taxonomy, &raw.also, parts);
                    let brand = self.brands.entry(id).or_insert(Brand { name, home, also: Vec::new(), own: false });
                    brand.also.append(&mut also);
                    brand.own |= raw.own;
                }
            }
            "attribute" => {
                let mut of = categories(taxonomy, &raw.of, parts);
                if raw.of.is_empty() {
                    let fault = format!("attribute `{id}` belongs to no category");
                    parts.fault(raw.id.span().start, ("L804", fault, "write of = [\"…\"], with ids of codebook.toml"));
                }
                let attribute = self.attributes.entry(id).or_insert(Attribute { name, of: Vec::new() });
                attribute.of.append(&mut of);
            }
            "customer" => {
                let known = self
                    .customers
                    .entry(id)
                    .or_insert_with(|| (Defined { name, definition: String::new(), since: 1 }, String::new()));
                if let Some(facet) = &raw.facet {
                    known.1.clone_from(facet);
                }
            }
            "cue" => {
                self.cues.insert(id, ());
            }
            _ => {}
        }
    }
}

fn name(raw: &RawEntry) -> Name {
    let id = raw.id.get_ref().clone();
    Name {
        zh: raw.zh.clone().or_else(|| raw.en.clone()).unwrap_or_else(|| id.clone()),
        en: raw.en.clone().or_else(|| raw.zh.clone()).unwrap_or_else(|| id.clone()),
        id,
    }
}

/// The home category of a brand: its file's, unless it says otherwise.
fn home(taxonomy: &Taxonomy, f: &Found<'_>, raw: &RawEntry, parts: &mut Parts<'_>) -> Option<CategoryId> {
    let stem = f.source.path.rsplit('/').next().and_then(|p| p.strip_suffix(".toml")).unwrap_or_default();
    let named = raw.category.as_ref().map_or(stem, |c| c.get_ref().as_str());
    let home = taxonomy.category_id(named);
    if home.is_none() {
        let fault = format!("brand `{}` has no home: there is no category `{named}`", raw.id.get_ref());
        let help = "put it into categories/<its category>.toml, or write category = \"…\"";
        parts.fault(raw.id.span().start, ("L804", fault, help));
    }
    home
}

/// The categories that an entry names.
fn categories(taxonomy: &Taxonomy, named: &[toml::Spanned<String>], parts: &mut Parts<'_>) -> Vec<CategoryId> {
    let mut out = Vec::with_capacity(named.len());
    for other in named {
        match taxonomy.category_id(other.get_ref()) {
            Some(category) => out.push(category),
            None => {
                let fault = format!("there is no category `{}`", other.get_ref());
                parts.fault(other.span().start, ("L804", fault, "use an id of codebook.toml"));
            }
        }
    }
    out
}
