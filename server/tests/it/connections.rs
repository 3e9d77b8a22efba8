//! Clients that hold a connection without asking anything.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use podskazka_server::Config;

use crate::app::{Instance, config};

/// What the server says until it closes the connection. The long timeout only keeps a failing test from hanging.
fn until_closed(mut stream: TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
    String::from_utf8(said).unwrap()
}

#[test]
fn silent_and_slow_connections_are_closed_and_others_are_served() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { header_patience: Duration::from_millis(300), ..config(dir.path()) };
    let server = Instance::with(config);
    let open = |bytes: &[u8]| {
        let mut stream = TcpStream::connect(server.address()).unwrap();
        stream.write_all(bytes).unwrap();
        stream
    };
    let silent: Vec<_> = (0..50).map(|_| open(b"")).collect();
    let half: Vec<_> = (0..50).map(|_| open(b"POST /v1/tickets HTTP/1.1\r\nHost: a\r\nIdempotency-")).collect();
    let mut dripping = open(b"GET /v1/config HTTP/1.1\r\n");
    let drip = std::thread::spawn(move || {
        // One letter after another; ends when the server has closed.
        while dripping.write_all(b"A").is_ok() {
            std::thread::yield_now();
        }
    });
    let idle = open(b"GET /v1/config HTTP/1.1\r\nHost: a\r\n\r\n");
    server.get("/v1/config", None).ok(200);
    server.new_ticket();
    for stream in silent.into_iter().chain(half) {
        let said = until_closed(stream);
        assert!(!said.contains("200"), "{said}");
    }
    assert!(until_closed(idle).starts_with("HTTP/1.1 200"), "answered, then closed when nothing more came");
    drip.join().unwrap();
}

#[test]
fn a_header_without_end_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"GET /v1/config HTTP/1.1\r\n").unwrap();
    let line = format!("X-Long: {}\r\n", "a".repeat(8_000));
    for _ in 0..200 {
        if stream.write_all(line.as_bytes()).is_err() {
            break;
        }
    }
    let said = until_closed(stream);
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 431"), "{said}");
}
