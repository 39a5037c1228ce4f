//! What each quote is evidence for: the way back from a person's words to the numbers that rest on them.

use std::collections::BTreeMap;

use super::edition::Edition;

/// Every quote's uses, in the order of the findings.
pub(super) fn of<'a>(edition: &Edition<'a>) -> BTreeMap<&'a str, Vec<String>> {
    let mut uses: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut note = |quotes: &'a [String], what: String| {
        for quote in quotes {
            let of = uses.entry(quote.as_str()).or_default();
            if !of.contains(&what) {
                of.push(what.clone());
            }
        }
    };
    let findings = edition.findings();
    for entity in &findings.entities {
        let name = edition.entity(entity);
        note(&entity.quotes, name.clone());
        for occasion in &entity.occasions {
            note(&occasion.quotes, format!("{name} · {}", edition.occasion(&occasion.id)));
        }
        for motive in &entity.motives {
            note(&motive.quotes, format!("{name} · {} · {}", role(edition, motive.role), edition.motive(&motive.id)));
        }
    }
    for rival in &findings.rivals {
        let of = edition.subject_of(rival);
        note(&rival.quotes, format!("{of} → {}", edition.rival(rival)));
    }
    for subject in &findings.subjects {
        for said in &subject.said {
            note(
                &said.quotes,
                format!("{} → {}", edition.subject(subject), edition.rival_at(&said.rival, subject.level)),
            );
        }
    }
    for lost in &findings.outside_option {
        note(&lost.quotes, format!("{} → {}", edition.name(&lost.of), edition.say("什么都不要", "nothing")));
    }
    uses
}

/// `why`, `why not`, `why again`.
pub(super) fn role<'t>(edition: &Edition<'_>, role: &str) -> &'t str {
    match role {
        "buy" => edition.say("为何买", "why"),
        "avoid" => edition.say("为何不买", "why not"),
        _ => edition.say("为何再来", "why again"),
    }
}
