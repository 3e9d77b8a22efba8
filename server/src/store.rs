//! SQLite behind one writer thread.
//!
//! The thread owns the writing connection; jobs reach it through a bounded channel and answer through a oneshot.
//! Each job is one transaction: `BEGIN IMMEDIATE`, the work, a checked `COMMIT`, and `ROLLBACK` on any error. A caller
//! hears of success only after `COMMIT` with `synchronous=FULL`. Reads go through a second connection that cannot write.

mod schema;
mod tickets;

pub use tickets::{Created, NewUpload, Submission};

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

/// Jobs that may wait for the writer; more are refused at once.
const QUEUE: usize = 256;

/// Why the storage refused. Holds no value of a citizen.
#[derive(Debug)]
pub enum StoreError {
    /// SQLite said no.
    Sqlite(rusqlite::Error),
    /// The disk said no.
    Io(io::Error),
    /// A record did not turn into JSON.
    Json(serde_json::Error),
    /// The system gave no random bytes.
    Random(getrandom::Error),
    /// The database was made by a later version of the server.
    TooNew { found: i64, known: i64 },
    /// SQLite did not turn the write-ahead log on.
    NoWal,
    /// Too many writes wait.
    Busy,
    /// The writer thread has ended.
    Stopped,
    /// No free ticket number after several tries.
    NoNumber,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Sqlite(error) => write!(f, "database: {error}"),
            StoreError::Io(error) => write!(f, "disk: {error}"),
            StoreError::Json(_) => f.write_str("a record did not turn into JSON"),
            StoreError::Random(error) => write!(f, "random source: {error}"),
            StoreError::TooNew { found, known } => write!(
                f,
                "the database has format {found}, this server knows formats up to {known}; start a newer podskazka-server"
            ),
            StoreError::NoWal => f.write_str("SQLite refused the write-ahead log; put the data folder on a local disk"),
            StoreError::Busy => f.write_str("too many writes wait"),
            StoreError::Stopped => f.write_str("the writer has stopped"),
            StoreError::NoNumber => f.write_str("no free ticket number"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::Sqlite(error)
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        StoreError::Io(error)
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        StoreError::Json(error)
    }
}

impl From<getrandom::Error> for StoreError {
    fn from(error: getrandom::Error) -> Self {
        StoreError::Random(error)
    }
}

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Tickets and uploads of one data folder. Clones share the connections.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    writer: Option<mpsc::SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
    reader: Arc<Mutex<Connection>>,
    files: PathBuf,
}

impl Drop for Shared {
    /// Lets the writer finish what it has and close the database.
    fn drop(&mut self) {
        drop(self.writer.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Store {
    /// Opens or creates the data folder and brings the database to the present format.
    pub fn open(data_dir: &Path) -> Result<Store, StoreError> {
        let files = data_dir.join("files");
        make_private_dir(data_dir)?;
        make_private_dir(&files)?;
        let path = data_dir.join("podskazka.sqlite");
        let mut connection = Connection::open(&path)?;
        schema::prepare(&mut connection)?;
        let reader = Connection::open(&path)?;
        reader.busy_timeout(Duration::from_secs(5))?;
        reader.pragma_update(None, "query_only", true)?;
        let (writer, jobs) = mpsc::sync_channel::<Job>(QUEUE);
        let thread = std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            while let Ok(job) = jobs.recv() {
                job(&mut connection);
            }
            if let Err((_, error)) = connection.close() {
                tracing::error!(%error, "database did not close");
            }
        })?;
        Ok(Store {
            shared: Arc::new(Shared {
                writer: Some(writer),
                thread: Some(thread),
                reader: Arc::new(Mutex::new(reader)),
                files,
            }),
        })
    }

    /// Folder of the uploaded pictures.
    pub fn files(&self) -> &Path {
        &self.shared.files
    }

    /// Answers once a write transaction and a read have both succeeded.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.write(|_| Ok(())).await?;
        self.read(|connection| Ok(connection.query_row("SELECT 1", [], |_| Ok(()))?)).await
    }

    /// Runs `work` in the writer thread as one transaction.
    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let _ = answer.send(transaction(connection, work));
        });
        let writer = self.shared.writer.as_ref().ok_or(StoreError::Stopped)?;
        writer.try_send(job).map_err(|error| match error {
            mpsc::TrySendError::Full(_) => StoreError::Busy,
            mpsc::TrySendError::Disconnected(_) => StoreError::Stopped,
        })?;
        result.await.map_err(|_| StoreError::Stopped)?
    }

    /// Runs `work` over the reading connection, away from the async threads.
    async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let reader = Arc::clone(&self.shared.reader);
        tokio::task::spawn_blocking(move || {
            let connection = reader.lock().map_err(|_| StoreError::Stopped)?;
            work(&connection)
        })
        .await
        .map_err(|_| StoreError::Stopped)?
    }
}

/// `BEGIN IMMEDIATE`, the work, `COMMIT`; `ROLLBACK` if either of the last two failed.
fn transaction<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let result = work(connection).and_then(|value| {
        connection.execute_batch("COMMIT")?;
        Ok(value)
    });
    if result.is_err() && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    result
}

/// A folder that only the server's user may enter.
fn make_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
