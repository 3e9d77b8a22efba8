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
use std::io;
use std::time::Duration;

use axum::http::{HeaderName, Uri};
use podskazka::wire::page::TicketEvent;
use reqwest::{Method, Request, Url};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::clock;
use crate::secret::Hidden;
use crate::store::{Delivery, Store, StoreError, Way};
use crate::web::Client;

/// How often the journal is looked at.
const TICK: Duration = Duration::from_secs(2);
/// Longest answer of another system that is read.
const MAX_ANSWER: usize = 256 * 1024;

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
    /// Webhook: hears of deadlines too, which citizens do not.
    #[serde(default)]
    pub deadlines: bool,
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
    /// The rest of what a new ticket tells (`ticket::story`); empty at later steps.
    pub story: String,
}

/// The line to one other system: what every question to it has in common.
struct Line<'a> {
    client: &'a Client,
    /// Its address, without a slash at the end.
    base: &'a str,
    /// Go with every question.
    headers: Vec<(&'a str, String)>,
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
        let weak = self.secret.as_ref().is_none_or(|it| crate::config::weak(&it.0).is_some());
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
                Kind::Webhook if weak => {
                    "needs a secret of at least 32 characters that stands in no example: openssl rand -base64 32"
                }
                Kind::Zammad | Kind::Chatwoot | Kind::Sms if self.deadlines => {
                    "has deadlines = true, which is for kind = \"webhook\"; citizens would read it"
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
    hooks: Vec<(Hook, Client)>,
}

impl Hooks {
    /// Tells the storage who listens, so that nothing after the start is missed.
    pub async fn start(hooks: &[Hook], store: &Store) -> Result<Hooks, StoreError> {
        store.gather_calls(hooks.iter().map(listener).collect()).await?;
        let client = |hook: &Hook| if hook.private { Client::anywhere() } else { Client::public() };
        let with_client = |hook: &Hook| Ok((hook.clone(), client(hook)?));
        let hooks = hooks.iter().map(with_client).collect::<Result<_, String>>();
        Ok(Hooks { hooks: hooks.map_err(|said| StoreError::Io(io::Error::other(said)))? })
    }

    /// Makes calls until the service stops.
    pub async fn run(self, store: Store, mut stopping: watch::Receiver<bool>) {
        if self.hooks.is_empty() {
            return;
        }
        let names: Vec<_> = self.hooks.iter().map(|(hook, _)| listener(hook)).collect();
        let mut tick = tokio::time::interval(TICK);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                _ = stopping.wait_for(|stopping| *stopping) => return,
            }
            if let Err(error) = turn(&self.hooks, &names, &store, &stopping).await {
                tracing::error!(%error, "calls to other systems wait; the next turn tries again");
            }
            if let Err(error) = codes(&self.hooks, &store, &stopping).await {
                tracing::error!(%error, "short messages wait; the next turn tries again");
            }
        }
    }
}

/// What the storage knows of a hook.
fn listener(hook: &Hook) -> (String, bool) {
    (hook.name.clone(), hook.deadlines)
}

async fn turn(
    hooks: &[(Hook, Client)],
    names: &[(String, bool)],
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
            let (delivery, foreign) = match hooks.iter().find(|(hook, _)| hook.name == call.hook) {
                Some((hook, client)) => make(hook, client, &call).await,
                None => (Delivery::Later, None),
            };
            if let Some(foreign) = foreign.filter(|it| Some(it) != call.foreign.as_ref()) {
                store.name_foreign(call.hook.clone(), call.ticket, foreign).await?;
            }
            if delivery != Delivery::Done {
                tracing::warn!(hook = call.hook, never = delivery == Delivery::Never, "a call was not taken");
            }
            store.settle_call(call.dedupe, delivery, clock::now()).await?;
        }
    }
}

/// Sends the codes of access that are due, by the first gateway of short messages.
async fn codes(hooks: &[(Hook, Client)], store: &Store, stopping: &watch::Receiver<bool>) -> Result<(), StoreError> {
    let Some((hook, client)) = hooks.iter().find(|(hook, _)| hook.kind == Kind::Sms) else { return Ok(()) };
    loop {
        let parcels = store.lease_letters(Way::Phone, String::new(), clock::now()).await?;
        if parcels.is_empty() {
            return Ok(());
        }
        for parcel in parcels {
            if *stopping.borrow() {
                return Ok(());
            }
            let delivery = delivery(sms::send(hook, line(hook, client), &parcel.to, &parcel.letter.text).await);
            store.settle_letter(parcel.dedupe, parcel.lease, delivery, clock::now()).await?;
        }
    }
}

fn line<'a>(hook: &'a Hook, client: &'a Client) -> Line<'a> {
    Line { client, base: hook.url.trim_end_matches('/'), headers: Vec::new() }
}

fn delivery(made: Result<(), Trouble>) -> Delivery {
    match made {
        Ok(()) => Delivery::Done,
        Err(Trouble::Later) => Delivery::Later,
        Err(Trouble::Never) => Delivery::Never,
    }
}

/// Makes one call; what became of it, and what the other system calls the ticket.
async fn make(hook: &Hook, client: &Client, call: &Call) -> (Delivery, Option<String>) {
    let mut foreign = call.foreign.clone();
    let line = line(hook, client);
    let made = match hook.kind {
        Kind::Webhook => webhook::call(hook, call, clock::now(), line).await,
        Kind::Zammad => zammad::call(hook, call, &mut foreign, line).await,
        Kind::Chatwoot => chatwoot::call(hook, call, &mut foreign, line).await,
        Kind::Sms => sms::call(hook, call, line).await,
    };
    (delivery(made), foreign)
}

impl Line<'_> {
    /// Asks for what stands at this path; the JSON of a success.
    async fn get(&self, path: &str) -> Result<Value, Trouble> {
        self.ask(Method::GET, &format!("{}{path}", self.base), None).await
    }

    /// Sends JSON to this path; the JSON of a success.
    async fn send(&self, method: Method, path: &str, body: &Value) -> Result<Value, Trouble> {
        let body = Some(("application/json", body.to_string()));
        self.ask(method, &format!("{}{path}", self.base), body).await
    }

    /// Asks an address, with a body and its type; the JSON of a success, `null` where it has none.
    async fn ask(&self, method: Method, url: &str, body: Option<(&str, String)>) -> Result<Value, Trouble> {
        let mut request = Request::new(method, url.parse::<Url>().map_err(|_| Trouble::Never)?);
        let kind = body.iter().map(|(kind, _)| ("content-type", *kind));
        for (name, value) in kind.chain(self.headers.iter().map(|(name, value)| (*name, value.as_str()))) {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Trouble::Never)?;
            request.headers_mut().insert(name, value.parse().map_err(|_| Trouble::Never)?);
        }
        *request.body_mut() = body.map(|(_, text)| text.into());
        let answer = self.client.ask(request, MAX_ANSWER).await.map_err(|_| Trouble::Later)?;
        match answer.status {
            200..=299 => Ok(serde_json::from_slice(&answer.bytes).unwrap_or_default()),
            // Busy, away, not yet; a redirect may be a sign-in page in between.
            300..=399 | 401 | 403 | 404 | 408 | 409 | 425 | 429 | 500.. => Err(Trouble::Later),
            _ => Err(Trouble::Never),
        }
    }
}

/// Reads an answer as each adapter does.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn read_answers(json: &Value) {
    let _ = zammad::found_id(json, "PS-28T5CY4T-Y");
    let _ = chatwoot::name(json);
    let _ = chatwoot::name(&json["source_id"]);
}
