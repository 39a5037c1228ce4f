//! Bands from the left to the right: where something is taken, and by whom.

use maud::{Markup, html};

use super::{at, cut, em};

const WIDTH: f64 = 720.0;
/// Height of all bands together, without the gaps.
const HEIGHT: f64 = 300.0;
const GAP: f64 = 12.0;
/// A node is never lower than its label.
const LEAST: f64 = 15.0;
const NODE: f64 = 10.0;
const FONT: f64 = 13.0;
/// Labels are cut beyond this many em.
const LABEL: f64 = 15.0;

/// A node of either side.
#[derive(Debug, Clone)]
pub(in crate::render::report) struct Node {
    pub label: String,
    /// Written after the label.
    pub figure: String,
    /// The color of its bands, on the right; nothing on the left.
    pub class: String,
}

/// A band between two nodes.
#[derive(Debug, Clone)]
pub(in crate::render::report) struct Band {
    pub from: usize,
    pub to: usize,
    pub size: f64,
    /// Read out by the pointer.
    pub title: String,
}

/// A side's nodes with their places.
struct Side {
    top: Vec<f64>,
    height: Vec<f64>,
    end: f64,
}

impl Side {
    fn of(sizes: &[f64], total: f64) -> Self {
        let (mut top, mut height, mut y) = (Vec::new(), Vec::new(), 0.0);
        for size in sizes {
            let own = size / total * HEIGHT;
            top.push(y);
            height.push(own);
            y += own.max(LEAST) + GAP;
        }
        Self { top, height, end: y - GAP }
    }
}

/// Draws the bands; nothing where there are none.
pub(in crate::render::report) fn draw(left: &[Node], right: &[Node], bands: &[Band], label: &str) -> Option<Markup> {
    let sum = |side: fn(&Band) -> usize, count: usize| -> Vec<f64> {
        (0..count).map(|i| bands.iter().filter(|b| side(b) == i).map(|b| b.size).sum()).collect()
    };
    let (from, to) = (sum(|b| b.from, left.len()), sum(|b| b.to, right.len()));
    let total: f64 = from.iter().sum();
    if bands.is_empty() || total.is_nan() || total <= 0.0 {
        return None;
    }
    let (from, to) = (Side::of(&from, total), Side::of(&to, total));
    let room = |nodes: &[Node]| {
        let widest = nodes.iter().map(|n| em(&cut(&n.label, LABEL)) + 0.5 + em(&n.figure)).fold(0.0, f64::max);
        widest * FONT + 14.0
    };
    let (x1, x2) = (room(left) + NODE, WIDTH - room(right) - NODE);
    let height = from.end.max(to.end) + 4.0;
    let paths = paths(bands, (&from, &to), (x1, x2));
    Some(html! {
        svg class="flow" viewBox={ "0 0 " (at(WIDTH)) " " (at(height)) } role="img" aria-label=(label) {
            @for (band, path) in bands.iter().zip(&paths) {
                path class={ "band " (right[band.to].class) } data-from=(band.from) data-to=(band.to) d=(path) { title { (band.title) } }
            }
            @for (i, node) in left.iter().enumerate() {
                g class="node" data-from=(i) {
                    rect class="bar" x=(at(x1 - NODE)) y=(at(from.top[i])) width=(at(NODE)) height=(at(from.height[i].max(1.0))) {}
                    (label_of(node, x1 - NODE - 8.0, from.top[i] + from.height[i] / 2.0, "end"))
                }
            }
            @for (i, node) in right.iter().enumerate() {
                g class={ "node " (node.class) } data-to=(i) {
                    rect class="bar" x=(at(x2)) y=(at(to.top[i])) width=(at(NODE)) height=(at(to.height[i].max(1.0))) {}
                    (label_of(node, x2 + NODE + 8.0, to.top[i] + to.height[i] / 2.0, "start"))
                }
            }
        }
    })
}

/// A label with its figure.
fn label_of(node: &Node, x: f64, middle: f64, anchor: &str) -> Markup {
    let middle = middle.max(LEAST / 2.0 - 1.0);
    html! {
        text x=(at(x)) y=(at(middle + FONT * 0.36)) text-anchor=(anchor) {
            (cut(&node.label, LABEL))
            @if !node.figure.is_empty() { tspan class="figure" { " " (node.figure) } }
        }
    }
}

/// The outline of each band, stacked in the order of the bands on both sides.
fn paths(bands: &[Band], (from, to): (&Side, &Side), (x1, x2): (f64, f64)) -> Vec<String> {
    let total: f64 = bands.iter().map(|b| b.size).sum();
    let (mut left, mut right) = (from.top.clone(), to.top.clone());
    let middle = (x1 + x2) / 2.0;
    bands
        .iter()
        .map(|band| {
            let high = band.size / total * HEIGHT;
            let (a, b) = (left[band.from], right[band.to]);
            left[band.from] += high;
            right[band.to] += high;
            let [x1, x2, m] = [x1, x2, middle].map(at);
            let [a1, a2, b1, b2] = [a, a + high, b, b + high].map(at);
            format!("M{x1} {a1}C{m} {a1} {m} {b1} {x2} {b1}V{b2}C{m} {b2} {m} {a2} {x1} {a2}Z")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(label: &str) -> Node {
        Node { label: label.to_owned(), figure: String::new(), class: "b1".to_owned() }
    }

    fn band(from: usize, to: usize, size: f64) -> Band {
        Band { from, to, size, title: String::new() }
    }

    #[test]
    fn bands_fill_their_nodes() {
        let svg =
            draw(&[node("a"), node("b")], &[node("c")], &[band(0, 0, 0.75), band(1, 0, 0.25)], "x").expect("bands");
        let svg = svg.into_string();
        assert!(
            svg.contains(r#"height="225""#) && svg.contains(r#"height="75""#) && svg.contains(r#"height="300""#),
            "{svg}"
        );
    }

    #[test]
    fn nothing_flows_where_nothing_is() {
        assert!(draw(&[], &[], &[], "x").is_none());
        assert!(draw(&[node("a")], &[node("b")], &[band(0, 0, 0.0)], "x").is_none());
    }
}
