//! Files, written to the disk as they arrive.

use axum::extract::State;
use axum::response::Response;
use futures_util::TryStreamExt as _;
use podskazka::ticket::MAX_FILE;
use podskazka::wire::{Problem, UploadReceipt};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::tickets::created;
use crate::app::App;
use crate::error::ApiError;
use crate::files;
use crate::input::Raw;
use crate::secret;
use crate::store::{NewUpload, StoreError, Stored, Waiting};

/// Take a file (PNG, JPEG, WebP, PDF or plain text, known by content). It is checked afterwards; the token names it
/// when a ticket or a comment is sent, within a day.
#[utoipa::path(post, path = "/uploads", tag = "public",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    params(("Idempotency-Key" = String, Header),
        ("X-Altcha" = Option<String>, Header, description = "Shown work, after an answer 428; see `/challenges`")),
    responses((status = 201, body = UploadReceipt), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 408, body = Problem), (status = 409, body = Problem), (status = 413, body = Problem),
        (status = 415, body = Problem), (status = 422, body = Problem), (status = 428, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub async fn create_upload(State(app): State<App>, raw: Raw) -> Result<Response, ApiError> {
    take(&app, raw, "citizen").await
}

/// Writes the body down, looks at it, records it.
pub async fn take(app: &App, raw: Raw, sender: &'static str) -> Result<Response, ApiError> {
    let name = secret::random_u64().map_err(StoreError::from)?;
    let path = format!("quarantine/{name:016x}");
    let full = app.store().folder().join(&path);
    let result = store(app, raw, sender, &path).await;
    // Only a new record keeps the bytes.
    if !matches!(result, Ok((_, false))) {
        let _ = tokio::fs::remove_file(full).await;
    }
    let (receipt, replayed) = result?;
    Ok(created(receipt, replayed))
}

async fn store(app: &App, raw: Raw, sender: &'static str, path: &str) -> Result<(UploadReceipt, bool), ApiError> {
    let full = app.store().folder().join(path);
    let mut file = tokio::fs::File::create_new(&full).await.map_err(StoreError::from)?;
    let mut body = raw.body.into_data_stream();
    let (mut hasher, mut size, mut head) = (Sha256::new(), 0usize, Vec::new());
    while let Some(chunk) = body.try_next().await.map_err(|_| ApiError::Incomplete)? {
        size += chunk.len();
        if size > MAX_FILE {
            return Err(ApiError::TooLarge);
        }
        head.extend(chunk.iter().take(files::HEAD - head.len().min(files::HEAD)));
        hasher.update(&chunk);
        file.write_all(&chunk).await.map_err(StoreError::from)?;
    }
    file.sync_all().await.map_err(StoreError::from)?;
    let media_type = files::media_type(&head).ok_or(ApiError::UnsupportedMedia)?;
    if media_type.starts_with("image/") {
        let picture = full.clone();
        let fits = tokio::task::spawn_blocking(move || files::fits(&picture)).await;
        if !matches!(fits, Ok(true)) {
            return Err(ApiError::FileRejected);
        }
    }
    let sha256 = secret::hex(&<[u8; 32]>::from(hasher.finalize()));
    let size = u64::try_from(size).unwrap_or(u64::MAX);
    let key = format!("{sender}:{}", raw.key);
    let upload = NewUpload { key, sha256: sha256.clone(), size, media_type, path: path.to_owned(), sender };
    match app.store().add_upload(upload).await? {
        Stored::New { id, token } => {
            app.intake().put(Waiting { id, path: path.to_owned(), media_type: media_type.to_owned() });
            Ok((UploadReceipt { token: token.text(), size, sha256 }, false))
        }
        Stored::Replayed { token } => Ok((UploadReceipt { token: token.text(), size, sha256 }, true)),
        Stored::Mismatch => Err(ApiError::KeyMismatch),
    }
}
