//! What goes to a citizen's address: the code that opens the own tickets, and letters about them.
//!
//! The letters themselves are not read: whoever runs this has no mailbox of the server's. What a code or a link of a letter
//! does is for the server's own tests.

use serde_json::{Value, json};

use super::probe::{Answer, Made, Probe, key, must, sample};
use super::{Found, Rule};

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "recover.silent",
        says: "Where `/v1/config` says `mail`: `/v1/recover` answers 202 without a body, whether or not there are tickets of \
               the address; elsewhere 404 `not-found`.",
        check: silent,
    },
    Rule {
        name: "recover.code",
        says: "Where `/v1/config` says `mail`: a code that was not sent answers 422 at `/code`, in the same words whether or \
               not there are tickets of the address; what is no address answers 422 at `/contact`.",
        check: code,
    },
    Rule {
        name: "letters.agreed",
        says: "Where `/v1/config` says `mail`: letters about a ticket wait until the owner of its address agrees: they are \
               not `on` before, neither by the ticket nor by `on: true`; elsewhere 404 `not-found`.",
        check: agreed,
    },
    Rule {
        name: "letters.stop",
        says: "Where `/v1/config` says `mail`: `on: false` ends the question and the letters, for the ticket's own token alone.",
        check: stop,
    },
];

/// Whether letters are sent at all.
fn mails(probe: &Probe) -> Result<bool, String> {
    Ok(probe.ask("GET", "/v1/config", &[], b"")?.is(200)?["mail"] == true)
}

fn say(probe: &Probe, path: &str, body: &Value) -> Result<Answer, String> {
    probe.ask("POST", path, &[], body.to_string().as_bytes())
}

/// An address of nobody, another one each time.
fn nobody() -> Result<String, String> {
    Ok(format!("conformance-{}@example.org", key()?))
}

/// An address with a ticket, and one without.
fn addresses(probe: &Probe) -> Result<[String; 2], String> {
    let [known, unknown] = [nobody()?, nobody()?];
    written(probe, &known)?;
    Ok([known, format!("absent-{unknown}")])
}

/// A ticket of this address.
fn written(probe: &Probe, contact: &str) -> Result<Made, String> {
    let mut body = sample();
    body["contact"] = json!(contact);
    probe.ticket_with(&body)
}

fn silent(probe: &Probe) -> Found {
    let mails = mails(probe)?;
    for address in addresses(probe)? {
        let answer = say(probe, "/v1/recover", &json!({"contact": address}))?;
        if !mails {
            answer.problem(404, "not-found")?;
            continue;
        }
        must(answer.status == 202 && answer.bytes.is_empty(), || {
            format!("{} answered {} with {} bytes", answer.name(), answer.status, answer.bytes.len())
        })?;
    }
    Ok(())
}

fn code(probe: &Probe) -> Found {
    if !mails(probe)? {
        return Ok(());
    }
    let wrong = |contact: &str| {
        let mut problem = say(probe, "/v1/recover/verify", &json!({"contact": contact, "code": "0000 0000"}))?
            .problem(422, "validation")?;
        problem["request_id"] = Value::Null;
        Ok::<_, String>(problem)
    };
    let [known, unknown] = addresses(probe)?;
    say(probe, "/v1/recover", &json!({"contact": known}))?;
    let (first, second) = (wrong(&known)?, wrong(&unknown)?);
    must(first["errors"][0]["pointer"] == "/code", || {
        format!("the fault points to {}", first["errors"][0]["pointer"])
    })?;
    must(first == second, || "the answer tells whether there are tickets of the address".to_owned())?;
    let none = say(probe, "/v1/recover", &json!({"contact": "conformance"}))?.problem(422, "validation")?;
    must(none["errors"][0]["pointer"] == "/contact", || format!("the fault points to {}", none["errors"][0]["pointer"]))
}

/// Turns letters, with a token; the state afterwards.
fn turn(probe: &Probe, made: &Made, on: bool) -> Result<Value, String> {
    let path = format!("/v1/tickets/{}/letters", made.number);
    Ok(probe.act(&path, &key()?, &made.token, &json!({"on": on}))?.is(200)?["state"].clone())
}

fn agreed(probe: &Probe) -> Found {
    let made = written(probe, &nobody()?)?;
    let path = format!("/v1/tickets/{}/letters", made.number);
    let told = probe.get(&path, &made.token)?;
    if !mails(probe)? {
        return told.problem(404, "not-found").map(|_| ());
    }
    for state in [told.is(200)?["state"].clone(), turn(probe, &made, true)?] {
        must(["asked", "off", "later"].iter().any(|it| state == *it), || {
            format!("nobody has agreed, and letters are {state}")
        })?;
    }
    Ok(())
}

fn stop(probe: &Probe) -> Found {
    if !mails(probe)? {
        return Ok(());
    }
    let (made, other) = (written(probe, &nobody()?)?, probe.ticket()?);
    turn(probe, &made, true)?;
    turn(probe, &Made { number: made.number.clone(), token: other.token }, false)
        .map_or(Ok(()), |_| Err("another ticket's token turned the letters".to_owned()))?;
    turn(probe, &made, false)?;
    let state = probe.get(&format!("/v1/tickets/{}/letters", made.number), &made.token)?.is(200)?["state"].clone();
    must(["off", "later", "stopped"].iter().any(|it| state == *it), || format!("after `on: false` letters are {state}"))
}
