//! Files, sealed and laid down as they arrive.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use futures_util::{Stream, TryStreamExt as _};
use object_store::buffered::BufWriter;
use podskazka::ticket::MAX_FILE;
use podskazka::wire::{Problem, UploadReceipt};
use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::document::Octets;
use super::{slices, tickets::created};
use crate::app::App;
use crate::error::ApiError;
use crate::files::sealed::Sealer;
use crate::files::{self, pdf};
use crate::input::Raw;
use crate::secret;
use crate::store::{NewUpload, StoreError, Stored, Waiting};

/// Take a file (PNG, JPEG, WebP, PDF or plain text, known by content). It is checked afterwards; the token names it
/// when a ticket or a comment is sent, within a day.
///
/// A file over a bad line is announced first and comes in slices, as the IETF draft "Resumable Uploads for HTTP" has it: with
/// `Upload-Complete: ?0` and `Upload-Length` the answer has no token, but `Location` and `Upload-Offset`, from which the slices go
/// on. The same request again, under the same key, tells how much is there by now, or the token once all is. What was
/// begun is kept for a day.
#[utoipa::path(post, path = "/v1/uploads", tag = "public",
    request_body(content = inline(Octets), content_type = "application/octet-stream"),
    params(("Idempotency-Key" = String, Header),
        ("Upload-Complete" = Option<String>, Header, description = "`?0`: the file comes in slices"),
        ("Upload-Length" = Option<u64>, Header, description = "Bytes of a file that comes in slices"),
        ("X-Altcha" = Option<String>, Header, description = "Shown work, after an answer 428; see `/challenges`")),
    responses((status = 201, body = UploadReceipt), (status = 409, body = Problem), (status = 422, body = Problem),
        (status = 428, body = Problem)))]
pub async fn create_upload(State(app): State<App>, headers: HeaderMap, raw: Raw) -> Result<Response, ApiError> {
    if headers.get("upload-complete").is_some_and(|it| it == "?0") {
        return slices::begin(&app, &headers, raw).await;
    }
    take(&app, raw, "citizen").await
}

/// Lays the body down sealed, looks at it, records it.
pub async fn take(app: &App, raw: Raw, sender: &'static str) -> Result<Response, ApiError> {
    let key = raw.key.clone();
    lay_down(app, &key, sender, raw.bytes()).await
}

/// The same of bytes from anywhere.
pub async fn lay_down<S>(app: &App, key: &str, sender: &'static str, bytes: S) -> Result<Response, ApiError>
where
    S: Stream<Item = Result<Bytes, ApiError>> + Send + Unpin,
{
    let name = secret::random_u64().map_err(StoreError::from)?;
    let path = format!("quarantine/{name:016x}");
    let sender_key = format!("{sender}:{key}");
    let (key, wrapped) = app.store().file_key()?;
    let mut writer = app.store().depot().writer(&path);
    let received = receive(bytes, Sealer::new(key.clone()), &mut writer).await;
    let Received { sha256, size, media_type } = match received {
        Ok(received) => received,
        Err(error) => {
            let _ = writer.abort().await;
            return Err(error);
        }
    };
    // From here on the writer clears up after itself.
    writer.shutdown().await.map_err(StoreError::Io)?;
    let upload =
        NewUpload { key: sender_key, sha256: sha256.clone(), size, media_type, path: path.clone(), sender, wrapped };
    let stored = app.store().add_upload(upload).await;
    // Only a new record keeps the bytes.
    if !matches!(stored, Ok(Stored::New { .. })) {
        app.store().depot().delete(&path).await?;
    }
    match stored? {
        Stored::New { id, token } => {
            app.intake().put(Waiting { id, path, media_type: media_type.to_owned(), key: Some(key) });
            Ok(created(UploadReceipt { token: token.text(), size, sha256 }, false))
        }
        Stored::Replayed { token } => Ok(created(UploadReceipt { token: token.text(), size, sha256 }, true)),
        Stored::Mismatch => Err(ApiError::KeyMismatch),
    }
}

/// What a body turned out to be.
struct Received {
    sha256: String,
    size: u64,
    media_type: &'static str,
}

async fn receive<S>(mut bytes: S, mut sealer: Sealer, writer: &mut BufWriter) -> Result<Received, ApiError>
where
    S: Stream<Item = Result<Bytes, ApiError>> + Unpin,
{
    let (mut hasher, mut size, mut head, mut lock) = (Sha256::new(), 0usize, Vec::new(), pdf::Lock::default());
    while let Some(chunk) = bytes.try_next().await? {
        size += chunk.len();
        if size > MAX_FILE {
            return Err(ApiError::TooLarge);
        }
        head.extend(chunk.iter().take(files::HEAD - head.len().min(files::HEAD)));
        hasher.update(&chunk);
        lock.look(&chunk);
        for piece in sealer.push(&chunk)? {
            writer.put(piece).await.map_err(StoreError::Files)?;
        }
    }
    let media_type = files::media_type(&head).ok_or(ApiError::UnsupportedMedia)?;
    if media_type.starts_with("image/") && !files::fits(&head, head.len() == size) {
        return Err(ApiError::FileRejected);
    }
    if media_type == "application/pdf" && lock.found() {
        return Err(ApiError::FileLocked);
    }
    writer.put(sealer.end()?).await.map_err(StoreError::Files)?;
    let sha256 = secret::hex(&<[u8; 32]>::from(hasher.finalize()));
    Ok(Received { sha256, size: u64::try_from(size).unwrap_or(u64::MAX), media_type })
}
