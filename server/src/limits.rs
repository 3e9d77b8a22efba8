//! How often a class of requests may come: one bucket per network, per site key and per token.
//!
//! A bucket holds `burst` requests and gets `per_minute` back. The defaults let 500 citizens behind one address (a
//! provider's NAT, a library, an office) send a ticket with a picture in the same minute, and stop a single machine
//! long before the disk notices. A token names one ticket or one operator, so its buckets are small.

use std::hash::Hash as _;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
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

use podskazka::ticket::MAX_FILE;
use podskazka::wire::challenge::ProofAction;

use crate::app::App;
use crate::challenge::{self, Binding};
use crate::clock;
use crate::crowd::{Crowd, Place};
use crate::error::ApiError;
use crate::peer::{self, Peer};
use crate::secret;
use crate::site::site_key;

/// Bytes of a kilobyte of the buckets.
const KILOBYTE: usize = 1_024;

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
    /// Kilobytes of files as they arrive, of networks and sites; a token has none.
    pub bytes: Buckets,
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
            // Five hundred citizens with a picture of 5 MB each, and as much again by the next two minutes.
            bytes: Buckets {
                address: bucket(2_500_000, 1_250_000),
                site: bucket(25_000_000, 60_000_000),
                token: bucket(0, 0),
            },
            proof_work: 50_000,
            at_once: 2_048,
        }
    }
}

impl Limits {
    /// A bucket of bytes that a single file would never fit into.
    pub fn fault(&self) -> Option<String> {
        let least = u32::try_from(MAX_FILE / KILOBYTE).unwrap_or(u32::MAX);
        let small = [("address", self.bytes.address), ("site", self.bytes.site)]
            .into_iter()
            .find(|(_, it)| (1..least).contains(&it.burst));
        let (name, it) = small?;
        Some(format!(
            "limits.bytes: burst = {} of {name} is less than one file of 10 MB; write {least} or more, or 0 for no limit",
            it.burst
        ))
    }

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
            bytes: none,
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

/// Counts the bytes of a file as they arrive.
pub struct Meter {
    app: App,
    /// Keys of the buckets: the network, and the site.
    keys: [u64; 2],
    /// Bytes that make no whole kilobyte yet.
    rest: usize,
}

impl Meter {
    fn new(app: &App, address: IpAddr, headers: &HeaderMap) -> Meter {
        let site = headers.get("x-site-key").map(|it| it.as_bytes()).unwrap_or_default();
        let keys = [app.gate().hash(&peer::prefix(address)), app.gate().hash(site)];
        Meter { app: app.clone(), keys, rest: 0 }
    }

    /// Takes so many bytes out of the buckets, or says how long until there is room.
    pub fn spend(&mut self, bytes: usize) -> Result<(), ApiError> {
        self.rest += bytes;
        let whole = u32::try_from(self.rest / KILOBYTE).unwrap_or(u32::MAX);
        self.rest %= KILOBYTE;
        let Some(whole) = NonZeroU32::new(whole) else { return Ok(()) };
        self.app.gate().spend(self.keys, whole).map_err(ApiError::TooOften)
    }
}

/// The buckets at work.
pub struct Gate {
    gauges: [Gauge; 7],
    /// Kilobytes of files: by network, by site.
    bytes: [Option<Limiter>; 2],
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
            bytes: [limits.bytes.address, limits.bytes.site].map(limiter),
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

    /// Takes so many kilobytes from the buckets of files, or tells how long until there is room.
    fn spend(&self, keys: [u64; 2], kilobytes: NonZeroU32) -> Result<(), Duration> {
        for (limiter, key) in self.bytes.iter().zip(keys) {
            let Some(limiter) = limiter else { continue };
            match limiter.check_key_n(&key, kilobytes) {
                Ok(Ok(_)) => {}
                Ok(Err(refusal)) => return Err(refusal.wait_time_from(self.clock.now())),
                // More than the bucket ever holds: a piece is smaller than a file, and a file fits.
                Err(_) => return Err(Duration::from_secs(60)),
            }
        }
        Ok(())
    }

    /// Forgets keys whose buckets are full again.
    pub fn tidy(&self) {
        let requests = self.gauges.iter().flat_map(|it| [&it.address, &it.site, &it.token]);
        for limiter in requests.chain(&self.bytes).flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
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
            if matches!(class, Class::Upload | Class::Slice) {
                let meter = Meter::new(&app, address, request.headers());
                request.extensions_mut().insert(Arc::new(Mutex::new(meter)));
            }
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
    fn bytes_of_files_have_buckets_of_their_own() {
        let bytes = Buckets { address: bucket(10_240, 60), site: bucket(20_480, 1), token: bucket(0, 0) };
        let gate = Gate::new(&Limits { bytes, ..Limits::none() }, 1);
        let spend = |network: u64, site: u64, kilobytes: u32| {
            gate.spend([network, site], NonZeroU32::new(kilobytes).unwrap()).is_ok()
        };
        assert!(spend(1, 9, 10_240));
        assert!(!spend(1, 9, 64), "the network's bucket is empty");
        assert!(spend(2, 9, 10_000), "another network has its own");
        assert!(!spend(3, 9, 10_000), "the site's bucket is empty");
        assert!(spend(4, 8, 10_240));
        assert!(Limits::default().fault().is_none() && Limits::none().fault().is_none());
        let small = Buckets { address: bucket(5_000, 1), ..bytes };
        let said = Limits { bytes: small, ..Limits::default() }.fault().unwrap();
        assert!(said.contains("limits.bytes: burst = 5000 of address") && said.contains("10240"), "{said}");
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
