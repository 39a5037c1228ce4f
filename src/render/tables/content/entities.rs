//! Entities with their occasions and motives.

use crate::analyze::findings::{EntityFinding, MotiveFinding, OccasionFinding, PrecisionFinding};
use crate::render::book::Names;
use crate::render::tables::definition::{Columns, Spec};

use super::word;

/// Every entity that somebody speaks of.
pub(super) fn entities<'s>() -> Spec<'s, &'s EntityFinding> {
    let columns = Columns::new()
        .text("entity_kind", "category or brand", |e: &&EntityFinding| e.level.as_str())
        .text("entity_id", "Its id; a brand may share the id of a category", |e| &e.id)
        .maybe_text("label_zh", "Its Chinese label", |e| Some(&e.label.zh))
        .maybe_text("label_en", "Its English label", |e| Some(&e.label.en))
        .text("category_id", "The category itself, or the brand's home", |e| &e.category)
        .maybe_text("sector", "Its sector", |e| Some(&e.sector))
        .maybe_text("broad_role", "Its broad role", |e| Some(&e.role))
        .made("standing", "ranked, insufficient_evidence or catch_all", |e| word(&e.standing))
        .count("authors", "Consumers who speak of it", |e| e.authors)
        .count("linked_authors", "Consumers who link it with an occasion", |e| e.linked_authors)
        .count("posts", "Consumer posts that speak of it", |e| e.posts)
        .count("official_posts", "Posts of brands, dealers, media and advertisements", |e| e.official_posts)
        .maybe_count("authors_needed", "Authors that it lacks to be ranked", |e| e.needed.map(|n| n.authors))
        .maybe_count("buckets_needed", "Buckets of authors that it lacks", |e| e.needed.map(|n| n.buckets))
        .maybe_real("duplicate_share", "Share of its posts dropped as duplicates", |e| e.duplicate_share)
        .maybe_real("mental_market_share", "Its share of all links of its kind", |e| e.mental_market_share)
        .maybe_real("mental_penetration", "Share of the linking consumers who link it", |e| e.mental_penetration)
        .maybe_real("network_size", "Occasions that 50 links lead to", |e| e.network_size)
        .first_quote(|e| &e.quotes);
    Spec {
        name: "entities",
        version: 1,
        doc: "Every category and brand that somebody speaks of",
        key: &["entity_kind", "entity_id"],
        indexes: &[&["category_id"]],
        columns: precision(columns, |e| &e.precision),
        rows: |source| source.findings.entities.iter().collect(),
    }
}

/// A part of an entity, such as an occasion, with its name.
pub(super) struct Part<'s, T> {
    entity: &'s EntityFinding,
    part: &'s T,
    name: Names<'s>,
}

/// The occasions of each entity.
pub(super) fn entity_occasions<'s>() -> Spec<'s, Part<'s, OccasionFinding>> {
    let columns = of_entity()
        .text("occasion_id", "The occasion", |p: &Part<'_, OccasionFinding>| &p.part.id)
        .maybe_text("occasion_label_zh", "Its Chinese label", |p| Some(p.name.zh))
        .maybe_text("occasion_label_en", "Its English label", |p| Some(p.name.en))
        .count("authors", "Consumers who link the two", |p| p.part.authors)
        .count("base_authors", "Consumers who link the entity with any occasion", |p| p.entity.linked_authors)
        .real("author_share", "Share of the entity's consumers, shrunk", |p| p.part.share)
        .maybe_real("lift", "That share over the share in the market without it", |p| p.part.lift.value)
        .maybe_real("lift_low", "95 % interval of the lift: low end", |p| p.part.lift.ci95.map(|ci| ci[0]))
        .maybe_real("lift_high", "High end", |p| p.part.lift.ci95.map(|ci| ci[1]))
        .maybe_real("q", "Benjamini-Hochberg q of the difference from the market", |p| p.part.lift.q)
        .maybe_real("mental_advantage", "Mental advantage, in points", |p| p.part.mental_advantage)
        .made("stand", "defend, maintain or build; only where q is known", |p| {
            p.part.stand.as_ref().map(word).unwrap_or_default()
        })
        .first_quote(|p| &p.part.quotes);
    Spec {
        name: "entity_occasions",
        version: 1,
        doc: "The occasions of each entity, most authors first",
        key: &["entity_kind", "entity_id", "occasion_id"],
        indexes: &[&["occasion_id"]],
        columns: precision(columns, |p| &p.part.precision),
        rows: |source| {
            let parts = |entity: &'s EntityFinding| {
                let name = |id: &'s str| source.book.occasion(id);
                entity.occasions.iter().map(move |part| Part { entity, part, name: name(&part.id) })
            };
            source.findings.entities.iter().flat_map(parts).collect()
        },
    }
}

/// The motives of each entity.
pub(super) fn entity_motives<'s>() -> Spec<'s, Part<'s, MotiveFinding>> {
    let columns = of_entity()
        .text("motive_id", "The motive", |p: &Part<'_, MotiveFinding>| &p.part.id)
        .maybe_text("motive_label_zh", "Its Chinese label", |p| Some(p.name.zh))
        .maybe_text("motive_label_en", "Its English label", |p| Some(p.name.en))
        .text("motive_role", "buy, avoid or repeat", |p| p.part.role)
        .count("authors", "Consumers who say so", |p| p.part.authors)
        .count("base_authors", "Consumers who speak of the entity", |p| p.entity.authors)
        .real("author_share", "Share of the entity's consumers", |p| p.part.share)
        .maybe_real("lift", "That share over the share among those of everything else", |p| p.part.lift.value)
        .maybe_real("q", "Benjamini-Hochberg q of that difference", |p| p.part.lift.q)
        .first_quote(|p| &p.part.quotes);
    Spec {
        name: "entity_motives",
        version: 1,
        doc: "Why people buy, avoid or come back to each entity, most authors first",
        key: &["entity_kind", "entity_id", "motive_id", "motive_role"],
        indexes: &[&["motive_id"]],
        columns: precision(columns, |p| &p.part.precision),
        rows: |source| {
            let parts = |entity: &'s EntityFinding| {
                let name = |id: &'s str| source.book.motive(id);
                entity.motives.iter().map(move |part| Part { entity, part, name: name(&part.id) })
            };
            source.findings.entities.iter().flat_map(parts).collect()
        },
    }
}

/// The entity that a part belongs to.
fn of_entity<'s, T>() -> Columns<'s, Part<'s, T>> {
    Columns::new()
        .text("entity_kind", "category or brand", |p: &Part<'_, T>| p.entity.level.as_str())
        .text("entity_id", "The entity", |p| &p.entity.id)
        .maybe_text("entity_label_zh", "Its Chinese label", |p| Some(&p.entity.label.zh))
        .maybe_text("entity_label_en", "Its English label", |p| Some(&p.entity.label.en))
}

/// How far a label is to be trusted.
fn precision<'s, R: 's>(columns: Columns<'s, R>, of: fn(&R) -> &PrecisionFinding) -> Columns<'s, R> {
    columns
        .text("precision_status", "Of the label: unproven or read_by_hand", move |row| match of(row) {
            PrecisionFinding::Unproven => "unproven",
            PrecisionFinding::ReadByHand { .. } => "read_by_hand",
        })
        .maybe_count("precision_read", "Hits of the label that somebody read", move |row| match of(row) {
            PrecisionFinding::Unproven => None,
            PrecisionFinding::ReadByHand { read, .. } => Some(*read),
        })
        .maybe_real("precision_share", "Share of them that were right", move |row| match of(row) {
            PrecisionFinding::Unproven => None,
            PrecisionFinding::ReadByHand { share, .. } => Some(*share),
        })
}
