//! Where room is, what to do, and what changed.

use crate::analyze::findings::{ActionFinding, ChangeFinding, JobFinding, MapFinding, MapPoint, Space};
use crate::render::tables::definition::{Columns, Spec};

use super::about::{About, about, of_entity};
use super::{subject_kind, word};

/// What is wanted, fits, and is not served.
pub(super) fn white_space<'s>() -> Spec<'s, About<'s, &'s Space>> {
    let columns = of_entity()
        .text("occasion_id", "The occasion", |a: &About<'_, &Space>| &a.part.occasion)
        .maybe_text("occasion_label_zh", "Its Chinese label", |a| Some(a.book.occasion(&a.part.occasion).zh))
        .maybe_text("occasion_label_en", "Its English label", |a| Some(a.book.occasion(&a.part.occasion).en))
        .text("motive_id", "The motive", |a| &a.part.motive)
        .maybe_text("motive_label_zh", "Its Chinese label", |a| Some(a.book.motive(&a.part.motive).zh))
        .maybe_text("motive_label_en", "Its English label", |a| Some(a.book.motive(&a.part.motive).en))
        .made("space_kind", "open, owned by another category, or emerging", |a| word(&a.part.kind))
        .maybe_text("owner_id", "The category that owns it", |a| a.part.owner.as_deref())
        .maybe_text("owner_label_zh", "Its Chinese label", |a| a.part.owner.as_deref().map(|id| a.book.named(id).zh))
        .maybe_text("owner_label_en", "Its English label", |a| a.part.owner.as_deref().map(|id| a.book.named(id).en))
        .real("score", "Demand, fit and unmet wishes less presence", |a| a.part.score)
        .maybe_real("score_low", "90 % interval of the score: low end", |a| a.part.ci90.map(|ci| ci[0]))
        .maybe_real("score_high", "High end", |a| a.part.ci90.map(|ci| ci[1]))
        .count("authors", "Consumers who speak of occasion and motive", |a| a.part.authors)
        .real("demand", "Their share of all consumers", |a| a.part.demand)
        .real("fit", "How far the occasion wants what the entity gives, 0..1", |a| a.part.fit)
        .real("unmet", "Share who complain, wish or ask", |a| a.part.unmet)
        .real("presence", "The entity's share there over the market's", |a| a.part.presence)
        .real("presence_high", "High end of its 90 % interval", |a| a.part.presence_high)
        .real("crowding", "How few categories share it, 0..1", |a| a.part.crowding)
        .count("own_authors", "Consumers who take the entity there", |a| a.part.own_authors)
        .count("kin_authors", "Consumers who take anything else of its role there", |a| a.part.kin_authors)
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "white_space",
        version: 1,
        doc: "Occasions and motives that are wanted and that an entity with a card does not serve, the largest room first",
        key: &["entity_kind", "entity_id", "occasion_id", "motive_id", "space_kind"],
        indexes: &[&["occasion_id"]],
        columns,
        rows: |source| {
            let all = source.findings.space.white_space.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.spaces)).collect()
        },
    }
}

/// What an entity is taken for.
pub(super) fn jobs<'s>() -> Spec<'s, About<'s, &'s JobFinding>> {
    let columns = of_entity()
        .text("occasion_id", "The occasion", |a: &About<'_, &JobFinding>| &a.part.occasion)
        .maybe_text("occasion_label_zh", "Its Chinese label", |a| Some(a.book.occasion(&a.part.occasion).zh))
        .maybe_text("occasion_label_en", "Its English label", |a| Some(a.book.occasion(&a.part.occasion).en))
        .text("motive_id", "The motive", |a| &a.part.motive)
        .maybe_text("motive_label_zh", "Its Chinese label", |a| Some(a.book.motive(&a.part.motive).zh))
        .maybe_text("motive_label_en", "Its English label", |a| Some(a.book.motive(&a.part.motive).en))
        .count("authors", "Consumers who take it for this", |a| a.part.authors)
        .count("unmet_authors", "Consumers who complain, wish or ask", |a| a.part.unmet)
        .real("author_share", "Share of the entity's consumers with a known job, shrunk", |a| a.part.share)
        .maybe_real("lift", "That share over the market's", |a| a.part.lift.value)
        .maybe_real("lift_low", "95 % interval of the lift: low end", |a| a.part.lift.ci95.map(|ci| ci[0]))
        .maybe_real("lift_high", "High end", |a| a.part.lift.ci95.map(|ci| ci[1]))
        .maybe_real("q", "Benjamini-Hochberg q of the difference from the market", |a| a.part.lift.q)
        .maybe_text("rival_id", "Who would be taken there instead first", |a| {
            a.part.rivals.first().map(|r| r.rival.as_str())
        })
        .maybe_real("rival_share", "Its share of those who leave there", |a| a.part.rivals.first().map(|r| r.share))
        .first_quote(|a| &a.part.quotes);
    Spec {
        name: "jobs",
        version: 1,
        doc: "What an entity with a card is taken for: occasion and motive, most authors first",
        key: &["entity_kind", "entity_id", "occasion_id", "motive_id"],
        indexes: &[&["occasion_id"]],
        columns,
        rows: |source| {
            let all = source.findings.space.jobs.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.cells)).collect()
        },
    }
}

/// What the figures of an occasion ask for.
pub(super) fn actions<'s>() -> Spec<'s, About<'s, &'s ActionFinding>> {
    let columns = of_entity()
        .text("occasion_id", "The occasion", |a: &About<'_, &ActionFinding>| &a.part.id)
        .maybe_text("occasion_label_zh", "Its Chinese label", |a| Some(a.book.occasion(&a.part.id).zh))
        .maybe_text("occasion_label_en", "Its English label", |a| Some(a.book.occasion(&a.part.id).en))
        .made("action_word", "defend, attack, leave or undecided", |a| word(&a.part.action))
        .real("volume", "Consumers who take the entity or a rival there", |a| a.part.volume)
        .real("weakness", "The part that others hold, 0..1", |a| a.part.weakness)
        .real("strength", "The entity's share there over its share in all", |a| a.part.strength)
        .maybe_real("strength_low", "90 % interval: low end", |a| a.part.strength_ci90.map(|ci| ci[0]))
        .maybe_real("strength_high", "High end", |a| a.part.strength_ci90.map(|ci| ci[1]))
        .real("switching", "Share who say they switched, shrunk", |a| a.part.switching)
        .count("switching_authors", "Consumers who say so there", |a| a.part.switching_authors)
        .real("to_win", "Consumers who can be won", |a| a.part.to_win)
        .maybe_real("to_win_low", "90 % interval: low end", |a| a.part.to_win_ci90.map(|ci| ci[0]))
        .maybe_real("to_win_high", "High end", |a| a.part.to_win_ci90.map(|ci| ci[1]))
        .real("to_lose", "Consumers who can be lost", |a| a.part.to_lose)
        .maybe_real("to_lose_low", "90 % interval: low end", |a| a.part.to_lose_ci90.map(|ci| ci[0]))
        .maybe_real("to_lose_high", "High end", |a| a.part.to_lose_ci90.map(|ci| ci[1]));
    Spec {
        name: "actions",
        version: 1,
        doc: "Where to defend, attack or leave: occasions of an entity with a card, the largest stake first",
        key: &["entity_kind", "entity_id", "occasion_id"],
        indexes: &[&["occasion_id"]],
        columns,
        rows: |source| {
            let all = source.findings.space.actions.iter();
            all.flat_map(|found| about(source, &found.of, found.level, &found.occasions)).collect()
        },
    }
}

/// What changed from one period to the next.
pub(super) fn changes<'s>() -> Spec<'s, About<'s, &'s ChangeFinding>> {
    let columns = of_entity()
        .text("figure", "voice, occasion, motive, complaint, rival or demand", |a: &About<'_, &ChangeFinding>| {
            a.part.figure
        })
        .maybe_text("figure_id", "The occasion, motive or rival", |a| a.part.id.as_deref())
        .maybe_text("motive_id", "The motive of a demand", |a| a.part.motive.as_deref())
        .text("period_before", "The earlier period", |a| &a.part.from)
        .text("period_after", "The later one", |a| &a.part.to)
        .real("value_before", "The figure before", |a| a.part.before)
        .real("value_after", "The figure after", |a| a.part.after)
        .real("difference", "After less before, the mix of platforms held constant", |a| a.part.difference)
        .real("difference_low", "90 % interval: low end", |a| a.part.ci90[0])
        .real("difference_high", "High end", |a| a.part.ci90[1])
        .real("q", "Benjamini-Hochberg q over all figures of all periods", |a| a.part.q)
        .truth("significant", "q < 0.10", |a| a.part.significant)
        .real("unadjusted", "The difference if nobody had looked at the platforms", |a| a.part.unadjusted)
        .count("authors_before", "Consumers behind the figure before", |a| a.part.authors[0])
        .count("authors_after", "Consumers behind it after", |a| a.part.authors[1]);
    Spec {
        name: "changes",
        version: 1,
        doc: "What changed from one period to the next; filled by --by month or quarter",
        key: &["entity_kind", "entity_id", "figure", "figure_id", "motive_id", "period_before", "period_after"],
        indexes: &[],
        columns,
        rows: |source| {
            let all = source.findings.space.changes.iter();
            all.flat_map(|found| about(source, &found.of, found.level, [found])).collect()
        },
    }
}

/// A point of a map: the map, whether it is an entity, and the point.
pub(super) type Placed<'s> = (&'s MapFinding, bool, &'s MapPoint);

/// The points of the maps.
pub(super) fn map_points<'s>() -> Spec<'s, Placed<'s>> {
    let columns = Columns::new()
        .text("subject_kind", "category or brand", |p: &Placed<'_>| subject_kind(p.0.level))
        .text("subject_id", "In whose surroundings the map is drawn", |p| &p.0.of)
        .text("mapped_by", "occasion or motive", |p| p.0.by)
        .text("point_kind", "What the point is: entity, occasion or motive", |p| if p.1 { "entity" } else { p.0.by })
        .text("point_id", "Which", |p| &p.2.id)
        .maybe_real("axis_1", "Principal coordinate on the first axis", |p| p.2.at.first().copied())
        .maybe_real("axis_2", "On the second", |p| p.2.at.get(1).copied())
        .maybe_real("contribution_1", "Its part in the first axis", |p| p.2.contributions.first().copied())
        .maybe_real("contribution_2", "In the second", |p| p.2.contributions.get(1).copied())
        .real("mass", "Its share of all links of the map", |p| p.2.mass)
        .real("quality", "How well the axes show it, 0..1", |p| p.2.quality)
        .maybe_real("inertia_1", "Share of the inertia on the first axis", |p| p.0.axes.first().copied())
        .maybe_real("inertia_2", "On the second", |p| p.0.axes.get(1).copied())
        .real("inertia_total", "How far the profiles differ at all", |p| p.0.inertia);
    Spec {
        name: "map_points",
        version: 1,
        doc: "Correspondence maps: entities among occasions or motives; read distances among points of one kind",
        key: &["subject_kind", "subject_id", "mapped_by", "point_kind", "point_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let points = |map: &'s MapFinding| {
                let entities = map.rows.iter().map(move |point| (map, true, point));
                entities.chain(map.columns.iter().map(move |point| (map, false, point)))
            };
            source.findings.space.map.iter().flat_map(points).collect()
        },
    }
}
