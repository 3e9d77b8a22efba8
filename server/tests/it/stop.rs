//! A stop is announced, ends no request that is under way, and comes to its end by itself.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Rows;
use crate::app::{Process, agent, created, figure, key, sample, send};

fn open(process: &Process, head: &str) -> TcpStream {
    let mut stream = TcpStream::connect(process.base.trim_start_matches("http://")).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

fn rest(mut stream: TcpStream) -> String {
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    said
}

#[test]
fn a_stop_ends_what_is_under_way_and_says_goodbye_to_streams() {
    let dir = tempfile::tempdir().unwrap();
    let mut process = Process::start(dir.path());
    let url = format!("{}/v1/tickets", process.base);
    let (number, token) =
        created(&send(&agent(), &url, "POST", &[("idempotency-key", &key())], sample().to_string().as_bytes()));
    let mut live = open(
        &process,
        &format!("GET /v1/tickets/{number}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n"),
    );
    let mut first = [0; 15];
    live.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK");
    let text = "слово ".repeat(1_000);
    let head = |path: &str, length: usize| {
        format!("POST {path} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {}\r\nContent-Length: {length}\r\n\r\n", key())
    };
    let (upload_head, ticket_head) = (head("/v1/uploads", text.len()), head("/v1/tickets", sample().to_string().len()));
    let (mut upload, mut ticket) = (open(&process, &upload_head), open(&process, &ticket_head));
    let (half, other) = text.as_bytes().split_at(3_000);
    upload.write_all(half).unwrap();
    // Both requests are being answered once a later one is.
    assert_eq!(send(&agent(), &format!("{}/livez", process.base), "GET", &[], b"").status, 200);
    assert!(Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap().success());
    let asked = Instant::now();
    let said = rest(live);
    assert!(said.contains("event: reconnect\n") && said.contains("retry: 2000\n"), "{said}");
    while TcpStream::connect(process.base.trim_start_matches("http://")).is_ok() {
        std::thread::yield_now();
    }
    figure("nobody listens any more", asked.elapsed(), Duration::from_millis(50));
    upload.write_all(other).unwrap();
    ticket.write_all(sample().to_string().as_bytes()).unwrap();
    for said in [rest(upload), rest(ticket)] {
        assert!(said.starts_with("HTTP/1.1 201"), "{said}");
    }
    let (status, log) = process.wait();
    figure("the end after the word to stop", asked.elapsed(), Duration::from_secs(10));
    assert!(status.success() && log.contains("\"stopped\""), "{status}\n{log}");
    assert!(!log.contains("did not end in time"), "{log}");
    // What was under way is kept, each once.
    let rows = Rows::open(dir.path());
    for (table, kept) in [("tickets", "2"), ("uploads", "1")] {
        assert_eq!(rows.text(&format!("SELECT CAST(count(*) AS TEXT) FROM {table}")), kept, "{table}");
    }
}
