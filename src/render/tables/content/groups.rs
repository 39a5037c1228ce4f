//! What a part of the posts says beside all others (`--by`).

use crate::analyze::compare::PairDifference;
use crate::analyze::findings::{GroupFinding, Level};
use crate::render::book::Names;
use crate::render::tables::definition::{Columns, Spec};

/// A pair in a group, with the names of both sides.
pub(super) struct Grouped<'s> {
    group: &'s GroupFinding,
    pair: &'s PairDifference,
    subject_name: Names<'s>,
    rival_name: Names<'s>,
}

/// The rivals in each group.
pub(super) fn group_rivals<'s>() -> Spec<'s, Grouped<'s>> {
    let columns = Columns::new()
        .text("grouped_by", "platform, region, month or quarter", |g: &Grouped<'_>| g.group.by)
        .text("group_value", "Which", |g| &g.group.value)
        .count("group_posts", "Consumer posts of the group", |g| g.group.posts)
        .count("group_authors", "Its distinct authors", |g| g.group.authors)
        .text("rival_level", "category, brand or cross", |g| &g.pair.level)
        .text("subject_id", "Whose consumers go", |g| &g.pair.of)
        .maybe_text("subject_label_zh", "Its Chinese label", |g| Some(g.subject_name.zh))
        .maybe_text("subject_label_en", "Its English label", |g| Some(g.subject_name.en))
        .text("rival_id", "Where they go", |g| &g.pair.rival)
        .maybe_text("rival_label_zh", "Its Chinese label", |g| Some(g.rival_name.zh))
        .maybe_text("rival_label_en", "Its English label", |g| Some(g.rival_name.en))
        .maybe_count("here_rank", "Its rank in the group", |g| g.pair.b.rank)
        .maybe_real("here_threat", "Its threat in the group, 0..1", |g| g.pair.b.threat)
        .maybe_real("here_low", "90 % interval: low end", |g| g.pair.b.ci90.map(|ci| ci[0]))
        .maybe_real("here_high", "High end", |g| g.pair.b.ci90.map(|ci| ci[1]))
        .count("here_switched", "Authors of the group who took the rival instead", |g| g.pair.b.to_rival)
        .maybe_count("elsewhere_rank", "Its rank in all other posts", |g| g.pair.a.rank)
        .maybe_real("elsewhere_threat", "Its threat there", |g| g.pair.a.threat)
        .maybe_real("elsewhere_low", "90 % interval: low end", |g| g.pair.a.ci90.map(|ci| ci[0]))
        .maybe_real("elsewhere_high", "High end", |g| g.pair.a.ci90.map(|ci| ci[1]))
        .count("elsewhere_switched", "Authors elsewhere who took the rival instead", |g| g.pair.a.to_rival)
        .maybe_real("difference", "Threat here less threat elsewhere", |g| g.pair.difference)
        .maybe_real("difference_low", "90 % interval: low end", |g| g.pair.ci90.map(|ci| ci[0]))
        .maybe_real("difference_high", "High end", |g| g.pair.ci90.map(|ci| ci[1]))
        .maybe_real("q", "Benjamini-Hochberg q over all pairs of all groups", |g| g.pair.q)
        .truth("significant", "q < 0.10", |g| g.pair.significant);
    Spec {
        name: "group_rivals",
        version: 1,
        doc: "The rivals in each part of the posts beside all other posts; filled by --by",
        key: &["grouped_by", "group_value", "rival_level", "subject_id", "rival_id"],
        indexes: &[],
        columns,
        rows: |source| {
            let pairs = |group: &'s GroupFinding| {
                group.rivals.iter().map(move |pair| {
                    let level = Level::ALL.into_iter().find(|l| l.as_str() == pair.level).unwrap_or(Level::Category);
                    Grouped {
                        group,
                        pair,
                        subject_name: source.subject_name(&pair.of, level),
                        rival_name: source.book.rival_named(&pair.rival, level),
                    }
                })
            };
            source.findings.groups.iter().flat_map(pairs).collect()
        },
    }
}
