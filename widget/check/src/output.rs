//! Answers as plain JavaScript objects, with the names of the core.

use js_sys::{Array, Object, Reflect};
use podskazka::validators::Outcome;
use podskazka::verdict::{Edit, Fix, Span, Value, Verdict, Warning};
use wasm_bindgen::JsValue;

/// Sets a property.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

fn list<T>(items: &[T], write: fn(&T) -> Object) -> Array {
    items.iter().map(write).map(JsValue::from).collect()
}

/// `{verdict: "complete" | "partial" | "fault", …}`.
pub fn verdict(found: &Verdict<Value>) -> Object {
    let out = Object::new();
    match found {
        Verdict::Complete { value, warnings } => {
            set(&out, "verdict", "complete");
            set(&out, "canonical", value.canonical.as_str());
            set(&out, "display", value.display.as_str());
            let facts = Object::new();
            for (name, fact) in &value.facts.0 {
                set(&facts, name, fact.as_str());
            }
            set(&out, "facts", facts);
            set(&out, "warnings", list(warnings, warning));
        }
        Verdict::Partial { missing, lengths } => {
            set(&out, "verdict", "partial");
            set(&out, "missing", *missing);
            let lengths: Array = lengths.iter().map(|length| JsValue::from(*length)).collect();
            set(&out, "lengths", lengths);
        }
        Verdict::Fault(fault) => {
            set(&out, "verdict", "fault");
            set(&out, "code", fault.code.as_str());
            set(&out, "span", span(&fault.span));
            set(&out, "expected", fault.expected.as_str());
            set(&out, "found", fault.found.as_str());
            set(&out, "fixes", list(&fault.fixes, fix));
        }
    }
    out
}

/// A field without a text: a fault where one is required.
pub fn empty(required: bool) -> Object {
    let out = Object::new();
    if !required {
        set(&out, "verdict", "empty");
        return out;
    }
    set(&out, "verdict", "fault");
    set(&out, "code", "form.required");
    set(&out, "span", span(&Span::default()));
    set(&out, "expected", "");
    set(&out, "found", "");
    set(&out, "fixes", Array::new());
    out
}

/// `{valid, fields}`.
pub fn form(valid: bool, fields: impl Iterator<Item = Object>) -> Object {
    let out = Object::new();
    set(&out, "valid", valid);
    set(&out, "fields", fields.map(JsValue::from).collect::<Array>());
    out
}

fn span(span: &Span) -> Object {
    let out = Object::new();
    set(&out, "start", span.start);
    set(&out, "end", span.end);
    out
}

fn warning(warning: &Warning) -> Object {
    let out = Object::new();
    set(&out, "code", warning.code.as_str());
    if let Some(at) = &warning.span {
        set(&out, "span", span(at));
    }
    out
}

fn fix(fix: &Fix) -> Object {
    let out = Object::new();
    set(&out, "reason", fix.reason);
    set(&out, "value", fix.value.as_str());
    set(&out, "edits", list(&fix.edits, edit));
    out
}

fn edit(edit: &Edit) -> Object {
    let out = Object::new();
    set(&out, "start", edit.start);
    set(&out, "end", edit.end);
    set(&out, "text", edit.text.as_str());
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
