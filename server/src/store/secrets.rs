//! The words of a ticket, under its own key.

use std::cell::RefCell;
use std::path::Path;

use lz4_flex::block::{CompressTable, compress_into_with_table, get_maximum_output_size};
use podskazka::wire::tried::Tried;
use podskazka::wire::{Client, Consent, NewTicket, Snapshot};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::db::{Db, Row, params};
use super::{Store, StoreError, Tx};
use crate::vault::{SecretKey, Vault, VaultError, Wrapped};

/// Tables whose rows have a key of their own.
const SEALED: [&str; 4] = ["tickets", "uploads", "partials", "letters"];
/// Label of a ticket's own words, as they are and packed: a form's state repeats itself, and unpacked it fills a page of
/// the database for each ticket.
const TICKET: &str = "ticket";
const PACKED: &str = "ticket packed";
/// Bytes of the words of a ticket with a dozen fields, before they are packed: a start that seldom grows.
const USUAL: usize = 4 * 1024;

/// What nobody reads in the database file.
#[derive(Clone, Default, Deserialize)]
pub struct Words {
    pub text: String,
    pub name: String,
    pub contact: String,
    pub snapshot: Snapshot,
    pub client: Client,
    #[serde(default)]
    pub consent: Option<Consent>,
    #[serde(default)]
    pub tried: Option<Tried>,
}

/// The same of a ticket that still stands by itself.
#[derive(Serialize)]
struct Lent<'a> {
    text: &'a str,
    name: &'a str,
    contact: &'a str,
    snapshot: &'a Snapshot,
    client: &'a Client,
    consent: &'a Option<Consent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tried: &'a Option<Tried>,
}

thread_local! {
    /// Where packing finds what repeats: made once for each thread and not for each ticket.
    static TABLE: RefCell<CompressTable> = RefCell::default();
}

/// The bytes packed, behind their length.
fn pack(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    let length = u32::try_from(bytes.len()).map_err(|_| VaultError::Sealed)?.to_le_bytes();
    let mut packed = vec![0; length.len() + get_maximum_output_size(bytes.len())];
    let (head, body) = packed.split_at_mut(length.len());
    head.copy_from_slice(&length);
    let size = TABLE.with_borrow_mut(|table| compress_into_with_table(bytes, body, table));
    packed.truncate(length.len() + size.map_err(|_| VaultError::Sealed)?);
    Ok(packed)
}

impl Words {
    /// The words of a ticket under the key.
    pub fn seal(ticket: &NewTicket, key: &SecretKey) -> Result<Vec<u8>, StoreError> {
        let NewTicket { text, name, contact, snapshot, client, consent, tried, .. } = ticket;
        let mut words = Vec::with_capacity(USUAL);
        serde_json::to_writer(&mut words, &Lent { text, name, contact, snapshot, client, consent, tried })?;
        Ok(key.seal(PACKED, &pack(&words)?)?)
    }

    fn open(key: &SecretKey, sealed: &[u8]) -> Result<Words, StoreError> {
        let bytes = match key.open(PACKED, sealed) {
            Ok(packed) => lz4_flex::decompress_size_prepended(&packed).map_err(|_| VaultError::Sealed)?,
            // As an earlier format stored it.
            Err(_) => key.open(TICKET, sealed)?,
        };
        Ok(serde_json::from_slice(&bytes)?)
    }
}

/// The key of a ticket; `None` once it has been erased.
pub fn key(db: &Db, vault: &Vault, ticket: i64) -> Result<Option<SecretKey>, StoreError> {
    let stored: (Option<Vec<u8>>, Option<String>) =
        db.one("SELECT dek, dek_key FROM tickets WHERE id = ?1", [ticket], |row| Ok((row.get(0)?, row.get(1)?)))?;
    match stored {
        (Some(bytes), Some(key)) => Ok(Some(vault.unwrap(&Wrapped { key, bytes })?)),
        _ => Ok(None),
    }
}

/// Words as a row has them, with the key that opens them; neither once the ticket has been erased.
pub struct Sealed {
    pub secret: Option<Vec<u8>>,
    pub key: Option<Wrapped>,
}

impl Sealed {
    /// From `secret`, `dek` and `dek_key`, the first of which is this column.
    pub fn read(row: &mut Row, first: usize) -> Result<Sealed, StoreError> {
        let (secret, dek, key) = (row.get(first)?, row.get(first + 1)?, row.get(first + 2)?);
        let key = match (dek, key) {
            (Some(bytes), Some(key)) => Some(Wrapped { key, bytes }),
            _ => None,
        };
        Ok(Sealed { secret, key })
    }

    /// The words; empty once the ticket has been erased.
    pub fn open(&self, vault: &Vault) -> Result<Words, StoreError> {
        match (&self.secret, &self.key) {
            (Some(secret), Some(key)) => Words::open(&vault.unwrap(key)?, secret),
            _ => Ok(Words::default()),
        }
    }
}

/// The words of a ticket; empty once it has been erased.
pub fn words(db: &Db, vault: &Vault, ticket: i64) -> Result<Words, StoreError> {
    let sql = "SELECT secret, dek, dek_key FROM tickets WHERE id = ?1";
    db.one(sql, [ticket], |row| Sealed::read(row, 0))?.open(vault)
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
pub fn require_key_file(db: &Db, path: &Path) -> Result<(), StoreError> {
    let sealed = db.exists("SELECT 1 FROM tickets WHERE dek IS NOT NULL LIMIT 1", params![])?;
    if sealed && !path.exists() {
        return Err(VaultError::Absent(path.display().to_string()).into());
    }
    Ok(())
}

/// Opens a sample of each key of the service, so that a foreign key file is noticed at the start, and leaves one of the
/// key that seals from now on.
pub fn require_keys(db: &Db, vault: &Vault) -> Result<(), StoreError> {
    if !db.exists("SELECT 1 FROM tickets WHERE dek IS NOT NULL LIMIT 1", params![])? {
        db.execute("DELETE FROM seals", params![])?;
    }
    let read = |row: &mut Row| Ok(Wrapped { key: row.get(0)?, bytes: row.get(1)? });
    for sample in db.all("SELECT name, sample FROM seals", params![], read)? {
        vault.unwrap(&sample)?;
    }
    leave_sample(db, vault)
}

fn leave_sample(db: &Db, vault: &Vault) -> Result<(), StoreError> {
    let (_, sample) = vault.ticket_key()?;
    let sql = "INSERT INTO seals (name, sample) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING";
    db.execute(sql, params![sample.key, sample.bytes])?;
    Ok(())
}

/// Seals tickets that an earlier format of SQLite kept in clear, and wipes what they left behind.
pub fn seal_old(db: &Connection, vault: &Vault) -> Result<(), StoreError> {
    let rows = |sql: &str| -> Result<i64, StoreError> { Ok(db.query_row(sql, [], |row| row.get(0))?) };
    let count = rows("SELECT count(*) FROM unsealed")?;
    while rows("SELECT count(*) FROM unsealed")? > 0 {
        db.execute_batch("BEGIN IMMEDIATE")?;
        let sealed = seal_next(db, vault);
        db.execute_batch(if sealed.is_ok() { "COMMIT" } else { "ROLLBACK" })?;
        sealed?;
    }
    if count > 0 {
        tracing::info!(count, "tickets of an earlier format are sealed now");
        db.execute_batch("VACUUM")?;
        db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    }
    Ok(())
}

fn seal_next(db: &Connection, vault: &Vault) -> Result<(), StoreError> {
    let next = "SELECT ticket_id, text, name, contact, snapshot, client FROM unsealed LIMIT 1";
    let (id, words) = db.query_row(next, [], |row| {
        let json = |column: usize| row.get::<_, String>(column);
        let words = NewTicket {
            text: row.get(1)?,
            name: row.get(2)?,
            contact: row.get(3)?,
            snapshot: serde_json::from_str(&json(4)?).unwrap_or_default(),
            client: serde_json::from_str(&json(5)?).unwrap_or_default(),
            ..NewTicket::default()
        };
        Ok((row.get::<_, i64>(0)?, words))
    })?;
    let (key, wrapped) = vault.ticket_key()?;
    db.execute(
        "UPDATE tickets SET secret = ?2, dek = ?3, dek_key = ?4 WHERE id = ?1",
        rusqlite::params![id, Words::seal(&words, &key)?, wrapped.bytes, wrapped.key],
    )?;
    let steps: Vec<(i64, String)> = db
        .prepare("SELECT seq, text FROM unsealed_steps WHERE ticket_id = ?1")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (seq, text) in steps.into_iter().chain([(1, words.text)]) {
        db.execute(
            "UPDATE events SET sealed = ?3 WHERE ticket_id = ?1 AND seq = ?2",
            rusqlite::params![id, seq, seal_step(&key, seq, &text)?],
        )?;
    }
    db.execute("DELETE FROM unsealed_steps WHERE ticket_id = ?1", [id])?;
    db.execute("DELETE FROM unsealed WHERE ticket_id = ?1", [id])?;
    Ok(())
}

/// Learns a key that another process has begun to seal with: from the commit of its sample on nobody writes under an older
/// one, so that the exchange of keys finds every row.
pub fn keep_up(db: &Db, vault: &Vault) -> Result<(), StoreError> {
    let names: Vec<String> = db.all("SELECT name FROM seals", params![], |row| row.get(0))?;
    names.iter().try_for_each(|name| Ok(vault.learn(name)?))
}

/// Rows of one round of the exchange of keys: citizens' writes come in between.
const ROUND: i64 = 500;

impl Store {
    /// Puts every key of a ticket, a file and a letter under the present key of the service; how many tickets there were.
    pub async fn rewrap(&self) -> Result<usize, StoreError> {
        self.write(|tx| leave_sample(tx.db, tx.vault)).await?;
        let mut tickets = 0;
        for table in SEALED {
            let (mut after, mut more) = (0, true);
            while more {
                let done = self.write(move |tx| rewrap_some(tx, table, after)).await?;
                more = done.last().is_some();
                after = done.last().copied().unwrap_or(after);
                tickets += if table == "tickets" { done.len() } else { 0 };
            }
        }
        self.write(|tx| tx.db.execute("DELETE FROM seals WHERE name <> ?1", [tx.vault.present()?])).await?;
        Ok(tickets)
    }
}

/// The next rows of the table that are under another key; which they were.
fn rewrap_some(tx: &Tx, table: &str, after: i64) -> Result<Vec<i64>, StoreError> {
    let sql = format!("SELECT id, dek, dek_key FROM {table} WHERE id > ?1 AND dek_key <> ?2 ORDER BY id LIMIT {ROUND}");
    let read = |row: &mut Row| Ok((row.get(0)?, Wrapped { bytes: row.get(1)?, key: row.get(2)? }));
    let stored: Vec<(i64, Wrapped)> = tx.db.all(&sql, params![after, tx.vault.present()?], read)?;
    let sql = format!("UPDATE {table} SET dek = ?2, dek_key = ?3 WHERE id = ?1");
    let mut done = Vec::new();
    for (id, wrapped) in stored {
        let wrapped = tx.vault.renew(wrapped)?;
        tx.db.execute(&sql, params![id, wrapped.bytes, wrapped.key])?;
        done.push(id);
    }
    Ok(done)
}
