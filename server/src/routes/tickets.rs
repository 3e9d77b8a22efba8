//! Tickets of citizens: made once per key, opened by their own token.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use podskazka::ticket::check;
use podskazka::wire::page::{TicketCreated, TicketPage};
use podskazka::wire::{NewTicket, Problem};

use crate::app::App;
use crate::error::ApiError;
use crate::input::{Citizen, Submitted};
use crate::site::site_key;
use crate::store::{Created, Submission};

/// Take a ticket. The same `Idempotency-Key` with the same body gets the same answer for seven days, with
/// `Idempotency-Replayed: true`.
#[utoipa::path(post, path = "/tickets", tag = "public", request_body = NewTicket,
    params(("Idempotency-Key" = String, Header, description = "16 to 64 of A-Z a-z 0-9 - _; 128 random bits"),
        ("X-Site-Key" = Option<String>, Header)),
    responses((status = 201, body = TicketCreated), (status = 400, body = Problem), (status = 403, body = Problem),
        (status = 408, body = Problem), (status = 413, body = Problem), (status = 415, body = Problem),
        (status = 422, body = Problem), (status = 429, body = Problem), (status = 503, body = Problem)))]
pub async fn create_ticket(
    State(app): State<App>,
    headers: HeaderMap,
    submitted: Submitted<NewTicket>,
) -> Result<Response, ApiError> {
    let Submitted { value: ticket, repeat } = submitted;
    let faults = check(&ticket);
    if !faults.is_empty() {
        return Err(ApiError::Invalid(faults));
    }
    let site = site_key(&headers).unwrap_or_default().to_owned();
    let submission = Submission { ticket, site, key: repeat.key, request_hash: repeat.request_hash };
    let (receipt, replayed) = match app.store().create_ticket(submission).await? {
        Created::New(receipt) => (receipt, false),
        Created::Replayed(receipt) => (receipt, true),
        Created::Mismatch => return Err(ApiError::KeyMismatch),
        Created::NoUpload(index) => return Err(ApiError::no_upload(index)),
    };
    let body = TicketCreated {
        number: receipt.number,
        token: receipt.token.text(),
        status: receipt.status,
        deadlines: receipt.deadlines,
    };
    Ok(created(body, replayed))
}

/// Show a ticket: state, deadlines, public history, what may be done.
#[utoipa::path(get, path = "/tickets/{number}", tag = "public", security(("ticket" = [])),
    params(("number" = String, Path, description = "Such as PS-28T5CY4T-Y; case and dashes do not matter")),
    responses((status = 200, body = TicketPage), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 429, body = Problem), (status = 503, body = Problem)))]
pub async fn show_ticket(State(app): State<App>, Citizen(ticket): Citizen) -> Result<Json<TicketPage>, ApiError> {
    Ok(Json(app.store().page(ticket).await?))
}

/// 201, and whether it is a repeated answer.
pub fn created<T: serde::Serialize>(body: T, replayed: bool) -> Response {
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    if replayed {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}
