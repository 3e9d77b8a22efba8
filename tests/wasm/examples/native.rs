//! The native side of `vectors.mjs`: rows of JSON come in, one a line, and their verdicts go out.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use podskazka_wasm_tests::verdict;

#[derive(serde::Deserialize)]
struct Row {
    kind: String,
    value: String,
    bik: Option<String>,
    today: String,
}

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let row: Row = serde_json::from_str(&line?)?;
        let verdict = verdict(&row.kind, &row.value, row.bik.as_deref(), &row.today);
        writeln!(out, "{}", serde_json::to_string(&verdict)?)?;
    }
    out.flush()
}
