//! The checks of the core as a JavaScript module: `check`, `checkForm`, `format`, `kinds`.
//!
//! Plain objects go in and come out, with the names of the core's verdict; `types.d.ts` describes them (the package adds the names
//! of the kinds). A call that makes
//! no sense (a kind that does not exist, a day that is not a day) throws a `TypeError` that names the argument and the
//! fix; a wrong value of a citizen never throws. No rule lives here.

#![cfg(target_arch = "wasm32")]

mod glue;
mod input;
mod output;

use js_sys::{Array, Object};
use podskazka::validators::{self, ALL};
use podskazka::verdict::{Context, Day, Value, Verdict};
use wasm_bindgen::prelude::*;

use input::Row;

/// Checks one value of a kind such as `inn`.
#[wasm_bindgen(skip_typescript)]
pub fn check(kind: &JsValue, text: &JsValue, context: &JsValue) -> Result<Object, JsValue> {
    Ok(output::verdict(&judge(kind, text, context)?))
}

/// The official spelling of a complete value, or `null`.
#[wasm_bindgen(skip_typescript)]
pub fn format(kind: &JsValue, text: &JsValue, context: &JsValue) -> Result<JsValue, JsValue> {
    match judge(kind, text, context)? {
        Verdict::Complete { value, .. } => Ok(value.display.into()),
        Verdict::Partial { .. } | Verdict::Fault(_) => Ok(JsValue::NULL),
    }
}

/// Checks the fields of one form; an account sees the BIK of its own form.
#[wasm_bindgen(js_name = checkForm, skip_typescript)]
pub fn check_form(fields: &JsValue, context: &JsValue) -> Result<Object, JsValue> {
    let (today, given) = (input::today(context)?, input::bik(context)?);
    let rows = input::rows(fields)?;
    let sibling = rows.iter().find(|row| row.kind.name() == "bik").map(|row| row.text.as_str());
    let bik = given.as_deref().or(sibling);
    let answers: Vec<_> = rows.iter().map(|row| row.answer(today, bik)).collect();
    let valid = answers.iter().all(|(valid, _)| *valid);
    Ok(output::form(valid, answers.into_iter().map(|(_, answer)| answer)))
}

/// Checks a column of values: a byte each, 0 complete, 1 unfinished, 2 at fault.
#[wasm_bindgen(js_name = checkMany, skip_typescript)]
pub fn check_many(kind: &JsValue, texts: &JsValue, context: &JsValue) -> Result<Vec<u8>, JsValue> {
    let kind = input::kind(kind, "kind")?;
    let bik = input::bik(context)?;
    let context = Context { today: input::today(context)?, bik: bik.as_deref() };
    let whole = input::column(texts)?;
    let classes = |whole: &str| -> Vec<u8> {
        validators::validate_many(kind, whole.split('\0'), &context).map(output::class).collect()
    };
    match (input::length(texts), classes(&whole)) {
        (0, _) => Ok(Vec::new()),
        (count, found) if found.len() == count => Ok(found),
        _ => Ok(classes(&input::cleaned(texts))),
    }
}

/// Names of the kinds, in the order of the registry.
#[wasm_bindgen(skip_typescript)]
pub fn kinds() -> Array {
    ALL.iter().map(|kind| JsValue::from_str(kind.name())).collect()
}

fn judge(kind: &JsValue, text: &JsValue, context: &JsValue) -> Result<Verdict<Value>, JsValue> {
    let kind = input::kind(kind, "kind")?;
    let text = input::text(text, "text")?;
    let bik = input::bik(context)?;
    let context = Context { today: input::today(context)?, bik: bik.as_deref() };
    Ok(validators::check(kind, &text, &context))
}

impl Row {
    /// Whether the field may be sent, and its answer under its name.
    fn answer(&self, today: Day, bik: Option<&str>) -> (bool, Object) {
        let (valid, answer) = if !self.text.trim().is_empty() {
            let found = validators::check(self.kind, &self.text, &Context { today, bik });
            (matches!(found, Verdict::Complete { .. }), output::verdict(&found))
        } else {
            (!self.required, glue::empty(self.required))
        };
        output::set(&answer, "name", self.name.as_str());
        (valid, answer)
    }
}
