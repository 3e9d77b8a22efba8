//! The clock of the machine jumps while the server runs: an hour forward, then two hours back. libfaketime stands between
//! the process and the system; what is measured and not told (waits, buckets in memory) goes on as it did.

use std::path::{Path, PathBuf};
use std::process::Command;

use podskazka::ticket::calendar::moment;
use podskazka_server::store::Role;
use serde_json::json;

use crate::app::{Answer, Process, agent, created, key, now, operator, program, sample, send};

/// The library, wherever this machine's architecture has it.
fn library() -> PathBuf {
    let found = std::fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path().join("faketime"));
    let found = found.map(|folder| folder.join("libfaketimeMT.so.1")).find(|path| path.is_file());
    assert!(found.is_some(), "this test needs libfaketime: apt-get install faketime");
    found.unwrap()
}

/// Sets the clock of the process: seconds beside the true time.
fn set(data: &Path, seconds: i64) {
    let beside = data.join("clock.new");
    std::fs::write(&beside, format!("{seconds:+}\n")).unwrap();
    std::fs::rename(beside, data.join("clock")).unwrap();
}

fn start(data: &Path) -> Process {
    set(data, 0);
    let settings = data.join("limits.toml");
    let none = "{ burst = 0, per_minute = 0 }";
    let few = "{ burst = 5, per_minute = 120 }";
    let text = format!("[limits.ticket]\naddress = {few}\nsite = {none}\ntoken = {none}\n");
    std::fs::write(&settings, text).unwrap();
    let mut command = elsewhen(data);
    command.arg("--config").arg(settings).args(["--listen", "127.0.0.1:0"]);
    Process::of(command)
}

/// The program under the clock of the folder.
fn elsewhen(data: &Path) -> Command {
    let mut command = program(data);
    command.env("LD_PRELOAD", library()).env("FAKETIME_TIMESTAMP_FILE", data.join("clock"));
    command.env("FAKETIME_NO_CACHE", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    command
}

#[test]
fn a_year_without_a_decree_is_told_by_check_config_and_in_the_log_until_the_site_has_its_days() {
    let dir = tempfile::tempdir().unwrap();
    let settings = dir.path().join("a.toml");
    let said = |text: &str, at: i64| -> [bool; 2] {
        set(dir.path(), at - now());
        std::fs::write(&settings, text).unwrap();
        let program = || {
            let mut command = elsewhen(dir.path());
            command.arg("--config").arg(&settings);
            command
        };
        let checked = program().arg("check-config").output().unwrap();
        let checked = String::from_utf8(checked.stdout).unwrap();
        assert!(checked.starts_with("The settings are usable"), "{checked}");
        let mut command = program();
        command.args(["--listen", "127.0.0.1:0"]);
        let mut process = Process::of(command);
        // It hears the word to stop once it serves.
        assert_eq!(send(&agent(), &format!("{}/livez", process.base), "GET", &[], b"").status, 200);
        assert!(Command::new("kill").args(["-TERM", &process.id().to_string()]).status().unwrap().success());
        let (status, log) = process.wait();
        assert!(status.success(), "{log}");
        let words = "deadlines of \"ru-operators\" fall into 2027";
        [checked.contains(words), log.replace("\\\"", "\"").contains(words)]
    };
    let own = "[[calendars]]\nid = 'own'\nzone = '+03:00'\nweek = ['08:00-20:00', '08:00-20:00', '08:00-20:00', \
               '08:00-20:00', '08:00-20:00', '09:00-17:00', '10:00-16:00']\nholidays = '10:00-16:00'\n\
               days = { 2027-01-11 = '10:00-16:00' }\n[[departments]]\ncode = 'support'\ncalendar = 'own'\n";
    assert_eq!(said("", moment(2026, 11, 27, 12, 0)), [false; 2]);
    assert_eq!(said("", moment(2026, 12, 30, 12, 0)), [true; 2]);
    assert_eq!(said(own, moment(2026, 12, 30, 12, 0)), [false; 2]);
}

#[test]
fn a_clock_that_jumps_moves_no_deadline_locks_nobody_out_and_doubles_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = start(dir.path());
    let ask = |method: &str, path: &str, token: &str, body: &str| -> Answer {
        let (bearer, once) = (format!("Bearer {token}"), key());
        let headers = [("authorization", bearer.as_str()), ("idempotency-key", once.as_str())];
        send(&agent(), &format!("{}{path}", server.base), method, &headers, body.as_bytes())
    };
    let ticket = |once: &str| {
        let headers = [("idempotency-key", once)];
        send(&agent(), &format!("{}/v1/tickets", server.base), "POST", &headers, sample().to_string().as_bytes())
    };
    let page = |number: &str, token: &str| ask("GET", &format!("/v1/tickets/{number}"), token, "").ok(200);

    let before_key = key();
    let answer = ticket(&before_key);
    let (before, before_token) = created(&answer);
    let promised = page(&before, &before_token)["deadlines"].clone();

    set(dir.path(), 3_600);
    let after_key = key();
    let answer = ticket(&after_key);
    let (after, after_token) = created(&answer);
    let made = |number: &str, token: &str| page(number, token)["created_at"].as_str().unwrap().to_owned();
    let hour = |text: &str| text[..13].to_owned();
    assert_ne!(hour(&made(&before, &before_token)), hour(&made(&after, &after_token)), "the clock did not move");
    let promised_after = page(&after, &after_token)["deadlines"].clone();
    assert_eq!(created(&ticket(&before_key)), (before.clone(), before_token.clone()), "the same letter, an hour later");
    // The network's share of new tickets is used up in the wrong hour.
    while ticket(&key()).status == 201 {}

    set(dir.path(), -3_600);
    for (number, token, deadlines) in [(&before, &before_token, &promised), (&after, &after_token, &promised_after)] {
        assert_eq!(page(number, token)["deadlines"], *deadlines);
        let comment = json!({"text": "дополнение"}).to_string();
        ask("POST", &format!("/v1/tickets/{number}/comments"), token, &comment).ok(201);
        let events = page(number, token)["events"].clone();
        let order: Vec<_> = events.as_array().unwrap().iter().map(|event| event["seq"].as_u64().unwrap()).collect();
        assert_eq!(order, [1, 2], "{events}");
        assert_eq!(events[1]["text"], "дополнение");
        // An operator goes on too.
        let card = ask("GET", &format!("/v1/desk/tickets/{number}"), &desk, "").ok(200);
        assert_eq!(card["item"]["number"], **number);
        let note = json!({"text": "заметка", "visibility": "internal"}).to_string();
        ask("POST", &format!("/v1/desk/tickets/{number}/comments"), &desk, &note).ok(201);
    }
    // Its share comes back as it would have, and not after the hour that never was.
    let taken = |once: &str| loop {
        let answer = ticket(once);
        if answer.status == 201 {
            break created(&answer);
        }
        answer.problem(429, "rate-limited");
        let wait: u64 = answer.header("retry-after").parse().unwrap();
        assert!(wait <= 5, "to wait {wait} s");
        std::thread::sleep(std::time::Duration::from_secs(wait));
    };
    assert_eq!(taken(&after_key), (after, after_token), "the same letter, two hours earlier");
    taken(&key());
}
