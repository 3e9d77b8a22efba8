//! Files that come in slices: begun under a key, gone on with under the same, whole in the end or forgotten after a day.

use super::db::{Db, Params, params};
use super::{Store, StoreError};
use crate::clock;
use crate::secret::{self, Hash, Token};
use crate::vault::{SecretKey, Vault, Wrapped};

/// Where slices lie.
pub(super) const PARTIAL: &str = "partial";

/// A file of which a part is there.
pub struct Partial {
    pub id: i64,
    /// In its address.
    pub name: String,
    pub length: u64,
    pub received: u64,
    /// What seals its slices.
    pub key: SecretKey,
}

/// What stands under a key.
pub enum Begun {
    Partial(Partial),
    /// All of it came.
    Whole {
        token: Token,
        size: u64,
        sha256: String,
    },
    /// Another length was announced before.
    Mismatch,
}

impl Store {
    /// Begins a file of this length, or finds how far it is.
    pub async fn begin_partial(&self, key: String, length: u64) -> Result<Begun, StoreError> {
        let name = format!("{:016x}", secret::random_u64()?);
        let (_, wrapped) = self.file_key()?;
        self.write(move |tx| {
            let key_hash = secret::key_hash(&key);
            let whole = "SELECT token_sealed, size, sha256 FROM uploads WHERE key_hash = ?1";
            let found: Option<(Hash, i64, String)> =
                tx.db.first(whole, [key_hash], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            if let Some((sealed, size, sha256)) = found {
                let size = u64::try_from(size).unwrap_or(0);
                return Ok(Begun::Whole { token: Token::unseal(sealed, &key), size, sha256 });
            }
            let bytes = i64::try_from(length).unwrap_or(i64::MAX);
            let wrapped = tx.vault.renew(wrapped)?;
            let values = params![name, key_hash, bytes, clock::now(), wrapped.bytes, wrapped.key];
            tx.db.execute(
                "INSERT INTO partials (name, key_hash, length, created_at, dek, dek_key) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                 ON CONFLICT (key_hash) DO NOTHING",
                values,
            )?;
            let partial = read(tx.db, tx.vault, "key_hash = ?1", params![key_hash])?.ok_or(StoreError::NoRow)?;
            Ok(if partial.length == length { Begun::Partial(partial) } else { Begun::Mismatch })
        })
        .await
    }

    /// The file of an address, for who began it.
    pub async fn partial(&self, name: String, key: String) -> Result<Option<Partial>, StoreError> {
        let vault = self.vault();
        self.read(move |db| read(db, &vault, "name = ?1 AND key_hash = ?2", params![name, secret::key_hash(&key)]))
            .await
    }

    /// A path for the next slice.
    pub fn slice_path(&self) -> Result<String, StoreError> {
        Ok(format!("{PARTIAL}/{:016x}", secret::random_u64()?))
    }

    /// Counts a slice that was laid down; `false` when another one was first, or the file is no longer wanted.
    pub async fn add_slice(&self, partial: i64, start: u64, end: u64, path: String) -> Result<bool, StoreError> {
        let (start, end) = (i64::try_from(start).unwrap_or(i64::MAX), i64::try_from(end).unwrap_or(i64::MAX));
        self.write(move |tx| {
            let sql = "UPDATE partials SET received = ?3 WHERE id = ?1 AND received = ?2 AND ?3 <= length";
            if tx.db.execute(sql, [partial, start, end])? == 0 {
                return Ok(false);
            }
            let sql = "INSERT INTO slices (path, partial_id, start) VALUES (?1, ?2, ?3)";
            tx.db.execute(sql, params![path, partial, start])?;
            Ok(true)
        })
        .await
    }

    /// Where the slices of a file lie, in their order: first byte and path.
    pub async fn slices(&self, partial: i64) -> Result<Vec<(u64, String)>, StoreError> {
        self.read(move |db| {
            db.all("SELECT start, path FROM slices WHERE partial_id = ?1 ORDER BY start", [partial], |row| {
                Ok((u64::try_from(row.get::<i64>(0)?).unwrap_or(0), row.get(1)?))
            })
        })
        .await
    }

    /// Forgets a file that came in slices, with its slices: it is whole, refused, or over.
    pub async fn forget_partial(&self, partial: i64) -> Result<(), StoreError> {
        let paths = self
            .write(move |tx| {
                let sql = "DELETE FROM slices WHERE partial_id = ?1 RETURNING path";
                let paths: Vec<String> = tx.db.all(sql, [partial], |row| row.get(0))?;
                tx.db.execute("DELETE FROM partials WHERE id = ?1", [partial])?;
                Ok(paths)
            })
            .await?;
        self.delete_unnamed(paths).await?;
        Ok(())
    }

    /// Forgets what was begun before this moment.
    pub(super) async fn sweep_partials(&self, before: i64) -> Result<(), StoreError> {
        let sql = "SELECT id FROM partials WHERE created_at < ?1 ORDER BY created_at LIMIT 500";
        let old: Vec<i64> = self.read(move |db| db.all(sql, [before], |row| row.get(0))).await?;
        for partial in old {
            self.forget_partial(partial).await?;
        }
        Ok(())
    }
}

fn read(db: &Db, vault: &Vault, which: &str, values: impl Params) -> Result<Option<Partial>, StoreError> {
    let sql = format!("SELECT id, name, length, received, dek, dek_key FROM partials WHERE {which}");
    db.first(&sql, values, |row| {
        let wrapped = Wrapped { bytes: row.get(4)?, key: row.get(5)? };
        Ok(Partial {
            id: row.get(0)?,
            name: row.get(1)?,
            length: u64::try_from(row.get::<i64>(2)?).unwrap_or(0),
            received: u64::try_from(row.get::<i64>(3)?).unwrap_or(0),
            key: vault.unwrap(&wrapped)?,
        })
    })
}
