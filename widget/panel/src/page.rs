//! What of the core the page and the parts of the panel ask for.

use js_sys::Array;
use podskazka::{faq::Article, ticket, wire::NewTicket};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{mount, wire::Build};

/// Texts of the page with everything personal covered, for the picture: see [`podskazka::privacy::picture::cover`].
#[wasm_bindgen]
pub fn cover(lines: &str, typed: &str) -> String {
    podskazka::privacy::picture::cover(lines, typed)
}

/// What is wrong with the lines of a letter: `[{pointer, code, message}]`.
#[wasm_bindgen]
pub fn faults(topic: String, name: String, contact: String, text: String) -> Array {
    let letter = NewTicket { topic, name, contact, text, ..NewTicket::default() };
    let row = |it: &podskazka::wire::ProblemItem| {
        Build::new().text("pointer", &it.pointer).text("code", &it.code).text("message", &it.message).done()
    };
    ticket::check(&letter).iter().map(row).collect()
}

/// Articles that may answer a letter, none in doubt: `[{id, title}]`.
#[wasm_bindgen]
pub fn search(text: &str) -> Array {
    let row = |it: &Article| -> JsValue { Build::new().text("id", &it.id).text("title", &it.title).done() };
    mount::app(|app| app.offers(text).into_iter().map(row).collect()).unwrap_or_default()
}
