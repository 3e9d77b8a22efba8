//! Work for pages where many ask at once.

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::{Extension, Json};
use podskazka::wire::challenge::{Challenge, NewChallenge};

use crate::app::App;
use crate::challenge::{self, Binding};
use crate::clock;
use crate::error::ApiError;
use crate::input::Said;
use crate::peer::{self, Peer};
use crate::site::site_key;

/// Give work to show with a ticket or a file. Needed only after an answer 428 `captcha-required`: the solution goes in
/// the header `X-Altcha` of the same request.
#[utoipa::path(post, path = "/v1/challenges", tag = "public", request_body = NewChallenge,
    responses((status = 200, body = Challenge)))]
pub async fn create_challenge(
    State(app): State<App>,
    Extension(Peer(address)): Extension<Peer>,
    headers: HeaderMap,
    Said(value): Said<NewChallenge>,
) -> Result<Json<Challenge>, ApiError> {
    let binding = Binding {
        site: site_key(&headers).unwrap_or_default(),
        network: peer::prefix(peer::client(address, &headers, app.proxies())),
        action: value.action,
        browser: headers.contains_key(header::ORIGIN),
    };
    Ok(Json(challenge::make(app.store(), &binding, app.proof_work(), clock::now())?))
}
