//! Every row from one database into the other: SQLite to PostgreSQL on the day a second machine comes, or back.
//!
//! Rows are read in the order of their keys and written in batches; afterwards both sides are read again and compared, by
//! count and by a sum of the SHA-256 of each row. Sealed values stay sealed: the key file goes on as it is.

use std::path::Path;

use super::StoreError;
use super::db::{Db, Place, Row, ToValue as _, Value, params};
use crate::secret;

/// Rows of one transaction.
const BATCH: i64 = 1_000;

/// A table: its name, its key, its other columns. In an order in which whoever is named comes first.
pub(super) struct Table {
    pub name: &'static str,
    pub key: &'static [&'static str],
    pub rest: &'static [&'static str],
    /// PostgreSQL counts the key up by itself.
    counted: bool,
}

const fn table(
    name: &'static str,
    key: &'static [&'static str],
    rest: &'static [&'static str],
    counted: bool,
) -> Table {
    Table { name, key, rest, counted }
}

pub(super) const TABLES: [Table; 24] = [
    table(
        "tickets",
        &["id"],
        &[
            "number",
            "token_hash",
            "topic",
            "code",
            "field",
            "status",
            "created_at",
            "site",
            "department",
            "assignee",
            "level",
            "priority",
            "version",
            "response_due",
            "responded_at",
            "resolution_due",
            "resolution_left",
            "resolved_at",
            "closed_at",
            "reopened",
            "form",
            "secret",
            "dek",
            "dek_key",
            "erased_at",
            "subject",
            "contact_mark",
            "phone_mark",
            "urgency",
            "impact",
            "transfers",
            "merged_into",
            "late",
            "alarm_at",
            "response_stage",
            "resolution_stage",
            "waits_since",
            "reminded_at",
            "shown",
            "answered_by",
            "resolved_by",
        ],
        true,
    ),
    table(
        "uploads",
        &["id"],
        &[
            "token_hash",
            "sha256",
            "size",
            "media_type",
            "path",
            "ticket_number",
            "created_at",
            "state",
            "sender",
            "key_hash",
            "token_sealed",
            "event_seq",
            "dek",
            "dek_key",
        ],
        true,
    ),
    table("partials", &["id"], &["name", "key_hash", "length", "received", "created_at", "dek", "dek_key"], true),
    table("slices", &["path"], &["partial_id", "start"], false),
    table(
        "idempotency",
        &["ticket_id"],
        &["key_hash", "request_hash", "token_sealed", "created_at", "drawn", "calendar"],
        false,
    ),
    table(
        "events",
        &["ticket_id", "seq"],
        &["at", "kind", "actor", "author", "public", "action", "status", "sealed", "audited", "changes"],
        false,
    ),
    table("replays", &["key_hash"], &["request_hash", "ticket_id", "seq", "created_at"], false),
    table("operators", &["name"], &["token_hash", "role", "departments", "expires_at", "revoked"], false),
    table("audit", &["id"], &["at", "actor", "author", "what", "object", "mark"], false),
    table("track_tokens", &["token_hash"], &["ticket_id", "expires_at"], false),
    table("addresses", &["mark"], &["asked_at", "confirm_hash", "verified_at", "stopped_at"], false),
    table("codes", &["mark"], &["code_hash", "expires_at", "tries", "since", "asked"], false),
    table(
        "letters",
        &["id"],
        &[
            "dedupe",
            "kind",
            "mark",
            "ticket_id",
            "seq",
            "secret",
            "dek",
            "dek_key",
            "created_at",
            "run_at",
            "attempts",
            "locked_until",
            "dead",
        ],
        true,
    ),
    table("stats", &["day", "site", "form", "field", "code", "kind"], &["count"], false),
    table("notices", &["id"], &["title", "text", "form", "since", "until", "author", "key_hash", "request_hash"], true),
    table("links", &["ticket_id", "other_id"], &[], false),
    table("hooks", &["name"], &["cursor", "since"], false),
    table("hook_tickets", &["hook", "ticket_id"], &["seq", "foreign_id"], false),
    table(
        "calls",
        &["dedupe"],
        &["hook", "ticket_id", "seq", "created_at", "run_at", "attempts", "locked_until", "dead"],
        false,
    ),
    table("used_challenges", &["id"], &["expires_at"], false),
    table("places", &["what"], &["place"], false),
    table("seals", &["name"], &["sample"], false),
    table("acts", &["id"], &["number", "at", "author", "reason", "texts", "files"], true),
    table("pulse", &["id"], &["body"], true),
];

/// What was copied of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub table: &'static str,
    pub rows: u64,
    /// Sum of the SHA-256 of all rows, equal on both sides.
    pub sum: String,
}

/// Why nothing was copied, or not all of it.
#[derive(Debug)]
pub enum MigrateError {
    Store(StoreError),
    /// The other database has rows already.
    NotEmpty(&'static str),
    /// The two sides of this table differ.
    Differs(&'static str),
}

impl From<StoreError> for MigrateError {
    fn from(error: StoreError) -> Self {
        MigrateError::Store(error)
    }
}

impl std::fmt::Display for MigrateError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            MigrateError::Store(error) => error.fmt(f),
            MigrateError::NotEmpty(table) => {
                write!(f, "the database to fill has rows in {table} already; name an empty one")
            }
            MigrateError::Differs(table) => {
                write!(f, "the two sides of {table} differ; stop every server, empty the new database and repeat")
            }
        }
    }
}

impl std::error::Error for MigrateError {}

/// Copies every row; no server may be running over either side.
pub fn migrate(from: &Place, to: &Place) -> Result<Vec<Copied>, MigrateError> {
    let (source, target) = (Db::open(from)?, Db::open(to)?);
    // A server that was started over it has noted where files lie, and nothing more.
    target.execute("DELETE FROM places", params![])?;
    for table in &TABLES {
        if target.exists(&format!("SELECT 1 FROM {} LIMIT 1", table.name), params![])? {
            return Err(MigrateError::NotEmpty(table.name));
        }
    }
    let mut all = Vec::new();
    for table in &TABLES {
        let there = copy(&source, &target, table)?;
        let here = walk(&target, table, |_| Ok(()))?;
        if there != here {
            return Err(MigrateError::Differs(table.name));
        }
        let sum = there.sum.iter().map(|part| format!("{part:016x}")).collect();
        all.push(Copied { table: table.name, rows: there.rows, sum });
    }
    Ok(all)
}

fn copy(source: &Db, target: &Db, table: &Table) -> Result<Tally, StoreError> {
    let columns: Vec<&str> = table.key.iter().chain(table.rest).copied().collect();
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    let insert = format!("INSERT INTO {} ({}) VALUES ({})", table.name, columns.join(", "), places.join(", "));
    let tally = walk(source, table, |rows| {
        target.begin()?;
        let written = rows.iter().try_for_each(|row| target.execute(&insert, row.clone()).map(|_| ()));
        match written.and_then(|()| target.commit()) {
            Ok(()) => Ok(()),
            Err(error) => {
                target.rollback()?;
                Err(error)
            }
        }
    })?;
    if table.counted && target.sqlite().is_none() && tally.rows > 0 {
        let name = table.name;
        let sql = format!("SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))");
        target.one(&sql, params![], |_| Ok(()))?;
    }
    Ok(tally)
}

/// Rows and their sum: the order in which a database gives them does not matter.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tally {
    rows: u64,
    sum: [u64; 4],
}

impl Tally {
    fn add(&mut self, row: &[Value]) {
        self.rows += 1;
        let hash = secret::sha256(&[&bytes(row)]);
        let (parts, _) = hash.as_chunks::<8>();
        for (sum, part) in self.sum.iter_mut().zip(parts) {
            *sum = sum.wrapping_add(u64::from_le_bytes(*part));
        }
    }
}

/// One spelling of a row for both databases, each value with its type and length.
fn bytes(row: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut put = |kind: u8, bytes: &[u8]| {
        out.push(kind);
        out.extend_from_slice(&bytes.len().to_le_bytes());
        out.extend_from_slice(bytes);
    };
    for value in row {
        match value {
            Value::Null => put(0, &[]),
            Value::Bool(flag) => put(1, &i64::from(*flag).to_le_bytes()),
            Value::Int(number) => put(1, &number.to_le_bytes()),
            Value::Text(text) => put(2, text.as_bytes()),
            Value::Blob(blob) => put(3, blob),
        }
    }
    out
}

/// Reads the table batch by batch, each after the key at which the last one ended.
fn walk(
    db: &Db,
    table: &Table,
    mut each: impl FnMut(&[Vec<Value>]) -> Result<(), StoreError>,
) -> Result<Tally, StoreError> {
    let columns: Vec<&str> = table.key.iter().chain(table.rest).copied().collect();
    let (key, width) = (table.key.join(", "), table.key.len());
    let places: Vec<String> = (2..2 + width).map(|place| format!("?{place}")).collect();
    let select =
        |after: &str| format!("SELECT {} FROM {} {after} ORDER BY {key} LIMIT ?1", columns.join(", "), table.name);
    let (first, next) = (select(""), select(&format!("WHERE ({key}) > ({})", places.join(", "))));
    let read = |row: &mut Row| (0..columns.len()).map(|column| row.get::<Value>(column)).collect();
    let (mut tally, mut last): (Tally, Option<Vec<Value>>) = (Tally::default(), None);
    loop {
        let mut values = params![BATCH];
        let sql = if last.is_some() { &next } else { &first };
        values.extend(last.take().into_iter().flatten().map(|value| value.to_value()));
        let rows: Vec<Vec<Value>> = db.all(sql, values, read)?;
        each(&rows)?;
        rows.iter().for_each(|row| tally.add(row));
        match rows.last().and_then(|row| row.get(..width)) {
            Some(key) => last = Some(key.to_vec()),
            None => return Ok(tally),
        }
    }
}

/// Fills the PostgreSQL of the address from the SQLite of the folder, or the other way.
pub fn migrate_folder(folder: &Path, database: &str, to_postgres: bool) -> Result<Vec<Copied>, MigrateError> {
    let file = folder.join(super::DATABASE);
    let (sqlite, postgres) = (Place::File(&file), Place::Server(database));
    if to_postgres { migrate(&sqlite, &postgres) } else { migrate(&postgres, &sqlite) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_table_is_copied() {
        let dir = tempfile::tempdir().unwrap();
        let db = Db::open(&Place::File(&dir.path().join("a.sqlite"))).unwrap();
        let text = |row: &mut Row| row.get::<String>(0);
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'unsealed%' \
                   AND name NOT LIKE 'sqlite_%' ORDER BY name";
        let mut known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
        known.sort_unstable();
        assert_eq!(db.all(sql, params![], text).unwrap(), known);
        for table in &TABLES {
            let mut columns = db.all("SELECT name FROM pragma_table_info(?1)", params![table.name], text).unwrap();
            let mut copied: Vec<&str> = table.key.iter().chain(table.rest).copied().collect();
            columns.sort_unstable();
            copied.sort_unstable();
            assert_eq!(columns, copied, "{}", table.name);
        }
    }
}
