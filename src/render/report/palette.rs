//! The colors by their part, in light and in dark, and which of them may stand on which: contrast is computed, not hoped for.

/// A color by its part.
struct Color {
    /// The name of its CSS variable.
    name: &'static str,
    light: &'static str,
    dark: &'static str,
}

const fn color(name: &'static str, light: &'static str, dark: &'static str) -> Color {
    Color { name, light, dark }
}

const COLORS: &[Color] = &[
    // Paper and ink.
    color("ground", "#faf9f6", "#15171a"),
    color("sheet", "#ffffff", "#1d2024"),
    color("ink", "#1b1a18", "#edeae4"),
    color("soft", "#5c5852", "#aca69c"),
    color("line", "#e2ded6", "#363b41"),
    color("edge", "#8c867d", "#7a8088"),
    // What is taken away, and what is held.
    color("rival", "#b23a1c", "#ff9470"),
    color("rival-wash", "#fbebe4", "#3a221a"),
    color("hold", "#1d5c86", "#86bfea"),
    color("hold-wash", "#e6f0f6", "#1b2d3a"),
    color("mark", "#fbe7a8", "#544611"),
    // Under and over the market, from faint to strong.
    color("under1", "#f8ead8", "#33271a"),
    color("under2", "#efcb9f", "#6a4620"),
    color("under3", "#a4561b", "#f0a868"),
    color("over1", "#dfecf4", "#1c2f3c"),
    color("over2", "#a3cbe2", "#2a5670"),
    color("over3", "#226a99", "#8ecbf0"),
    // Text on the strongest of either.
    color("strong", "#ffffff", "#14161a"),
    // Bands that must be told apart.
    color("band1", "#b23a1c", "#ff9470"),
    color("band2", "#1d5c86", "#86bfea"),
    color("band3", "#4f7a28", "#a5cf7b"),
    color("band4", "#87479c", "#d3a2e6"),
    color("band5", "#94650a", "#e3b95a"),
    color("band6", "#4f6d72", "#9fc4c9"),
    color("rest", "#8c867d", "#7a8088"),
];

/// The variables of both themes. Paper is always light.
pub(super) fn variables() -> String {
    let of = |pick: fn(&Color) -> &'static str| -> String {
        COLORS.iter().map(|c| format!("--{}:{};", c.name, pick(c))).collect()
    };
    format!(
        ":root{{color-scheme:light;{}}}@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{}}}}}\n",
        of(|c| c.light),
        of(|c| c.dark)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text and the grounds it stands on: 4.5 : 1 at least (WCAG 2.2, 1.4.3).
    const TEXT: &[(&str, &[&str])] = &[
        ("ink", &["ground", "sheet", "rival-wash", "hold-wash", "mark", "under1", "under2", "over1", "over2", "line"]),
        ("soft", &["ground", "sheet", "rival-wash", "hold-wash"]),
        ("rival", &["ground", "sheet", "rival-wash"]),
        ("hold", &["ground", "sheet", "hold-wash"]),
        ("strong", &["under3", "over3", "rival", "hold"]),
        ("ground", &["ink"]),
    ];
    /// Marks and the grounds they stand on: 3 : 1 at least (WCAG 2.2, 1.4.11).
    const MARKS: &[&str] = &["edge", "rival", "hold", "band1", "band2", "band3", "band4", "band5", "band6", "rest"];

    fn value(name: &str, dark: bool) -> &'static str {
        let color = COLORS.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("no color {name}"));
        if dark { color.dark } else { color.light }
    }

    /// Relative luminance as WCAG defines it.
    fn luminance(hex: &str) -> f64 {
        let channel = |at: usize| {
            let c = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("two hex digits")) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_is_computed_as_published() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
    }

    #[test]
    fn all_text_and_marks_can_be_seen() {
        let mut faults = Vec::new();
        for dark in [false, true] {
            let text = TEXT.iter().flat_map(|(ink, grounds)| grounds.iter().map(move |g| (*ink, *g, 4.5)));
            let marks = MARKS.iter().flat_map(|mark| ["ground", "sheet"].map(|g| (*mark, g, 3.0)));
            for (ink, ground, least) in text.chain(marks) {
                let found = contrast(value(ink, dark), value(ground, dark));
                if found < least {
                    faults.push(format!("{ink} on {ground} (dark: {dark}): {found:.2} < {least}"));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn the_style_names_no_color_that_is_not_here() {
        let css = include_str!("report.css");
        for at in css.match_indices("var(--").map(|(at, m)| at + m.len()) {
            let name: String = css[at..].chars().take_while(|c| *c != ')').collect();
            assert!(COLORS.iter().any(|c| c.name == name), "report.css uses --{name}");
        }
        assert!(!css.contains('#') || !css.contains("#fff"), "colors stand in the palette");
    }
}
