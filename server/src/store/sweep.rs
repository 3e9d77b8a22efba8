//! What time takes away: files nobody sent, keys nobody repeats, resolved tickets nobody objected to.

use super::db::{Db, Place, Row, params};
use super::events::{self, Entry, TicketRef};
use super::partials::PARTIAL;
use super::{Store, StoreError, shared};
use crate::clock;
use podskazka::ticket::calendar::OFFICE;
use podskazka::ticket::{Action, Actor, CLOSE_AFTER_DAYS, KEY_LIFE_DAYS, UPLOAD_LIFE_DAYS};

const DAY: i64 = 86_400;
/// Hours of an office's working day.
const OFFICE_DAY: i64 = 8 * 3_600;
/// Days in which somebody may look why a letter was given up.
const DEAD_LETTER_DAYS: i64 = 30;
/// Days in which counts of errors are compared with a year ago.
const STATS_DAYS: i64 = 400;
/// Rows of one round: the writer is not held for long.
const ROUND: i64 = 500;

/// What one sweep took away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    pub uploads: usize,
    pub keys: usize,
    pub closed: usize,
    /// Tickets whose time was over.
    pub erased: usize,
}

impl Store {
    /// Takes away what is over at `now` (seconds since 1970); closed tickets after `keep` days, where that is set.
    pub async fn sweep(&self, now: i64, keep: Option<u32>) -> Result<Swept, StoreError> {
        self.sweep_strays("quarantine", now).await?;
        self.sweep_partials(now - UPLOAD_LIFE_DAYS * DAY).await?;
        self.sweep_strays(PARTIAL, now).await?;
        let swept = Swept {
            uploads: self.sweep_uploads(now).await?,
            keys: self.sweep_keys(now).await?,
            closed: self.close_resolved(now).await?,
            erased: match keep {
                Some(days) => self.erase_closed(now, days).await?,
                None => 0,
            },
        };
        if swept.erased > 0
            && let Err(error) = self.vacuum().await
        {
            tracing::warn!(%error, "rows that were erased stay in the files of PostgreSQL until its own VACUUM");
        }
        Ok(swept)
    }

    /// Frees what was erased in PostgreSQL, over a connection of its own.
    async fn vacuum(&self) -> Result<(), StoreError> {
        let Some(address) = self.shared.database.clone() else { return Ok(()) };
        let vacuumed = tokio::task::spawn_blocking(move || Db::open(&Place::Server(&address.0))?.vacuum());
        vacuumed.await.map_err(|_| StoreError::Stopped)?
    }

    /// Erases tickets that were closed so many days ago, each with its act.
    async fn erase_closed(&self, now: i64, days: u32) -> Result<usize, StoreError> {
        let before = now - i64::from(days) * DAY;
        let numbers: Vec<String> = self
            .read(move |db| {
                let sql =
                    "SELECT number FROM tickets WHERE closed_at < ?1 AND erased_at IS NULL ORDER BY closed_at LIMIT ?2";
                db.all(sql, [before, ROUND], |row| row.get(0))
            })
            .await?;
        let mut erased = 0;
        for number in numbers {
            let reason = format!("срок хранения: {days} дней после закрытия");
            if self.erase(number, "retention".to_owned(), reason).await?.is_some() {
                erased += 1;
            }
        }
        Ok(erased)
    }

    /// Deletes rows of unsent files, then the files that no row names any more.
    async fn sweep_uploads(&self, now: i64) -> Result<usize, StoreError> {
        let before = clock::rfc3339(now - UPLOAD_LIFE_DAYS * DAY);
        let paths: Vec<String> = self
            .write_freeing(move |tx| {
                let sql = "DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE ticket_number IS NULL \
                           AND created_at < ?1 LIMIT ?2) RETURNING path";
                tx.db.all(sql, params![before, ROUND], |row| row.get(0))
            })
            .await?;
        let count = paths.len();
        self.delete_unnamed(paths).await?;
        Ok(count)
    }

    /// Deletes files of the folder that no row names: whoever laid them down was cut before its row was written. A young
    /// one may be about to get its row. How many there were.
    pub async fn sweep_strays(&self, folder: &str, now: i64) -> Result<usize, StoreError> {
        let old = self.depot().older(folder, now - UPLOAD_LIFE_DAYS * DAY).await?;
        self.delete_unnamed(old).await
    }

    /// Deletes the files that no row names any more; how many there were. No name is given twice, so none of them will
    /// be named again.
    pub(crate) async fn delete_unnamed(&self, paths: Vec<String>) -> Result<usize, StoreError> {
        let unnamed: Vec<String> = self
            .read(move |db| {
                let mut unnamed = Vec::new();
                for path in paths.into_iter().filter(|path| !path.is_empty()) {
                    let named = "SELECT 1 FROM uploads WHERE path = ?1 UNION ALL SELECT 1 FROM slices WHERE path = ?1";
                    if !db.exists(named, [&path])? {
                        unnamed.push(path);
                    }
                }
                Ok(unnamed)
            })
            .await?;
        for path in &unnamed {
            if let Err(error) = self.depot().delete(path).await {
                tracing::warn!(%error, "a file that is over was not deleted; the sweep of strays tries again");
            }
        }
        Ok(unnamed.len())
    }

    async fn sweep_keys(&self, now: i64) -> Result<usize, StoreError> {
        let before = now - KEY_LIFE_DAYS * DAY;
        self.write_freeing(move |tx| {
            // Also what another process erased while somebody read it.
            tx.forget();
            let tickets = tx.db.execute(
                // Rows lie in the order of time: whoever looks for the old ones stops at the first young one.
                "DELETE FROM idempotency WHERE ticket_id < (SELECT coalesce(min(ticket_id), ?3) FROM (SELECT ticket_id \
                 FROM idempotency WHERE created_at >= ?1 ORDER BY ticket_id LIMIT 1) AS young) AND ticket_id IN \
                 (SELECT ticket_id FROM idempotency ORDER BY ticket_id LIMIT ?2)",
                params![before, ROUND, i64::MAX],
            )?;
            let replays = tx.db.execute(
                "DELETE FROM replays WHERE key_hash IN (SELECT key_hash FROM replays WHERE created_at < ?1 LIMIT ?2)",
                [before, ROUND],
            )?;
            let over = now - DEAD_LETTER_DAYS * DAY;
            tx.db.execute("DELETE FROM letters WHERE dead AND created_at < ?1", [over])?;
            tx.db.execute("DELETE FROM calls WHERE dead AND created_at < ?1", [over])?;
            tx.db.execute("DELETE FROM used_challenges WHERE expires_at < ?1", [now])?;
            tx.db.execute("DELETE FROM codes WHERE expires_at < ?1 AND since < ?2", [now, now - DAY])?;
            tx.db.execute("DELETE FROM stats WHERE day < ?1", [now.div_euclid(DAY) - STATS_DAYS])?;
            tx.db.execute("DELETE FROM track_tokens WHERE expires_at < ?1", [now])?;
            shared::tidy(tx, now * 1_000)?;
            Ok(tickets + replays)
        })
        .await
    }

    /// Closes tickets that were resolved [`CLOSE_AFTER_DAYS`] working days ago.
    async fn close_resolved(&self, now: i64) -> Result<usize, StoreError> {
        self.write(move |tx| {
            let sql =
                "SELECT id, number, resolved_at FROM tickets WHERE status = 'resolved' ORDER BY resolved_at LIMIT ?1";
            let read =
                |row: &mut Row| Ok((TicketRef { id: row.get(0)?, number: row.get(1)? }, row.get::<Option<i64>>(2)?));
            let found = tx.db.all(sql, [ROUND], read)?;
            let mut closed = 0;
            for (ticket, resolved_at) in found {
                let since = OFFICE.between(resolved_at.unwrap_or(now), now);
                if since >= i64::from(CLOSE_AFTER_DAYS) * OFFICE_DAY {
                    events::write(tx, &ticket, Entry::action(Actor::System, Action::Expire, None), now)?;
                    closed += 1;
                }
            }
            Ok(closed)
        })
        .await
    }
}
