//! How it went, in the citizen's own eyes.

use axum::extract::State;
use axum::response::Response;
use podskazka::ticket::{Action, Actor, check_rating};
use podskazka::wire::Problem;
use podskazka::wire::page::{Rating, TicketEvent};

use super::comments::answer;
use super::faults::fine;
use crate::app::App;
use crate::error::ApiError;
use crate::input::{Citizen, Submitted};
use crate::store::{Entry, StoreError};

/// Say how it went, once, after the ticket is solved.
#[utoipa::path(post, path = "/v1/tickets/{number}/rating", tag = "public", security(("ticket" = [])),
    request_body = Rating,
    params(("number" = String, Path), ("Idempotency-Key" = String, Header)),
    responses((status = 201, body = TicketEvent), (status = 404, body = Problem), (status = 409, body = Problem),
        (status = 422, body = Problem)))]
pub async fn create_rating(
    State(app): State<App>,
    Citizen(ticket): Citizen,
    Submitted { value, repeat }: Submitted<Rating>,
) -> Result<Response, ApiError> {
    fine(check_rating(&value))?;
    // Score and words are sealed together: what a person thinks of an answer is theirs.
    let sealed = serde_json::to_string(&value).map_err(StoreError::from)?;
    let entry = Entry::action(Actor::Citizen, Action::Rate, Some(sealed));
    answer(app.store().add_event(ticket, entry, repeat).await?)
}
