//! JSON of the page (`JSON.parse`, or an object of `init`) as the core's tree, and answers as plain objects.

use js_sys::{Array, Object, Reflect};
use podskazka::form::node::Node;
use wasm_bindgen::{JsCast, JsValue};

/// Deepest object that is read: a schema has seven levels.
const MOST_DEPTH: u32 = 20;

/// The tree of a value. What JSON does not have (functions, `undefined`) is read as `null`, as `JSON.stringify` does in arrays.
pub fn node(value: &JsValue, depth: u32) -> Node {
    if let Some(text) = value.as_string() {
        return Node::Text(text);
    }
    if let Some(flag) = value.as_bool() {
        return Node::Flag(flag);
    }
    if value.as_f64().is_some() {
        return Node::Number(Object::from(value.clone()).to_string().into());
    }
    if depth > MOST_DEPTH {
        return Node::Null;
    }
    if Array::is_array(value) {
        let mut items = Vec::new();
        for item in Array::from(value).iter() {
            items.push(node(&item, depth + 1));
        }
        return Node::List(items);
    }
    if !value.is_object() {
        return Node::Null;
    }
    // An object of another frame, or one without a prototype, is no `instanceof Object`.
    let mut members = Vec::new();
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let entry = Array::from(&entry);
        members.push((entry.get(0).as_string().unwrap_or_default(), node(&entry.get(1), depth + 1)));
    }
    Node::Map(members)
}

/// Sets a property.
pub fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // A plain object of our own takes every property.
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// Sets a property that is there.
pub fn set_some(object: &Object, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        set(object, name, value);
    }
}

pub fn strings(items: &[String]) -> Array {
    items.iter().map(|item| JsValue::from_str(item)).collect()
}
