//! Requests to the server and to our own files.

use js_sys::Reflect;
use podskazka::faq::Pack;
use podskazka::wire::{ProblemItem, TicketReceipt};
use wasm_bindgen::JsValue;

use crate::{
    browser, dom,
    outbox::{Mail, Parcel},
    wire::{self, Build},
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

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|it| !it.is_empty())
}

/// A body with its key and the site; with an identity, what is made is the person's own.
async fn post(url: &str, key: &str, site: &str, identity: &str, mime: &str, body: &JsValue) -> Answer {
    let headers = Build::new()
        .text("Content-Type", mime)
        .text("Idempotency-Key", key)
        .some("X-Site-Key", given(site))
        .some("X-Identity", given(identity))
        .done();
    let of = Build::new().text("method", "POST").set("headers", &headers).set("body", body);
    match ask(url, of).await {
        Some((200..=299, answer)) if answer.is_object() => Answer::Ok(answer),
        // 409: the first try with this key is still being worked on.
        None | Some((200..=299 | 408 | 409 | 425 | 429 | 500.., _)) => Answer::Later,
        Some((_, problem)) => Answer::Refused(wire::list(&problem, "errors", wire::problem_item)),
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
