//! A dot with its range on a line that many rows share.

use maud::{Markup, html};

use super::{at, pct};

/// Percent of the width that stay free at either end, so that no dot is cut.
const MARGIN: f64 = 2.5;
/// The axis of a column of tracks.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render::report) struct Axis {
    from: f64,
    to: f64,
    log: bool,
    /// Where the grid stands, and what is written there.
    pub ticks: Vec<(f64, String)>,
    /// The value of no difference, drawn stronger.
    neutral: Option<f64>,
}

impl Axis {
    /// Shares from nothing to a round figure above the greatest.
    pub fn shares(greatest: f64, written: impl Fn(f64) -> String) -> Self {
        let step =
            [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5].into_iter().find(|step| greatest <= step * 4.0).unwrap_or(0.5);
        let steps = (greatest / step).ceil().clamp(1.0, 4.0);
        let to = (step * steps).min(1.0);
        let ticks = (0..=steps as u32)
            .map(|i| f64::from(i) * step)
            .filter(|t| *t <= to + 1e-9)
            .map(|t| (t, written(t)))
            .collect();
        Self { from: 0.0, to, log: false, ticks, neutral: None }
    }

    /// Multiples of the market's figure: a step is as wide above ×1 as below it, and each side goes as far as it must.
    pub fn lifts(least: f64, greatest: f64) -> Self {
        let reaches = [1.0 / least.max(1e-3), greatest];
        let farthest = reaches.into_iter().fold(1.0, f64::max);
        // Twofold steps where few are needed, else fourfold ones: the ticks stay even.
        let step: f64 = if farthest <= 8.0 { 2.0 } else { 4.0 };
        let steps = |reach: f64| (reach.max(1.0).ln() / step.ln() - 1e-9).ceil().clamp(1.0, 4.0) as i32;
        let (below, above) = (steps(reaches[0]), steps(reaches[1]));
        let written = |power: i32| match (power, step.powi(power.abs()) as u32) {
            (0.., times) => format!("×{times}"),
            (_, 2) => "×½".to_owned(),
            (_, 4) => "×¼".to_owned(),
            (_, 8) => "×⅛".to_owned(),
            (_, part) => format!("×1/{part}"),
        };
        let ticks = (-below..=above).map(|power| (step.powi(power), written(power))).collect();
        Self { from: step.powi(-below), to: step.powi(above), log: true, ticks, neutral: Some(1.0) }
    }

    /// Differences, evenly above and below none.
    pub fn differences(reach: f64) -> Self {
        let to = [0.25, 0.5, 1.0, 2.0, 4.0].into_iter().find(|t| *t >= reach).unwrap_or(8.0);
        let written = |t: f64| if t > 0.0 { format!("+{}", at(t)) } else { at(t).replace('-', "−") };
        let ticks = [-1.0, -0.5, 0.0, 0.5, 1.0].map(|part| (part * to, written(part * to)));
        Self { from: -to, to, log: false, ticks: ticks.into(), neutral: Some(0.0) }
    }

    /// Where a value stands, in percent of the width.
    fn place(&self, value: f64) -> f64 {
        let scaled = |v: f64| if self.log { v.max(1e-9).ln() } else { v };
        let (from, to) = (scaled(self.from), scaled(self.to));
        let part = ((scaled(value) - from) / (to - from)).clamp(0.0, 1.0);
        MARGIN + part * (100.0 - 2.0 * MARGIN)
    }

    /// The line of figures above the rows.
    pub fn head(&self) -> Markup {
        let last = self.ticks.len().saturating_sub(1);
        let kept = self.ticks.iter().position(|(value, _)| self.neutral == Some(*value)).unwrap_or(last);
        html! {
            svg class="axis" width="100%" height="18" aria-hidden="true" focusable="false" {
                @for (i, (value, text)) in self.ticks.iter().enumerate() {
                    @let anchor = if i == 0 { "start" } else if i == last { "end" } else { "middle" };
                    @let x = if i == 0 { 0.0 } else if i == last { 100.0 } else { self.place(*value) };
                    // On a telephone every second one is left out, the one of no difference never.
                    text class=[(last > 2 && (kept + i) % 2 == 1).then_some("minor")] x=(pct(x)) y="13" text-anchor=(anchor) { (text) }
                }
            }
        }
    }

    /// One row: the range, the dot, and a tick at what would be expected.
    pub fn row(&self, dot: Dot) -> Markup {
        // As high as the row, so that the grid runs through the table.
        let y = "50%";
        html! {
            svg class="track" width="100%" height="100%" aria-hidden="true" focusable="false" {
                @for (value, _) in &self.ticks {
                    @let x = pct(self.place(*value));
                    line class=[(self.neutral == Some(*value)).then_some("neutral")] x1=(x) x2=(x) y1="0" y2="100%" {}
                }
                g class=(dot.class) {
                    @if let Some([low, high]) = dot.range {
                        line class="range" x1=(pct(self.place(low))) x2=(pct(self.place(high))) y1=(y) y2=(y) {}
                    }
                    @if let Some(expected) = dot.expected {
                        @let x = pct(self.place(expected));
                        line class="expected" x1=(x) x2=(x) y1="30%" y2="70%" {}
                    }
                    circle cx=(pct(self.place(dot.value))) cy=(y) r="5.5" {}
                }
            }
        }
    }
}

/// What a row shows.
#[derive(Debug, Clone, Copy)]
pub(in crate::render::report) struct Dot {
    pub value: f64,
    pub range: Option<[f64; 2]>,
    /// What size alone would give.
    pub expected: Option<f64>,
    /// How it is drawn.
    pub class: &'static str,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn axes_end_on_round_figures() {
        let ticks =
            |greatest| Axis::shares(greatest, |t| at(t * 100.0)).ticks.into_iter().map(|t| t.1).collect::<Vec<_>>();
        assert_eq!(ticks(0.52), ["0", "20", "40", "60"]);
        assert_eq!(ticks(0.034), ["0", "1", "2", "3", "4"]);
        assert_eq!(ticks(1.0), ["0", "25", "50", "75", "100"]);
        let lifts: Vec<String> = Axis::lifts(0.4, 3.1).ticks.into_iter().map(|t| t.1).collect();
        assert_eq!(lifts, ["×¼", "×½", "×1", "×2", "×4"]);
        let above: Vec<String> = Axis::lifts(0.9, 90.0).ticks.into_iter().map(|t| t.1).collect();
        assert_eq!(above, ["×¼", "×1", "×4", "×16", "×64", "×256"]);
        let wide: Vec<String> = Axis::lifts(0.05, 3.1).ticks.into_iter().map(|t| t.1).collect();
        assert_eq!(wide, ["×1/64", "×1/16", "×¼", "×1", "×4"]);
        let differences: Vec<String> = Axis::differences(0.7).ticks.into_iter().map(|t| t.1).collect();
        assert_eq!(differences, ["−1", "−0.5", "0", "+0.5", "+1"]);
    }

    proptest! {
        #[test]
        fn nothing_is_drawn_outside(value in any::<f64>(), greatest in 0.0f64..1.0, least in 0.0f64..1.0) {
            for axis in [Axis::shares(greatest, at), Axis::lifts(least, 1.0 / greatest.max(1e-6))] {
                let x = axis.place(value);
                prop_assert!((0.0..=100.0).contains(&x) || value.is_nan(), "{x}");
            }
        }
    }
}
