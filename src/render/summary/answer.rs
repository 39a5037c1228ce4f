//! The answer in a few sentences, no surer than the figures: who takes most and where, and what the subject holds.

use super::book::{Book, and, capital};
use super::figures::{count, counted, percent, percent_range};
use super::rivals::{Evidence, Parts, said};
use crate::analyze::findings::{EntityFinding, Needed, OccasionFinding, RivalFinding, Standing, Subject};
use crate::render::verdict::{Holdings, Verdict, main_occasion};

/// The answer for one list.
pub(super) fn answer(book: &Book<'_>, subject: &Subject, rivals: &Parts<'_>) -> String {
    let entity = book.subject_entity(&subject.of, subject.level);
    let name = entity.map_or_else(|| book.named(&subject.of).short(), |e| book.rival_named(&e.id, e.level).short());
    let mut sentences = Vec::new();
    match Verdict::of(subject, entity, rivals, book.findings.frame.shares_given) {
        Verdict::TooFew(needed) => sentences.push(too_few(&name, subject, needed)),
        Verdict::CatchAll => sentences.push(format!(
            "{} is a word for many things: shown, never ranked. Ask for one of its kinds.",
            capital(&name)
        )),
        Verdict::NoneRanked => {
            sentences
                .push(format!("No rival of {name} can be ranked: nothing that could replace it has enough authors."));
        }
        Verdict::NearOnly(near) => sentences.push(near_only(book, &name, near)),
        Verdict::Leads { top, of_all, evidence, open, least_expected } => {
            leads(book, &name, (top, of_all, evidence, open), &mut sentences);
            if let Some(rival) = least_expected {
                let on = place(book, rival).map(|(occasion, _)| format!(", on {occasion}")).unwrap_or_default();
                let of = book.rival_named(&rival.rival, rival.level).short();
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
fn too_few(name: &str, subject: &Subject, needed: Option<Needed>) -> String {
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
fn near_only(book: &Book<'_>, name: &str, near: &RivalFinding) -> String {
    format!(
        "Nothing that plays the part of {name} has enough authors, and {} what they took instead; nearest by occasions is {}: {}{}.",
        if said(near) == 0 { "nobody says" } else { "hardly anybody says" },
        book.rival_named(&near.rival, near.level).short(),
        share(near),
        mainly(book, near)
    )
}

/// `, mainly on night out (27 % of that)`
fn mainly(book: &Book<'_>, rival: &RivalFinding) -> String {
    place(book, rival).map(|(occasion, part)| format!(", mainly on {occasion} ({part} of that)")).unwrap_or_default()
}

/// Shares are given: who takes most, on which occasion, and how sure that is.
fn leads(
    book: &Book<'_>,
    name: &str,
    (top, of_all, evidence, open): (&RivalFinding, bool, Evidence, Option<&RivalFinding>),
    out: &mut Vec<String>,
) {
    let of = |rival: &RivalFinding| book.rival_named(&rival.rival, rival.level).short();
    let (on, share) = (mainly(book, top), share(top));
    // What is only near it may have more: then it is the largest of its kind alone.
    let most = if of_all {
        format!("the largest share of those who leave {name}")
    } else {
        format!("the most of what plays the part of {name}")
    };
    out.push(match (evidence, open) {
        (Evidence::Clear, None) if of_all => {
            format!("Where a consumer leaves {name}, {} takes the largest share: {share}{on}.", of(top))
        }
        (Evidence::Clear, None) => format!("{} takes {most}: {share}{on}.", capital(&of(top))),
        (Evidence::Clear, Some(second)) => format!(
            "Where a consumer leaves {name}, {} ({share}) and {} ({}) take the most{}; which of the two leads is open. {} takes it{}.",
            of(top),
            of(second),
            self::share(second),
            if of_all { "" } else { " of what plays its part" },
            capital(&of(top)),
            if on.is_empty() { " on no occasion in particular".to_owned() } else { on },
        ),
        (Evidence::Thin | Evidence::OneWord, _) => {
            format!("{} seems to take {most}: {share}{on}; {}.", capital(&of(top)), thin(top))
        }
        (Evidence::RolesOnly, _) => format!(
            "By occasions and roles alone, {} would take {most}: {share}{on}; nobody has said so.",
            of(top)
        ),
    });
    if top.switching.to_rival > 0 {
        let back = match top.switching.from_rival {
            0 => String::new(),
            back => format!(", {} took {name} instead of it", count(back)),
        };
        let say = if top.switching.to_rival == 1 { "says" } else { "say" };
        out.push(format!("{} {say} they took {} instead{back}.", counted(top.switching.to_rival, "author"), of(top)));
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

/// The occasion that carries a rivalry, with its part.
fn place(book: &Book<'_>, rival: &RivalFinding) -> Option<(String, String)> {
    main_occasion(rival).map(|(id, part)| (book.occasion(id).short(), percent(part)))
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
fn withheld(book: &Book<'_>, name: &str, most: Option<&RivalFinding>, out: &mut Vec<String>) {
    out.push(match most {
        Some(rival) => format!(
            "Shares would measure the query, so only what people say counts: most of those who switched from {name} took {} ({}, {} back).",
            book.rival_named(&rival.rival, rival.level).short(),
            counted(rival.switching.to_rival, "author"),
            count(rival.switching.from_rival)
        ),
        None => format!("Shares would measure the query, and nobody says that they left {name} for something else: no answer yet."),
    });
}

/// The occasions that the subject holds, and those where it is weak.
fn holds(book: &Book<'_>, name: &str, entity: &EntityFinding) -> Option<String> {
    let holdings = Holdings::of(entity);
    let names = |all: &[&OccasionFinding]| all.iter().map(|o| book.occasion(&o.id).short()).collect::<Vec<_>>();
    let (own, weak) = (names(&holdings.own), names(&holdings.weak));
    let name = capital(name);
    match (own.is_empty(), weak.is_empty()) {
        (false, false) => Some(format!("{name} holds {} and is weak on {}.", and(&own), and(&weak))),
        (false, true) => Some(format!("{name} holds {}.", and(&own))),
        (true, false) => Some(format!("{name} is weak on {}; no occasion is clearly its own.", and(&weak))),
        (true, true) => holdings.judged.then(|| format!("No occasion is clearly {name}'s own.")),
    }
}
