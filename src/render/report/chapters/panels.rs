//! Small charts side by side, each under its name and with its figures in words.

use maud::{Markup, html};

use crate::render::book::capital;
use crate::render::report::chart::lines::{Frame, Line};

/// A chart.
pub(super) struct Panel {
    pub name: String,
    /// The figures, below the name.
    pub below: String,
    /// How it is colored: taken or held.
    pub class: &'static str,
    pub lines: Vec<Line>,
    /// Where the figures end.
    pub top: f64,
}

/// The charts, all over the same periods.
pub(super) fn panels(panels: &[Panel], periods: &[String], written: impl Fn(f64) -> String) -> Markup {
    html! {
        ul class="panels" {
            @for panel in panels {
                li {
                    h3 { (capital(&panel.name)) }
                    p class="where" { (panel.below) }
                    @let frame = Frame { periods, top: panel.top, written: written(panel.top) };
                    (frame.draw(&panel.lines, panel.class, &format!("{}: {}", panel.name, panel.below)))
                }
            }
        }
    }
}
