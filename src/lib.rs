//! Подсказка: the rules of the form helper as values and pure functions.
//!
//! No input or output, no clock, no randomness, no browser. The page, the server and the command line call the same code.

pub mod access;
pub mod faq;
pub mod form;
pub mod messages;
pub mod outbox;
pub mod privacy;
pub mod ticket;
pub mod validators;
pub mod verdict;
pub mod wire;

mod checksum;
mod text;
