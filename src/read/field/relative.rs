//! Times that are told from the day of the export: `昨天 12:03`, `3天前`, `05月12日`, `2 weeks ago`.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::clock::{clock, digits};

/// Words for days before today, and how many.
const DAYS: &[(&str, i64)] = &[
    ("刚刚", 0),
    ("刚才", 0),
    ("今天", 0),
    ("今日", 0),
    ("昨天", 1),
    ("昨日", 1),
    ("前天", 2),
    ("just now", 0),
    ("today", 0),
    ("yesterday", 1),
];

/// What stands between a number and `前` or `ago`.
const UNITS: &[(&str, Unit)] = &[
    ("秒", Unit::Moment),
    ("秒钟", Unit::Moment),
    ("分", Unit::Moment),
    ("分钟", Unit::Moment),
    ("小时", Unit::Moment),
    ("天", Unit::Day),
    ("日", Unit::Day),
    ("周", Unit::Week),
    ("星期", Unit::Week),
    ("个星期", Unit::Week),
    ("个月", Unit::Month),
    ("月", Unit::Month),
    ("年", Unit::Year),
    ("second", Unit::Moment),
    ("sec", Unit::Moment),
    ("minute", Unit::Moment),
    ("min", Unit::Moment),
    ("hour", Unit::Moment),
    ("hr", Unit::Moment),
    ("day", Unit::Day),
    ("week", Unit::Week),
    ("month", Unit::Month),
    ("year", Unit::Year),
];

/// A step back in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Less than a day: the day of the export, as its clock is not known.
    Moment,
    Day,
    Week,
    Month,
    Year,
}

/// A day, with the clock of it where one stands behind, seen from the day of the export.
pub(super) fn relative(cell: &str, now: Date) -> Option<(Date, Option<&str>)> {
    let lower = cell.to_ascii_lowercase();
    // ASCII letters keep their length in lower case, so that what follows can be taken from the cell itself.
    for (word, days) in DAYS {
        if lower.starts_with(word) {
            let rest = cell[word.len()..].trim_start_matches([',', ' ']).trim();
            let rest = rest.strip_prefix("at ").unwrap_or(rest);
            let date = back(now, days.days())?;
            return match rest {
                "" => Some((date, None)),
                rest => clock(rest).map(|_| (date, Some(rest))),
            };
        }
    }
    ago(&lower, now).map(|date| (date, None)).or_else(|| without_year(cell, now))
}

/// `3天前`, `3 days ago`, `a week ago`, `2d`.
fn ago(cell: &str, now: Date) -> Option<Date> {
    let cell = cell.strip_prefix("edited ").unwrap_or(cell);
    let (count, rest) = match cell.strip_prefix("an ").or_else(|| cell.strip_prefix("a ")) {
        Some(rest) => (1, rest),
        None => digits(cell, 1, 3)?,
    };
    let rest = rest.trim_start_matches([' ', '+']);
    let unit = match rest {
        "s" | "m" | "h" => Unit::Moment,
        "d" => Unit::Day,
        "w" => Unit::Week,
        "mo" => Unit::Month,
        "y" => Unit::Year,
        _ => {
            let word =
                rest.strip_suffix(" ago").or_else(|| rest.strip_suffix('前')).or_else(|| rest.strip_suffix("之前"))?;
            let word = word.trim().trim_end_matches('之');
            UNITS
                .iter()
                .find(|(unit, _)| word == *unit || word.strip_suffix('s') == Some(unit))
                .map(|&(_, unit)| unit)?
        }
    };
    let count = i64::from(count);
    back(
        now,
        match unit {
            Unit::Moment => Span::new(),
            Unit::Day => count.days(),
            Unit::Week => (count * 7).days(),
            Unit::Month => count.months(),
            Unit::Year => count.years(),
        },
    )
}

/// `05月12日 13:20`, `05-12`: the last such day that is not after the export.
fn without_year(cell: &str, now: Date) -> Option<(Date, Option<&str>)> {
    let (month, rest) = digits(cell, 1, 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '月' | '-' | '/' | '.'))?;
    let (day, rest) = digits(rest[mark.len_utf8()..].trim_start(), 1, 2)?;
    let rest = if mark == '月' { rest.strip_prefix(['日', '号'])? } else { rest };
    let rest = rest.trim();
    if !rest.is_empty() {
        clock(rest)?;
    }
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    // 29 February may be up to eight years back.
    let date = (0..=8).filter_map(|years| Date::new(now.year() - years, month, day).ok()).find(|date| *date <= now)?;
    Some((date, (!rest.is_empty()).then_some(rest)))
}

fn back(now: Date, span: Span) -> Option<Date> {
    now.checked_sub(span).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_seen_from_the_export() {
        let now = Date::new(2024, 3, 10).expect("a day");
        for (cell, date, clock) in [
            ("刚刚", "2024-03-10", None),
            ("今天 08:30", "2024-03-10", Some("08:30")),
            ("昨天12:03", "2024-03-09", Some("12:03")),
            ("前天", "2024-03-08", None),
            ("5分钟前", "2024-03-10", None),
            ("3天前", "2024-03-07", None),
            ("2个月前", "2024-01-10", None),
            ("05月12日 13:20", "2023-05-12", Some("13:20")),
            ("03-09", "2024-03-09", None),
            ("02-29 10:00", "2024-02-29", Some("10:00")),
            ("Yesterday at 9:05 PM", "2024-03-09", Some("9:05 PM")),
            ("3 days ago", "2024-03-07", None),
            ("a week ago", "2024-03-03", None),
            ("Edited 2 months ago", "2024-01-10", None),
            ("2d", "2024-03-08", None),
        ] {
            assert_eq!(
                relative(cell, now).map(|(date, clock)| (date.to_string(), clock)),
                Some((date.to_string(), clock)),
                "{cell}"
            );
        }
        for cell in ["", "昨天很热", "3天", "13月40日", "12:05", "days ago", "1234 days ago", "今天天气 8:30"]
        {
            assert_eq!(relative(cell, now), None, "{cell}");
        }
    }
}
