//! What citizens said of how it went: scores lie sealed in the tickets and are opened for the table alone.

use std::collections::BTreeMap;

use podskazka::ticket::REASONS;
use podskazka::wire::page::Rating;
use podskazka::wire::reports::SatisfactionRow;

use super::db::{Db, Row, params};
use super::desk::{SEEN, departments};
use super::reports::{DAY, ENDED, MOST};
use super::{Grouping, Operator, Period, Store, StoreError, secrets};
use crate::clock;
use crate::vault::Vault;

/// A ticket that ended, and the step in which it was rated.
struct Ended {
    id: i64,
    group: String,
    rated: Option<i64>,
    sealed: Option<Vec<u8>>,
}

impl Store {
    /// What was said of the tickets that ended in the period, a row a group.
    pub async fn satisfaction(
        &self,
        operator: Operator,
        period: Period,
        by: Grouping,
    ) -> Result<Vec<SatisfactionRow>, StoreError> {
        // Nobody is asked about a ticket that was not taken, or that goes on in another one.
        let sql = format!(
            "SELECT id, {}, seq, sealed, {ENDED} FROM tickets LEFT JOIN events ON ticket_id = id AND action = 'rate' \
             WHERE {SEEN} AND tickets.status IN ('resolved', 'closed', 'erased') AND {ENDED} >= ?2 AND {ENDED} < ?3 \
             AND (CAST(?4 AS TEXT) IS NULL OR form = ?4) AND (CAST(?5 AS TEXT) IS NULL OR site = ?5) LIMIT ?6",
            by.column()
        );
        let vault = self.vault();
        self.read(move |db| {
            let Period { from, to, form, site } = period;
            let params = params![departments(&operator), from * DAY, (to + 1) * DAY, form, site, MOST];
            let read = |row: &mut Row| {
                let group: Option<String> = row.get(1)?;
                let group = match by {
                    Grouping::Day => clock::date(row.get::<i64>(4)?.div_euclid(DAY)),
                    _ => group.unwrap_or_default(),
                };
                Ok(Ended { id: row.get(0)?, group, rated: row.get(2)?, sealed: row.get(3)? })
            };
            let mut rows: BTreeMap<String, SatisfactionRow> = BTreeMap::new();
            for ended in db.all(&sql, params, read)? {
                let row = rows.entry(ended.group.clone()).or_insert_with(|| empty(&ended.group));
                row.ended += 1;
                if let Some(rating) = rating(db, &vault, &ended)? {
                    add(row, &rating);
                }
            }
            Ok(rows.into_values().collect())
        })
        .await
    }
}

fn empty(group: &str) -> SatisfactionRow {
    SatisfactionRow {
        group: group.to_owned(),
        scores: vec![0; 5],
        reasons: REASONS.map(|reason| (reason.to_owned(), 0)).into(),
        ..SatisfactionRow::default()
    }
}

fn add(row: &mut SatisfactionRow, rating: &Rating) {
    row.rated += 1;
    row.satisfied += u64::from(rating.score >= 4);
    if let Some(count) = row.scores.get_mut(usize::from(rating.score).wrapping_sub(1)) {
        *count += 1;
    }
    for reason in &rating.reasons {
        if let Some(count) = row.reasons.get_mut(reason) {
            *count += 1;
        }
    }
}

/// `None` where nothing was said, or what was said is erased.
fn rating(db: &Db, vault: &Vault, ended: &Ended) -> Result<Option<Rating>, StoreError> {
    let (Some(seq), Some(sealed)) = (ended.rated, &ended.sealed) else { return Ok(None) };
    let Some(key) = secrets::key(db, vault, ended.id)? else { return Ok(None) };
    Ok(Some(serde_json::from_str(&secrets::open_step(&key, seq, sealed)?)?))
}
