//! What people found who read hits of the labels that a card rests on.

use super::book::Book;
use super::figures::percent;
use super::ink::Text;
use super::page::Page;
use crate::analyze::findings::{Level, PrecisionFinding, RivalFinding};

/// Rivals and occasions of a card whose labels are told.
const RIVALS: usize = 3;
const OCCASIONS: usize = 3;
/// Labels shown that nobody has read.
const UNPROVEN: usize = 4;

/// `READ BY HAND  beer 96 % right, night out 88 %; nobody has read whisky yet (rival sample --for whisky)`
pub(super) fn read_by_hand(book: &Book<'_>, id: &str, level: Level, rivals: &[RivalFinding], page: &mut Page) {
    let mut labels: Vec<(String, String, &PrecisionFinding)> = Vec::new();
    let own = book.subject_entity(id, level);
    let (most_rivals, most_occasions) = if page.is_full() { (RIVALS, OCCASIONS) } else { (1, 1) };
    let named = rivals.iter().filter(|r| r.of == id && r.level == level).take(most_rivals).map(|r| &r.rival);
    let entities = own.into_iter().chain(named.filter_map(|rival| book.entity(rival)));
    for entity in entities {
        labels.push((book.named(&entity.id).short(), entity.id.clone(), &entity.precision));
    }
    for occasion in own.into_iter().flat_map(|e| e.occasions.iter().take(most_occasions)) {
        labels.push((book.occasion(&occasion.id).short(), occasion.id.clone(), &occasion.precision));
    }
    let (mut read, mut unproven) = (Vec::new(), Vec::new());
    for (name, id, precision) in &labels {
        match precision {
            PrecisionFinding::ReadByHand { share, .. } if read.is_empty() => {
                read.push(format!("{name} {} right", percent(*share)));
            }
            PrecisionFinding::ReadByHand { share, .. } => read.push(format!("{name} {}", percent(*share))),
            PrecisionFinding::Unproven => unproven.push((name.as_str(), id)),
        }
    }
    let mut text = read.join(", ");
    if let Some((_, first)) = unproven.first() {
        let some: Vec<&str> = unproven.iter().take(UNPROVEN).map(|(name, _)| *name).collect();
        let more = if unproven.len() > UNPROVEN { " …" } else { "" };
        let gap = if text.is_empty() { "" } else { "; " };
        text.push_str(&format!("{gap}unproven: {}{more} (rival sample --for {first})", some.join(", ")));
    }
    if !text.is_empty() {
        page.entry("READ BY HAND", &Text::plain(&text));
    }
}
