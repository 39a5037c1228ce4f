//! The columns of one record.

use std::borrow::Cow;

use super::scan::Dialect;

/// A column of a record: its bytes, without the quotes around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Span {
    start: usize,
    end: usize,
    /// Whether doubled quotes stand in it.
    doubled: bool,
}

/// Splits a record that [`scan`](super::scan::scan) has found whole, without its line end.
pub(in crate::read) fn split(record: &str, dialect: Dialect, into: &mut Vec<Span>) {
    into.clear();
    let bytes = record.as_bytes();
    let Some(separator) = dialect.separator else {
        into.push(column(bytes, 0, bytes.len(), dialect));
        return;
    };
    let mut at = 0;
    loop {
        let stop = if dialect.quotes && bytes.get(at) == Some(&b'"') {
            after_quotes(bytes, at)
        } else {
            memchr::memchr(separator, &bytes[at..]).map_or(bytes.len(), |found| at + found)
        };
        into.push(column(bytes, at, stop, dialect));
        if stop >= bytes.len() {
            return;
        }
        at = stop + 1;
    }
}

/// The byte after the closing quote of a column.
fn after_quotes(bytes: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
        at += found + 1;
        if bytes.get(at) != Some(&b'"') {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

fn column(bytes: &[u8], start: usize, end: usize, dialect: Dialect) -> Span {
    let quoted = dialect.quotes && end >= start + 2 && bytes[start] == b'"' && bytes[end - 1] == b'"';
    if !quoted {
        return Span { start, end, doubled: false };
    }
    let (start, end) = (start + 1, end - 1);
    Span { start, end, doubled: memchr::memchr(b'"', &bytes[start..end]).is_some() }
}

/// The text of a column.
pub(in crate::read) fn text(record: &str, span: Span) -> Cow<'_, str> {
    let raw = record.get(span.start..span.end).unwrap_or_default();
    if span.doubled { Cow::Owned(raw.replace("\"\"", "\"")) } else { Cow::Borrowed(raw) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_their_texts() {
        let dialect = Dialect { separator: Some(b','), quotes: true };
        let mut spans = Vec::new();
        for (record, columns) in [
            ("a,b", vec!["a", "b"]),
            ("", vec![""]),
            (",", vec!["", ""]),
            ("\"a,\"\"b\"\"\",\"\",c", vec!["a,\"b\"", "", "c"]),
            ("\"茶\n酒\",", vec!["茶\n酒", ""]),
        ] {
            split(record, dialect, &mut spans);
            let texts: Vec<Cow<'_, str>> = spans.iter().map(|&span| text(record, span)).collect();
            assert_eq!(texts, columns, "{record:?}");
        }
    }
}
