//! The live stream of a ticket.

use serde_json::{Value, json};

use super::probe::{Made, Probe, key, must};
use super::{Found, Rule};

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "stream.whole",
        says: "`/events` sends every public event from the first on, `event: ticket` with its number as `id`.",
        check: whole,
    },
    Rule {
        name: "stream.resumes",
        says: "`Last-Event-ID` goes on after that number: nothing is left out and nothing comes twice.",
        check: resumes,
    },
    Rule {
        name: "stream.secret",
        says: "A stream without the ticket's token answers 404 `not-found`.",
        check: |probe| {
            let made = probe.ticket()?;
            let path = format!("/v1/tickets/{}/events", made.number);
            probe.ask("GET", &path, &[], b"")?.problem(404, "not-found").map(|_| ())
        },
    },
];

fn whole(probe: &Probe) -> Found {
    let made = commented(probe)?;
    let seen = first(probe, &made, None, 3)?;
    must(seen == [1, 2, 3], || format!("events {seen:?} in place of 1, 2, 3"))
}

fn resumes(probe: &Probe) -> Found {
    let made = commented(probe)?;
    let seen = first(probe, &made, Some("1"), 2)?;
    must(seen == [2, 3], || format!("after event 1 came {seen:?} in place of 2, 3"))
}

/// A ticket with two comments.
fn commented(probe: &Probe) -> Result<Made, String> {
    let made = probe.ticket()?;
    for _ in 0..2 {
        let path = format!("/v1/tickets/{}/comments", made.number);
        probe.act(&path, &key()?, &made.token, &json!({"text": "Дополнение."}))?.is(201)?;
    }
    Ok(made)
}

/// Numbers of the first events of a stream; an event whose data names another number than its id errs.
fn first(probe: &Probe, made: &Made, after: Option<&str>, count: usize) -> Result<Vec<u64>, String> {
    let bearer = format!("Bearer {}", made.token);
    let mut headers = vec![("authorization", bearer.as_str())];
    headers.extend(after.map(|id| ("last-event-id", id)));
    let mut stream = probe.open(&format!("/v1/tickets/{}/events", made.number), &headers)?;
    let response = &stream.response;
    let kind = response.headers().get("content-type").and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    must(response.status() == 200 && kind.starts_with("text/event-stream"), || {
        format!("the stream answered {} as {kind}", response.status())
    })?;
    let (mut seen, mut id, mut event, mut data) = (Vec::new(), String::new(), String::new(), String::new());
    while let Some(line) = stream.line().map_err(|_| format!("the stream gave {seen:?} and no more"))? {
        let value = |name: &str| line.strip_prefix(name).map(|it| it.trim_start().to_owned());
        if let Some(text) = value("id:") {
            id = text;
        } else if let Some(text) = value("event:") {
            event = text;
        } else if let Some(text) = value("data:") {
            data = text;
        } else if line.is_empty() && event == "ticket" {
            let value: Value = serde_json::from_str(&data).map_err(|_| "an event's data is no JSON".to_owned())?;
            let seq = value["seq"].as_u64().ok_or("an event has no `seq`")?;
            must(id == seq.to_string(), || format!("event {seq} has the id {id}"))?;
            seen.push(seq);
            event.clear();
            if seen.len() == count {
                break;
            }
        }
    }
    Ok(seen)
}
