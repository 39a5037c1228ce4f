//! The HTML report: one file that needs nothing else, in Chinese or English, the same bytes for the same findings.
//!
//! Text of posts is data: it enters escaped, inside `bdi`, never inside the style or the script, and a content-security policy allows exactly
//! these two, by their hash. Without the script everything can be read: quotes are anchors, charts have tables.

mod chapter;
mod chapters;
mod chart;
mod edition;
mod page;
mod palette;
mod quotes;
#[cfg(test)]
mod tests;
mod uses;

use crate::analyze::Findings;
use crate::lexicon::taxonomy::Taxonomy;
use crate::render::language::Language;
use chapter::Chapter;
use chapters::front::{brief, market};
use chapters::position::{contact, customers, essence, map, motives, occasions, passerby, space, strengths};
use chapters::rivalry::{actions, changes, groups, rivals, steals};
use chapters::{heat, method};
use edition::Edition;

/// The report as a file. The parts of each entity in focus come first, then what the entities share.
pub fn report(findings: &Findings, taxonomy: &Taxonomy, language: Language) -> Vec<u8> {
    let edition = Edition::new(findings, taxonomy, language);
    let focus = edition.book.focus();
    let mut chapters: Vec<Chapter> = Vec::new();
    if focus.is_empty() {
        chapters.push(market::brief(&edition, "answer"));
        chapters.extend(market::write(&edition, "first-rivals"));
        chapters.extend(heat::write(&edition));
        // The surroundings of the one that most people speak of.
        chapters.extend(findings.subjects.first().and_then(|first| map::write(&edition, &first.of, "map")));
        chapters.extend(market::cards(&edition, "cards"));
    } else {
        for (i, id) in focus.iter().enumerate() {
            // The first entity's anchors have no number: links to them stay short.
            let anchor = |word: &str| if i == 0 { word.to_owned() } else { format!("{word}-{}", i + 1) };
            chapters.push(brief::of_subject(&edition, id, &anchor("answer")));
            chapters.extend(rivals::write(&edition, id, &anchor("rivals")));
            chapters.extend(steals::write(&edition, id, &anchor("where")));
            chapters.extend(actions::write(&edition, id, &anchor("actions")));
            chapters.extend(occasions::write(&edition, id, &anchor("occasions")));
            chapters.extend(motives::write(&edition, id, &anchor("why")));
            chapters.extend(essence::write(&edition, id, &anchor("essence")));
            chapters.extend(strengths::write(&edition, id, &anchor("strengths")));
            chapters.extend(customers::write(&edition, id, &anchor("customers")));
            chapters.extend(contact::write(&edition, id, &anchor("contact")));
            chapters.extend(space::write(&edition, id, &anchor("space")));
            chapters.extend(map::write(&edition, id, &anchor("map")));
            chapters.extend(passerby::write(&edition, id, &anchor("passerby")));
            chapters.extend(changes::write(&edition, id, &anchor("changes")));
            chapters.extend(groups::write(&edition, id, &anchor("groups")));
        }
        chapters.extend(heat::write(&edition));
    }
    chapters.push(method::write(&edition));
    chapters.extend(quotes::write(&edition));
    page::bind(&edition, &chapters).into_string().into_bytes()
}
