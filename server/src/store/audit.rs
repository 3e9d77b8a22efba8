//! The journal: who did what to which ticket, as a chain in which no row can be changed, left out or put in.
//!
//! Each row carries a mark over itself and the row before (HMAC under the journal's own key), and triggers refuse to
//! change or delete rows. It holds no words and no contact: those stand sealed in the ticket.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Store, StoreError, Tx};
use crate::clock;
use crate::secret::Hash;
use crate::vault::Vault;

/// One row to write.
pub struct Trace<'a> {
    /// `citizen`, `operator` or `system`.
    pub actor: &'a str,
    /// Operator's name.
    pub author: Option<&'a str>,
    /// What was done, such as `action:take`.
    pub what: &'a str,
    /// Number of the ticket, or name of the operator.
    pub object: &'a str,
}

/// What a check of the journal found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written; how many there are.
    Whole(i64),
    /// The first row that is not.
    Broken(i64),
}

/// Adds a row in the same transaction as the deed.
pub(super) fn note(tx: &Tx, trace: &Trace) -> Result<(), StoreError> {
    let last: Option<(i64, Hash)> = tx
        .db
        .prepare_cached("SELECT id, mark FROM audit ORDER BY id DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (id, before) = last.map_or((1, [0; 32]), |(id, mark)| (id + 1, mark));
    let at = clock::now();
    let mark = mark(tx.vault, id, at, trace, &before)?;
    tx.db.prepare_cached("INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        id,
        at,
        trace.actor,
        trace.author,
        trace.what,
        trace.object,
        mark
    ])?;
    Ok(())
}

fn mark(vault: &Vault, id: i64, at: i64, trace: &Trace, before: &Hash) -> Result<Hash, StoreError> {
    let author = trace.author.map_or("-".to_owned(), |name| format!("+{name}"));
    Ok(vault.mark(&[
        before,
        &id.to_le_bytes(),
        &at.to_le_bytes(),
        trace.actor.as_bytes(),
        author.as_bytes(),
        trace.what.as_bytes(),
        trace.object.as_bytes(),
    ])?)
}

impl Store {
    /// Walks the whole journal.
    pub async fn verify_audit(&self) -> Result<Verdict, StoreError> {
        let vault = self.vault();
        self.read(move |db| verify(db, &vault)).await
    }
}

fn verify(db: &Connection, vault: &Vault) -> Result<Verdict, StoreError> {
    let mut rows = db.prepare("SELECT id, at, actor, author, what, object, mark FROM audit ORDER BY id")?;
    let mut found = rows.query([])?;
    let (mut before, mut expected) = ([0; 32], 1);
    while let Some(row) = found.next()? {
        let id: i64 = row.get(0)?;
        let (actor, author): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        let (what, object): (String, String) = (row.get(4)?, row.get(5)?);
        let trace = Trace { actor: &actor, author: author.as_deref(), what: &what, object: &object };
        let stored: Vec<u8> = row.get(6)?;
        let right = mark(vault, id, row.get(1)?, &trace, &before)?;
        if id != expected || stored != right {
            return Ok(Verdict::Broken(expected));
        }
        (before, expected) = (right, id + 1);
    }
    // A cut end is seen by the history: every event of a ticket has its row.
    let events: i64 = db.query_row("SELECT count(*) FROM events WHERE audited", [], |row| row.get(0))?;
    let traced: i64 =
        db.query_row("SELECT count(*) FROM audit WHERE what NOT LIKE 'operator:%'", [], |row| row.get(0))?;
    Ok(if traced < events { Verdict::Broken(expected) } else { Verdict::Whole(expected - 1) })
}
