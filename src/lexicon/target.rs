//! What an entry speaks for: its id and role in the terms of the codebook.

use super::entry::Target;
use super::id::{CueId, CustomerId, RelationKind, Role, Voice};
use super::load::Found;
use super::raw::RawEntry;
use super::read_entry::Parts;
use super::taxonomy::Taxonomy;

/// What an entry speaks for and its full name; a fault where its id does not exist.
pub(super) fn target_of(
    taxonomy: &Taxonomy,
    cues: &[String],
    f: &Found<'_>,
    parts: &mut Parts<'_>,
) -> Option<(Target, String)> {
    let raw = f.entry.get_ref();
    let id = raw.id.get_ref().as_str();
    let mut name = format!("{}#{id}", f.source.path);
    let target = match f.kind {
        "category" => taxonomy.category_id(id).map(Target::Category),
        "brand" => taxonomy.brand_id(id).map(Target::Brand),
        "occasion" => taxonomy.occasion_id(id).map(Target::Occasion),
        "essence" => taxonomy.essence_id(id).map(Target::Essence),
        "attribute" => taxonomy.attribute_id(id).map(Target::Attribute),
        "stage" => taxonomy.stage_id(id).map(Target::Stage),
        "relation" => RelationKind::ALL.into_iter().find(|k| k.as_str() == id).map(Target::Relation),
        "voice" => Voice::ALL.into_iter().find(|v| v.as_str() == id).map(Target::Voice),
        "customer" => {
            taxonomy.customers.iter().position(|c| c.name.id == id).map(|i| Target::Customer(CustomerId(i as u16)))
        }
        "cue" => cues.iter().position(|c| c == id).map(|i| Target::Cue(CueId(i as u16))),
        _ => motive_target(taxonomy, raw, id, &mut name, parts)?,
    };
    if target.is_none() && !matches!(f.kind, "brand" | "attribute") {
        let fault = format!("there is no {} `{id}` in the codebook", f.kind);
        parts.fault(
            raw.id.span().start,
            ("L804", fault, "use an id of codebook.toml, or add it to a codebook.toml of your overlay"),
        );
    }
    target.map(|t| (t, name))
}

fn motive_target(
    taxonomy: &Taxonomy,
    raw: &RawEntry,
    id: &str,
    name: &mut String,
    parts: &mut Parts<'_>,
) -> Option<Option<Target>> {
    let role = match raw.role.as_ref().map(|r| r.get_ref().as_str()) {
        Some("buy") => Role::Buy,
        Some("avoid") => Role::Avoid,
        Some("repeat") => Role::Repeat,
        _ => {
            let fault = "a motive needs a role".to_owned();
            parts.fault(raw.id.span().start, ("L805", fault, "write role = \"buy\", \"avoid\" or \"repeat\""));
            return None;
        }
    };
    name.push(':');
    name.push_str(role.as_str());
    Some(taxonomy.motive_id(id).map(|m| Target::Motive(m, role)))
}
