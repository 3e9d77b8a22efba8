//! Tickets: made once per key, opened by their own token, moved only where their state lets them.

use serde_json::{Value, json};

use super::probe::{Answer, Probe, key, made, must, sample};
use super::{Found, Rule};

/// Requests that come at once under one key.
const AT_ONCE: usize = 8;
/// Characters of 256 bits in base64url.
const TOKEN: usize = 43;

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "ticket.token",
        says: "A ticket's token carries 256 bits: 43 characters of base64url, another one each time.",
        check: token,
    },
    Rule {
        name: "ticket.numbers",
        says: "Numbers of tickets do not follow one another: nobody guesses the next one.",
        check: numbers,
    },
    Rule {
        name: "ticket.replay",
        says: "The same `Idempotency-Key` with the same body gets the same number and token, with `Idempotency-Replayed: true`.",
        check: replay,
    },
    Rule {
        name: "ticket.at-once",
        says: "Requests at once under one key make one ticket; each gets its number, or 409 to come again.",
        check: at_once,
    },
    Rule {
        name: "ticket.key-mismatch",
        says: "The same key with another body answers 422 `idempotency-mismatch`.",
        check: mismatch,
    },
    Rule {
        name: "ticket.key-required",
        says: "A ticket without an `Idempotency-Key`, or with a short one, answers 400 `idempotency-key-required`.",
        check: key_required,
    },
    Rule {
        name: "ticket.unknown-field",
        says: "A field that the document does not name answers 400 `unknown-field` with its pointer: nobody sets the state, the department or the priority of an own ticket.",
        check: unknown_field,
    },
    Rule {
        name: "ticket.faults",
        says: "Fields that break a rule answer 422 `validation`, each with its pointer.",
        check: faults,
    },
    Rule {
        name: "ticket.no-values",
        says: "A field's state with a typed value in place of its shape is refused.",
        check: no_values,
    },
    Rule { name: "ticket.malformed", says: "A body that is no JSON answers 400 `validation`.", check: malformed },
    Rule { name: "ticket.deep", says: "A body of a hundred thousand brackets answers 400.", check: deep },
    Rule { name: "ticket.too-large", says: "A body of more than 256 KB answers 413 `too-large`.", check: too_large },
    Rule { name: "ticket.packed", says: "A compressed body answers 415.", check: packed },
    Rule {
        name: "ticket.secret",
        says: "A wrong token, no token, another ticket's token and an unknown number get the same answer: 404 `not-found`.",
        check: secret,
    },
    Rule {
        name: "ticket.page",
        says: "The token opens the ticket: state `new`, the first event, what may be done; the token is not in it.",
        check: page,
    },
    Rule {
        name: "ticket.tag",
        says: "Where the page of a ticket has an `ETag`: the same tag in `If-None-Match` answers 304 without a body until the \
               ticket changes; to another ticket's token it answers 404, as without a tag.",
        check: tag,
    },
    Rule {
        name: "comment.once",
        says: "A comment is added once per key; an empty one answers 422 with `/text`.",
        check: comment,
    },
    Rule {
        name: "action.table",
        says: "An action that the state does not let happen, and an operator's one, answer 409 `state-conflict`; `withdraw` closes.",
        check: action,
    },
];

fn token(probe: &Probe) -> Found {
    let (one, two) = (probe.ticket()?, probe.ticket()?);
    let lawful = |text: &str| text.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
    must(one.token.len() >= TOKEN && lawful(&one.token), || {
        format!("the token has {} characters, or others than base64url", one.token.len())
    })?;
    must(one.token != two.token, || "two tickets have one token".to_owned())
}

fn numbers(probe: &Probe) -> Found {
    let mut numbers = Vec::new();
    for _ in 0..10 {
        numbers.push(probe.ticket()?.number);
    }
    let rising = numbers.is_sorted() || numbers.iter().rev().is_sorted();
    must(!rising, || "ten numbers came in order".to_owned())
}

fn replay(probe: &Probe) -> Found {
    let (key, body) = (key()?, sample());
    let first = made(&probe.post("/v1/tickets", &key, &body)?)?;
    let answer = probe.post("/v1/tickets", &key, &body)?;
    let again = made(&answer)?;
    must(first.number == again.number, || "the repeated request made a second ticket".to_owned())?;
    must(first.token == again.token, || "the repeated request got another token".to_owned())?;
    must(answer.header("idempotency-replayed") == "true", || "`Idempotency-Replayed: true` is missing".to_owned())
}

fn at_once(probe: &Probe) -> Found {
    let (key, body) = (key()?, sample().to_string());
    // Only the target crosses into the threads: each asks by itself.
    let target = probe.target().clone();
    let answers: Vec<Result<Answer, String>> = std::thread::scope(|scope| {
        let ask = || {
            let probe = Probe::new(target.clone()).map_err(|error| error.to_string())?;
            probe.ask("POST", "/v1/tickets", &[("idempotency-key", &key)], body.as_bytes())
        };
        let threads: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|it| it.join().unwrap_or_else(|_| Err("a question broke off".to_owned()))).collect()
    });
    let mut numbers = Vec::new();
    for answer in answers {
        let answer = answer?;
        if answer.status != 409 {
            numbers.push(made(&answer)?.number);
        }
    }
    numbers.sort();
    numbers.dedup();
    must(numbers.len() == 1, || format!("{AT_ONCE} requests under one key made {} tickets", numbers.len()))
}

fn mismatch(probe: &Probe) -> Found {
    let key = key()?;
    made(&probe.post("/v1/tickets", &key, &sample())?)?;
    let mut other = sample();
    other["text"] = json!("Другой текст под тем же ключом.");
    probe.post("/v1/tickets", &key, &other)?.problem(422, "idempotency-mismatch").map(|_| ())
}

fn key_required(probe: &Probe) -> Found {
    let body = sample().to_string();
    probe.ask("POST", "/v1/tickets", &[], body.as_bytes())?.problem(400, "idempotency-key-required")?;
    probe.post("/v1/tickets", "short", &sample())?.problem(400, "idempotency-key-required").map(|_| ())
}

fn unknown_field(probe: &Probe) -> Found {
    for name in ["status", "department", "assignee", "priority", "merge_into", "linked_to", "parent", "sla_policy"] {
        let mut body = sample();
        body[name] = json!(1);
        let problem = probe.post("/v1/tickets", &key()?, &body)?.problem(400, "unknown-field")?;
        points(&problem, &format!("/{name}"))?;
    }
    Ok(())
}

fn faults(probe: &Probe) -> Found {
    for (pointer, value) in [
        ("/topic", json!("conformance-absent")),
        ("/text", json!("")),
        ("/text", json!("х".repeat(4_001))),
        ("/name", json!(" ")),
        ("/contact", json!("conformance")),
        ("/contact", json!("a@example.org\r\nBcc: b@example.org")),
        ("/snapshot/page", json!("/conformance?name=1")),
        ("/snapshot/message", json!("х".repeat(301))),
        ("/snapshot/errors/0/name", json!("Ошибка 1")),
        ("/snapshot/requests/0/status", json!(200)),
        ("/client/zoom", json!(5)),
        ("/client/connection", json!("conformance")),
        ("/client/release", json!("a@example.org")),
        ("/uploads/0", json!("conformance-absent")),
    ] {
        let mut body = sample();
        body["uploads"] = json!([]);
        if pointer == "/uploads/0" {
            body["uploads"] = json!([value]);
        } else if let Some(place) = body.pointer_mut(pointer) {
            *place = value;
        }
        let problem = probe.post("/v1/tickets", &key()?, &body)?.problem(422, "validation")?;
        points(&problem, pointer)?;
    }
    Ok(())
}

fn no_values(probe: &Probe) -> Found {
    let mut body = sample();
    body["snapshot"]["fields"][0]["shape"] = json!("7707083893");
    let problem = probe.post("/v1/tickets", &key()?, &body)?.problem(422, "validation")?;
    points(&problem, "/snapshot/fields/0/shape")
}

fn malformed(probe: &Probe) -> Found {
    for body in ["", "null", "[]", "{\"topic\": NaN}", "{\"topic\": \"\\ud800\"}", "{} {}"] {
        let answer = probe.ask("POST", "/v1/tickets", &[("idempotency-key", &key()?)], body.as_bytes())?;
        answer.problem(400, "validation")?;
    }
    Ok(())
}

fn deep(probe: &Probe) -> Found {
    let body = "[".repeat(100_000);
    let answer = probe.ask("POST", "/v1/tickets", &[("idempotency-key", &key()?)], body.as_bytes())?;
    answer.problem(400, "validation").map(|_| ())
}

fn too_large(probe: &Probe) -> Found {
    let mut body = sample();
    body["text"] = json!("x".repeat(300 * 1024));
    probe.post("/v1/tickets", &key()?, &body)?.problem(413, "too-large").map(|_| ())
}

fn packed(probe: &Probe) -> Found {
    let body = sample().to_string();
    let headers = [("idempotency-key", &*key()?), ("content-encoding", "gzip")];
    probe.ask("POST", "/v1/tickets", &headers, body.as_bytes())?.is(415).map(|_| ())
}

fn secret(probe: &Probe) -> Found {
    let (own, other) = (probe.ticket()?, probe.ticket()?);
    let path = format!("/v1/tickets/{}", own.number);
    let mut answers = vec![probe.ask("GET", &path, &[], b"")?];
    for token in [other.token.as_str(), "null", "0", &"A".repeat(TOKEN)] {
        answers.push(probe.get(&path, token)?);
    }
    answers.push(probe.get("/v1/tickets/PS-22222222-2", &own.token)?);
    let mut words = None;
    for answer in answers {
        let mut problem = answer.problem(404, "not-found")?;
        problem["request_id"] = Value::Null;
        let first = words.get_or_insert_with(|| problem.clone());
        must(*first == problem, || format!("{} tells more than other refusals", answer.name()))?;
    }
    Ok(())
}

fn page(probe: &Probe) -> Found {
    let made = probe.ticket()?;
    let answer = probe.get(&format!("/v1/tickets/{}", made.number), &made.token)?;
    let page = answer.is(200)?;
    must(page["number"] == made.number.as_str(), || "the page names another number".to_owned())?;
    must(page["status"] == "new" && page["events"][0]["kind"] == "created", || {
        format!("state {} and first event {}", page["status"], page["events"][0]["kind"])
    })?;
    let may = page["actions"].as_array().is_some_and(|it| it.contains(&json!("withdraw")));
    must(may, || "`actions` has no `withdraw`".to_owned())?;
    let text = String::from_utf8_lossy(&answer.bytes);
    must(!text.contains(&made.token), || "the token is in the page".to_owned())
}

fn tag(probe: &Probe) -> Found {
    let (made, other) = (probe.ticket()?, probe.ticket()?);
    let path = format!("/v1/tickets/{}", made.number);
    let tag = probe.get(&path, &made.token)?.header("etag").to_owned();
    if tag.is_empty() {
        return Ok(());
    }
    let again = |token: &str| {
        let bearer = format!("Bearer {token}");
        probe.ask("GET", &path, &[("authorization", &bearer), ("if-none-match", &tag)], b"")
    };
    let same = again(&made.token)?;
    must(same.status == 304 && same.bytes.is_empty(), || {
        format!("the own tag was answered {} and {} bytes", same.status, same.bytes.len())
    })?;
    again(&other.token)?.problem(404, "not-found")?;
    probe.act(&format!("{path}/comments"), &key()?, &made.token, &json!({"text": "Дополнение."}))?.is(201)?;
    again(&made.token)?.is(200).map(|_| ())
}

fn comment(probe: &Probe) -> Found {
    let made = probe.ticket()?;
    let path = format!("/v1/tickets/{}/comments", made.number);
    let (key, body) = (key()?, json!({"text": "Дополнение."}));
    let first = probe.act(&path, &key, &made.token, &body)?.is(201)?;
    let again = probe.act(&path, &key, &made.token, &body)?.is(201)?;
    must(first["seq"] == again["seq"], || "the repeated comment was added twice".to_owned())?;
    let page = probe.get(&format!("/v1/tickets/{}", made.number), &made.token)?.is(200)?;
    let count = page["events"].as_array().map_or(0, Vec::len);
    must(count == 2, || format!("{count} events where two are due"))?;
    let empty = probe.act(&path, &super::probe::key()?, &made.token, &json!({"text": " "}))?;
    points(&empty.problem(422, "validation")?, "/text")
}

fn action(probe: &Probe) -> Found {
    let made = probe.ticket()?;
    let path = format!("/v1/tickets/{}/actions", made.number);
    let act = |action: &str, text: &str| {
        let body = json!({"action": action, "text": text});
        probe.act(&path, &key()?, &made.token, &body)
    };
    act("confirm", "")?.problem(409, "state-conflict")?;
    act("resolve", "готово")?.problem(409, "state-conflict")?;
    let done = act("withdraw", "")?.is(201)?;
    must(done["status"] == "closed", || format!("after `withdraw` the state is {}", done["status"]))
}

/// Errs unless the problem points there.
fn points(problem: &Value, pointer: &str) -> Found {
    let items = problem["errors"].as_array();
    let found = items.is_some_and(|items| items.iter().any(|item| item["pointer"] == pointer));
    must(found, || format!("no fault points to {pointer}"))
}
