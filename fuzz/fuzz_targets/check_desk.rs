//! The functions of the checks that JavaScript calls on any bytes: the door of the same name, which the tests open too.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../doors/desk.rs"]
mod desk;

fuzz_target!(|data: &[u8]| desk::desk(data));
