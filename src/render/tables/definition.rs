//! What a table is: its name, its columns with their types, and where its rows come from.

use super::cell::{Cell, Kind};
use super::source::Source;
use crate::error::Result;

/// A column as everybody sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct Column {
    pub name: &'static str,
    pub kind: Kind,
    /// Whether its values may be absent.
    pub optional: bool,
    /// One line on what it holds.
    pub doc: &'static str,
}

/// A table without its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct Definition {
    pub name: &'static str,
    /// Raised when a column goes or changes its meaning.
    pub version: u32,
    /// One line on what a row is.
    pub doc: &'static str,
    pub columns: Vec<Column>,
    /// The columns that tell its rows apart.
    pub key: &'static [&'static str],
    /// Columns by which rows are looked up, besides the key.
    pub indexes: &'static [&'static [&'static str]],
}

impl Definition {
    /// `rival.rivals/1`
    pub fn schema(&self) -> String {
        format!("rival.{}/{}", self.name, self.version)
    }
}

/// A table with its rows; a row has a cell for each column.
pub(in crate::render) struct Table<'s> {
    pub definition: Definition,
    pub rows: Rows<'s>,
}

/// A row.
pub(super) type Row = Vec<Cell>;

/// Takes some rows, in order.
pub(super) type Take<'t> = dyn FnMut(&[Row]) -> Result<()> + 't;

/// Tells all rows, as often as it is asked.
pub(super) type Stream<'s> = Box<dyn Fn(&mut Take<'_>) -> Result<()> + Send + Sync + 's>;

/// Where the rows are.
pub(in crate::render) enum Rows<'s> {
    Held(Vec<Row>),
    /// Not in memory, they may be too many for it: told some at a time.
    Streamed(Stream<'s>),
}

impl Table<'_> {
    /// All rows in order: all at once, or some at a time.
    pub fn each(&self, take: &mut Take<'_>) -> Result<()> {
        match &self.rows {
            Rows::Held(rows) => take(rows),
            Rows::Streamed(tell) => tell(take),
        }
    }
}

/// The first two columns of every table.
const EACH: [Column; 2] = [
    Column { name: "schema_version", kind: Kind::Text, optional: false, doc: "The table and its version" },
    Column { name: "run_id", kind: Kind::Text, optional: false, doc: "The run: the same findings have the same id" },
];

/// How a column's value is told from a row.
type Tell<'s, R> = Box<dyn Fn(&R) -> Cell + 's>;

/// The columns of a table, each with how its value is told.
pub(super) struct Columns<'s, R>(Vec<(Column, Tell<'s, R>)>);

impl<'s, R> Columns<'s, R> {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// All columns of the table, those of every table first.
    pub fn listed(&self) -> Vec<Column> {
        EACH.into_iter().chain(self.0.iter().map(|(column, _)| *column)).collect()
    }

    /// How a row becomes cells.
    pub fn cells(&self, of: Definition, source: &Source<'_>) -> impl Fn(&R) -> Row {
        let each = [Cell::text(&of.schema()), Cell::text(&source.run_id)];
        move |row| each.iter().cloned().chain(self.0.iter().map(|(_, tell)| tell(row))).collect()
    }

    fn with(mut self, column: Column, tell: impl Fn(&R) -> Cell + 's) -> Self {
        self.0.push((column, Box::new(tell)));
        self
    }

    fn sure(self, name: &'static str, kind: Kind, doc: &'static str, tell: impl Fn(&R) -> Cell + 's) -> Self {
        self.with(Column { name, kind, optional: false, doc }, tell)
    }

    fn maybe<T>(
        self,
        name: &'static str,
        kind: Kind,
        doc: &'static str,
        value: impl Fn(&R) -> Option<T> + 's,
        cell: impl Fn(T) -> Cell + 's,
    ) -> Self {
        let column = Column { name, kind, optional: true, doc };
        self.with(column, move |row| value(row).map_or(Cell::Absent, &cell))
    }

    pub fn text(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> &str + 's) -> Self {
        self.sure(name, Kind::Text, doc, move |row| Cell::text(tell(row)))
    }

    /// Words that may be missing; empty ones are.
    pub fn maybe_text(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> Option<&str> + 's) -> Self {
        let column = Column { name, kind: Kind::Text, optional: true, doc };
        self.with(column, move |row| tell(row).filter(|text| !text.is_empty()).map_or(Cell::Absent, Cell::text))
    }

    /// Words that are made for the table, absent where empty.
    pub fn made(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> String + 's) -> Self {
        self.maybe(
            name,
            Kind::Text,
            doc,
            move |row| Some(tell(row)).filter(|text| !text.is_empty()),
            |t| Cell::text(&t),
        )
    }

    /// The first of the quotes behind a row.
    pub fn first_quote(self, quotes: impl Fn(&R) -> &[String] + 's) -> Self {
        let tell = move |row: &R| quotes(row).first().map(|id| Cell::text(id)).unwrap_or(Cell::Absent);
        let doc = "The first quote; `citations` has all";
        self.with(Column { name: "quote_id", kind: Kind::Text, optional: true, doc }, tell)
    }

    pub fn count<N: TryInto<i64>>(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> N + 's) -> Self {
        self.sure(name, Kind::Integer, doc, move |row| Cell::integer(tell(row)))
    }

    pub fn maybe_count<N: TryInto<i64> + 's>(
        self,
        name: &'static str,
        doc: &'static str,
        tell: impl Fn(&R) -> Option<N> + 's,
    ) -> Self {
        self.maybe(name, Kind::Integer, doc, tell, Cell::integer)
    }

    pub fn real(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> f64 + 's) -> Self {
        self.sure(name, Kind::Real, doc, move |row| Cell::real(tell(row)))
    }

    pub fn maybe_real(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> Option<f64> + 's) -> Self {
        self.maybe(name, Kind::Real, doc, tell, Cell::real)
    }

    pub fn truth(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> bool + 's) -> Self {
        self.sure(name, Kind::Truth, doc, move |row| Cell::Truth(tell(row)))
    }

    /// The day of a time.
    pub fn day(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> Option<&str> + 's) -> Self {
        let column = Column { name, kind: Kind::Day, optional: true, doc };
        self.with(column, move |row| tell(row).map_or(Cell::Absent, Cell::day))
    }

    /// The first day of the month of a time.
    pub fn month(self, name: &'static str, doc: &'static str, tell: impl Fn(&R) -> Option<&str> + 's) -> Self {
        let column = Column { name, kind: Kind::Day, optional: true, doc };
        self.with(column, move |row| tell(row).map_or(Cell::Absent, Cell::month))
    }
}

/// A table with all that is needed to fill it.
pub(super) struct Spec<'s, R> {
    pub name: &'static str,
    pub version: u32,
    pub doc: &'static str,
    pub key: &'static [&'static str],
    pub indexes: &'static [&'static [&'static str]],
    pub columns: Columns<'s, R>,
    pub rows: fn(&'s Source<'s>) -> Vec<R>,
}

/// A table that can be filled, whatever its rows are made of.
pub(super) trait Fill<'s> {
    fn definition(&self) -> Definition;
    fn fill(&self, source: &'s Source<'s>) -> Table<'s>;
}

impl<'s, R> Fill<'s> for Spec<'s, R> {
    fn definition(&self) -> Definition {
        Definition {
            name: self.name,
            version: self.version,
            doc: self.doc,
            columns: self.columns.listed(),
            key: self.key,
            indexes: self.indexes,
        }
    }

    fn fill(&self, source: &'s Source<'s>) -> Table<'s> {
        let definition = self.definition();
        let rows = (self.rows)(source).iter().map(self.columns.cells(self.definition(), source)).collect();
        Table { definition, rows: Rows::Held(rows) }
    }
}
