//! Figures as people read them. Space inside a figure is tied, so that no line breaks there.

/// A space at which no line is broken; a terminal shows a plain one.
pub(super) const TIE: char = '\u{a0}';

/// `14 %`; below one percent with a decimal.
pub(super) fn percent(share: f64) -> String {
    format!("{}{TIE}%", bare_percent(share))
}

/// `11–17 %`.
pub(super) fn percent_range([low, high]: [f64; 2]) -> String {
    // The upper end of a range may be the whole.
    let (low, high) = (bare_percent(low), bare_percent(high).replace(">99", "100"));
    if low == high { format!("{low}{TIE}%") } else { format!("{low}–{high}{TIE}%") }
}

fn bare_percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent == 0.0 || percent >= 0.95 {
        let rounded = format!("{percent:.0}");
        // A share that is not the whole is not shown as the whole.
        if rounded == "100" && share < 1.0 { ">99".to_owned() } else { rounded }
    } else if percent < 0.05 {
        "<0.1".to_owned()
    } else {
        format!("{percent:.1}")
    }
}

/// `18,412`.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 author`, `2,000 authors`; the plural is the word with an s.
pub(super) fn counted(number: u64, word: &str) -> String {
    format!("{}{TIE}{word}{}", count(number), if number == 1 { "" } else { "s" })
}

/// `+0.4`, `−1.2`: a difference with its sign.
pub(super) fn signed(difference: f64, decimals: usize) -> String {
    format!("{difference:+.decimals$}").replace('-', "−")
}

/// `×1.8`.
pub(super) fn times(lift: f64) -> String {
    if lift >= 9.95 { format!("×{lift:.0}") } else { format!("×{lift:.1}") }
}

/// `May 2024` of a time that begins like `2024-05`.
pub(super) fn month(time: &str) -> Option<String> {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month) = year_month(time)?;
    Some(format!("{}{TIE}{year}", NAMES.get(month.parse::<usize>().ok()?.checked_sub(1)?)?))
}

/// `2024-01 → 06`; the year again where it changes.
pub(super) fn period([from, until]: &[String; 2]) -> Option<String> {
    let (from, until) = (year_month(from)?, year_month(until)?);
    Some(match (from.0 == until.0, from.1 == until.1) {
        (true, true) => format!("{}-{}", from.0, from.1),
        (true, false) => format!("{}-{}{TIE}→{TIE}{}", from.0, from.1, until.1),
        _ => format!("{}-{}{TIE}→{TIE}{}-{}", from.0, from.1, until.0, until.1),
    })
}

pub(super) fn year_month(time: &str) -> Option<(&str, &str)> {
    let (year, month) = (time.get(..4)?, time.get(5..7)?);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    (digits(year) && digits(month) && time.as_bytes().get(4) == Some(&b'-')).then_some((year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_as_percent() {
        for (share, shown) in
            [(0.0, "0"), (0.0001, "<0.1"), (0.004, "0.4"), (0.0099, "1"), (0.144, "14"), (0.999, ">99"), (1.0, "100")]
        {
            assert_eq!(percent(share), format!("{shown}\u{a0}%"));
        }
        assert_eq!(percent_range([0.112, 0.169]), "11–17\u{a0}%");
        assert_eq!(percent_range([0.141, 0.143]), "14\u{a0}%");
        assert_eq!(percent_range([0.95, 0.998]), "95–100\u{a0}%");
        assert_eq!((signed(-1.24, 1), signed(0.0, 0), signed(3.6, 0)), ("−1.2".into(), "+0".into(), "+4".into()));
    }

    #[test]
    fn numbers_have_groups() {
        for (number, shown) in [(0, "0"), (999, "999"), (1_000, "1,000"), (18_412, "18,412"), (1_234_567, "1,234,567")]
        {
            assert_eq!(count(number), shown);
        }
        assert_eq!(counted(1, "author"), "1\u{a0}author");
    }

    #[test]
    fn times_read_as_months() {
        assert_eq!(month("2024-05-01T22:10:00+08:00").as_deref(), Some("May\u{a0}2024"));
        assert_eq!((month("2024-13-01"), month("五月"), month("")), (None, None, None));
        let period = |a: &str, b: &str| period(&[a.to_owned(), b.to_owned()]);
        assert_eq!(period("2024-01-03", "2024-06-30").as_deref(), Some("2024-01\u{a0}→\u{a0}06"));
        assert_eq!(period("2023-11-03", "2024-06-30").as_deref(), Some("2023-11\u{a0}→\u{a0}2024-06"));
        assert_eq!(period("2024-06-03", "2024-06-30").as_deref(), Some("2024-06"));
    }
}
