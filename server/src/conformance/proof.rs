//! Work that a page shows where many ask at once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use podskazka::wire::challenge::{Challenge, Solution};
use serde_json::json;

use super::probe::{Answer, Probe, key, must, sample};
use super::{Found, Rule};
use crate::secret;

/// Most tries: more takes a cheap phone an hour.
const MOST: u32 = 10_000_000;

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "proof.given",
        says: "`/v1/challenges` gives work that can be done, another one each time: `challenge` is SHA-256 of `salt` and a \
               number up to `maxnumber`; an action that nobody knows answers 400 `validation`.",
        check: given,
    },
    Rule {
        name: "proof.once",
        says: "Where tickets are answered 428 `captcha-required`: one with its work is taken; the same work again answers 409 \
               `challenge-used`, work of another action or with another number 400 `captcha-invalid`.",
        check: once,
    },
];

/// Work for an action, done.
pub fn done(probe: &Probe, action: &str) -> Result<Solution, String> {
    let asked = json!({"action": action}).to_string();
    let given = probe.ask_once("POST", "/v1/challenges", &[], asked.as_bytes())?.is(200)?;
    let given = serde_json::from_value(given).map_err(|_| "the challenge has another shape".to_owned())?;
    let Challenge { algorithm, challenge, maxnumber, salt, signature } = given;
    must(algorithm == "SHA-256", || format!("the challenge asks for {algorithm} in place of SHA-256"))?;
    must(maxnumber <= MOST, || format!("`maxnumber` is {maxnumber}: more than {MOST} tries are too many for a phone"))?;
    let wanted = secret::unhex(&challenge).ok_or("`challenge` is no SHA-256 in lower-case hexadecimal")?;
    let fits = |number: &u32| secret::sha256(&[salt.as_bytes(), number.to_string().as_bytes()]) == wanted;
    let number = (0..=maxnumber).find(fits).ok_or("no number up to `maxnumber` leads to `challenge`")?;
    Ok(Solution { algorithm, challenge, number, salt, signature })
}

/// The header that shows work.
pub fn shown(work: &Solution) -> Result<String, String> {
    Ok(STANDARD.encode(serde_json::to_vec(work).map_err(|error| error.to_string())?))
}

fn given(probe: &Probe) -> Found {
    let (one, two) = (done(probe, "ticket")?, done(probe, "ticket")?);
    must(one.salt != two.salt && one.challenge != two.challenge, || "the same challenge came twice".to_owned())?;
    done(probe, "upload")?;
    probe.ask("POST", "/v1/challenges", &[], b"{\"action\": \"conformance\"}")?.problem(400, "validation").map(|_| ())
}

/// A ticket with the work, or with none.
fn ticket(probe: &Probe, work: Option<&Solution>) -> Result<Answer, String> {
    let (key, work) = (key()?, work.map(shown).transpose()?);
    let mut headers = vec![("idempotency-key", key.as_str())];
    headers.extend(work.iter().map(|work| ("x-altcha", work.as_str())));
    probe.ask_once("POST", "/v1/tickets", &headers, sample().to_string().as_bytes())
}

fn once(probe: &Probe) -> Found {
    // A few may be free of it.
    let mut bare = ticket(probe, None)?;
    for _ in 0..2 {
        if bare.status == 201 {
            bare = ticket(probe, None)?;
        }
    }
    if bare.status == 201 {
        return Ok(());
    }
    bare.problem(428, "captcha-required")?;
    let work = done(probe, "ticket")?;
    let wrong = Solution { number: work.number + 1, ..work.clone() };
    ticket(probe, Some(&wrong))?.problem(400, "captcha-invalid")?;
    ticket(probe, Some(&done(probe, "upload")?))?.problem(400, "captcha-invalid")?;
    ticket(probe, Some(&work))?.is(201)?;
    ticket(probe, Some(&work))?.problem(409, "challenge-used").map(|_| ())
}
