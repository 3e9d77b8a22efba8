//! The way to SQLite: one file on a local disk.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::value::{Row, Value};
use crate::store::{StoreError, schema};

/// The connection that writes.
pub fn open(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(path)?;
    schema::prepare(&mut connection)?;
    Ok(connection)
}

/// How long the writer waits for those who read while the log is emptied: longer than any question of the service takes,
/// and short beside what a citizen waits for.
const FOR_READERS: Duration = Duration::from_millis(500);

/// Bytes of the log.
pub fn log(connection: &Connection) -> u64 {
    let log = connection.path().map(|path| fs::metadata(format!("{path}-wal")));
    log.and_then(Result::ok).map_or(0, |it| it.len())
}

/// Empties the log. A commit works it off only as far as the oldest reader allows and begins it anew only when nobody
/// reads from it; where one reader follows the other, the writer has to wait for those of this moment.
pub fn empty_log(connection: &Connection) -> Result<bool, StoreError> {
    connection.busy_timeout(FOR_READERS)?;
    let hindered = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    connection.busy_timeout(schema::PATIENCE)?;
    let hindered: bool = hindered?;
    Ok(!hindered)
}

/// A connection that cannot write.
pub fn reader(path: &Path) -> Result<Connection, StoreError> {
    let reader = Connection::open(path)?;
    reader.busy_timeout(schema::PATIENCE)?;
    reader.pragma_update(None, "query_only", true)?;
    reader.set_prepared_statement_cache_capacity(64);
    Ok(reader)
}

pub fn execute(connection: &Connection, sql: &str, values: Vec<Value>) -> Result<usize, StoreError> {
    Ok(connection.prepare_cached(sql)?.execute(params_from_iter(values))?)
}

/// Steps to the end even for one row: a statement that returns rows and writes is done only then.
pub fn query<T>(
    connection: &Connection,
    sql: &str,
    values: Vec<Value>,
    mut read: impl FnMut(&mut Row) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let columns = statement.column_count();
    let mut found = statement.query(params_from_iter(values))?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let values: Result<_, rusqlite::Error> = (0..columns).map(|column| Ok(owned(row.get_ref(column)?))).collect();
        rows.push(read(&mut Row::new(values?))?);
    }
    Ok(rows)
}

fn owned(value: ValueRef) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
        // No column holds a real number.
        ValueRef::Null | ValueRef::Real(_) => Value::Null,
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Bool(flag) => ValueRef::Integer(i64::from(*flag)),
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}
