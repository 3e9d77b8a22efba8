//! Limits of requests, from outside.

use podskazka_server::Config;
use podskazka_server::limits::{Bucket, Buckets, Limits};

use crate::app::{Instance, created, key, png, sample};

#[test]
fn too_many_from_one_network_are_told_when_to_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let none = Limits::none();
    let few = Buckets { address: Bucket { burst: 3, per_minute: 1 }, ..none.ticket };
    let config =
        Config { data_dir: dir.path().to_path_buf(), limits: Limits { ticket: few, ..none }, ..Config::default() };
    let server = Instance::with(config);
    for _ in 0..3 {
        server.new_ticket();
    }
    let body = sample().to_string();
    for name in ["x-forwarded-for", "cf-connecting-ip", "forwarded", "x-real-ip"] {
        let key = key();
        let headers = [("idempotency-key", key.as_str()), (name, "198.51.100.7")];
        let refused = server.send("POST", "/v1/tickets", &headers, body.as_bytes());
        refused.problem(429, "rate-limited");
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=61).contains(&wait), "{wait}");
    }
    // Other classes go on.
    server.get("/v1/config", None).ok(200);
}

#[test]
fn a_trusted_proxy_tells_the_networks_apart() {
    let dir = tempfile::tempdir().unwrap();
    let none = Limits::none();
    let one = Buckets { address: Bucket { burst: 1, per_minute: 1 }, ..none.ticket };
    let config = Config {
        data_dir: dir.path().to_path_buf(),
        limits: Limits { ticket: one, ..none },
        trusted_proxies: vec!["127.0.0.1".parse().unwrap()],
        ..Config::default()
    };
    let server = Instance::with(config);
    let body = sample().to_string();
    let from = |address: &str| {
        let key = key();
        let headers = [("idempotency-key", key.as_str()), ("x-forwarded-for", address)];
        server.send("POST", "/v1/tickets", &headers, body.as_bytes()).status
    };
    assert_eq!([from("192.0.2.1"), from("192.0.2.200"), from("198.51.100.1")], [201, 429, 201]);
}

#[test]
fn five_hundred_citizens_behind_one_address_are_served() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let picture = png();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                for _ in 0..50 {
                    let mut ticket = sample();
                    ticket["uploads"] = serde_json::json!([server.upload(&picture)]);
                    created(&server.ticket(&key(), &ticket));
                }
            });
        }
    });
}
