//! The entities whose rivals were looked for, and what the ranking leaves out.

use crate::analyze::findings::{Said, ShareOf, Subject, ThinOccasion};
use crate::render::book::Names;
use crate::render::tables::definition::{Columns, Spec};
use crate::render::tables::source::Source;

use super::{rival_kind, subject_kind, word};

/// Something told of a subject, with the names of both.
pub(super) struct Of<'s, T> {
    subject: &'s Subject,
    subject_name: Names<'s>,
    part: &'s T,
    name: Names<'s>,
}

/// A table about subjects begins so.
fn of_subject<'s, T>() -> Columns<'s, Of<'s, T>> {
    Columns::new()
        .text("subject_kind", "category or brand", |o: &Of<'_, T>| subject_kind(o.subject.level))
        .text("subject_id", "Whose rivals were looked for", |o| &o.subject.of)
        .maybe_text("subject_label_zh", "Its Chinese label", |o| Some(o.subject_name.zh))
        .maybe_text("subject_label_en", "Its English label", |o| Some(o.subject_name.en))
        .text("rival_level", "The level of its rivals: category, brand or cross", |o| o.subject.level.as_str())
}

/// The parts of all subjects.
fn parts<'s, T>(
    source: &'s Source<'s>,
    of: fn(&'s Subject) -> &'s [T],
    name: impl Fn(&'s Subject, &'s T) -> Names<'s>,
) -> Vec<Of<'s, T>> {
    let mut out = Vec::new();
    for subject in &source.findings.subjects {
        let subject_name = source.subject_name(&subject.of, subject.level);
        out.extend(of(subject).iter().map(|part| Of { subject, subject_name, part, name: name(subject, part) }));
    }
    out
}

/// The subjects themselves.
pub(super) fn subjects<'s>() -> Spec<'s, Of<'s, Subject>> {
    let columns = of_subject()
        .truth("in_focus", "The user asked for it", |o: &Of<'_, Subject>| o.part.focus)
        .made("standing", "ranked, insufficient_evidence or catch_all", |o| word(&o.part.standing))
        .count("authors", "Consumers who speak of it", |o| o.part.authors)
        .count("switched_away", "Consumers who say they took something else instead", |o| o.part.switched_away)
        .maybe_real("occasion_known", "Share of its consumers whose occasion is known", |o| o.part.occasion_known)
        .maybe_count("unlisted_rivals", "Ranked rivals that are not listed", |o| o.part.unlisted.map(|r| r.entities))
        .maybe_real("unlisted_threat", "The sum of their threats", |o| o.part.unlisted.map(|r| r.threat))
        .maybe_real("unlisted_fair_share", "The sum of their fair shares", |o| o.part.unlisted.map(|r| r.fair_share))
        .maybe_count("apart_rivals", "Ranked entities that play another part", |o| {
            o.part.apart.as_ref().map(|a| a.entities)
        })
        .maybe_real("apart_threat", "The sum of their threats", |o| o.part.apart.as_ref().map(|a| a.threat))
        .maybe_count("thin_rivals", "Rivals with too few authors to be ranked", |o| o.part.rest.map(|r| r.entities))
        .maybe_real("thin_threat", "The sum of their threats", |o| o.part.rest.map(|r| r.threat))
        .maybe_real("thin_fair_share", "The sum of their fair shares", |o| o.part.rest.map(|r| r.fair_share));
    Spec {
        name: "subjects",
        version: 1,
        doc: "Entities whose rivals were looked for: threats of `rivals` and `catch_alls`, unlisted and thin ones sum to 1",
        key: &["rival_level", "subject_id"],
        indexes: &[],
        columns,
        rows: |source| parts(source, std::slice::from_ref, |s, _| source.subject_name(&s.of, s.level)),
    }
}

/// Shares of the catch-all categories.
pub(super) fn catch_alls<'s>() -> Spec<'s, Of<'s, ShareOf>> {
    let columns = of_subject()
        .text("rival_kind", "category or brand", |o: &Of<'_, ShareOf>| rival_kind(o.subject.level))
        .text("rival_id", "The catch-all", |o| &o.part.rival)
        .maybe_text("rival_label_zh", "Its Chinese label", |o| Some(o.name.zh))
        .maybe_text("rival_label_en", "Its English label", |o| Some(o.name.en))
        .real("threat", "Its share of those who leave the subject, 0..1", |o| o.part.threat);
    Spec {
        name: "catch_alls",
        version: 1,
        doc: "Catch-all categories such as other dishes: in the sum of threats, never ranked",
        key: &["rival_level", "subject_id", "rival_id"],
        indexes: &[],
        columns,
        rows: |source| parts(source, |s| &s.catch_all, |s, c| source.book.rival_named(&c.rival, s.level)),
    }
}

/// Occasions of which too little is known.
pub(super) fn thin_occasions<'s>() -> Spec<'s, Of<'s, ThinOccasion>> {
    let columns = of_subject()
        .text("occasion_id", "The occasion", |o: &Of<'_, ThinOccasion>| &o.part.id)
        .maybe_text("occasion_label_zh", "Its Chinese label", |o| Some(o.name.zh))
        .maybe_text("occasion_label_en", "Its English label", |o| Some(o.name.en))
        .count("authors", "Consumers who link the two", |o| o.part.authors)
        .count("authors_needed", "Consumers more that would be needed", |o| o.part.needed);
    Spec {
        name: "thin_occasions",
        version: 1,
        doc: "Occasions of a subject with too few authors for a statement",
        key: &["rival_level", "subject_id", "occasion_id"],
        indexes: &[],
        columns,
        rows: |source| parts(source, |s| &s.thin_occasions, |_, o| source.book.occasion(&o.id)),
    }
}

/// What people say where shares cannot be given.
pub(super) fn said<'s>() -> Spec<'s, Of<'s, Said>> {
    let columns = of_subject()
        .text("rival_kind", "category or brand", |o: &Of<'_, Said>| rival_kind(o.subject.level))
        .text("rival_id", "The other side", |o| &o.part.rival)
        .maybe_text("rival_label_zh", "Its Chinese label", |o| Some(o.name.zh))
        .maybe_text("rival_label_en", "Its English label", |o| Some(o.name.en))
        .text("said_relation", "instead_of, better_than, either_or or goes_with", |o| o.part.relation)
        .count("authors", "Authors who say so of the other side", |o| o.part.authors)
        .first_quote(|o| &o.part.quotes);
    Spec {
        name: "said",
        version: 1,
        doc: "What people say of a subject that cannot be ranked, or whose shares are withheld",
        key: &["rival_level", "subject_id", "rival_id", "said_relation"],
        indexes: &[],
        columns,
        rows: |source| parts(source, |s| &s.said, |s, said| source.book.rival_named(&said.rival, s.level)),
    }
}
