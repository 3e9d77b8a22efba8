//! Which files the database names, and where it knows them to lie.

use std::path::Path;

use super::db::{Db, Row, params};
use super::{DATABASE, Options, Store, StoreError, place};

/// A file that has a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Relative to the place of files.
    pub path: String,
    /// Number of the file in the address of its ticket.
    pub id: i64,
    pub ticket: Option<String>,
}

fn named(db: &Db) -> Result<Vec<Named>, StoreError> {
    let sql = "SELECT path, id, ticket_number FROM uploads WHERE path <> '' \
               UNION ALL SELECT path, partial_id, NULL FROM slices ORDER BY id, path";
    db.all(sql, params![], |row: &mut Row| Ok(Named { path: row.get(0)?, id: row.get(1)?, ticket: row.get(2)? }))
}

/// Files that the database of the folder names; none where there is no database yet. Nothing is written, so the database
/// may be of an earlier format.
pub fn named_files(folder: &Path, options: &Options) -> Result<Vec<Named>, StoreError> {
    let file = folder.join(DATABASE);
    if options.database.is_none() && !file.is_file() {
        return Ok(Vec::new());
    }
    let read = || named(&Db::reader(&place(&file, options.database.as_ref()))?);
    // A connection to PostgreSQL may not be made in an async thread.
    std::thread::scope(|scope| scope.spawn(read).join()).map_err(|_| StoreError::Stopped)?
}

impl Store {
    /// Files that have a row, the oldest first.
    pub async fn named_files(&self) -> Result<Vec<Named>, StoreError> {
        self.read(named).await
    }

    /// Where the files lay when somebody last looked.
    pub async fn files_place(&self) -> Result<Option<String>, StoreError> {
        self.read(|db| db.first("SELECT place FROM places WHERE what = 'files'", params![], |row| row.get(0))).await
    }

    /// Writes down where the files lie.
    pub async fn set_files_place(&self, place: String) -> Result<(), StoreError> {
        self.write(move |tx| {
            let sql = "INSERT INTO places (what, place) VALUES ('files', ?1) \
                       ON CONFLICT (what) DO UPDATE SET place = excluded.place";
            tx.db.execute(sql, params![place]).map(|_| ())
        })
        .await
    }
}
