//! Answers that get lost on their way: the page asks again, and there is one ticket.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use podskazka_server::Config;
use podskazka_server::limits::Limits;

use crate::Rows;
use crate::app::{Instance, config, key, sample};

/// Sends the whole request; reads the answer, or goes away before it comes.
fn send(address: &str, key: &str, stays: bool) -> Option<String> {
    let body = sample().to_string();
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!(
        "POST /v1/tickets HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {key}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    if !stays {
        return None;
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    Some(answer)
}

#[test]
fn a_lost_answer_makes_no_second_ticket_and_loses_none() {
    let letters = std::env::var("LETTERS").map_or(200, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    for i in 0..letters {
        let key = key();
        // Of every ten, three answers are lost, one of them twice.
        for _ in 0..[2, 1, 0, 0, 0, 1, 0, 0, 0, 0][i % 10] {
            send(server.address(), &key, false);
        }
        let answer = send(server.address(), &key, true).unwrap();
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    }
    drop(server);
    assert_eq!(Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets"), letters.to_string());
}
