//! What every handler shares.

use std::net::IpAddr;
use std::sync::Arc;

use podskazka::wire::page::Official;
use tokio::sync::watch;

use crate::config::{Config, Site};
use crate::content::Content;
use crate::files::intake::Intake;
use crate::heard::Heard;
use crate::hooks::Kind as HookKind;
use crate::limits::{Gate, seed};
use crate::metrics::Metrics;
use crate::pace::Pace;
use crate::plain::Plain;
use crate::routing::Rule;
use crate::store::Store;

/// The running service. Clones share it.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    gate: Gate,
    intake: Intake,
    metrics: Metrics,
    proxies: Vec<IpAddr>,
    sites: Vec<Site>,
    routing: Vec<Rule>,
    official: Option<Official>,
    mails: bool,
    phones: bool,
    plain: Plain,
    proof_work: u32,
    pace: Pace,
    content: Content,
    heard: Heard,
    stopping: watch::Receiver<bool>,
}

impl App {
    /// Over an open store. `stopping` turns true when the service is asked to stop.
    pub fn new(config: &Config, store: Store, intake: Intake, stopping: watch::Receiver<bool>) -> App {
        let inner = Inner {
            intake,
            store,
            metrics: Metrics::default(),
            gate: Gate::new(&config.limits, seed()),
            proxies: config.trusted_proxies.clone(),
            sites: config.sites.clone(),
            routing: config.routing.clone(),
            official: config.official.clone(),
            mails: config.mail.is_some(),
            phones: config.hooks.iter().any(|hook| hook.kind == HookKind::Sms),
            plain: Plain::default(),
            proof_work: config.limits.proof_work,
            pace: config.pace,
            content: Content::new(config.content.clone()),
            heard: Heard::new(seed()),
            stopping,
        };
        App { inner: Arc::new(inner) }
    }

    /// Tickets and files.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Limits of requests.
    pub fn gate(&self) -> &Gate {
        &self.inner.gate
    }

    /// The check of files.
    pub fn intake(&self) -> &Intake {
        &self.inner.intake
    }

    /// Figures about the service.
    pub fn metrics(&self) -> &Metrics {
        &self.inner.metrics
    }

    /// Addresses whose `X-Forwarded-For` is believed.
    pub fn proxies(&self) -> &[IpAddr] {
        &self.inner.proxies
    }

    /// Sites that may ask; empty means everybody on the same origin.
    pub fn sites(&self) -> &[Site] {
        &self.inner.sites
    }

    /// Where new tickets go.
    pub fn routing(&self) -> &[Rule] {
        &self.inner.routing
    }

    /// Where appeals under the law 59-FZ are taken.
    pub fn official(&self) -> Option<&Official> {
        self.inner.official.as_ref()
    }

    /// Form schemas and articles.
    pub fn content(&self) -> &Content {
        &self.inner.content
    }

    /// What readers make of the articles.
    pub fn heard(&self) -> &Heard {
        &self.inner.heard
    }

    /// Most tries of a challenge.
    pub fn proof_work(&self) -> u32 {
        self.inner.proof_work
    }

    /// How long a client is waited for.
    pub fn pace(&self) -> Pace {
        self.inner.pace
    }

    /// Whether letters are sent.
    pub fn mails(&self) -> bool {
        self.inner.mails
    }

    /// Texts of pages that hold nothing personal.
    pub fn plain(&self) -> &Plain {
        &self.inner.plain
    }

    /// Whether short messages are sent.
    pub fn phones(&self) -> bool {
        self.inner.phones
    }

    /// Turns true when the service is asked to stop.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.inner.stopping.clone()
    }
}
