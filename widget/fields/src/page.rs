//! What the checks ask of the page and show on it, as its scripts do it: `page.js` events, `forms.js` fields, `hand.js` the way to
//! what shows and mends. The rest is what these are made of.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/page.js")]
extern "C" {
    pub fn open(config: JsValue, exports: JsValue);
    pub fn words() -> String;
    pub fn today() -> u32;
    pub fn close();
    pub fn snapshot() -> JsValue;
    pub fn state(name: &str, label: &str, kind: &str, code: &str, length_class: &str, shape: &str);
}

#[wasm_bindgen(module = "/src/forms.js")]
extern "C" {
    pub fn read(field: u32, what: &str) -> String;
}

#[wasm_bindgen(module = "/src/roots.js")]
extern "C" {
    pub fn listen();
}

#[wasm_bindgen(module = "/src/suggest.js")]
extern "C" {
    pub fn suggest(field: u32, digits: bool);
}

#[wasm_bindgen(module = "/src/reach.js")]
extern "C" {
    pub fn reveal(name: &str) -> bool;
}

#[wasm_bindgen(module = "/src/dom.js")]
extern "C" {
    pub fn word(text: &str);
}

#[wasm_bindgen(module = "/src/hand.js")]
extern "C" {
    pub fn announce(form: u32, text: &str);
    pub fn chip(field: u32, label: &str, spoken: &str);
    pub fn echo(field: u32, text: &str);
    pub fn error(field: u32, code: &str, text: &str);
    pub fn hint(field: u32, text: &str);
    pub fn item(field: u32, text: &str);
    pub fn offer(label: &str, value: &str);
    pub fn replace(field: u32, from: u32, to: u32, text: &str, caret: u32);
    pub fn summary(form: u32, head: &str, fresh: bool);
    pub fn turn(mask: &str, text: &str, from: u32, to: u32, data: &str, intent: &str) -> String;
    pub fn warn(field: u32, code: &str, text: &str);
}
