//! The server's reader `file` on any bytes: no panic.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| podskazka_server::fuzzing::file(data));
