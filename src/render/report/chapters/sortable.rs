//! Tables of figures that sort by a click on a head: open, or folded under a chart.

use maud::{Markup, html};

/// A column: words stand left, numbers right.
pub(super) struct Column<'t> {
    name: &'t str,
    number: bool,
}

/// A column of words.
pub(super) const fn words(name: &str) -> Column<'_> {
    Column { name, number: false }
}

/// A column of numbers.
pub(super) const fn numbers(name: &str) -> Column<'_> {
    Column { name, number: true }
}

/// The table, scrolled inside its own frame where it is wider than the page; `body` is its rows.
pub(super) fn table(label: &str, columns: &[Column<'_>], body: &Markup) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(label) {
            table class="sortable" {
                thead {
                    tr { @for column in columns { th scope="col" class=[column.number.then_some("number")] { (column.name) } } }
                }
                tbody { (body) }
            }
        }
    }
}

/// The table under a title that opens it, and a word about it.
pub(super) fn folded(title: &str, columns: &[Column<'_>], body: &Markup, note: Option<&str>) -> Markup {
    html! {
        details class="figures" {
            summary { (title) }
            (table(title, columns, body))
            @if let Some(note) = note { p class="note" { (note) } }
        }
    }
}
