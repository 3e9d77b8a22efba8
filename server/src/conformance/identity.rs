//! The portal's word about who the citizen is: `X-Identity`, a JWT under the key of the site.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::probe::{Answer, Made, Probe, key, made, must, sample, text};
use super::{Found, Rule};
use crate::clock;

/// Seconds of a good word.
const LIFE: i64 = 600;
/// A key that no site has.
const FOREIGN: &str = "conformance: a key that no site has";

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "identity.none",
        says: "`GET /v1/tickets` answers 401 `identity-required` without the portal's word and to one that the site's key did \
               not sign: no JWT, another key, `alg: none`.",
        check: none,
    },
    Rule {
        name: "identity.refused",
        says: "A ticket that comes with such a word is taken, with `identity_refused: true`; the word opens it to nobody: 401.",
        check: refused,
    },
    Rule {
        name: "identity.own",
        says: "With the site's `identity_key`: a good word lists the own tickets alone, without their tokens, and opens them; \
               the word about another person answers 404, one that has run out 401.",
        check: own,
    },
];

/// A word under a key, good for so many seconds.
fn word(subject: &str, key: &str, life: i64) -> Result<String, String> {
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({"sub": subject, "exp": clock::now() + life});
    let signed = format!("{}.{}", part(json!({"alg": "HS256", "typ": "JWT"})), part(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_| "the key signs nothing".to_owned())?;
    mac.update(signed.as_bytes());
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())))
}

/// Words that no portal of the site has said.
fn foreign() -> Result<[String; 3], String> {
    let good = word("conformance", FOREIGN, LIFE)?;
    let (_, claims) =
        good.split_once('.').and_then(|(_, rest)| rest.rsplit_once('.').map(|it| (it.1, it.0))).unwrap_or_default();
    let unsigned = format!("{}.{claims}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
    Ok(["conformance".to_owned(), unsigned, good])
}

fn ask(probe: &Probe, path: &str, word: &str) -> Result<Answer, String> {
    probe.ask("GET", path, &[("x-identity", word)], b"")
}

fn none(probe: &Probe) -> Found {
    probe.ask("GET", "/v1/tickets", &[], b"")?.problem(401, "identity-required")?;
    for word in foreign()? {
        ask(probe, "/v1/tickets", &word)?.problem(401, "identity-required")?;
    }
    Ok(())
}

/// A ticket sent with a word.
fn sent(probe: &Probe, word: &str) -> Result<Answer, String> {
    let headers = [("idempotency-key", &*key()?), ("x-identity", word)];
    probe.ask("POST", "/v1/tickets", &headers, sample().to_string().as_bytes())
}

fn refused(probe: &Probe) -> Found {
    for word in foreign()? {
        let answer = sent(probe, &word)?;
        let Made { number, .. } = made(&answer)?;
        must(answer.json()?["identity_refused"] == true, || "`identity_refused: true` is missing".to_owned())?;
        ask(probe, &format!("/v1/tickets/{number}"), &word)?.problem(401, "identity-required")?;
    }
    Ok(())
}

fn own(probe: &Probe) -> Found {
    let Some(key) = probe.target().identity_key.clone() else { return Ok(()) };
    // People that nobody else asks about.
    let (anna, boris) = (format!("a-{}", super::probe::key()?), format!("b-{}", super::probe::key()?));
    let word = |subject: &str, life: i64| word(subject, &key.0, life);
    let mine = made(&sent(probe, &word(&anna, LIFE)?)?)?;
    made(&sent(probe, &word(&boris, LIFE)?)?)?;
    let list = ask(probe, "/v1/tickets", &word(&anna, LIFE)?)?;
    let items = list.is(200)?["items"].as_array().cloned().unwrap_or_default();
    let numbers = items.iter().map(|it| text(it, "number")).collect::<Result<Vec<_>, _>>()?;
    must(numbers == [mine.number.as_str()], || {
        format!("the list has {} tickets in place of the own one", numbers.len())
    })?;
    must(!String::from_utf8_lossy(&list.bytes).contains(&mine.token), || "the token is in the list".to_owned())?;
    let page = format!("/v1/tickets/{}", mine.number);
    ask(probe, &page, &word(&anna, LIFE)?)?.is(200)?;
    ask(probe, &page, &word(&boris, LIFE)?)?.problem(404, "not-found")?;
    for path in [page.as_str(), "/v1/tickets"] {
        ask(probe, path, &word(&anna, -1)?)?.problem(401, "identity-required")?;
    }
    Ok(())
}
