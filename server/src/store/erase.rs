//! Erasure of a ticket: its key and its files are destroyed; number, steps without words and the journal stay.
//!
//! What was taken away stands neither in the file of SQLite, which writes zeros over it, nor in its log, which is emptied.
//!
//! Every erasure leaves an act. After an older copy has been brought back, the acts tell what to erase again.

use super::audit::{self, Trace};
use super::db::params;
use super::events::{self, Entry, TicketRef};
use super::{Store, StoreError, Written};
use crate::clock;
use crate::secret::{Hash, Token};
use podskazka::ticket::{Action, Actor};

/// What an erasure did: the facts of its act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    pub number: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// Texts whose key is gone.
    pub texts: usize,
    /// Files deleted.
    pub files: usize,
    /// Who decided it.
    pub by: String,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Erases a ticket for good; `None` when there is none of this number, or it is erased already.
    pub async fn erase(&self, number: String, by: String, reason: String) -> Result<Option<Erased>, StoreError> {
        let done = self
            .write_freeing(move |tx| {
                let find = "SELECT id FROM tickets WHERE number = ?1 AND erased_at IS NULL";
                let id: Option<i64> = tx.db.first(find, [&number], |row| row.get(0))?;
                let Some(id) = id else { return Ok(None) };
                let now = clock::now();
                let ticket = TicketRef { id, number: number.clone() };
                let mut entry = Entry::action(Actor::System, Action::Erase, None);
                entry.author = Some(by.clone());
                if !matches!(events::write(tx, &ticket, entry, now)?, Written::Done { .. }) {
                    return Ok(None);
                }
                let wipe = "UPDATE events SET sealed = NULL WHERE ticket_id = ?1 AND sealed IS NOT NULL";
                // The ticket's own words and those of its steps.
                let texts = 1 + tx.db.execute(wipe, [id])?;
                tx.db.execute(
                    "UPDATE tickets SET dek = NULL, dek_key = NULL, secret = NULL, field = NULL, token_hash = ?3, subject = NULL, contact_mark = NULL, phone_mark = NULL, \
                     erased_at = ?2 WHERE id = ?1",
                    params![id, now, Token::random()?.hash()],
                )?;
                // The key itself stays for its days: the same letter sent again must not bring back what was erased.
                let nothing = Hash::default();
                let sql = "UPDATE idempotency SET request_hash = ?2, token_sealed = ?2 WHERE ticket_id = ?1";
                tx.db.execute(sql, params![id, nothing])?;
                tx.db.execute("DELETE FROM replays WHERE ticket_id = ?1", [id])?;
                tx.db.execute("DELETE FROM track_tokens WHERE ticket_id = ?1", [id])?;
                tx.db.execute("DELETE FROM letters WHERE ticket_id = ?1", [id])?;
                tx.db.execute("DELETE FROM calls WHERE ticket_id = ?1", [id])?;
                let files: Vec<(i64, String)> = tx.db.all(
                    "SELECT id, path FROM uploads WHERE ticket_number = ?1 AND path <> ''",
                    [&number],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )?;
                for (id, _) in &files {
                    tx.db.execute(
                        "UPDATE uploads SET path = '', state = 'rejected', token_hash = ?2, key_hash = NULL, \
                         token_sealed = NULL, sha256 = '', dek = NULL, dek_key = NULL WHERE id = ?1",
                        params![id, Token::random()?.hash()],
                    )?;
                }
                let paths: Vec<String> = files.into_iter().map(|(_, path)| path).collect();
                audit::note(tx, &Trace { actor: "system", author: Some(&by), what: "erased", object: &number })?;
                let erased = Erased { number, at: clock::rfc3339(now), texts, files: paths.len(), by, reason };
                let [texts, files] = [erased.texts, erased.files].map(|it| i64::try_from(it).unwrap_or(i64::MAX));
                tx.db.execute(
                    "INSERT INTO acts (number, at, author, reason, texts, files) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![erased.number, now, erased.by, erased.reason, texts, files],
                )?;
                tx.forget();
                Ok(Some((erased, paths)))
            })
            .await?;
        let Some((erased, paths)) = done else { return Ok(None) };
        self.delete_unnamed(paths).await?;
        Ok(Some(erased))
    }

    /// Acts of erasures since this moment, the oldest first.
    pub async fn acts(&self, since: i64) -> Result<Vec<Erased>, StoreError> {
        self.read(move |db| {
            let sql = "SELECT number, at, texts, files, author, reason FROM acts WHERE at >= ?1 ORDER BY id";
            db.all(sql, [since], |row| {
                let count = |count: i64| usize::try_from(count).unwrap_or(0);
                Ok(Erased {
                    number: row.get(0)?,
                    at: clock::rfc3339(row.get(1)?),
                    texts: count(row.get(2)?),
                    files: count(row.get(3)?),
                    by: row.get(4)?,
                    reason: row.get(5)?,
                })
            })
        })
        .await
    }
}
