//! The way to PostgreSQL: one server, any number of instances.
//!
//! Whoever writes holds one lock of the whole database for its batch, so writes of all instances come one after
//! another, as they do in SQLite: the next number of a ticket's history and of the journal is the last one plus one.
//! Batches gather while one waits for the disk, so the lock costs little.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use bytes::BytesMut;
use fallible_iterator::FallibleIterator as _;
use postgres::types::{IsNull, ToSql, Type};
use postgres::{Client, Config, NoTls, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::tls;
use super::value::{Row, Value};
use crate::store::{StoreError, schema_postgres};

/// Where instances tell each other that they wrote.
pub const CHANNEL: &str = "podskazka";
/// The lock of writers: any number that no other program of the database uses.
pub const WRITER: i64 = 0x706f_6473;
/// A server that is away is noticed in this time.
const CONNECT: Duration = Duration::from_secs(2);
/// A statement that takes longer is given up; a batch of the writer never does.
const SETTINGS: &str = "SET statement_timeout = '15s'; SET lock_timeout = '5s'; \
                        SET idle_in_transaction_session_timeout = '30s'; SET client_min_messages = 'warning'";

/// The lock of whoever changes the format; those who write hold [`WRITER`] meanwhile.
const FORMAT: i64 = 0x706f_6474;
/// How long an instance waits for another that changes the format.
const FORMAT_PATIENCE: Duration = Duration::from_secs(600);
/// Between two questions whether it is done.
const FORMAT_PAUSE: Duration = Duration::from_millis(100);

/// A connection that comes back after the server was away.
pub struct Session {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    settings: String,
    /// Reads alone, each statement by itself.
    reads: bool,
    state: RefCell<State>,
}

struct State {
    client: Option<Client>,
    statements: HashMap<String, Statement>,
}

impl Session {
    /// Connects, and brings the database to the present format.
    pub fn open(address: &str) -> Result<Session, StoreError> {
        let session = Session::connect(address, SETTINGS.to_owned(), false)?;
        schema_postgres::prepare(&session)?;
        Ok(session)
    }

    /// Connects for reading alone.
    pub fn reader(address: &str) -> Result<Session, StoreError> {
        Session::connect(address, format!("{SETTINGS}; SET default_transaction_read_only = on"), true)
    }

    fn connect(address: &str, settings: String, reads: bool) -> Result<Session, StoreError> {
        let (mut config, tls) = tls::route(address)?;
        config.connect_timeout(CONNECT).keepalives_idle(Duration::from_secs(10)).tcp_user_timeout(CONNECT * 5);
        config.application_name("podskazka-server");
        let state = RefCell::new(State { client: None, statements: HashMap::new() });
        let session = Session { config, tls, settings, reads, state };
        session.client(|_, _| Ok(()))?;
        Ok(session)
    }

    /// The client, connected anew if it was lost.
    fn client<T>(
        &self,
        work: impl FnOnce(&mut Client, &mut HashMap<String, Statement>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut state = self.state.try_borrow_mut().map_err(|_| StoreError::Busy)?;
        let State { client, statements } = &mut *state;
        let client = match client {
            Some(client) if !client.is_closed() => client,
            lost => {
                statements.clear();
                let mut fresh = match &self.tls {
                    Some(tls) => self.config.connect(tls.clone())?,
                    None => self.config.connect(NoTls)?,
                };
                fresh.batch_execute(&self.settings)?;
                lost.insert(fresh)
            }
        };
        work(client, statements)
    }

    /// Asks again where the connection turns out to be lost: after a restart of PostgreSQL nobody has to hear of it. For what
    /// changes nothing.
    fn afresh<T>(&self, ask: impl Fn() -> Result<T, StoreError>) -> Result<T, StoreError> {
        let open = !self.closed();
        match ask() {
            Err(_) if open && self.closed() => ask(),
            answer => answer,
        }
    }

    /// Whether the connection was lost.
    pub fn closed(&self) -> bool {
        self.state.try_borrow().map_or(true, |state| state.client.as_ref().is_none_or(Client::is_closed))
    }

    /// Statements without values, several apart by `;`.
    pub fn simple(&self, sql: &str) -> Result<(), StoreError> {
        self.client(|client, _| Ok(client.batch_execute(sql)?))
    }

    pub fn begin(&self) -> Result<(), StoreError> {
        let begun = self.afresh(|| self.simple(&format!("BEGIN; SELECT pg_advisory_xact_lock({WRITER})")));
        // Whoever waited too long for the lock has a failed transaction, in which no other begins.
        if begun.is_err() && !self.closed() {
            self.simple("ROLLBACK")?;
        }
        begun
    }

    /// The same for a part of a change of the format, which may take longer.
    pub fn begin_format(&self) -> Result<(), StoreError> {
        self.simple(&format!(
            "BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '1min'; SELECT pg_advisory_xact_lock({WRITER})"
        ))
    }

    /// Waits until no other instance changes the format. Asked again and again: whoever waits inside one statement is waited for
    /// by those who make an index beside others.
    pub fn lock_format(&self) -> Result<(), StoreError> {
        let start = Instant::now();
        loop {
            let mut rows = self.query(&format!("SELECT pg_try_advisory_lock({FORMAT})"), Vec::new())?;
            if rows.first_mut().ok_or(StoreError::NoRow)?.get(0)? {
                return Ok(());
            }
            if start.elapsed() > FORMAT_PATIENCE {
                return Err(StoreError::Busy);
            }
            std::thread::sleep(FORMAT_PAUSE);
        }
    }

    /// Lets others change the format.
    pub fn unlock_format(&self) -> Result<(), StoreError> {
        self.simple(&format!("SELECT pg_advisory_unlock({FORMAT})"))
    }

    /// One statement, outside every transaction, that takes as long as it takes.
    pub fn at_length(&self, sql: &str) -> Result<(), StoreError> {
        self.simple("SET statement_timeout = 0; SET lock_timeout = 0")?;
        let done = self.simple(sql);
        if !self.closed() {
            self.simple(SETTINGS)?;
        }
        done
    }

    /// A failed transaction answers `COMMIT` with a quiet rollback; a statement before it fails loudly.
    pub fn commit(&self) -> Result<(), StoreError> {
        if self.closed() {
            return Err(StoreError::NotCommitted);
        }
        self.simple("SELECT 1; COMMIT")
    }

    /// Frees rows that were changed or deleted, in the tables that an erasure touches. It takes as long as it takes.
    pub fn vacuum(&self) -> Result<(), StoreError> {
        self.simple("SET statement_timeout = 0")?;
        self.simple("VACUUM tickets, events, uploads, idempotency, replays, letters, calls")
    }

    pub fn execute(&self, sql: &str, values: Vec<Value>) -> Result<usize, StoreError> {
        self.client(|client, statements| {
            let statement = prepared(client, statements, sql)?;
            let touched = client.execute(&statement, &borrowed(&values))?;
            Ok(usize::try_from(touched).unwrap_or(usize::MAX))
        })
    }

    pub fn query(&self, sql: &str, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        let ask = || {
            self.client(|client, statements| {
                let statement = prepared(client, statements, sql)?;
                client.query(&statement, &borrowed(&values))?.iter().map(owned).collect()
            })
        };
        if self.reads { self.afresh(ask) } else { ask() }
    }

    /// Waits until an instance announces something, at most `patience`.
    pub fn listen(&self, patience: Duration) -> Result<(), StoreError> {
        self.simple(&format!("LISTEN {CHANNEL}"))?;
        self.client(|client, _| {
            let mut notifications = client.notifications();
            notifications.timeout_iter(patience).next()?;
            // Several at once are one reason to look.
            while notifications.iter().next()?.is_some() {}
            Ok(())
        })
    }
}

/// The client waits for its server when it goes, which no async thread may do.
impl Drop for Session {
    fn drop(&mut self) {
        if let Some(client) = self.state.get_mut().client.take() {
            let _ = std::thread::spawn(move || drop(client)).join();
        }
    }
}

fn prepared(
    client: &mut Client,
    statements: &mut HashMap<String, Statement>,
    sql: &str,
) -> Result<Statement, StoreError> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(&sql.replace('?', "$"))?;
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn borrowed(values: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn owned(row: &postgres::Row) -> Result<Row, StoreError> {
    let column = |(index, column): (usize, &postgres::Column)| -> Result<Value, StoreError> {
        let kind = column.type_();
        Ok(if *kind == Type::BOOL {
            row.try_get::<_, Option<bool>>(index)?.map_or(Value::Null, Value::Bool)
        } else if *kind == Type::INT8 {
            row.try_get::<_, Option<i64>>(index)?.map_or(Value::Null, Value::Int)
        } else if *kind == Type::INT4 {
            row.try_get::<_, Option<i32>>(index)?.map_or(Value::Null, |it| Value::Int(it.into()))
        } else if *kind == Type::BYTEA {
            row.try_get::<_, Option<Vec<u8>>>(index)?.map_or(Value::Null, Value::Blob)
        } else {
            row.try_get::<_, Option<String>>(index)?.map_or(Value::Null, Value::Text)
        })
    };
    Ok(Row::new(row.columns().iter().enumerate().map(column).collect::<Result<_, _>>()?))
}

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Bool(flag) => flag.to_sql(kind, out),
            // SQLite's truth is a number.
            Value::Int(number) if *kind == Type::BOOL => (*number != 0).to_sql(kind, out),
            Value::Int(number) if *kind == Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
            Value::Int(number) => number.to_sql(kind, out),
            // PostgreSQL knows no text with a zero in it.
            Value::Text(text) if text.contains('\0') => text.replace('\0', "\u{fffd}").to_sql(kind, out),
            Value::Text(text) => text.to_sql(kind, out),
            Value::Blob(bytes) => bytes.to_sql(kind, out),
        }
    }

    /// Every statement of ours names its types by its columns.
    fn accepts(_: &Type) -> bool {
        true
    }

    postgres::types::to_sql_checked!();
}
