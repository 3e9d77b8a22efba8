//! The words of a ticket, under its own key.

use std::path::Path;

use podskazka::wire::{Client, Snapshot};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use super::{Store, StoreError};
use crate::vault::{SecretKey, Vault, VaultError, Wrapped};

/// Label of a ticket's own words.
const TICKET: &str = "ticket";

/// What nobody reads in the database file.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Words {
    pub text: String,
    pub name: String,
    pub contact: String,
    pub snapshot: Snapshot,
    pub client: Client,
}

impl Words {
    /// The words under the key.
    pub fn seal(&self, key: &SecretKey) -> Result<Vec<u8>, StoreError> {
        Ok(key.seal(TICKET, &serde_json::to_vec(self)?)?)
    }
}

/// The key of a ticket; `None` once it has been erased.
pub fn key(db: &Connection, vault: &Vault, ticket: i64) -> Result<Option<SecretKey>, StoreError> {
    let stored: (Option<Vec<u8>>, Option<String>) = db
        .prepare_cached("SELECT dek, dek_key FROM tickets WHERE id = ?1")?
        .query_row([ticket], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match stored {
        (Some(bytes), Some(key)) => Ok(Some(vault.unwrap(&Wrapped { key, bytes })?)),
        _ => Ok(None),
    }
}

/// The words of a ticket; empty once it has been erased.
pub fn words(db: &Connection, vault: &Vault, ticket: i64) -> Result<Words, StoreError> {
    let sealed: Option<Vec<u8>> =
        db.prepare_cached("SELECT secret FROM tickets WHERE id = ?1")?.query_row([ticket], |row| row.get(0))?;
    match (sealed, key(db, vault, ticket)?) {
        (Some(sealed), Some(key)) => Ok(serde_json::from_slice(&key.open(TICKET, &sealed)?)?),
        _ => Ok(Words::default()),
    }
}

/// The text of a step, bound to its place in the history.
pub fn seal_step(key: &SecretKey, seq: i64, text: &str) -> Result<Vec<u8>, StoreError> {
    Ok(key.seal(&format!("event {seq}"), text.as_bytes())?)
}

/// The text of a step from its sealed form.
pub fn open_step(key: &SecretKey, seq: i64, sealed: &[u8]) -> Result<String, StoreError> {
    let bytes = key.open(&format!("event {seq}"), sealed)?;
    String::from_utf8(bytes).map_err(|_| StoreError::Vault(VaultError::Sealed))
}

/// Refuses to make a new key file beside tickets that were sealed under a lost one.
pub fn require_key_file(db: &Connection, path: &Path) -> Result<(), StoreError> {
    let sealed = db.prepare("SELECT 1 FROM tickets WHERE dek IS NOT NULL")?.exists([])?;
    if sealed && !path.exists() {
        return Err(VaultError::Absent(path.display().to_string()).into());
    }
    Ok(())
}

/// Opens one ticket of each key of the service, so that a foreign key file is noticed at the start.
pub fn require_keys(db: &Connection, vault: &Vault) -> Result<(), StoreError> {
    let mut rows = db.prepare("SELECT dek_key, dek FROM tickets WHERE dek_key IS NOT NULL GROUP BY dek_key")?;
    let mut found = rows.query([])?;
    while let Some(row) = found.next()? {
        vault.unwrap(&Wrapped { key: row.get(0)?, bytes: row.get(1)? })?;
    }
    Ok(())
}

/// Seals tickets that an earlier format kept in clear, and wipes what they left behind.
pub fn seal_old(db: &Connection, vault: &Vault) -> Result<(), StoreError> {
    let mut count = 0;
    let next =
        "SELECT id, text, name, contact, snapshot, client FROM tickets WHERE dek IS NULL AND erased_at IS NULL LIMIT 1";
    let read = |row: &Row| {
        let texts = (row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, String>(3)?);
        Ok((row.get::<_, i64>(0)?, texts, row.get::<_, String>(4)?, row.get::<_, String>(5)?))
    };
    while let Some((id, (text, name, contact), snapshot, client)) = db.query_row(next, [], read).optional()? {
        let (snapshot, client) =
            (serde_json::from_str(&snapshot).unwrap_or_default(), serde_json::from_str(&client).unwrap_or_default());
        let (key, wrapped) = vault.ticket_key()?;
        db.execute_batch("BEGIN IMMEDIATE")?;
        let first = seal_step(&key, 1, &text)?;
        let secret = Words { text, name, contact, snapshot, client }.seal(&key)?;
        db.execute(
            "UPDATE tickets SET text = '', name = '', contact = '', snapshot = '{}', client = '{}', secret = ?2, \
             dek = ?3, dek_key = ?4 WHERE id = ?1",
            params![id, secret, wrapped.bytes, wrapped.key],
        )?;
        let steps: Vec<(i64, String)> = db
            .prepare("SELECT seq, text FROM events WHERE ticket_id = ?1 AND text IS NOT NULL")?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        db.execute("UPDATE events SET sealed = ?2 WHERE ticket_id = ?1 AND seq = 1", params![id, first])?;
        for (seq, text) in steps {
            let sealed = seal_step(&key, seq, &text)?;
            db.execute(
                "UPDATE events SET sealed = ?3, text = NULL WHERE ticket_id = ?1 AND seq = ?2",
                params![id, seq, sealed],
            )?;
        }
        db.execute_batch("COMMIT")?;
        count += 1;
    }
    if count > 0 {
        tracing::info!(count, "tickets of an earlier format are sealed now");
        db.execute_batch("VACUUM")?;
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    Ok(())
}

impl Store {
    /// Puts every ticket's key under the present key of the service; how many there were.
    pub async fn rewrap(&self) -> Result<usize, StoreError> {
        self.write(|tx| {
            let stored: Vec<(i64, Vec<u8>, String)> = tx
                .db
                .prepare("SELECT id, dek, dek_key FROM tickets WHERE dek IS NOT NULL")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            let count = stored.len();
            for (id, bytes, key) in stored {
                let wrapped = tx.vault.wrap(&tx.vault.unwrap(&Wrapped { key, bytes })?)?;
                tx.db.execute(
                    "UPDATE tickets SET dek = ?2, dek_key = ?3 WHERE id = ?1",
                    params![id, wrapped.bytes, wrapped.key],
                )?;
            }
            Ok(count)
        })
        .await
    }
}
