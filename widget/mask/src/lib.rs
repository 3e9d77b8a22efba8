//! Masks of fields. A page loads them at the first field that has one; until then keys are the browser's own.
//!
//! The rules live in `podskazka::form::mask`. Nothing is kept between two calls.

#![cfg(target_arch = "wasm32")]

use podskazka::form::mask::{self, Press};
use wasm_bindgen::prelude::*;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// What a mask makes of a press, as a line of `Turn::line`; empty: it is the browser's to do.
#[wasm_bindgen]
pub fn turn(mask: &str, text: &str, from: u32, to: u32, data: &str, intent: &str) -> String {
    mask::turn(mask, &Press { text, from, to, data, intent }).line()
}
