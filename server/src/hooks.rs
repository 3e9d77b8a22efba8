//! Other systems that hear of tickets: webhooks, other helpdesks, a gateway of short messages.
//!
//! The journal is read on behind the writes ([`crate::store`]), so that no ticket waits for a hook. A call is made at
//! least once, in the order of the ticket's steps, under the same name each time.

#![expect(clippy::indexing_slicing, reason = "a JSON value answers `null` for a member that it does not have")]

mod chatwoot;
mod sms;
mod webhook;
mod zammad;

use std::collections::BTreeMap;
use std::time::Duration;

use podskazka::wire::page::TicketEvent;
use serde::Deserialize;
use tokio::sync::watch;
use ureq::Agent;
use ureq::http::{Request, Uri};

use crate::clock;
use crate::secret::Hidden;
use crate::store::{Delivery, Store, StoreError};
use crate::web;

/// How often the journal is looked at.
const TICK: Duration = Duration::from_secs(2);
/// Least characters of a signing key: as many as the signature has bytes.
const MIN_SECRET: usize = 32;
/// Longest answer of another system that is read.
const MAX_ANSWER: u64 = 256 * 1024;

/// One other system, as the settings file names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hook {
    /// Name of it here; a new name hears of new steps only.
    pub name: String,
    pub kind: Kind,
    /// Where it listens; for helpdesks their own address.
    pub url: String,
    /// Signing key of a webhook, API token of Zammad.
    #[serde(default)]
    pub secret: Option<Hidden>,
    /// The address may lead into a private network.
    #[serde(default)]
    pub private: bool,
    /// Zammad: group of the tickets. Chatwoot: identifier of the API inbox.
    #[serde(default)]
    pub group: String,
    /// Zammad: customer of tickets without a mail address.
    #[serde(default)]
    pub customer: String,
    /// Short messages: further headers.
    #[serde(default)]
    pub headers: BTreeMap<String, Hidden>,
    /// Short messages: the body, with `{phone}` and `{text}` in it.
    #[serde(default)]
    pub body: String,
}

/// What it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    #[default]
    /// JSON without words and contacts, signed.
    Webhook,
    /// Zammad's ticket API.
    Zammad,
    /// Chatwoot's client API of an API inbox.
    Chatwoot,
    /// An HTTP gateway of short messages.
    Sms,
}

/// A step of a ticket that another system shall hear of. Has no `Debug`: words and contact are in it.
pub struct Call {
    /// The same in every try.
    pub dedupe: String,
    pub hook: String,
    pub ticket: i64,
    /// Tries before this one.
    pub tries: i64,
    pub number: String,
    /// What the other system calls the ticket, once it knows it.
    pub foreign: Option<String>,
    pub event: TicketEvent,
    pub status: podskazka::ticket::State,
    pub topic: String,
    pub site: String,
    pub form: String,
    pub code: Option<String>,
    pub department: String,
    pub priority: u8,
    pub name: String,
    pub contact: String,
    pub text: String,
}

/// A question to another system.
struct Ask {
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// What the other system answered.
struct Said {
    json: serde_json::Value,
}

/// Why a step of a call did not work.
enum Trouble {
    /// Worth another try.
    Later,
    /// It will say the same again.
    Never,
}

impl Hook {
    /// What keeps it from working, for whoever wrote it. Repeats no secret.
    pub fn fault(&self) -> Option<String> {
        let lawful = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        let secret = self.secret.as_ref().map_or(0, |secret| secret.0.len());
        let parsed = self.url.parse::<Uri>().ok().filter(|uri| uri.host().is_some());
        let scheme = parsed.as_ref().and_then(Uri::scheme_str).unwrap_or_default();
        let port = parsed.as_ref().and_then(Uri::port_u16).unwrap_or(443);
        let said = if self.name.is_empty() || self.name.len() > 40 || !lawful(&self.name) {
            "needs a name of 1 to 40 of A-Z a-z 0-9 - _, for example zammad"
        } else if !matches!(scheme, "http" | "https") || self.url.contains('@') {
            "needs a url such as https://desk.example.ru, without a name or password in it"
        } else if scheme == "http" && !self.private {
            "must be asked over https; only a private one may be http"
        } else if port != 443 && port < 1024 && !(self.private && port == 80) {
            "must listen on 443 or above 1023"
        } else {
            match self.kind {
                Kind::Webhook if secret < MIN_SECRET => {
                    "needs a secret of at least 32 characters: openssl rand -base64 32"
                }
                Kind::Zammad if secret == 0 => "needs the API token as secret",
                Kind::Zammad if self.group.is_empty() || !self.customer.contains('@') => {
                    "needs group (of the tickets) and customer (a mail address for tickets without one)"
                }
                Kind::Chatwoot if self.group.is_empty() || !lawful(&self.group) => {
                    "needs group: the identifier of the API inbox"
                }
                Kind::Sms if !(self.url.clone() + &self.body).contains("{phone}") => "needs {phone} in its body or url",
                Kind::Sms if !(self.url.clone() + &self.body).contains("{text}") => "needs {text} in its body or url",
                _ => return None,
            }
        };
        Some(format!("hook \"{}\" {said}", self.name))
    }
}

/// The way to the other systems.
pub struct Hooks {
    hooks: Vec<(Hook, Agent)>,
}

impl Hooks {
    /// Tells the storage who listens, so that nothing after the start is missed.
    pub async fn start(hooks: &[Hook], store: &Store) -> Result<Hooks, StoreError> {
        store.gather_calls(hooks.iter().map(|hook| hook.name.clone()).collect()).await?;
        Ok(Hooks::new(hooks))
    }

    fn new(hooks: &[Hook]) -> Hooks {
        let agent = |hook: &Hook| if hook.private { web::agent() } else { web::public_agent() };
        Hooks { hooks: hooks.iter().map(|hook| (hook.clone(), agent(hook))).collect() }
    }

    /// Makes calls until the service stops.
    pub async fn run(self, store: Store, mut stopping: watch::Receiver<bool>) {
        if self.hooks.is_empty() {
            return;
        }
        let hooks = std::sync::Arc::new(self.hooks);
        let names: Vec<String> = hooks.iter().map(|(hook, _)| hook.name.clone()).collect();
        let mut tick = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                _ = stopping.wait_for(|stopping| *stopping) => return,
            }
            if let Err(error) = turn(&hooks, &names, &store, &stopping).await {
                tracing::error!(%error, "calls to other systems wait; the next turn tries again");
            }
        }
    }
}

async fn turn(
    hooks: &std::sync::Arc<Vec<(Hook, Agent)>>,
    names: &[String],
    store: &Store,
    stopping: &watch::Receiver<bool>,
) -> Result<(), StoreError> {
    store.gather_calls(names.to_vec()).await?;
    loop {
        let calls = store.lease_calls(clock::now()).await?;
        if calls.is_empty() {
            return Ok(());
        }
        for call in calls {
            if *stopping.borrow() {
                return Ok(());
            }
            let (dedupe, name, ticket) = (call.dedupe.clone(), call.hook.clone(), call.ticket);
            let known = call.foreign.clone();
            let hooks = std::sync::Arc::clone(hooks);
            let made = tokio::task::spawn_blocking(move || {
                let (hook, agent) = hooks.iter().find(|(hook, _)| hook.name == call.hook)?;
                Some(make(hook, agent, call))
            });
            let (delivery, foreign) = made.await.ok().flatten().unwrap_or((Delivery::Later, None));
            if let Some(foreign) = foreign.filter(|it| Some(it) != known.as_ref()) {
                store.name_foreign(name.clone(), ticket, foreign).await?;
            }
            if delivery != Delivery::Done {
                tracing::warn!(hook = name, never = delivery == Delivery::Never, "a call was not taken");
            }
            store.settle_call(dedupe, delivery, clock::now()).await?;
        }
    }
}

/// Makes one call; what became of it, and what the other system calls the ticket.
fn make(hook: &Hook, agent: &Agent, call: Call) -> (Delivery, Option<String>) {
    let mut foreign = call.foreign.clone();
    let ask = |ask: Ask| send(agent, ask);
    let made = match hook.kind {
        Kind::Webhook => webhook::call(hook, &call, clock::now(), ask),
        Kind::Zammad => zammad::call(hook, &call, &mut foreign, ask),
        Kind::Chatwoot => chatwoot::call(hook, &call, &mut foreign, ask),
        Kind::Sms => sms::call(hook, &call, ask),
    };
    let delivery = match made {
        Ok(()) => Delivery::Done,
        Err(Trouble::Later) => Delivery::Later,
        Err(Trouble::Never) => Delivery::Never,
    };
    (delivery, foreign)
}

/// The answer to a question, if it is a success.
fn send(agent: &Agent, ask: Ask) -> Result<Said, Trouble> {
    let mut request = Request::builder().method(ask.method).uri(&ask.url);
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    let answer = match ask.method {
        "GET" => agent.run(request.body(()).map_err(|_| Trouble::Never)?),
        _ => agent.run(request.body(ask.body).map_err(|_| Trouble::Never)?),
    };
    let mut answer = answer.map_err(|_| Trouble::Later)?;
    let status = answer.status().as_u16();
    let text = answer.body_mut().with_config().limit(MAX_ANSWER).read_to_string().map_err(|_| Trouble::Later)?;
    match status {
        200..=299 => Ok(Said { json: serde_json::from_str(&text).unwrap_or_default() }),
        // Busy, away, not yet; a redirect may be a sign-in page in between.
        300..=399 | 401 | 403 | 404 | 408 | 409 | 425 | 429 | 500.. => Err(Trouble::Later),
        _ => Err(Trouble::Never),
    }
}

/// Reads an answer as each adapter does.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn read_answers(json: &serde_json::Value) {
    let _ = zammad::found_id(json, "PS-28T5CY4T-Y");
    let _ = chatwoot::name(json);
    let _ = chatwoot::name(&json["source_id"]);
}

fn json_ask(method: &'static str, url: String, body: &serde_json::Value) -> Ask {
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    Ask { method, url, headers, body: body.to_string() }
}
