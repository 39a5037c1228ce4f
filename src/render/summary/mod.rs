//! The summary on a terminal: one card per entity that was asked for, else an overview (`rival analyze`).

mod answer;
mod card;
mod comparison;
mod excerpt;
mod groups;
mod ink;
mod overview;
mod page;
mod position;
mod remarks;
mod rivals;
mod space;
mod table;
#[cfg(test)]
mod tests;
mod trust;
mod voices;

pub use comparison::comparison;
pub(super) use excerpt::excerpt;

use crate::analyze::Findings;
use crate::lexicon::taxonomy::Taxonomy;
use crate::render::{book, figures};
use book::Book;
use page::Page;

/// Lines are never narrower than this, whatever the terminal says.
const LEAST_WIDTH: usize = 60;
/// Lines of a screen, which a card does not exceed.
const SCREEN: usize = 50;

/// How the summary may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Columns of a line; 60 at least.
    pub width: usize,
    /// ANSI styles: headings bold, ids dim.
    pub color: bool,
    /// All that a card can tell; otherwise what fits one screen.
    pub full: bool,
}

/// The findings as a person reads them: cards for the entities in focus, else an overview of the market.
pub fn summary(findings: &Findings, taxonomy: &Taxonomy, look: Look) -> String {
    let book = Book::new(findings, taxonomy);
    let look = Look { width: look.width.max(LEAST_WIDTH), ..look };
    let focus = book.focus();
    let screens = SCREEN * focus.len().max(1);
    let mut page = written(&book, &focus, Page::new(look));
    for brevity in 1..=Page::BRIEFEST {
        if look.full || page.lines() <= screens {
            break;
        }
        page = written(&book, &focus, Page::briefer(look, brevity));
    }
    page.finish()
}

fn written(book: &Book<'_>, focus: &[&str], mut page: Page) -> Page {
    if focus.is_empty() {
        overview::write(book, &mut page);
    }
    for id in focus {
        card::write(book, id, &mut page);
    }
    remarks::limits(&mut page);
    remarks::next(book, focus, &mut page);
    remarks::more(&mut page);
    page
}
