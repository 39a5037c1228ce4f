//! A chapter of the report: its place in the table of contents, what it shows in a sentence, and its body.

use maud::{Markup, html};

use crate::render::book::capital;

/// A chapter, ready to be bound.
pub(super) struct Chapter {
    /// Its anchor.
    pub anchor: String,
    /// Its word in the table of contents.
    pub word: String,
    pub body: Markup,
}

/// A chapter with its heading and a sentence on how to read it.
pub(super) fn chapter(anchor: &str, title: &str, word: &str, gist: &str, body: Markup) -> Chapter {
    let body = html! {
        section class="chapter" id=(anchor) aria-labelledby={ (anchor) "-title" } {
            header {
                h2 id={ (anchor) "-title" } { (capital(title)) }
                @if !gist.is_empty() { p class="gist" { (gist) } }
            }
            (body)
        }
    };
    Chapter { anchor: anchor.to_owned(), word: word.to_owned(), body }
}
