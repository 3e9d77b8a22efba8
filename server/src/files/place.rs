//! Whether the files lie where the settings say, and their way from the folder to the bucket and back.
//!
//! The database remembers their place, so a start asks for no list. Where the settings name another one, or nobody has looked
//! yet, the files that the database names are looked for there: a server that would answer every earlier attachment with
//! an error does not start.

use std::collections::HashSet;
use std::fmt;
use std::path::Path;

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use futures_util::stream::BoxStream;
use object_store::buffered::BufWriter;
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::depot::{Bucket, Depot};
use crate::secret;
use crate::store::{Named, Store, StoreError};

/// Folders of a place.
const FOLDERS: [&str; 3] = ["files", "quarantine", "partial"];

/// What the database and the operator call a place. Instances may reach one shared folder by different paths.
pub fn name(bucket: Option<&Bucket>) -> String {
    bucket.map_or_else(|| "the data folder".to_owned(), |it| format!("bucket {} at {}", it.bucket, it.endpoint))
}

/// The place of these settings.
pub fn depot(folder: &Path, bucket: Option<&Bucket>) -> Result<Depot, StoreError> {
    bucket.map_or_else(|| Depot::folder(folder), Depot::bucket)
}

/// Files that are not where they should be.
#[derive(Debug)]
pub struct Lacks {
    place: String,
    /// Where they were seen last.
    before: Option<String>,
    to_bucket: bool,
    count: usize,
    all: usize,
    example: String,
}

impl fmt::Display for Lacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Lacks { place, before, to_bucket, count, all, example } = self;
        write!(f, "{count} of {all} file(s) that the database names are not in {place}, for example {example}; ")?;
        if let Some(before) = before.as_ref().filter(|it| *it != place) {
            write!(f, "they were in {before}; ")?;
        }
        f.write_str(if *to_bucket {
            "stop every server and run `podskazka-server migrate-store --to bucket`, or take `[files]` out of the settings"
        } else {
            "bring `files` back into the data folder, or put `[files]` back into the settings: with it \
             `podskazka-server migrate-store --to folder` brings them from the bucket"
        })
    }
}

/// What a person calls a file.
fn called(file: &Named) -> String {
    match &file.ticket {
        Some(number) => format!("attachment {} of {number} ({})", file.id, file.path),
        None => file.path.clone(),
    }
}

/// The files of these that do not lie in the place.
async fn absent(depot: &Depot, named: &[Named]) -> Result<Vec<Named>, StoreError> {
    let mut there = HashSet::new();
    if !named.is_empty() {
        for folder in FOLDERS {
            there.extend(depot.older(folder, i64::MAX).await?);
        }
    }
    Ok(named.iter().filter(|file| !there.contains(&file.path)).cloned().collect())
}

/// Whether the place tells what it has.
pub async fn reached(depot: &Depot) -> Result<(), StoreError> {
    depot.older("quarantine", i64::MIN).await.map(drop)
}

/// What the place of these settings lacks of the files.
pub async fn lacks<F>(
    depot: &Depot,
    bucket: Option<&Bucket>,
    named: impl Fn() -> F,
) -> Result<Option<Lacks>, StoreError>
where
    F: Future<Output = Result<Vec<Named>, StoreError>>,
{
    let first = named().await?;
    let mut absent = absent(depot, &first).await?;
    if !absent.is_empty() {
        // A server that runs meanwhile moves files, and lets some go.
        let still: HashSet<String> = named().await?.into_iter().map(|file| file.path).collect();
        absent.retain(|file| still.contains(&file.path));
    }
    Ok(absent.first().map(|file| Lacks {
        place: name(bucket),
        before: None,
        to_bucket: bucket.is_some(),
        count: absent.len(),
        all: first.len(),
        example: called(file),
    }))
}

/// Whether a server may start over these settings; notes the place once it has been looked at.
pub async fn settle(store: &Store, bucket: Option<&Bucket>) -> Result<Option<Lacks>, StoreError> {
    let (place, before) = (name(bucket), store.files_place().await?);
    if before.as_ref() == Some(&place) {
        return Ok(None);
    }
    match lacks(store.depot(), bucket, || store.named_files()).await {
        Ok(Some(lacks)) => Ok(Some(Lacks { before, ..lacks })),
        Ok(None) => {
            if let Err(error) = store.set_files_place(place).await {
                tracing::warn!(%error, "the place of files was not written down; the next start looks again");
            }
            Ok(None)
        }
        // Tickets go on while a bucket is away, unless it is a new one.
        Err(error) if before.is_none() => {
            tracing::warn!(%error, "whether the files lie in their place was not looked at; the next start does");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// What became of the files on their way.
#[derive(Debug, Default)]
pub struct Moved {
    copied: usize,
    /// They were there already.
    there: usize,
    bytes: u64,
    /// Of the hashes of all, the oldest first.
    sum: Sha256,
    /// In neither place.
    lost: Vec<String>,
    /// Other bytes than those that their name is the hash of.
    damaged: Vec<String>,
}

impl Moved {
    /// Whether every file came whole.
    pub fn whole(&self) -> bool {
        self.lost.is_empty() && self.damaged.is_empty()
    }
}

impl fmt::Display for Moved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = secret::hex(&<[u8; 32]>::from(self.sum.clone().finalize()));
        let Moved { copied, there, bytes, .. } = self;
        write!(f, "{copied} file(s) copied, {there} there already, {bytes} byte(s), SHA-256 of all hashes {sum}")?;
        for (files, fault) in [(&self.lost, "in neither place"), (&self.damaged, "damaged where they lie")] {
            if let Some(example) = files.first() {
                write!(f, "\n{} file(s) are {fault}, for example {example}", files.len())?;
            }
        }
        Ok(())
    }
}

/// Copies the files and reads each again; takes nothing away. What is there already is only read.
pub async fn copy_all(from: &Depot, to: &Depot, named: &[Named]) -> Result<Moved, StoreError> {
    let mut moved = Moved::default();
    for file in named {
        let part = match copy(from, to, &file.path).await? {
            Copied::Made(part) => {
                moved.copied += 1;
                part
            }
            Copied::There(part) => {
                moved.there += 1;
                part
            }
            Copied::Lost => {
                moved.lost.push(called(file));
                continue;
            }
            Copied::Damaged => {
                moved.damaged.push(called(file));
                continue;
            }
        };
        moved.bytes += part.bytes;
        moved.sum.update(part.hash);
    }
    Ok(moved)
}

/// What a file is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    hash: String,
    bytes: u64,
}

enum Copied {
    Made(Sum),
    There(Sum),
    Lost,
    Damaged,
}

async fn copy(from: &Depot, to: &Depot, path: &str) -> Result<Copied, StoreError> {
    // A file that passed its check is named by its hash.
    let whole = |sum: &Sum| path.strip_prefix("files/").is_none_or(|name| name == sum.hash);
    let there = sum(to, path).await?;
    if let Some(there) = &there
        && whole(there)
        && (path.starts_with("files/") || sum(from, path).await?.is_none_or(|source| source == *there))
    {
        return Ok(Copied::There(there.clone()));
    }
    let Some(bytes) = from.read(path).await? else { return Ok(Copied::Lost) };
    let mut writer = to.writer(path);
    let copied = match pour(bytes, Some(&mut writer)).await {
        Ok(copied) if whole(&copied) => copied,
        other => {
            let _ = writer.abort().await;
            return other.map(|_| Copied::Damaged);
        }
    };
    writer.shutdown().await.map_err(StoreError::Io)?;
    if sum(to, path).await?.as_ref() == Some(&copied) {
        return Ok(Copied::Made(copied));
    }
    Err(StoreError::Io(std::io::Error::other(format!("{path} came back with other bytes than were written"))))
}

async fn sum(depot: &Depot, path: &str) -> Result<Option<Sum>, StoreError> {
    match depot.read(path).await? {
        Some(bytes) => pour(bytes, None).await.map(Some),
        None => Ok(None),
    }
}

/// Reads the bytes, and hands them on to the writer where there is one.
async fn pour(
    mut bytes: BoxStream<'static, Result<Bytes, StoreError>>,
    mut writer: Option<&mut BufWriter>,
) -> Result<Sum, StoreError> {
    let (mut hasher, mut length) = (Sha256::new(), 0);
    while let Some(part) = bytes.try_next().await? {
        hasher.update(&part);
        length += part.len() as u64;
        if let Some(writer) = &mut writer {
            writer.put(part).await.map_err(StoreError::Files)?;
        }
    }
    Ok(Sum { hash: secret::hex(&<[u8; 32]>::from(hasher.finalize())), bytes: length })
}
