//! The page under the pen: every line that is written is folded to its width.

use std::collections::BTreeSet;

use super::Look;
use super::ink::{Style, Text};

/// Columns of the headings at the left edge.
const MARGIN: usize = 20;

/// The lines written so far.
pub(super) struct Page {
    look: Look,
    out: String,
    blank: bool,
    /// Ids of the quotes on this card.
    quotes: BTreeSet<String>,
}

impl Page {
    pub fn new(look: Look) -> Self {
        Self { look, out: String::with_capacity(4096), blank: true, quotes: BTreeSet::new() }
    }

    /// Columns of a line.
    pub fn width(&self) -> usize {
        self.look.width
    }

    /// One line or, where it is too long, several; the later ones are indented.
    pub fn line(&mut self, text: &Text, hang: usize) {
        for line in text.fold(self.look.width, hang) {
            self.raw(&line);
        }
    }

    /// A line that fits already.
    pub fn raw(&mut self, line: &Text) {
        line.write(&mut self.out, self.look.color);
        self.blank = line.is_empty();
    }

    /// An empty line, never two.
    pub fn blank(&mut self) {
        if !self.blank {
            self.raw(&Text::default());
        }
    }

    /// `HEADING   body`, the body in a block of its own.
    pub fn entry(&mut self, heading: &str, body: &Text) {
        let mut text = Text::bold(heading);
        text.push(Style::Plain, &" ".repeat(MARGIN.saturating_sub(text.width()).max(1)));
        text.append(body);
        self.line(&text, MARGIN);
    }

    /// A line below an entry, at the body's edge.
    pub fn below(&mut self, body: &Text) {
        let mut text = Text::plain(&" ".repeat(MARGIN));
        text.append(body);
        self.line(&text, MARGIN);
    }

    /// Begins a card: what was quoted on another may be quoted again.
    pub fn begin(&mut self) {
        self.blank();
        self.quotes.clear();
    }

    /// Whether a quote stands on this card.
    pub fn shown(&self, quote: &str) -> bool {
        self.quotes.contains(quote)
    }

    /// Remembers that a quote stands on this card.
    pub fn show(&mut self, quote: &str) {
        self.quotes.insert(quote.to_owned());
    }

    /// Columns of an entry's body.
    pub fn body(&self) -> usize {
        self.look.width - MARGIN
    }

    pub fn finish(self) -> String {
        self.out
    }
}
