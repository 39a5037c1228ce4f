//! Columns of text that stand under each other, Chinese ones too.

use unicode_width::UnicodeWidthStr;

/// Rows of cells; the first row is the heading.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a heading. A heading that begins with a space has its column set to the right.
    pub fn new(heading: &[&str]) -> Self {
        Self { rows: vec![heading.iter().map(|&h| h.to_owned()).collect()] }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// Whether there is nothing but the heading.
    pub fn is_empty(&self) -> bool {
        self.rows.len() < 2
    }

    /// The lines, each ended by a line feed; the last column is not padded.
    pub fn write(&self, out: &mut String) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|at| self.rows.iter().filter_map(|r| r.get(at)).map(|c| c.trim().width()).max().unwrap_or(0))
            .collect();
        for row in &self.rows {
            let mut line = String::new();
            for (at, (cell, &width)) in row.iter().zip(&widths).enumerate() {
                let right = self.rows[0].get(at).is_some_and(|h| h.starts_with(' '));
                let cell = cell.trim();
                let pad = " ".repeat(width - cell.width());
                let gap = if at == 0 { "" } else { "  " };
                line.push_str(gap);
                line.push_str(&if right { pad + cell } else { cell.to_owned() + &pad });
            }
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other() {
        let mut table = Table::new(&["word", " posts"]);
        table.row(vec!["啤酒".into(), "7".into()]);
        table.row(vec!["wine".into(), "1200".into()]);
        let mut out = String::new();
        table.write(&mut out);
        assert_eq!(out, "word  posts\n啤酒      7\nwine   1200\n");
        assert!(!table.is_empty() && Table::new(&["a"]).is_empty());
    }
}
