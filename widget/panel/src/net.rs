//! Requests to the server and to our own files.

use podskazka::faq::Pack;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::{contacts::Contacts, dom, wire};

async fn fetch(url: &str, init: &RequestInit) -> Option<Response> {
    // The query of the page's address may name a person.
    let _ = js_sys::Reflect::set(init, &"referrerPolicy".into(), &"no-referrer".into());
    let window = dom::window()?;
    JsFuture::from(window.fetch_with_str_and_init(url, init)).await.ok()?.dyn_into().ok()
}

async fn json(response: &Response) -> Option<JsValue> {
    JsFuture::from(response.json().ok()?).await.ok()
}

/// GET of a JSON document; `token` goes as a bearer token.
async fn read(url: &str, token: Option<&str>) -> Option<JsValue> {
    let init = RequestInit::new();
    if let Some(token) = token {
        let headers = Headers::new().ok()?;
        headers.set("Authorization", &["Bearer ", token].concat()).ok()?;
        init.set_headers(&headers);
    }
    let response = fetch(url, &init).await?;
    if !response.ok() {
        return None;
    }
    json(&response).await
}

/// The articles and the lexicon of the search.
pub async fn pack(base: &str) -> Option<Pack> {
    let response = fetch(&[base, "faq.pdk"].concat(), &RequestInit::new()).await?;
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Pack::read(&js_sys::Uint8Array::new(&bytes).to_vec()).ok()
}

/// Contacts of the site.
pub async fn contacts(base: &str) -> Option<Contacts> {
    Some(Contacts::read(&read(&[base, "contacts.json"].concat(), None).await?))
}

/// State of a ticket of this browser.
pub async fn status(endpoint: &str, own: &dom::Own) -> Option<String> {
    let ticket = read(&[endpoint, "v1/tickets/", &own.number].concat(), Some(&own.token)).await?;
    wire::some_text(&ticket, "status")
}
