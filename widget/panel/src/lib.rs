//! Help panel: answers for the page, search, letter to the support, tickets, contacts. A dialog inside an open shadow root.

mod act;
mod answers;
mod app;
mod arrive;
mod article;
mod browser;
mod chunks;
mod dom;
mod found;
mod frame;
mod home;
mod mount;
mod net;
mod outbox;
mod page;
mod params;
mod part;
mod question;
mod settings;
mod texts;
mod tickets;
mod ui;
mod wire;

#[cfg(test)]
mod examples;

pub use mount::{close, destroy, open};
pub use outbox::outbox;
pub use page::{cover, faults, search};
