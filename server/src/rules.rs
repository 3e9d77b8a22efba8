//! The rules of a ticket are the core's own: the same code that ran on the page.

pub use podskazka::ticket::{check, number, parse_number};
