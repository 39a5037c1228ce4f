//! The position of an entity with a card: essences, what excites, customers, contact points.

use crate::analyze::findings::{
    ContactPoint, CustomerFinding, EssenceScore, ExcitementPoint, GroupMotiveFinding, RivalGapFinding,
};
use crate::render::tables::definition::Spec;

use super::about::{About, about, of_entity};
use super::themes::of_theme;

/// The stages from hearing of an entity to buying it again.
pub(super) fn contact_points<'s>() -> Spec<'s, About<'s, &'s ContactPoint>> {
    let columns = of_entity()
        .text("stage_id", "The stage", |a: &About<'_, &ContactPoint>| &a.part.id)
        .maybe_text("stage_label_zh", "Its Chinese label", |a| Some(&a.part.label.zh))
        .maybe_text("stage_label_en", "Its English label", |a| Some(&a.part.label.en))
        .count("authors", "Consumers who speak of the entity there", |a| a.part.authors)
        .real("author_share", "Their share over all stages", |a| a.part.share)
        .count("positive_authors", "Consumers who praise", |a| a.part.positive)
        .count("negative_authors", "Consumers who blame", |a| a.part.negative)
        .real("quality", "Share of praise, shrunk toward the field's, 0..1", |a| a.part.quality)
        .real("field_quality", "The same of its field without it", |a| a.part.field_quality)
        .maybe_real("gap", "Difference of the logits; above 0 is better", |a| a.part.gap.map(|g| g.gap))
        .maybe_real("gap_low", "95 % interval: low end", |a| a.part.gap.map(|g| g.ci95[0]))
        .maybe_real("gap_high", "High end", |a| a.part.gap.map(|g| g.ci95[1]))
        .maybe_real("q", "Benjamini-Hochberg q over all stages", |a| a.part.gap.map(|g| g.q))
        .maybe_text("complaint_motive_id", "What is blamed most", |a| {
            a.part.complaints.first().map(|c| c.motive.as_str())
        })
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "contact_points",
        version: 1,
        doc: "The way from hearing of an entity with a card to buying it again, stage by stage",
        key: &["entity_kind", "entity_id", "stage_id"],
        indexes: &[&["stage_id"]],
        columns,
        rows: |source| {
            let all = source.findings.contact_points.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.stages)).collect()
        },
    }
}

/// A stage and how a rival does there.
pub(super) type StageRival<'s> = (&'s ContactPoint, &'s RivalGapFinding);

/// The stages against each of the first rivals.
pub(super) fn contact_point_rivals<'s>() -> Spec<'s, About<'s, StageRival<'s>>> {
    let columns = of_entity()
        .text("stage_id", "The stage", |a: &About<'_, StageRival<'_>>| &a.part.0.id)
        .text("rival_id", "The rival", |a| &a.part.1.rival)
        .maybe_text("rival_label_zh", "Its Chinese label", |a| Some(a.book.rival_named(&a.part.1.rival, a.level).zh))
        .maybe_text("rival_label_en", "Its English label", |a| Some(a.book.rival_named(&a.part.1.rival, a.level).en))
        .real("rival_quality", "The rival's share of praise, shrunk, 0..1", |a| a.part.1.quality)
        .real("gap", "Difference of the logits; above 0 the entity is better", |a| a.part.1.gap.gap)
        .real("gap_low", "95 % interval: low end", |a| a.part.1.gap.ci95[0])
        .real("gap_high", "High end", |a| a.part.1.gap.ci95[1])
        .real("q", "Benjamini-Hochberg q", |a| a.part.1.gap.q);
    Spec {
        name: "contact_point_rivals",
        version: 1,
        doc: "The contact points of an entity with a card against each of its first rivals",
        key: &["entity_kind", "entity_id", "stage_id", "rival_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let mut out = Vec::new();
            for found in &source.findings.contact_points {
                let pairs = found.stages.iter().flat_map(|stage| stage.rivals.iter().map(move |rival| (stage, rival)));
                out.extend(about(source, &found.of, found.level, pairs));
            }
            out
        },
    }
}

/// An essence, and whether it stands out.
pub(super) type Told<'s> = (&'s EssenceScore, bool);

/// What entities are really about.
pub(super) fn essences<'s>() -> Spec<'s, About<'s, Told<'s>>> {
    let columns = of_entity()
        .text("essence_id", "The essence", |a: &About<'_, Told<'_>>| &a.part.0.id)
        .maybe_text("essence_label_zh", "Its Chinese label", |a| Some(&a.part.0.label.zh))
        .maybe_text("essence_label_en", "Its English label", |a| Some(&a.part.0.label.en))
        .truth("stands_out", "More than of others, and enough", |a| a.part.1)
        .count("authors", "Consumers who say so", |a| a.part.0.authors)
        .real("author_share", "Their share among all essences of the entity", |a| a.part.0.share)
        .real("prestige", "Share of the steps of the ladder that end in it", |a| a.part.0.prestige)
        .real("lift", "Share over the base's", |a| a.part.0.lift)
        .maybe_real("z", "ln lift over its standard error", |a| a.part.0.z)
        .maybe_real("q", "Benjamini-Hochberg q of lift > 1", |a| a.part.0.q)
        .real("score", "Share, prestige and lift together", |a| a.part.0.score)
        .first_quote(|a| &a.part.0.quotes);
    Spec {
        name: "essences",
        version: 1,
        doc: "What an entity with a card is really about, the strongest first",
        key: &["entity_kind", "entity_id", "essence_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let mut out = Vec::new();
            for found in &source.findings.essence {
                let also = found.also.iter().map(|essence| (essence, false));
                let all = found.essences.iter().map(|essence| (essence, true)).chain(also);
                out.extend(about(source, &found.of, found.level, all));
            }
            out
        },
    }
}

/// What stirs people.
pub(super) fn excitement_points<'s>() -> Spec<'s, About<'s, &'s ExcitementPoint>> {
    let columns = of_theme(|point: &&ExcitementPoint| &point.theme)
        .count("authors", "Consumers who bring it up", |a| a.part.authors)
        .real("author_share", "Their share of those who say anything", |a| a.part.share)
        .real("arousal", "Mean arousal with it, 0 to 2", |a| a.part.arousal)
        .real("difference", "Arousal with it less arousal without it", |a| a.part.difference)
        .real("difference_low", "90 % interval: low end", |a| a.part.ci90[0])
        .real("difference_high", "High end", |a| a.part.ci90[1])
        .real("imagery", "Mean imagery with it, 0 to 2", |a| a.part.imagery)
        .real("lift", "Share over the share in the field without the entity", |a| a.part.lift)
        .real("score", "All of that together", |a| a.part.score)
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "excitement_points",
        version: 1,
        doc: "What excites people about an entity with a card, the strongest first",
        key: &["entity_kind", "entity_id", "theme_kind", "theme_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let all = source.findings.excitement.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.points)).collect()
        },
    }
}

/// Who speaks of an entity.
pub(super) fn customers<'s>() -> Spec<'s, About<'s, &'s CustomerFinding>> {
    let columns = of_entity()
        .text("facet", "The question that the group answers: age, gender …", |a: &About<'_, &CustomerFinding>| {
            &a.part.facet
        })
        .text("customer_id", "The group", |a| &a.part.id)
        .maybe_text("customer_label_zh", "Its Chinese label", |a| Some(&a.part.label.zh))
        .maybe_text("customer_label_en", "Its English label", |a| Some(&a.part.label.en))
        .count("authors", "Consumers of the entity who say so of themselves", |a| a.part.authors)
        .maybe_real("author_share", "Their share of those of whom it is known", |a| a.part.share)
        .maybe_real("lift", "Share over the share among the consumers of everything else", |a| a.part.lift.value)
        .maybe_real("lift_low", "95 % interval of the lift: low end", |a| a.part.lift.ci95.map(|ci| ci[0]))
        .maybe_real("lift_high", "High end", |a| a.part.lift.ci95.map(|ci| ci[1]))
        .maybe_real("q", "Benjamini-Hochberg q", |a| a.part.lift.q)
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "customers",
        version: 1,
        doc: "Who speaks of an entity with a card, most authors first",
        key: &["entity_kind", "entity_id", "facet", "customer_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let all = source.findings.customers.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.groups)).collect()
        },
    }
}

/// A group and what it wants.
pub(super) type GroupMotive<'s> = (&'s CustomerFinding, &'s GroupMotiveFinding);

/// Why the groups buy, avoid and buy again.
pub(super) fn customer_motives<'s>() -> Spec<'s, About<'s, GroupMotive<'s>>> {
    let columns = of_entity()
        .text("facet", "The question that the group answers", |a: &About<'_, GroupMotive<'_>>| &a.part.0.facet)
        .text("customer_id", "The group", |a| &a.part.0.id)
        .text("motive_id", "The motive", |a| &a.part.1.id)
        .text("motive_role", "buy, avoid or repeat", |a| a.part.1.role)
        .maybe_text("motive_label_zh", "Its Chinese label", |a| Some(a.book.motive(&a.part.1.id).zh))
        .maybe_text("motive_label_en", "Its English label", |a| Some(a.book.motive(&a.part.1.id).en))
        .count("authors", "Consumers of the group who say so", |a| a.part.1.authors)
        .real("author_share", "Their share of the group", |a| a.part.1.share)
        .maybe_real("lift", "Share over that of the entity's other consumers", |a| a.part.1.lift.value)
        .maybe_real("q", "Benjamini-Hochberg q", |a| a.part.1.lift.q)
        .first_quote(|a| &a.part.1.quotes);
    Spec {
        name: "customer_motives",
        version: 1,
        doc: "What each group of consumers wants of an entity with a card, where enough of them speak",
        key: &["entity_kind", "entity_id", "facet", "customer_id", "motive_id", "motive_role"],
        indexes: &[&["motive_id"]],
        columns,
        rows: |source| {
            let mut out = Vec::new();
            for found in &source.findings.customers {
                let groups = found.groups.iter();
                let wanted = groups.flat_map(|group| group.motives.iter().map(move |motive| (group, motive)));
                out.extend(about(source, &found.of, found.level, wanted));
            }
            out
        },
    }
}
