//! A copy that is made while tickets come in: whole, and with everything that was acknowledged before it began.
//!
//! `COPIED` is how many tickets come before it begins, `HELD` how many a copy holds that is brought back against the clock.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use podskazka_server::Config;
use podskazka_server::limits::Limits;
use serde_json::json;

use crate::Rows;
use crate::app::{Answer, Instance, Process, agent, created, figure, key, program, sample, share};

/// Writers, and how long each rests between two tickets.
const WRITERS: usize = 4;
const REST: Duration = Duration::from_millis(5);

#[test]
fn a_copy_made_under_load_is_whole_and_holds_what_was_acknowledged_before_it() {
    let enough = std::env::var("COPIED").map_or(100, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let mut process = Process::unlimited(&data);
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
            std::thread::sleep(REST);
        }
    };
    let (before, copied) = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(write)).collect();
        let until = |count: usize| {
            while known.lock().unwrap().len() < count {
                let failed = writers.iter().any(|writer| writer.is_finished());
                over.fetch_or(failed, Ordering::Relaxed);
                assert!(!failed, "a writer has failed");
                std::thread::sleep(REST);
            }
        };
        until(enough);
        let before = known.lock().unwrap().len();
        let begun = Instant::now();
        let copied = program(&data).arg("backup").arg(dir.path().join("copy")).output().unwrap();
        println!("the copy took {:.1?}", begun.elapsed());
        // One after it too, so that there is something to compare.
        let meanwhile = known.lock().unwrap().len();
        until(meanwhile + 1);
        over.store(true, Ordering::Relaxed);
        (before, copied)
    });
    assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
    process.kill();
    let known = known.into_inner().unwrap();
    let (first, meanwhile) = known.split_at(before);
    let slowest = |tickets: &[(_, Duration)]| share(&mut tickets.iter().map(|it| it.1).collect::<Vec<_>>(), 99);
    let plain = slowest(first);
    println!("{} tickets before it, p99 {plain:.1?}", first.len());
    figure(&format!("{} tickets meanwhile, p99", meanwhile.len()), slowest(meanwhile), 2 * plain);
    let back = dir.path().join("back");
    let restored = program(&back).arg("restore").arg(dir.path().join("copy")).output().unwrap();
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    let key_file = data.join("podskazka.key");
    // Every ticket that it holds is there once and has its file.
    let rows = Rows::open(&back);
    assert_eq!(rows.text("PRAGMA integrity_check"), "ok");
    let held: usize = rows.text("SELECT CAST(count(*) AS TEXT) FROM tickets").parse().unwrap();
    assert!((first.len()..=known.len()).contains(&held), "{held}");
    let missing = "SELECT CAST(count(*) AS TEXT) FROM tickets WHERE number NOT IN \
                   (SELECT ticket_number FROM uploads WHERE ticket_number IS NOT NULL)";
    assert_eq!(rows.text(missing), "0");
    drop(rows);
    let audit = program(&back).arg("--key-file").arg(&key_file).arg("audit").output().unwrap();
    assert!(audit.status.success(), "{}", String::from_utf8_lossy(&audit.stderr));
    let settings = Config { data_dir: back, key_file: Some(key_file), limits: Limits::none(), ..Config::default() };
    let server = Instance::with(settings);
    for ((number, token), _) in first {
        let page = format!("/v1/tickets/{number}");
        let file = server.checked(&page, token);
        let path = format!("{page}/attachments/{}", file["id"]);
        assert_eq!(server.get(&path, Some(token)).bytes, "текст".as_bytes(), "{number}");
    }
}

/// From the command that brings a copy of a million tickets back to the first answer.
const BACK: Duration = Duration::from_secs(600);

/// The one ticket of the folder, so many times: its rows as the server has written them, under other numbers.
fn multiply(data: &Path, times: usize) {
    let rows = Rows::open(data);
    let columns = |table: &str| rows.text(&format!("SELECT group_concat(name) FROM pragma_table_info('{table}')"));
    let again = |table: &str, changed: &[(&str, &str)]| {
        let columns = columns(table);
        let drawn = columns.split(',').map(|name| changed.iter().find(|it| it.0 == name).map_or(name, |it| it.1));
        let drawn: Vec<_> = drawn.collect();
        let sql = format!(
            "WITH RECURSIVE n (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {times}) \
             INSERT INTO {table} ({columns}) SELECT {} FROM n, (SELECT * FROM {table})",
            drawn.join(",")
        );
        rows.0.execute_batch(&sql).unwrap();
    };
    again("tickets", &[("id", "id + n"), ("number", "number || '-' || n")]);
    // The journal holds what happened to the first alone.
    again("events", &[("ticket_id", "ticket_id + n"), ("audited", "0")]);
    again("idempotency", &[("ticket_id", "ticket_id + n"), ("key_hash", "randomblob(32)")]);
}

#[test]
fn a_copy_of_many_tickets_is_soon_brought_back_and_answers() {
    let held: usize = std::env::var("HELD").map_or(2_000, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let server = Instance::start(&data);
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("текст".as_bytes())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    server.checked(&page, &token);
    drop(server);
    multiply(&data, held);
    let (copy, back) = (dir.path().join("copy"), dir.path().join("back"));
    let begun = Instant::now();
    let copied = program(&data).arg("backup").arg(&copy).output().unwrap();
    assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
    println!("the copy of {held} tickets took {:.1?}", begun.elapsed());
    // The disk has room for two of them.
    let key_file = dir.path().join("podskazka.key");
    std::fs::copy(data.join("podskazka.key"), &key_file).unwrap();
    std::fs::remove_dir_all(&data).unwrap();
    let begun = Instant::now();
    let restored = program(&back).arg("restore").arg(&copy).output().unwrap();
    assert!(restored.status.success(), "{}", String::from_utf8_lossy(&restored.stderr));
    assert!(String::from_utf8_lossy(&restored.stdout).contains(&format!("{held} ticket(s) and 1 file(s)")));
    let settings = Config { data_dir: back.clone(), key_file: Some(key_file.clone()), ..Config::default() };
    let server = Instance::with(settings);
    server.get(&page, Some(&token)).ok(200);
    figure(&format!("{held} tickets are back and answer"), begun.elapsed(), BACK);
    drop(server);
    let audit = program(&back).arg("--key-file").arg(&key_file).arg("audit").output().unwrap();
    assert!(audit.status.success(), "{}", String::from_utf8_lossy(&audit.stderr));
}
