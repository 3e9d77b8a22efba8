//! The JavaScript side of the border: docs stand in `glue.js`.

use js_sys::Object;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/glue.js")]
extern "C" {
    pub fn learn(name: &str, place: i32);
    pub fn place(name: &JsValue) -> i32;
    pub fn day(context: &JsValue) -> i32;
    pub fn now() -> i32;
    pub fn bik(context: &JsValue) -> JsValue;
    pub fn column(texts: &JsValue) -> JsValue;
    pub fn complete(packed: &str) -> Object;
    pub fn partial(missing: u32, lengths: &str) -> Object;
    pub fn fault(packed: &str, start: u32, end: u32) -> Object;
    pub fn empty(required: bool) -> Object;
}
