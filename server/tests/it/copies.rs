//! A copy that is made while tickets come in: whole, and with everything that was acknowledged before it began.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use podskazka_server::Config;
use serde_json::json;

use crate::app::{Answer, Instance, Process, agent, created, key, program, sample};

/// Tickets before the copy begins, and writers.
const BEFORE: usize = 100;
const WRITERS: usize = 4;

fn slowest(mut took: Vec<Duration>) -> String {
    took.sort_unstable();
    let at = |share: usize| took.get(took.len() * share / 100).map_or(0.0, |it| it.as_secs_f64() * 1e3);
    format!("{} tickets, p50 {:.1} ms, p99 {:.1} ms", took.len(), at(50), at(99))
}

#[test]
fn a_copy_made_under_load_is_whole_and_holds_what_was_acknowledged_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut process = Process::start(&data);
    let url = format!("{}/v1/tickets", process.base);
    let (known, over) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let write = || {
        let agent = agent();
        let files = format!("{}/v1/uploads", process.base);
        while !over.load(Ordering::Relaxed) {
            // A file that is checked while the copy is made leaves its first place.
            let file = agent.open("POST", &files, &[("idempotency-key", &key())], "текст".as_bytes());
            let mut body = sample();
            body["uploads"] = json!([Answer::read(file.unwrap()).unwrap().json()["token"]]);
            let body = body.to_string();
            let start = Instant::now();
            let open = agent.open("POST", &url, &[("idempotency-key", &key())], body.as_bytes());
            let ticket = created(&Answer::read(open.unwrap()).unwrap());
            known.lock().unwrap().push((ticket, start.elapsed()));
        }
    };
    let (before, copied) = std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(write);
        }
        while known.lock().unwrap().len() < BEFORE {
            std::thread::yield_now();
        }
        let before = known.lock().unwrap().len();
        let copied = program(&data).arg("backup").arg(dir.path().join("copy")).output().unwrap();
        over.store(true, Ordering::Relaxed);
        (before, copied)
    });
    assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
    process.kill();
    let known = known.into_inner().unwrap();
    let (first, meanwhile) = known.split_at(before);
    println!("before: {}", slowest(first.iter().map(|(_, took)| *took).collect()));
    println!("while the copy was made: {}", slowest(meanwhile.iter().map(|(_, took)| *took).collect()));
    let back = dir.path().join("back");
    let restored = program(&back).arg("restore").arg(dir.path().join("copy")).output().unwrap();
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let key_file = data.join("podskazka.key");
    let audit = program(&back).arg("--key-file").arg(&key_file).arg("audit").output().unwrap();
    assert!(audit.status.success(), "{}", String::from_utf8_lossy(&audit.stderr));
    let server = Instance::with(Config { data_dir: back, key_file: Some(key_file), ..Config::default() });
    for ((number, token), _) in first {
        server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    }
}
