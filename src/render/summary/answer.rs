//! The answer in a few sentences, no surer than the figures: who takes most and where, and what the subject holds.

use super::book::{Book, and};
use super::figures::{count, counted, percent, percent_range};
use super::rivals::{Evidence, Parts, said};
use crate::analyze::findings::{EntityFinding, Needed, OccasionFinding, RivalFinding, Standing, Subject};
use crate::render::phrase::Phrase;
use crate::render::verdict::{Holdings, Lead, Verdict, main_occasion};

/// The answer for one list.
pub(super) fn answer(book: &Book<'_>, subject: &Subject, rivals: &Parts<'_>) -> String {
    let entity = book.subject_entity(&subject.of, subject.level);
    let name = book.subject_phrase(&subject.of, subject.level);
    let mut sentences = Vec::new();
    match Verdict::of(subject, entity, rivals, book.findings.frame.shares_given) {
        Verdict::TooFew(needed) => sentences.push(too_few(&name, subject, needed)),
        Verdict::CatchAll => sentences.push(format!(
            "“{}” is a word for many things: shown, never ranked. Ask for one of its kinds.",
            book.named(&subject.of).short()
        )),
        Verdict::NoneRanked => {
            sentences.push(format!(
                "No rival of {name} can be ranked: nothing that could replace {} has enough authors.",
                name.verb("it", "them")
            ));
        }
        Verdict::NearOnly(near) => sentences.push(near_only(book, &name, near)),
        Verdict::Leads(lead) => {
            leads(book, &name, &lead, &mut sentences);
            if let Some(rival) = lead.least_expected {
                let on = place(book, rival).map(|(when, _)| format!(", {when}")).unwrap_or_default();
                let of = book.rival_phrase(&rival.rival, rival.level);
                sentences.push(format!("Least expected: {of} ({}{on}).", share(rival)));
            }
        }
        Verdict::SaidOnly(most) => withheld(book, &name, most, &mut sentences),
    }
    if subject.standing == Standing::Ranked {
        sentences.extend(entity.and_then(|entity| holds(book, &name, entity)));
    }
    sentences.join(" ")
}

/// What is missing before anything can be ranked.
fn too_few(name: &Phrase, subject: &Subject, needed: Option<Needed>) -> String {
    let mut out =
        format!("Not enough is said of {name} to rank its rivals: {} so far", counted(subject.authors, "author"));
    match needed {
        Some(needed) if needed.authors > 0 => out.push_str(&format!(", {} more needed.", count(needed.authors))),
        Some(_) => out.push_str(", and most of it from too few of them: posts by more different people are needed."),
        None => out.push('.'),
    }
    out
}

/// Nothing plays its part: no rival by anybody's words, only the nearest.
fn near_only(book: &Book<'_>, name: &Phrase, near: &RivalFinding) -> String {
    let of = book.rival_phrase(&near.rival, near.level);
    format!(
        "Nothing that plays the part of {name} has enough authors, and {} what they took instead; nearest by occasions {} {of}: {}{}.",
        if said(near) == 0 { "nobody says" } else { "hardly anybody says" },
        of.verb("is", "are"),
        share(near),
        mainly(book, near)
    )
}

/// `, mainly on nights out (27 % of that)`
fn mainly(book: &Book<'_>, rival: &RivalFinding) -> String {
    place(book, rival).map(|(when, part)| format!(", mainly {when} ({part} of that)")).unwrap_or_default()
}

/// Shares are given: who takes most, on which occasion, and how sure that is.
fn leads(
    book: &Book<'_>,
    name: &Phrase,
    &Lead { top, of_all, evidence, alone, open, .. }: &Lead<'_>,
    out: &mut Vec<String>,
) {
    let of = |rival: &RivalFinding| book.rival_phrase(&rival.rival, rival.level);
    let (on, share) = (mainly(book, top), share(top));
    // What is only near it may have more: then it is the largest of its kind alone.
    let most = if of_all {
        format!("the largest share of those who leave {name}")
    } else {
        format!("the most of what plays the part of {name}")
    };
    out.push(match (evidence, open) {
        (Evidence::Clear, None) if of_all => format!(
            "Where a consumer leaves {name}, {} {} the largest share: {share}{on}.",
            of(top),
            of(top).verb("takes", "take")
        ),
        (Evidence::Clear, None) => {
            format!("{} {} {most}: {share}{on}.", of(top).capital(), of(top).verb("takes", "take"))
        }
        (Evidence::Clear, Some(second)) => format!(
            "Where a consumer leaves {name}, {} ({share}) and {} ({}) take the most{}; which of the two leads is open. {} {} {} share{}.",
            of(top),
            of(second),
            self::share(second),
            if of_all { "" } else { " of what plays its part" },
            of(top).capital(),
            of(top).verb("takes", "take"),
            of(top).verb("its", "their"),
            if on.is_empty() { " on no occasion in particular".to_owned() } else { on },
        ),
        (Evidence::Thin | Evidence::OneWord, _) => format!(
            "{} {} to take {most}: {share}{on}; {}.",
            of(top).capital(),
            of(top).verb("seems", "seem"),
            thin(top)
        ),
        (Evidence::RolesOnly, _) => format!(
            "By occasions and roles alone, {} would take {most}: {share}{on}; nobody has said so{}.",
            of(top),
            if alone { ", and nothing else that plays its part has enough authors to stand beside it" } else { "" }
        ),
    });
    if top.switching.to_rival > 0 {
        let back = match top.switching.from_rival {
            0 => String::new(),
            back => format!(", {} chose {name} instead of {}", count(back), of(top).verb("it", "them")),
        };
        let say = if top.switching.to_rival == 1 { "says" } else { "say" };
        out.push(format!("{} {say} they chose {} instead{back}.", counted(top.switching.to_rival, "author"), of(top)));
    }
}

/// `14 % (11–17 %)`
fn share(rival: &RivalFinding) -> String {
    match (rival.threat, rival.ci90) {
        (Some(share), Some(range)) => format!("{}, range {}", percent(share), percent_range(range)),
        (Some(share), None) => percent(share),
        _ => "share not known".to_owned(),
    }
}

/// When the rivalry takes place that carries it, with its part.
fn place(book: &Book<'_>, rival: &RivalFinding) -> Option<(String, String)> {
    main_occasion(rival).map(|(id, part)| (book.when(id), percent(part)))
}

fn thin(rival: &RivalFinding) -> String {
    if let (Evidence::OneWord, Some(influence)) = (Evidence::of(rival), &rival.max_term_influence) {
        format!("more than half of it rests on {} alone", influence.words.as_ref().unwrap_or(&influence.rule))
    } else if said(rival) == 0 {
        format!("nobody has said so, and {} link both with one occasion", counted(rival.carried_by, "author"))
    } else if rival.q.is_some() {
        "that is not clearly more than its size alone would give".to_owned()
    } else {
        format!("the evidence is thin ({})", counted(rival.carried_by, "author"))
    }
}

/// Shares are withheld: only what people say.
fn withheld(book: &Book<'_>, name: &Phrase, most: Option<&RivalFinding>, out: &mut Vec<String>) {
    out.push(match most {
        Some(rival) => format!(
            "Shares would measure the query, so only what people say counts: most of those who switched from {name} chose {} ({}, {} back).",
            book.rival_phrase(&rival.rival, rival.level),
            counted(rival.switching.to_rival, "author"),
            count(rival.switching.from_rival)
        ),
        None => format!("Shares would measure the query, and nobody says that they left {name} for something else: no answer yet."),
    });
}

/// The occasions that the subject holds, and those where it is weak.
fn holds(book: &Book<'_>, name: &Phrase, entity: &EntityFinding) -> Option<String> {
    let holdings = Holdings::of(entity);
    let when = |all: &[&OccasionFinding]| and(&all.iter().map(|o| book.when(&o.id)).collect::<Vec<_>>());
    name.holds(&when(&holdings.own), &when(&holdings.weak), holdings.judged)
}
