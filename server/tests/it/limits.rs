//! Limits of requests, from outside.

use std::io::Write as _;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use podskazka_server::Config;
use podskazka_server::limits::{Bucket, Buckets, Limits};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::app::{Answer, Instance, config, created, key, png, sample};

#[test]
fn too_many_from_one_network_are_told_when_to_come_back() {
    let dir = tempfile::tempdir().unwrap();
    let none = Limits::none();
    let few = Buckets { address: Bucket { burst: 3, per_minute: 1 }, ..none.ticket };
    let config =
        Config { data_dir: dir.path().to_path_buf(), limits: Limits { ticket: few, ..none }, ..Config::default() };
    let server = Instance::with(config);
    let body = sample().to_string();
    for left in [2, 1, 0] {
        let key = key();
        let answer = server.send("POST", "/v1/tickets", &[("idempotency-key", key.as_str())], body.as_bytes());
        assert_eq!(answer.status, 201);
        assert_eq!(answer.header("ratelimit"), format!(r#""network";r={left};t=60"#));
    }
    for name in ["x-forwarded-for", "cf-connecting-ip", "forwarded", "x-real-ip"] {
        let key = key();
        let headers = [("idempotency-key", key.as_str()), (name, "198.51.100.7")];
        let refused = server.send("POST", "/v1/tickets", &headers, body.as_bytes());
        refused.problem(429, "rate-limited");
        let wait: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=61).contains(&wait), "{wait}");
        let rate = refused.header("ratelimit");
        let next: u64 = rate.strip_prefix(r#""network";r=0;t="#).unwrap().parse().unwrap();
        assert!((1..=60).contains(&next), "{rate}");
    }
    // Other classes go on.
    server.get("/v1/config", None).ok(200);
}

#[test]
fn a_network_that_sends_many_bytes_waits_and_its_letters_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let none = Limits::none();
    let bytes = Buckets { address: Bucket { burst: 10_240, per_minute: 1 }, ..none.bytes };
    let server = Instance::with(Config { limits: Limits { bytes, ..none }, ..config(dir.path()) });
    let file = vec![b'a'; 9 << 20];
    assert_eq!(server.post("/v1/uploads", Some(&key()), &file).status, 201);
    let refused = server.post("/v1/uploads", Some(&key()), &file);
    refused.problem(429, "rate-limited");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    // A file in slices is no way around it.
    let once = key();
    let announce = [("idempotency-key", once.as_str()), ("upload-complete", "?0"), ("upload-length", "9437184")];
    server.send("POST", "/v1/uploads", &announce, &file[..2 << 20]).problem(429, "rate-limited");
    server.new_ticket();
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

/// The header that shows the work of a challenge.
fn solved(challenge: &Value) -> String {
    let (salt, wanted) = (challenge["salt"].as_str().unwrap(), challenge["challenge"].as_str().unwrap());
    let digest = |number: u64| {
        let hash: [u8; 32] = Sha256::digest(format!("{salt}{number}")).into();
        hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    let number = (0..=challenge["maxnumber"].as_u64().unwrap()).find(|number| digest(*number) == wanted).unwrap();
    let solution = json!({"algorithm": challenge["algorithm"], "challenge": wanted, "number": number, "salt": salt,
        "signature": challenge["signature"]});
    STANDARD.encode(solution.to_string())
}

#[test]
fn who_asks_often_shows_work_once_for_each_ticket() {
    let dir = tempfile::tempdir().unwrap();
    let none = Limits::none();
    let one = Buckets { address: Bucket { burst: 1, per_minute: 1 }, ..none.proof };
    let limits = Limits { proof: one, proof_work: 300, ..none };
    let server = Instance::with(Config { limits, ..config(dir.path()) });
    server.new_ticket();
    let send = |key: &str, work: Option<&str>| -> Answer {
        let mut headers = vec![("idempotency-key", key)];
        headers.extend(work.map(|work| ("x-altcha", work)));
        server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes())
    };
    let work = |action: &str| {
        let body = json!({"action": action}).to_string();
        solved(&server.send("POST", "/v1/challenges", &[], body.as_bytes()).ok(200))
    };
    let key = key();
    send(&key, None).problem(428, "captcha-required");
    for wrong in ["x", "e30=", &work("upload")] {
        send(&key, Some(wrong)).problem(400, "captcha-invalid");
    }
    let shown = work("ticket");
    let made = created(&send(&key, Some(&shown)));
    send(&crate::app::key(), Some(&shown)).problem(409, "challenge-used");
    assert_eq!(created(&send(&key, Some(&work("ticket")))), made, "the repeated request gets the same ticket");
    // What needs no work goes on.
    server.act(&format!("/v1/tickets/{}/comments", made.0), &made.1, &json!({"text": "дополнение"})).ok(201);
}

#[test]
fn beyond_what_it_can_carry_the_service_says_so_at_once_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let limits = Limits { at_once: 4, ..Limits::none() };
    let server = Instance::with(Config { limits, ..config(dir.path()) });
    let four = |turn: usize| -> Vec<TcpStream> {
        let open = |i: usize| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            let head =
                format!("POST /v1/uploads HTTP/1.1\r\nHost: a\r\nIdempotency-Key: slow-upload-{turn}-{i:06}\r\n");
            write!(stream, "{head}Content-Length: 100\r\n\r\nx").unwrap();
            stream
        };
        (0..4).map(open).collect()
    };
    let within = |status: u16| {
        let end = Instant::now() + Duration::from_secs(5);
        while Instant::now() < end {
            if server.get("/v1/config", None).status == status {
                return true;
            }
        }
        false
    };
    // All four are being answered once a fifth is not. A machine that stood still may have let them go: then four others.
    let slow = (0..4).map(four).find(|_| within(503)).expect("four requests leave no room for a fifth");
    let refused = server.get("/v1/config", None);
    refused.problem(503, "overloaded");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    server.get("/v1/desk/me", None).problem(401, "invalid-token");
    drop(slow);
    assert!(within(200), "there is room again");
    server.new_ticket();
}
