//! Rivals, where they take consumers, and those who left for nothing.

use crate::analyze::findings::{Contribution, EntityFinding, Level, OutsideOption, RivalFinding};
use crate::render::book::Names;
use crate::render::tables::definition::{Columns, Spec};
use crate::render::tables::source::Source;

use super::{rival_kind, subject_kind, word};

/// A rival with the names of both sides.
pub(super) struct Pair<'s> {
    rival: &'s RivalFinding,
    subject_name: Names<'s>,
    rival_name: Names<'s>,
    base_authors: Option<u64>,
}

impl<'s> Pair<'s> {
    fn all(source: &'s Source<'s>) -> impl Iterator<Item = Self> {
        let subjects = &source.findings.subjects;
        source.findings.rivals.iter().map(move |rival| Self {
            rival,
            subject_name: source.subject_name(&rival.of, rival.level),
            rival_name: source.book.rival_named(&rival.rival, rival.level),
            base_authors: subjects.iter().find(|s| s.of == rival.of && s.level == rival.level).map(|s| s.authors),
        })
    }
}

/// A row about a pair.
trait Paired {
    fn level(&self) -> Level;
    /// The ids of the subject and of the rival.
    fn ids(&self) -> [&str; 2];
    /// Their labels.
    fn names(&self) -> [Names<'_>; 2];
}

impl Paired for Pair<'_> {
    fn level(&self) -> Level {
        self.rival.level
    }

    fn ids(&self) -> [&str; 2] {
        [&self.rival.of, &self.rival.rival]
    }

    fn names(&self) -> [Names<'_>; 2] {
        [self.subject_name, self.rival_name]
    }
}

/// A table about pairs begins so.
fn of_pair<'s, R: Paired + 's>() -> Columns<'s, R> {
    Columns::new()
        .text("subject_kind", "category or brand", |r: &R| subject_kind(r.level()))
        .text("subject_id", "Whose consumers go", |r| r.ids()[0])
        .maybe_text("subject_label_zh", "Its Chinese label", |r| Some(r.names()[0].zh))
        .maybe_text("subject_label_en", "Its English label", |r| Some(r.names()[0].en))
        .text("rival_level", "category, brand, or cross: a brand against categories", |r| r.level().as_str())
        .text("rival_kind", "category or brand", |r| rival_kind(r.level()))
        .text("rival_id", "Where they go", |r| r.ids()[1])
        .maybe_text("rival_label_zh", "Its Chinese label", |r| Some(r.names()[1].zh))
        .maybe_text("rival_label_en", "Its English label", |r| Some(r.names()[1].en))
}

/// Every rival of every subject.
pub(super) fn rivals<'s>() -> Spec<'s, Pair<'s>> {
    let columns = of_pair()
        .count("rival_rank", "1 is the greatest threat", |p: &Pair<'_>| p.rival.rank)
        .count("carried_by", "Authors who relate the two or link both with one occasion", |p| p.rival.carried_by)
        .maybe_count("base_authors", "Consumers who speak of the subject", |p| p.base_authors)
        .maybe_real("threat", "Modelled share of those who leave the subject, 0..1", |p| p.rival.threat)
        .maybe_real("threat_low", "90 % interval of the threat: low end", |p| p.rival.ci90.map(|ci| ci[0]))
        .maybe_real("threat_high", "High end", |p| p.rival.ci90.map(|ci| ci[1]))
        .maybe_real("threat_structure", "The threat by occasions and roles alone", |p| p.rival.structure)
        .maybe_real("fair_share", "What its size alone would give it", |p| p.rival.fair_share)
        .maybe_real("excess", "Threat over fair share", |p| p.rival.excess)
        .maybe_real("q", "Benjamini-Hochberg q of excess > 1 within the subject's list", |p| p.rival.q)
        .maybe_real("q_global", "The same over all subjects", |p| p.rival.q_global)
        .maybe_real("volume", "The threat in consumers of this sample", |p| p.rival.volume)
        .text("relation", "competitor, complement, both or unknown", |p| p.rival.relation.as_str())
        .made("relation_basis", "language: people say so; role: by the codebook alone", |p| word(&p.rival.basis))
        .real("replaces", "Probability that it replaces rather than goes with the subject", |p| p.rival.rho)
        .real("replaces_low", "90 % interval: low end", |p| p.rival.rho_ci90[0])
        .real("replaces_high", "High end", |p| p.rival.rho_ci90[1])
        .made("rivalry", "How far: brand, form, category, generic or channel", |p| word(&p.rival.rivalry))
        .maybe_real("surprise_bits", "How much more of a rival than the shelf suggests", |p| p.rival.surprise_bits)
        .maybe_real("non_obvious", "Low end of the threat times surprise", |p| p.rival.non_obvious)
        .truth("surprising", "A clear rival that is not on the user's list", |p| p.rival.surprising)
        .truth("known", "On the user's own list", |p| p.rival.known)
        .maybe_real("asymmetry", "log2 of the threat over the threat the other way", |p| p.rival.asymmetry)
        .count("switched_to_rival", "Authors who took the rival instead", |p| p.rival.switching.to_rival)
        .count("switched_to_subject", "Authors who took the subject instead", |p| p.rival.switching.from_rival)
        .count("rival_better", "Authors who say that the rival is better", |p| p.rival.comparing.rival_better)
        .count("subject_better", "Authors who say that the subject is better", |p| p.rival.comparing.subject_better)
        .count("either_or", "Authors who weigh the two without a winner", |p| p.rival.comparing.either_or)
        .count("together", "Authors who say that the two go together", |p| p.rival.pairing)
        .maybe_real("rank_stability", "Share of half samples in which it is among the first 5", |p| {
            p.rival.rank_stability
        })
        .first_quote(|p| &p.rival.quotes);
    Spec {
        name: "rivals",
        version: 1,
        doc: "Who takes whose consumers, by subject and rank",
        key: &["rival_level", "subject_id", "rival_id"],
        indexes: &[&["subject_id", "rival_rank"], &["rival_id"]],
        columns,
        rows: |source| Pair::all(source).collect(),
    }
}

/// A rival's part on one occasion.
pub(super) struct Place<'s> {
    pair: Pair<'s>,
    part: &'s Contribution,
    name: Names<'s>,
    ordinal: usize,
}

impl Paired for Place<'_> {
    fn level(&self) -> Level {
        self.pair.level()
    }

    fn ids(&self) -> [&str; 2] {
        self.pair.ids()
    }

    fn names(&self) -> [Names<'_>; 2] {
        self.pair.names()
    }
}

/// Where each rival takes the subject's consumers.
pub(super) fn rival_occasions<'s>() -> Spec<'s, Place<'s>> {
    let columns = of_pair()
        .text("occasion_id", "The occasion", |p: &Place<'_>| &p.part.id)
        .maybe_text("occasion_label_zh", "Its Chinese label", |p| Some(p.name.zh))
        .maybe_text("occasion_label_en", "Its English label", |p| Some(p.name.en))
        .count("occasion_rank", "1 is where most is taken", |p| p.ordinal)
        .real("contribution", "The occasion's part of the threat by structure, 0..1", |p| p.part.contribution);
    Spec {
        name: "rival_occasions",
        version: 1,
        doc: "Where each rival takes the subject's consumers: the first occasions of each pair",
        key: &["rival_level", "subject_id", "rival_id", "occasion_id"],
        indexes: &[&["subject_id"], &["occasion_id"]],
        columns,
        rows: |source| {
            let places = |found: Pair<'s>| {
                let rival = found.rival;
                rival.occasions.iter().enumerate().map(move |(at, part)| Place {
                    pair: Pair { ..found },
                    part,
                    name: source.book.occasion(&part.id),
                    ordinal: at + 1,
                })
            };
            Pair::all(source).flat_map(places).collect()
        },
    }
}

/// Those who left an entity for nothing, with the entity.
pub(super) type Left<'s> = (&'s OutsideOption, Option<&'s EntityFinding>);

/// Consumers who left for nothing.
pub(super) fn outside_option<'s>() -> Spec<'s, Left<'s>> {
    let columns = Columns::new()
        .text("subject_id", "The entity that they left", |l: &Left<'_>| &l.0.of)
        .maybe_text("subject_kind", "category or brand", |l| l.1.map(|e| e.level.as_str()))
        .maybe_text("subject_label_zh", "Its Chinese label", |l| l.1.map(|e| e.label.zh.as_str()))
        .maybe_text("subject_label_en", "Its English label", |l| l.1.map(|e| e.label.en.as_str()))
        .count("authors", "How many", |l| l.0.authors)
        .maybe_count("base_authors", "Consumers who speak of the entity", |l| l.1.map(|e| e.authors))
        .real("author_share", "Their share of the entity's consumers", |l| l.0.share)
        .first_quote(|l| &l.0.quotes);
    Spec {
        name: "outside_option",
        version: 1,
        doc: "Consumers who left for nothing: counted beside the threats, never inside them",
        key: &["subject_kind", "subject_id"],
        indexes: &[],
        columns,
        rows: |source| source.findings.outside_option.iter().map(|left| (left, source.book.entity(&left.of))).collect(),
    }
}
