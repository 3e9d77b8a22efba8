//! The server's reader `json` on any bytes: no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| podskazka_server::fuzzing::json(data));
