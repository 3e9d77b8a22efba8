//! Which files the database names, and where it knows them to lie.

use std::path::Path;

use postgres::error::SqlState;

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

const UPLOADS: &str = "SELECT path, id, ticket_number FROM uploads WHERE path <> ''";
const SLICES: &str = "SELECT path, partial_id, NULL FROM slices";

fn read(db: &Db, sql: &str) -> Result<Vec<Named>, StoreError> {
    let row = |row: &mut Row| Ok(Named { path: row.get(0)?, id: row.get(1)?, ticket: row.get(2)? });
    db.all(&format!("{sql} ORDER BY 2, 1"), params![], row)
}

fn named(db: &Db) -> Result<Vec<Named>, StoreError> {
    read(db, &format!("{UPLOADS} UNION ALL {SLICES}"))
}

/// The table is not there.
fn no_table(error: &StoreError) -> bool {
    match error {
        StoreError::Sqlite(error) => error.to_string().contains("no such table"),
        StoreError::Postgres(error) => error.code() == Some(&SqlState::UNDEFINED_TABLE),
        _ => false,
    }
}

/// The same of a new database, and of one of an earlier format, which have not every table.
fn named_by_any(db: &Db) -> Result<Vec<Named>, StoreError> {
    match named(db) {
        Err(error) if no_table(&error) => match read(db, UPLOADS) {
            Err(error) if no_table(&error) => Ok(Vec::new()),
            earlier => earlier,
        },
        all => all,
    }
}

/// Files that the database of the folder names; none where there is no database yet. Nothing is written, so the database
/// may be of an earlier format.
pub fn named_files(folder: &Path, options: &Options) -> Result<Vec<Named>, StoreError> {
    let file = folder.join(DATABASE);
    if options.database.is_none() && !file.is_file() {
        return Ok(Vec::new());
    }
    let read = || named_by_any(&Db::reader(&place(&file, options.database.as_ref()))?);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_database_and_an_earlier_one_are_read_as_far_as_they_go() {
        let dir = tempfile::tempdir().unwrap();
        let files = |sql: &str| {
            rusqlite::Connection::open(dir.path().join(DATABASE)).unwrap().execute_batch(sql).unwrap();
            named_files(dir.path(), &Options::default()).unwrap().into_iter().map(|it| it.path).collect::<Vec<_>>()
        };
        assert!(files("CREATE TABLE other (id INTEGER)").is_empty());
        let uploads = "CREATE TABLE uploads (id INTEGER, path TEXT, ticket_number TEXT);\
                       INSERT INTO uploads VALUES (1, 'files/a', 'PS-1'), (2, '', NULL)";
        assert_eq!(files(uploads), ["files/a"]);
        let slices = "CREATE TABLE slices (path TEXT, partial_id INTEGER); INSERT INTO slices VALUES ('partial/b', 7)";
        assert_eq!(files(slices), ["files/a", "partial/b"]);
    }
}
