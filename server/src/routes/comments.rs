//! What a citizen adds to a ticket: words, files, steps.

use axum::extract::State;
use axum::response::Response;
use podskazka::ticket::{Action, Actor, check_comment, check_words};
use podskazka::wire::Problem;
use podskazka::wire::page::{NewAction, NewComment, TicketEvent};

use super::faults::{fault, fine};
use super::tickets::created;
use crate::app::App;
use crate::error::ApiError;
use crate::input::{Citizen, Submitted};
use crate::store::{Entry, Written};

/// Add information or answer a question; an answer puts a waiting ticket back to work.
#[utoipa::path(post, path = "/v1/tickets/{number}/comments", tag = "public", security(("ticket" = [])),
    request_body = NewComment,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create_comment(
    State(app): State<App>,
    Citizen(ticket): Citizen,
    Submitted { value, repeat }: Submitted<NewComment>,
) -> Result<Response, ApiError> {
    fine(check_comment(&value.text, &value.uploads))?;
    let mut entry = Entry::action(Actor::Citizen, Action::Comment, Some(value.text));
    entry.uploads = value.uploads;
    answer(app.store().add_event(ticket, entry, repeat).await?)
}

/// Confirm that it is solved, reopen, or withdraw.
#[utoipa::path(post, path = "/v1/tickets/{number}/actions", tag = "public", security(("ticket" = [])),
    request_body = NewAction,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create_action(
    State(app): State<App>,
    Citizen(ticket): Citizen,
    Submitted { value, repeat }: Submitted<NewAction>,
) -> Result<Response, ApiError> {
    if value.action == Action::Rate {
        let message = "Оценка отправляется отдельно: POST /v1/tickets/{number}/rating.";
        fine(vec![fault("/action", "unknown", message)])?;
    }
    fine(check_words(value.text.as_deref(), value.action.needs_text()))?;
    let entry = Entry::action(Actor::Citizen, value.action, value.text);
    answer(app.store().add_event(ticket, entry, repeat).await?)
}

/// The answer to an entry, for citizens and operators alike.
pub fn answer(written: Written) -> Result<Response, ApiError> {
    match written {
        Written::Done { event, replayed } => Ok(created(event, replayed)),
        Written::Refused(refusal) => Err(ApiError::Refused(refusal)),
        Written::Mismatch => Err(ApiError::KeyMismatch),
        Written::Changed(version) => Err(ApiError::Changed(version)),
        Written::NoUpload(index) => Err(ApiError::no_upload(index)),
    }
}
