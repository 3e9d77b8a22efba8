//! `validate_many` on any bytes: the door of the same name, which the tests open too.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../doors/columns.rs"]
mod columns;

fuzz_target!(|data: &[u8]| columns::columns(data));
