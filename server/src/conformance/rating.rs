//! How it went: asked after the solution, said once.

use serde_json::{Value, json};

use super::probe::{Made, Probe, key, must};
use super::{Found, Rule};

/// In the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        name: "rating.early",
        says: "A rating before the solution answers 409 `state-conflict`; a score that is none from 1 to 5 answers 422 at `/score`.",
        check: early,
    },
    Rule {
        name: "rating.once",
        says: "With an operator's token: a solved ticket offers `rate` and takes one rating: the same key gets the same answer, \
               another one 409 `state-conflict`, and `rate` is offered no more.",
        check: once,
    },
];

fn early(probe: &Probe) -> Found {
    let made = probe.ticket()?;
    let path = format!("/v1/tickets/{}/rating", made.number);
    probe.act(&path, &key()?, &made.token, &json!({"score": 5}))?.problem(409, "state-conflict")?;
    for score in [0, 6] {
        let problem = probe.act(&path, &key()?, &made.token, &json!({"score": score}))?.problem(422, "validation")?;
        let found = &problem["errors"][0]["pointer"];
        must(found == "/score", || format!("the fault of score {score} points to {found}"))?;
    }
    Ok(())
}

fn once(probe: &Probe) -> Found {
    let Some(operator) = probe.target().operator.clone() else { return Ok(()) };
    let made = probe.ticket()?;
    for step in [json!({"action": "take"}), json!({"action": "resolve", "text": "Проверка сервера закончена."})]
    {
        let path = format!("/v1/desk/tickets/{}/transition", made.number);
        probe.act(&path, &key()?, &operator.0, &step)?.is(201)?;
    }
    must(offered(probe, &made)?, || "the solved ticket offers no `rate`".to_owned())?;
    let (path, key) = (format!("/v1/tickets/{}/rating", made.number), key()?);
    let rate = |key: &str| probe.act(&path, key, &made.token, &json!({"score": 4}));
    let (first, again) = (rate(&key)?.is(201)?, rate(&key)?.is(201)?);
    must(first["seq"] == again["seq"], || "the repeated rating was added twice".to_owned())?;
    rate(&super::probe::key()?)?.problem(409, "state-conflict")?;
    must(!offered(probe, &made)?, || "the rated ticket offers `rate` again".to_owned())
}

fn offered(probe: &Probe, made: &Made) -> Result<bool, String> {
    let page = probe.get(&format!("/v1/tickets/{}", made.number), &made.token)?.is(200)?;
    Ok(page["actions"].as_array().is_some_and(|it| it.contains(&Value::from("rate"))))
}
