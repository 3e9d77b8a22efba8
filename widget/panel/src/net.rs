//! Requests to the server and to our own files.

use js_sys::Reflect;
use podskazka::faq::Pack;
use wasm_bindgen::JsValue;

use crate::{
    browser, dom,
    wire::{self, Build},
};

/// Status and JSON of the answer; `None` where there was none. `of` is what `fetch` takes.
async fn ask(url: &str, of: Build) -> Option<(u16, JsValue)> {
    let answer = browser::ask(url, &of.done()).await.ok()?;
    let part = |at: u32| Reflect::get_u32(&answer, at).unwrap_or_default();
    Some((part(0).as_f64().unwrap_or_default() as u16, part(1)))
}

/// The articles and the lexicon of the search; they are read once the panel is seen.
pub async fn pack(base: &str) -> Option<Pack> {
    let bytes = browser::bytes(&[base, "faq.pdk"].concat()).await.ok()?;
    dom::painted().await;
    Pack::read(&js_sys::Uint8Array::new(&bytes).to_vec()).ok()
}

/// State of a ticket of this browser.
pub async fn status(endpoint: &str, own: &dom::Own) -> Option<String> {
    let headers = Build::new().text("Authorization", &["Bearer ", &own.token].concat()).done();
    let url = [endpoint, "v1/tickets/", &own.number].concat();
    let (status, ticket) = ask(&url, Build::new().set("headers", &headers)).await?;
    wire::some_text(&ticket, "status").filter(|_| status == 200)
}
