//! What an erasure leaves of a ticket in the files of SQLite: neither its key nor its sealed words.

use std::path::Path;

use podskazka_server::limits::Limits;
use podskazka_server::{Config, Store};
use rusqlite::Connection;
use serde_json::json;

use crate::app::{Instance, config, created, key, now, options, program, sample};

/// The key of a ticket, its words and those of its steps, as they lie there.
fn sealed(data: &Path, number: &str) -> Vec<Vec<u8>> {
    let db = Connection::open(data.join("podskazka.sqlite")).unwrap();
    let sql = "SELECT dek FROM tickets WHERE number = ?1 UNION ALL SELECT secret FROM tickets WHERE number = ?1 \
               UNION ALL SELECT sealed FROM events JOIN tickets ON id = ticket_id WHERE number = ?1 AND sealed IS NOT NULL";
    let mut rows = db.prepare(sql).unwrap();
    let found: Vec<Vec<u8>> = rows.query_map([number], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(found.len() > 2 && found.iter().all(|it| it.len() > 32), "key, words and a step");
    found
}

/// How many pieces of these stand in the database's file or its log. A page has its head, so long words lie in pieces.
fn standing(data: &Path, sealed: &[Vec<u8>]) -> usize {
    let files =
        ["podskazka.sqlite", "podskazka.sqlite-wal"].map(|name| std::fs::read(data.join(name)).unwrap_or_default());
    let pieces = sealed.iter().flat_map(|it| it.windows(32).step_by(509));
    pieces.filter(|piece| files.iter().any(|file| file.windows(piece.len()).any(|it| it == *piece))).count()
}

/// A ticket with words of several pages, ended by its citizen so long ago that its time is over.
fn withdrawn(server: &Instance) -> String {
    let mut ticket = sample();
    // Letters that do not pack, so that the words take more than a page.
    let mut seed = 1_u64;
    let mut letter = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b'a' + u8::try_from((seed >> 33) % 26).unwrap())
    };
    let mut label = || (0..150).map(|_| letter()).collect::<String>();
    ticket["snapshot"]["fields"] = (0..40)
        .map(|at| {
            json!({"name": format!("f{at}"), "label": label(), "kind": "text", "valid": false,
            "length_class": "short", "shape": "99"})
        })
        .collect();
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    server.act(&format!("{page}/comments"), &token, &json!({"text": "Ещё одно: номер стоит на обороте."})).ok(201);
    server.act(&format!("{page}/actions"), &token, &json!({"action": "withdraw"})).ok(201);
    number
}

#[test]
fn neither_key_nor_words_stand_in_the_files_once_the_time_of_a_ticket_is_over() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let number = withdrawn(&server);
    let sealed = sealed(dir.path(), &number);
    assert!(standing(dir.path(), &sealed) > sealed.len());
    assert!(sealed.iter().any(|it| it.len() > 4096), "words of more than a page");
    // Beside the server, which holds the files open: no end of a program empties the log.
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let swept = runtime.block_on(store.sweep(now() + 400 * 86_400, Some(365))).unwrap();
    assert_eq!((swept.erased, standing(dir.path(), &sealed)), (1, 0));
    drop(store);
    server.new_ticket();
}

#[test]
fn tickets_that_grew_beside_others_leave_no_copy_where_they_stood() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::with(Config { limits: Limits::none(), ..config(dir.path()) });
    let tickets: Vec<_> = (0..60).map(|_| server.new_ticket()).collect();
    // Each step makes a row longer, and rows of a full page move.
    for step in [json!({"text": "Ещё одно: номер стоит на обороте."}), json!({"action": "withdraw"})]
    {
        for (number, token) in tickets.iter().step_by(2).chain(tickets.iter().skip(1).step_by(2)) {
            let room = if step.get("text").is_some() { "comments" } else { "actions" };
            server.act(&format!("/v1/tickets/{number}/{room}"), token, &step).ok(201);
        }
    }
    let keys: Vec<_> = tickets.iter().step_by(3).flat_map(|(number, _)| sealed(dir.path(), number)).collect();
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for (number, _) in tickets.iter().step_by(3) {
        let erase = store.erase(number.clone(), "olga".to_owned(), "заявление".to_owned());
        assert!(runtime.block_on(erase).unwrap().is_some());
    }
    assert_eq!(standing(dir.path(), &keys), 0);
}

#[test]
fn the_command_leaves_neither_key_nor_words_in_the_files_of_a_server_that_runs() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let number = withdrawn(&server);
    let sealed = sealed(dir.path(), &number);
    assert!(standing(dir.path(), &sealed) > sealed.len());
    let erase = ["erase", &number, "--by", "olga", "--reason", "заявление"];
    assert!(program(dir.path()).args(erase).status().unwrap().success());
    assert_eq!(standing(dir.path(), &sealed), 0);
    server.new_ticket();
}

#[test]
fn what_somebody_reads_while_it_is_erased_goes_once_he_has_read() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let number = withdrawn(&server);
    let sealed = sealed(dir.path(), &number);
    let reader = Connection::open(dir.path().join("podskazka.sqlite")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM tickets").unwrap();
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let erased = runtime.block_on(store.erase(number, "olga".to_owned(), "заявление".to_owned())).unwrap();
    assert!(erased.is_some() && standing(dir.path(), &sealed) > 0, "he still reads it");
    reader.execute_batch("COMMIT").unwrap();
    // Nobody writes anything meanwhile.
    for _ in 0..300 {
        if standing(dir.path(), &sealed) == 0 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert_eq!(standing(dir.path(), &sealed), 0);
}
