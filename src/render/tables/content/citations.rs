//! Which figure each quote stands behind: the way from a number to the words that it rests on.

use crate::analyze::findings::{Findings, Level};
use crate::render::tables::definition::{Columns, Spec};
use crate::render::tables::source::Source;

use super::{rival_kind, subject_kind};

/// One use of a quote. Ids that do not apply are absent.
#[derive(Clone, Copy, Default)]
pub(super) struct Citation<'s> {
    quote: &'s str,
    behind: &'static str,
    entity_kind: Option<&'static str>,
    entity: &'s str,
    occasion: Option<&'s str>,
    motive: Option<&'s str>,
    role: Option<&'static str>,
    rival: Option<(Level, &'s str)>,
    about: Option<(&'s str, &'s str)>,
    ordinal: usize,
}

/// Which figure each quote stands behind.
pub(super) fn citations<'s>() -> Spec<'s, Citation<'s>> {
    let columns = Columns::new()
        .text("quote_id", "The quote", |c: &Citation<'_>| c.quote)
        .text("behind", "The part of the findings: entities, entity_occasions, rivals, white_space …", |c| c.behind)
        .maybe_text("entity_kind", "category or brand", |c| c.entity_kind)
        .text("entity_id", "The entity, or the subject of a pair", |c| c.entity)
        .maybe_text("occasion_id", "The occasion", |c| c.occasion)
        .maybe_text("motive_id", "The motive", |c| c.motive)
        .maybe_text("motive_role", "buy, avoid or repeat", |c| c.role)
        .maybe_text("rival_level", "category, brand or cross", |c| c.rival.map(|r| r.0.as_str()))
        .maybe_text("rival_kind", "category or brand", |c| c.rival.map(|r| rival_kind(r.0)))
        .maybe_text("rival_id", "The rival", |c| c.rival.map(|r| r.1))
        .maybe_text("about_kind", "What else it is about: essence, attribute, stage, customer …", |c| {
            c.about.map(|a| a.0)
        })
        .maybe_text("about_id", "Which", |c| c.about.map(|a| a.1))
        .count("quote_ordinal", "1 tells most", |c| c.ordinal);
    Spec {
        name: "citations",
        version: 1,
        doc: "Which figure each quote stands behind: joins `quotes` with the other tables",
        key: &[
            "behind",
            "entity_kind",
            "entity_id",
            "occasion_id",
            "motive_id",
            "motive_role",
            "rival_level",
            "rival_id",
            "about_kind",
            "about_id",
            "quote_id",
        ],
        indexes: &[&["quote_id"], &["entity_id"]],
        columns,
        rows: all,
    }
}

/// The citations so far.
struct Book<'s>(Vec<Citation<'s>>);

impl<'s> Book<'s> {
    fn cite(&mut self, quotes: &'s [String], what: Citation<'s>) {
        self.0.extend(quotes.iter().enumerate().map(|(at, quote)| Citation { quote, ordinal: at + 1, ..what }));
    }
}

/// A citation of an entity, with nothing more.
fn of<'s>(behind: &'static str, level: Level, entity: &'s str) -> Citation<'s> {
    Citation { behind, entity_kind: Some(subject_kind(level)), entity, ..Citation::default() }
}

/// All uses of all quotes.
fn all<'s>(source: &'s Source<'s>) -> Vec<Citation<'s>> {
    let mut book = Book(Vec::new());
    let findings = source.findings;
    entities(findings, &mut book);
    rivals(source, &mut book);
    space(findings, &mut book);
    essence(findings, &mut book);
    competency(findings, &mut book);
    contact(findings, &mut book);
    book.0
}

fn entities<'s>(findings: &'s Findings, book: &mut Book<'s>) {
    for e in &findings.entities {
        book.cite(&e.quotes, of("entities", e.level, &e.id));
        for o in &e.occasions {
            book.cite(&o.quotes, Citation { occasion: Some(&o.id), ..of("entity_occasions", e.level, &e.id) });
        }
        for m in &e.motives {
            let what = of("entity_motives", e.level, &e.id);
            book.cite(&m.quotes, Citation { motive: Some(&m.id), role: Some(m.role), ..what });
        }
    }
}

fn rivals<'s>(source: &'s Source<'s>, book: &mut Book<'s>) {
    for r in &source.findings.rivals {
        book.cite(&r.quotes, Citation { rival: Some((r.level, &r.rival)), ..of("rivals", r.level, &r.of) });
    }
    for s in &source.findings.subjects {
        for said in &s.said {
            let about = Some(("relation", said.relation));
            let what = Citation { rival: Some((s.level, &said.rival)), about, ..of("said", s.level, &s.of) };
            book.cite(&said.quotes, what);
        }
    }
    for left in &source.findings.outside_option {
        let entity_kind = source.book.entity(&left.of).map(|e| e.level.as_str());
        let what = Citation { behind: "outside_option", entity_kind, entity: &left.of, ..Citation::default() };
        book.cite(&left.quotes, what);
    }
}

fn space<'s>(findings: &'s Findings, book: &mut Book<'s>) {
    for jobs in &findings.space.jobs {
        for job in &jobs.cells {
            let what = of("jobs", jobs.level, &jobs.of);
            book.cite(&job.quotes, Citation { occasion: Some(&job.occasion), motive: Some(&job.motive), ..what });
        }
    }
    for found in &findings.space.white_space {
        for space in &found.spaces {
            let what = of("white_space", found.level, &found.of);
            book.cite(&space.quotes, Citation { occasion: Some(&space.occasion), motive: Some(&space.motive), ..what });
        }
    }
}

fn essence<'s>(findings: &'s Findings, book: &mut Book<'s>) {
    for found in &findings.essence {
        for essence in found.essences.iter().chain(&found.also) {
            let about = Some(("essence", essence.id.as_str()));
            book.cite(&essence.quotes, Citation { about, ..of("essences", found.level, &found.of) });
        }
        for feature in &found.talked_about {
            let about = Some(("attribute", feature.id.as_str()));
            book.cite(&feature.quotes, Citation { about, ..of("talked_about", found.level, &found.of) });
        }
    }
    for found in &findings.excitement {
        for point in &found.points {
            let about = Some((point.theme.kind, point.theme.id.as_str()));
            book.cite(&point.quotes, Citation { about, ..of("excitement_points", found.level, &found.of) });
        }
        for cliche in &found.cliches {
            let about = Some((cliche.theme.kind, cliche.theme.id.as_str()));
            book.cite(&cliche.quotes, Citation { about, ..of("cliches", found.level, &found.of) });
        }
    }
}

fn competency<'s>(findings: &'s Findings, book: &mut Book<'s>) {
    for found in &findings.competency {
        for one in &found.distinctive {
            let about = Some((one.theme.kind, one.theme.id.as_str()));
            book.cite(&one.quotes, Citation { about, ..of("distinctive", found.level, &found.of) });
        }
        for (behind, judged) in [("better", &found.better), ("worse", &found.worse)] {
            for one in judged {
                let about = Some((one.theme.kind, one.theme.id.as_str()));
                book.cite(&one.quotes, Citation { about, ..of(behind, found.level, &found.of) });
            }
        }
    }
    for found in &findings.customers {
        for group in &found.groups {
            let about = Some((group.facet.as_str(), group.id.as_str()));
            book.cite(&group.quotes, Citation { about, ..of("customers", found.level, &found.of) });
            for wanted in &group.motives {
                let (motive, role) = (Some(wanted.id.as_str()), Some(wanted.role));
                let of = of("customer_motives", found.level, &found.of);
                book.cite(&wanted.quotes, Citation { about, motive, role, ..of });
            }
        }
    }
}

fn contact<'s>(findings: &'s Findings, book: &mut Book<'s>) {
    for found in &findings.contact_points {
        for stage in &found.stages {
            let about = Some(("stage", stage.id.as_str()));
            let what = Citation { about, ..of("contact_points", found.level, &found.of) };
            book.cite(&stage.quotes, what);
            for complaint in &stage.complaints {
                let (behind, motive, role) = ("complaints", Some(complaint.motive.as_str()), Some("avoid"));
                book.cite(&complaint.quotes, Citation { behind, motive, role, ..what });
            }
        }
        for weak in &found.attackable {
            let about = Some(("stage", weak.stage.as_str()));
            for complaint in &weak.complaints {
                let (motive, role) = (Some(complaint.motive.as_str()), Some("avoid"));
                let rival = Some((found.level, weak.rival.as_str()));
                let what = of("attackable", found.level, &found.of);
                book.cite(&complaint.quotes, Citation { about, motive, role, rival, ..what });
            }
        }
    }
}
