//! Where the bytes of files lie: a folder of this machine, or an S3-compatible bucket that several machines share.
//!
//! Nothing is written here in clear ([`super::sealed`]), and no name is given twice. A write has reached the disk, or
//! the bucket has taken it, before it counts; a bucket that is busy is asked again for some seconds.

use std::path::Path as Folder;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt as _, TryStreamExt as _};
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
/// Longest time of one request to a bucket.
const REQUEST: Duration = Duration::from_secs(20);

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
        Ok(())
    }
}

fn region() -> String {
    "us-east-1".to_owned()
}

/// The place of files. Clones share it.
#[derive(Clone)]
pub struct Depot {
    store: Arc<dyn ObjectStore>,
    /// In a folder of this machine.
    local: bool,
}

impl Depot {
    /// Files under this folder.
    pub fn folder(folder: &Folder) -> Result<Depot, StoreError> {
        let store = LocalFileSystem::new_with_prefix(folder).map_err(StoreError::Files)?.with_fsync(true);
        Ok(Depot { store: Arc::new(store), local: true })
    }

    /// Files in a bucket.
    pub fn bucket(bucket: &Bucket) -> Result<Depot, StoreError> {
        // Somebody in this process may have chosen the same one before.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let retry = RetryConfig { backoff: BackoffConfig::default(), max_retries: TRIES, retry_timeout: PATIENCE };
        let store = AmazonS3Builder::new()
            .with_endpoint(&bucket.endpoint)
            .with_allow_http(bucket.endpoint.starts_with("http://"))
            .with_bucket_name(&bucket.bucket)
            .with_region(&bucket.region)
            .with_access_key_id(&bucket.access_key.0)
            .with_secret_access_key(&bucket.secret_key.0)
            .with_retry(retry)
            .with_client_options(ClientOptions::new().with_timeout(REQUEST).with_allow_http(true))
            .build()
            .map_err(StoreError::Files)?;
        Ok(Depot { store: Arc::new(store), local: false })
    }

    /// Writes a file whole.
    pub async fn put(&self, path: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.store.put(&Path::from(path), bytes.into()).await.map_err(StoreError::Files)?;
        Ok(())
    }

    /// Whether the folder takes a file. A bucket is not asked: while it is away tickets go on, and pages keep their files.
    pub async fn ping(&self) -> Result<(), StoreError> {
        if !self.local {
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
        match self.store.get(&Path::from(path)).await {
            Ok(found) => Ok(Some(found.into_stream().map_err(StoreError::Files).boxed())),
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
