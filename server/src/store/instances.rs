//! What other instances wrote into the same PostgreSQL.
//!
//! The journal is read on: it has one row for every step of every ticket, in the order in which they were committed. A
//! notice of another instance only says when to look, so a lost one costs a moment and nothing else.

use std::sync::{Arc, Weak};
use std::time::Duration;

use super::StoreError;
use super::db::{Db, Place, params};
use crate::live::Hub;

/// How long a lost notice can delay an event.
const PATIENCE: Duration = Duration::from_secs(2);
/// First and longest wait before the server is asked again.
const RETRY: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(10)];

/// Starts the thread that wakes live streams. It ends with the hub.
pub(super) fn listen(address: &str, hub: &Arc<Hub>) -> Result<(), StoreError> {
    let db = Db::reader(&Place::Server(address))?;
    let mut last = newest(&db)?;
    let hub = Arc::downgrade(hub);
    std::thread::Builder::new().name("store-listener".to_owned()).spawn(move || {
        let [mut wait, longest] = RETRY;
        while let Some(result) = look(&db, &mut last, &hub) {
            match result {
                Ok(()) => wait = RETRY[0],
                Err(error) => {
                    tracing::warn!(%error, "other instances are not heard; asking again");
                    std::thread::sleep(wait);
                    wait = (wait * 2).min(longest);
                }
            }
        }
    })?;
    Ok(())
}

/// One wait and one look; `None` when nobody needs it any more.
fn look(db: &Db, last: &mut i64, hub: &Weak<Hub>) -> Option<Result<(), StoreError>> {
    let heard = db.listen(PATIENCE);
    let hub = hub.upgrade()?;
    Some(heard.and_then(|()| wake(db, last, &hub)))
}

fn newest(db: &Db) -> Result<i64, StoreError> {
    db.one("SELECT coalesce(max(id), 0) FROM audit", params![], |row| row.get(0))
}

fn wake(db: &Db, last: &mut i64, hub: &Hub) -> Result<(), StoreError> {
    let newest = newest(db)?;
    if newest > *last && hub.waiting() > 0 {
        let sql = "SELECT DISTINCT tickets.id FROM audit JOIN tickets ON number = object \
                   WHERE audit.id > ?1 AND audit.id <= ?2";
        for ticket in db.all(sql, params![*last, newest], |row| row.get(0))? {
            hub.wake(ticket);
        }
    }
    *last = newest;
    Ok(())
}
