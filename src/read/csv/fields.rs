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
    /// Whether backslashes before quotes do.
    escaped: bool,
}

impl Span {
    /// From the start of one column to the end of the record, as it stands there.
    pub(in crate::read) fn to_end(self, record: &str) -> Self {
        Self { start: self.start, end: record.len(), doubled: false, escaped: false }
    }
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
            after_quotes(bytes, at, dialect)
        } else {
            separator.find(&bytes[at..]).map_or(bytes.len(), |found| at + found)
        };
        into.push(column(bytes, at, stop, dialect));
        if stop >= bytes.len() {
            return;
        }
        // Behind a quote that closed too early stands no separator: a long one may reach beyond the record.
        at = bytes.len().min(stop + separator.len());
    }
}

/// The byte after the closing quote of a column.
fn after_quotes(bytes: &[u8], open: usize, dialect: Dialect) -> usize {
    let mut at = open + 1;
    while let Some(found) = memchr::memchr(b'"', &bytes[at..]) {
        let quote = at + found;
        at = quote + 1;
        if dialect.is_escaped(bytes, open + 1, quote) {
            continue;
        }
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            continue;
        }
        let closes = at == bytes.len() || dialect.separator.is_some_and(|separator| separator.starts(&bytes[at..]));
        if closes || !dialect.lenient {
            return at;
        }
    }
    bytes.len()
}

fn column(bytes: &[u8], start: usize, end: usize, dialect: Dialect) -> Span {
    let quoted = dialect.quotes && end >= start + 2 && bytes[start] == b'"' && bytes[end - 1] == b'"';
    if !quoted {
        return Span { start, end, doubled: false, escaped: false };
    }
    let (start, end) = (start + 1, end - 1);
    let inside = &bytes[start..end];
    let escaped = dialect.escapes && memchr::memchr(b'\\', inside).is_some();
    Span { start, end, doubled: memchr::memchr(b'"', inside).is_some(), escaped }
}

/// The text of a column.
pub(in crate::read) fn text(record: &str, span: Span) -> Cow<'_, str> {
    let raw = record.get(span.start..span.end).unwrap_or_default();
    match (span.doubled, span.escaped) {
        (false, false) => Cow::Borrowed(raw),
        (_, false) => Cow::Owned(raw.replace("\"\"", "\"")),
        (_, true) => Cow::Owned(without_escapes(raw)),
    }
}

/// A quoted text with its escaped and its doubled quotes as they were meant.
fn without_escapes(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(c) = characters.next() {
        let next = characters.peek().copied();
        match (c, next) {
            ('\\', Some(meant @ ('"' | '\\'))) | ('"', Some(meant @ '"')) => {
                text.push(meant);
                characters.next();
            }
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::separator::Separator;
    use super::*;

    #[test]
    fn columns_and_their_texts() {
        let dialect = Dialect::strict(Some(Separator::byte(b',')));
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
        let texts = |record: &str, dialect: Dialect| {
            let mut spans = Vec::new();
            split(record, dialect, &mut spans);
            spans.iter().map(|&span| text(record, span).into_owned()).collect::<Vec<_>>()
        };
        let lenient = Dialect { lenient: true, ..dialect };
        assert_eq!(texts("a\"b,\"c \"d\" e\",f", lenient), ["a\"b", "c \"d\" e", "f"]);
        let escapes = Dialect { escapes: true, ..dialect };
        assert_eq!(texts(r#""a \"b\", c","d\\""#, escapes), ["a \"b\", c", "d\\"]);
        let wide = Dialect { separator: Separator::of(b"||"), ..dialect };
        assert_eq!(texts("a|b||\"c||d\"||", wide), ["a|b", "c||d", ""]);
        // Found by fuzzing: behind the quotes there is no room for a separator.
        assert_eq!(texts("\"\"b", wide), ["", ""]);
    }
}
