//! Samples of what crosses into JavaScript, as the core itself writes them: the tests of the package hold its types and
//! both of its builds to them.

use std::fs;
use std::path::Path;

use podskazka::validators::{ALL, check, generate};
use podskazka::verdict::{Context, Day};
use podskazka::wire::tried::{Did, Tried, TriedStep};
use podskazka::wire::{Client, Consent, FailedRequests, FieldState, NewTicket, PageErrors, Snapshot};
use serde_json::{Value, json};

/// Day of every check, so that the files do not change with the calendar.
const TODAY: (&str, Day) = ("2026-11-25", Day { year: 2026, month: 11, day: 25 });

/// Texts that mean something to several kinds.
const TEXTS: [&str; 12] = [
    "",
    " ",
    "7707083893",
    "7707083894",
    "112-233-445 95",
    "45 99 123456",
    "31.02.2020",
    "05.03.1990",
    "anna@example.ru",
    "+7 900 123-45-67",
    "\u{41e}1\u{410}\u{1f600}",
    "Иванова Анна Петровна",
];

/// Write `shapes.json`: a ticket with every part, and verdicts of every kind.
pub fn write(folder: &Path) -> anyhow::Result<()> {
    let field = FieldState {
        kind: "inn".to_owned(),
        length_class: "medium".to_owned(),
        code: Some("inn.length".to_owned()),
        value: Some("7707083893".to_owned()),
        ..FieldState::default()
    };
    let step = TriedStep {
        did: Did::NotHelped,
        ago: 5,
        times: Some(2),
        field: Some("inn".to_owned()),
        codes: vec!["inn.length".to_owned()],
        article: Some("inn-checksum".to_owned()),
        text: Some("Почему не подходит ИНН?".to_owned()),
    };
    let ticket = NewTicket {
        code: Some("inn.length".to_owned()),
        field: Some("inn".to_owned()),
        snapshot: Snapshot {
            trace: Some("4bf92f3577b34da6".to_owned()),
            step: Some("documents".to_owned()),
            message: Some("В ИНН 10 или 12 цифр.".to_owned()),
            errors: vec![PageErrors { name: "TypeError".to_owned(), count: 1 }],
            requests: vec![FailedRequests { status: 500, count: 2 }],
            fields: vec![field],
            ..Snapshot::default()
        },
        client: Client {
            build: "wasm".to_owned(),
            os: Some("Windows".to_owned()),
            zoom: Some(150),
            connection: Some("4g".to_owned()),
            release: Some("2026.11".to_owned()),
            access: vec!["access.clock.ahead 620".to_owned()],
            ..Client::default()
        },
        tried: Some(Tried { since_error: Some(60), steps: vec![step] }),
        uploads: vec![String::new()],
        consent: Some(Consent { version: "1".to_owned(), sha256: "0".repeat(64) }),
        ..NewTicket::default()
    };
    let shapes = json!({ "today": TODAY.0, "ticket": ticket, "cases": cases()? });
    Ok(fs::write(folder.join("shapes.json"), serde_json::to_string(&shapes)?)?)
}

fn cases() -> anyhow::Result<Vec<Value>> {
    let context = Context { today: TODAY.1, bik: None };
    let mut seed = 1u32;
    let mut random = move || {
        // Numerical Recipes' generator: the same numbers every time. Its high bits are the random ones.
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 8
    };
    let mut cases = Vec::new();
    for kind in ALL {
        let mut texts: Vec<String> = TEXTS.iter().map(|&text| text.to_owned()).collect();
        for _ in 0..4 {
            let Some(whole) = generate(*kind, &mut random) else { break };
            let mut short = whole.clone();
            short.pop();
            // One digit is another: mostly a fault with its fixes.
            texts.push(whole.replacen('1', "7", 1));
            texts.push(short);
            texts.push(whole);
        }
        for text in texts {
            let verdict = serde_json::to_value(check(*kind, &text, &context))?;
            cases.push(json!({ "kind": kind.name(), "text": text, "verdict": verdict }));
        }
    }
    Ok(cases)
}
