//! Format of the database, step by step; `user_version` counts the steps done.

use std::time::Duration;

use rusqlite::Connection;

use super::{StoreError, transaction};

const STEPS: &[&str] = &["
CREATE TABLE tickets (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL,
    topic TEXT NOT NULL,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    code TEXT,
    field TEXT,
    snapshot TEXT NOT NULL,
    client TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE TABLE uploads (
    id INTEGER PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    path TEXT NOT NULL,
    ticket_number TEXT REFERENCES tickets (number),
    created_at TEXT NOT NULL
) STRICT;
CREATE INDEX uploads_ticket ON uploads (ticket_number);
CREATE TABLE idempotency (
    key_hash BLOB PRIMARY KEY,
    request_hash BLOB NOT NULL,
    ticket_number TEXT NOT NULL REFERENCES tickets (number),
    token_sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
"];

/// Sets the connection up and runs the steps that are still to be done, each in its own transaction.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::NoWal);
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    loop {
        let done = transaction(connection, |connection| {
            let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            let Some(step) = usize::try_from(version).ok().and_then(|index| STEPS.get(index)) else {
                return if version == known { Ok(true) } else { Err(StoreError::TooNew { found: version, known }) };
            };
            connection.execute_batch(step)?;
            connection.pragma_update(None, "user_version", version + 1)?;
            Ok(false)
        })?;
        if done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_format_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mut connection = Connection::open(dir.path().join("a.sqlite")).unwrap();
        prepare(&mut connection).unwrap();
        prepare(&mut connection).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(prepare(&mut connection), Err(StoreError::TooNew { found: 99, .. })));
    }
}
