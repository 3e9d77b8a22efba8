//! Five times more requests at once than the server carries: each is taken or refused in words, none is lost, and
//! afterwards everything is as before.
//!
//! `OVERLOAD` is how many tickets are tried.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use podskazka_server::Config;
use podskazka_server::limits::Limits;

use crate::Rows;
use crate::app::{Answer, Instance, Process, agent, config, created, figure, key, program, sample, send, share};

/// Requests that the server answers at once, and clients that ask it at once.
const AT_ONCE: usize = 16;
const CLIENTS: usize = 5 * AT_ONCE;

/// Most megabytes of the server meanwhile.
const MOST_MEMORY: u64 = 512;

#[test]
fn who_is_too_many_is_refused_in_words_and_who_is_taken_is_kept() {
    let tries = std::env::var("OVERLOAD").map_or(2_000, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let none = "{ burst = 0, per_minute = 0 }";
    let settings =
        format!("[limits]\nat_once = {AT_ONCE}\n[limits.ticket]\naddress = {none}\nsite = {none}\ntoken = {none}\n");
    std::fs::write(dir.path().join("a.toml"), settings).unwrap();
    let mut command = program(&data);
    command.arg("--config").arg(dir.path().join("a.toml")).args(["--listen", "127.0.0.1:0"]);
    let mut process = Process::of(command);
    let url = format!("{}/v1/tickets", process.base);
    let (sent, taken, refused) = (AtomicUsize::new(0), Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    let load = || {
        let (agent, body) = (agent(), sample().to_string());
        while sent.fetch_add(1, Ordering::Relaxed) < tries {
            let start = Instant::now();
            let open = agent.open("POST", &url, &[("idempotency-key", &key())], body.as_bytes());
            let answer = open.and_then(Answer::read).unwrap();
            let took = start.elapsed();
            if answer.status == 201 {
                taken.lock().unwrap().push((created(&answer), took));
            } else {
                answer.problem(503, "overloaded");
                assert_eq!(answer.header("retry-after"), "5");
                refused.lock().unwrap().push(took);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(load);
        }
    });
    let (taken, refused) = (taken.into_inner().unwrap(), refused.into_inner().unwrap());
    assert_eq!(taken.len() + refused.len(), tries);
    assert!(!taken.is_empty() && !refused.is_empty(), "{} taken, {} refused", taken.len(), refused.len());
    let (ended, memory) = (Instant::now(), process.memory());
    println!("{} taken, {} refused, {memory} MB", taken.len(), refused.len());
    assert!(memory < MOST_MEMORY, "{memory} MB");
    // Nobody asks any more: the next one is taken at its first try.
    let after = send(&agent(), &url, "POST", &[("idempotency-key", &key())], sample().to_string().as_bytes());
    created(&after);
    figure("taken as before after the crowd", ended.elapsed(), Duration::from_secs(5));
    process.kill();
    let numbers = taken.iter().map(|((number, _), _)| format!("'{number}'")).collect::<Vec<_>>().join(",");
    let sql = format!("SELECT CAST(count(*) AS TEXT) FROM tickets WHERE number IN ({numbers})");
    let rows = Rows::open(&data);
    assert_eq!(rows.text(&sql), taken.len().to_string());
    assert_eq!(rows.text("SELECT CAST(count(*) AS TEXT) FROM tickets"), (taken.len() + 1).to_string());
    let mut taken: Vec<_> = taken.into_iter().map(|(_, took)| took).collect();
    figure("taken, p99", share(&mut taken, 99), Duration::from_secs(1));
    let mut refused = refused;
    figure("refused, p99", share(&mut refused, 99), Duration::from_millis(50));
}

/// A network that holds half of the places with bodies that never end keeps nobody else out.
#[test]
fn one_network_leaves_places_to_the_others() {
    let dir = tempfile::tempdir().unwrap();
    let limits = Limits { at_once: 8, ..Limits::none() };
    let proxies = vec!["127.0.0.1".parse().unwrap()];
    let server = Instance::with(Config { limits, trusted_proxies: proxies, ..config(dir.path()) });
    let ask = |from: &str| {
        let headers = [("x-forwarded-for", from), ("idempotency-key", &*key())];
        server.send("POST", "/v1/tickets", &headers, sample().to_string().as_bytes())
    };
    let held: Vec<_> = (0..12)
        .map(|at| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            let head = format!(
                "POST /v1/tickets HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 203.0.113.{at}\r\nIdempotency-Key: {}\r\n\
                 Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{{",
                key()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream
        })
        .collect();
    let end = Instant::now() + Duration::from_secs(60);
    while ask("203.0.113.99").status != 503 {
        assert!(Instant::now() < end, "the network is never told that it holds too much");
    }
    created(&ask("198.51.100.1"));
    drop(held);
    // Who has left holds nothing.
    while ask("203.0.113.99").status != 201 {
        assert!(Instant::now() < end, "a place is never free again");
    }
}
