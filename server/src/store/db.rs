//! One way to ask either database.
//!
//! SQL is written once, in what SQLite and PostgreSQL both understand, with `?1`, `?2` for values; each way below turns
//! it into its own. So the storage has one set of rules, and the same tests hold for both.

mod postgres;
mod sqlite;
mod tls;
mod value;

pub(super) use postgres::Session;
#[cfg(test)]
pub(super) use postgres::WRITER;
pub(crate) use value::params;
pub use value::{Params, Row, ToValue, Value};

use std::path::Path;

use super::StoreError;

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// A file of SQLite on a local disk.
    File(&'a Path),
    /// A PostgreSQL server, as a URL or `key=value` pairs.
    Server(&'a str),
}

/// One connection. Every thread has its own.
pub struct Db {
    way: Way,
}

enum Way {
    Sqlite(rusqlite::Connection),
    Postgres(Box<postgres::Session>),
}

impl Db {
    /// A connection that writes; brings the database to the present format.
    pub fn open(place: &Place) -> Result<Db, StoreError> {
        let way = match place {
            Place::File(path) => Way::Sqlite(sqlite::open(path)?),
            Place::Server(address) => Way::Postgres(Box::new(postgres::Session::open(address)?)),
        };
        Ok(Db { way })
    }

    /// A connection that cannot write.
    pub fn reader(place: &Place) -> Result<Db, StoreError> {
        let way = match place {
            Place::File(path) => Way::Sqlite(sqlite::reader(path)?),
            Place::Server(address) => Way::Postgres(Box::new(postgres::Session::reader(address)?)),
        };
        Ok(Db { way })
    }

    /// The connection of SQLite, for what PostgreSQL has no need of.
    pub fn sqlite(&self) -> Option<&rusqlite::Connection> {
        match &self.way {
            Way::Sqlite(connection) => Some(connection),
            Way::Postgres(_) => None,
        }
    }

    /// Bytes of the log of SQLite.
    pub fn log(&self) -> u64 {
        self.sqlite().map_or(0, sqlite::log)
    }

    /// Empties the log of SQLite, for which it waits a moment for those who read; `false` where one of them still does.
    pub fn empty_log(&self) -> Result<bool, StoreError> {
        self.sqlite().map_or(Ok(true), sqlite::empty_log)
    }

    /// Frees the rows of PostgreSQL that were erased; SQLite has written over its own.
    pub fn vacuum(&self) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(_) => Ok(()),
            Way::Postgres(session) => session.vacuum(),
        }
    }

    /// Runs a statement; how many rows it touched.
    pub fn execute(&self, sql: &str, params: impl Params) -> Result<usize, StoreError> {
        match &self.way {
            Way::Sqlite(connection) => sqlite::execute(connection, sql, params.values()),
            Way::Postgres(session) => session.execute(sql, params.values()),
        }
    }

    /// Adds a row; the `id` it got.
    pub fn insert(&self, sql: &str, params: impl Params) -> Result<i64, StoreError> {
        match &self.way {
            Way::Sqlite(connection) => {
                sqlite::execute(connection, sql, params.values())?;
                // `RETURNING` would make a table of one row each time.
                Ok(connection.last_insert_rowid())
            }
            Way::Postgres(session) => {
                let mut rows = session.query(&format!("{sql} RETURNING id"), params.values())?;
                rows.first_mut().ok_or(StoreError::NoRow)?.get(0)
            }
        }
    }

    /// Every row of the answer, read by `read`.
    pub fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&mut Row) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        match &self.way {
            Way::Sqlite(connection) => sqlite::query(connection, sql, params.values(), read),
            Way::Postgres(session) => session.query(sql, params.values())?.iter_mut().map(&mut read).collect(),
        }
    }

    /// The first row, if there is one.
    pub fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&mut Row) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, params, read)?.into_iter().next())
    }

    /// The first row, which must be there.
    pub fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&mut Row) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.first(sql, params, read)?.ok_or(StoreError::NoRow)
    }

    /// Whether there is a row.
    pub fn exists(&self, sql: &str, params: impl Params) -> Result<bool, StoreError> {
        Ok(self.first(sql, params, |_| Ok(()))?.is_some())
    }

    /// Begins a transaction in which nobody else writes: not in this process, not in another instance.
    pub fn begin(&self) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(_) => self.step("BEGIN IMMEDIATE"),
            Way::Postgres(session) => session.begin(),
        }
    }

    /// Begins a transaction beside those of the writers: for leases, which lock their own rows.
    pub fn begin_beside(&self) -> Result<(), StoreError> {
        self.step("BEGIN")
    }

    /// What a lease says so that two of them at once take different rows. SQLite has one writer.
    pub fn skip_locked(&self) -> &'static str {
        match &self.way {
            Way::Sqlite(_) => "",
            Way::Postgres(_) => "FOR UPDATE SKIP LOCKED",
        }
    }

    /// Ends the transaction; an error means that nothing of it may be counted on.
    pub fn commit(&self) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(_) => self.step("COMMIT"),
            Way::Postgres(session) => session.commit(),
        }
    }

    /// Undoes the transaction, if it is still there.
    pub fn rollback(&self) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(connection) if connection.is_autocommit() => Ok(()),
            Way::Sqlite(_) => self.step("ROLLBACK"),
            Way::Postgres(session) => session.simple("ROLLBACK"),
        }
    }

    /// Whether the transaction is gone: SQLite ends it by itself on a full disk, PostgreSQL with the connection.
    pub fn broken(&self) -> bool {
        match &self.way {
            Way::Sqlite(connection) => connection.is_autocommit(),
            Way::Postgres(session) => session.closed(),
        }
    }

    /// Marks a place in the transaction to come back to.
    pub fn savepoint(&self) -> Result<(), StoreError> {
        self.step("SAVEPOINT one")
    }

    /// Keeps what was done since the mark.
    pub fn release(&self) -> Result<(), StoreError> {
        self.step("RELEASE SAVEPOINT one")
    }

    /// Undoes what was done since the mark.
    pub fn rewind(&self) -> Result<(), StoreError> {
        self.step("ROLLBACK TO SAVEPOINT one")?;
        self.release()
    }

    /// Tells other instances that something was written. Outside the transaction: inside, it would make all of them
    /// wait for one another.
    pub fn announce(&self) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(_) => Ok(()),
            Way::Postgres(session) => session.simple(&format!("NOTIFY {}", postgres::CHANNEL)),
        }
    }

    /// Waits for other instances to write, at most `patience`.
    pub fn listen(&self, patience: std::time::Duration) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(_) => Ok(()),
            Way::Postgres(session) => session.listen(patience),
        }
    }

    fn step(&self, sql: &str) -> Result<(), StoreError> {
        match &self.way {
            Way::Sqlite(connection) => {
                connection.prepare_cached(sql)?.execute([])?;
                Ok(())
            }
            Way::Postgres(session) => session.simple(sql),
        }
    }
}
