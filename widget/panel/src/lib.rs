//! Help panel: answers for the page, search, letter to the support, tickets, contacts. A dialog inside an open shadow root.

mod act;
mod answers;
mod app;
mod article;
mod browser;
mod dom;
mod found;
mod frame;
mod home;
mod letter;
mod mount;
mod net;
mod outbox;
mod page;
mod params;
mod part;
mod picture;
mod sent;
mod settings;
mod texts;
mod ticket;
mod tickets;
mod ui;
mod wire;

#[cfg(test)]
mod examples;

pub use mount::{close, destroy, open, wake};
pub use page::cover;
