//! What the checks ask of the page and show on it, as its scripts do it: `page.js` events, `forms.js`
//! fields, `show.js` words, `mend.js` changes of the text.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/page.js")]
extern "C" {
    pub fn open(config: JsValue, exports: JsValue, css: &str);
    pub fn words() -> String;
    pub fn today() -> u32;
    pub fn listen();
    pub fn close();
    pub fn snapshot() -> JsValue;
    pub fn state(name: &str, label: &str, kind: &str, code: &str, length_class: &str, shape: &str);
    pub fn reveal(name: &str) -> bool;
}

#[wasm_bindgen(module = "/src/forms.js")]
extern "C" {
    pub fn read(field: u32, what: &str) -> String;
}

#[wasm_bindgen(module = "/src/show.js")]
extern "C" {
    pub fn word(text: &str);
    pub fn hint(field: u32, text: &str);
    pub fn offer(label: &str, value: &str);
    pub fn error(field: u32, code: &str, text: &str);
    pub fn item(field: u32, text: &str);
    pub fn summary(form: u32, head: &str, fresh: bool);
    pub fn announce(form: u32, text: &str);
}

#[wasm_bindgen(module = "/src/mend.js")]
extern "C" {
    pub fn replace(field: u32, from: u32, to: u32, text: &str, caret: u32);
    pub fn warn(field: u32, code: &str, text: &str);
    pub fn chip(field: u32, label: &str, spoken: &str);
    pub fn echo(field: u32, text: &str);
}

#[wasm_bindgen(module = "/src/mask.js")]
extern "C" {
    pub fn turn(mask: &str, text: &str, from: u32, to: u32, data: &str, intent: &str) -> String;
}
