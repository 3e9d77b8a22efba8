//! What operators know to be broken, told to everybody before they write.

use podskazka::wire::desk::NewNotice;
use podskazka::wire::page::Notice;

use super::audit::{self, Trace};
use super::db::{Row, params};
use super::{Repeat, Store, StoreError};
use crate::clock;
use crate::secret;

/// What became of a notice.
pub enum Posted {
    Done {
        notice: Notice,
        replayed: bool,
    },
    /// The same key came with another body.
    Mismatch,
}

/// Columns of a notice, read by [`read`].
const NOTICE: &str = "id, title, text, form, since, until";

fn read(row: &mut Row) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: u64::try_from(row.get::<i64>(0)?).unwrap_or(0),
        title: row.get(1)?,
        text: row.get(2)?,
        form: row.get(3)?,
        since: clock::rfc3339(row.get(4)?),
        until: row.get::<Option<i64>>(5)?.map(clock::rfc3339),
    })
}

impl Store {
    /// Notices that stand now, the newest first.
    pub async fn notices(&self, now: i64) -> Result<Vec<Notice>, StoreError> {
        let sql = format!(
            "SELECT {NOTICE} FROM notices WHERE since <= ?1 AND (until IS NULL OR until > ?1) ORDER BY id DESC LIMIT 20"
        );
        self.read(move |db| db.all(&sql, [now], read)).await
    }

    /// Puts a notice up, once per key.
    pub async fn add_notice(&self, author: String, notice: NewNotice, repeat: Repeat) -> Result<Posted, StoreError> {
        self.write(move |tx| {
            let key_hash = secret::key_hash(&format!("notice:{author}:{}", repeat.key));
            let stored = format!("SELECT {NOTICE}, request_hash FROM notices WHERE key_hash = ?1");
            let find = |row: &mut Row| Ok((read(row)?, row.get::<secret::Hash>(6)?));
            if let Some((notice, request_hash)) = tx.db.first(&stored, [key_hash], find)? {
                let same = request_hash == repeat.request_hash;
                return Ok(if same { Posted::Done { notice, replayed: true } } else { Posted::Mismatch });
            }
            let until = notice.until.as_deref().map(clock::seconds);
            tx.db.execute(
                "INSERT INTO notices (title, text, form, since, until, author, key_hash, request_hash) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    notice.title,
                    notice.text,
                    notice.form,
                    clock::now(),
                    until,
                    author,
                    key_hash,
                    repeat.request_hash,
                ],
            )?;
            let (notice, _) = tx.db.one(&stored, [key_hash], find)?;
            let object = notice.id.to_string();
            audit::note(tx, &Trace { actor: "operator", author: Some(&author), what: "notice:add", object: &object })?;
            Ok(Posted::Done { notice, replayed: false })
        })
        .await
    }

    /// Takes a notice down; `false` when there is none of this number. Twice does no harm.
    pub async fn end_notice(&self, author: String, id: i64) -> Result<bool, StoreError> {
        self.write(move |tx| {
            let now = clock::now();
            let sql = "UPDATE notices SET until = ?2 WHERE id = ?1 AND (until IS NULL OR until > ?2)";
            if tx.db.execute(sql, params![id, now])? > 0 {
                let object = id.to_string();
                let trace = Trace { actor: "operator", author: Some(&author), what: "notice:end", object: &object };
                audit::note(tx, &trace)?;
                return Ok(true);
            }
            tx.db.exists("SELECT 1 FROM notices WHERE id = ?1", [id])
        })
        .await
    }
}
