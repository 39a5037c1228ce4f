//! Counts as platforms show them: `3.1万`, `1.2k`, `1,234`, `10万+`.

/// What platforms write on a button that nobody has pressed yet.
const NONE_YET: &[&str] =
    &["赞", "点赞", "评论", "回复", "转发", "分享", "收藏", "like", "likes", "comment", "reply", "share", "抢首评"];

/// A cell that holds something, and is no count.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoCount;

/// The count in a cell; `None` where the platform shows a word until there is one.
///
/// # Errors
/// `NoCount` for what cannot be read without guessing: negative, not whole, beyond four billions.
pub(crate) fn parse(cell: &str) -> Result<Option<u32>, NoCount> {
    let cell = cell.trim();
    if NONE_YET.iter().any(|word| cell.eq_ignore_ascii_case(word)) {
        return Ok(None);
    }
    // `10万+` is what the platform knows to be true.
    let number = cell.trim_end_matches('+').trim_end();
    let (number, unit) = unit(number);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = ungrouped(whole).ok_or(NoCount)?;
    if fraction.len() > 8 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NoCount);
    }
    let scale = 10u64.pow(fraction.len() as u32);
    let parts = fraction.parse::<u64>().unwrap_or_default() * unit;
    let value = whole.checked_mul(unit).map(|whole| whole + parts / scale).filter(|_| parts % scale == 0);
    value.and_then(|value| u32::try_from(value).ok()).map(Some).ok_or(NoCount)
}

/// A number without the unit behind it, and the unit.
fn unit(number: &str) -> (&str, u64) {
    let Some(last) = number.chars().next_back() else { return (number, 1) };
    let unit = match last {
        '千' | 'k' | 'K' => 1_000,
        '万' | '萬' | 'w' | 'W' => 10_000,
        'm' | 'M' => 1_000_000,
        '亿' | '億' => 100_000_000,
        _ => return (number, 1),
    };
    (number[..number.len() - last.len_utf8()].trim_end(), unit)
}

/// Digits, alone or in groups of three.
fn ungrouped(digits: &str) -> Option<u64> {
    let mut groups = digits.split([',', '，']);
    let first = groups.next()?;
    let mut all = first.to_string();
    for group in groups {
        if group.len() != 3 || first.len() > 3 {
            return None;
        }
        all.push_str(group);
    }
    let plain = !first.is_empty() && all.len() <= 12 && all.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| all.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reliability 67.
    #[test]
    fn counts_as_they_are_shown() {
        for (cell, count) in [
            ("0", 0),
            ("12", 12),
            ("12.0", 12),
            ("1,234", 1_234),
            ("1，234,567", 1_234_567),
            ("3.1万", 31_000),
            ("1.2345萬", 12_345),
            ("1.2w", 12_000),
            ("10万+", 100_000),
            ("1千+", 1_000),
            ("1.2k", 1_200),
            ("2.5 K", 2_500),
            ("1M", 1_000_000),
            ("1.5亿", 150_000_000),
        ] {
            assert_eq!(parse(cell), Ok(Some(count)), "{cell}");
        }
        for cell in ["赞", "评论", "Like"] {
            assert_eq!(parse(cell), Ok(None), "{cell}");
        }
        for cell in [
            "-3", "1.5", "1.23456k", "12,34", "1234,567", "many", "万", "", "+", ".5万", "1e5", "99亿", "1.2.3", "１２",
        ] {
            assert_eq!(parse(cell), Err(NoCount), "{cell}");
        }
    }
}
