//! What everybody may know before they write: whether operators answer now, and what is known to be broken.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::Event;
use axum::response::{Response, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use podskazka::ticket::calendar::OPERATORS;
use podskazka::wire::Problem;
use podskazka::wire::desk::{NewNotice, check_notice};
use podskazka::wire::page::{Notice, ServiceStatus};

use super::content::tagged;
use super::document::StreamEvent;
use super::faults::{fault, fine};
use super::tickets::created;
use crate::app::App;
use crate::clock;
use crate::error::ApiError;
use crate::input::{FileId, Submitted};
use crate::secret;
use crate::store::{Operator, Posted, Scope, StoreError};

/// Tell whether operators answer now, and what is known to be broken.
#[utoipa::path(get, path = "/v1/status", tag = "public", params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = ServiceStatus), (status = 304)))]
pub async fn show_status(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let now = clock::now();
    let status = ServiceStatus {
        open_now: OPERATORS.is_open(now),
        calendar: OPERATORS.id.to_string(),
        notices: app.store().notices(now).await?,
    };
    let bytes = serde_json::to_vec(&status).map_err(StoreError::from)?;
    let tag = secret::hex(&secret::sha256(&[&bytes])).get(..32).unwrap_or_default().to_owned();
    Ok(tagged(&headers, &tag, "application/json", "public, max-age=30", bytes.into()))
}

/// Between the two events; a page that gets both at once knows that something on the way holds answers back.
const PULSE: Duration = Duration::from_millis(400);

/// Stream two events with a pause of 400 ms between them: the access check of a page learns whether live updates get
/// through to it.
#[utoipa::path(get, path = "/v1/status/events", tag = "public",
    responses((status = 200, body = StreamEvent, content_type = "text/event-stream")))]
pub async fn stream_pulse() -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(unfold(0_u8, async |count| {
        if count == 1 {
            tokio::time::sleep(PULSE).await;
        }
        (count < 2).then(|| (Ok(Event::default().event("pulse").data(count.to_string())), count + 1))
    }))
}

/// Put up a notice for everybody: what is broken, and what to do meanwhile.
#[utoipa::path(post, path = "/v1/desk/notices", tag = "desk", security(("operator" = [])), request_body = NewNotice,
    params(("Idempotency-Key" = String, Header)),
    responses((status = 201, body = Notice), (status = 422, body = Problem)))]
pub async fn create_notice(
    State(app): State<App>,
    operator: Operator,
    Submitted { value, repeat }: Submitted<NewNotice>,
) -> Result<Response, ApiError> {
    operator.require(Scope::Assign)?;
    let mut faults = check_notice(&value);
    if value.until.as_deref().is_some_and(|until| clock::seconds(until) <= clock::now()) {
        let message = "Время окончания: позже нынешнего, например 2026-11-25T18:00:00Z.";
        faults.push(fault("/until", "format", message));
    }
    fine(faults)?;
    match app.store().add_notice(operator.name, value, repeat).await? {
        Posted::Done { notice, replayed } => Ok(created(notice, replayed)),
        Posted::Mismatch => Err(ApiError::KeyMismatch),
    }
}

/// Take a notice down.
#[utoipa::path(post, path = "/v1/desk/notices/{id}/end", tag = "desk", security(("operator" = [])),
    params(("id" = u64, Path)),
    responses((status = 204), (status = 404, body = Problem)))]
pub async fn end_notice(
    State(app): State<App>,
    operator: Operator,
    FileId(id): FileId,
) -> Result<StatusCode, ApiError> {
    operator.require(Scope::Assign)?;
    let known = app.store().end_notice(operator.name, id).await?;
    if known { Ok(StatusCode::NO_CONTENT) } else { Err(ApiError::NotFound) }
}
