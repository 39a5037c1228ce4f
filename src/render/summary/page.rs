//! The page under the pen: every line that is written is folded to its width.

use std::collections::BTreeSet;

use super::Look;
use super::ink::{Style, Text, width};

/// Columns of the headings at the left edge.
const MARGIN: usize = 20;

/// The lines written so far.
pub(super) struct Page {
    look: Look,
    out: String,
    blank: bool,
    /// Ids of the quotes on this card.
    quotes: BTreeSet<String>,
    /// What only a full card tells, in the order of the first that left it out.
    left_out: Vec<&'static str>,
    /// How much is left out so that the card fits its screen; nothing of a card that fits.
    brevity: u8,
    lines: usize,
}

impl Page {
    pub fn new(look: Look) -> Self {
        Self::briefer(look, 0)
    }

    /// A page that leaves out more.
    pub fn briefer(look: Look, brevity: u8) -> Self {
        Self {
            look,
            out: String::with_capacity(4096),
            blank: true,
            quotes: BTreeSet::new(),
            left_out: Vec::new(),
            brevity,
            lines: 0,
        }
    }

    /// Nothing more can be left out.
    pub const BRIEFEST: u8 = 3;

    /// Lines written so far.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// How brief the page is to be.
    pub fn brevity(&self) -> usize {
        usize::from(self.brevity)
    }

    /// Columns of a line.
    pub fn width(&self) -> usize {
        self.look.width
    }

    /// Whether everything is told.
    pub fn is_full(&self) -> bool {
        self.look.full
    }

    /// Whether there is room for a part that only a full card tells; a card of one screen remembers that it left it out.
    pub fn has_room_for(&mut self, part: &'static str) -> bool {
        self.has_room_until(0, part)
    }

    /// Whether there is room for a part that is left out from a brevity on.
    pub fn has_room_until(&mut self, brevity: usize, part: &'static str) -> bool {
        let has_room = self.look.full || self.brevity() < brevity;
        if !has_room && !self.left_out.contains(&part) {
            self.left_out.push(part);
        }
        has_room
    }

    /// What was left out.
    pub fn left_out(&self) -> &[&'static str] {
        &self.left_out
    }

    /// `HEADING   one · two · three`; on a card of one screen only as many as fit one line, one at least.
    pub fn list(&mut self, heading: &str, parts: &[String]) {
        let text = self.fitting("", parts);
        if !text.is_empty() {
            self.entry(heading, &Text::plain(&text));
        }
    }

    /// The same behind some words.
    pub fn fitting(&self, before: &str, parts: &[String]) -> String {
        let mut out = before.to_owned();
        for (i, part) in parts.iter().enumerate() {
            let gap = if i == 0 { "" } else { " · " };
            if i > 0 && !self.look.full && width(&out) + width(gap) + width(part) > self.body() {
                break;
            }
            out.push_str(gap);
            out.push_str(part);
        }
        out
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
        self.lines += 1;
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
