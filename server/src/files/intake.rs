//! The check of files, one at a time: a picture takes a core for a tenth of a second and much memory.
//!
//! A waiting file is opened, its safe copy is sealed under the same key and laid under `files/` by the SHA-256 of the
//! sealed bytes, its row is changed, and what waited goes. Whatever breaks off in between is done again by the next
//! look; several instances may look at once, and the first one's copy counts.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use tokio::sync::mpsc;

use super::{safe_copy, sealed};
use crate::secret;
use crate::store::{Checked, Store, StoreError, Waiting};

/// The worker that checks files.
pub struct Intake {
    queue: mpsc::UnboundedSender<Waiting>,
}

impl Intake {
    /// Starts the worker, beginning with what an earlier run left.
    pub fn start(store: Store) -> Intake {
        let (queue, mut jobs) = mpsc::unbounded_channel::<Waiting>();
        tokio::spawn(async move {
            check_left(&store).await;
            while let Some(job) = jobs.recv().await {
                check(&store, job).await;
            }
        });
        Intake { queue }
    }

    /// Hands a file over for its check.
    pub fn put(&self, file: Waiting) {
        let _ = self.queue.send(file);
    }
}

/// Checks what an earlier run or an instance that ended has left.
pub async fn check_left(store: &Store) {
    match store.waiting_uploads().await {
        Ok(left) => {
            for job in left {
                check(store, job).await;
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
