//! How many tickets a second are taken durably, beside a bare axum + rusqlite insert with group commit in the same run.
//!
//! `cargo run --release -p podskazka-server --example throughput -- [seconds] [connections] [folder]`
//!
//! Both servers run in this process on two threads each, the clients beside them: the figures compare, they are no
//! ceiling. Both get the same requests under random keys, both sync each batch, with the same cache and log. Rounds take
//! turns, and the ratio is that of the sums. Before and after, the disk's own pace is measured: writes of 4 KiB with
//! `fdatasync`. Then tickets come at a fixed pace, whatever the answers take: a time counts from when a ticket was due.
//! Ends with an error where a bound is passed.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod judge;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use judge::Judge;
use podskazka_server::limits::Limits;
use podskazka_server::{Config, serve};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

/// The server's own allocator, for both.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Of a bare insert, in percent, and tickets a second at the least.
const OF_BARE: f64 = 60.0;
const LEAST: f64 = 3_000.0;
/// Tickets a second of the fixed pace. 99 of 100 are answered in so many milliseconds, or in so many times what the disk
/// took for 99 of 100 of its own writes.
const PACE: u64 = 1_000;
const AT_PACE: f64 = 15.0;
const OF_DISK: f64 = 3.0;

fn body() -> String {
    let field = |i: u32| {
        format!(
            r#"{{"name":"f{i}","label":"Поле {i}","kind":"inn","valid":false,"code":"inn.checksum","length_class":"medium","shape":"9999999999"}}"#
        )
    };
    let fields: Vec<String> = (0..5).map(field).collect();
    format!(
        r#"{{"topic":"form","text":"Поле ИНН не принимает номер из свидетельства, хотя он переписан без ошибок.","name":"Иванова Анна Петровна","contact":"anna@example.org","code":"inn.checksum","snapshot":{{"form":"demo","form_title":"Заявление","page":"/forma.html","fields":[{}]}},"client":{{"user_agent":"test","language":"ru","time_zone":"Europe/Moscow","viewport":"390x844","version":"0.1.0","build":"wasm"}}}}"#,
        fields.join(",")
    )
}

type Insert = (String, Bytes, oneshot::Sender<()>);

/// The least that keeps a promise: one table, a key that no second row has, one thread that commits what waits.
async fn bare(folder: &Path, listener: TcpListener) {
    let db = rusqlite::Connection::open(folder.join("bare.sqlite")).unwrap();
    db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    db.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000; \
         CREATE TABLE t (id INTEGER PRIMARY KEY, key TEXT UNIQUE, body BLOB)",
    )
    .unwrap();
    let (queue, mut jobs) = mpsc::channel::<Insert>(2_048);
    std::thread::spawn(move || {
        while let Some(first) = jobs.blocking_recv() {
            let mut answers = Vec::new();
            db.execute_batch("BEGIN IMMEDIATE").unwrap();
            let mut job = Some(first);
            while let Some((key, body, answer)) = job {
                db.prepare_cached("INSERT INTO t (key, body) VALUES (?1, ?2)")
                    .unwrap()
                    .execute((key, body.as_ref()))
                    .unwrap();
                answers.push(answer);
                job = if answers.len() < 512 { jobs.try_recv().ok() } else { None };
            }
            db.execute_batch("COMMIT").unwrap();
            for answer in answers {
                let _ = answer.send(());
            }
        }
    });
    let insert = async |State(queue): State<mpsc::Sender<Insert>>, headers: HeaderMap, body: Bytes| {
        let (answer, done) = oneshot::channel();
        let key = headers["idempotency-key"].to_str().unwrap().to_owned();
        queue.send((key, body, answer)).await.unwrap();
        done.await.unwrap();
        (StatusCode::CREATED, "{}")
    };
    let app = Router::new().route("/v1/tickets", post(insert)).with_state(queue);
    axum::serve(listener, app).await.unwrap();
}

/// When the next ticket is due.
#[derive(Clone)]
enum Due {
    /// At once, until then.
    AtOnce(Instant),
    /// One after the other since then, `PACE` of them a second, for so many in all.
    Paced(Instant, Arc<AtomicU64>, u64),
}

impl Due {
    /// The moment, or `None` when all are sent.
    async fn next(&self) -> Option<Instant> {
        match self {
            Due::AtOnce(until) => Some(Instant::now()).filter(|now| now < until),
            Due::Paced(start, sent, all) => {
                let at = sent.fetch_add(1, Ordering::Relaxed);
                let due = *start + Duration::from_micros(at * 1_000_000 / PACE);
                if at >= *all {
                    return None;
                }
                tokio::time::sleep_until(due.into()).await;
                Some(due)
            }
        }
    }
}

/// Sends on one connection; the times of the answers in microseconds.
async fn client(address: std::net::SocketAddr, due: Due, body: Arc<String>) -> Vec<u64> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut took = Vec::new();
    let mut buffer = vec![0u8; 16 * 1024];
    while let Some(start) = due.next().await {
        let mut random = [0; 16];
        getrandom::fill(&mut random).unwrap();
        let key = u128::from_le_bytes(random);
        let request = format!(
            "POST /v1/tickets HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nIdempotency-Key: {key:032x}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut read = 0;
        loop {
            read += stream.read(&mut buffer[read..]).await.unwrap();
            let text = String::from_utf8_lossy(&buffer[..read]);
            let Some((head, rest)) = text.split_once("\r\n\r\n") else { continue };
            assert!(head.starts_with("HTTP/1.1 201"), "{text}");
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
            if rest.len() >= length.unwrap().parse().unwrap() {
                break;
            }
        }
        took.push(u64::try_from(start.elapsed().as_micros()).unwrap());
    }
    took
}

/// The times of all answers, sorted.
fn send(address: std::net::SocketAddr, due: &Due, connections: usize) -> Vec<u64> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let body = Arc::new(body());
    let mut took: Vec<u64> = runtime.block_on(async {
        let clients: Vec<_> =
            (0..connections).map(|_| tokio::spawn(client(address, due.clone(), Arc::clone(&body)))).collect();
        let mut took = Vec::new();
        for client in clients {
            took.extend(client.await.unwrap());
        }
        took
    });
    took.sort_unstable();
    took
}

fn share(took: &[u64], percent: usize) -> f64 {
    took[(took.len() - 1) * percent / 100] as f64 / 1_000.0
}

fn measure(name: &str, address: std::net::SocketAddr, seconds: u64, connections: usize) -> u64 {
    let before = cpu();
    let took = send(address, &Due::AtOnce(Instant::now() + Duration::from_secs(seconds)), connections);
    let spent = cpu() - before;
    let rate = took.len() as u64 / seconds;
    let each = spent * 1e6 / took.len() as f64;
    let (p50, p99) = (share(&took, 50), share(&took, 99));
    println!("{name:<8} {rate:>6} tickets/s   p50 {p50:>6.1} ms   p99 {p99:>6.1} ms   {each:>4.0} µs of CPU");
    rate
}

/// Seconds of processor time of this process, client included: a busy machine changes them little.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

/// Milliseconds in which 99 of 100 writes are on the disk.
fn disk(folder: &Path) -> f64 {
    let mut file = std::fs::File::create(folder.join("disk")).unwrap();
    let mut took: Vec<u128> = (0..300)
        .map(|_| {
            let start = Instant::now();
            file.write_all(&[1; 4096]).unwrap();
            file.sync_data().unwrap();
            start.elapsed().as_micros()
        })
        .collect();
    took.sort_unstable();
    let (p50, p99) = (took[150] as f64 / 1e3, took[297] as f64 / 1e3);
    println!("disk     fdatasync p50 {p50:.2} ms   p99 {p99:.2} ms");
    p99
}

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let seconds = args.next().map_or(5, |it| it.parse().unwrap());
    let connections = args.next().map_or(64, |it| it.parse().unwrap());
    let folder =
        args.next().map_or_else(std::env::temp_dir, Into::into).join(format!("throughput-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let servers = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let listen = || servers.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let (ours, other) = (listen(), listen());
    let (ours_at, other_at) = (ours.local_addr().unwrap(), other.local_addr().unwrap());
    let config = Config { data_dir: folder.join("data"), limits: Limits::none(), ..Config::default() };
    servers.spawn(async move { serve(config, ours, None, std::future::pending()).await.unwrap() });
    let at = folder.clone();
    servers.spawn(async move { bare(&at, other).await });
    let first = disk(&folder);
    let (mut bare, mut ours) = (0, 0);
    for _ in 0..3 {
        bare += measure("bare", other_at, seconds, connections);
        ours += measure("ours", ours_at, seconds, connections);
    }
    let paced = Due::Paced(Instant::now(), Arc::default(), seconds * PACE);
    let paced = share(&send(ours_at, &paced, connections), 99);
    let slowest = first.max(disk(&folder));
    let mut judge = Judge::default();
    judge.least("ours beside bare", 100.0 * ours as f64 / bare.max(1) as f64, OF_BARE, "%");
    judge.least("tickets a second", ours as f64 / 3.0, LEAST, "/s");
    judge.most(&format!("p99 at {PACE} tickets a second"), paced, AT_PACE.max(OF_DISK * slowest), "ms");
    servers.shutdown_background();
    let _ = std::fs::remove_dir_all(folder);
    judge.end()
}
