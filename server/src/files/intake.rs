//! The check of files, one at a time: a picture takes a core for a tenth of a second and much memory.
//!
//! A waiting file is opened, its safe copy is sealed under the same key and laid under `files/` by the SHA-256 of the
//! sealed bytes, its row is changed, and what waited goes. Whatever breaks off in between is done again by the next
//! look; several instances may look at once, and the first one's copy counts. A stop lets the file under way end, or its
//! copy would lie about for a day.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use super::{safe_copy, sealed};
use crate::secret;
use crate::store::{Checked, Store, StoreError, Waiting};

/// What the worker is asked for.
enum Job {
    Check(Waiting),
    /// To look for what an earlier run or an instance that ended has left.
    Look,
}

/// The worker that checks files.
pub struct Intake {
    queue: mpsc::UnboundedSender<Job>,
}

impl Intake {
    /// Starts the worker, beginning with what an earlier run left; it ends with the file under way once it is to stop.
    pub fn start(store: Store, mut stopping: watch::Receiver<bool>) -> (Intake, JoinHandle<()>) {
        let (queue, mut jobs) = mpsc::unbounded_channel();
        let intake = Intake { queue };
        intake.look();
        let worker = tokio::spawn(async move {
            loop {
                let job = tokio::select! {
                    biased;
                    _ = stopping.wait_for(|stopping| *stopping) => break,
                    job = jobs.recv() => job,
                };
                match job {
                    Some(Job::Check(file)) => check(&store, file).await,
                    Some(Job::Look) => check_left(&store, &stopping).await,
                    None => break,
                }
            }
        });
        (intake, worker)
    }

    /// Hands a file over for its check.
    pub fn put(&self, file: Waiting) {
        let _ = self.queue.send(Job::Check(file));
    }

    /// Asks for the check of files that wait and were handed over to nobody who is still there.
    pub fn look(&self) {
        let _ = self.queue.send(Job::Look);
    }
}

async fn check_left(store: &Store, stopping: &watch::Receiver<bool>) {
    match store.waiting_uploads().await {
        Ok(left) => {
            for file in left {
                if *stopping.borrow() {
                    break;
                }
                check(store, file).await;
            }
        }
        Err(error) => tracing::error!(%error, "files that wait were not looked for; the next look tries again"),
    }
}

async fn check(store: &Store, job: Waiting) {
    if let Err(error) = checked(store, job).await {
        tracing::error!(%error, "a file was not checked; the next look tries again");
    }
}

async fn checked(store: &Store, job: Waiting) -> Result<(), StoreError> {
    // Somebody else may have been first.
    let Some(stored) = store.depot().read(&job.path).await? else { return Ok(()) };
    let bytes: Vec<Bytes> = sealed::open(job.key.clone(), stored).try_collect().await?;
    let media_type = job.media_type;
    let copy = tokio::task::spawn_blocking(move || safe_copy(bytes.concat(), &media_type)).await;
    let checked = match copy {
        Ok(Some((copy, media_type))) => {
            let size = u64::try_from(copy.len()).unwrap_or(u64::MAX);
            let bytes = match job.key {
                Some(key) => sealed::seal(key, &copy)?,
                None => copy,
            };
            let path = format!("files/{}", secret::hex(&secret::sha256(&[&bytes])));
            store.depot().put(&path, bytes).await?;
            Checked::Clean { path, size, media_type }
        }
        // Refused, or the decoder broke: the file is at fault.
        Ok(None) | Err(_) => Checked::Rejected,
    };
    let made = if let Checked::Clean { path, .. } = &checked { Some(path.clone()) } else { None };
    if !store.finish_upload(job.id, checked).await?
        && let Some(path) = made
    {
        store.delete_unnamed(vec![path]).await?;
    }
    store.depot().delete(&job.path).await
}
