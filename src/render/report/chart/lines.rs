//! Small charts of one figure through the periods, drawn alike so that many can stand side by side.

use maud::{Markup, html};

use super::{at, em};

/// The drawing, in units of its own; it grows with its place.
const WIDTH: f64 = 240.0;
const HEIGHT: f64 = 104.0;
/// What is free of the drawing: left of it the figures of the axis, below it the periods.
const LEFT: f64 = 36.0;
const RIGHT: f64 = 14.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 22.0;
/// Size of the letters, and what is free between two periods.
const LETTER: f64 = 11.0;
const GAP: f64 = 6.0;

/// A figure in a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::render::report) struct Point {
    /// The place of the period.
    pub period: usize,
    pub value: f64,
    pub range: Option<[f64; 2]>,
}

/// Points that are joined.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render::report) struct Line {
    pub points: Vec<Point>,
    /// Drawn strongly: more than chance.
    pub sure: bool,
}

/// The periods from left to right, and the figures from nothing to the top.
#[derive(Debug, Clone)]
pub(in crate::render::report) struct Frame<'t> {
    pub periods: &'t [String],
    pub top: f64,
    /// The figure at the top, as it is written.
    pub written: String,
}

/// The least round figure that is not below the greatest of some lines.
pub(in crate::render::report) fn top<'l>(lines: impl Iterator<Item = &'l Line>) -> f64 {
    let points = lines.flat_map(|line| &line.points);
    let greatest = points.flat_map(|p| [p.value, p.range.map_or(p.value, |r| r[1])]).fold(0.0, f64::max);
    let round = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8];
    round.into_iter().find(|t| *t >= greatest).unwrap_or(1.0)
}

impl Frame<'_> {
    fn x(&self, period: usize) -> f64 {
        let room = WIDTH - LEFT - RIGHT;
        match self.periods.len() {
            0 | 1 => LEFT + room / 2.0,
            many => LEFT + room * period as f64 / (many - 1) as f64,
        }
    }

    fn y(&self, value: f64) -> f64 {
        let part = (value / self.top.max(1e-9)).clamp(0.0, 1.0);
        HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM)
    }

    /// Where the name of a period begins and ends below the drawing.
    fn span(&self, period: usize) -> [f64; 2] {
        // A font may run wider than the usual one.
        let wide = em(&self.periods[period]) * LETTER * 1.2;
        let last = self.periods.len() - 1;
        match period {
            0 if last > 0 => [LEFT - 7.0, LEFT - 7.0 + wide],
            _ if period == last && last > 0 => [WIDTH - wide, WIDTH],
            _ => [self.x(period) - wide / 2.0, self.x(period) + wide / 2.0],
        }
    }

    /// The periods that are written below: the first, the last, and in even steps as many as have room.
    fn named(&self) -> Vec<usize> {
        let last = self.periods.len().saturating_sub(1);
        let apart = |a: usize, b: usize| self.span(b)[0] - self.span(a)[1] >= GAP;
        let even = |step: usize| -> Vec<usize> {
            let between = (step..last).step_by(step).filter(|&i| apart(i, last));
            [0].into_iter().chain(between).chain([last].into_iter().filter(|&l| l > 0)).collect()
        };
        let fits = |named: &Vec<usize>| named.windows(2).all(|two| apart(two[0], two[1]));
        (1..=last).map(even).find(fits).unwrap_or_else(|| even(last.max(1)))
    }

    /// One chart; `told` says in words what it shows.
    pub fn draw(&self, lines: &[Line], class: &str, told: &str) -> Markup {
        let last = self.periods.len().saturating_sub(1);
        html! {
            svg class={ "lines " (class) } viewBox={ "0 0 " (at(WIDTH)) " " (at(HEIGHT)) } role="img" aria-label=(told) {
                @for (value, text) in [(0.0, "0"), (self.top, self.written.as_str())] {
                    line class="grid" x1=(at(LEFT - 4.0)) x2=(at(WIDTH - RIGHT + 4.0)) y1=(at(self.y(value))) y2=(at(self.y(value))) {}
                    text x=(at(LEFT - 7.0)) y=(at(self.y(value) + 4.0)) text-anchor="end" { (text) }
                }
                @for i in self.named() {
                    @let anchor = if i == last && last > 0 { "end" } else if i == 0 && last > 0 { "start" } else { "middle" };
                    @let x = if i == last && last > 0 { WIDTH } else if i == 0 && last > 0 { LEFT - 7.0 } else { self.x(i) };
                    text x=(at(x)) y=(at(HEIGHT - 5.0)) text-anchor=(anchor) { (self.periods[i]) }
                }
                @for line in lines {
                    g class=[line.sure.then_some("sure")] {
                        @for p in &line.points {
                            @if let Some([low, high]) = p.range {
                                line class="range" x1=(at(self.x(p.period))) x2=(at(self.x(p.period))) y1=(at(self.y(low))) y2=(at(self.y(high))) {}
                            }
                        }
                        @if line.points.len() > 1 {
                            polyline points=(line.points.iter().map(|p| format!("{},{}", at(self.x(p.period)), at(self.y(p.value)))).collect::<Vec<_>>().join(" ")) {}
                        }
                        @for p in &line.points { circle cx=(at(self.x(p.period))) cy=(at(self.y(p.value))) r="3.5" {} }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(periods: &[String]) -> Frame<'_> {
        Frame { periods, top: 0.2, written: "20 %".to_owned() }
    }

    #[test]
    fn many_periods_are_named_as_far_as_there_is_room() {
        let months: Vec<String> = (1..=12).map(|m| format!("2024-{m:02}")).collect();
        assert_eq!(frame(&months).named(), [0, 5, 11]);
        assert_eq!(frame(&months[..2]).named(), [0, 1]);
        assert_eq!(frame(&months[..1]).named(), [0]);
    }

    #[test]
    fn the_top_is_round_and_nothing_is_drawn_above_it() {
        let point = |value, range| Point { period: 0, value, range };
        let line = Line { points: vec![point(0.12, Some([0.08, 0.17])), point(0.11, None)], sure: true };
        assert_eq!(top([&line].into_iter()), 0.2);
        let months = ["2024-01".to_owned(), "2024-02".to_owned()];
        let frame = frame(&months);
        assert_eq!((frame.y(0.0), frame.y(0.2), frame.y(3.0)), (HEIGHT - BOTTOM, TOP, TOP));
        assert!(frame.x(0) < frame.x(1) && frame.x(1) <= WIDTH - RIGHT);
    }
}
