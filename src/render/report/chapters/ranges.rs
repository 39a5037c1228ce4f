//! A row of a chart of ranges: a name, a dot on the axis, a figure. The table is the chart.

use maud::{Markup, html};

use crate::render::book::capital;
use crate::render::report::chart::track::{Axis, Dot};

/// A row.
#[derive(Debug, Default)]
pub(in crate::render::report) struct Row {
    pub name: String,
    /// Where, how many: below the name.
    pub below: String,
    /// A word with its dot: class and text.
    pub tag: Option<(&'static str, String)>,
    /// The quotes behind the row.
    pub refs: Option<Markup>,
    pub dot: Option<Dot>,
    /// The figure, and its range in words.
    pub figure: String,
    pub range: Option<String>,
    /// What the filters ask for.
    pub evidence: Option<&'static str>,
    /// A quote below the row.
    pub voice: Option<Markup>,
}

impl Row {
    pub fn draw(&self, axis: &Axis) -> Markup {
        html! {
            tr data-evidence=[self.evidence] {
                th scope="row" {
                    span class="name" { (capital(&self.name)) }
                    @if !self.below.is_empty() { span class="where" { (self.below) } }
                    @if let Some((class, word)) = &self.tag { span class={ "tag " (class) } { (word) } }
                    @if let Some(refs) = &self.refs { (refs) }
                }
                td class="plot" { @if let Some(dot) = self.dot { (axis.row(dot)) } }
                td class="number" data-v=[self.dot.map(|dot| dot.value)] {
                    b { (self.figure) }
                    @if let Some(range) = &self.range { span class="range" { (range) } }
                }
            }
            @if let Some(voice) = &self.voice { tr class="said" { td colspan="3" { (voice) } } }
        }
    }
}

/// The head of such a table: what the rows are, what is drawn, and the figure.
pub(in crate::render::report) fn head([rows, drawn, figure]: [&str; 3], axis: &Axis) -> Markup {
    html! {
        thead {
            tr {
                th scope="col" { (rows) }
                th scope="col" class="plot" { span class="hidden" { (drawn) } (axis.head()) }
                th scope="col" class="number" { (figure) }
            }
        }
    }
}

/// A whole table.
pub(in crate::render::report) fn table(titles: [&str; 3], axis: &Axis, rows: &[Row]) -> Markup {
    html! {
        @if !rows.is_empty() {
            table class="ranges" {
                (head(titles, axis))
                tbody { @for row in rows { (row.draw(axis)) } }
            }
        }
    }
}
