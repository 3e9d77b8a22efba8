//! The sender of letters dies, or its mail server never answers: each letter comes, and is given up in the end.
//!
//! `SENDER_KILLS` is how often it is killed with a letter under way, `QUEUED` how many letters wait in a long queue. How fast they
//! go is judged of a program that `PROGRAM` names: a build for development does not optimise its SQLite.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use podskazka_server::Store;
use podskazka_server::store::{Delivery, Way};

use crate::Rows;
use crate::app::{Process, agent, created, figure, key, named, no_limits, now, options, sample, send};
use crate::letters::{PATIENCE, holding};

/// Longer than a sender at work is silent.
const WAIT: Duration = Duration::from_secs(20);

/// Letters that wait in the folder, with no try behind them.
fn waiting(data: &Path, letters: usize) {
    // Nobody listens there.
    let mut server = sender(data, "smtp://127.0.0.1:1");
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let agent = agent();
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= letters {
                        return;
                    }
                    let mut ticket = sample();
                    ticket["contact"] = format!("citizen{at}@example.org").into();
                    let (url, body) = (format!("{}/v1/tickets", server.base), ticket.to_string());
                    created(&send(&agent, &url, "POST", &[("idempotency-key", &key())], body.as_bytes()));
                }
            });
        }
    });
    server.kill();
    due(data);
}

/// The leases of a dead sender are over, as they would be after some minutes.
fn due(data: &Path) {
    assert!(Rows::open(data).run("UPDATE letters SET run_at = 0, locked_until = 0"));
}

/// Starts the program over this folder with this mail server.
fn sender(data: &Path, address: &str) -> Process {
    let text =
        format!("[mail]\nserver = \"{address}\"\nfrom = \"a@example.ru\"\npublic_url = \"https://h.example.ru\"\n");
    Process::set(data, &(text + &no_limits()))
}

fn kills() -> usize {
    std::env::var("SENDER_KILLS").map_or(5, |it| it.parse().unwrap())
}

#[test]
fn a_sender_that_is_killed_at_any_moment_repeats_one_letter_a_kill_at_most() {
    let mut kills = kills();
    let letters = kills * 40 + 100;
    let dir = tempfile::tempdir().unwrap();
    waiting(dir.path(), letters);
    let (address, came) = holding(0, Arc::default());
    let mut all = Vec::new();
    for kill in 0..kills {
        let mut process = sender(dir.path(), &address);
        // Places in a turn of twenty.
        for _ in 0..=kill * 7 % 23 {
            all.extend(came.recv_timeout(WAIT));
        }
        process.kill();
        all.extend(came.try_iter());
        due(dir.path());
    }
    let mut process = sender(dir.path(), &address);
    let rows = Rows::open(dir.path());
    let mut silent = Instant::now();
    while rows.text("SELECT CAST(count(*) AS TEXT) FROM letters") != "0" {
        let before = all.len();
        all.extend(came.recv_timeout(Duration::from_millis(100)));
        if all.len() > before {
            silent = Instant::now();
        } else if silent.elapsed() > WAIT {
            // PostgreSQL may end a dead sender's transaction after its rows were made due.
            process.kill();
            due(dir.path());
            kills += 1;
            process = sender(dir.path(), &address);
            silent = Instant::now();
        }
    }
    process.kill();
    all.extend(came.try_iter());
    let different: HashSet<_> = all.iter().map(|letter| letter.header("Message-ID").unwrap()).collect();
    assert_eq!(different.len(), letters);
    let twice = all.len() - letters;
    println!("{kills} kills, {twice} letters twice");
    assert!(twice <= kills, "{twice} twice after {kills} kills");
}

#[test]
fn a_sender_that_is_killed_with_a_letter_under_way_sends_each_and_repeats_only_that_one() {
    let kills = kills();
    let letters = kills + 10;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    waiting(&data, letters);
    let holds = Arc::new(AtomicBool::new(true));
    let (address, came) = holding(0, Arc::clone(&holds));
    let start = || sender(&data, &address);
    let mut all = Vec::new();
    let mut name = |letter: crate::letters::Letter| all.push(letter.header("Message-ID").unwrap().to_owned());
    for _ in 0..kills {
        let mut process = start();
        name(came.recv_timeout(PATIENCE).unwrap());
        process.kill();
        due(&data);
    }
    holds.store(false, Ordering::SeqCst);
    let mut process = start();
    for _ in 0..letters {
        name(came.recv_timeout(PATIENCE).unwrap());
    }
    process.kill();
    let different: HashSet<_> = all.iter().collect();
    assert_eq!((different.len(), all.len()), (letters, letters + kills), "each came, and one more for each kill");
}

#[test]
fn a_long_queue_of_letters_is_worked_off_each_of_them_once() {
    let queued = std::env::var("QUEUED").map_or(100, |it| it.parse().unwrap());
    let dir = tempfile::tempdir().unwrap();
    waiting(dir.path(), queued);
    let (address, came) = holding(0, Arc::default());
    let begun = Instant::now();
    let mut server = sender(dir.path(), &address);
    let mut all = HashSet::new();
    while all.len() < queued {
        let letter = came.recv_timeout(PATIENCE).unwrap();
        assert!(all.insert(letter.header("Message-ID").unwrap().to_owned()), "twice");
    }
    let (what, took) = (format!("{queued} letters"), begun.elapsed());
    // Five hundred a second.
    match named() {
        Some(_) => figure(&what, took, Duration::from_millis(2) * u32::try_from(queued).unwrap()),
        None => println!("{what}: {took:.1?}"),
    }
    // The last one is settled a moment after it has gone.
    let waits = || Rows::open(dir.path()).text("SELECT CAST(count(*) AS TEXT) FROM letters");
    let end = Instant::now() + PATIENCE;
    while waits() != "0" {
        assert!(Instant::now() < end, "{} wait", waits());
        std::thread::sleep(Duration::from_millis(20));
    }
    server.kill();
    assert!(came.try_recv().is_err(), "one more than waited");
}

#[test]
fn a_letter_that_nobody_takes_is_given_up_after_twelve_tries() {
    let dir = tempfile::tempdir().unwrap();
    waiting(dir.path(), 1);
    assert!(Rows::open(dir.path()).run("UPDATE letters SET attempts = 0"));
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut at = now();
    for tries in 1..=12 {
        assert_eq!(runtime.block_on(store.count_letters()).unwrap(), (1, 0), "before try {tries}");
        let lease = store.lease_letters(Way::Mail, "https://h.example.ru".to_owned(), at);
        let parcel = runtime.block_on(lease).unwrap().remove(0);
        runtime.block_on(store.settle_letter(parcel.dedupe, parcel.lease, Delivery::Later, at)).unwrap();
        // The longest wait is of 17 hours.
        at += 18 * 3_600;
    }
    assert_eq!(runtime.block_on(store.count_letters()).unwrap(), (0, 1));
    let lease = store.lease_letters(Way::Mail, "https://h.example.ru".to_owned(), at);
    assert!(runtime.block_on(lease).unwrap().is_empty());
}
