//! Answers as plain JavaScript objects, with the names of the core.

use js_sys::{Array, Object, Reflect};
use podskazka::validators::Outcome;
use podskazka::verdict::{Fault, Value, Verdict, Warning};
use wasm_bindgen::JsValue;

use crate::glue;

/// Sets a property.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// `{verdict: "complete" | "partial" | "fault", …}`.
pub fn verdict(found: &Verdict<Value>) -> Object {
    match found {
        Verdict::Complete { value, warnings } => glue::complete(&complete(value, warnings)),
        Verdict::Partial { missing, lengths } => {
            let lengths: Vec<String> = lengths.iter().map(u32::to_string).collect();
            glue::partial(*missing, &lengths.join(", "))
        }
        Verdict::Fault(fault) => glue::fault(&packed(fault), fault.span.start, fault.span.end),
    }
}

/// Parts of one text. A part that holds U+0000 itself gets the sign that stands for it.
struct Parts(String);

impl Parts {
    fn add(&mut self, part: &str) {
        self.0.push('\0');
        if part.contains('\0') { self.0.push_str(&part.replace('\0', "\u{2400}")) } else { self.0.push_str(part) }
    }
}

fn complete(value: &Value, warnings: &[Warning]) -> String {
    let mut parts = Parts(value.canonical.replace('\0', "\u{2400}"));
    parts.add(if value.display == value.canonical { "" } else { &value.display });
    parts.add(&value.facts.0.len().to_string());
    for (name, fact) in &value.facts.0 {
        parts.add(name);
        parts.add(fact);
    }
    for warning in warnings {
        parts.add(&warning.code);
    }
    parts.0
}

fn packed(fault: &Fault) -> String {
    let mut parts = Parts(fault.code.clone());
    parts.add(&fault.expected);
    parts.add(&fault.found);
    for fix in &fault.fixes {
        parts.add(fix.reason);
        parts.add(&fix.value);
        parts.add(&fix.edits.len().to_string());
        for edit in &fix.edits {
            parts.add(&edit.start.to_string());
            parts.add(&edit.end.to_string());
            parts.add(&edit.text);
        }
    }
    parts.0
}

/// `{valid, fields}`.
pub fn form(valid: bool, fields: impl Iterator<Item = Object>) -> Object {
    let out = Object::new();
    set(&out, "valid", valid);
    set(&out, "fields", fields.map(JsValue::from).collect::<Array>());
    out
}

/// The byte of an outcome in a column.
pub fn class(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Complete(_) => 0,
        Outcome::Partial(_) => 1,
        Outcome::Fault(_) => 2,
    }
}
