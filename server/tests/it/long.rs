//! Whoever reads all the time stops no write, and the log of the database stays short.
//!
//! `READ_SECONDS` is how long reports are read while tickets come in: ten minutes in `cargo xtask soak`.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use podskazka_server::Config;
use podskazka_server::limits::Limits;
use podskazka_server::store::Role;

use crate::app::{Instance, agent, config, created, key, operator, sample, send};

/// Three times what stays on the disk: a reader of that moment may hold the writer's first try to empty it.
const LOG: u64 = 3 * 64 * 1024 * 1024;

/// Tables that walk over every ticket, and the queue.
const READ: [&str; 4] = ["reports/service", "reports/load", "reports/satisfaction", "tickets?limit=100"];

#[test]
fn reports_read_without_a_pause_stop_no_ticket_and_the_log_stays_short() {
    let seconds = std::env::var("READ_SECONDS").map_or(2, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Admin, &[]);
    let server = Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    server.new_ticket();
    let (base, log) = (&server.base, dir.path().join("podskazka.sqlite-wal"));
    let (read, written, longest) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicU64::new(0));
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for table in READ {
            let (bearer, read, over) = (format!("Bearer {desk}"), &read, &over);
            scope.spawn(move || {
                let agent = agent();
                while !over.load(Ordering::Relaxed) {
                    let url = format!("{base}/v1/desk/{table}");
                    let answer = send(&agent, &url, "GET", &[("authorization", &bearer)], b"");
                    assert_eq!(answer.status, 200, "{table}: {}", answer.text);
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..4 {
            scope.spawn(|| {
                let (agent, body) = (agent(), sample().to_string());
                while !over.load(Ordering::Relaxed) {
                    let url = format!("{base}/v1/tickets");
                    created(&send(&agent, &url, "POST", &[("idempotency-key", &key())], body.as_bytes()));
                    written.fetch_add(1, Ordering::Relaxed);
                    longest.fetch_max(std::fs::metadata(&log).unwrap().len(), Ordering::Relaxed);
                }
            });
        }
        let end = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < end || read.load(Ordering::Relaxed) < READ.len() || written.load(Ordering::Relaxed) < 4 {
            std::thread::sleep(Duration::from_millis(50));
        }
        over.store(true, Ordering::Relaxed);
    });
    let (read, written, longest) = (read.into_inner(), written.into_inner(), longest.into_inner());
    println!("{read} tables read, {written} tickets taken, the log at most {} MB", longest / 1_048_576);
    assert!(longest <= LOG, "{longest} bytes");
}
