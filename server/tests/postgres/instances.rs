//! Two instances over one PostgreSQL and one folder of files.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::Rows;
use crate::app::{
    Answer, Instance, Process, agent, config, created, figure, key, operator, options, program, sample, send, share,
};
use crate::client::Agent;
use podskazka_server::limits::{Bucket, Buckets, Limits};
use podskazka_server::store::{Role, Verdict};
use podskazka_server::{Config, Store};

/// An instance that lets one token write as often as it likes.
fn start(data: &Path) -> Instance {
    Instance::with(Config { limits: Limits::none(), ..config(data) })
}

/// A live stream: next event with its number.
pub struct Stream(BufReader<TcpStream>);

impl Stream {
    pub fn open(base: &str, number: &str, token: &str, last: u64) -> Stream {
        let address = base.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).unwrap();
        write!(
            stream,
            "GET /v1/tickets/{number}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nLast-Event-ID: {last}\r\n\r\n"
        )
        .unwrap();
        let mut stream = Stream(BufReader::new(stream));
        assert_eq!(stream.line().as_deref(), Some("HTTP/1.1 200 OK"));
        stream
    }

    fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        (self.0.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
    }

    pub fn next(&mut self) -> Option<Value> {
        loop {
            let line = self.line()?;
            if let Some(data) = line.strip_prefix("data:") {
                return serde_json::from_str(data).ok();
            }
        }
    }
}

#[test]
fn a_comment_posted_to_one_instance_appears_on_the_stream_of_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (start(dir.path()), start(dir.path()));
    let (number, token) = a.new_ticket();
    let mut stream = Stream::open(&b.base, &number, &token, 1);
    let mut took = Vec::new();
    for i in 0..100 {
        let start = Instant::now();
        let text = format!("слово {i}");
        a.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": text})).ok(201);
        let event = stream.next().unwrap();
        took.push(start.elapsed());
        assert_eq!((&event["seq"], &event["text"]), (&json!(i + 2), &json!(text)));
    }
    figure("to the other instance, p99", share(&mut took, 99), Duration::from_millis(150));
}

#[test]
fn a_key_sent_to_both_instances_at_once_is_one_ticket() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (start(dir.path()), start(dir.path()));
    for _ in 0..20 {
        let key = key();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let send = |server: &Instance| created(&server.ticket(&key, &sample()));
            let threads: Vec<_> =
                (0..10).map(|i| if i % 2 == 0 { &a } else { &b }).map(|it| scope.spawn(move || send(it))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(answers.iter().all(|answer| *answer == answers[0]));
    }
    assert_eq!(Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets"), "20");
}

#[test]
fn a_network_has_one_share_of_new_tickets_at_both_instances() {
    let dir = tempfile::tempdir().unwrap();
    let none = Limits::none();
    let four = Buckets { address: Bucket { burst: 4, per_minute: 1 }, ..none.ticket };
    let start = || Instance::with(Config { limits: Limits { ticket: four, ..none }, ..config(dir.path()) });
    let (a, b) = (start(), start());
    let first = key();
    created(&a.ticket(&first, &sample()));
    let mut taken = 1;
    let refused = loop {
        let answer = if taken % 2 == 0 { &a } else { &b }.ticket(&key(), &sample());
        if answer.status != 201 {
            break answer;
        }
        taken += 1;
    };
    refused.problem(429, "rate-limited");
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    // Each by itself would have taken four; one a minute comes back meanwhile.
    assert!((4..8).contains(&taken), "{taken}");
    // The same letter once more is no new ticket.
    created(&b.ticket(&first, &sample()));
}

#[test]
fn steps_from_both_sides_keep_one_history_and_one_journal() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let (a, b) = (start(dir.path()), start(dir.path()));
    let (number, token) = a.new_ticket();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..30 {
                a.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "а"})).ok(201);
            }
        });
        scope.spawn(|| {
            for _ in 0..30 {
                let body = json!({"text": "б", "visibility": "internal"});
                b.act(&format!("/v1/desk/tickets/{number}/comments"), &desk, &body).ok(201);
            }
        });
    });
    let card = b.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200);
    let numbers: Vec<_> =
        card["events"].as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (1..=61).collect::<Vec<_>>());
    drop((a, b));
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(store.verify_audit()).unwrap(), Verdict::Whole(62));
}

#[test]
fn when_one_instance_dies_its_citizens_go_on_at_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let mut a = Process::start(dir.path());
    let b = start(dir.path());
    let post = |path: &str, token: &str, body: &Value| {
        let (key, bearer) = (key(), format!("Bearer {token}"));
        let headers = [("idempotency-key", key.as_str()), ("authorization", bearer.as_str())];
        send(&agent(), &format!("{}{path}", a.base), "POST", &headers, body.to_string().as_bytes())
    };
    let (number, token) = created(&post("/v1/tickets", "", &sample()));
    let mut stream = Stream::open(&a.base, &number, &token, 0);
    assert_eq!(stream.next().unwrap()["seq"], 1);
    post(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "до"})).ok(201);
    assert_eq!(stream.next().unwrap()["seq"], 2);
    a.kill();
    while stream.next().is_some() {}
    b.act(&format!("/v1/tickets/{number}/comments"), &token, &json!({"text": "после"})).ok(201);
    let mut stream = Stream::open(&b.base, &number, &token, 2);
    assert_eq!(stream.next().unwrap()["seq"], 3);
}

/// One try; `None` when the instance is gone.
pub fn try_send(agent: &Agent, base: &str, key: &str) -> Option<(u16, String)> {
    let (url, body) = (format!("{base}/v1/tickets"), sample().to_string());
    let answer = Answer::read(agent.open("POST", &url, &[("idempotency-key", key)], body.as_bytes())?)?;
    Some((answer.status, answer.text))
}

#[test]
fn killing_one_of_two_under_load_loses_nothing_and_repeats_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut a, b) = (Process::start(dir.path()), Process::start(dir.path()));
    let (base_a, base_b, sent) = (a.base.clone(), b.base.clone(), AtomicUsize::new(0));
    let write = || {
        let agent = agent();
        let mut answers = Vec::new();
        for _ in 0..50 {
            let key = key();
            // A citizen's page tries the same key again, and the balancer finds the instance that lives.
            let answer = try_send(&agent, &base_a, &key).or_else(|| try_send(&agent, &base_b, &key)).unwrap();
            assert_eq!(answer.0, 201, "{}", answer.1);
            answers.push((key, answer.1));
            sent.fetch_add(1, Ordering::Relaxed);
        }
        answers
    };
    let answers: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..6).map(|_| scope.spawn(write)).collect();
        while sent.load(Ordering::Relaxed) < 100 {
            std::thread::yield_now();
        }
        a.kill();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let count = Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets");
    assert_eq!((answers.len(), count.as_str()), (300, "300"));
    for (key, answer) in &answers {
        assert_eq!(try_send(&agent(), &base_b, key), Some((201, answer.clone())));
    }
    drop(b);
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    assert_eq!(runtime.block_on(store.verify_audit()).unwrap(), Verdict::Whole(300));
}

#[test]
fn a_lost_connection_to_the_database_comes_back_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    let (number, token) = server.new_ticket();
    let mut stream = Stream::open(&server.base, &number, &token, 1);
    let cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for i in 0..3 {
        assert!(Rows::open(dir.path()).run(cut));
        let path = format!("/v1/tickets/{number}/comments");
        let (key, body) = (key(), json!({"text": "ещё"}));
        // Refusals are honest and end: the same key goes through once the connection is back.
        let mut answer = server.act_as(&key, &path, &token, &body);
        while answer.status != 201 {
            answer.problem(503, "storage-unavailable");
            answer = server.act_as(&key, &path, &token, &body);
        }
        let mut event = stream.next();
        if event.is_none() || event.as_ref().is_some_and(|event| event.get("seq").is_none()) {
            stream = Stream::open(&server.base, &number, &token, i + 1);
            event = stream.next();
        }
        assert_eq!(event.unwrap()["seq"], i + 2);
    }
}

#[test]
fn whoever_holds_the_writers_lock_too_long_stops_nobody_for_good() {
    let dir = tempfile::tempdir().unwrap();
    let server = start(dir.path());
    // Its own start writes too.
    server.get("/v1/config", None).ok(200);
    let holder = Rows::open(dir.path());
    assert!(holder.run("SELECT pg_advisory_lock(1886348403)"));
    let key = key();
    server.ticket(&key, &sample()).problem(503, "storage-unavailable");
    assert!(holder.run("SELECT pg_advisory_unlock_all()"));
    created(&server.ticket(&key, &sample()));
}

#[test]
fn keys_are_exchanged_while_both_instances_take_tickets() {
    let dir = tempfile::tempdir().unwrap();
    let (a, b) = (start(dir.path()), start(dir.path()));
    let done = AtomicBool::new(false);
    let mut tickets: Vec<_> = std::thread::scope(|scope| {
        let citizen = |server| {
            let done = &done;
            move || {
                let mut made: Vec<(String, String)> = vec![Instance::new_ticket(server)];
                while !done.load(Ordering::SeqCst) {
                    made.push(server.new_ticket());
                }
                made
            }
        };
        let citizens = [scope.spawn(citizen(&a)), scope.spawn(citizen(&b))];
        let rotated: Vec<_> = (0..3).map(|_| program(dir.path()).arg("rotate-key").output().unwrap()).collect();
        done.store(true, Ordering::SeqCst);
        for output in rotated {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        citizens.into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    drop(b);
    let b = start(dir.path());
    tickets.push(b.new_ticket());
    for (number, token) in &tickets {
        for server in [&a, &b] {
            let page = server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
            assert_eq!(page["events"][0]["text"], sample()["text"]);
        }
    }
}

/// An instance with a copy of the key file of its own takes nothing under a key that goes, until it has the new file.
#[test]
fn an_instance_that_lacks_the_new_key_takes_nothing_until_it_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let a = start(dir.path());
    let (number, token) = a.new_ticket();
    let (file, copy) = (dir.path().join("podskazka.key"), dir.path().join("copy.key"));
    std::fs::copy(&file, &copy).unwrap();
    let b = Instance::with(Config { key_file: Some(copy.clone()), limits: Limits::none(), ..config(dir.path()) });
    b.new_ticket();
    assert!(program(dir.path()).arg("rotate-key").status().unwrap().success());
    let letter = key();
    b.ticket(&letter, &sample()).problem(503, "storage-unavailable");
    a.new_ticket();
    std::fs::copy(&file, &copy).unwrap();
    created(&b.ticket(&letter, &sample()));
    b.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
}
