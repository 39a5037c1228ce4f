//! The JSON Schema of the tables (`rival schema tables`), written from their definitions.

use super::{Definition, Kind, definitions};

/// An object with an array of rows per table; a value that is absent is null.
pub fn tables_schema() -> String {
    let tables: Vec<String> = definitions().iter().map(table).collect();
    format!(
        "{{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": \"urn:rival:tables\",\n  \
         \"title\": \"the tables of rival analyze --out\",\n  \"type\": \"object\",\n  \
         \"description\": \"Rows by table. The same columns stand in CSV, Parquet, the workbook and SQLite; a value that cannot be told is \
         null, never 0.\",\n  \"additionalProperties\": false,\n  \"properties\": {{\n{}\n  }}\n}}\n",
        tables.join(",\n")
    )
}

fn table(definition: &Definition) -> String {
    let names: Vec<String> = definition.columns.iter().map(|column| quoted(column.name)).collect();
    let columns: Vec<String> = definition
        .columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                Kind::Text | Kind::Day => "string",
                Kind::Integer => "integer",
                Kind::Real => "number",
                Kind::Truth => "boolean",
            };
            let kind = if column.optional { format!("[{}, \"null\"]", quoted(kind)) } else { quoted(kind) };
            let more = match column.kind {
                Kind::Day => ", \"format\": \"date\"".to_owned(),
                _ if column.name == "schema_version" => format!(", \"const\": {}", quoted(&definition.schema())),
                _ => String::new(),
            };
            let doc = quoted(column.doc);
            format!("          {}: {{\"type\": {kind}{more}, \"description\": {doc}}}", quoted(column.name))
        })
        .collect();
    format!(
        "    {}: {{\n      \"type\": \"array\",\n      \"description\": {},\n      \"$comment\": {},\n      \"items\": {{\n        \
         \"type\": \"object\",\n        \"additionalProperties\": false,\n        \"required\": [{}],\n        \"properties\": {{\n{}\n        \
         }}\n      }}\n    }}",
        quoted(definition.name),
        quoted(definition.doc),
        quoted(&format!("rows are told apart by {}", definition.key.join(", "))),
        names.join(", "),
        columns.join(",\n")
    )
}

/// A word of this program as a JSON string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
