//! From SQLite to PostgreSQL and back.

use podskazka_server::store::{Role, Verdict};
use podskazka_server::{Config, Store};
use serde_json::json;

use crate::app::{Instance, config, created, key, operator, options, program, sample};

#[test]
fn every_row_goes_over_and_comes_back() {
    let dir = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let sqlite = Config { database: None, ..config(dir.path()) };
    let server = Instance::with(sqlite.clone());
    let file = server.upload("приложено".as_bytes());
    let first = key();
    let mut ticket = sample();
    ticket["uploads"] = json!([file]);
    let (number, token) = created(&server.ticket(&first, &ticket));
    for _ in 0..20 {
        server.new_ticket();
    }
    let page = format!("/v1/tickets/{number}");
    server.act(&format!("{page}/comments"), &token, &json!({"text": "ещё"})).ok(201);
    server.checked(&page, &token);
    let shown = server.get(&page, Some(&token)).ok(200);
    let (good, said) = run(dir.path(), &["migrate-store", "--to", "postgres"]);
    assert!(!good && said.contains("another server"), "{said}");
    drop(server);

    let (good, said) = run(dir.path(), &["migrate-store", "--to", "postgres"]);
    assert!(good && said.contains("Both sides are equal"), "{said}");
    let (good, said) = run(dir.path(), &["migrate-store", "--to", "postgres"]);
    assert!(!good && said.contains("rows in tickets already"), "{said}");
    let desk = operator(dir.path(), "olga", Role::Operator, &[]);
    let server = Instance::start(dir.path());
    assert_eq!(server.get(&page, Some(&token)).ok(200), shown);
    assert_eq!(created(&server.ticket(&first, &ticket)), (number.clone(), token.clone()), "keys go over too");
    // Numbers of rows go on where they were.
    server.new_ticket();
    server.act(&format!("/v1/desk/tickets/{number}/transition"), &desk, &json!({"action": "take"})).ok(201);
    let shown = server.get(&page, Some(&token)).ok(200);
    drop(server);
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    assert_eq!(runtime.block_on(store.verify_audit()).unwrap(), Verdict::Whole(25));
    drop(store);

    std::fs::rename(dir.path().join("podskazka.sqlite"), dir.path().join("before")).unwrap();
    let (good, said) = run(dir.path(), &["migrate-store", "--to", "sqlite"]);
    assert!(good && said.contains("Both sides are equal"), "{said}");
    let server = Instance::with(sqlite);
    assert_eq!(server.get(&page, Some(&token)).ok(200), shown);
    server.new_ticket();
}

fn run(data: &std::path::Path, args: &[&str]) -> (bool, String) {
    let output = program(data).args(args).output().unwrap();
    let text = if output.status.success() { output.stdout } else { output.stderr };
    (output.status.success(), String::from_utf8(text).unwrap())
}
