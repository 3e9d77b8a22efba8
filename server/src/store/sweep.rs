//! What time takes away: files nobody sent, keys nobody repeats, resolved tickets nobody objected to.

use std::time::{Duration, UNIX_EPOCH};

use super::db::{Row, params};
use super::events::{self, Entry, TicketRef};
use super::{Store, StoreError};
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
}

impl Store {
    /// Takes away what is over at `now` (seconds since 1970).
    pub async fn sweep(&self, now: i64) -> Result<Swept, StoreError> {
        self.sweep_strays(now).await?;
        Ok(Swept {
            uploads: self.sweep_uploads(now).await?,
            keys: self.sweep_keys(now).await?,
            closed: self.close_resolved(now).await?,
        })
    }

    /// Deletes rows of unsent files, then the files that no row names any more.
    async fn sweep_uploads(&self, now: i64) -> Result<usize, StoreError> {
        let before = clock::rfc3339(now - UPLOAD_LIFE_DAYS * DAY);
        let paths: Vec<String> = self
            .write(move |tx| {
                let sql = "DELETE FROM uploads WHERE id IN (SELECT id FROM uploads WHERE ticket_number IS NULL \
                           AND created_at < ?1 LIMIT ?2) RETURNING path";
                tx.db.all(sql, params![before, ROUND], |row| row.get(0))
            })
            .await?;
        let count = paths.len();
        self.delete_unnamed(paths).await?;
        Ok(count)
    }

    /// Deletes files of quarantine that no row names: their requests were cut before they were answered. A request may be
    /// about to name a young one.
    async fn sweep_strays(&self, now: i64) -> Result<(), StoreError> {
        let folder = self.folder().join("quarantine");
        let before = UNIX_EPOCH + Duration::from_secs(u64::try_from(now - UPLOAD_LIFE_DAYS * DAY).unwrap_or(0));
        self.read(move |db| {
            for entry in std::fs::read_dir(folder)? {
                let entry = entry?;
                let path = format!("quarantine/{}", entry.file_name().to_string_lossy());
                if entry.metadata()?.modified()? < before
                    && !db.exists("SELECT 1 FROM uploads WHERE path = ?1", [path])?
                {
                    std::fs::remove_file(entry.path())?;
                }
            }
            Ok(())
        })
        .await
    }

    /// Deletes the files that no row names any more. In the writer's turn: a check that is just about to name one of
    /// them comes before, or finds it gone and writes it again.
    pub(super) async fn delete_unnamed(&self, paths: Vec<String>) -> Result<(), StoreError> {
        let folder = self.folder().to_path_buf();
        self.write(move |tx| {
            for path in paths.iter().filter(|path| !path.is_empty()) {
                if !tx.db.exists("SELECT 1 FROM uploads WHERE path = ?1", [path])?
                    && let Err(error) = std::fs::remove_file(folder.join(path))
                    && error.kind() != std::io::ErrorKind::NotFound
                {
                    tracing::warn!(%error, "a file that is over was not deleted");
                }
            }
            Ok(())
        })
        .await
    }

    async fn sweep_keys(&self, now: i64) -> Result<usize, StoreError> {
        let before = now - KEY_LIFE_DAYS * DAY;
        self.write(move |tx| {
            let tickets = tx.db.execute(
                "DELETE FROM idempotency WHERE key_hash IN \
                 (SELECT key_hash FROM idempotency WHERE created_at < ?1 LIMIT ?2)",
                [before, ROUND],
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
