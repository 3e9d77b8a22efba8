//! TypeScript types of a form's schema, from its JSON Schema: an editor knows every member, its meaning, default and an example.

use std::fs;

use anyhow::Context;
use serde_json::{Map, Value};

const SCHEMA: &str = "docs/schema/form.v1.json";
const MESSAGES: &str = "{ readonly [code in Code | WarningCode]?: string }";

/// The types of the whole document and of each object in it.
pub fn write() -> anyhow::Result<String> {
    let text = fs::read_to_string(SCHEMA).with_context(|| format!("cannot read {SCHEMA}"))?;
    Ok(types(&serde_json::from_str(&text)?))
}

fn types(root: &Value) -> String {
    let whole =
        interface("FormSchema", root, root, "A schema of one form: what its fields are, and the rules that they keep.");
    let defs = object(root, "$defs").into_iter().flatten();
    let parts = defs.filter_map(|(name, it)| match choices(it) {
        Some(all) => Some(union(name, all, root)),
        None => it
            .get("properties")
            .map(|_| interface(&named(name), it, root, &format!("Part of a form's schema: {name}."))),
    });
    std::iter::once(whole).chain(parts).collect()
}

/// `rule` becomes `FormSchemaRule`; the list of kinds is the core's own.
fn named(name: &str) -> String {
    if name == "kind" {
        return "Kind".to_owned();
    }
    let mut letters = name.chars();
    let first = letters.next().map(|it| it.to_ascii_uppercase());
    ["FormSchema".to_owned(), first.into_iter().chain(letters).collect()].concat()
}

fn object<'a>(value: &'a Value, key: &str) -> Option<&'a Map<String, Value>> {
    value.get(key)?.as_object()
}

/// A choice of objects.
fn choices(schema: &Value) -> Option<&Vec<Value>> {
    let all = schema.get("oneOf")?.as_array()?;
    all.iter().all(|it| it.get("properties").is_some()).then_some(all)
}

fn target<'a>(schema: &'a Value, root: &'a Value) -> (Option<&'a str>, &'a Value) {
    let name = schema.get("$ref").and_then(Value::as_str).and_then(|it| it.strip_prefix("#/$defs/"));
    (name, name.and_then(|it| object(root, "$defs")?.get(it)).unwrap_or(schema))
}

fn kind_of(schema: &Value, root: &Value) -> String {
    let (name, it) = target(schema, root);
    if let Some(name) = name
        && (name == "kind" || it.get("properties").is_some() || choices(it).is_some())
    {
        return named(name);
    }
    if let Some(value) = it.get("const") {
        return value.to_string();
    }
    let list = |key: &str| it.get(key).and_then(Value::as_array);
    if let Some(values) = list("enum") {
        return values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | ");
    }
    if let Some(all) = list("oneOf") {
        return all.iter().map(|it| kind_of(it, root)).collect::<Vec<_>>().join(" | ");
    }
    match it.get("type").and_then(Value::as_str) {
        Some("integer" | "number") => "number".to_owned(),
        Some("array") => {
            let items = it.get("items").map_or("unknown".to_owned(), |it| kind_of(it, root));
            if items.contains(' ') { format!("readonly ({items})[]") } else { format!("readonly {items}[]") }
        }
        Some("object") => {
            let values = it.get("additionalProperties").map_or("unknown".to_owned(), |it| kind_of(it, root));
            format!("Readonly<Record<string, {values}>>")
        }
        Some(other) => other.to_owned(),
        None => "unknown".to_owned(),
    }
}

/// A value that the schema takes, the smallest there is.
fn sample(schema: &Value, root: &Value) -> String {
    let it = target(schema, root).1;
    let first = |key: &str| it.get(key).and_then(Value::as_array).and_then(|all| all.first());
    if let Some(value) = it.get("const").or_else(|| first("examples")).or_else(|| first("enum")) {
        return value.to_string();
    }
    if let Some(one) = first("oneOf") {
        return sample(one, root);
    }
    match it.get("type").and_then(Value::as_str) {
        Some("boolean") => (it.get("default") != Some(&Value::Bool(true))).to_string(),
        Some("integer" | "number") => it.get("minimum").map_or("1".to_owned(), Value::to_string),
        Some("array") => format!("[{}]", it.get("items").map_or(String::new(), |it| sample(it, root))),
        Some("object") if it.get("properties").is_some() => members(it, root, None),
        Some("object") => {
            let values = it.get("additionalProperties").unwrap_or(&Value::Null);
            let key = if values.get("$ref").is_some() { "E42" } else { "inn.checksum" };
            format!("{{ \"{key}\": {} }}", sample(values, root))
        }
        _ => "\"inn\"".to_owned(),
    }
}

/// An object with what it must have, and one member more.
fn members(schema: &Value, root: &Value, more: Option<&str>) -> String {
    let must = required(schema);
    let all = object(schema, "properties").into_iter().flatten();
    let shown = all.filter(|(key, _)| must.contains(&key.as_str()) || more == Some(key.as_str()));
    let parts: Vec<String> = shown.map(|(key, it)| format!("{key}: {}", sample(it, root))).collect();
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}

fn required(schema: &Value) -> Vec<&str> {
    schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

fn words<'a>(schema: &'a Value, root: &'a Value) -> &'a str {
    let said = |it: &'a Value| it.get("description").and_then(Value::as_str);
    said(schema).or_else(|| said(target(schema, root).1)).unwrap_or_default()
}

fn interface(name: &str, schema: &Value, root: &Value, otherwise: &str) -> String {
    let said = Some(words(schema, root)).filter(|it| !it.is_empty() && name != "FormSchema").unwrap_or(otherwise);
    let lines: String = object(schema, "properties")
        .into_iter()
        .flatten()
        .map(|(key, it)| member(name, schema, root, key, it))
        .collect();
    format!("\n/** {said} */\nexport interface {name} {{\n{lines}}}\n")
}

fn member(owner: &str, schema: &Value, root: &Value, key: &str, it: &Value) -> String {
    let must = required(schema).contains(&key);
    let initial = match target(it, root).1.get("default") {
        _ if must => String::new(),
        Some(value) => format!("   * @defaultValue {value}\n"),
        None => "   * @defaultValue none\n".to_owned(),
    };
    let example = format!("({} satisfies {owner})", members(schema, root, Some(key)));
    let bare = key;
    let key = if key.starts_with('$') { format!("\"{key}\"") } else { key.to_owned() };
    let mark = if must { "" } else { "?" };
    format!(
        "  /**\n   * {}\n   *\n{initial}   * @example {example}\n   */\n  {key}{mark}: {};\n",
        words(it, root).replace("*/", "*\\/"),
        // By our codes, which the format has no list of.
        if bare == "messages" { MESSAGES.to_owned() } else { kind_of(it, root) }
    )
}

fn union(name: &str, all: &[Value], root: &Value) -> String {
    let choice = |it: &Value| {
        let must = required(it);
        let shown = object(it, "properties").into_iter().flatten().map(|(key, part)| {
            let said = Some(words(part, root)).filter(|it| !it.is_empty()).unwrap_or("Name of the rule.");
            let mark = if must.contains(&key.as_str()) { "" } else { "?" };
            format!("      /** {said} */\n      {key}{mark}: {};\n", kind_of(part, root))
        });
        format!("\n  /** {} */\n  | {{\n{}    }}", words(it, root), shown.collect::<String>())
    };
    let choices: String = all.iter().map(choice).collect();
    let example = all.first().map_or(String::new(), |it| members(it, root, None));
    format!(
        "\n/** Part of a form's schema: {name}. @example ({example} satisfies {0}) */\nexport type {0} ={choices};\n",
        named(name)
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::types;

    #[test]
    fn a_schema_becomes_types() {
        let schema = json!({
            "required": ["form"],
            "properties": {
                "form": { "type": "string", "description": "Its name." },
                "rules": { "type": "array", "items": { "$ref": "#/$defs/rule" } },
                "hours": { "type": "integer", "default": 72, "description": "Hours." }
            },
            "$defs": { "rule": { "oneOf": [{ "required": ["rule"], "properties": { "rule": { "const": "equal" } }, "description": "Alike." }] } }
        });
        let text = types(&schema);
        for line in [
            "export interface FormSchema {",
            "  form: string;",
            "  rules?: readonly FormSchemaRule[];",
            "  hours?: number;",
            "   * @defaultValue 72",
            "export type FormSchemaRule =\n  /** Alike. */\n  | {\n      /** Name of the rule. */\n      rule: \"equal\";\n    };",
            "({ form: \"inn\", hours: 1 } satisfies FormSchema)",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }
}
