//! Where the host page takes part: its last word on a letter, and what is sent while no panel is open.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

use crate::{
    browser,
    dom::{self, Own},
    net::{self, Outcome},
    outbox,
};

/// Shows the letter to the page in `podskazka:beforesend`, where it may be edited; `None` where the page keeps it back.
pub fn before_send(ticket: JsValue) -> Option<JsValue> {
    browser::fire("beforesend", &ticket, true).then_some(ticket)
}

/// Texts of the page with everything personal covered, for the picture: see [`podskazka::privacy::picture::cover`].
#[wasm_bindgen]
pub fn cover(lines: &str, typed: &str, names: &str) -> String {
    podskazka::privacy::picture::cover(lines, typed, names)
}

/// Sends the letters of an earlier page, one after the other, until the link fails.
pub async fn flush() {
    for mut parcel in outbox::waiting().await {
        match net::send(&mut parcel, false).await {
            Outcome::Later => return dom::fire("queued", "code", "network"),
            Outcome::Sent(receipt) => {
                dom::remember(Own { number: receipt.number.clone(), token: receipt.token.clone() });
                dom::fire("submitted", "number", &receipt.number);
            }
            // It stays for the panel, which puts it back into the form.
            Outcome::Refused(_) | Outcome::NoPicture => {
                dom::fire("senderror", "code", "refused");
                continue;
            }
        }
        parcel.remove().await;
    }
}
