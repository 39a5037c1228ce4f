//! Points in a plane with labels that keep out of each other's way.

use maud::{Markup, html};

use super::{at, cut, em};

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 520.0;
const MARGIN: f64 = 46.0;
const FONT: f64 = 12.5;
const LABEL: f64 = 14.0;
/// Room between a mark and its label.
const AWAY: f64 = 4.0;

/// The class of what the map is about.
const SUBJECT: &str = "subject";

/// A point with its label.
#[derive(Debug, Clone)]
pub(in crate::render::report) struct Point {
    pub x: f64,
    pub y: f64,
    pub label: String,
    /// `subject`, `rival`, `entity`, `occasion` …
    pub class: &'static str,
    /// Radius in pixels.
    pub radius: f64,
    /// Drawn as a diamond.
    pub diamond: bool,
    /// Read out by the pointer.
    pub title: String,
}

/// A rectangle on the sheet.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn overlap(&self, other: &Area) -> f64 {
        let wide = (self.right.min(other.right) - self.left.max(other.left)).max(0.0);
        let high = (self.bottom.min(other.bottom) - self.top.max(other.top)).max(0.0);
        wide * high
    }
}

/// Draws the points; the first ones get their labels first, and a label without room is left to the pointer.
pub(in crate::render::report) fn draw(points: &[Point], axes: [&str; 2], label: &str) -> Option<Markup> {
    if points.is_empty() {
        return None;
    }
    let scale = Scale::of(points);
    let marks: Vec<(f64, f64)> = points.iter().map(|p| scale.place(p)).collect();
    let labels = labels(points, &marks);
    let (x0, y0) = scale.origin();
    // What the map is about lies on top.
    let (about, rest): (Vec<usize>, Vec<usize>) = (0..points.len()).partition(|&i| points[i].class == SUBJECT);
    let order = rest.into_iter().chain(about);
    Some(html! {
        svg class="scatter" viewBox={ "0 0 " (at(WIDTH)) " " (at(HEIGHT)) } role="img" aria-label=(label) {
            line class="cross" x1=(at(x0)) x2=(at(x0)) y1="8" y2=(at(HEIGHT - 26.0)) {}
            line class="cross" x1="8" x2=(at(WIDTH - 8.0)) y1=(at(y0)) y2=(at(y0)) {}
            text class="axis-name" x=(at(WIDTH - 10.0)) y=(at(HEIGHT - 8.0)) text-anchor="end" { (axes[0]) }
            text class="axis-name" x="10" y=(at(HEIGHT - 8.0)) { (axes[1]) }
            @for (point, (x, y), label) in order.map(|i| (&points[i], marks[i], &labels[i])) {
                g class={ "point " (point.class) } tabindex="0" {
                    title { (point.title) }
                    @if point.diamond {
                        path d=(diamond(x, y, point.radius)) {}
                    } @else {
                        circle cx=(at(x)) cy=(at(y)) r=(at(point.radius)) {}
                    }
                    @if let Some(place) = label {
                        text x=(at(place.x)) y=(at(place.y)) text-anchor=(place.anchor) { (cut(&point.label, LABEL)) }
                    }
                }
            }
        }
    })
}

fn diamond(x: f64, y: f64, r: f64) -> String {
    let [l, t, rt, b] = [x - r, y - r, x + r, y + r].map(at);
    let [x, y] = [x, y].map(at);
    format!("M{l} {y}L{x} {t}L{rt} {y}L{x} {b}Z")
}

/// From the plane to the sheet; both directions at one scale, because distances mean something.
struct Scale {
    unit: f64,
    middle: (f64, f64),
}

impl Scale {
    fn of(points: &[Point]) -> Self {
        let reach = |value: fn(&Point) -> f64| {
            points
                .iter()
                .map(value)
                .filter(|v| v.is_finite())
                .fold((f64::MAX, f64::MIN), |(a, b), v| (a.min(v), b.max(v)))
        };
        let ((left, right), (low, high)) = (reach(|p| p.x), reach(|p| p.y));
        let unit = ((WIDTH - 4.0 * MARGIN) / (right - left).max(1e-9))
            .min((HEIGHT - 2.0 * MARGIN) / (high - low).max(1e-9))
            .min(1e6);
        Self { unit, middle: ((left + right) / 2.0, (low + high) / 2.0) }
    }

    fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let place = |v: f64, middle: f64| if v.is_finite() { (v - middle) * self.unit } else { 0.0 };
        (WIDTH / 2.0 + place(x, self.middle.0), (HEIGHT - 16.0) / 2.0 - place(y, self.middle.1))
    }

    fn place(&self, point: &Point) -> (f64, f64) {
        self.at(point.x, point.y)
    }

    fn origin(&self) -> (f64, f64) {
        let (x, y) = self.at(0.0, 0.0);
        (x.clamp(8.0, WIDTH - 8.0), y.clamp(8.0, HEIGHT - 26.0))
    }
}

/// Where a label stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: f64,
    y: f64,
    anchor: &'static str,
    area: Area,
}

/// For each point the first of eight places that is free; nothing where none is.
fn labels(points: &[Point], marks: &[(f64, f64)]) -> Vec<Option<Place>> {
    let mark = |i: usize| {
        let ((x, y), r) = (marks[i], points[i].radius + 1.0);
        Area { left: x - r, top: y - r, right: x + r, bottom: y + r }
    };
    let mut taken: Vec<Area> = (0..points.len()).map(mark).collect();
    let mut out = Vec::with_capacity(points.len());
    for (i, point) in points.iter().enumerate() {
        let wide = em(&cut(&point.label, LABEL)) * FONT;
        let inside = |place: &Place| {
            let Area { left, top, right, bottom } = place.area;
            left >= 2.0 && right <= WIDTH - 2.0 && top >= 2.0 && bottom <= HEIGHT - 24.0
        };
        let covers = |place: &Place| -> f64 {
            let others = taken.iter().enumerate().filter(|(j, _)| *j != i);
            others.map(|(_, area)| area.overlap(&place.area)).sum()
        };
        let near = || places(marks[i], point.radius + AWAY, wide).into_iter().filter(inside);
        let least = || near().min_by(|a, b| covers(a).total_cmp(&covers(b)));
        // What the map is about has its name even in a crowd.
        let free = near().find(|place| covers(place) < 1.0).or_else(|| least().filter(|_| point.class == SUBJECT));
        if let Some(place) = free {
            taken.push(place.area);
        }
        out.push(free);
    }
    out
}

/// The eight places around a mark, best first.
fn places((x, y): (f64, f64), away: f64, wide: f64) -> [Place; 8] {
    let half = FONT / 2.0;
    let slant = away * 0.7;
    let place = |dx: f64, dy: f64, anchor: &'static str| {
        let (px, middle) = (x + dx, y + dy);
        let left = match anchor {
            "start" => px,
            "end" => px - wide,
            _ => px - wide / 2.0,
        };
        let area = Area { left, top: middle - half, right: left + wide, bottom: middle + half };
        Place { x: px, y: middle + FONT * 0.36, anchor, area }
    };
    [
        place(away, 0.0, "start"),
        place(-away, 0.0, "end"),
        place(0.0, -away - half, "middle"),
        place(0.0, away + half, "middle"),
        place(slant, -slant - half * 0.6, "start"),
        place(slant, slant + half * 0.6, "start"),
        place(-slant, -slant - half * 0.6, "end"),
        place(-slant, slant + half * 0.6, "end"),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn point(x: f64, y: f64) -> Point {
        Point {
            x,
            y,
            label: "外星人 Alienergy".into(),
            class: "entity",
            radius: 4.0,
            diamond: false,
            title: String::new(),
        }
    }

    proptest! {
        #[test]
        fn no_label_covers_another_or_leaves_the_sheet(all in prop::collection::vec((-1.0f64..1.0, -1.0f64..1.0), 1..40)) {
            let points: Vec<Point> = all.iter().map(|&(x, y)| point(x, y)).collect();
            let scale = Scale::of(&points);
            let marks: Vec<(f64, f64)> = points.iter().map(|p| scale.place(p)).collect();
            let placed: Vec<Place> = labels(&points, &marks).into_iter().flatten().collect();
            prop_assert!(!placed.is_empty());
            for (i, a) in placed.iter().enumerate() {
                prop_assert!(a.area.left >= 0.0 && a.area.right <= WIDTH && a.area.bottom <= HEIGHT && a.area.top >= 0.0);
                for b in &placed[i + 1..] {
                    prop_assert!(a.area.overlap(&b.area) < 1.0);
                }
            }
        }
    }

    #[test]
    fn any_point_is_drawn() {
        assert!(draw(&[], ["", ""], "").is_none());
        let odd = [point(f64::NAN, 0.0), point(0.0, f64::INFINITY), point(1.0, 1.0)];
        assert!(!draw(&odd, ["", ""], "").expect("points").into_string().contains("NaN"));
    }
}
