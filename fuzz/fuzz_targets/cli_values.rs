//! `podskazka check KIND` on any bytes: the door of the same name, which the tests open too.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../doors/values.rs"]
mod values;

fuzz_target!(|data: &[u8]| values::values(data));
