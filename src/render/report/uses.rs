//! What each quote is evidence for: the way back from a person's words to the numbers that rest on them.

use std::collections::BTreeMap;

use super::edition::Edition;
use crate::analyze::findings::Label;

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
    position(edition, &mut note);
    space(edition, &mut note);
    uses
}

/// What the quotes of jobs and of white space are evidence for.
fn space<'a>(edition: &Edition<'a>, note: &mut impl FnMut(&'a [String], String)) {
    let job = |of: &str, occasion: &str, motive: &str| {
        format!("{} · {} × {}", edition.name(of), edition.occasion(occasion), edition.motive(motive))
    };
    let space = &edition.findings().space;
    for found in &space.jobs {
        for cell in &found.cells {
            note(&cell.quotes, job(&found.of, &cell.occasion, &cell.motive));
        }
    }
    for found in &space.white_space {
        for room in &found.spaces {
            let what = edition.say("空地", "white space");
            note(&room.quotes, format!("{} · {what}", job(&found.of, &room.occasion, &room.motive)));
        }
    }
}

/// What the quotes of a position are evidence for.
fn position<'a>(edition: &Edition<'a>, note: &mut impl FnMut(&'a [String], String)) {
    let findings = edition.findings();
    let label = |label: &Label| edition.say(&label.zh, &label.en).to_owned();
    for found in &findings.essence {
        let of = edition.name(&found.of);
        for score in found.essences.iter().chain(&found.also) {
            note(&score.quotes, format!("{of} · {} · {}", edition.say("本质", "essence"), label(&score.label)));
        }
        for feature in &found.talked_about {
            note(&feature.quotes, format!("{of} · {}", label(&feature.label)));
        }
    }
    for found in &findings.excitement {
        let of = edition.name(&found.of);
        for point in &found.points {
            note(
                &point.quotes,
                format!("{of} · {} · {}", edition.say("兴奋点", "excitement"), label(&point.theme.label)),
            );
        }
        for cliche in &found.cliches {
            note(
                &cliche.quotes,
                format!("{of} · {} · {}", edition.say("陈词滥调", "cliché"), label(&cliche.theme.label)),
            );
        }
    }
    for found in &findings.competency {
        let of = edition.name(&found.of);
        for distinct in &found.distinctive {
            note(
                &distinct.quotes,
                format!("{of} · {} · {}", edition.say("独有", "its own"), label(&distinct.theme.label)),
            );
        }
        for judged in found.better.iter().chain(&found.worse) {
            note(&judged.quotes, format!("{of} · {} · {}", edition.say("评价", "judged"), label(&judged.theme.label)));
        }
    }
    for found in &findings.customers {
        for group in &found.groups {
            note(&group.quotes, format!("{} · {}", edition.name(&found.of), label(&group.label)));
        }
    }
    for found in &findings.contact_points {
        let blamed = |stage: &str, motive: &str| {
            format!("{stage} · {} · {}", edition.say("抱怨", "blamed"), edition.motive(motive))
        };
        for stage in &found.stages {
            let at = format!("{} · {}", edition.name(&found.of), label(&stage.label));
            note(&stage.quotes, at.clone());
            for complaint in &stage.complaints {
                note(&complaint.quotes, blamed(&at, &complaint.motive));
            }
        }
        for weak in &found.attackable {
            for complaint in &weak.complaints {
                note(&complaint.quotes, blamed(&edition.name(&weak.rival), &complaint.motive));
            }
        }
    }
}

/// `why`, `why not`, `why again`.
pub(super) fn role<'t>(edition: &Edition<'_>, role: &str) -> &'t str {
    match role {
        "buy" => edition.say("为何买", "why"),
        "avoid" => edition.say("为何不买", "why not"),
        _ => edition.say("为何再来", "why again"),
    }
}
