//! What of the core the page and the parts of the panel ask for.

use js_sys::Array;
use podskazka::privacy::detect;
use podskazka::ticket::{self, Line};
use podskazka::{faq::Article, wire::NewTicket};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{mount, wire::Build};

/// Texts of the page with everything personal covered, for the picture: see [`podskazka::privacy::picture::cover`].
#[wasm_bindgen]
pub fn cover(lines: &str, typed: &str) -> String {
    podskazka::privacy::picture::cover(lines, typed)
}

/// What is wrong with the lines of a letter: `[{pointer, code, message}]`. `optional`: lines that the site leaves to the person, between
/// blanks.
#[wasm_bindgen]
pub fn faults(topic: String, name: String, contact: String, text: String, code: String, optional: &str) -> Array {
    let letter = NewTicket { topic, name, contact, text, code: Some(code), ..NewTicket::default() };
    let mut left = Vec::new();
    for line in &Line::ALL {
        if optional.split(' ').any(|it| it == line.name()) {
            left.push(*line);
        }
    }
    let row = |it: &podskazka::wire::ProblemItem| {
        Build::new().text("pointer", &it.pointer).text("code", &it.code).text("message", &it.message).done()
    };
    ticket::check_lines(&letter, &left).iter().map(row).collect()
}

/// Numbers of papers, cards and accounts in a text: `[{kind, start, end, shape}]`, places in units of UTF-16 as JavaScript counts.
#[wasm_bindgen]
pub fn numbers(text: &str) -> Array {
    let units = |to: usize| -> JsValue { text.chars().take(to).map(char::len_utf16).sum::<usize>().into() };
    let row = |it: &detect::Found| {
        let places = Build::new().set("start", &units(it.start)).set("end", &units(it.end));
        places.text("kind", it.kind).text("shape", &detect::shape(text, it)).done()
    };
    detect::numbers(text).iter().map(row).collect()
}

/// Articles that may answer a letter, none in doubt: `[{id, title}]`.
#[wasm_bindgen]
pub fn search(text: &str) -> Array {
    let row = |it: &Article| -> JsValue { Build::new().text("id", &it.id).text("title", &it.title).done() };
    mount::app(|app| app.offers(text).into_iter().map(row).collect()).unwrap_or_default()
}
