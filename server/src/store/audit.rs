//! The journal: who did what to which ticket, as a chain in which no row can be changed, left out or put in.
//!
//! Each row carries a mark over itself and the row before (HMAC under the journal's own key), and triggers refuse to
//! change or delete rows. It holds no words and no contact: those stand sealed in the ticket.

use std::fmt;
use std::str::FromStr;

use super::db::{Db, Row, params};
use super::{Store, StoreError, Tx};
use crate::clock;
use crate::secret::{self, Hash};
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
    /// The journal ends at this row, before the one that the anchor names.
    Cut(i64),
}

/// Where a journal ended once, as somebody has it written down elsewhere: rows that are cut off the end leave no gap, but
/// the journal then lacks what this names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The last row.
    pub row: i64,
    /// Its mark.
    pub mark: Hash,
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.row, secret::hex(&self.mark))
    }
}

impl FromStr for Anchor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Anchor, &'static str> {
        let read = || {
            let (row, mark) = text.trim().split_once(' ')?;
            let row: i64 = row.parse().ok().filter(|row| *row >= 0)?;
            Some(Anchor { row, mark: secret::unhex(mark)? })
        };
        read().ok_or("an anchor is the number of a row and 64 hexadecimal digits")
    }
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
        Ok(self.verify_audit_since(None).await?.0)
    }

    /// The same, and whether it still holds what it held at the anchor; where it ends now.
    pub async fn verify_audit_since(&self, anchor: Option<Anchor>) -> Result<(Verdict, Anchor), StoreError> {
        let vault = self.vault();
        self.read(move |db| verify(db, &vault, anchor)).await
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

fn verify(db: &Db, vault: &Vault, anchor: Option<Anchor>) -> Result<(Verdict, Anchor), StoreError> {
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
            let kept = anchor.is_none_or(|it| it.row != row.id || it.mark == right);
            if row.id != expected || row.mark != right || !kept {
                return Ok((Verdict::Broken(expected), Anchor { row: expected - 1, mark: before }));
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
    let end = Anchor { row: expected - 1, mark: before };
    let verdict = match anchor {
        Some(anchor) if anchor.row > end.row => Verdict::Cut(end.row),
        _ if traced < events => Verdict::Broken(expected),
        _ => Verdict::Whole(end.row),
    };
    Ok((verdict, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_is_read_as_it_was_written() {
        let anchor = Anchor { row: 7, mark: [0xab; 32] };
        assert_eq!(format!("{anchor}\n").parse(), Ok(anchor));
        for text in ["", "7", "7 ab", "x abab", &format!("-1 {}", "ab".repeat(32)), &format!("7 {}", "zz".repeat(32))] {
            assert!(text.parse::<Anchor>().is_err(), "{text}");
        }
    }
}
