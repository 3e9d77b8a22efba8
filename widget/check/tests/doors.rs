//! The short form of the fuzz target `check_desk`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

#[path = "../../../fuzz/doors/desk.rs"]
mod desk;
#[path = "../../../fuzz/doors/short.rs"]
mod short;

/// A function, its two numbers, how many numbers lie behind the text, the text, and those.
fn seed(what: u8, one: u32, other: u32, text: &str, numbers: &[u32]) -> Vec<u8> {
    let mut out = vec![what];
    out.extend(one.to_be_bytes());
    out.extend(other.to_be_bytes());
    out.push(numbers.len().try_into().unwrap());
    out.extend(text.as_bytes());
    numbers.iter().for_each(|number| out.extend(number.to_be_bytes()));
    out
}

#[test]
fn no_call_upsets_the_checks() {
    let seeds = [
        seed(0, 20_261_125, 0, "7707083894", &[]),
        seed(0, 10, 3, "11223344596", &[]),
        seed(0x40, 20, 8, "40702810100000000001044525225", &[]),
        seed(0, 20_261_125, 60, "31 апреля 1990", &[]),
        seed(1, 30, 0, "7707083893\u{0}ИНН 7707083893\u{0}770", &[]),
        seed(1, 40, 60, "5 марта 1990\u{0}завтра", &[]),
        // {"version": 1, "fields": [{"name": "inn", "kind": "inn"}]} and a value.
        seed(
            2,
            20_261_125,
            0,
            "version\x001\0fields\0name\0inn\0kind\0inn\0inn\x007707083893",
            &[6, 2, 3, 5, 1, 6, 2, 4, 4, 1],
        ),
        seed(3, 3, 0, "inn", &[]),
    ];
    short::short(&seeds, 5_000, desk::desk);
}
