//! The time of day and its zone.

use jiff::civil::Time as Clock;

/// A clock with an optional half of the day and an optional zone.
pub(super) fn clock(text: &str) -> Option<(Clock, Option<String>)> {
    let (half, text) = half_of_day(text);
    let (hour, rest) = digits(text, 1, 2)?;
    let (minute, mut rest) = digits(rest.strip_prefix([':', '：', '时', '点'])?, 1, 2)?;
    let mut second = 0;
    if let Some((value, after)) = rest.strip_prefix([':', '：', '分']).and_then(|after| digits(after, 1, 2)) {
        (second, rest) = (value, after.strip_prefix('秒').unwrap_or(after));
    } else {
        rest = rest.strip_prefix('分').unwrap_or(rest);
    }
    if let Some((_, after)) = rest.strip_prefix(['.', ',']).and_then(|after| digits(after, 1, 9)) {
        rest = after;
    }
    let (after_half, rest) = half_of_day(rest.trim());
    let hour = match half.or(after_half) {
        None => hour,
        Some(_) if hour == 0 || hour > 23 => return None,
        Some(false) => {
            if hour == 12 {
                0
            } else {
                hour
            }
        }
        Some(true) => {
            if hour < 12 {
                hour + 12
            } else {
                hour
            }
        }
    };
    let clock = Clock::new(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, i8::try_from(second).ok()?, 0).ok()?;
    Some((clock, zone(rest.trim())?))
}

/// Whether a text begins with a word for the second half of the day, and what follows.
fn half_of_day(text: &str) -> (Option<bool>, &str) {
    for (word, later) in [
        ("上午", false),
        ("下午", true),
        ("晚上", true),
        ("中午", true),
        ("AM", false),
        ("PM", true),
        ("am", false),
        ("pm", true),
    ] {
        if let Some(rest) = text.strip_prefix(word) {
            return (Some(later), rest.trim_start());
        }
    }
    (None, text)
}

/// `Z`, `UTC`, `+0800`, `+08:00`, `UTC+8` as the end of an RFC 3339 time; the outer `None` is an unknown zone.
fn zone(text: &str) -> Option<Option<String>> {
    if text.is_empty() {
        return Some(None);
    }
    let upper = text.to_ascii_uppercase();
    let rest = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT")).unwrap_or(&upper);
    if rest.is_empty() || rest == "Z" {
        return Some(Some("Z".to_string()));
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'))?;
    let (hours, minutes) = match rest[1..].split_once(':') {
        Some((hours, minutes)) => (hours.to_string(), minutes.to_string()),
        None if rest.len() == 5 => (rest[1..3].to_string(), rest[3..].to_string()),
        None => (rest[1..].to_string(), "00".to_string()),
    };
    let ok = |part: &str, most: u8| !part.is_empty() && part.len() <= 2 && part.parse::<u8>().is_ok_and(|n| n <= most);
    (ok(&hours, 14) && ok(&minutes, 59) && minutes.len() == 2).then(|| Some(format!("{sign}{hours:0>2}:{minutes}")))
}

/// The number at the start of a text, of so many digits, and the rest; `None` when the number is longer.
pub(super) fn digits(text: &str, least: usize, most: usize) -> Option<(u32, &str)> {
    let len = text.bytes().take_while(u8::is_ascii_digit).count();
    if len < least || len > most {
        return None;
    }
    Some((text[..len].parse().ok()?, &text[len..]))
}
