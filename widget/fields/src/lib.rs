//! Field checks of a page: hints while typing, errors after leaving, repairs, the summary of a submit.
//!
//! The rules live in `podskazka::form`. This crate keeps a session for each form and names forms and fields by number; what a
//! page is, how it is read and written, stands in small scripts, which call back with those numbers. What a page calls is
//! `door.js`.

#![cfg(target_arch = "wasm32")]

mod checks;
mod page;

/// Half the code of the standard one.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
