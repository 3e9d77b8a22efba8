//! Tickets and files behind one writer thread with group commit; readers apart.
//!
//! Rows are in SQLite, or in PostgreSQL where several instances share them ([`db`]). Writes go to the thread of
//! [`writer`] and answer only after a checked `COMMIT` that reached the disk. Reads go through a few connections that
//! cannot write.

mod alarms;
mod audit;
mod calls;
pub(crate) mod db;
mod desk;
mod effects;
mod erase;
mod events;
mod instances;
mod letters;
mod load;
mod migrate;
mod notices;
mod operators;
mod partials;
mod places;
mod recovery;
mod reports;
mod reserve;
mod satisfaction;
mod schema;
mod schema_postgres;
mod secrets;
mod shared;
mod stats;
mod sweep;
mod tickets;
mod uploads;
mod writer;

pub use audit::{Anchor, Verdict};
pub use desk::Filter;
pub use effects::Effect;
pub use erase::Erased;
pub use events::{Entry, Repeat, TicketRef, Written};
pub use letters::{Delivery, Parcel, Way};
pub use migrate::{Copied, migrate_folder};
pub use notices::Posted;
pub use operators::{Operator, Role, Scope};
pub use partials::{Begun, Partial};
pub use places::{Named, named_files};
pub use reports::Grouping;
pub use stats::Period;
pub use sweep::Swept;
pub use tickets::{Created, Receipt, Submission};
pub use uploads::{Checked, NewUpload, Stored, StoredFile, Waiting};

use std::cell::Cell;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::sync::{Notify, Semaphore};

use crate::files::depot::{Bucket, Depot};
use crate::limits;
use crate::live::Hub;
use crate::secret::Hidden;
use crate::terms::Terms;
use crate::vault::{Vault, VaultError};
use db::{Db, Place, Value, params};
use reserve::Reserve;
use writer::{Tx, Writer};

/// Reading connections: more than cores, because some wait for the disk.
const READERS: usize = 4;
/// The database file of a data folder.
pub const DATABASE: &str = "podskazka.sqlite";
/// Pages of the database are this large, so a limit in bytes becomes a limit in pages.
const PAGE: u64 = 4096;

/// Why the storage refused. Holds no value of a citizen.
#[derive(Debug)]
pub enum StoreError {
    /// SQLite said no.
    Sqlite(rusqlite::Error),
    /// PostgreSQL said no, or is away.
    Postgres(postgres::Error),
    /// The address of the database cannot be read.
    Address,
    /// The certificates that the database's server is checked by do not read.
    Certificates,
    /// A row that must be there is not.
    NoRow,
    /// A column holds something else than it should.
    Column(usize),
    /// The disk said no.
    Io(io::Error),
    /// The folder or the bucket of files said no.
    Files(object_store::Error),
    /// A record did not turn into JSON.
    Json(serde_json::Error),
    /// A key is missing, or sealed words do not open.
    Vault(VaultError),
    /// The system gave no random bytes.
    Random(getrandom::Error),
    /// The database was made by a later version of the server.
    TooNew { found: i64, known: i64 },
    /// SQLite did not turn the write-ahead log on.
    NoWal,
    /// Too many writes wait.
    Busy,
    /// The transaction that carried this write did not commit; its cause is in the log.
    NotCommitted,
    /// The writer thread has ended.
    Stopped,
    /// No free ticket number after several tries.
    NoNumber,
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Sqlite(error) => write!(f, "database: {error}"),
            // The server's words may quote a row.
            StoreError::Postgres(error) => match error.code() {
                Some(code) => write!(f, "database: PostgreSQL answered {}", code.code()),
                None => match certificate_fault(error) {
                    Some(fault) => write!(f, "database: the certificate of PostgreSQL does not pass: {fault}"),
                    None => f.write_str("database: PostgreSQL is away"),
                },
            },
            StoreError::Address => f.write_str(
                "the database address cannot be read; it looks like postgres://podskazka@db.example.ru/podskazka",
            ),
            StoreError::Certificates => f.write_str(
                "the certificates that the database's server is checked by cannot be read; name them in the address: \
                 sslrootcert=/etc/podskazka/ca.pem",
            ),
            StoreError::NoRow => f.write_str("database: a row is missing"),
            StoreError::Column(column) => write!(f, "database: column {column} holds something else"),
            StoreError::Io(error) => write!(f, "disk: {error}"),
            StoreError::Files(error) => write!(f, "files: {error}"),
            StoreError::Json(_) => f.write_str("a record did not turn into JSON"),
            StoreError::Random(error) => write!(f, "random source: {error}"),
            StoreError::TooNew { found, known } => write!(
                f,
                "the database has format {found}, this server knows formats up to {known}; start a newer podskazka-server"
            ),
            StoreError::NoWal => f.write_str("SQLite refused the write-ahead log; put the data folder on a local disk"),
            StoreError::Vault(error) => write!(f, "{error}"),
            StoreError::NotCommitted => f.write_str("the transaction did not commit"),
            StoreError::Busy => f.write_str("too many writes wait"),
            StoreError::Stopped => f.write_str("the writer has stopped"),
            StoreError::NoNumber => f.write_str("no free ticket number"),
        }
    }
}

impl std::error::Error for StoreError {}

impl StoreError {
    /// Whether room on the disk may mend it.
    fn is_of_the_disk(&self) -> bool {
        match self {
            StoreError::NotCommitted => true,
            StoreError::Sqlite(error) => matches!(
                error.sqlite_error_code(),
                Some(rusqlite::ErrorCode::DiskFull | rusqlite::ErrorCode::SystemIoFailure)
            ),
            _ => false,
        }
    }
}

/// What is wrong with the certificate of a server, if that is why it was not reached.
fn certificate_fault(error: &postgres::Error) -> Option<&rustls::Error> {
    let io = std::error::Error::source(error)?.downcast_ref::<io::Error>()?;
    io.get_ref()?.downcast_ref::<rustls::Error>()
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        StoreError::Sqlite(error)
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        StoreError::Postgres(error)
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

impl From<VaultError> for StoreError {
    fn from(error: VaultError) -> Self {
        StoreError::Vault(error)
    }
}

impl From<getrandom::Error> for StoreError {
    fn from(error: getrandom::Error) -> Self {
        StoreError::Random(error)
    }
}

/// How a data folder is opened.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The database grows no further than this: tickets are then refused as on a full disk.
    pub max_bytes: Option<u64>,
    /// PostgreSQL that holds the rows; without it SQLite in the data folder.
    pub database: Option<Hidden>,
    /// Bucket that holds the files; without it the data folder.
    pub bucket: Option<Bucket>,
    /// Letters are sent, so what happens is written down for them.
    pub letters: bool,
    /// New tickets of one network at all instances together, where the rows are in PostgreSQL.
    pub ticket_limit: limits::Bucket,
    /// Bytes that are kept for erasures on a full disk.
    pub reserve: u64,
    /// Where the keys are; without it `podskazka.key` in the data folder.
    pub key_file: Option<PathBuf>,
    /// How departments serve.
    pub terms: Arc<Terms>,
}

impl Options {
    /// The key file of a data folder.
    pub fn key_path(&self, folder: &Path) -> PathBuf {
        self.key_file.clone().unwrap_or_else(|| folder.join("podskazka.key"))
    }
}

/// Tickets and uploads of one data folder. Clones share the connections.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    writer: Writer,
    reserve: Arc<Reserve>,
    readers: Mutex<Vec<Db>>,
    /// Leases over PostgreSQL.
    leaser: Mutex<Option<Db>>,
    /// As many permits as readers.
    turns: Semaphore,
    hub: Arc<Hub>,
    vault: Arc<Vault>,
    terms: Arc<Terms>,
    depot: Depot,
    folder: PathBuf,
    /// Held by whoever asks whether there is room.
    asked: tokio::sync::Mutex<()>,
    database: Option<Hidden>,
    ticket_limit: limits::Bucket,
}

impl Shared {
    fn reader(&self) -> Result<Db, StoreError> {
        let file = self.folder.join(DATABASE);
        Db::reader(&place(&file, self.database.as_ref()))
    }
}

impl Store {
    /// Opens or creates the data folder and brings the database to the present format.
    pub fn open(folder: &Path, options: &Options) -> Result<Store, StoreError> {
        // A connection to PostgreSQL may not be made in an async thread.
        std::thread::scope(|scope| scope.spawn(|| open(folder, options)).join()).map_err(|_| StoreError::Stopped)?
    }

    /// Opens it for what takes away, on a full disk too: SQLite itself needs some room, for which the reserve is given up.
    pub fn open_freeing(folder: &Path, options: &Options) -> Result<Store, StoreError> {
        match Store::open(folder, options) {
            // The next start makes it anew.
            Err(error) if error.is_of_the_disk() && Reserve::keep(folder, 0).give_up().is_some() => {
                Store::open(folder, &Options { reserve: 0, ..options.clone() })
            }
            opened => opened,
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.shared.folder
    }

    /// The bytes of files.
    pub fn depot(&self) -> &Depot {
        &self.shared.depot
    }

    fn ticket_limit(&self) -> limits::Bucket {
        self.shared.ticket_limit
    }

    /// The keys.
    fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.shared.vault)
    }

    /// How departments serve.
    pub(crate) fn terms(&self) -> Arc<Terms> {
        Arc::clone(&self.shared.terms)
    }

    /// Who waits for changes of which ticket.
    pub fn hub(&self) -> &Hub {
        &self.shared.hub
    }

    /// Wakes the sender of letters when one has been written.
    pub fn posted(&self) -> &Notify {
        self.shared.writer.posted()
    }

    /// Answers once rows and files were written and a row was read: a full disk and one that takes no writes say no.
    pub async fn ping(&self) -> Result<(), StoreError> {
        // Whoever asks a hundred times at once keeps the disk no busier than one who asks again and again.
        let _alone = self.shared.asked.lock().await;
        self.write(|tx| {
            // A transaction without a row reaches no disk, and one that fits into a page needs no room.
            let body = vec![0; usize::try_from(2 * PAGE).unwrap_or(0)];
            let id = tx.db.insert("INSERT INTO pulse (body) VALUES (?1)", params![body])?;
            tx.db.execute("DELETE FROM pulse WHERE id <= ?1", [id])?;
            Ok(())
        })
        .await?;
        self.depot().ping().await?;
        self.read(|db| db.one("SELECT 1", params![], |_| Ok(()))).await
    }

    /// Runs `work` in the writer thread; the answer comes after its transaction has committed.
    async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        self.shared.writer.write(work).await
    }

    /// The same for work that is all checked before its first row: see [`writer`].
    async fn write_checked<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        self.shared.writer.write_checked(work).await
    }

    /// Runs `work`, which takes away, on a full disk too: for it the reserve is given up.
    async fn write_freeing<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Clone + Send + 'static,
    {
        let writer = &self.shared.writer;
        match writer.write_freeing(work.clone()).await {
            Err(error) if error.is_of_the_disk() => {}
            done => return done,
        }
        // Whoever merely shared the batch of somebody who failed gets through now.
        match writer.write_freeing(work.clone()).await {
            Err(error) if error.is_of_the_disk() => match self.shared.reserve.give_up() {
                Some(_spent) => writer.write_freeing(work).await,
                None => Err(error),
            },
            done => done,
        }
    }

    /// Runs a lease of letters or calls, or the note of what became of one. In PostgreSQL it has a connection of its own
    /// and waits for no writer; in SQLite the one writer does it.
    async fn lease<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        self.beside(true, work).await
    }

    async fn beside<T, F>(&self, several: bool, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        let Some(address) = self.shared.database.clone() else { return self.write(work).await };
        let shared = Arc::clone(&self.shared);
        let leased = tokio::task::spawn_blocking(move || {
            let kept = shared.leaser.lock().map_err(|_| StoreError::Stopped)?.take();
            let db = match kept {
                Some(db) => db,
                None => Db::open(&Place::Server(&address.0))?,
            };
            let (tail, drawn) = (Cell::new(None), Cell::new(false));
            if several {
                db.begin_beside()?;
            }
            let done = work(&mut Tx::beside(&db, &shared.vault, &shared.terms, &tail, &drawn))
                .and_then(|value| if several { db.commit().map(|()| value) } else { Ok(value) });
            // A connection whose transaction is in doubt is not used again.
            if done.is_ok()
                && let Ok(mut leaser) = shared.leaser.lock()
            {
                *leaser = Some(db);
            }
            done
        });
        leased.await.map_err(|_| StoreError::Stopped)?
    }

    /// The same for one statement, which is a transaction of its own: over PostgreSQL one way there and back instead of three.
    async fn note(&self, sql: &'static str, values: Vec<Value>) -> Result<(), StoreError> {
        self.beside(false, move |tx| tx.db.execute(sql, values).map(drop)).await
    }

    /// Runs `work` over a reading connection, away from the async threads.
    async fn read<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Db) -> Result<T, StoreError> + Send + 'static,
    {
        let _turn = self.shared.turns.acquire().await.map_err(|_| StoreError::Stopped)?;
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || {
            let pop = || shared.readers.lock().ok()?.pop();
            let db = match pop() {
                Some(db) => db,
                // A reader was lost by a caller that went away in the middle of its work.
                None => shared.reader()?,
            };
            let result = work(&db);
            if let Ok(mut readers) = shared.readers.lock()
                && readers.len() < READERS
            {
                readers.push(db);
            }
            result
        })
        .await
        .map_err(|_| StoreError::Stopped)?
    }
}

fn place<'a>(file: &'a Path, database: Option<&'a Hidden>) -> Place<'a> {
    database.map_or(Place::File(file), |address| Place::Server(&address.0))
}

fn open(folder: &Path, options: &Options) -> Result<Store, StoreError> {
    for path in [folder.to_path_buf(), folder.join("files"), folder.join("quarantine")] {
        make_private_dir(&path)?;
    }
    let file = folder.join(DATABASE);
    let db = Db::open(&place(&file, options.database.as_ref()))?;
    let key_path = options.key_path(folder);
    secrets::require_key_file(&db, &key_path)?;
    let vault = Arc::new(Vault::open(&key_path)?);
    secrets::require_keys(&db, &vault)?;
    if let Some(connection) = db.sqlite() {
        secrets::seal_old(connection, &vault)?;
        if let Some(bytes) = options.max_bytes {
            connection.query_row(&format!("PRAGMA max_page_count = {}", (bytes / PAGE).max(1)), [], |_| Ok(()))?;
        }
    }
    let depot = match &options.bucket {
        Some(bucket) => Depot::bucket(bucket)?,
        None => Depot::folder(folder)?,
    };
    let hub = Arc::new(Hub::default());
    if let Some(address) = &options.database {
        instances::listen(&address.0, &hub)?;
    }
    // Over PostgreSQL nothing is written here where something is taken away.
    let reserve = Arc::new(Reserve::keep(folder, if options.database.is_some() { 0 } else { options.reserve }));
    let shared = Shared {
        writer: Writer::start(
            db,
            Arc::clone(&hub),
            Arc::clone(&vault),
            Arc::clone(&options.terms),
            options.letters,
            Arc::clone(&reserve),
        )?,
        reserve,
        readers: Mutex::new(Vec::new()),
        leaser: Mutex::new(None),
        turns: Semaphore::new(READERS),
        hub,
        vault,
        terms: Arc::clone(&options.terms),
        depot,
        folder: folder.to_path_buf(),
        asked: tokio::sync::Mutex::new(()),
        database: options.database.clone(),
        ticket_limit: options.ticket_limit,
    };
    let readers = (0..READERS).map(|_| shared.reader()).collect::<Result<_, _>>()?;
    *shared.readers.lock().map_err(|_| StoreError::Stopped)? = readers;
    Ok(Store { shared: Arc::new(shared) })
}

/// A folder that only the server's user may enter.
pub(crate) fn make_private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
