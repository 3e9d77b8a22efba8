//! Whether letters come about a ticket.

use axum::Json;
use axum::extract::State;
use podskazka::wire::Problem;
use podskazka::wire::page::{Letters, TurnLetters};

use crate::app::App;
use crate::error::ApiError;
use crate::input::{Citizen, Said};

/// Tell whether letters come about the ticket.
#[utoipa::path(get, path = "/v1/tickets/{number}/letters", tag = "public", security(("ticket" = [])),
    params(("number" = String, Path)),
    responses((status = 200, body = Letters), (status = 404, body = Problem)))]
pub async fn show_letters(State(app): State<App>, Citizen(ticket): Citizen) -> Result<Json<Letters>, ApiError> {
    sent(&app)?;
    Ok(Json(Letters { state: app.store().letters(ticket).await? }))
}

/// Turn letters on, which asks the owner of the address first, or off.
#[utoipa::path(post, path = "/v1/tickets/{number}/letters", tag = "public", security(("ticket" = [])),
    request_body = TurnLetters, params(("number" = String, Path)),
    responses((status = 200, body = Letters), (status = 404, body = Problem)))]
pub async fn turn_letters(
    State(app): State<App>,
    Citizen(ticket): Citizen,
    Said(value): Said<TurnLetters>,
) -> Result<Json<Letters>, ApiError> {
    sent(&app)?;
    Ok(Json(Letters { state: app.store().turn_letters(ticket, value.on).await? }))
}

/// A server without mail has nothing to turn.
fn sent(app: &App) -> Result<(), ApiError> {
    if app.mails() { Ok(()) } else { Err(ApiError::NotFound) }
}
