//! The core as wasm, in Node: 32-bit sizes and no system below it.

#![cfg(target_arch = "wasm32")]

use podskazka::privacy::detect::find;
use podskazka::privacy::{is_shape, shape};
use podskazka::verdict::Verdict;
use podskazka_wasm_tests::verdict;
use wasm_bindgen_test::wasm_bindgen_test;

const TODAY: &str = "2026-11-25";

#[wasm_bindgen_test]
fn accepts_a_right_number_and_rejects_a_slip() {
    assert!(matches!(verdict("inn", "7707083893", None, TODAY), Some(Verdict::Complete { .. })));
    match verdict("inn", "7707083894", None, TODAY) {
        Some(Verdict::Fault(fault)) => assert_eq!(fault.code, "inn.checksum"),
        _ => panic!("a wrong check digit is a fault"),
    }
    assert!(matches!(verdict("inn", "7707083", None, TODAY), Some(Verdict::Partial { missing: 3, .. })));
}

#[wasm_bindgen_test]
fn a_span_counts_utf16_units() {
    // The emoji is two units; the letter after it stands at 3.
    match verdict("inn", "7🙂ж", None, TODAY) {
        Some(Verdict::Fault(fault)) => assert!(fault.span.end <= 4 && fault.span.start < fault.span.end),
        _ => panic!("letters are a fault"),
    }
}

#[wasm_bindgen_test]
fn shapes_hide_every_letter_and_digit() {
    let hidden = shape("Анна-12 a@b.рф!");
    assert_eq!(hidden, "Xxxx-99 x@x.xx*");
    assert!(is_shape(&hidden));
    assert_eq!(find("пишите anna@example.ru").len(), 1);
}

#[wasm_bindgen_test]
fn a_long_text_of_any_letters_ends_in_a_verdict() {
    let long = "7\u{301}🙂ё\u{0}".repeat(20_000);
    for kind in ["inn", "snils", "date", "birth_date", "phone", "email"] {
        assert!(verdict(kind, &long, None, TODAY).is_some(), "{kind}");
    }
}
