//! The writer thread: it owns the only connection that writes, and gathers waiting writes into one transaction.
//!
//! A write runs under its own savepoint, so its failure undoes it alone; a new ticket, which is checked before its first
//! row, goes without one, so its failure undoes the batch and the next batch is careful again. Its caller hears of success only after the
//! `COMMIT` of the whole batch has been checked. While one batch waits for the disk the next one gathers, so the disk
//! is asked once for many tickets and a lone ticket waits for nobody. If SQLite ends the transaction by itself (a full
//! disk), or `COMMIT` fails, everybody in the batch hears so, the transaction is rolled back and the thread goes on.
//!
//! What an erasure took away still stands in the log. Its caller hears of success once the log has been emptied, or once
//! that was tried: whoever reads meanwhile puts it off, and it is tried again until it is done.

use std::cell::Cell;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::{Notify, oneshot};

use super::db::Db;
use super::reserve::Reserve;
use super::schema::LOG;
use super::{StoreError, secrets};
use crate::live::Hub;
use crate::secret::Hash;
use crate::terms::Terms;
use crate::vault::Vault;

/// Writes that may wait; more are refused at once. At 5 000 a second this is under half a second of waiting.
const QUEUE: usize = 2_048;
/// Most writes of one transaction.
const BATCH: usize = 512;
/// Longest time a batch gathers. A queue that empties ends it at once; under load each sync then carries what came in
/// this time, and each page of an index is written once for all of it.
const GATHER: Duration = Duration::from_millis(10);
/// Until the log is tried again where somebody reads what was erased; twice as long each time, so that a long copy costs
/// writers little.
const AGAIN: Duration = Duration::from_secs(1);
/// Longest such time.
const LAST: Duration = Duration::from_secs(60);

/// Number and mark of a row of the journal.
pub type Tail = (i64, Hash);

/// One write inside a batch.
pub struct Tx<'a> {
    /// The connection, inside the savepoint of this write.
    pub db: &'a Db,
    /// The keys.
    pub vault: &'a Vault,
    /// How departments serve.
    pub terms: &'a Arc<Terms>,
    /// Letters are sent: what happens is written down for them.
    pub letters: bool,
    /// The last row of the journal, once somebody of this batch has looked: nobody else writes meanwhile.
    pub tail: &'a Cell<Option<Tail>>,
    /// No ticket has a number that was not drawn from its key; nobody writes one any more.
    pub drawn: &'a Cell<bool>,
    woken: Vec<i64>,
    posted: bool,
    erased: bool,
}

impl<'a> Tx<'a> {
    /// A write over a connection of its own, outside the thread: it wakes nobody and leaves the journal alone.
    pub fn beside(
        db: &'a Db,
        vault: &'a Vault,
        terms: &'a Arc<Terms>,
        tail: &'a Cell<Option<Tail>>,
        drawn: &'a Cell<bool>,
    ) -> Tx<'a> {
        Tx { db, vault, terms, letters: false, tail, drawn, woken: Vec::new(), posted: false, erased: false }
    }

    /// Wakes the streams of the ticket once this write is committed.
    pub fn wake(&mut self, ticket: i64) {
        self.woken.push(ticket);
    }

    /// Wakes the sender of letters once this write is committed.
    pub fn post(&mut self) {
        self.posted = true;
    }

    /// Empties the log once this write is committed: what it took away stands there.
    pub fn forget(&mut self) {
        self.erased = true;
    }
}

/// Tells the caller of a write what became of it; `true` after the commit.
type Finish = Box<dyn FnOnce(bool)>;
type Work = Box<dyn FnOnce(&Base) -> Finish + Send>;

/// A write that waits.
struct Job {
    work: Work,
    /// It takes away, and goes on where the disk is full.
    frees: bool,
}

/// What the thread works with.
struct Base {
    db: Db,
    hub: Arc<Hub>,
    vault: Arc<Vault>,
    terms: Arc<Terms>,
    /// Whether a write of the batch wakes somebody.
    wakes: Cell<bool>,
    letters: bool,
    posted: Arc<Notify>,
    tail: Cell<Option<Tail>>,
    drawn: Cell<bool>,
    /// A write without a savepoint has failed: the batch is undone.
    spoiled: Cell<bool>,
    /// Every write of this batch has its savepoint, because the last batch was spoiled.
    careful: Cell<bool>,
    /// Bytes of the log from which it is emptied.
    log: Cell<u64>,
    /// When the log is to be emptied of what was erased, and how long after that it is tried again.
    owed: Cell<Option<(Instant, Duration)>>,
    reserve: Arc<Reserve>,
}

/// The thread's handle. Dropping it lets the thread finish what waits and close the database.
pub struct Writer {
    jobs: Option<mpsc::SyncSender<Job>>,
    thread: Option<JoinHandle<()>>,
    posted: Arc<Notify>,
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Writer {
    /// Starts the thread over the connection.
    pub fn start(
        db: Db,
        hub: Arc<Hub>,
        vault: Arc<Vault>,
        terms: Arc<Terms>,
        letters: bool,
        reserve: Arc<Reserve>,
    ) -> io::Result<Writer> {
        let (jobs, queue) = mpsc::sync_channel::<Job>(QUEUE);
        let posted = Arc::new(Notify::new());
        let base = Base {
            db,
            hub,
            vault,
            terms,
            wakes: Cell::new(false),
            letters,
            posted: Arc::clone(&posted),
            tail: Cell::new(None),
            drawn: Cell::new(false),
            spoiled: Cell::new(false),
            careful: Cell::new(false),
            log: Cell::new(LOG),
            owed: Cell::new(None),
            reserve,
        };
        let thread = std::thread::Builder::new().name("store-writer".to_owned()).spawn(move || {
            loop {
                let next = match base.owed.get() {
                    Some((at, _)) => queue.recv_timeout(at.saturating_duration_since(Instant::now())),
                    None => queue.recv().map_err(|_| mpsc::RecvTimeoutError::Disconnected),
                };
                match next {
                    Ok(first) => batch(&base, first, &queue),
                    Err(mpsc::RecvTimeoutError::Timeout) => {}
                    Err(mpsc::RecvTimeoutError::Disconnected) => break,
                }
                forget(&base);
            }
            // The last chance of this process: where others keep the log, they empty it with their next sweep.
            base.owed.set(base.owed.get().map(|(_, pause)| (Instant::now(), pause)));
            forget(&base);
        })?;
        Ok(Writer { jobs: Some(jobs), thread: Some(thread), posted })
    }

    /// Wakes the sender of letters.
    pub fn posted(&self) -> &Notify {
        &self.posted
    }

    /// Runs `work` in the thread; answers after its batch has committed.
    pub async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        self.send(work, true, false).await
    }

    /// The same for work that is all checked before its first row: its failure is the disk's and undoes the batch. A
    /// savepoint would keep a copy of every page that the work touches.
    pub async fn write_checked<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        self.send(work, false, false).await
    }

    /// Runs `work` in the thread even where the disk is so full that others are refused: it takes away.
    pub async fn write_freeing<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        self.send(work, true, true).await
    }

    async fn send<T, F>(&self, work: F, savepoint: bool, frees: bool) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, StoreError> + Send + 'static,
    {
        let (answer, result) = oneshot::channel();
        let work: Work = Box::new(move |base| {
            let mut tx = Tx {
                db: &base.db,
                vault: &base.vault,
                terms: &base.terms,
                letters: base.letters,
                tail: &base.tail,
                drawn: &base.drawn,
                woken: Vec::new(),
                posted: false,
                erased: false,
            };
            let outcome = if savepoint || base.careful.get() {
                alone(&mut tx, work)
            } else {
                let outcome = work(&mut tx);
                base.spoiled.set(base.spoiled.get() || outcome.is_err());
                outcome
            };
            let (woken, hub) = (tx.woken, Arc::clone(&base.hub));
            let posted = tx.posted.then(|| Arc::clone(&base.posted));
            base.wakes.set(base.wakes.get() || !woken.is_empty());
            if tx.erased && base.owed.get().is_none() {
                base.owed.set(Some((Instant::now(), AGAIN)));
            }
            Box::new(move |committed| {
                let _ = answer.send(match outcome {
                    Ok(_) if !committed => Err(StoreError::NotCommitted),
                    outcome => {
                        woken.iter().for_each(|ticket| hub.wake(*ticket));
                        posted.iter().for_each(|posted| posted.notify_one());
                        outcome
                    }
                });
            })
        });
        let jobs = self.jobs.as_ref().ok_or(StoreError::Stopped)?;
        jobs.try_send(Job { work, frees }).map_err(|error| match error {
            mpsc::TrySendError::Full(_) => StoreError::Busy,
            mpsc::TrySendError::Disconnected(_) => StoreError::Stopped,
        })?;
        result.await.map_err(|_| StoreError::NotCommitted)?
    }
}

/// Runs one write under a savepoint.
fn alone<T>(tx: &mut Tx, work: impl FnOnce(&mut Tx) -> Result<T, StoreError>) -> Result<T, StoreError> {
    let db = tx.db;
    db.savepoint()?;
    match work(tx) {
        Ok(value) => db.release().map(|()| value),
        Err(error) => {
            tx.woken.clear();
            tx.posted = false;
            tx.erased = false;
            tx.tail.set(None);
            // After a full disk SQLite may have undone the whole transaction already; `gather` looks at that.
            if !db.broken() {
                db.rewind()?;
            }
            Err(error)
        }
    }
}

/// Gathers what waits into one transaction and commits it.
fn batch(base: &Base, first: Job, queue: &mpsc::Receiver<Job>) {
    let db = &base.db;
    let begun = db.begin().and_then(|()| {
        let ready = secrets::keep_up(db, &base.vault);
        if ready.is_err() {
            db.rollback()?;
        }
        ready
    });
    if let Err(error) = begun {
        // Whoever waits hears so now, not each after a wait of its own: a dropped job answers its caller.
        let refused = queue.try_iter().count() + 1;
        tracing::error!(%error, writes = refused, "transaction did not begin");
        return;
    }
    base.tail.set(None);
    let mut finishes = Vec::new();
    let result = catch_unwind(AssertUnwindSafe(|| gather(base, first, queue, &mut finishes)));
    let committed = matches!(result, Ok(Ok(())));
    if !committed {
        match result {
            Ok(Err(error)) => tracing::error!(%error, writes = finishes.len(), "transaction did not commit"),
            _ => tracing::error!(writes = finishes.len(), "a write broke off"),
        }
        if let Err(error) = db.rollback() {
            tracing::error!(%error, "transaction did not roll back");
        }
    }
    base.careful.set(base.spoiled.take());
    forget(base);
    finishes.into_iter().for_each(|finish: Finish| finish(committed));
    if committed
        && base.wakes.take()
        && let Err(error) = db.announce()
    {
        tracing::warn!(%error, "other instances will see this a little later");
    }
    tidy(base);
}

/// Empties the log of what was erased, when that is due.
fn forget(base: &Base) {
    let Some((at, pause)) = base.owed.get() else { return };
    if at > Instant::now() {
        return;
    }
    let emptied = base.db.empty_log().unwrap_or_else(|error| {
        tracing::warn!(%error, "the log was not emptied of what was erased; it is tried again");
        false
    });
    base.owed.set((!emptied).then(|| (Instant::now() + pause, LAST.min(pause * 2))));
}

/// Keeps the log short. Whoever reads for long costs one wait for each [`LOG`] bytes that come meanwhile.
fn tidy(base: &Base) {
    let log = base.db.log();
    if log <= LOG {
        base.log.set(LOG);
    } else if log > base.log.get() {
        if let Err(error) = base.db.empty_log() {
            tracing::warn!(%error, "the log was not emptied");
        }
        base.log.set(base.db.log() + LOG);
    }
}

fn gather(base: &Base, first: Job, queue: &mpsc::Receiver<Job>, finishes: &mut Vec<Finish>) -> Result<(), StoreError> {
    let db = &base.db;
    let start = Instant::now();
    let mut next = Some(first);
    let open = base.reserve.open();
    while let Some(job) = next {
        // Whoever is refused hears so by the job that is dropped.
        if open || job.frees {
            finishes.push((job.work)(base));
        }
        if db.broken() || base.spoiled.get() {
            return Err(StoreError::NotCommitted);
        }
        let more = finishes.len() < BATCH && start.elapsed() < GATHER;
        next = if more { queue.try_recv().ok() } else { None };
    }
    db.commit()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use super::*;
    use crate::store::db::{Place, params};

    fn counted(db: &Db) -> i64 {
        db.one("SELECT count(*) FROM t", params![], |row| row.get(0)).unwrap()
    }

    fn insert(tx: &mut Tx, value: i64) -> Result<(), StoreError> {
        tx.db.execute("INSERT INTO t VALUES (?1, zeroblob(2000))", [value])?;
        Ok(())
    }

    /// A writer over a table `t`, which may grow by so many pages.
    fn start(pages: i64) -> (tempfile::TempDir, Writer, Db) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.sqlite");
        let db = Db::open(&Place::File(&path)).unwrap();
        let sqlite = db.sqlite().unwrap();
        sqlite.execute_batch("CREATE TABLE t (id INTEGER PRIMARY KEY, filler BLOB)").unwrap();
        let present: i64 = sqlite.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        sqlite.query_row(&format!("PRAGMA max_page_count = {}", present + pages), [], |_| Ok(())).unwrap();
        let vault = Vault::open(&dir.path().join("a.key")).unwrap();
        let writer = Writer::start(
            db,
            Arc::new(Hub::default()),
            Arc::new(vault),
            Arc::default(),
            false,
            Arc::new(Reserve::keep(dir.path(), 0)),
        )
        .unwrap();
        (dir, writer, Db::reader(&Place::File(&path)).unwrap())
    }

    #[tokio::test]
    async fn a_failed_write_undoes_itself_alone() {
        let (_dir, writer, reader) = start(1_000);
        let (a, b, c, d) = tokio::join!(
            writer.write(|tx| insert(tx, 1)),
            writer.write(|tx| insert(tx, 2).and_then(|()| insert(tx, 1))),
            writer.write(|tx| insert(tx, 3)),
            writer.write(|_| -> Result<(), StoreError> { panic!("a bug") }),
        );
        assert!(a.is_ok() && c.is_ok() || d.is_err());
        assert!(b.is_err() && d.is_err());
        let kept: i64 = [&a, &c].iter().filter(|it| it.is_ok()).count().try_into().unwrap();
        assert_eq!(counted(&reader), kept);
        writer.write(|tx| insert(tx, 9)).await.unwrap();
        assert_eq!(counted(&reader), kept + 1);
    }

    #[tokio::test]
    async fn a_checked_write_that_fails_undoes_its_batch_and_the_next_batch_is_careful() {
        let (_dir, writer, reader) = start(1_000);
        writer.write(|tx| insert(tx, 1)).await.unwrap();
        let (a, b, c) = tokio::join!(
            writer.write_checked(|tx| insert(tx, 2)),
            writer.write_checked(|tx| insert(tx, 3).and_then(|()| insert(tx, 1))),
            writer.write_checked(|tx| insert(tx, 4)),
        );
        assert!(b.is_err());
        let kept: i64 = [&a, &c].iter().filter(|it| it.is_ok()).count().try_into().unwrap();
        assert_eq!(counted(&reader), 1 + kept, "acknowledged is there, everything else is not");
        // The batch after a spoiled one: the same failure undoes itself alone.
        let bad = writer.write_checked(|tx| insert(tx, 5).and_then(|()| insert(tx, 1)));
        let (bad, good) = tokio::join!(bad, writer.write_checked(|tx| insert(tx, 6)));
        assert!(bad.is_err());
        assert_eq!(counted(&reader), 1 + kept + i64::from(good.is_ok()));
        writer.write_checked(|tx| insert(tx, 7)).await.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_loses_nothing_that_was_acknowledged_and_is_survived() {
        let (_dir, writer, reader) = start(12);
        let mut acknowledged = 0;
        let mut refused = 0;
        for round in 0..20 {
            let writes: Vec<_> = (0..4).map(|i| writer.write(move |tx| insert(tx, round * 4 + i))).collect();
            for result in futures_util::future::join_all(writes).await {
                match result {
                    Ok(()) => acknowledged += 1,
                    Err(_) => refused += 1,
                }
            }
        }
        assert!(acknowledged > 0 && refused > 0);
        assert_eq!(counted(&reader), acknowledged);
        writer.write(|tx| tx.db.execute("DELETE FROM t WHERE id < 4", params![])).await.unwrap();
        writer.write(|tx| insert(tx, 1_000)).await.unwrap();
    }

    /// Begins to read before the other one ends, over and over.
    fn read_in_turn(path: &Path, own: &AtomicUsize, other: &AtomicUsize, over: &AtomicBool) {
        let reader = Db::reader(&Place::File(path)).unwrap();
        let sqlite = reader.sqlite().unwrap();
        while !over.load(Ordering::SeqCst) {
            sqlite.execute_batch("BEGIN").unwrap();
            counted(&reader);
            let begun = other.load(Ordering::SeqCst);
            own.fetch_add(1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            while other.load(Ordering::SeqCst) == begun && !over.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(1));
            }
            sqlite.execute_batch("COMMIT").unwrap();
        }
    }

    #[test]
    fn where_somebody_always_reads_the_log_stays_short() {
        let (dir, writer, _) = start(1_000_000);
        let path = dir.path().join("a.sqlite");
        let (one, two, over) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let mut longest = 0;
        std::thread::scope(|scope| {
            scope.spawn(|| read_in_turn(&path, &one, &two, &over));
            scope.spawn(|| read_in_turn(&path, &two, &one, &over));
            for id in 0..600_i64 {
                let sql = "INSERT INTO t VALUES (?1, zeroblob(1000000))";
                runtime.block_on(writer.write(move |tx| tx.db.execute(sql, [id]))).unwrap();
                longest = longest.max(std::fs::metadata(dir.path().join("a.sqlite-wal")).unwrap().len());
            }
            over.store(true, Ordering::SeqCst);
        });
        // A wait for the readers that was in vain costs as much again, and on a busy machine several are; without any the log would hold
        // all 600 MB.
        assert!(longest <= 5 * LOG, "{longest} bytes");
    }

    #[tokio::test]
    async fn whoever_reads_for_long_stops_no_write_and_the_room_of_the_log_comes_back() {
        let (dir, writer, reader) = start(100_000);
        let sqlite = reader.sqlite().unwrap();
        let write = |from: i64, count: i64| {
            let writes = (from..from + count)
                .map(|id| writer.write(move |tx| tx.db.execute("INSERT INTO t VALUES (?1, zeroblob(1000000))", [id])));
            futures_util::future::join_all(writes)
        };
        let log = || std::fs::metadata(dir.path().join("a.sqlite-wal")).unwrap().len();
        sqlite.execute_batch("BEGIN").unwrap();
        assert_eq!(counted(&reader), 0);
        assert!(write(0, 100).await.iter().all(Result::is_ok));
        assert_eq!(counted(&reader), 0, "it sees what was there when it began");
        assert!(log() > LOG, "the log cannot be worked off meanwhile");
        sqlite.execute_batch("COMMIT").unwrap();
        assert_eq!(counted(&reader), 100);
        // The next write works the log off, the one after it begins it anew.
        assert!(write(100, 1).await.iter().chain(&write(101, 1).await).all(Result::is_ok));
        assert!(log() <= LOG, "{} bytes", log());
    }
}
