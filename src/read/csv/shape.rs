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
    /// Whether no row of the sample leaves it empty.
    filled: bool,
}

impl Shapes {
    /// Learns from the rows of a sample that have the right number of columns.
    pub(in crate::read) fn learn<'a>(rows: impl Iterator<Item = &'a str>, columns: usize, dialect: Dialect) -> Self {
        let mut seen: Vec<Vec<(Look, usize)>> = vec![Vec::new(); columns];
        let mut spans: Vec<Span> = Vec::new();
        let mut total = 0;
        for row in rows {
            fields::split(row, dialect, &mut spans);
            if spans.len() != columns {
                continue;
            }
            total += 1;
            for (cells, &span) in seen.iter_mut().zip(&spans) {
                let cell = fields::text(row, span);
                if !cell.is_empty() {
                    cells.push((look(&cell), cell.len()));
                }
            }
        }
        let shape = |cells: Vec<(Look, usize)>| {
            let filled = total > 0 && cells.len() == total;
            let found = [Look::Number, Look::Code, Look::Url].into_iter().find_map(|look| {
                // A column of codes may hold some that are mere digits.
                let fits = |other: Look| other == look || (look == Look::Code && other == Look::Number);
                let lengths: Vec<usize> = cells.iter().filter(|(other, _)| fits(*other)).map(|&(_, len)| len).collect();
                let typical = !lengths.is_empty() && lengths.len() * 100 >= cells.len() * TYPICAL;
                typical.then_some((look, lengths))
            });
            match found {
                Some((look, lengths)) => Shape {
                    look,
                    shortest: lengths.iter().min().map_or(0, |least| least / 2),
                    longest: lengths.iter().max().map_or(usize::MAX, |most| most * 2),
                    filled,
                },
                None => Shape { look: Look::Any, shortest: 0, longest: usize::MAX, filled },
            }
        };
        Self { columns: seen.into_iter().map(shape).collect(), dialect: Some(dialect) }
    }

    /// Whether a record could be a row of this file: the right number of columns, each cell of a column with a look of
    /// its own has that look, and no cell is empty in a column that no row of the sample leaves empty.
    pub(in crate::read) fn allows(&self, record: &str) -> bool {
        self.compare(record, false).is_some()
    }

    /// Whether a line looks like a row of this file: it is allowed, and a cell of a column with a look of its own says
    /// so. Where no column has one, nothing can be told and the answer is no.
    pub(in crate::read) fn fits(&self, line: &str) -> bool {
        self.compare(line, true).is_some_and(|told| told > 0)
    }

    /// How many cells have the look of their columns; `None` if one has not.
    fn compare(&self, record: &str, lengths: bool) -> Option<usize> {
        let mut spans = Vec::new();
        fields::split(record, self.dialect?, &mut spans);
        if spans.len() != self.columns.len() {
            return None;
        }
        let mut told = 0;
        for (shape, &span) in self.columns.iter().zip(&spans) {
            let cell = fields::text(record, span);
            if cell.is_empty() {
                if shape.filled {
                    return None;
                }
            } else if shape.look != Look::Any {
                let own = look(&cell);
                let same = own == shape.look || (shape.look == Look::Code && own == Look::Number);
                if !same || (lengths && (cell.len() < shape.shortest || cell.len() > shape.longest)) {
                    return None;
                }
                told += 1;
            }
        }
        Some(told)
    }
}

#[cfg(test)]
mod tests {
    use super::super::separator::Separator;
    use super::*;

    #[test]
    fn lines_of_text_are_no_rows() {
        let dialect = Dialect::strict(Some(Separator::byte(b',')));
        let rows = ["1041,2024-03-01 08:00,好喝", "1042,2024-03-01 09:00,\"a, b\"", "1043,,c"];
        let shapes = Shapes::learn(rows.into_iter(), 3, dialect);
        assert!(shapes.fits("1044,2024-03-02 10:00,第一"));
        assert!(shapes.fits("1044,,x"));
        assert!(shapes.allows("1,,x") && !shapes.allows(",,x"));
        for line in ["first, second, third", "1, cheap, good", "1044,2024-03-02 10:00", ",,", "1044,soon,x"] {
            assert!(!shapes.fits(line), "{line}");
        }
        let wordy = Shapes::learn(["王,好喝"].into_iter(), 2, dialect);
        assert!(!wordy.fits("well, good"));
    }
}
