//! The same service over PostgreSQL: the tests of `it` that concern stored rows, and several instances.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../it/alarms.rs"]
mod alarms;
#[path = "../it/app.rs"]
mod app;
mod away;
mod balancer;
#[path = "../it/bucket.rs"]
mod bucket;
#[path = "../it/client.rs"]
mod client;
#[path = "../it/clock.rs"]
mod clock;
mod cluster;
#[path = "../it/connections.rs"]
mod connections;
#[path = "../it/content.rs"]
mod content;
#[path = "../it/departments.rs"]
mod departments;
#[path = "../it/desk.rs"]
mod desk;
#[path = "../it/document.rs"]
mod document;
mod erase;
#[path = "../it/hooks.rs"]
mod hooks;
#[path = "../it/identity.rs"]
mod identity;
mod instances;
#[path = "../it/kill.rs"]
mod kill;
#[path = "../it/letters.rs"]
mod letters;
#[path = "../it/links.rs"]
mod links;
#[path = "../it/lost.rs"]
mod lost;
mod migrate;
#[path = "../it/moves.rs"]
mod moves;
#[path = "../it/once.rs"]
mod once;
#[path = "../it/ops.rs"]
mod ops;
#[path = "../it/overload.rs"]
mod overload;
#[path = "../it/privacy.rs"]
mod privacy;
#[path = "../it/rating.rs"]
mod rating;
#[path = "../it/reports.rs"]
mod reports;
#[path = "../it/roles.rs"]
mod roles;
#[path = "../it/sender.rs"]
mod sender;
#[path = "../it/slices.rs"]
mod slices;
#[path = "../it/stop.rs"]
mod stop;
#[path = "../it/storage.rs"]
mod storage;
#[path = "../it/stream.rs"]
mod stream;
#[path = "../it/tickets.rs"]
mod tickets;
mod tls;
#[path = "../it/uploads.rs"]
mod uploads;

use std::cell::RefCell;
use std::path::Path;

use podskazka_server::Hidden;

/// The rows are in a database of the data folder's own.
fn database(data: &Path) -> Option<Hidden> {
    Some(Hidden(cluster::database(data)))
}

/// The trigger that keeps the journal.
const DROP_TRIGGERS: &str = "DROP TRIGGER audit_stays ON audit";

/// The rows of a data folder, behind the server's back.
struct Rows(RefCell<postgres::Client>);

impl Rows {
    fn open(data: &Path) -> Rows {
        Rows(RefCell::new(postgres::Client::connect(&cluster::database(data), postgres::NoTls).unwrap()))
    }

    /// The first column of the first row.
    fn text(&self, sql: &str) -> String {
        self.0.borrow_mut().query_one(sql, &[]).unwrap().get(0)
    }

    /// The bytes of the first column of the first row.
    fn bytes(&self, sql: &str) -> Vec<u8> {
        self.0.borrow_mut().query_one(sql, &[]).unwrap().get(0)
    }

    /// Whether the statements ran.
    fn run(&self, sql: &str) -> bool {
        self.0.borrow_mut().batch_execute(sql).is_ok()
    }
}
