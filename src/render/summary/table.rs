//! Columns that line up by display width, and give way when the terminal is narrow.

use super::ink::{Style, Text};

/// Columns between two columns.
const GAP: usize = 2;

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    /// Its heading.
    pub head: &'static str,
    /// Figures stand on the right.
    pub right: bool,
    /// The least columns it can do with; `None` for what must not be cut.
    pub least: Option<usize>,
    /// Where space is short the columns with the highest number go first; 0 stays.
    pub goes: u8,
}

/// Words, cut where space is short.
pub(super) fn words(head: &'static str, least: usize) -> Column {
    Column { head, right: false, least: Some(least), goes: 0 }
}

/// A figure, never cut.
pub(super) fn figure(head: &'static str) -> Column {
    Column { head, right: true, least: None, goes: 0 }
}

impl Column {
    /// The same column, left out where space is short.
    pub fn going(self, goes: u8) -> Self {
        Self { goes, ..self }
    }
}

/// The widths of a table.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
    /// By column; `None` for one that is left out.
    widths: Vec<Option<usize>>,
    room: usize,
}

impl Table {
    /// A table of these rows on lines of `room` columns. The first column's heading is the longest of the titles that
    /// [`Table::head`] will be given.
    pub fn new<'r>(columns: Vec<Column>, rows: impl Iterator<Item = &'r Vec<Text>> + Clone, room: usize) -> Self {
        let natural = |at: usize, column: &Column| {
            let cells = rows.clone().filter_map(|row| row.get(at)).map(Text::width).max().unwrap_or(0);
            cells.max(Text::plain(column.head).width())
        };
        let mut widths: Vec<Option<usize>> = columns.iter().enumerate().map(|(i, c)| Some(natural(i, c))).collect();
        let least = |widths: &[Option<usize>]| -> usize {
            let each = columns.iter().zip(widths).filter_map(|(c, w)| w.map(|w| c.least.map_or(w, |l| l.min(w)) + GAP));
            each.sum::<usize>().saturating_sub(GAP)
        };
        while least(&widths) > room {
            let Some(goes) = (0..columns.len())
                .filter(|&i| widths[i].is_some() && columns[i].goes > 0)
                .max_by_key(|&i| columns[i].goes)
            else {
                break;
            };
            widths[goes] = None;
        }
        let sum =
            |widths: &[Option<usize>]| widths.iter().flatten().map(|w| w + GAP).sum::<usize>().saturating_sub(GAP);
        while sum(&widths) > room {
            let longest = (0..columns.len())
                .filter(|&i| widths[i].zip(columns[i].least).is_some_and(|(width, least)| width > least))
                .max_by_key(|&i| (widths[i], std::cmp::Reverse(i)));
            let Some(Some(width)) = longest.map(|i| &mut widths[i]) else { break };
            *width -= 1;
        }
        Self { columns, widths, room }
    }

    /// The headings under a title, which stands on a line of its own where it is too long.
    pub fn head(&self, title: &str) -> Vec<Text> {
        let alone = self.widths.first().is_some_and(|w| w.is_none_or(|w| Text::plain(title).width() > w));
        let cells: Vec<Text> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, column)| match i {
                0 if alone => Text::default(),
                0 => Text::bold(title),
                _ => Text::dim(column.head),
            })
            .collect();
        let line = self.row(&cells);
        if !alone {
            return vec![line];
        }
        vec![Text::bold(title).fit(self.room), line]
    }

    /// One row.
    pub fn row(&self, cells: &[Text]) -> Text {
        let mut line = Text::default();
        let mut first = true;
        for ((column, width), cell) in self.columns.iter().zip(&self.widths).zip(cells) {
            let Some(width) = *width else { continue };
            if !first {
                line.push(Style::Plain, &" ".repeat(GAP));
            }
            first = false;
            let cell = cell.fit(width);
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            if column.right {
                line.push(Style::Plain, &pad);
                line.append(&cell);
            } else {
                line.append(&cell);
                line.push(Style::Plain, &pad);
            }
        }
        line.trim_end();
        line.fit(self.room)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(room: usize) -> Vec<String> {
        let row = |cells: [&str; 4]| cells.map(Text::plain).to_vec();
        let rows = [row(["威士忌 whisky", "nights out", "14", "3"]), row(["烧酒", "烤肉", "9", "112"])];
        let columns = vec![words("RIVALS", 10), words("mainly on", 8), figure("share"), figure("with").going(1)];
        let table = Table::new(columns, rows.iter(), room);
        let all = table.head("RIVALS").into_iter().chain(rows.iter().map(|r| table.row(r)));
        all.map(|line| {
            let mut out = String::new();
            line.write(&mut out, false);
            out.trim_end().to_owned()
        })
        .collect()
    }

    #[test]
    fn columns_line_up_by_display_width() {
        assert_eq!(
            lines(60),
            [
                "RIVALS         mainly on   share  with",
                "威士忌 whisky  nights out     14     3",
                "烧酒           烤肉            9   112",
            ]
        );
    }

    #[test]
    fn narrow_tables_lose_a_column_then_cut_words() {
        assert_eq!(
            lines(28),
            ["RIVALS      mainly on  share", "威士忌 wh…  nights o…     14", "烧酒        烤肉           9"]
        );
        assert!(lines(20).iter().all(|line| crate::render::summary::ink::width(line) <= 20));
    }
}
