//! Tickets of citizens: made once per key, opened by their own token.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use podskazka::ticket::{check, close, cover_but, judge, parse_number};
use podskazka::wire::page::{MyTickets, TicketCreated, TicketPage};
use podskazka::wire::{NewTicket, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::content::tagged;
use super::faults::fine;
use crate::app::App;
use crate::consent;
use crate::content::Kind;
use crate::error::ApiError;
use crate::input::{Opened, Sender, Subject, Submitted, bad_query};
use crate::peer;
use crate::routing;
use crate::secret;
use crate::site::site_key;
use crate::store::{Created, StoreError, Submission};

/// Take a ticket. The same `Idempotency-Key` with the same body gets the same answer for seven days, with
/// `Idempotency-Replayed: true`.
#[utoipa::path(post, path = "/v1/tickets", tag = "public", request_body = NewTicket,
    params(("Idempotency-Key" = String, Header, description = "16 to 64 of A-Z a-z 0-9 - _; 128 random bits"),
        ("X-Altcha" = Option<String>, Header, description = "Shown work, after an answer 428; see `/challenges`"),
        ("X-Identity" = Option<String>, Header, description = "JWT of the portal; the ticket then is the person's own")),
    responses((status = 201, body = TicketCreated), (status = 409, body = Problem), (status = 410, body = Problem),
        (status = 422, body = Problem), (status = 428, body = Problem)))]
pub async fn create_ticket(
    State(app): State<App>,
    headers: HeaderMap,
    Extension(network): Extension<peer::Caller>,
    sender: Sender,
    submitted: Submitted<NewTicket>,
) -> Result<Response, ApiError> {
    let Submitted { value: mut ticket, repeat } = submitted;
    let site = site_key(&headers).unwrap_or_default().to_owned();
    let asks = app.sites().iter().find(|it| it.key == site);
    let mut faults = check(&ticket, asks.map_or(&[], |it| it.optional.as_slice()));
    faults.extend(consent::fault(asks.map_or(&[], |it| it.consent.as_slice()), ticket.consent.as_ref()));
    fine(faults)?;
    judge(&mut ticket);
    hold(&app, &mut ticket).await?;
    cover_but(&mut ticket, |text, scrub| app.plain().scrub(text, scrub));
    let place = routing::place(app.routing(), &site, &ticket);
    let (key, request_hash) = (repeat.key, repeat.request_hash);
    let submission = Submission { ticket, site, place, subject: sender.subject, network: network.0, key, request_hash };
    let (receipt, replayed) = match app.store().create_ticket(submission).await? {
        Created::New(receipt) => (receipt, false),
        Created::Replayed(receipt) => (receipt, true),
        Created::Mismatch => return Err(ApiError::KeyMismatch),
        Created::Erased => return Err(ApiError::Erased),
        Created::TooOften(wait) => return Err(ApiError::TooOften(wait)),
        Created::NoUpload(index) => return Err(ApiError::no_upload(index)),
    };
    let deadlines = receipt.deadlines();
    let (number, token, status) = (receipt.number, receipt.token.text(), receipt.status);
    let body = TicketCreated { number, token, status, deadlines, identity_refused: sender.refused };
    Ok(created(body, replayed))
}

/// Takes away values that our own schema of the form does not let go, whatever a page says. A form that we have no schema of is its
/// portal's to describe.
async fn hold(app: &App, ticket: &mut NewTicket) -> Result<(), ApiError> {
    if ticket.snapshot.fields.iter().all(|field| field.value.is_none()) {
        return Ok(());
    }
    let (reading, form) = (app.clone(), ticket.snapshot.form.clone());
    let schema = tokio::task::spawn_blocking(move || reading.content().get(Kind::Schema, &form));
    if let Some(schema) = schema.await.map_err(|_| ApiError::Internal)? {
        close(ticket, &schema.open);
    }
    Ok(())
}

/// Where a page of the own tickets begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MyQuery {
    /// `next` of the page before.
    before: Option<String>,
}

/// List the tickets of the person whom the portal names, on whatever device they were sent.
#[utoipa::path(get, path = "/v1/tickets", tag = "public", security(("identity" = [])), params(MyQuery),
    responses((status = 200, body = MyTickets), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn list_tickets(
    State(app): State<App>,
    Subject(subject): Subject,
    query: Result<Query<MyQuery>, QueryRejection>,
) -> Result<Json<MyTickets>, ApiError> {
    let Query(query) = query.map_err(|_| bad_query("", "before"))?;
    let before = match query.before {
        None => None,
        Some(text) => Some(parse_number(&text).ok_or_else(|| bad_query("before", "`next` прошлой страницы"))?),
    };
    Ok(Json(app.store().subject_tickets(subject, before).await?))
}

/// Show a ticket: state, deadlines, public history, what may be done. Whoever asks again and again sends the `ETag` of the
/// last answer in `If-None-Match` and gets 304 while nothing has changed; a tag serves the token that it was given to.
#[utoipa::path(get, path = "/v1/tickets/{number}", tag = "public", security(("ticket" = [])),
    params(("number" = String, Path, description = "Such as PS-28T5CY4T-Y; case and dashes do not matter"),
        ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = TicketPage), (status = 304), (status = 404, body = Problem)))]
pub async fn show_ticket(State(app): State<App>, opened: Opened, headers: HeaderMap) -> Result<Response, ApiError> {
    let mark = opened.mark();
    let bytes = serde_json::to_vec(&app.store().page(opened.ticket).await?).map_err(StoreError::from)?;
    let tag = secret::hex(&secret::sha256(&[&mark, &bytes])).get(..32).unwrap_or_default().to_owned();
    // No browser keeps it, and nothing between: the tag is for a program that keeps the page itself.
    Ok(tagged(&headers, &tag, "application/json", "private, no-store", bytes.into()))
}

/// 201, and whether it is a repeated answer.
pub fn created<T: serde::Serialize>(body: T, replayed: bool) -> Response {
    let mut response = (StatusCode::CREATED, Json(body)).into_response();
    if replayed {
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
    }
    response
}
