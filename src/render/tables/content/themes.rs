//! What is said of an entity with a card: what people talk about, what everybody claims, what sets it apart from its rivals.

use crate::analyze::findings::{ClicheFinding, DistinctFinding, FeatureFinding, JudgedFinding, ThemeFinding};
use crate::render::tables::definition::{Columns, Spec};

use super::about::{About, about, of_entity};

/// A table about something said of an entity begins so.
pub(super) fn of_theme<'s, T: 's>(theme: fn(&T) -> &ThemeFinding) -> Columns<'s, About<'s, T>> {
    of_entity()
        .text("theme_kind", "attribute, motive, essence or occasion", move |a: &About<'_, T>| theme(&a.part).kind)
        .text("theme_id", "Which", move |a| &theme(&a.part).id)
        .maybe_text("theme_label_zh", "Its Chinese label", move |a| Some(&theme(&a.part).label.zh))
        .maybe_text("theme_label_en", "Its English label", move |a| Some(&theme(&a.part).label.en))
}

/// Features that people talk about and that are not the essence.
pub(super) fn talked_about<'s>() -> Spec<'s, About<'s, &'s FeatureFinding>> {
    let columns = of_entity()
        .text("attribute_id", "The feature", |a: &About<'_, &FeatureFinding>| &a.part.id)
        .maybe_text("attribute_label_zh", "Its Chinese label", |a| Some(&a.part.label.zh))
        .maybe_text("attribute_label_en", "Its English label", |a| Some(&a.part.label.en))
        .count("authors", "Consumers who speak of it", |a| a.part.authors)
        .real("author_share", "Their share of the consumers of the entity", |a| a.part.share)
        .count("positive_authors", "Consumers who praise it", |a| a.part.positive)
        .count("negative_authors", "Consumers who blame it", |a| a.part.negative)
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "talked_about",
        version: 1,
        doc: "Features of an entity with a card that people talk about, most authors first: not the essence",
        key: &["entity_kind", "entity_id", "attribute_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let all = source.findings.essence.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.talked_about)).collect()
        },
    }
}

/// What everybody in the field says and what stirs nobody.
pub(super) fn cliches<'s>() -> Spec<'s, About<'s, &'s ClicheFinding>> {
    let columns = of_theme(|cliche: &&ClicheFinding| &cliche.theme)
        .count("authors", "Consumers of the entity who bring it up", |a| a.part.authors)
        .real("author_share", "Their share of those who say anything", |a| a.part.share)
        .real("field_share", "The share in the whole field", |a| a.part.field_share)
        .count("claimants", "How many of the field have it", |a| a.part.claimants[0])
        .count("field_size", "How many there are in the field", |a| a.part.claimants[1])
        .real("difference", "Arousal with it less arousal without it, in the whole field", |a| a.part.difference)
        .real("difference_low", "90 % interval: low end", |a| a.part.ci90[0])
        .real("difference_high", "High end", |a| a.part.ci90[1])
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "cliches",
        version: 1,
        doc: "What everybody in the field of an entity with a card says and what stirs nobody, most claimed first",
        key: &["entity_kind", "entity_id", "theme_kind", "theme_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let all = source.findings.excitement.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.cliches)).collect()
        },
    }
}

/// What is said of an entity and not of its rivals.
pub(super) fn distinctive<'s>() -> Spec<'s, About<'s, &'s DistinctFinding>> {
    let columns = of_theme(|one: &&DistinctFinding| &one.theme)
        .count("authors", "Consumers who say it of the entity", |a| a.part.authors)
        .real("author_share", "Their share", |a| a.part.share)
        .real("rivals_share", "The share among the consumers of the rivals together", |a| a.part.rivals_share)
        .real("ratio", "Share over that share", |a| a.part.ratio)
        .real("ratio_low", "95 % interval: low end", |a| a.part.ci95[0])
        .real("ratio_high", "High end", |a| a.part.ci95[1])
        .real("q", "Benjamini-Hochberg q", |a| a.part.q)
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "distinctive",
        version: 1,
        doc: "What is said more of an entity with a card than of its rivals: the first half of its competency",
        key: &["entity_kind", "entity_id", "theme_kind", "theme_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let all = source.findings.competency.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.distinctive)).collect()
        },
    }
}

/// A judgment, and which way it goes.
pub(super) type Judgment<'s> = (&'static str, &'s JudgedFinding);

/// What is judged better or worse of an entity than of its rivals.
pub(super) fn judged<'s>() -> Spec<'s, About<'s, Judgment<'s>>> {
    let columns = of_theme(|judgment: &Judgment<'_>| &judgment.1.theme)
        .text("judged", "better or worse than the rivals", |a| a.part.0)
        .count("positive_authors", "Consumers who praise it", |a| a.part.1.praised)
        .count("negative_authors", "Consumers who blame it", |a| a.part.1.blamed)
        .real("quality", "Share of praise, shrunk, 0..1", |a| a.part.1.quality)
        .real("rivals_quality", "The same of the rivals", |a| a.part.1.rivals_quality)
        .real("gap", "Difference of the logits; above 0 is better", |a| a.part.1.gap)
        .real("gap_low", "95 % interval: low end", |a| a.part.1.ci95[0])
        .real("gap_high", "High end", |a| a.part.1.ci95[1])
        .real("q", "Benjamini-Hochberg q", |a| a.part.1.q)
        .first_quote(|a| &a.part.1.quotes);
    Spec {
        name: "judged",
        version: 1,
        doc: "What is judged better or worse of an entity with a card than of its rivals: the second half of its competency",
        key: &["entity_kind", "entity_id", "theme_kind", "theme_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let mut out = Vec::new();
            for found in &source.findings.competency {
                let better = found.better.iter().map(|one| ("better", one));
                let all = better.chain(found.worse.iter().map(|one| ("worse", one)));
                out.extend(about(source, &found.of, found.level, all));
            }
            out
        },
    }
}
