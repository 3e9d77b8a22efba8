//! Small helpers over the browser; what it does itself stands in `browser.js`.

use podskazka::wire::Client;
use web_sys::Window;

pub use crate::browser::{painted, random_key, sleep};
use crate::{browser, wire};

/// A ticket this browser has sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Own {
    pub number: String,
    pub token: String,
}

pub fn window() -> Option<Window> {
    web_sys::window()
}

/// Fires `podskazka:name` on the document.
pub fn fire(name: &str, key: &str, value: &str) {
    browser::fire(name, &wire::Build::new().text(key, value).done(), false);
}

/// Tickets of this browser, the newest first.
pub fn own_tickets() -> Vec<Own> {
    wire::items(&browser::own(), |it| Own { number: wire::text(it, "number"), token: wire::text(it, "token") })
}

/// Remembers a ticket: number and token only.
pub fn remember(own: Own) {
    browser::remember(&own.number, &own.token);
}

/// Keeps a text in this browser, or forgets it. Where storage is blocked, nothing is kept.
pub fn keep(name: &str, text: Option<&str>) {
    browser::keep(name, text.map(str::to_owned));
}

/// Facts of the browser that go with a ticket.
pub fn client(build: &str) -> Client {
    let of = browser::client();
    Client {
        user_agent: wire::text(&of, "user_agent"),
        language: wire::text(&of, "language"),
        time_zone: wire::text(&of, "time_zone"),
        viewport: wire::text(&of, "viewport"),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        build: build.to_owned(),
        access: Vec::new(),
    }
}
