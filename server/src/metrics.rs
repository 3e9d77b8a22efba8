//! Figures about the service for Prometheus. Labels are routes, methods, states: never an address, a number or a name.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// Bounds of the answer times, in seconds: a quick disk, a slow disk, trouble.
const BOUNDS: [f64; 8] = [0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 30.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answer {
    route: String,
    method: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    route: String,
}

/// Every figure.
pub struct Metrics {
    registry: Registry,
    answers: Family<Answer, Counter>,
    seconds: Family<Route, Histogram>,
    streams: Gauge,
    connections: Gauge,
    content_broken: Gauge,
    letters_waiting: Gauge,
    letters_dead: Gauge,
    calls_waiting: Gauge,
    calls_dead: Gauge,
    without_origin: Counter,
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("podskazka");
        let answers = Family::<Answer, Counter>::default();
        let histogram: fn() -> Histogram = || Histogram::new(BOUNDS);
        let seconds = Family::<Route, Histogram>::new_with_constructor(histogram);
        let (streams, connections) = (Gauge::default(), Gauge::default());
        registry.register("answers", "Answers by route, method and status", answers.clone());
        registry.register("answer_seconds", "Time to the head of the answer", seconds.clone());
        registry.register("streams", "Live streams that are open", streams.clone());
        registry.register("connections", "Connections that are open", connections.clone());
        let [content_broken, letters_waiting, letters_dead] = [(); 3].map(|()| Gauge::default());
        registry.register("content_broken", "Schemas and articles that do not read", content_broken.clone());
        registry.register("letters_waiting", "Letters that wait to be sent", letters_waiting.clone());
        registry.register("letters_dead", "Letters that were given up", letters_dead.clone());
        let [calls_waiting, calls_dead] = [(); 2].map(|()| Gauge::default());
        registry.register("calls_waiting", "Calls to other systems that wait", calls_waiting.clone());
        registry.register("calls_dead", "Calls to other systems that were given up", calls_dead.clone());
        let without_origin = Counter::default();
        registry.register("without_origin", "Public requests that write and name no origin", without_origin.clone());
        Metrics {
            registry,
            answers,
            seconds,
            streams,
            connections,
            content_broken,
            letters_waiting,
            letters_dead,
            calls_waiting,
            calls_dead,
            without_origin,
        }
    }
}

impl Metrics {
    /// Counts an answer.
    pub fn answered(&self, route: &str, method: &str, status: u16, took: Duration) {
        // A method is a client's own word; only known ones become labels.
        let method = if matches!(method, "GET" | "POST" | "PATCH" | "HEAD" | "OPTIONS") { method } else { "other" };
        let answer = Answer { route: route.to_owned(), method: method.to_owned(), status };
        self.answers.get_or_create(&answer).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
    }

    /// A public request that writes came without an origin: no browser sent it.
    pub fn without_origin(&self) {
        self.without_origin.inc();
    }

    /// One connection more or less.
    pub fn connections(&self) -> &Gauge {
        &self.connections
    }

    /// The text that Prometheus reads.
    pub fn text(
        &self,
        streams: usize,
        broken: usize,
        letters: Option<(i64, i64)>,
        calls: Option<(i64, i64)>,
    ) -> String {
        self.streams.set(i64::try_from(streams).unwrap_or(i64::MAX));
        self.content_broken.set(i64::try_from(broken).unwrap_or(i64::MAX));
        if let Some((waiting, dead)) = letters {
            self.letters_waiting.set(waiting);
            self.letters_dead.set(dead);
        }
        if let Some((waiting, dead)) = calls {
            self.calls_waiting.set(waiting);
            self.calls_dead.set(dead);
        }
        let mut text = String::new();
        let _ = encode(&mut text, &self.registry);
        text
    }
}
