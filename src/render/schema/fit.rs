//! A strict check of JSON against a schema, for tests here and in `tests/`; it knows the keywords that the schemas use.

use serde_json::Value;

/// JSON, read.
pub fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the schema is JSON")
}

/// What does not fit, with its place; only the keywords that the schemas use.
fn faults(root: &Value, schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{name} is not defined"));
        faults(root, target, value, at, out);
    }
    let mut wrong = |what: &str| out.push(format!("{at}: {what}: {value}"));
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(n) if n.is_u64() || n.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let fits = |wanted: &Value| wanted == kind || (wanted == "number" && kind == "integer");
    match &schema["type"] {
        Value::Array(any) if !any.iter().any(fits) => wrong("type"),
        one @ Value::String(_) if !fits(one) => wrong("type"),
        _ => {}
    }
    if schema["enum"].as_array().is_some_and(|all| !all.contains(value)) {
        wrong("enum");
    }
    if schema.get("const").is_some_and(|only| only != value) {
        wrong("const");
    }
    if schema["format"] == "date" && value.as_str().is_some_and(|day| day.parse::<jiff::civil::Date>().is_err()) {
        wrong("date");
    }
    let number = value.as_f64();
    if number.zip(schema["minimum"].as_f64()).is_some_and(|(n, low)| n < low)
        || number.zip(schema["maximum"].as_f64()).is_some_and(|(n, high)| n > high)
    {
        wrong("range");
    }
    if let Some(list) = value.as_array() {
        let length = list.len() as u64;
        if schema["minItems"].as_u64().is_some_and(|n| length < n)
            || schema["maxItems"].as_u64().is_some_and(|n| length > n)
        {
            wrong("length");
        }
        for (i, each) in list.iter().enumerate() {
            faults(root, &schema["items"], each, &format!("{at}[{i}]"), out);
        }
    }
    if let Some(object) = value.as_object() {
        for key in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                out.push(format!("{at}: {key} is missing"));
            }
        }
        for (key, each) in object {
            match (schema["properties"].get(key), schema.get("additionalProperties")) {
                (Some(own), _) => faults(root, own, each, &format!("{at}.{key}"), out),
                (None, Some(Value::Bool(false))) => out.push(format!("{at}: {key} is not in the schema")),
                (None, Some(other)) => faults(root, other, each, &format!("{at}.{key}"), out),
                (None, None) => {}
            }
        }
    }
}

/// What does not fit a schema; nothing where all does.
pub fn check(schema: &str, value: &Value) -> Vec<String> {
    let (root, mut out) = (parsed(schema), Vec::new());
    faults(&root, &root, value, "$", &mut out);
    out
}

#[test]
fn what_does_not_fit_a_schema_is_found() {
    let schema = r#"{"type": "object", "required": ["a"], "additionalProperties": false,
        "properties": {"a": {"type": ["integer", "null"]}, "b": {"type": "string", "format": "date"}, "c": {"const": 1}}}"#;
    let faults = |text: &str| check(schema, &parsed(text)).len();
    assert_eq!(faults(r#"{"a": null, "b": "2024-02-29", "c": 1}"#), 0);
    assert_eq!(faults(r#"{"a": 1.5, "b": "2023-02-29", "c": 2, "d": 0}"#), 4);
    assert_eq!(faults("{}"), 1);
}
