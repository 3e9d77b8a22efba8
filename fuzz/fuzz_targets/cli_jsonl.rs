//! `podskazka check --jsonl` on any bytes: one line of JSON out for every line in.

#![no_main]

use libfuzzer_sys::fuzz_target;
use podskazka::verdict::Day;
use podskazka_cli::check::check_jsonl;

fuzz_target!(|data: &[u8]| {
    let mut out = Vec::new();
    check_jsonl(data, &mut out, Day { year: 2026, month: 11, day: 25 }).expect("memory neither ends nor breaks");
    let lines = data.split_inclusive(|b| *b == b'\n').count();
    let answers: Vec<&[u8]> = out.split_inclusive(|b| *b == b'\n').collect();
    assert_eq!(answers.len(), lines);
    for answer in answers {
        let answer: serde_json::Value = serde_json::from_slice(answer).expect("an answer is JSON");
        assert!(answer["verdict"].is_string() || answer["error"]["field"].is_string());
    }
});
