//! The process is killed under load: what was acknowledged is there, and nothing is twice.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::Rows;
use crate::app::{Answer, Process, agent, figure, key, sample, send, share};

/// Sends tickets until the server goes away; keys with their answers, `None` where the answer never came.
fn load(base: &str, sent: &AtomicUsize) -> Vec<(String, Option<(u16, String)>)> {
    let (agent, url) = (agent(), format!("{base}/v1/tickets"));
    let body = sample().to_string();
    let mut all = Vec::new();
    loop {
        let key = key();
        let open = agent.open("POST", &url, &[("idempotency-key", &key)], body.as_bytes());
        let answer = open.and_then(Answer::read).map(|answer| (answer.status, answer.text));
        let gone = answer.is_none();
        all.push((key, answer));
        sent.fetch_add(1, Ordering::Relaxed);
        if gone {
            return all;
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_twice() {
    let dir = tempfile::tempdir().unwrap();
    let mut known = Vec::new();
    let kills = std::env::var("KILLS").map_or(3, |it| it.parse().unwrap());
    let mut starts = Vec::new();
    for _ in 0..kills {
        let start = Instant::now();
        let mut process = Process::unlimited(dir.path());
        // The first makes the database.
        if !known.is_empty() {
            starts.push(start.elapsed());
        }
        let (sent, base) = (AtomicUsize::new(0), process.base.clone());
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| load(&base, &sent))).collect();
            while sent.load(Ordering::Relaxed) < 150 {
                std::thread::yield_now();
            }
            process.kill();
            known.extend(threads.into_iter().flat_map(|thread| thread.join().unwrap()));
        });
    }
    let acknowledged = known.iter().filter(|(_, answer)| answer.as_ref().is_some_and(|it| it.0 == 201)).count();
    assert!(acknowledged >= kills * 100, "{acknowledged}");

    println!("{kills} kills, {acknowledged} acknowledged");
    figure("listening again", share(&mut starts, 100), Duration::from_secs(1));
    let mut process = Process::unlimited(dir.path());
    let body = sample().to_string();
    let mut numbers = std::collections::HashSet::new();
    for (key, answer) in &known {
        let headers = [("idempotency-key", key.as_str())];
        let again = send(&agent(), &format!("{}/v1/tickets", process.base), "POST", &headers, body.as_bytes());
        assert_eq!(again.status, 201, "{}", again.text);
        if let Some((201, text)) = answer {
            assert_eq!(again.text, *text, "the same answer as before the kill");
            assert_eq!(again.header("idempotency-replayed"), "true");
        }
        assert!(numbers.insert(again.json()["number"].as_str().unwrap().to_owned()), "a number came twice");
    }
    process.kill();
    let rows = Rows::open(dir.path());
    assert_eq!(rows.text("SELECT CAST(count(*) AS TEXT) FROM tickets"), known.len().to_string());
    if crate::database(dir.path()).is_none() {
        assert_eq!(rows.text("PRAGMA integrity_check"), "ok");
    }
}
