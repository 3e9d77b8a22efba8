//! The process is killed under load: what was acknowledged is there, and nothing is twice.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::app::{agent, key, sample, send};

struct Process {
    child: Child,
    base: String,
}

/// Starts the program on a free port and reads the address from its log.
fn start(data: &Path) -> Process {
    let mut child = Command::new(env!("CARGO_BIN_EXE_podskazka-server"))
        .args(["--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("\"address\"") {
        line.clear();
        assert!(log.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
    }
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    let base = format!("http://{}", line["address"].as_str().unwrap());
    std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
    Process { child, base }
}

/// Sends tickets until the server goes away; keys with their answers, `None` where the answer never came.
fn load(base: &str, sent: &AtomicUsize) -> Vec<(String, Option<(u16, String)>)> {
    let agent = agent();
    let body = sample().to_string();
    let mut all = Vec::new();
    loop {
        let key = key();
        let request = ureq::http::Request::post(format!("{base}/v1/tickets"))
            .header("idempotency-key", &key)
            .body(body.as_bytes())
            .unwrap();
        let answer = agent.run(request).and_then(|mut response| {
            let status = response.status().as_u16();
            response.body_mut().read_to_string().map(|text| (status, text))
        });
        let gone = answer.is_err();
        all.push((key, answer.ok()));
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
    for round in 1..=3 {
        let mut process = start(dir.path());
        let sent = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| load(&process.base, &sent))).collect();
            while sent.load(Ordering::Relaxed) < 150 * round {
                std::thread::yield_now();
            }
            process.child.kill().unwrap();
            process.child.wait().unwrap();
            known.extend(threads.into_iter().flat_map(|thread| thread.join().unwrap()));
        });
    }
    let acknowledged = known.iter().filter(|(_, answer)| answer.as_ref().is_some_and(|it| it.0 == 201)).count();
    assert!(acknowledged >= 3 * 100, "{acknowledged}");

    let mut process = start(dir.path());
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
    process.child.kill().unwrap();
    process.child.wait().unwrap();
    let db = rusqlite::Connection::open(dir.path().join("podskazka.sqlite")).unwrap();
    let rows: i64 = db.query_row("SELECT count(*) FROM tickets", [], |row| row.get(0)).unwrap();
    assert_eq!(usize::try_from(rows), Ok(known.len()));
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(sound, "ok");
}
