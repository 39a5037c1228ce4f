//! All tables as one SQLite file, indexed. Its schema carries the meaning of every column as a comment.

use std::io;
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};

use super::broken;
use crate::error::{Error, Result};
use crate::render::publish::Sink;
use crate::render::tables::definition::Row;
use crate::render::tables::{Cell, Definition, Kind, Table};

/// Writes the file.
pub(in crate::render::tables) fn sqlite(tables: &[Table<'_>], sink: &mut Sink) -> Result<()> {
    let mut base = open(sink.path()).map_err(|e| cannot(sink, &e))?;
    let whole = base.transaction().map_err(|e| cannot(sink, &e))?;
    for table in tables {
        let definition = &table.definition;
        whole.execute_batch(&create(definition)).map_err(|e| cannot(sink, &e))?;
        table.each(&mut |rows| insert(&whole, definition, rows).map_err(|e| cannot(sink, &e)))?;
        // After the rows: a tree that is built at once is smaller and faster.
        whole.execute_batch(&indexes(definition)).map_err(|e| cannot(sink, &e))?;
    }
    whole.commit().and_then(|()| base.close().map_err(|(_, e)| e)).map_err(|e| cannot(sink, &e))
}

/// The file is nobody's until it is whole, and made durable by whoever asked for it: no journal, no waiting for the disk.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let base = Connection::open(path)?;
    base.execute_batch(
        "PRAGMA encoding = 'UTF-8'; PRAGMA page_size = 4096; PRAGMA user_version = 1; PRAGMA journal_mode = OFF; \
         PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;",
    )?;
    Ok(base)
}

fn insert(base: &Connection, definition: &Definition, rows: &[Row]) -> rusqlite::Result<()> {
    let marks = vec!["?"; definition.columns.len()].join(", ");
    let mut insert = base.prepare(&format!("INSERT INTO {} VALUES ({marks})", definition.name))?;
    for row in rows {
        insert.execute(params_from_iter(row))?;
    }
    Ok(())
}

/// A disk that is full or broken is told as that; all else is a bug.
fn cannot(sink: &mut Sink, error: &rusqlite::Error) -> Error {
    let kind = match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Some(io::ErrorKind::StorageFull),
        Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => Some(io::ErrorKind::PermissionDenied),
        Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => Some(io::ErrorKind::Other),
        _ => None,
    };
    if let Some(kind) = kind {
        sink.fail(io::Error::new(kind, error.to_string()));
    }
    broken("rival.sqlite", error)
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
