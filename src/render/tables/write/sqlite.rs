//! All tables as one SQLite file, indexed. Its schema carries the meaning of every column as a comment.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::broken;
use crate::error::Result;
use crate::render::tables::{Cell, Definition, Kind, Table};

/// The bytes of the file.
pub(in crate::render::tables) fn sqlite(tables: &[Table]) -> Result<Vec<u8>> {
    write(tables).map_err(|e| broken("rival.sqlite", e))
}

fn write(tables: &[Table]) -> rusqlite::Result<Vec<u8>> {
    let mut base = Connection::open_in_memory()?;
    base.execute_batch("PRAGMA encoding = 'UTF-8'; PRAGMA page_size = 4096; PRAGMA user_version = 1;")?;
    let whole = base.transaction()?;
    for table in tables {
        let definition = &table.definition;
        whole.execute_batch(&create(definition))?;
        let marks = vec!["?"; definition.columns.len()].join(", ");
        let mut insert = whole.prepare(&format!("INSERT INTO {} VALUES ({marks})", definition.name))?;
        for row in &table.rows {
            insert.execute(params_from_iter(row))?;
        }
        // After the rows: a tree that is built at once is smaller and faster.
        whole.execute_batch(&indexes(definition))?;
    }
    whole.commit()?;
    Ok(base.serialize("main")?.to_vec())
}

/// Names are words of this program, never of a post; a test holds them to plain ones.
fn create(definition: &Definition) -> String {
    let mut out = format!("CREATE TABLE {} ( -- {}\n", definition.name, definition.doc);
    for (at, column) in definition.columns.iter().enumerate() {
        let kind = match column.kind {
            Kind::Text => "TEXT",
            Kind::Integer => "INTEGER",
            Kind::Real => "REAL",
            Kind::Truth => "BOOLEAN",
            Kind::Day => "DATE",
        };
        let sure = if column.optional { "" } else { " NOT NULL" };
        let comma = if at + 1 < definition.columns.len() { "," } else { "" };
        out.push_str(&format!("  {} {kind}{sure}{comma} -- {}\n", column.name, column.doc));
    }
    out.push_str(");");
    out
}

fn indexes(definition: &Definition) -> String {
    let name = definition.name;
    let all = std::iter::once(&definition.key).chain(definition.indexes);
    all.map(|columns| format!("CREATE INDEX {name}_by_{} ON {name} ({});\n", columns.join("_"), columns.join(", ")))
        .collect()
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Cell::Absent => ToSqlOutput::Owned(Value::Null),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Integer(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Cell::Real(figure) => ToSqlOutput::Owned(Value::Real(*figure)),
            Cell::Truth(truth) => ToSqlOutput::Owned(Value::Integer(i64::from(*truth))),
            Cell::Day(day) => ToSqlOutput::Owned(Value::Text(day.to_string())),
        })
    }
}
