//! Where the bytes of files lie: a folder of this machine, or an S3-compatible bucket that several machines share.
//!
//! Nothing is written here in clear ([`super::sealed`]), and no name is given twice. A write has reached the disk, or
//! the bucket has taken it, before it counts; a bucket that is busy is asked again for some seconds. What is read may take
//! as long as it moves: a bucket that falls silent is given up, a slow one is not.

use std::io::ErrorKind;
use std::path::Path as Folder;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{BackoffConfig, ClientOptions, Error, ObjectStore, ObjectStoreExt as _, RetryConfig};
use serde::Deserialize;

use crate::secret::{self, Hidden};
use crate::store::StoreError;

/// Bytes of a file that are held until it is clear whether it goes as one piece: the least that S3 takes as a part.
const PART: usize = 5 * 1024 * 1024;
/// Bytes of the file that asks whether there is room: the least of a disk.
const PULSE: usize = 4_096;
/// Parts of one file under way at once.
const PARTS: usize = 2;
/// How long and how often a bucket that is busy or away is asked again: a page waits longer for its answer.
const PATIENCE: Duration = Duration::from_secs(20);
const TRIES: usize = 6;
/// Seconds that one request may take, and that [`STEP`] bytes of a file may be waited for.
const WAIT: u64 = 20;
/// Longest such wait that can be set: with [`PATIENCE`] it ends before a request of a page does.
const MOST_WAIT: u64 = 30;
/// Bytes that a file must move on by in that time, unless it ends: as many as a page that sends one.
const STEP: usize = 8 * 1024;

/// An S3-compatible bucket.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bucket {
    /// Address of the service, such as `https://storage.example.ru`.
    pub endpoint: String,
    pub bucket: String,
    #[serde(default = "region")]
    pub region: String,
    pub access_key: Hidden,
    #[serde(default)]
    pub secret_key: Hidden,
    /// Seconds that a request to the bucket may take and that a file being read may stand still, 1 to 30.
    #[serde(default = "wait_seconds")]
    pub wait_seconds: u64,
}

impl Bucket {
    /// Refuses settings that cannot work.
    pub fn check(&self) -> Result<(), String> {
        let scheme = ["https://", "http://"].into_iter().any(|it| self.endpoint.starts_with(it));
        if !scheme || self.endpoint.ends_with('/') {
            return Err("files: endpoint must be scheme and host, for example https://storage.example.ru".to_owned());
        }
        if self.secret_key.0.is_empty() {
            return Err("files: secret_key is missing; write it here or in PODSKAZKA_FILES_SECRET_KEY".to_owned());
        }
        if self.bucket.is_empty() || self.bucket.contains(['/', ' ']) {
            return Err("files: bucket must be its name alone, for example podskazka".to_owned());
        }
        if !(1..=MOST_WAIT).contains(&self.wait_seconds) {
            return Err(format!("files: wait_seconds must be from 1 to {MOST_WAIT}, for example {WAIT}"));
        }
        Ok(())
    }
}

fn region() -> String {
    "us-east-1".to_owned()
}

fn wait_seconds() -> u64 {
    WAIT
}

/// The place of files. Clones share it.
#[derive(Clone)]
pub struct Depot {
    store: Arc<dyn ObjectStore>,
    /// The same for what is read.
    source: Arc<dyn ObjectStore>,
    /// How long a bucket may be silent; a folder of this machine is waited for.
    wait: Option<Duration>,
}

impl Depot {
    /// Files under this folder.
    pub fn folder(folder: &Folder) -> Result<Depot, StoreError> {
        let store = LocalFileSystem::new_with_prefix(folder).map_err(StoreError::Files)?.with_fsync(true);
        let store: Arc<dyn ObjectStore> = Arc::new(store);
        Ok(Depot { source: Arc::clone(&store), store, wait: None })
    }

    /// Files in a bucket.
    pub fn bucket(bucket: &Bucket) -> Result<Depot, StoreError> {
        // Somebody in this process may have chosen the same one before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let wait = Duration::from_secs(bucket.wait_seconds);
        let options = ClientOptions::new().with_allow_http(true);
        let store = reach(bucket, options.clone().with_timeout(wait))?;
        let source = reach(bucket, options.with_timeout_disabled().with_read_timeout(wait))?;
        Ok(Depot { store, source, wait: Some(wait) })
    }

    /// Writes a file whole.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.store.put(&Path::from(path), bytes.into()).await.map_err(StoreError::Files)?;
        Ok(())
    }

    /// Whether the folder takes a file. A bucket is not asked: while it is away tickets go on, and pages keep their files.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if self.wait.is_some() {
            return Ok(());
        }
        let name = format!("quarantine/{:016x}.pulse", secret::random_u64()?);
        self.put(&name, vec![0; PULSE]).await?;
        self.delete(&name).await
    }

    /// A file that is written as it arrives; it is there after `shutdown`, and not at all without it.
    pub fn writer(&self, path: &str) -> BufWriter {
        BufWriter::with_capacity(Arc::clone(&self.store), Path::from(path), PART).with_max_concurrency(PARTS)
    }

    /// The bytes of a file; `None` where there is none.
    pub async fn read(&self, path: &str) -> Result<Option<BoxStream<'static, Result<Bytes, StoreError>>>, StoreError> {
        match self.source.get(&Path::from(path)).await {
            Ok(found) => {
                let bytes = found.into_stream().map_err(StoreError::Files).boxed();
                Ok(Some(if let Some(wait) = self.wait { moving(bytes, wait) } else { bytes }))
            }
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(StoreError::Files(error)),
        }
    }

    /// Takes a file away; one that is gone already is no fault.
    pub async fn delete(&self, path: &str) -> Result<(), StoreError> {
        match self.store.delete(&Path::from(path)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(StoreError::Files(error)),
        }
    }

    /// Files of a folder that were last written before this moment.
    pub async fn older(&self, folder: &str, before: i64) -> Result<Vec<String>, StoreError> {
        let found = self.store.list(Some(&Path::from(folder)));
        let old = found.try_filter(|file| std::future::ready(file.last_modified.timestamp() < before));
        old.map_ok(|file| file.location.to_string()).try_collect().await.map_err(StoreError::Files)
    }
}

/// The bucket's service; what ends its requests stands in the options.
fn reach(bucket: &Bucket, options: ClientOptions) -> Result<Arc<dyn ObjectStore>, StoreError> {
    let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: TRIES, retry_timeout: PATIENCE };
    let store = AmazonS3Builder::new()
        .with_endpoint(&bucket.endpoint)
        .with_allow_http(bucket.endpoint.starts_with("http://"))
        .with_bucket_name(&bucket.bucket)
        .with_region(&bucket.region)
        .with_access_key_id(&bucket.access_key.0)
        .with_secret_access_key(&bucket.secret_key.0)
        .with_retry(retry)
        .with_client_options(options)
        .build()
        .map_err(StoreError::Files)?;
    Ok(Arc::new(store))
}

type Parts = BoxStream<'static, Result<Bytes, StoreError>>;

/// The bytes, as long as [`STEP`] of them come within `wait`. Only time in which they are waited for counts: who takes them
/// may be slow.
fn moving(bytes: Parts, wait: Duration) -> Parts {
    stream::try_unfold((bytes, wait, 0), move |(mut bytes, left, came)| async move {
        let start = Instant::now();
        let next = tokio::time::timeout(left, bytes.try_next()).await;
        let Some(part) = next.map_err(|_| StoreError::Io(ErrorKind::TimedOut.into()))?? else { return Ok(None) };
        let came = came + part.len();
        let (left, came) = if came < STEP { (left.saturating_sub(start.elapsed()), came) } else { (wait, 0) };
        Ok(Some((part, (bytes, left, came))))
    })
    .boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts of so many bytes, each after a pause.
    fn parts(count: usize, bytes: usize) -> Parts {
        let part = move |_| async move {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(Bytes::from(vec![0; bytes]))
        };
        stream::iter(0..count).then(part).boxed()
    }

    async fn read(bytes: Parts, wait: Duration) -> Result<usize, StoreError> {
        moving(bytes, wait).try_fold(0, |all, part| async move { Ok(all + part.len()) }).await
    }

    #[tokio::test]
    async fn what_moves_is_read_to_its_end() {
        let wait = Duration::from_secs(60);
        assert_eq!(read(parts(50, 64 * 1024), wait).await.unwrap(), 50 * 64 * 1024);
        assert_eq!(read(parts(5, 1), wait).await.unwrap(), 5);
        assert_eq!(read(parts(0, 1), wait).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn what_stands_still_or_drips_is_given_up() {
        let wait = Duration::from_millis(50);
        let silent = parts(3, STEP).chain(stream::pending()).boxed();
        assert!(matches!(read(silent, wait).await, Err(StoreError::Io(_))));
        assert!(matches!(read(parts(STEP - 1, 1), wait).await, Err(StoreError::Io(_))), "each byte comes in time");
    }

    #[tokio::test]
    async fn who_takes_the_bytes_slowly_gets_them_all() {
        let ready = stream::iter((0..5).map(|_| Ok(Bytes::from_static(b"part")))).boxed();
        let mut bytes = moving(ready, Duration::from_millis(20));
        let mut came = 0;
        while bytes.try_next().await.unwrap().is_some() {
            came += 1;
            tokio::time::sleep(Duration::from_millis(30)).await;
        }
        assert_eq!(came, 5);
    }
}
