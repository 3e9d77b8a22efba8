//! The journal: who did what to which ticket, as a chain in which no row can be changed, left out or put in.
//!
//! Each row carries a mark over itself and the row before (HMAC under the journal's own key), and triggers refuse to
//! change or delete rows. It holds no words and no contact: those stand sealed in the ticket.

use super::db::{Db, Row, params};
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
    let last = match tx.tail.get() {
        Some(tail) => Some(tail),
        None => {
            let sql = "SELECT id, mark FROM audit ORDER BY id DESC LIMIT 1";
            tx.db.first(sql, params![], |row| Ok((row.get(0)?, row.get(1)?)))?
        }
    };
    let (id, before) = last.map_or((1, [0; 32]), |(id, mark)| (id + 1, mark));
    let at = clock::now();
    let mark = mark(tx.vault, id, at, trace, &before)?;
    tx.db.execute(
        "INSERT INTO audit (id, at, actor, author, what, object, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, at, trace.actor, trace.author, trace.what, trace.object, mark],
    )?;
    tx.tail.set(Some((id, mark)));
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

/// Rows of one look: the whole journal may be larger than the memory.
const PAGE: i64 = 10_000;

/// A row as it is stored.
struct Stored {
    id: i64,
    at: i64,
    actor: String,
    author: Option<String>,
    what: String,
    object: String,
    mark: Vec<u8>,
}

impl Stored {
    fn read(row: &mut Row) -> Result<Stored, StoreError> {
        Ok(Stored {
            id: row.get(0)?,
            at: row.get(1)?,
            actor: row.get(2)?,
            author: row.get(3)?,
            what: row.get(4)?,
            object: row.get(5)?,
            mark: row.get(6)?,
        })
    }
}

fn verify(db: &Db, vault: &Vault) -> Result<Verdict, StoreError> {
    let sql = "SELECT id, at, actor, author, what, object, mark FROM audit WHERE id >= ?1 ORDER BY id LIMIT ?2";
    let (mut before, mut expected) = ([0; 32], 1);
    loop {
        // Rows put in before the first one are looked at as well.
        let from = if expected == 1 { i64::MIN } else { expected };
        let rows = db.all(sql, params![from, PAGE], Stored::read)?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let trace =
                Trace { actor: &row.actor, author: row.author.as_deref(), what: &row.what, object: &row.object };
            let right = mark(vault, row.id, row.at, &trace, &before)?;
            if row.id != expected || row.mark != right {
                return Ok(Verdict::Broken(expected));
            }
            (before, expected) = (right, row.id + 1);
        }
    }
    // A cut end is seen by the history: every event of a ticket has its row.
    let count = |sql: &str| db.one(sql, params![], |row| row.get::<i64>(0));
    let events = count("SELECT count(*) FROM events WHERE audited")?;
    // Rows that belong to no event would hide as many missing ones.
    let traced = count(
        "SELECT count(*) FROM audit WHERE what NOT LIKE 'operator:%' AND what NOT LIKE 'notice:%' \
         AND what NOT IN ('erased', 'recovered')",
    )?;
    Ok(if traced < events { Verdict::Broken(expected) } else { Verdict::Whole(expected - 1) })
}
