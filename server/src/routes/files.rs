//! Files of a ticket, served so that no browser opens them in our name.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use podskazka::wire::Problem;
use podskazka::wire::page::FileState;

use super::document::Octets;
use crate::app::App;
use crate::error::ApiError;
use crate::files::sealed;
use crate::input::{Citizen, FileId};
use crate::store::{StoredFile, TicketRef};

/// Headers of every file: saved, never shown; no script, no frame, no other origin.
const HEADERS: [(HeaderName, &str); 3] = [
    (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "private, no-store"),
];

/// Fetch a file of the ticket.
#[utoipa::path(get, path = "/v1/tickets/{number}/attachments/{id}", tag = "public", security(("ticket" = [])),
    params(("number" = String, Path), ("id" = u64, Path)),
    responses((status = 200, content((inline(Octets) = "image/png"), (inline(Octets) = "image/jpeg"),
        (inline(Octets) = "application/pdf"), (inline(Octets) = "text/plain"))),
        (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 500, body = Problem)))]
pub async fn show_attachment(
    State(app): State<App>,
    Citizen(ticket): Citizen,
    FileId(id): FileId,
) -> Result<Response, ApiError> {
    serve(&app, ticket, id, false).await
}

/// The file, if it belongs to the ticket and has passed the check.
pub async fn serve(app: &App, ticket: TicketRef, id: i64, all: bool) -> Result<Response, ApiError> {
    let file = app.store().ticket_file(ticket.id, id, all).await?.ok_or(ApiError::NotFound)?;
    match file.state {
        FileState::Rejected => Err(ApiError::NotFound),
        FileState::Quarantined => Err(ApiError::Checking),
        FileState::Clean => attachment(app, id, file).await,
    }
}

async fn attachment(app: &App, id: i64, file: StoredFile) -> Result<Response, ApiError> {
    let extension = match file.media_type.as_str() {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "application/pdf" => "pdf",
        _ => "txt",
    };
    let stored = app.store().depot().read(&file.path).await?;
    let stored = stored.ok_or(ApiError::FileMissing(file.path))?;
    let mut response = Body::from_stream(sealed::open(file.key, stored)).into_response();
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    if let (Ok(kind), Ok(name)) = (
        HeaderValue::from_str(&file.media_type),
        HeaderValue::from_str(&format!("attachment; filename=\"file-{id}.{extension}\"")),
    ) {
        headers.insert(header::CONTENT_TYPE, kind);
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
