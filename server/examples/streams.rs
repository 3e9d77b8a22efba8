//! What many live streams cost: memory of the server, time of an event to one of them and to all.
//!
//! `cargo run --release -p podskazka-server --example streams -- PROGRAM [streams]`
//!
//! The server is a process of its own, so its memory is its alone. Raise the limit of open files above the number of
//! streams first: `ulimit -n 16384`. Ends with an error where a bound is passed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod judge;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use judge::Judge;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

/// Tickets among which the streams are spread.
const TICKETS: usize = 100;
/// Addresses of this machine that the streams come from, so that no one of them runs out of ports.
const SOURCES: usize = 4;
/// Megabytes of the server with all streams open, milliseconds to one of them and to all.
const MOST_MEMORY: f64 = 400.0;
const TO_ONE: f64 = 100.0;
const TO_ALL: f64 = 1_000.0;

struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Server {
    /// Megabytes that the process holds (`VmRSS`), or has held at the most (`VmHWM`).
    fn memory(&self, which: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(which)?.strip_prefix(':')).unwrap();
        line.trim_end_matches("kB").trim().parse::<f64>().unwrap() / 1024.0
    }
}

fn start(program: &str, folder: &std::path::Path) -> (Server, String) {
    let none = "{ burst = 0, per_minute = 0 }";
    let class = |name: &str| format!("[limits.{name}]\naddress = {none}\nsite = {none}\ntoken = {none}\n");
    let settings: String = ["ticket", "upload", "write", "read", "desk"].into_iter().map(class).collect();
    std::fs::write(folder.join("a.toml"), settings).unwrap();
    let mut command = Command::new(program);
    command.arg("--config").arg(folder.join("a.toml")).arg("--data-dir").arg(folder.join("data"));
    let mut child = command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("\"address\"") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
    }
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    let line: Value = serde_json::from_str(&line).unwrap();
    (Server(child), line["address"].as_str().unwrap().to_owned())
}

/// One POST; its answer.
async fn post(address: &str, path: &str, token: &str, body: &Value) -> Value {
    let mut random = [0; 16];
    getrandom::fill(&mut random).unwrap();
    let (key, body) = (u128::from_le_bytes(random), body.to_string());
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: a\r\nIdempotency-Key: {key:032x}\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

/// A live stream from its second event on.
async fn open(from: usize, address: &str, number: &str, token: &str) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    let own = u8::try_from(1 + from % SOURCES).unwrap();
    socket.bind((std::net::Ipv4Addr::new(127, 0, 0, own), 0).into()).unwrap();
    let mut stream = socket.connect(address.parse().unwrap()).await.unwrap();
    let request = format!(
        "GET /v1/tickets/{number}/events HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\nLast-Event-ID: 1\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Reads until the text has come.
async fn until(stream: &mut TcpStream, text: &str) {
    let (mut all, mut buffer) = (Vec::new(), [0; 2_048]);
    while !all.windows(text.len()).any(|it| it == text.as_bytes()) {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "a stream ended");
        all.extend_from_slice(&buffer[..read]);
    }
}

#[tokio::main(worker_threads = 2)]
async fn main() -> ExitCode {
    let mut judge = Judge::default();
    let mut args = std::env::args().skip(1);
    let program = args.next().unwrap();
    let count: usize = args.next().map_or(10_000, |it| it.parse().unwrap());
    let folder = std::env::temp_dir().join(format!("streams-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let (server, address) = start(&program, &folder);
    let ticket = json!({
        "topic": "form", "text": "Поле ИНН не принимает номер.", "name": "Иванова Анна", "contact": "anna@example.org",
        "snapshot": {"form": "demo", "form_title": "Заявление", "page": "/forma.html", "fields": []},
        "client": {"user_agent": "test", "language": "ru", "time_zone": "Europe/Moscow", "viewport": "390x844",
            "version": "0.1.0", "build": "wasm"}
    });
    let mut tickets = Vec::new();
    for _ in 0..TICKETS {
        let made = post(&address, "/v1/tickets", "", &ticket).await;
        tickets.push((made["number"].as_str().unwrap().to_owned(), made["token"].as_str().unwrap().to_owned()));
    }
    println!("idle       {:>5.0} MB", server.memory("VmRSS"));
    let start = Instant::now();
    let mut streams = Vec::new();
    for i in 0..count {
        let (number, token) = &tickets[i % TICKETS];
        let mut stream = open(i, &address, number, token).await;
        until(&mut stream, "text/event-stream").await;
        streams.push(stream);
    }
    println!("{count} open {:>5.0} MB   in {:.1} s", server.memory("VmRSS"), start.elapsed().as_secs_f64());
    let say = |text: &'static str| (text, json!({"text": text}));
    let mut took = Vec::new();
    for i in 0..TICKETS {
        let ((text, body), (number, token)) = (say("одному"), &tickets[i]);
        let path = format!("/v1/tickets/{number}/comments");
        let start = Instant::now();
        post(&address, &path, token, &body).await;
        until(&mut streams[i], text).await;
        took.push(start.elapsed());
    }
    took.sort_unstable();
    println!("to one     p50 {:.1} ms", ms(took[TICKETS / 2]));
    judge.most("an event to one of them, p99", ms(took[TICKETS * 99 / 100 - 1]), TO_ONE, "ms");
    // At once, as an event that concerns all would be written.
    let start = Instant::now();
    let (text, body) = say("всем");
    let paths: Vec<_> = tickets.iter().map(|(number, _)| format!("/v1/tickets/{number}/comments")).collect();
    let posts = paths.iter().zip(&tickets).map(|(path, (_, token))| post(&address, path, token, &body));
    futures_util::future::join_all(posts).await;
    for stream in &mut streams {
        until(stream, text).await;
    }
    judge.most(&format!("{TICKETS} comments to all"), ms(start.elapsed()), TO_ALL, "ms");
    judge.most(&format!("memory with {count} streams"), server.memory("VmHWM"), MOST_MEMORY, "MB");
    drop((streams, server));
    let _ = std::fs::remove_dir_all(folder);
    judge.end()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
