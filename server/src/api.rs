//! Handlers of `/v1`.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use podskazka::wire::{NewTicket, ProblemItem, TicketReceipt, TicketView, UploadReceipt};
use serde_path_to_error::Segment;

use crate::error::ApiError;
use crate::secret::{self, Token};
use crate::store::{Created, NewUpload, Store, StoreError, Submission};
use crate::{rules, uploads};

/// Most bytes of a picture.
pub const MAX_UPLOAD: usize = 10 * 1024 * 1024;
/// Most bytes of a ticket.
pub const MAX_TICKET: usize = 256 * 1024;
/// Longest time for one request, body included.
const PATIENCE: Duration = Duration::from_secs(60);

/// Routes of the API and of the health checks.
pub fn routes(store: Store) -> Router {
    let v1 = Router::new()
        .route("/uploads", post(upload).layer(DefaultBodyLimit::max(MAX_UPLOAD)))
        .route("/tickets", post(create).layer(DefaultBodyLimit::max(MAX_TICKET)))
        .route("/tickets/{number}", get(view))
        .fallback(async || ApiError::NotFound)
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(middleware::from_fn(in_time));
    Router::new()
        .nest("/v1", v1)
        .route("/livez", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .with_state(store)
}

async fn in_time(request: Request, next: Next) -> Response {
    let mut response = match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => ApiError::Incomplete.into_response(),
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn ready(State(store): State<Store>) -> Result<&'static str, ApiError> {
    store.ping().await?;
    Ok("ok\n")
}

async fn upload(
    State(store): State<Store>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<UploadReceipt>), ApiError> {
    let bytes = whole(body)?;
    let media_type = uploads::media_type(&bytes).ok_or(ApiError::UnsupportedMedia)?;
    let sha256 = secret::hex(&secret::sha256(&[&bytes]));
    let token = Token::random().map_err(StoreError::from)?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let (folder, name) = (store.files().to_path_buf(), sha256.clone());
    tokio::task::spawn_blocking(move || uploads::save(&folder, &name, &bytes))
        .await
        .map_err(|_| StoreError::Stopped)?
        .map_err(StoreError::from)?;
    let path = format!("files/{sha256}");
    store.add_upload(NewUpload { token_hash: token.hash(), sha256: sha256.clone(), size, media_type, path }).await?;
    Ok((StatusCode::CREATED, Json(UploadReceipt { token: token.text(), size, sha256 })))
}

async fn create(
    State(store): State<Store>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, ApiError> {
    let body = whole(body)?;
    let key = idempotency_key(&headers)?.to_owned();
    let ticket = parse(&body)?;
    let faults = rules::check(&ticket);
    if !faults.is_empty() {
        return Err(ApiError::Invalid(faults));
    }
    let submission = Submission { ticket, key, request_hash: secret::sha256(&[&body]) };
    let (number, token, replayed) = match store.create_ticket(submission).await? {
        Created::New { number, token } => (number, token, false),
        Created::Replayed { number, token } => (number, token, true),
        Created::Mismatch => return Err(ApiError::KeyMismatch),
        Created::NoUpload(index) => {
            return Err(ApiError::Invalid(vec![ProblemItem {
                pointer: format!("/uploads/{index}"),
                code: "upload-unknown".to_owned(),
                message: "Эта картинка не найдена или уже приложена. Приложите её ещё раз.".to_owned(),
            }]));
        }
    };
    let receipt = TicketReceipt { number, token: token.text(), status: "new".to_owned() };
    let mut response = (StatusCode::CREATED, Json(receipt)).into_response();
    if replayed {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    Ok(response)
}

async fn view(
    State(store): State<Store>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Json<TicketView>, ApiError> {
    let token = bearer(&headers).and_then(Token::parse).ok_or(ApiError::NotFound)?;
    let number = rules::parse_number(&number).ok_or(ApiError::NotFound)?;
    store.ticket(number, &token).await?.map(Json).ok_or(ApiError::NotFound)
}

fn whole(body: Result<Bytes, BytesRejection>) -> Result<Bytes, ApiError> {
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => ApiError::TooLarge,
        _ => ApiError::Incomplete,
    })
}

fn idempotency_key(headers: &HeaderMap) -> Result<&str, ApiError> {
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok()).ok_or(ApiError::KeyRequired)?;
    let lawful = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if lawful && (16..=64).contains(&key.len()) { Ok(key) } else { Err(ApiError::KeyRequired) }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn parse(body: &[u8]) -> Result<NewTicket, ApiError> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let ticket = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let pointer = pointer(error.path());
        // serde has no kind for it; the test `bad_requests_say_what_is_wrong` holds this wording.
        if error.inner().to_string().starts_with("unknown field") {
            let message = "Такого поля в обращении нет. Уберите его.".to_owned();
            ApiError::UnknownField(ProblemItem { pointer, code: "unknown-field".to_owned(), message })
        } else {
            malformed(pointer)
        }
    })?;
    json.end().map_err(|_| malformed(String::new()))?;
    Ok(ticket)
}

fn malformed(pointer: String) -> ApiError {
    let message = "Здесь нужен JSON по описанию обращения, например {\"topic\": \"form\", …}.".to_owned();
    ApiError::Malformed(ProblemItem { pointer, code: "json".to_owned(), message })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}
