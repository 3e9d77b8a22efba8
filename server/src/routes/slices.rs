//! Files over bad lines, slice by slice: what has come once is not sent again.
//!
//! The IETF draft "Resumable Uploads for HTTP" (draft-ietf-httpbis-resumable-upload) without its interim answers, which a page cannot
//! see. Only who began a file may go on with it: every request has the `Idempotency-Key` under which it was announced.
//! Slices lie sealed, each in a file of its own, so that a bucket takes them too; the last one makes the file whole, and
//! from there on it is as if it had come at once.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use podskazka::ticket::MAX_FILE;
use podskazka::wire::{Problem, UploadReceipt};

use super::document::Octets;
use super::tickets::created;
use super::uploads::lay_down;
use crate::app::App;
use crate::error::ApiError;
use crate::files;
use crate::input::Raw;
use crate::store::{Begun, Partial, StoreError};

/// Bytes that are laid down at once: what is lost at most when the server dies.
const PIECE: usize = 256 * 1024;
/// Less than this is not worth a file of its own, unless it is the end: a broken line costs so much at most.
const CRUMB: usize = 16 * 1024;
/// What may be sent.
const LIMIT: &str = "max-size=10485760";
/// What a slice is sent as: the draft's own type, or that of any bytes, for clients that know no other.
const SLICES: [&str; 2] = ["application/partial-upload", "application/octet-stream"];
const SENDER: &str = "citizen";

fn sender_key(key: &str) -> String {
    format!("{SENDER}:{key}")
}

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// Announces a file, or tells how far it is.
pub async fn begin(app: &App, headers: &HeaderMap, raw: Raw) -> Result<Response, ApiError> {
    let length = number(headers, "upload-length").ok_or(ApiError::Incomplete)?;
    if length > MAX_FILE as u64 {
        return Err(ApiError::TooLarge);
    }
    let mut partial = match app.store().begin_partial(sender_key(&raw.key), length).await? {
        Begun::Whole { token, size, sha256 } => {
            let receipt = UploadReceipt { token: token.text(), size, sha256 };
            return Ok(told(created(receipt, true), length, true));
        }
        Begun::Mismatch => return Err(ApiError::KeyMismatch),
        Begun::Partial(partial) => partial,
    };
    let name = partial.name.clone();
    if partial.received == 0 {
        // The first bytes may come along.
        match append(app.clone(), partial, raw).await? {
            Appended::Whole(response) => return Ok(told(response, length, true)),
            Appended::Part(more) => partial = more,
        }
    }
    let mut response = told(StatusCode::CREATED.into_response(), partial.received, false);
    if let Ok(place) = HeaderValue::from_str(&format!("uploads/{name}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

/// Tell how much of a file is there. For who began it: under its `Idempotency-Key`.
#[utoipa::path(head, path = "/v1/uploads/{name}", tag = "public",
    params(("name" = String, Path, description = "From `Location`"), ("Idempotency-Key" = String, Header)),
    responses((status = 204, headers(("Upload-Offset" = u64), ("Upload-Complete" = String), ("Upload-Length" = u64),
        ("Upload-Limit" = String))), (status = 400), (status = 404)))]
pub async fn show_partial(State(app): State<App>, Path(name): Path<String>, raw: Raw) -> Result<Response, ApiError> {
    let partial = app.store().partial(name, sender_key(&raw.key)).await?.ok_or(ApiError::NotFound)?;
    let mut response = told(StatusCode::NO_CONTENT.into_response(), partial.received, false);
    response.headers_mut().insert("upload-length", HeaderValue::from(partial.length));
    Ok(response)
}

/// Take the next slice of a file. What arrives of it stays, even when the line breaks; the answer to the last one has the
/// token.
#[utoipa::path(patch, path = "/v1/uploads/{name}", tag = "public",
    request_body(content((inline(Octets) = "application/partial-upload"), (inline(Octets) = "application/octet-stream"))),
    params(("name" = String, Path, description = "From `Location`"), ("Idempotency-Key" = String, Header),
        ("Upload-Offset" = u64, Header, description = "Where the slice begins: as much as is there"),
        ("Upload-Complete" = Option<String>, Header, description = "`?1` with the last slice")),
    responses((status = 201, body = UploadReceipt), (status = 204, headers(("Upload-Offset" = u64))),
        (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn append_slice(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    raw: Raw,
) -> Result<Response, ApiError> {
    let partial = app.store().partial(name, sender_key(&raw.key)).await?.ok_or(ApiError::NotFound)?;
    if headers.get(header::CONTENT_TYPE).is_none_or(|it| !SLICES.iter().any(|kind| it == kind)) {
        return Err(ApiError::UnsupportedMedia);
    }
    if number(&headers, "upload-offset") != Some(partial.received) {
        return Err(ApiError::WrongOffset(partial.received));
    }
    let length = partial.length;
    if number(&headers, "content-length").is_some_and(|more| more > length - partial.received) {
        return Err(ApiError::TooLarge);
    }
    Ok(match append(app, partial, raw).await? {
        Appended::Whole(response) => told(response, length, true),
        Appended::Part(partial) => told(StatusCode::NO_CONTENT.into_response(), partial.received, false),
    })
}

fn told(mut response: Response, offset: u64, complete: bool) -> Response {
    let headers = response.headers_mut();
    headers.insert("upload-offset", HeaderValue::from(offset));
    headers.insert("upload-complete", HeaderValue::from_static(if complete { "?1" } else { "?0" }));
    headers.insert("upload-limit", HeaderValue::from_static(LIMIT));
    response
}

enum Appended {
    Part(Partial),
    Whole(Response),
}

/// In a task of its own: when the line breaks, what has come is still laid down.
async fn append(app: App, partial: Partial, raw: Raw) -> Result<Appended, ApiError> {
    tokio::spawn(async move { appended(&app, partial, raw).await }).await.map_err(|_| ApiError::Internal)?
}

async fn appended(app: &App, mut partial: Partial, raw: Raw) -> Result<Appended, ApiError> {
    let key = &raw.key.clone();
    let mut body = raw.bytes();
    let mut waiting: Vec<u8> = Vec::new();
    let cut = loop {
        match body.try_next().await {
            Ok(Some(chunk)) => {
                if partial.received + (waiting.len() + chunk.len()) as u64 > partial.length {
                    return Err(ApiError::TooLarge);
                }
                waiting.extend_from_slice(&chunk);
                while waiting.len() >= PIECE {
                    let rest = waiting.split_off(PIECE);
                    lay(app, &mut partial, key, std::mem::replace(&mut waiting, rest)).await?;
                }
            }
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    let whole = partial.received + waiting.len() as u64 == partial.length;
    if waiting.len() >= CRUMB || (whole && !waiting.is_empty()) {
        lay(app, &mut partial, key, waiting).await?;
    }
    if partial.received == partial.length {
        return finish(app, partial, key).await.map(Appended::Whole);
    }
    cut.map_or(Ok(Appended::Part(partial)), Err)
}

fn label(start: u64) -> String {
    format!("slice {start}")
}

/// Lays a slice down and counts it.
async fn lay(app: &App, partial: &mut Partial, key: &str, bytes: Vec<u8>) -> Result<(), ApiError> {
    let start = partial.received;
    // What will not be taken is said at once, before the rest is sent over a bad line.
    if start == 0 {
        let refused = match files::media_type(&bytes) {
            None => Some(ApiError::UnsupportedMedia),
            Some(kind) if kind.starts_with("image/") && !files::fits(&bytes, false) => Some(ApiError::FileRejected),
            Some(_) => None,
        };
        if let Some(error) = refused {
            app.store().forget_partial(partial.id).await?;
            return Err(error);
        }
    }
    let (store, end) = (app.store(), start + bytes.len() as u64);
    let path = store.slice_path()?;
    let sealed = partial.key.seal(&label(start), &bytes).map_err(StoreError::from)?;
    store.depot().put(&path, sealed).await?;
    if store.add_slice(partial.id, start, end, path.clone()).await? {
        partial.received = end;
        return Ok(());
    }
    // Another request was first.
    store.depot().delete(&path).await?;
    let there = store.partial(partial.name.clone(), sender_key(key)).await?.ok_or(ApiError::NotFound)?;
    Err(ApiError::WrongOffset(there.received))
}

/// The slices become one file, as if it had come at once.
async fn finish(app: &App, partial: Partial, key: &str) -> Result<Response, ApiError> {
    let store = app.store();
    let slices = store.slices(partial.id).await?;
    let bytes = stream::iter(slices.into_iter().map(Ok)).and_then(|(start, path)| {
        let (store, key) = (store.clone(), partial.key.clone());
        async move {
            let stored = store.depot().read(&path).await?.ok_or(ApiError::NotFound)?;
            let sealed: Vec<Bytes> = stored.try_collect().await?;
            let open = key.open(&label(start), &sealed.concat()).map_err(StoreError::from)?;
            Ok::<_, ApiError>(Bytes::from(open))
        }
    });
    let response = lay_down(app, key, SENDER, bytes.boxed()).await;
    // A storage that is away for a moment is asked again; everything else is final.
    if !matches!(response, Err(ApiError::Storage(_))) {
        store.forget_partial(partial.id).await?;
    }
    response
}
