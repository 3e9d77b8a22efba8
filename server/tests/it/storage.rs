//! A full disk, and what time takes away.

use podskazka_server::{Config, Store};
use serde_json::json;

use crate::app::{Instance, created, key, operator, png, sample};
use podskazka_server::store::{Options, Role};

const DAY: i64 = 86_400;

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

fn sweep(store: &Store, now: i64) -> podskazka_server::store::Swept {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store.sweep(now)).unwrap()
}

#[test]
fn a_full_disk_answers_503_and_loses_no_ticket_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config { data_dir: dir.path().to_path_buf(), max_database_bytes: Some(400_000), ..Config::default() };
    let server = Instance::with(config);
    let mut acknowledged = Vec::new();
    let mut refused = 0;
    while refused < 20 {
        let answer = server.ticket(&key(), &sample());
        if answer.status == 201 {
            acknowledged.push(created(&answer));
        } else {
            answer.problem(503, "storage-unavailable");
            assert_eq!(answer.header("retry-after"), "5");
            refused += 1;
        }
    }
    assert!(acknowledged.len() > 10);
    // Reading goes on.
    let (number, token) = &acknowledged[0];
    server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    drop(server);
    let server = Instance::start(dir.path());
    for (number, token) in &acknowledged {
        server.get(&format!("/v1/tickets/{number}"), Some(token)).ok(200);
    }
    server.new_ticket();
}

#[test]
fn unsent_files_and_old_keys_are_swept_and_sent_ones_stay() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let key = key();
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("приложено".as_bytes())]);
    let first = created(&server.ticket(&key, &ticket));
    let unsent = [server.upload(&png()), server.upload("забыто".as_bytes()), server.upload("приложено".as_bytes())];
    let (number, token) = &first;
    server.act_as(&key, &format!("/v1/tickets/{number}/comments"), token, &json!({"text": "раз"})).ok(201);
    drop(server);
    // The next start checks what this one left in quarantine.
    let server = Instance::start(dir.path());
    let page = format!("/v1/tickets/{number}");
    while server.get(&page, Some(token)).ok(200)["events"][0]["files"][0]["state"] == "quarantined" {}
    drop(server);

    let store = Store::open(dir.path(), &Options::default()).unwrap();
    let swept = sweep(&store, now() + DAY / 2);
    assert_eq!((swept.uploads, swept.keys), (0, 0));
    let swept = sweep(&store, now() + 2 * DAY);
    assert_eq!((swept.uploads, swept.keys), (unsent.len(), 0));
    let swept = sweep(&store, now() + 8 * DAY);
    assert_eq!((swept.uploads, swept.keys), (0, 2));
    drop(store);
    // One text was sent by somebody and forgotten by another: its bytes stay.
    assert_eq!(std::fs::read_dir(dir.path().join("files")).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(dir.path().join("quarantine")).unwrap().count(), 0);
    let server = Instance::start(dir.path());
    let again = sample();
    assert_ne!(created(&server.ticket(&key, &again)), first, "after its life a key is a new one");
    ticket["uploads"] = json!([unsent[0]]);
    server.ticket("another-key-0123456789", &ticket).problem(422, "validation");
}

#[test]
fn a_resolved_ticket_closes_itself_after_five_working_days() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    let path = format!("/v1/desk/tickets/{number}/transition");
    server.act(&path, &desk, &json!({"action": "take"})).ok(201);
    server.act(&path, &desk, &json!({"action": "resolve", "text": "Готово."})).ok(201);
    drop(server);
    let store = Store::open(dir.path(), &Options::default()).unwrap();
    assert_eq!(sweep(&store, now() + DAY).closed, 0);
    assert_eq!(sweep(&store, now() + 30 * DAY).closed, 1);
    assert_eq!(sweep(&store, now() + 30 * DAY).closed, 0);
    drop(store);
    let server = Instance::start(dir.path());
    let page = server.get(&format!("/v1/tickets/{number}"), Some(&token)).ok(200);
    assert_eq!(page["status"], "closed");
    let last = page["events"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["actor"], &last["action"]), (&json!("system"), &json!("expire")));
}
