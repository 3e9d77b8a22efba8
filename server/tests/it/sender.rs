//! The sender of letters dies, or its mail server never answers: each letter comes, and is given up in the end.
//!
//! `SENDER_KILLS` is how often it is killed with a letter under way.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use podskazka_server::Store;
use podskazka_server::store::{Delivery, Way};

use crate::Rows;
use crate::app::{Process, now, options, program};
use crate::letters::{PATIENCE, holding, start, ticket_from};

/// Letters that wait in the folder, with no try behind them.
fn waiting(data: &Path, letters: usize) {
    // Nobody listens there.
    let server = start(data, "smtp://127.0.0.1:1");
    for i in 0..letters {
        ticket_from(&server, &format!("citizen{i}@example.org"));
    }
    drop(server);
    due(data);
}

/// The leases of a dead sender are over, as they would be after some minutes.
fn due(data: &Path) {
    assert!(Rows::open(data).run("UPDATE letters SET run_at = 0, locked_until = 0"));
}

#[test]
fn a_sender_that_is_killed_with_a_letter_under_way_sends_each_and_repeats_only_that_one() {
    let kills = std::env::var("SENDER_KILLS").map_or(5, |it| it.parse().unwrap());
    let letters = kills + 10;
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    waiting(&data, letters);
    let holds = Arc::new(AtomicBool::new(true));
    let (address, came) = holding(0, Arc::clone(&holds));
    let settings = dir.path().join("a.toml");
    let text =
        format!("[mail]\nserver = \"{address}\"\nfrom = \"a@example.ru\"\npublic_url = \"https://h.example.ru\"\n");
    std::fs::write(&settings, text).unwrap();
    let start = || {
        let mut command = program(&data);
        command.arg("--config").arg(&settings).args(["--listen", "127.0.0.1:0"]);
        Process::of(command)
    };
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
