//! Small helpers over the page: elements, attributes, texts of fields, the sheet of styles.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Document, Element, HtmlElement, Node, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = CSSStyleSheet)]
    pub type Sheet;
    #[wasm_bindgen(constructor, js_class = "CSSStyleSheet", catch)]
    fn new() -> Result<Sheet, JsValue>;
    #[wasm_bindgen(method, js_class = "CSSStyleSheet", js_name = replaceSync, catch)]
    fn replace_sync(this: &Sheet, css: &str) -> Result<(), JsValue>;

    /// A document that can write into the focused field as if it were typed.
    type Editor;
    #[wasm_bindgen(method, js_name = execCommand, catch)]
    fn exec_command(this: &Editor, name: &str, ui: bool, value: &str) -> Result<bool, JsValue>;
}

pub fn window() -> Option<Window> {
    web_sys::window()
}

pub fn document() -> Option<Document> {
    window()?.document()
}

/// Elements by selector below `root`.
pub fn all(root: &Node, selector: &str) -> Vec<Element> {
    let list = match root.dyn_ref::<Document>() {
        Some(doc) => doc.query_selector_all(selector),
        None => root.unchecked_ref::<Element>().query_selector_all(selector),
    };
    let Ok(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.item(i)?.dyn_into().ok()).collect()
}

/// A new element with a class.
pub fn make(tag: &str, class: &str) -> Option<Element> {
    let el = document()?.create_element(tag).ok()?;
    if !class.is_empty() {
        set(&el, "class", class);
    }
    Some(el)
}

/// A new element with a class and a text, at the end of `parent`.
pub fn put(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let el = make(tag, class)?;
    el.set_text_content(Some(text));
    parent.append_child(&el).ok()?;
    Some(el)
}

/// A new button that sends nothing; `action` tells the click listener what it is.
pub fn button(parent: &Element, class: &str, text: &str, action: &str) -> Option<Element> {
    let el = put(parent, "button", class, text)?;
    set(&el, "type", "button");
    set(&el, "data-pdk", action);
    Some(el)
}

pub fn set(el: &Element, name: &str, value: &str) {
    let _ = el.set_attribute(name, value);
}

/// Set an attribute, or take it away for `None`.
pub fn restore(el: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set(el, name, value),
        None => {
            let _ = el.remove_attribute(name);
        }
    }
}

pub fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

pub fn get_text(target: &JsValue, name: &str) -> String {
    get(target, name).as_string().unwrap_or_default()
}

pub fn put_value(target: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(target, &name.into(), value);
}

/// The text with single spaces.
pub fn squeeze(text: &str) -> String {
    join(text.split_whitespace())
}

/// Words with single spaces between them.
pub fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Fire an event that bubbles and leaves shadow trees. `codes` is a list for `podskazka:override`.
pub fn fire(target: &Element, name: &str, detail: &[(&str, JsValue)]) {
    let object = Object::new();
    for (key, value) in detail {
        put_value(&object, key, value);
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&object);
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        let _ = target.dispatch_event(&event);
    }
}

/// Adopt our sheet; the rest of the list stays as it is.
pub fn adopt(css: &str) -> Option<Sheet> {
    let sheet = Sheet::new().ok()?;
    sheet.replace_sync(css).ok()?;
    let list = adopted()?;
    list.push(&sheet);
    set_adopted(&list);
    Some(sheet)
}

/// Give the list of sheets back without ours.
pub fn abandon(sheet: &Sheet) {
    if let Some(list) = adopted() {
        let ours: &JsValue = sheet;
        set_adopted(&list.iter().filter(|s| s != ours).collect());
    }
}

fn adopted() -> Option<Array> {
    let doc = document()?;
    Some(Array::from(&get(&doc, "adoptedStyleSheets")))
}

fn set_adopted(list: &Array) {
    if let Some(doc) = document() {
        put_value(doc.unchecked_ref(), "adoptedStyleSheets", list);
    }
}

/// Put the focus on an element and bring it into view.
pub fn focus(el: &Element) {
    if let Some(el) = el.dyn_ref::<HtmlElement>() {
        let _ = el.focus();
    }
}

/// Replace the whole text of a field in one native undo step; where that cannot be done, by its own setter.
pub fn write(el: &Element, value: &str) {
    focus(el);
    call(el, "select", &[]);
    if let Some(doc) = document() {
        let _ = doc.unchecked_ref::<Editor>().exec_command("insertText", false, value);
    }
    if get_text(el, "value") == value {
        return;
    }
    // The setter of the prototype: frameworks shadow the one of the element.
    let setter = Object::get_prototype_of(el);
    let setter = Reflect::get_own_property_descriptor(&setter, &"value".into()).map(|d| get(&d, "set"));
    match setter.ok().and_then(|s| s.dyn_into::<Function>().ok()) {
        Some(setter) => {
            let _ = setter.call1(el, &value.into());
        }
        None => put_value(el.unchecked_ref(), "value", &value.into()),
    }
    fire(el, "input", &[]);
}

/// Call a method that may be missing.
pub fn call(target: &JsValue, name: &str, args: &[JsValue]) {
    if let Ok(method) = get(target, name).dyn_into::<Function>() {
        let list: Array = args.iter().collect();
        let _ = Reflect::apply(&method, target, &list);
    }
}
