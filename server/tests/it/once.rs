//! One key is one ticket, however often and wherever it is sent, and whoever hangs up meanwhile.
//!
//! `KEYS` is how many; each is sent twenty times at once, over PostgreSQL to two instances.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use podskazka_server::Config;
use podskazka_server::limits::Limits;
use serde_json::Value;

use crate::Rows;
use crate::app::{Instance, config, key, sample};

/// Senders of one key.
const SENDERS: usize = 20;

/// Sends the whole letter; its answer, or nothing where the sender hangs up: before the end, after it, or in the middle of the
/// answer.
fn send(address: &str, key: &str, body: &str, sender: usize) -> Option<(String, Value)> {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "POST /v1/tickets HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {key}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    if sender % 10 == 3 {
        stream.write_all(&body.as_bytes()[..body.len() / 2]).unwrap();
        return None;
    }
    stream.write_all(body.as_bytes()).unwrap();
    let mut first = [0; 9];
    match sender % 10 {
        5 => return None,
        7 => {
            let _ = stream.read(&mut first);
            return None;
        }
        _ => {}
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    Some((head.to_owned(), serde_json::from_str(body).unwrap()))
}

#[test]
fn a_key_is_one_ticket_whoever_hangs_up() {
    let keys = std::env::var("KEYS").map_or(30, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let start = || Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    let mut servers = vec![start()];
    if crate::database(dir.path()).is_some() {
        servers.push(start());
    }
    let body = sample().to_string();
    let mut numbers = std::collections::HashSet::new();
    for _ in 0..keys {
        let key = key();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let sent = |i: usize| {
                let (address, body, key) = (servers[i % servers.len()].address(), body.as_str(), key.as_str());
                scope.spawn(move || send(address, key, body, i))
            };
            let threads: Vec<_> = (0..SENDERS).map(sent).collect();
            threads.into_iter().filter_map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(answers.len(), SENDERS * 7 / 10);
        let receipt = &answers[0].1;
        let mut first = 0;
        for (head, body) in &answers {
            assert!(head.starts_with("HTTP/1.1 201"), "{head}");
            assert_eq!(body, receipt, "every answer of a key is the same, token and all");
            first += usize::from(!head.contains("\r\nidempotency-replayed: true"));
        }
        // The first may be among those who hung up.
        assert!(first <= 1, "{first} of one key were new");
        assert!(numbers.insert(receipt["number"].as_str().unwrap().to_owned()), "a number came twice");
        let other = servers[0].ticket(&key, &{
            let mut other = sample();
            other["text"] = "Другие слова под тем же ключом.".into();
            other
        });
        other.problem(422, "idempotency-mismatch");
    }
    drop(servers);
    assert_eq!(Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets"), keys.to_string());
}
