//! PostgreSQL stops under load and starts again; instances stop and start one after the other.
//!
//! `AWAY_SECONDS` is how long it is away at the least.

use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use podskazka_server::limits::Limits;
use podskazka_server::{Config, Hidden};
use serde_json::json;

use crate::Rows;
use crate::app::{Answer, Instance, Process, agent, figure, key, sample, share};
use crate::cluster::Cluster;
use crate::instances::{Stream, try_send};

const WRITERS: usize = 4;

#[test]
fn a_database_that_stops_and_starts_loses_nothing_and_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut cluster = Cluster::start();
    let database = cluster.address("postgres");
    let config = Config {
        data_dir: dir.path().to_path_buf(),
        database: Some(Hidden(database.clone())),
        limits: Limits::none(),
        ..Config::default()
    };
    let server = Instance::with(config);
    let (number, token) = server.new_ticket();
    let away = Duration::from_secs(std::env::var("AWAY_SECONDS").map_or(0, |it| it.parse().unwrap()));
    let mut live = Stream::open(&server.base, &number, &token, 1);
    let (taken, refused, over) = (AtomicUsize::new(0), Mutex::new(Vec::new()), AtomicBool::new(false));
    let write = || {
        let (agent, url, body) = (agent(), format!("{}/v1/tickets", server.base), sample().to_string());
        while !over.load(Ordering::SeqCst) {
            let key = key();
            loop {
                let start = Instant::now();
                let open = agent.open("POST", &url, &[("idempotency-key", &key)], body.as_bytes());
                let answer = Answer::read(open.unwrap()).unwrap();
                if answer.status == 201 {
                    taken.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                answer.problem(503, "storage-unavailable");
                refused.lock().unwrap().push(start.elapsed());
            }
        }
    };
    let until = |enough: &dyn Fn() -> bool| {
        while !enough() {
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(write);
        }
        until(&|| taken.load(Ordering::SeqCst) > 50);
        cluster.say("stop");
        let gone = Instant::now();
        until(&|| refused.lock().unwrap().len() > 20 && gone.elapsed() >= away);
        cluster.say("start");
        let (back, before) = (Instant::now(), taken.load(Ordering::SeqCst));
        until(&|| taken.load(Ordering::SeqCst) > before);
        figure("taken again after the start", back.elapsed(), Duration::from_secs(5));
        until(&|| taken.load(Ordering::SeqCst) > before + 50);
        over.store(true, Ordering::SeqCst);
    });
    let mut refused = refused.into_inner().unwrap();
    figure("a refusal, the slowest", share(&mut refused, 100), Duration::from_secs(2));
    // Other instances are heard again, and a stream that was open before goes on where it was, by itself or asked anew.
    let mut heard = Vec::new();
    for i in 0..3 {
        let text = json!({"text": format!("после {i}")});
        server.act(&format!("/v1/tickets/{number}/comments"), &token, &text).ok(201);
    }
    while heard.len() < 3 {
        match live.next().and_then(|event| event["seq"].as_u64()) {
            Some(seq) => heard.push(seq),
            None => live = Stream::open(&server.base, &number, &token, heard.last().copied().unwrap_or(1)),
        }
    }
    assert_eq!(heard, [2, 3, 4]);
    drop(live);
    drop(server);
    let mut rows = postgres::Client::connect(&database, postgres::NoTls).unwrap();
    let count: i64 = rows.query_one("SELECT count(*) FROM tickets", &[]).unwrap().get(0);
    assert_eq!(usize::try_from(count).unwrap(), taken.into_inner() + 1);
}

#[test]
fn instances_that_are_renewed_one_after_the_other_fail_nobody_who_asks_again() {
    let dir = tempfile::tempdir().unwrap();
    let start = || Process::unlimited(dir.path());
    let mut processes = [start(), start()];
    // Where a balancer would send a request.
    let bases = Mutex::new(processes.each_ref().map(|it| it.base.clone()));
    let (sent, again, over) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let write = || {
        let agent = agent();
        let mut answers = Vec::new();
        while !over.load(Ordering::SeqCst) {
            let (key, mut turn) = (key(), sent.fetch_add(1, Ordering::SeqCst));
            let answer = loop {
                let base = bases.lock().unwrap()[turn % 2].clone();
                match try_send(&agent, &base, &key) {
                    Some((201, answer)) => break answer,
                    Some((status, answer)) => assert_eq!(status, 503, "{answer}"),
                    None => {}
                }
                again.fetch_add(1, Ordering::SeqCst);
                turn += 1;
            };
            answers.push((key, answer));
        }
        answers
    };
    let answers: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(write)).collect();
        for i in [0, 1, 0, 1] {
            let before = sent.load(Ordering::SeqCst);
            while sent.load(Ordering::SeqCst) < before + 50 {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert!(Command::new("kill").args(["-TERM", &processes[i].id().to_string()]).status().unwrap().success());
            let (status, log) = processes[i].wait();
            assert!(status.success(), "{log}");
            processes[i] = start();
            bases.lock().unwrap()[i].clone_from(&processes[i].base);
        }
        over.store(true, Ordering::SeqCst);
        writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
    });
    println!("{} taken while both were renewed twice, {} tries more", answers.len(), again.into_inner());
    let count = Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM tickets");
    assert_eq!(count, answers.len().to_string());
    let base = bases.lock().unwrap()[0].clone();
    for (key, answer) in &answers {
        assert_eq!(try_send(&agent(), &base, key), Some((201, answer.clone())));
    }
}
