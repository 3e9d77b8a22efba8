//! The service as its clients meet it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod alarms;
mod app;
mod bucket;
mod client;
mod clock;
mod commands;
mod conformance;
mod connections;
mod content;
mod copies;
mod departments;
mod deploy;
mod desk;
mod disk;
mod document;
mod encrypted;
mod erase;
mod hooks;
mod identity;
mod kill;
mod letters;
mod limits;
mod links;
mod long;
mod lost;
mod moves;
mod once;
mod openapi;
mod ops;
mod overload;
#[cfg(target_os = "linux")]
mod power;
mod privacy;
mod rating;
mod reports;
mod roles;
mod schemathesis;
mod sender;
mod site;
mod slices;
mod stop;
mod storage;
mod stream;
mod threats;
mod tickets;
mod timing;
mod uploads;

use std::path::Path;

use podskazka_server::Hidden;

/// The rows are in SQLite, in the data folder.
fn database(_: &Path) -> Option<Hidden> {
    None
}

/// The triggers that keep the journal.
const DROP_TRIGGERS: &str = "DROP TRIGGER audit_unchanged; DROP TRIGGER audit_undeleted";

/// The rows of a data folder, behind the server's back.
struct Rows(rusqlite::Connection);

impl Rows {
    fn open(data: &Path) -> Rows {
        Rows(rusqlite::Connection::open(data.join("podskazka.sqlite")).unwrap())
    }

    /// The first column of the first row.
    fn text(&self, sql: &str) -> String {
        self.0.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// The bytes of the first column of the first row.
    fn bytes(&self, sql: &str) -> Vec<u8> {
        self.0.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Whether the statements ran.
    fn run(&self, sql: &str) -> bool {
        self.0.execute_batch(sql).is_ok()
    }
}
