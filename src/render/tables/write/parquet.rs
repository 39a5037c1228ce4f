//! A table as Parquet: Snappy, one row group, more where rows are too many for memory; columns that are never absent are required.

use std::sync::Arc;

use jiff::civil::Date;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result as Written;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::broken;
use crate::error::Result;
use crate::render::publish::Sink;
use crate::render::tables::definition::{Column, Row};
use crate::render::tables::{Cell, Definition, Kind, Table};

/// Parquet counts days from here.
const EPOCH: Date = Date::constant(1970, 1, 1);
const SECONDS_OF_A_DAY: i64 = 86_400;

/// Writes the file.
pub(in crate::render::tables) fn parquet(table: &Table<'_>, sink: &mut Sink) -> Result<()> {
    let definition = &table.definition;
    let mut writer = begin(definition, sink).map_err(|e| broken(definition.name, e))?;
    table.each(&mut |rows| write_group(&mut writer, definition, rows).map_err(|e| broken(definition.name, e)))?;
    writer.close().map(drop).map_err(|e| broken(definition.name, e))
}

fn begin<'k>(definition: &Definition, sink: &'k mut Sink) -> Written<SerializedFileWriter<&'k mut Sink>> {
    let note = |key: &str, value: String| KeyValue::new(key.to_owned(), value);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(vec![
            note("schema_version", definition.schema()),
            note("description", definition.doc.to_owned()),
        ]))
        .build();
    let fields = definition.columns.iter().map(field).collect::<Written<Vec<TypePtr>>>()?;
    let schema = Arc::new(Type::group_type_builder(definition.name).with_fields(fields).build()?);
    SerializedFileWriter::new(sink, schema, Arc::new(properties))
}

fn write_group(writer: &mut SerializedFileWriter<&mut Sink>, definition: &Definition, rows: &[Row]) -> Written<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut group = writer.next_row_group()?;
    for (at, column) in definition.columns.iter().enumerate() {
        let Some(mut chunk) = group.next_column()? else { break };
        write_column(&mut chunk, column, rows.iter().filter_map(|row| row.get(at)))?;
        chunk.close()?;
    }
    group.close()?;
    Ok(())
}

fn field(column: &Column) -> Written<TypePtr> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Real => (Physical::DOUBLE, None),
        Kind::Truth => (Physical::BOOLEAN, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let builder = Type::primitive_type_builder(column.name, physical);
    Ok(Arc::new(builder.with_repetition(repetition).with_logical_type(logical).build()?))
}

fn write_column<'c>(
    chunk: &mut SerializedColumnWriter<'_>,
    column: &Column,
    cells: impl Iterator<Item = &'c Cell>,
) -> Written<()> {
    match column.kind {
        Kind::Text => write_values::<ByteArrayType>(chunk, column, cells, |cell| match cell {
            Cell::Text(text) => Some(ByteArray::from(&**text)),
            _ => None,
        }),
        Kind::Integer => write_values::<Int64Type>(chunk, column, cells, |cell| match cell {
            Cell::Integer(n) => Some(*n),
            _ => None,
        }),
        Kind::Real => write_values::<DoubleType>(chunk, column, cells, |cell| match cell {
            Cell::Real(figure) => Some(*figure),
            _ => None,
        }),
        Kind::Truth => write_values::<BoolType>(chunk, column, cells, |cell| match cell {
            Cell::Truth(truth) => Some(*truth),
            _ => None,
        }),
        Kind::Day => write_values::<Int32Type>(chunk, column, cells, |cell| match cell {
            Cell::Day(day) => i32::try_from(day.duration_since(EPOCH).as_secs() / SECONDS_OF_A_DAY).ok(),
            _ => None,
        }),
    }
}

fn write_values<'c, T: DataType>(
    chunk: &mut SerializedColumnWriter<'_>,
    column: &Column,
    cells: impl Iterator<Item = &'c Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> Written<()> {
    let told: Vec<Option<T::T>> = cells.map(value).collect();
    let levels: Option<Vec<i16>> = column.optional.then(|| told.iter().map(|v| i16::from(v.is_some())).collect());
    let values: Vec<T::T> = told.into_iter().flatten().collect();
    chunk.typed::<T>().write_batch(&values, levels.as_deref(), None)?;
    Ok(())
}
