//! Часть адреса: part of an address as plain text, such as a region, a street, a house.
//!
//! Letters or digits, at most 255 characters. Whether a street exists, only an address register knows.
//!
//! # Sources
//! None: nothing but the length is checked.

use super::engine::Spec;

identifier!(
    /// A line of text.
    Address, Address, main
);

pub(super) static SPEC: Spec = super::text::short("address");
