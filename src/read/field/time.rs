//! Times as exports write them; what is relative, ambiguous or rounded away is no time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time as Clock};
use jiff::tz::TimeZone;

use super::calendar::{Calendar, DayOrder};
use super::clock::{clock, digits};
use super::relative::relative;
use crate::read::post::Time;

/// Years in which posts are believed to have been written.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2099;

/// Words that sites put before a time.
const PREFIXES: &[&str] =
    &["发布于", "发表于", "编辑于", "更新于", "评论于", "修改于", "Posted on", "Date of experience", "Date of visit"];

/// A time, when it can be read without guessing.
///
/// A date and a clock without an offset stay local. A date without a year and `3天前` need the day of the export,
/// `03/04/2024` needs the order of the column; numbers that a spreadsheet rounded to more than a day (`1.74E+12` stands
/// for four months) are `None`.
pub(crate) fn parse(cell: &str, calendar: Calendar) -> Option<Time> {
    let mut cell = cell.trim();
    for prefix in PREFIXES {
        cell = cell.strip_prefix(prefix).map_or(cell, |rest| rest.trim_start_matches([':', '：', ' ']));
    }
    // Weibo: `… 来自 iPhone客户端`; Amazon: `Reviewed in … on March 1, 2024`.
    if !cell.is_ascii() {
        cell = cell.split("来自").next().unwrap_or(cell).trim_end();
    } else if cell.starts_with("Reviewed in ") {
        cell = cell.rsplit(" on ").next().unwrap_or(cell);
    }
    let first = cell.bytes().next()?;
    if first.is_ascii_digit() && cell.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+')) {
        return number(cell);
    }
    if cell.len() > 64 {
        return None;
    }
    let absolute = year_first(cell).or_else(|| named_month(cell)).or_else(|| slashed(cell, calendar.order));
    absolute.or_else(|| {
        let (date, written) = relative(cell, calendar.now?.date())?;
        let Some((clock, zone)) = written.and_then(clock) else { return Some(date_only(date)) };
        Some(local(date.to_datetime(clock), zone.as_deref()))
    })
}

/// A date from one column and a clock, perhaps with a zone, from two others.
pub(crate) fn parse_joined(date: &str, clock: &str, calendar: Calendar) -> Option<Time> {
    let date = date.trim();
    let only_date = parse(date, calendar).filter(|time| !time.text.contains('T'))?;
    parse(&format!("{date} {}", clock.trim()), calendar).or(Some(only_date))
}

/// Epoch numbers, compact dates (`20240301`) and spreadsheet days (`45352.5`).
fn number(cell: &str) -> Option<Time> {
    let (mantissa, exponent) = match cell.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.trim_start_matches('+').parse::<u32>().ok()?),
        None => (cell, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit()) || cell.len() > 40 {
        return None;
    }
    if exponent > 0 {
        return rounded(whole, fraction, exponent);
    }
    let value: i128 = whole.parse().ok()?;
    match whole.len() {
        5 => excel(value, fraction),
        8 if fraction.is_empty() => compact(whole, "000000").map(|at| date_only(at.date())),
        14 if fraction.is_empty() => compact(&whole[..8], &whole[8..]).map(|at| local(at, None)),
        9 | 10 => epoch(value),
        12 | 13 => epoch(value / 1_000),
        15 | 16 => epoch(value / 1_000_000),
        18 | 19 => epoch(value / 1_000_000_000),
        _ => None,
    }
}

/// An epoch number in scientific notation: used as far as its digits go, and only if they tell the day.
fn rounded(whole: &str, fraction: &str, exponent: u32) -> Option<Time> {
    let digits = fraction.len() as u32;
    if exponent > 19 || exponent < digits {
        return None;
    }
    let unit = 10i128.pow(exponent - digits);
    let value: i128 = format!("{whole}{fraction}").parse::<i128>().ok()? * unit;
    let per_second: i128 = match value {
        100_000_000..10_000_000_000 => 1,
        100_000_000_000..10_000_000_000_000 => 1_000,
        _ => return None,
    };
    let time = epoch(value / per_second)?;
    match unit / per_second {
        0..=1 => Some(time),
        2..=86_400 => Some(Time { text: time.text[..10].to_string(), month: time.month }),
        _ => None,
    }
}

/// Seconds since 1970, as UTC.
fn epoch(seconds: i128) -> Option<Time> {
    let at = Timestamp::from_second(i64::try_from(seconds).ok()?).ok()?;
    let at = at.to_zoned(TimeZone::UTC).datetime();
    YEARS.contains(&at.year()).then(|| local(at, Some("Z")))
}

/// Days since 30 December 1899, as spreadsheets count them.
fn excel(days: i128, fraction: &str) -> Option<Time> {
    let start = Date::new(1899, 12, 30).ok()?;
    let date = start.checked_add(jiff::Span::new().days(i64::try_from(days).ok()?)).ok()?;
    if !YEARS.contains(&date.year()) {
        return None;
    }
    let share: f64 = if fraction.is_empty() { 0.0 } else { format!("0.{fraction}").parse().ok()? };
    if share == 0.0 {
        return Some(date_only(date));
    }
    // Rounded to the second: the fraction of a day has no exact binary form.
    let seconds = ((share * 86_400.0).round() as i64).min(86_399);
    Some(local(date.to_datetime(Clock::midnight()).checked_add(jiff::Span::new().seconds(seconds)).ok()?, None))
}

/// `20240301` and `120500`.
fn compact(date: &str, clock: &str) -> Option<DateTime> {
    let part = |text: &str| text.parse::<i8>().ok();
    let date = civil(date[..4].parse().ok()?, part(&date[4..6])?, part(&date[6..8])?)?;
    let clock = Clock::new(part(&clock[..2])?, part(&clock[2..4])?, part(&clock[4..6])?, 0).ok()?;
    Some(date.to_datetime(clock))
}

/// `2024-03-01T08:00:00+08:00`, `2024/3/1 9:05`, `2024年03月01日 12:05`, `2024.03.01 下午 3:05`.
fn year_first(cell: &str) -> Option<Time> {
    let (year, rest) = digits(cell, 4, 4)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | '年'))?;
    let (month, rest) = digits(rest[mark.len_utf8()..].trim_start(), 1, 2)?;
    let rest = rest.strip_prefix(if mark == '年' { '月' } else { mark })?.trim_start();
    let (day, rest) = digits(rest, 1, 2)?;
    let rest = if mark == '年' { rest.strip_prefix(['日', '号'])? } else { rest };
    let date = civil(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    let rest = rest.strip_prefix(['T', 't', '_']).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some(date_only(date));
    }
    let (clock, zone) = clock(rest)?;
    Some(local(date.to_datetime(clock), zone.as_deref()))
}

/// `Fri Mar 01 08:00:00 +0800 2024`, `Fri, 01 Mar 2024 08:00:00 GMT`, `01-Mar-2022 09:05PM`, `March 1, 2024`.
fn named_month(cell: &str) -> Option<Time> {
    let (mut year, mut month, mut day, mut rest) = (None, None, None, String::new());
    for word in cell.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        // `01-Mar-2022` is three words, `+0800` and `12:05` are one.
        let parts: Vec<&str> = if word.contains(':') || word.starts_with(['+', '-', '(']) {
            vec![word]
        } else {
            word.split(['-', '/']).collect()
        };
        for part in parts {
            let number = part.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
            if part.bytes().all(|b| b.is_ascii_digit()) && part.len() == 4 && year.is_none() {
                year = part.parse::<i16>().ok();
            } else if !number.is_empty()
                && number.len() <= 2
                && number.bytes().all(|b| b.is_ascii_digit())
                && day.is_none()
            {
                day = number.parse::<i8>().ok();
            } else if let Some(named) = month_of(part).filter(|_| month.is_none()) {
                month = Some(named);
            } else if !is_weekday(part) && !part.eq_ignore_ascii_case("at") && !part.starts_with('(') {
                rest.push(' ');
                rest.push_str(part);
            }
        }
    }
    let date = civil(year?, month?, day?)?;
    if rest.is_empty() {
        return Some(date_only(date));
    }
    let (clock, zone) = clock(rest.trim())?;
    Some(local(date.to_datetime(clock), zone.as_deref()))
}

/// `25/12/2024 8:00`: where one of the first two numbers cannot be a month, or the order is known.
fn slashed(cell: &str, order: Option<DayOrder>) -> Option<Time> {
    let (first, second, year, rest) = two_and_year(cell)?;
    let (day, month) = match (first, second, order) {
        (13.., 1..=12, _) => (first, second),
        (1..=12, 13.., _) => (second, first),
        (same, other, _) if same == other => (same, other),
        (_, _, Some(DayOrder::DayFirst)) => (first, second),
        (_, _, Some(DayOrder::MonthFirst)) => (second, first),
        _ => return None,
    };
    let date = civil(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)?;
    let rest = rest.trim_start_matches([',', 'T']).trim();
    if rest.is_empty() {
        return Some(date_only(date));
    }
    let (clock, zone) = clock(rest)?;
    Some(local(date.to_datetime(clock), zone.as_deref()))
}

/// The numbers of `25/12/2024` and what follows them.
pub(super) fn two_and_year(cell: &str) -> Option<(u32, u32, i16, &str)> {
    let (first, rest) = digits(cell, 1, 2)?;
    let mark = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = digits(&rest[1..], 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix(mark)?, 4, 4)?;
    Some((first, second, i16::try_from(year).ok()?, rest))
}

/// The month of an English name or its first three letters.
fn month_of(word: &str) -> Option<i8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let at =
        NAMES.iter().position(|name| *name == word || word == name[..3] || (word == "sept" && *name == "september"))?;
    i8::try_from(at + 1).ok()
}

/// An English day of the week.
fn is_weekday(word: &str) -> bool {
    const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    word.len() >= 3 && NAMES.iter().any(|name| name.starts_with(&word))
}

/// A date of the calendar within the years that are believed.
fn civil(year: i16, month: i8, day: i8) -> Option<Date> {
    YEARS.contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// A date without a clock.
fn date_only(date: Date) -> Time {
    Time { text: date.to_string(), month: month(date) }
}

/// A date with a clock and perhaps an offset.
fn local(at: DateTime, zone: Option<&str>) -> Time {
    let (date, clock) = (at.date(), at.time());
    let text =
        format!("{date}T{:02}:{:02}:{:02}{}", clock.hour(), clock.minute(), clock.second(), zone.unwrap_or_default());
    Time { text, month: month(date) }
}

/// Months since January of year 0.
fn month(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

#[cfg(test)]
mod tests {
    use super::super::calendar::Day;
    use super::*;
    use proptest::prelude::*;

    fn parse(cell: &str) -> Option<Time> {
        super::parse(cell, Calendar::default())
    }

    fn parse_joined(date: &str, clock: &str) -> Option<Time> {
        super::parse_joined(date, clock, Calendar::default())
    }

    #[test]
    fn times_of_real_exports() {
        for (cell, text) in [
            ("1709251200", "2024-03-01T00:00:00Z"),
            ("1709251200000", "2024-03-01T00:00:00Z"),
            ("1375444275.0", "2013-08-02T11:51:15Z"),
            ("1.709251E+12", "2024-02-29"),
            ("1.709251200E+12", "2024-03-01T00:00:00Z"),
            ("2024-03-01", "2024-03-01"),
            ("2024-03-01 12:00:00 UTC", "2024-03-01T12:00:00Z"),
            ("2024-03-01T12:05:09.123+08:00", "2024-03-01T12:05:09+08:00"),
            ("2024-03-01 12:05:09+0000", "2024-03-01T12:05:09+00:00"),
            ("2024年03月01日 12:05", "2024-03-01T12:05:00"),
            ("2024年3月1日", "2024-03-01"),
            ("2024/3/1 9:05", "2024-03-01T09:05:00"),
            ("2024.03.01 下午 3:05", "2024-03-01T15:05:00"),
            ("发布于 2024-03-01 08:00", "2024-03-01T08:00:00"),
            ("Fri Mar 01 08:00:00 +0800 2024", "2024-03-01T08:00:00+08:00"),
            ("Fri, 01 Mar 2024 08:00:00 GMT", "2024-03-01T08:00:00Z"),
            ("Fri, 1 Mar 2024 08:00:00 +0800 (CST)", "2024-03-01T08:00:00+08:00"),
            ("01-Mar-2022 09:05PM", "2022-03-01T21:05:00"),
            ("Mar 1, 2024 12:30 AM", "2024-03-01T00:30:00"),
            ("March 1st, 2024", "2024-03-01"),
            ("25/12/2024", "2024-12-25"),
            ("12/25/2024 8:00 PM", "2024-12-25T20:00:00"),
            ("20240301", "2024-03-01"),
            ("20240301120509", "2024-03-01T12:05:09"),
            ("45352.5", "2024-03-01T12:00:00"),
            ("45352", "2024-03-01"),
            ("2024-02-29", "2024-02-29"),
            ("2024-03-01 12:05 来自 iPhone客户端", "2024-03-01T12:05:00"),
            ("Reviewed in the United States on March 1, 2024", "2024-03-01"),
            ("Date of experience: March 01, 2024", "2024-03-01"),
        ] {
            assert_eq!(parse(cell).map(|time| time.text).as_deref(), Some(text), "{cell}");
        }
        assert_eq!(parse("2024-03-01").map(|time| time.month), Some(2024 * 12 + 2));
        assert_eq!(parse_joined("2024-03-01", "12:05:00").map(|t| t.text).as_deref(), Some("2024-03-01T12:05:00"));
        assert_eq!(parse_joined("01-Mar-2022", "09:05 PM").map(|t| t.text).as_deref(), Some("2022-03-01T21:05:00"));
        assert_eq!(parse_joined("2024-03-01", "soon").map(|t| t.text).as_deref(), Some("2024-03-01"));
        assert_eq!(parse_joined("2024-03-01 08:00", "12:05"), None);
    }

    #[test]
    fn what_is_known_of_the_column_and_the_export_is_used() {
        let order = |cells: &[&str]| DayOrder::of_column(cells.iter().copied());
        assert_eq!(order(&["03/04/2024", "3/25/2024 8:00 PM", "x"]), Some(DayOrder::MonthFirst));
        assert_eq!(order(&["03/04/2024", "25.3.2024"]), Some(DayOrder::DayFirst));
        assert_eq!(order(&["25/03/2024", "3/25/2024"]), None);
        assert_eq!(order(&["2024-03-01"]), None);
        let now = Day::parse("2024-03-10").ok();
        for (cell, order, text) in [
            ("03/04/2024", Some(DayOrder::MonthFirst), Some("2024-03-04")),
            ("03/04/2024 9:05", Some(DayOrder::DayFirst), Some("2024-04-03T09:05:00")),
            ("03/04/2024", None, None),
            ("05月12日 13:20", None, Some("2023-05-12T13:20:00")),
            ("昨天", None, Some("2024-03-09")),
        ] {
            let time = super::parse(cell, Calendar { order, now });
            assert_eq!(time.map(|time| time.text).as_deref(), text, "{cell}");
        }
        assert!(Day::parse("2024-02-30").is_err());
    }

    /// Reliability 66.
    #[test]
    fn nothing_is_guessed() {
        for cell in [
            "",
            "无",
            "-1",
            "0",
            "3天前",
            "昨天 12:03",
            "05月12日 13:20",
            "03/04/2024",
            "3/1/24",
            "0000-00-00",
            "9999-01-01",
            "2023-02-29",
            "2024-13-01",
            "2024-03-01 25:00",
            "1.74E+12",
            "1.7E+9",
            "12:05",
            "24-03-01",
            "2024-03-01 12:05 XYZ",
            "99999999999999999999999999",
            "1e400",
            "2024",
        ] {
            assert_eq!(parse(cell), None, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(cell in "[0-9]{0,4}[-/.年月日: eE+TZAPM上下午,]{0,3}\\PC{0,20}") {
            if let Some(time) = parse(&cell) {
                prop_assert_eq!(time.text[..4].parse::<i32>().ok(), Some(time.month.div_euclid(12)));
            }
        }

        #[test]
        fn every_second_comes_back(seconds in 631_152_000i64..4_102_444_800) {
            let from_seconds = parse(&seconds.to_string());
            prop_assert!(from_seconds.is_some());
            let text = from_seconds.as_ref().map(|time| time.text.clone()).unwrap_or_default();
            prop_assert_eq!(&parse(&text), &from_seconds);
            prop_assert_eq!(&parse(&(seconds * 1000 + 7).to_string()), &from_seconds);
        }
    }
}
