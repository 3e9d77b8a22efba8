//! Reads and writes the shapes of `podskazka::wire` as JavaScript values.
//!
//! By hand and not by serde: its deserialisers and their error texts made a sixth of the module. What is missing or of
//! another type becomes empty: the server and our own files are checked where they are made.

use js_sys::{Array, JSON, Object, Reflect};
use podskazka::wire::{FieldState, Snapshot};
use wasm_bindgen::{JsCast, JsValue};

/// A property of a JavaScript object; `undefined` where there is none.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// A text property; empty where there is none.
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// A text property that may be absent.
pub fn some_text(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string().filter(|it| !it.is_empty())
}

/// The items of an array property, read one by one.
pub fn list<T>(object: &JsValue, name: &str, read: fn(&JsValue) -> T) -> Vec<T> {
    items(&get(object, name), read)
}

/// The items of an array.
pub fn items<T>(array: &JsValue, read: fn(&JsValue) -> T) -> Vec<T> {
    array.dyn_ref::<Array>().map(|rows| rows.iter().map(|row| read(&row)).collect()).unwrap_or_default()
}

pub fn snapshot(value: &JsValue) -> Snapshot {
    Snapshot {
        form: text(value, "form"),
        form_title: text(value, "form_title"),
        page: text(value, "page"),
        fields: list(value, "fields", field),
        // The letter brings the rest: `widget/panel/later/letter/told.ts`.
        ..Snapshot::default()
    }
}

fn field(value: &JsValue) -> FieldState {
    FieldState {
        name: text(value, "name"),
        label: text(value, "label"),
        kind: text(value, "kind"),
        valid: get(value, "valid").is_truthy(),
        code: some_text(value, "code"),
        length_class: text(value, "length_class"),
        shape: text(value, "shape"),
        value: some_text(value, "value"),
    }
}

/// An object under construction.
pub struct Build(Object);

impl Build {
    pub fn new() -> Self {
        Self(Object::new())
    }

    pub fn set(self, name: &str, value: &JsValue) -> Self {
        let _ = Reflect::set(&self.0, &JsValue::from_str(name), value);
        self
    }

    pub fn text(self, name: &str, value: &str) -> Self {
        self.set(name, &JsValue::from_str(value))
    }

    /// Left out where there is none.
    pub fn some(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(name, value),
            None => self,
        }
    }

    pub fn done(self) -> JsValue {
        self.0.into()
    }
}

/// The snapshot for the parts: what may be shown and sent.
pub fn snapshot_js(it: &Snapshot) -> JsValue {
    let fields: Array = it.fields.iter().map(field_js).collect();
    Build::new()
        .text("form", &it.form)
        .text("form_title", &it.form_title)
        .text("page", &it.page)
        .some("trace", it.trace.as_deref())
        .set("fields", &fields)
        .done()
}

fn field_js(it: &FieldState) -> JsValue {
    Build::new()
        .text("name", &it.name)
        .text("label", &it.label)
        .text("kind", &it.kind)
        .set("valid", &it.valid.into())
        .some("code", it.code.as_deref())
        .text("length_class", &it.length_class)
        .text("shape", &it.shape)
        .some("value", it.value.as_deref())
        .done()
}

/// JSON text of a value.
pub fn json(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok().map(String::from)
}
