//! What an erasure leaves in the tables of PostgreSQL.

use podskazka_server::Store;
use serde_json::json;

use crate::Rows;
use crate::app::{Instance, now, options};

#[test]
fn rows_of_tickets_whose_time_is_over_are_freed_by_the_sweep_that_erased_them() {
    let dir = tempfile::tempdir().unwrap();
    let server = Instance::start(dir.path());
    let (number, token) = server.new_ticket();
    server.act(&format!("/v1/tickets/{number}/actions"), &token, &json!({"action": "withdraw"})).ok(201);
    let rows = Rows::open(dir.path());
    // Pages without an old row: nobody but VACUUM counts them.
    let clean = || rows.text("SELECT relallvisible::text FROM pg_class WHERE oid = 'tickets'::regclass");
    assert!(rows.run("ALTER TABLE tickets SET (autovacuum_enabled = off)"));
    assert_eq!(clean(), "0");
    let store = Store::open(dir.path(), &options(dir.path())).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let swept = runtime.block_on(store.sweep(now() + 400 * 86_400, Some(365))).unwrap();
    assert_eq!((swept.erased, clean().as_str()), (1, "1"));
}
