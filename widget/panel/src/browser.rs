//! What the page does for the panel: the scripts `browser.js` and `errors.js`.

use js_sys::{Function, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::Element;

#[wasm_bindgen(module = "/src/browser.js")]
extern "C" {
    pub fn kept(name: &str) -> Option<String>;
    pub fn keep(name: &str, text: Option<String>);
    pub fn stay(view: &str, steps: &str);
    pub fn stayed() -> Option<String>;
    pub fn own() -> JsValue;
    pub fn fire(name: &str, detail: &JsValue, cancelable: bool) -> bool;
    pub async fn sleep(ms: i32);
    pub async fn painted();
    #[wasm_bindgen(catch)]
    pub async fn ask(url: &str, of: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub async fn bytes(url: &str) -> Result<JsValue, JsValue>;
    pub async fn served(place: &str) -> JsValue;
    pub fn mount() -> Element;
    pub fn show(look: &str, docked: bool, quiet: bool) -> bool;
    pub fn again(view: &str, docked: bool);
    pub fn apply(look: &str, docked: bool);
    pub fn element() -> Element;
    pub fn name(view: &str);
    pub fn speak(lang: &str);
    pub fn top();
    pub fn typing() -> bool;
    pub fn leave(run: &Function);
    pub fn linked() -> bool;
    pub fn close() -> bool;
    pub fn back(run: &Function);
    pub fn destroy();
    pub fn reveal(name: &str, by: Option<&Function>);
}

#[wasm_bindgen(module = "/src/errors.js")]
extern "C" {
    /// Explains the portal's own code of an opening in place; a promise where that takes a request.
    pub fn explain(given: &JsValue) -> Option<Promise>;
    /// Tells the page of an article that is not there; `ids` are those that are, between blanks.
    pub fn absent(given: &JsValue, id: &str, ids: &str);
}
