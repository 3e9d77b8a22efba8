//! The live stream of a ticket: nothing missing, nothing twice, nothing internal.

use std::io::{BufRead as _, BufReader};
use std::time::Duration;

use podskazka_server::store::Role;
use podskazka_server::{Config, Pace};
use serde_json::{Value, json};

use crate::Rows;
use crate::app::{Instance, agent, config, now, operator, program};
use crate::client::Open;

/// Lines of a stream that goes on.
pub struct Stream(BufReader<Open>);

impl Stream {
    fn open(server: &Instance, number: &str, token: &str, last: Option<u64>) -> Stream {
        let (bearer, last) = (format!("Bearer {token}"), last.map(|last| last.to_string()));
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.extend(last.iter().map(|last| ("last-event-id", last.as_str())));
        Stream::with(server, number, &headers).unwrap()
    }

    /// `None` where the ticket does not open.
    pub fn with(server: &Instance, number: &str, headers: &[(&str, &str)]) -> Option<Stream> {
        let url = format!("{}/v1/tickets/{number}/events", server.base);
        let response = agent().open("GET", &url, headers, b"").unwrap();
        if response.status() != 200 {
            return None;
        }
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Some(Stream(BufReader::new(response)))
    }

    /// Name and data of the next event, `None` at the end. A stream that only says it is alive fails its test.
    pub fn next(&mut self) -> Option<(String, Value)> {
        let (mut name, mut data, mut id) = (String::new(), Value::Null, String::new());
        let mut signs = 0;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap_or(0) == 0 {
                return None;
            }
            let line = line.trim_end();
            if let Some(text) = line.strip_prefix("event: ") {
                name = text.to_owned();
            } else if let Some(text) = line.strip_prefix("data: ") {
                data = serde_json::from_str(text).unwrap();
            } else if let Some(text) = line.strip_prefix("id: ") {
                id = text.to_owned();
            } else if line.starts_with(':') {
                signs += 1;
                assert!(signs < 6, "two minutes without an event or an end");
            } else if line.is_empty() && !name.is_empty() {
                if name == "ticket" {
                    assert_eq!(data["seq"].to_string(), id);
                }
                return Some((name, data));
            }
        }
    }

    fn seq(&mut self) -> u64 {
        self.next().unwrap().1["seq"].as_u64().unwrap()
    }
}

#[test]
fn events_come_in_order_without_a_gap_also_over_broken_connections() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let path = format!("/v1/tickets/{number}/comments");
    std::thread::scope(|scope| {
        let mut whole = Stream::open(&server, &number, &token, None);
        let writer = scope.spawn(|| {
            for i in 0..15 {
                server.act(&path, &token, &json!({"text": format!("строка {i}")})).ok(201);
            }
        });
        // This reader breaks off after every second event and resumes.
        let broken = scope.spawn(|| {
            let mut seen = Vec::new();
            while seen.len() < 16 {
                let mut part = Stream::open(&server, &number, &token, seen.last().copied());
                seen.push(part.seq());
                seen.push(part.seq());
            }
            seen
        });
        let expected: Vec<u64> = (1..=16).collect();
        assert_eq!((0..16).map(|_| whole.seq()).collect::<Vec<_>>(), expected);
        assert_eq!(broken.join().unwrap(), expected);
        writer.join().unwrap();
    });
}

#[test]
fn internal_steps_stay_inside_and_a_stop_is_announced() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let mut stream = Stream::open(&server, &number, &token, Some(1));
    let comment = |text: &str, visibility: &str| {
        let body = json!({"text": text, "visibility": visibility});
        server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &body).ok(201);
    };
    comment("между нами", "internal");
    comment("Здравствуйте", "public");
    let (name, data) = stream.next().unwrap();
    assert_eq!((name.as_str(), &data["text"], &data["seq"]), ("ticket", &json!("Здравствуйте"), &json!(3)));
    assert!(data.get("author").is_none());
    drop(server);
    assert_eq!(stream.next().unwrap().0, "reconnect");
    assert!(stream.next().is_none());
}

/// The server that holds the stream reads the new keys as they are made, and the old ones are gone.
#[test]
fn a_stream_goes_on_while_keys_are_exchanged() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let mut stream = Stream::open(&server, &number, &token, None);
    assert_eq!(stream.seq(), 1);
    for answer in ["после первого ключа", "после второго"] {
        let exchanged = program(dir.path()).arg("rotate-key").output().unwrap();
        assert!(exchanged.status.success(), "{}", String::from_utf8_lossy(&exchanged.stderr));
        let body = json!({"text": answer, "visibility": "public"});
        server.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &body).ok(201);
        assert_eq!(stream.next().unwrap().1["text"], answer);
    }
    // Broken off, it goes on with what was written under the key before.
    let mut again = Stream::open(&server, &number, &token, Some(1));
    assert_eq!(again.next().unwrap().1["text"], "после первого ключа");
}

#[test]
fn a_stream_opens_to_the_ticket_s_own_token_only() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (number, _) = server.new_ticket();
    let (_, foreign) = server.new_ticket();
    let path = format!("/v1/tickets/{number}/events");
    server.get(&path, Some(&foreign)).problem(404, "not-found");
    server.get(&path, None).problem(404, "not-found");
    for other in ["%25", "*", "PS-*", "ticket:%25"] {
        server.get(&format!("/v1/tickets/{other}/events"), Some(&foreign)).problem(404, "not-found");
    }
}

/// Erased and withdrawn behind this instance's back: by another one, by the command line, by time.
#[test]
fn a_stream_ends_soon_after_its_token_opens_the_ticket_no_longer() {
    let dir = tempfile::tempdir().unwrap();
    let pace = Pace { stream: Duration::from_millis(100), ..Pace::default() };
    let server = Instance::with(Config { pace, ..config(dir.path()) });
    let [(kept, own), (erased, lost), (_, link)] = [(); 3].map(|()| server.new_ticket());
    let rows = Rows::open(dir.path());
    // The third ticket's token opens the first one as well, as after a merge, for a time.
    assert!(rows.run(&format!(
        "INSERT INTO track_tokens (token_hash, ticket_id, expires_at) SELECT other.token_hash, kept.id, {} \
         FROM tickets AS kept, tickets AS other WHERE kept.number = '{kept}' AND other.number NOT IN ('{kept}', '{erased}')",
        now() + 3_600
    )));
    let [mut stays, mut gone, mut ends] = [(&kept, &own), (&erased, &lost), (&kept, &link)].map(|(number, token)| {
        let mut stream = Stream::open(&server, number, token, None);
        assert_eq!(stream.seq(), 1);
        stream
    });
    let said = |stream: &mut Stream| {
        assert_eq!(stream.next().unwrap(), ("reconnect".to_owned(), json!({})));
        assert!(stream.next().is_none());
    };
    let erase = ["erase", &erased, "--by", "olga", "--reason", "заявление"];
    assert!(program(dir.path()).args(erase).output().unwrap().status.success());
    said(&mut gone);
    assert!(rows.run("UPDATE track_tokens SET expires_at = 0"));
    said(&mut ends);
    server.get(&format!("/v1/tickets/{kept}/events"), Some(&link)).problem(404, "not-found");
    server.act(&format!("/v1/tickets/{kept}/comments"), &own, &json!({"text": "ещё здесь"})).ok(201);
    assert_eq!(stays.seq(), 2);
}

/// The access check of a page tells from it whether live updates get through.
#[test]
fn the_pulse_is_two_events_and_an_end() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let pulse = server.get("/v1/status/events", None);
    assert_eq!((pulse.status, pulse.header("content-type")), (200, "text/event-stream"));
    assert_eq!(pulse.text, "event: pulse\ndata: 0\n\nevent: pulse\ndata: 1\n\n");
}
