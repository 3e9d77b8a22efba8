//! Requests to the server and to our own files.

use podskazka::faq::Pack;
use podskazka::wire::{ProblemItem, TicketReceipt};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

use crate::{
    contacts::Contacts,
    dom,
    outbox::{Mail, Parcel},
    wire,
};

/// What became of one try to send.
pub enum Outcome {
    Sent(TicketReceipt),
    /// No link, or the server asks to come later: try again.
    Later,
    /// The server will not take the picture; the person has the choice.
    NoPicture,
    /// The server will not take it as it is.
    Refused(Vec<ProblemItem>),
}

enum Answer {
    Ok(JsValue),
    Later,
    Refused(Vec<ProblemItem>),
}

async fn fetch(url: &str, init: &RequestInit) -> Option<Response> {
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

/// A body with its key and the site; with an identity, what is made is the person's own.
async fn post(url: &str, key: &str, site: &str, identity: &str, mime: &str, body: &JsValue) -> Answer {
    let init = RequestInit::new();
    let Ok(headers) = Headers::new() else { return Answer::Later };
    let mut set = vec![("Content-Type", mime), ("Idempotency-Key", key)];
    set.extend([("X-Site-Key", site), ("X-Identity", identity)].into_iter().filter(|it| !it.1.is_empty()));
    for (name, value) in set {
        if headers.set(name, value).is_err() {
            return Answer::Refused(Vec::new());
        }
    }
    init.set_method("POST");
    init.set_headers(&headers);
    init.set_body(body);
    let Some(response) = fetch(url, &init).await else { return Answer::Later };
    match response.status() {
        200..=299 => json(&response).await.map_or(Answer::Later, Answer::Ok),
        // 409: the first try with this key is still being worked on.
        408 | 409 | 425 | 429 | 500.. => Answer::Later,
        _ => {
            let problem = json(&response).await.unwrap_or_default();
            Answer::Refused(wire::list(&problem, "errors", wire::problem_item))
        }
    }
}

/// One try: the picture first, then the ticket. The token of the picture stays in the parcel, so that a repeated try
/// has the same body under the same key. `ask`: the person is there to choose what becomes of a refused picture.
pub async fn send(parcel: &mut Parcel, ask: bool) -> Outcome {
    if let Some(picture) = parcel.picture.clone() {
        let url = [&parcel.mail.endpoint, "v1/uploads"].concat();
        let answer = post(&url, &parcel.mail.upload_key, &parcel.mail.site, "", "image/png", picture.as_ref());
        match answer.await {
            Answer::Ok(receipt) => parcel.mail.attach(&wire::text(&receipt, "token")),
            Answer::Later => return Outcome::Later,
            Answer::Refused(_) if ask => return Outcome::NoPicture,
            // The words matter more than the picture.
            Answer::Refused(_) => parcel.bare = true,
        }
        parcel.picture = None;
        parcel.store().await;
    }
    let Some(body) = wire::json(&parcel.mail.ticket) else { return Outcome::Refused(Vec::new()) };
    let body = JsValue::from_str(&body);
    let url = [&parcel.mail.endpoint, "v1/tickets"].concat();
    let Mail { key, site, identity, .. } = &parcel.mail;
    let answer = post(&url, key, site, identity, "application/json", &body);
    match answer.await {
        Answer::Ok(receipt) => Outcome::Sent(wire::receipt(&receipt)),
        Answer::Later => Outcome::Later,
        Answer::Refused(errors) => Outcome::Refused(errors),
    }
}
