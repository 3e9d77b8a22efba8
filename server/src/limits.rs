//! How often a class of requests may come: one bucket per network, per site key and per token.
//!
//! A bucket holds `burst` requests and gets `per_minute` back. The defaults let 500 citizens behind one address (a
//! provider's NAT, a library, an office) send a ticket with a picture in the same minute, and stop a single machine
//! long before the disk notices. A token names one ticket or one operator, so its buckets are small.

use std::hash::Hash as _;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use serde::Deserialize;

use podskazka::wire::challenge::ProofAction;

use crate::app::App;
use crate::challenge::{self, Binding};
use crate::clock;
use crate::crowd::{Crowd, Place};
use crate::error::ApiError;
use crate::peer::{self, Peer};
use crate::secret;
use crate::site::site_key;

/// One bucket; `burst = 0` means no limit.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    /// Requests at once.
    pub burst: u32,
    /// Requests that come back in a minute.
    pub per_minute: u32,
}

/// The buckets of one class of requests.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Buckets {
    /// Per network: IPv4 /24, IPv6 /64.
    pub address: Bucket,
    /// Per site key.
    pub site: Bucket,
    /// Per bearer token.
    pub token: Bucket,
}

/// The buckets of every class.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// New tickets.
    pub ticket: Buckets,
    /// New files.
    pub upload: Buckets,
    /// Slices of files that were announced.
    pub slice: Buckets,
    /// Comments and actions.
    pub write: Buckets,
    /// Views, files, live streams.
    pub read: Buckets,
    /// Operators.
    pub desk: Buckets,
    /// Tickets and files that need no proof of work; further ones do. No limit as shipped.
    pub proof: Buckets,
    /// Most tries of a proof of work; a cheap phone makes some thousands a second.
    pub proof_work: u32,
    /// Requests answered at once; further ones are told to come again. Operators have a quarter more. 0: no limit.
    pub at_once: u32,
}

const fn bucket(burst: u32, per_minute: u32) -> Bucket {
    Bucket { burst, per_minute }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            ticket: Buckets { address: bucket(1_000, 600), site: bucket(10_000, 60_000), token: bucket(0, 0) },
            upload: Buckets { address: bucket(2_000, 1_200), site: bucket(20_000, 60_000), token: bucket(60, 20) },
            // A file of 10 MB has 40.
            slice: Buckets { address: bucket(12_000, 6_000), site: bucket(120_000, 300_000), token: bucket(0, 0) },
            write: Buckets { address: bucket(1_000, 600), site: bucket(10_000, 60_000), token: bucket(20, 20) },
            read: Buckets { address: bucket(6_000, 6_000), site: bucket(60_000, 300_000), token: bucket(240, 240) },
            desk: Buckets { address: bucket(6_000, 6_000), site: bucket(0, 0), token: bucket(600, 600) },
            proof: Buckets { address: bucket(0, 0), site: bucket(0, 0), token: bucket(0, 0) },
            proof_work: 50_000,
            at_once: 2_048,
        }
    }
}

impl Limits {
    /// No limit anywhere: for measurements.
    pub fn none() -> Limits {
        let none = Buckets { address: bucket(0, 0), site: bucket(0, 0), token: bucket(0, 0) };
        Limits {
            ticket: none,
            upload: none,
            slice: none,
            write: none,
            read: none,
            desk: none,
            proof: none,
            proof_work: 50_000,
            at_once: 0,
        }
    }
}

/// Class of a request: which buckets it draws from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Ticket,
    Upload,
    Slice,
    Write,
    Read,
    Desk,
    Proof,
}

/// Keys are hashes: of the prefix, of the site key, of the token.
type Limiter = RateLimiter<u64, HashMapStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// What is left of the tightest bucket of a request: the header `RateLimit` of
/// draft-ietf-httpapi-ratelimit-headers-10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Whose bucket: `network`, `site` or `token`.
    name: &'static str,
    /// Requests that it still holds.
    left: u32,
    /// Time after which it holds one more.
    next: Duration,
}

impl Rate {
    fn header(self) -> Option<HeaderValue> {
        let seconds = self.next.as_secs() + u64::from(self.next.subsec_nanos() > 0);
        HeaderValue::try_from(format!("\"{}\";r={};t={seconds}", self.name, self.left)).ok()
    }
}

struct Gauge {
    address: Option<Limiter>,
    site: Option<Limiter>,
    token: Option<Limiter>,
}

/// The buckets at work.
pub struct Gate {
    gauges: [Gauge; 7],
    clock: DefaultClock,
    seed: u64,
    at_once: usize,
    answering: AtomicUsize,
    /// A network has half of them: whoever sends slowly holds a place for as long as a body may take.
    crowd: Crowd,
}

/// A request that is being answered.
struct Slot<'a>(&'a AtomicUsize, Option<Place>);

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Gate {
    /// Full buckets. The seed makes keys collide for nobody who does not know it.
    pub fn new(limits: &Limits, seed: u64) -> Gate {
        let gauge =
            |it: &Buckets| Gauge { address: limiter(it.address), site: limiter(it.site), token: limiter(it.token) };
        let classes =
            [&limits.ticket, &limits.upload, &limits.slice, &limits.write, &limits.read, &limits.desk, &limits.proof];
        Gate {
            gauges: classes.map(gauge),
            clock: DefaultClock::default(),
            seed,
            at_once: usize::try_from(limits.at_once).unwrap_or(usize::MAX),
            answering: AtomicUsize::new(0),
            crowd: Crowd::new(usize::try_from(limits.at_once).unwrap_or(usize::MAX).div_ceil(2)),
        }
    }

    fn gauge(&self, class: Class) -> &Gauge {
        let [ticket, upload, slice, write, read, desk, proof] = &self.gauges;
        match class {
            Class::Ticket => ticket,
            Class::Upload => upload,
            Class::Slice => slice,
            Class::Write => write,
            Class::Read => read,
            Class::Desk => desk,
            Class::Proof => proof,
        }
    }

    /// A place among the requests that are answered at once; `None` when there is none left, or its network holds half of them.
    fn enter(&self, class: Class, address: IpAddr, proxies: &[IpAddr]) -> Option<Slot<'_>> {
        let most = if class == Class::Desk { self.at_once.saturating_add(self.at_once / 4) } else { self.at_once };
        let mut slot = Slot(&self.answering, None);
        let before = self.answering.fetch_add(1, Ordering::Relaxed);
        slot.1 = Some(self.crowd.enter(address, proxies)?);
        (self.at_once == 0 || before < most).then_some(slot)
    }

    /// Takes one request from each bucket and tells what is left of the tightest, or which is empty.
    pub fn allow(&self, class: Class, address: IpAddr, headers: &HeaderMap) -> Result<Option<Rate>, Rate> {
        let gauge = self.gauge(class);
        let text = |name: &str| headers.get(name).map(|value| value.as_bytes());
        let prefix = peer::prefix(address);
        let keys = [
            ("network", &gauge.address, Some(prefix.as_slice())),
            ("site", &gauge.site, Some(text("x-site-key").unwrap_or_default())),
            ("token", &gauge.token, text(header::AUTHORIZATION.as_str())),
        ];
        let mut tightest: Option<Rate> = None;
        for (name, limiter, key) in keys {
            let (Some(limiter), Some(key)) = (limiter, key) else { continue };
            let rate = match limiter.check_key(&self.hash(key)) {
                Ok(state) => {
                    let next = state.quota().replenish_interval();
                    Rate { name, left: state.remaining_burst_capacity(), next }
                }
                Err(refusal) => return Err(Rate { name, left: 0, next: refusal.wait_time_from(self.clock.now()) }),
            };
            tightest = Some(tightest.filter(|it| it.left <= rate.left).unwrap_or(rate));
        }
        Ok(tightest)
    }

    /// Forgets keys whose buckets are full again.
    pub fn tidy(&self) {
        for gauge in &self.gauges {
            for limiter in [&gauge.address, &gauge.site, &gauge.token].into_iter().flatten() {
                limiter.retain_recent();
                limiter.shrink_to_fit();
            }
        }
    }

    fn hash(&self, key: &[u8]) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        self.seed.hash(&mut hasher);
        key.hash(&mut hasher);
        std::hash::Hasher::finish(&hasher)
    }
}

fn limiter(bucket: Bucket) -> Option<Limiter> {
    let burst = NonZeroU32::new(bucket.burst)?;
    let rate = NonZeroU32::new(bucket.per_minute.max(1))?;
    Some(RateLimiter::hashmap(Quota::per_minute(rate).allow_burst(burst)).with_middleware())
}

/// Lets a request of the class through with a body of at most so many bytes, or answers 429 with `Retry-After`; `RateLimit`
/// tells what is left.
pub async fn guard(
    State((app, class, most)): State<(App, Class, usize)>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = request.extensions().get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    let address = peer::client(address, request.headers(), app.proxies());
    let Some(_slot) = app.gate().enter(class, address, app.proxies()) else {
        return ApiError::Overloaded.into_response();
    };
    let rate = match app.gate().allow(class, address, request.headers()) {
        Ok(rate) => rate,
        Err(rate) => return told(ApiError::TooOften(rate.next).into_response(), Some(rate)),
    };
    let answer = match prove(&app, class, address, request.headers()).await {
        Ok(()) => {
            request.extensions_mut().insert(peer::Caller(peer::prefix(address)));
            DefaultBodyLimit::max(most).apply(&mut request);
            next.run(request).await
        }
        Err(error) => error.into_response(),
    };
    told(answer, rate)
}

fn told(mut answer: Response, rate: Option<Rate>) -> Response {
    if let Some(value) = rate.and_then(Rate::header) {
        answer.headers_mut().insert("ratelimit", value);
    }
    answer
}

/// Asks for a proof of work once a network or a site has used up what it has without.
async fn prove(app: &App, class: Class, address: IpAddr, headers: &HeaderMap) -> Result<(), ApiError> {
    let action = match class {
        Class::Ticket => ProofAction::Ticket,
        Class::Upload => ProofAction::Upload,
        _ => return Ok(()),
    };
    if app.gate().allow(Class::Proof, address, headers).is_ok() {
        return Ok(());
    }
    let header = headers.get("x-altcha").ok_or(ApiError::ProofRequired)?;
    let binding = Binding {
        site: site_key(headers).unwrap_or_default(),
        network: peer::prefix(address),
        action,
        browser: headers.contains_key(header::ORIGIN),
    };
    let header = header.to_str().map_err(|_| ApiError::ProofInvalid)?;
    let shown = challenge::read(app.store(), &binding, header, clock::now())?.ok_or(ApiError::ProofInvalid)?;
    if app.store().use_challenge(shown.id, shown.expires).await? { Ok(()) } else { Err(ApiError::ProofUsed) }
}

/// The random seed of the buckets' keys.
pub fn seed() -> u64 {
    secret::random_u64().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(site: &str, token: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-site-key", site.parse().unwrap());
        if let Some(token) = token {
            headers.insert(header::AUTHORIZATION, format!("Bearer {token}").parse().unwrap());
        }
        headers
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn five_hundred_citizens_behind_one_address_are_served() {
        let gate = Gate::new(&Limits::default(), 1);
        for _ in 0..500 {
            for class in [Class::Upload, Class::Ticket] {
                assert!(gate.allow(class, ip("192.0.2.1"), &headers("a", None)).is_ok());
            }
        }
    }

    #[test]
    fn each_bucket_stands_alone() {
        let few = Buckets { address: bucket(2, 1), site: bucket(3, 1), token: bucket(1, 1) };
        let gate = Gate::new(&Limits { write: few, ..Limits::none() }, 1);
        let ask = |address: &str, site: &str, token: Option<&str>| {
            gate.allow(Class::Write, ip(address), &headers(site, token)).is_ok()
        };
        assert!(ask("192.0.2.1", "a", Some("x")));
        assert!(!ask("192.0.3.1", "a", Some("x")), "the token's bucket is empty");
        assert!(ask("192.0.2.9", "b", None));
        assert!(!ask("192.0.2.200", "c", None), "the network's bucket is empty");
        assert!(ask("192.0.4.1", "a", None));
        assert!(!ask("192.0.5.1", "a", None), "the site's bucket is empty");
        assert!(ask("192.0.5.1", "d", None));
        let refused = gate.allow(Class::Write, ip("192.0.2.1"), &headers("e", None)).unwrap_err();
        assert!(refused.next > Duration::ZERO && refused.next <= Duration::from_secs(60));
        assert_eq!((refused.name, refused.left), ("network", 0));
        assert!(gate.allow(Class::Read, ip("192.0.2.1"), &headers("e", None)).is_ok(), "classes do not share");
    }
}
