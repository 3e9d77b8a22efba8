//! Format of the database in SQLite, step by step; `user_version` counts the steps done.

use std::time::Duration;

use rusqlite::Connection;

use super::StoreError;

const STEPS: &[&str] = &[
    "
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
",
    "
ALTER TABLE tickets ADD COLUMN site TEXT NOT NULL DEFAULT '';
ALTER TABLE tickets ADD COLUMN department TEXT NOT NULL DEFAULT 'support';
ALTER TABLE tickets ADD COLUMN assignee TEXT;
ALTER TABLE tickets ADD COLUMN level INTEGER NOT NULL DEFAULT 1;
ALTER TABLE tickets ADD COLUMN priority INTEGER NOT NULL DEFAULT 3;
-- Number of the last event.
ALTER TABLE tickets ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
-- Moments are seconds since 1970; the clock of the solution either runs to `due` or rests with `left` working seconds.
ALTER TABLE tickets ADD COLUMN response_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN responded_at INTEGER;
ALTER TABLE tickets ADD COLUMN resolution_due INTEGER;
ALTER TABLE tickets ADD COLUMN resolution_left INTEGER;
ALTER TABLE tickets ADD COLUMN resolved_at INTEGER;
ALTER TABLE tickets ADD COLUMN closed_at INTEGER;
ALTER TABLE tickets ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0;
CREATE INDEX tickets_queue ON tickets (priority, id);
CREATE INDEX tickets_resolved ON tickets (resolved_at) WHERE status = 'resolved';
CREATE TABLE events (
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    author TEXT,
    public INTEGER NOT NULL,
    action TEXT,
    status TEXT,
    text TEXT,
    PRIMARY KEY (ticket_id, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO events (ticket_id, seq, at, kind, actor, public, status)
    SELECT id, 1, unixepoch(created_at), 'created', 'citizen', 1, 'new' FROM tickets;
ALTER TABLE uploads ADD COLUMN state TEXT NOT NULL DEFAULT 'quarantined';
ALTER TABLE uploads ADD COLUMN sender TEXT NOT NULL DEFAULT 'citizen';
ALTER TABLE uploads ADD COLUMN key_hash BLOB;
ALTER TABLE uploads ADD COLUMN token_sealed BLOB;
ALTER TABLE uploads ADD COLUMN event_seq INTEGER;
CREATE UNIQUE INDEX uploads_key ON uploads (key_hash) WHERE key_hash IS NOT NULL;
CREATE INDEX uploads_waiting ON uploads (id) WHERE state = 'quarantined';
CREATE INDEX uploads_free ON uploads (created_at) WHERE ticket_number IS NULL;
CREATE INDEX uploads_path ON uploads (path);
UPDATE uploads SET event_seq = 1 WHERE ticket_number IS NOT NULL;
ALTER TABLE idempotency ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
UPDATE idempotency SET created_at = unixepoch();
CREATE INDEX idempotency_age ON idempotency (created_at);
-- Comments and actions under an Idempotency-Key.
CREATE TABLE replays (
    key_hash BLOB PRIMARY KEY,
    request_hash BLOB NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    seq INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX replays_age ON replays (created_at);
CREATE TABLE operators (
    name TEXT PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    role TEXT NOT NULL,
    departments TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
",
    "
-- Words are sealed under the ticket's own key (`dek`), that one under the service's key named `dek_key`.
ALTER TABLE tickets ADD COLUMN form TEXT NOT NULL DEFAULT '';
UPDATE tickets SET form = coalesce(snapshot ->> 'form', '');
ALTER TABLE tickets ADD COLUMN secret BLOB;
ALTER TABLE tickets ADD COLUMN dek BLOB;
ALTER TABLE tickets ADD COLUMN dek_key TEXT;
ALTER TABLE tickets ADD COLUMN erased_at INTEGER;
ALTER TABLE events ADD COLUMN sealed BLOB;
-- Events of earlier formats have no row in the journal.
ALTER TABLE events ADD COLUMN audited INTEGER NOT NULL DEFAULT 0;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    author TEXT,
    what TEXT NOT NULL,
    object TEXT NOT NULL,
    mark BLOB NOT NULL
) STRICT;
CREATE INDEX tickets_dek_key ON tickets (dek_key);
CREATE TRIGGER audit_unchanged BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'rows of the journal stay'); END;
CREATE TRIGGER audit_undeleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'rows of the journal stay'); END;
",
    "
-- Words that earlier formats kept in clear wait here for their seal; the columns go.
CREATE TABLE unsealed (
    ticket_id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    client TEXT NOT NULL
) STRICT;
INSERT INTO unsealed SELECT id, text, name, contact, snapshot, client FROM tickets
    WHERE dek IS NULL AND erased_at IS NULL;
CREATE TABLE unsealed_steps (ticket_id INTEGER NOT NULL, seq INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
INSERT INTO unsealed_steps SELECT ticket_id, seq, text FROM events WHERE text IS NOT NULL;
ALTER TABLE tickets DROP COLUMN text;
ALTER TABLE tickets DROP COLUMN name;
ALTER TABLE tickets DROP COLUMN contact;
ALTER TABLE tickets DROP COLUMN snapshot;
ALTER TABLE tickets DROP COLUMN client;
ALTER TABLE events DROP COLUMN text;
",
    "
-- The mark of the portal's name for the citizen.
ALTER TABLE tickets ADD COLUMN subject BLOB;
CREATE INDEX tickets_subject ON tickets (subject, id) WHERE subject IS NOT NULL;
",
    "
-- Marks by which tickets of one mail address are found; the address itself stays sealed.
ALTER TABLE tickets ADD COLUMN contact_mark BLOB;
CREATE INDEX tickets_contact ON tickets (contact_mark, id) WHERE contact_mark IS NOT NULL;
-- Further tokens of a ticket: given to whoever reads the mail of its contact.
CREATE TABLE track_tokens (
    token_hash BLOB PRIMARY KEY,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX track_tokens_ticket ON track_tokens (ticket_id);
CREATE INDEX track_tokens_age ON track_tokens (expires_at);
-- Which addresses agreed to letters, and which no longer want them.
CREATE TABLE addresses (
    mark BLOB PRIMARY KEY,
    asked_at INTEGER NOT NULL DEFAULT 0,
    confirm_hash BLOB,
    verified_at INTEGER,
    stopped_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX addresses_confirm ON addresses (confirm_hash) WHERE confirm_hash IS NOT NULL;
-- One-time codes of an address; the last one counts.
CREATE TABLE codes (
    mark BLOB PRIMARY KEY,
    code_hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    since INTEGER NOT NULL,
    asked INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Letters that wait to be sent: written in the transaction of what they tell.
CREATE TABLE letters (
    id INTEGER PRIMARY KEY,
    dedupe TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    mark BLOB NOT NULL,
    ticket_id INTEGER REFERENCES tickets (id),
    seq INTEGER,
    secret BLOB,
    dek BLOB,
    dek_key TEXT,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX letters_due ON letters (run_at) WHERE NOT dead;
CREATE INDEX letters_mark ON letters (mark, created_at);
",
    "
-- Counts of errors by day since 1970.
CREATE TABLE stats (
    day INTEGER NOT NULL,
    site TEXT NOT NULL,
    form TEXT NOT NULL,
    field TEXT NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, site, form, field, code, kind)
) STRICT, WITHOUT ROWID;
",
    "
-- What is known to be broken.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    form TEXT,
    since INTEGER NOT NULL,
    until INTEGER,
    author TEXT NOT NULL,
    key_hash BLOB NOT NULL UNIQUE,
    request_hash BLOB NOT NULL
) STRICT;
",
    "
-- Keys of tickets in the order of time, found by eight bytes of their hash: a random row of 130 bytes cost a page of its
-- own in every transaction.
ALTER TABLE idempotency RENAME TO earlier_idempotency;
DROP INDEX idempotency_age;
CREATE TABLE idempotency (
    ticket_id INTEGER PRIMARY KEY REFERENCES tickets (id),
    key_hash BLOB NOT NULL,
    request_hash BLOB NOT NULL,
    token_sealed BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
INSERT INTO idempotency SELECT tickets.id, key_hash, request_hash, token_sealed, e.created_at
    FROM earlier_idempotency AS e JOIN tickets ON number = ticket_number;
DROP TABLE earlier_idempotency;
CREATE INDEX idempotency_key ON idempotency (substr(key_hash, 1, 8));
-- A file has a key of its own; without one it lies in clear, as earlier formats stored it.
ALTER TABLE uploads ADD COLUMN dek BLOB;
ALTER TABLE uploads ADD COLUMN dek_key TEXT;
-- What was erased, when, by whom and why.
CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    at INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    texts INTEGER NOT NULL,
    files INTEGER NOT NULL
) STRICT;
CREATE INDEX tickets_closed ON tickets (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;
",
    "
-- Weight, ways between departments, ties between tickets, and what each step changed.
ALTER TABLE tickets ADD COLUMN urgency INTEGER NOT NULL DEFAULT 2;
ALTER TABLE tickets ADD COLUMN impact INTEGER NOT NULL DEFAULT 2;
ALTER TABLE tickets ADD COLUMN transfers INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN merged_into TEXT;
-- 1 when the solution came after its deadline, 0 when in time.
ALTER TABLE tickets ADD COLUMN late INTEGER;
UPDATE tickets SET urgency = 1 WHERE topic = 'payment';
ALTER TABLE events ADD COLUMN changes TEXT;
CREATE TABLE links (
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    other_id INTEGER NOT NULL REFERENCES tickets (id),
    PRIMARY KEY (ticket_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_merged ON tickets (merged_into) WHERE merged_into IS NOT NULL;
-- Calls to other systems that wait: hooks and short messages.
CREATE TABLE calls (
    dedupe TEXT PRIMARY KEY,
    hook TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    seq INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    dead INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX calls_due ON calls (run_at) WHERE NOT dead;
CREATE INDEX calls_ticket ON calls (ticket_id);
-- How far a hook has read the journal; which step of a ticket it was told last, and what it calls the ticket.
CREATE TABLE hooks (
    name TEXT PRIMARY KEY,
    cursor INTEGER NOT NULL,
    since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE hook_tickets (
    hook TEXT NOT NULL,
    ticket_id INTEGER NOT NULL REFERENCES tickets (id),
    seq INTEGER NOT NULL,
    foreign_id TEXT,
    PRIMARY KEY (hook, ticket_id)
) STRICT, WITHOUT ROWID;
-- Work that was shown once does not count again.
CREATE TABLE used_challenges (
    id BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX used_challenges_age ON used_challenges (expires_at);
",
    "
-- The number of a ticket is drawn from its key, so whoever has the key finds the ticket by its number; only keys of
-- tickets whose number was not drawn so are looked up by themselves.
ALTER TABLE idempotency ADD COLUMN drawn INTEGER NOT NULL DEFAULT 0;
DROP INDEX idempotency_key;
CREATE INDEX idempotency_key ON idempotency (substr(key_hash, 1, 8)) WHERE NOT drawn;
-- Something sealed under each key of the service that tickets need.
CREATE TABLE seals (name TEXT PRIMARY KEY, sample BLOB NOT NULL) STRICT, WITHOUT ROWID;
-- From name to name by the index: it has few, however many tickets there are.
WITH RECURSIVE names (name) AS (SELECT min(dek_key) FROM tickets UNION ALL
    SELECT (SELECT min(dek_key) FROM tickets WHERE dek_key > name) FROM names WHERE name IS NOT NULL)
    INSERT INTO seals SELECT dek_key, dek FROM tickets WHERE id IN
    (SELECT (SELECT id FROM tickets WHERE dek_key = name LIMIT 1) FROM names);
DROP INDEX tickets_dek_key;
-- Marks by which tickets of one phone are found.
ALTER TABLE tickets ADD COLUMN phone_mark BLOB;
CREATE INDEX tickets_phone ON tickets (phone_mark, id) WHERE phone_mark IS NOT NULL;
",
    "
-- Files that come in slices: how much is there, and where each slice lies.
CREATE TABLE partials (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    key_hash BLOB NOT NULL UNIQUE,
    length INTEGER NOT NULL,
    received INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    dek BLOB NOT NULL,
    dek_key TEXT NOT NULL
) STRICT;
CREATE INDEX partials_age ON partials (created_at);
CREATE TABLE slices (
    path TEXT PRIMARY KEY,
    partial_id INTEGER NOT NULL REFERENCES partials (id),
    start INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX slices_place ON slices (partial_id, start);
",
    "
-- What time by itself does next and when; how far each deadline is (1 soon, 2 late); since when somebody is waited for.
ALTER TABLE tickets ADD COLUMN alarm_at INTEGER;
ALTER TABLE tickets ADD COLUMN response_stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN resolution_stage INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN waits_since INTEGER;
ALTER TABLE tickets ADD COLUMN reminded_at INTEGER;
UPDATE tickets SET alarm_at = 0, waits_since = CASE WHEN status IN ('waiting_citizen', 'waiting_external') THEN
    (SELECT max(at) FROM events WHERE ticket_id = tickets.id AND events.status = tickets.status) END
    WHERE status IN ('new', 'open', 'in_progress', 'waiting_citizen', 'waiting_external');
CREATE INDEX tickets_alarm ON tickets (alarm_at) WHERE alarm_at IS NOT NULL;
-- The number as people read it, where its department has a prefix of its own.
ALTER TABLE tickets ADD COLUMN shown TEXT;
-- Who answered first, and who solved it.
ALTER TABLE tickets ADD COLUMN answered_by TEXT;
ALTER TABLE tickets ADD COLUMN resolved_by TEXT;
-- The calendar of the receipt, where it is not that of the operators.
ALTER TABLE idempotency ADD COLUMN calendar TEXT;
-- Written and emptied by whoever asks whether there is room.
CREATE TABLE pulse (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
",
    "
-- Where the files lie, once somebody has looked: a change of the settings is then known without a list of a bucket.
CREATE TABLE places (what TEXT PRIMARY KEY, place TEXT NOT NULL) STRICT, WITHOUT ROWID;
",
];

/// How long a connection waits for another one.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Bytes of the log that stay on the disk once it has been worked off: four times what is gathered.
pub(super) const LOG: u64 = 64 * 1024 * 1024;

/// Sets the connection up and runs the steps that are still to be done, each in its own transaction.
pub(super) fn prepare(connection: &mut Connection) -> Result<(), StoreError> {
    connection.busy_timeout(PATIENCE)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(StoreError::NoWal);
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    // `FAST` would leave what stood in freed pages: words longer than a page.
    connection.pragma_update(None, "secure_delete", true)?;
    // Keys of tickets are random, so a batch touches pages all over the file: 64 MB of them stay at hand, and the log
    // is worked off every 16 MB instead of every 4.
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    // A copy that is being made keeps the log from being worked off; once it is, the room comes back.
    connection.query_row(&format!("PRAGMA journal_size_limit = {LOG}"), [], |_| Ok(()))?;
    connection.set_prepared_statement_cache_capacity(64);
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    loop {
        let done = transaction(connection, |connection| {
            let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            let Some(step) = usize::try_from(version).ok().and_then(|index| STEPS.get(index)) else {
                return if version == known { Ok(true) } else { Err(StoreError::TooNew { found: version, known }) };
            };
            run(connection, step)?;
            connection.pragma_update(None, "user_version", version + 1)?;
            Ok(false)
        })?;
        if done {
            return Ok(());
        }
    }
}

/// Runs a step: its new columns, each on a line of its own, run after run, and what stands between them as it stands.
fn run(connection: &Connection, step: &str) -> Result<(), StoreError> {
    let adds = |line: &str| line.starts_with("ALTER TABLE ") && line.contains(" ADD COLUMN ");
    let lines: Vec<&str> = step.lines().collect();
    for part in lines.chunk_by(|one, next| adds(one) == adds(next)) {
        if part.first().is_some_and(|line| adds(line)) {
            widen(connection, part)?;
        } else {
            connection.execute_batch(&part.join("\n"))?;
        }
    }
    Ok(())
}

/// Adds columns without a look at the rows. `ALTER TABLE … ADD COLUMN` reads every row of a `STRICT` table, once for each
/// column, and changes none: a row that ends early has the columns' defaults. So the columns are added to empty tables of the
/// same text, beside, and the text that SQLite makes of it comes here, as <https://sqlite.org/lang_altertable.html> (7)
/// describes it for changes that touch no row.
fn widen(connection: &Connection, columns: &[&str]) -> Result<(), StoreError> {
    let mut tables: Vec<&str> = columns.iter().filter_map(|line| line.split(' ').nth(2)).collect();
    tables.dedup();
    let text = |connection: &Connection, table: &str| -> Result<String, StoreError> {
        let sql = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1";
        Ok(connection.query_row(sql, [table], |row| row.get(0))?)
    };
    let beside = Connection::open_in_memory()?;
    for table in &tables {
        beside.execute_batch(&text(connection, table)?)?;
    }
    beside.execute_batch(&columns.join("\n"))?;
    let version: i64 = connection.query_row("PRAGMA schema_version", [], |row| row.get(0))?;
    connection.execute_batch("PRAGMA writable_schema = ON")?;
    let written = tables.iter().try_for_each(|table| {
        let sql = "UPDATE sqlite_schema SET sql = ?1 WHERE type = 'table' AND name = ?2";
        connection.execute(sql, [text(&beside, table)?.as_str(), *table])?;
        Ok(())
    });
    // Other connections read the tables' text anew, and this one does at once.
    connection.execute_batch(&format!("PRAGMA schema_version = {}; PRAGMA writable_schema = RESET", version + 1))?;
    written
}

/// `BEGIN IMMEDIATE`, the work, `COMMIT`; `ROLLBACK` if either of the last two failed.
fn transaction<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let result = work(connection).and_then(|value| {
        connection.execute_batch("COMMIT")?;
        Ok(value)
    });
    if result.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    result
}

#[cfg(test)]
mod tests;
