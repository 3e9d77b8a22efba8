//! What time takes away.

use podskazka_server::Store;
use serde_json::json;

use crate::app::{Instance, created, key, operator, options, png, sample};
use podskazka_server::store::Role;

const DAY: i64 = 86_400;

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

fn sweep(store: &Store, now: i64) -> podskazka_server::store::Swept {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store.sweep(now, None)).unwrap()
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
    server.checked(&page, token);
    drop(server);

    // A request that was cut before its answer leaves a file that no row names.
    std::fs::write(dir.path().join("quarantine/stray"), "ничей").unwrap();
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let swept = sweep(&store, now() + DAY / 2);
    assert_eq!((swept.uploads, swept.keys), (0, 0));
    assert!(dir.path().join("quarantine/stray").exists());
    let swept = sweep(&store, now() + 2 * DAY);
    assert_eq!((swept.uploads, swept.keys), (unsent.len(), 0));
    let swept = sweep(&store, now() + 8 * DAY);
    assert_eq!((swept.uploads, swept.keys), (0, 2));
    // A check that the end of the server cut left its copy, which no row names.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(store.sweep_strays("files", now() + 8 * DAY)).unwrap();
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
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
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

#[test]
fn a_closed_ticket_is_erased_when_its_time_is_over_and_leaves_an_act() {
    let dir = tempfile::tempdir().unwrap();
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    let mut ticket = sample();
    ticket["uploads"] = json!([server.upload("приложено".as_bytes())]);
    let (number, token) = created(&server.ticket(&key(), &ticket));
    let page = format!("/v1/tickets/{number}");
    server.checked(&page, &token);
    server.act(&format!("{page}/actions"), &token, &json!({"action": "withdraw"})).ok(201);
    let (open, open_token) = server.new_ticket();
    drop(server);
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let swept = |days: i64, keep: Option<u32>| runtime.block_on(store.sweep(now() + days * DAY, keep)).unwrap().erased;
    assert_eq!((swept(400, None), swept(364, Some(365)), swept(366, Some(365)), swept(366, Some(365))), (0, 0, 1, 0));
    let acts = runtime.block_on(store.acts(0)).unwrap();
    assert_eq!(
        (acts.len(), acts[0].number.as_str(), acts[0].by.as_str(), acts[0].files),
        (1, number.as_str(), "retention", 1)
    );
    drop(store);
    assert_eq!(std::fs::read_dir(dir.path().join("files")).unwrap().count(), 0);
    let server = Instance::start(dir.path());
    server.get(&page, Some(&token)).problem(404, "not-found");
    assert_eq!(server.get(&format!("/v1/desk/tickets/{number}"), Some(&desk)).ok(200)["item"]["status"], "erased");
    server.get(&format!("/v1/tickets/{open}"), Some(&open_token)).ok(200);
}
