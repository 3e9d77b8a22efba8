//! A value against a schema of the document: the part of JSON Schema that the document uses.

use serde_json::Value;

/// The first place where the value is not of the schema; `None` when it is.
pub fn fault(document: &Value, schema: &Value, value: &Value, at: &str) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str() {
        return match document.pointer(name.trim_start_matches('#')) {
            Some(schema) => fault(document, schema, value, at),
            None => Some(format!("the document has no {name}")),
        };
    }
    if let Some(all) = schema["allOf"].as_array() {
        return all.iter().find_map(|schema| fault(document, schema, value, at));
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = choices.iter().any(|schema| fault(document, schema, value, at).is_none());
        return (!fits).then(|| format!("`{at}` is none of the shapes it may have"));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    if !kinds.is_empty() && !kinds.iter().any(|kind| is(kind, value)) {
        return Some(format!("`{at}` must be {}", kinds.join(" or ")));
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        return Some(format!("`{at}` is no value of its list"));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_f64(), value.as_f64())
        && number < least
    {
        return Some(format!("`{at}` is below {least}"));
    }
    let missing = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for name in missing.filter(|_| value.is_object()) {
        if value.get(name).is_none() {
            return Some(format!("`{at}/{name}` is missing"));
        }
    }
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        if let Some(found) = value.get(name).and_then(|value| fault(document, schema, value, &format!("{at}/{name}"))) {
            return Some(found);
        }
    }
    let items = value.as_array().into_iter().flatten().enumerate().filter(|_| schema["items"].is_object());
    items.filter_map(|(i, value)| fault(document, &schema["items"], value, &format!("{at}/{i}"))).next()
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_part_of_a_schema_is_looked_at() {
        let document = json!({"defs": {"state": {"type": "string", "enum": ["new", "open"]}}});
        let schema = json!({"type": "object", "required": ["a"], "properties": {
            "a": {"type": "integer", "minimum": 0},
            "b": {"type": ["string", "null"]},
            "c": {"type": "array", "items": {"$ref": "#/defs/state"}},
            "d": {"oneOf": [{"$ref": "#/defs/state"}, {"type": "null"}]},
            "e": {"allOf": [{"type": "string"}, {"$ref": "#/defs/state"}]}}});
        let check = |value: Value| fault(&document, &schema, &value, "");
        assert_eq!(check(json!({"a": 1, "b": null, "c": ["new"], "d": null, "e": "new", "more": 1})), None);
        for (value, place) in [
            (json!([]), "``"),
            (json!({}), "`/a`"),
            (json!({"a": "1"}), "`/a`"),
            (json!({"a": 1.5}), "`/a`"),
            (json!({"a": -1}), "`/a`"),
            (json!({"a": 1, "b": 2}), "`/b`"),
            (json!({"a": 1, "c": ["new", "old"]}), "`/c/1`"),
            (json!({"a": 1, "d": "old"}), "`/d`"),
            (json!({"a": 1, "e": "old"}), "`/e`"),
        ] {
            let said = check(value).unwrap();
            assert!(said.contains(place), "{said}");
        }
        assert!(fault(&document, &json!({"$ref": "#/nowhere"}), &json!(1), "").is_some());
    }
}
