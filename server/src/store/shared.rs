//! New tickets of one network, counted for all instances together.
//!
//! Each instance counts in its memory first; that many instances would let through so many times more. So the database
//! that they share keeps one bucket for each network, as the moment at which it will be full again: one row that a ticket
//! reads and moves in its own transaction. The network stands there as a mark, never as an address.

use super::db::params;
use super::{StoreError, Tx};
use crate::limits::Bucket;
use crate::peer::Network;

/// Milliseconds by which the clocks of two instances may differ. A bucket that is full later than any clock says was filled
/// before a clock was set back; it begins anew, or its network would wait for the time that never was.
const SKEW: i64 = 60_000;

/// Takes one ticket of the network, or says in how many milliseconds there is room.
pub(super) fn take(tx: &Tx, network: Network, limit: Bucket, now: i64) -> Result<Option<i64>, StoreError> {
    if limit.burst == 0 || tx.db.sqlite().is_some() {
        return Ok(None);
    }
    let step = 60_000 / i64::from(limit.per_minute.max(1));
    let room = step * i64::from(limit.burst);
    let mark = tx.vault.blind("network", &crate::secret::hex(&network))?;
    let key = mark.first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes));
    let taken = tx.db.exists(
        "INSERT INTO buckets (key, full_at) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE \
         SET full_at = CASE WHEN buckets.full_at > ?6 THEN ?2 ELSE greatest(buckets.full_at, ?3) + ?4 END \
         WHERE buckets.full_at <= ?5 OR buckets.full_at > ?6 RETURNING key",
        params![key, now + step, now, step, now + room - step, now + room + SKEW],
    )?;
    if taken {
        return Ok(None);
    }
    let full: i64 = tx.db.one("SELECT full_at FROM buckets WHERE key = ?1", [key], |row| row.get(0))?;
    Ok(Some((full - now - room + step).max(1)))
}

/// Forgets networks whose bucket is full again.
pub(super) fn tidy(tx: &Tx, now: i64) -> Result<(), StoreError> {
    if tx.db.sqlite().is_none() {
        tx.db.execute("DELETE FROM buckets WHERE full_at < ?1", [now])?;
    }
    Ok(())
}
