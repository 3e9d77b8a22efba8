//! Free text: what is personal in it is covered, and a pasted block is taken apart without a place outside it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::form::block::{Target, split};
use podskazka::privacy::detect::{find, scrub};
use podskazka::validators::ALL;
use podskazka::verdict::Day;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let length = text.chars().count();
    let mut end = 0;
    for found in find(&text) {
        assert!(end <= found.start && found.start < found.end && found.end <= length);
        end = found.end;
    }
    // What is covered stands where the text stood.
    assert_eq!(scrub(&text).chars().count(), length);

    let targets: Vec<Target> = ALL.iter().zip(0..).map(|(kind, id)| Target { id, kind: *kind }).collect();
    let width = text.encode_utf16().count() as u32;
    for piece in split(&text, &targets, Day { year: 2026, month: 11, day: 25 }) {
        assert!(piece.span.start < piece.span.end && piece.span.end <= width);
    }
});
