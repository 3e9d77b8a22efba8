//! `podskazka check KIND` on any bytes, line by line or as a column of a CSV: every answer is a line of JSON. The first byte picks the
//! kind, the second the way.

use podskazka::validators::ALL;
use podskazka::verdict::Day;
use podskazka_cli::check::{Format, Values, check_values};

pub fn values(data: &[u8]) {
    let Some(([kind, way], input)) = data.split_first_chunk::<2>() else { return };
    let (value, bik) = ("value".to_owned(), "bik".to_owned());
    let values = Values {
        kind: ALL[usize::from(*kind) % ALL.len()],
        columns: (way & 1 > 0).then_some([Some(&value), Some(&bik).filter(|_| way & 2 > 0)]),
        format: Format::Jsonl,
        wrong: way & 4 > 0,
        today: Day { year: 2026, month: 11, day: 25 },
    };
    let mut out = Vec::new();
    // A CSV may lack the column.
    let all = check_values(input, &mut out, &values);
    assert!(all.is_ok() || way & 1 > 0);
    let mut wrong = false;
    for answer in out.split_inclusive(|byte| *byte == b'\n') {
        let answer: serde_json::Value = serde_json::from_slice(answer).expect("an answer is JSON");
        let line = answer["line"].as_u64().or(answer["error"]["line"].as_u64());
        assert!(line > Some(0) && (answer["verdict"].is_string() || answer["error"].is_object()), "{answer}");
        wrong |= answer["verdict"] != "complete";
    }
    assert!(all.is_err() || all.is_ok_and(|all| all != wrong));
}
