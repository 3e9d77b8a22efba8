//! Small helpers over the browser; what it does itself stands in `browser.js`.

pub use crate::browser::{painted, sleep};
use crate::{browser, wire};

/// A ticket this browser has sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Own {
    pub number: String,
    pub token: String,
}

/// Fires `podskazka:name` on the document.
pub fn fire(name: &str, key: &str, value: &str) {
    browser::fire(name, &wire::Build::new().text(key, value).done(), false);
}

/// Tells the developer that no articles stand where they are looked for.
pub fn astray(base: &str) {
    complain(
        "articles.absent",
        &[base, "faq.pdk did not come. Put the files of the package there, or name their folder: base"].concat(),
    );
}

/// Tells the developer that articles cannot be used.
pub fn broken(url: &str, why: &str) {
    complain("articles.broken", &[url, ": ", why].concat());
}

fn complain(code: &str, message: &str) {
    let detail = wire::Build::new().text("code", code).text("message", message).text("path", "").done();
    browser::fire("error", &detail, false);
}

/// Tickets of this browser, the newest first.
pub fn own_tickets() -> Vec<Own> {
    wire::items(&browser::own(), |it| Own { number: wire::text(it, "number"), token: wire::text(it, "token") })
}
