//! What the cells of a column look like, so that a line of text can be told from a row.

use super::fields::{self, Span};
use super::scan::Dialect;

/// Cells that make a column typical: the rest may be damaged.
const TYPICAL: usize = 95;

/// The look of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// Digits with the signs of numbers, dates and times.
    Number,
    /// ASCII without blanks, with a digit in it: most ids.
    Code,
    /// An address.
    Url,
    /// Anything.
    Any,
}

fn look(cell: &str) -> Look {
    let digit = cell.bytes().any(|byte| byte.is_ascii_digit());
    let first = cell.bytes().next().unwrap_or(b' ');
    let number = |c: char| c.is_ascii_digit() || " .,:/+-TZeE年月日万".contains(c);
    if cell.starts_with("http://") || cell.starts_with("https://") {
        Look::Url
    } else if digit && (first.is_ascii_digit() || first == b'-') && cell.chars().all(number) {
        Look::Number
    } else if digit && cell.bytes().all(|byte| byte.is_ascii_graphic()) {
        Look::Code
    } else {
        Look::Any
    }
}

/// The look of each column of a file.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct Shapes {
    columns: Vec<Shape>,
    dialect: Option<Dialect>,
}

#[derive(Debug, Clone, Copy)]
struct Shape {
    look: Look,
    shortest: usize,
    longest: usize,
}

impl Shapes {
    /// Learns from the rows of a sample that have the right number of columns.
    pub(in crate::read) fn learn<'a>(rows: impl Iterator<Item = &'a str>, columns: usize, dialect: Dialect) -> Self {
        let mut seen: Vec<Vec<(Look, usize)>> = vec![Vec::new(); columns];
        let mut spans: Vec<Span> = Vec::new();
        for row in rows {
            fields::split(row, dialect, &mut spans);
            if spans.len() != columns {
                continue;
            }
            for (cells, &span) in seen.iter_mut().zip(&spans) {
                let cell = fields::text(row, span);
                if !cell.is_empty() {
                    cells.push((look(&cell), cell.len()));
                }
            }
        }
        let shape = |cells: Vec<(Look, usize)>| {
            let found = [Look::Number, Look::Code, Look::Url].into_iter().find_map(|look| {
                // A column of codes may hold some that are mere digits.
                let fits = |other: Look| other == look || (look == Look::Code && other == Look::Number);
                let lengths: Vec<usize> = cells.iter().filter(|(other, _)| fits(*other)).map(|&(_, len)| len).collect();
                let typical = !lengths.is_empty() && lengths.len() * 100 >= cells.len() * TYPICAL;
                typical.then(|| (look, lengths))
            });
            match found {
                Some((look, lengths)) => Shape {
                    look,
                    shortest: lengths.iter().min().map_or(0, |least| least / 2),
                    longest: lengths.iter().max().map_or(usize::MAX, |most| most * 2),
                },
                None => Shape { look: Look::Any, shortest: 0, longest: usize::MAX },
            }
        };
        Self { columns: seen.into_iter().map(shape).collect(), dialect: Some(dialect) }
    }

    /// Whether a whole line looks like a row of this file: the right number of columns, and each cell of a column with
    /// a look of its own has that look. Where no column has one, nothing can be told and the answer is no.
    pub(in crate::read) fn fits(&self, line: &str) -> bool {
        let Some(dialect) = self.dialect else { return false };
        let mut spans = Vec::new();
        fields::split(line, dialect, &mut spans);
        if spans.len() != self.columns.len() {
            return false;
        }
        let mut told = 0;
        for (shape, &span) in self.columns.iter().zip(&spans) {
            let cell = fields::text(line, span);
            if shape.look == Look::Any || cell.is_empty() {
                continue;
            }
            let own = look(&cell);
            let same = own == shape.look || (shape.look == Look::Code && own == Look::Number);
            if !same || cell.len() < shape.shortest || cell.len() > shape.longest {
                return false;
            }
            told += 1;
        }
        told > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_text_are_no_rows() {
        let dialect = Dialect { separator: Some(b','), quotes: true };
        let rows = ["1041,2024-03-01 08:00,好喝", "1042,2024-03-01 09:00,\"a, b\"", "1043,,c"];
        let shapes = Shapes::learn(rows.into_iter(), 3, dialect);
        assert!(shapes.fits("1044,2024-03-02 10:00,第一"));
        assert!(shapes.fits("1044,,x"));
        for line in ["first, second, third", "1, cheap, good", "1044,2024-03-02 10:00", ",,", "1044,soon,x"] {
            assert!(!shapes.fits(line), "{line}");
        }
        let wordy = Shapes::learn(["王,好喝"].into_iter(), 2, dialect);
        assert!(!wordy.fits("well, good"));
    }
}
