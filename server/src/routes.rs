//! Every route of `/v1` with its body limit and its class of limits, one line each.

mod challenges;
mod comments;
mod config;
mod content;
mod desk;
mod docs;
mod document;
mod events;
mod faults;
mod files;
mod letters;
mod load;
mod mail;
mod moves;
mod rating;
mod recover;
mod reports;
mod satisfaction;
mod slices;
mod stats;
mod status;
mod tickets;
mod uploads;

#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use desk::read_cursor;

use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::FutureExt as _;
use podskazka::ticket::MAX_FILE;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt as _};
use utoipa_axum::routes;

use crate::app::App;
use crate::error::ApiError;
use crate::limits::{Class, guard};
use crate::pace::{Paced, Progress};
use crate::site::{cross_origin, page_headers};

/// Most bytes of a JSON body: 500 fields of a form and every text at its limit.
const MAX_JSON: usize = 256 * 1024;
/// Most bytes of a comment or an action, 4 000 characters escaped, and of every body whose route names no other limit.
const MAX_SMALL: usize = 64 * 1024;
/// Longest time for an answer once the body is there, or has stopped to come. A live stream counts only until it begins.
const PATIENCE: Duration = Duration::from_secs(60);

/// The policy of answers that are no pages.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// The routes and the document that describes them, made from the same lines. Each names its whole path: a nested router
/// would cut every request's address anew.
fn described(app: &App) -> (Router<App>, OpenApi) {
    let taking = |class: Class, most: usize| middleware::from_fn_with_state((app.clone(), class, most), guard);
    let class = |class: Class| taking(class, MAX_SMALL);
    let v1 = OpenApiRouter::new()
        .routes(routes!(config::show_config).layer(class(Class::Read)))
        .routes(routes!(content::show_schema).layer(class(Class::Read)))
        .routes(routes!(content::show_articles).layer(class(Class::Read)))
        .routes(routes!(content::show_faq).layer(class(Class::Read)))
        .routes(routes!(stats::create_stats).layer(class(Class::Write)))
        .routes(routes!(status::show_status).layer(class(Class::Read)))
        .routes(routes!(status::stream_pulse).layer(class(Class::Read)))
        .routes(routes!(status::create_notice).layer(class(Class::Desk)))
        .routes(routes!(status::end_notice).layer(class(Class::Desk)))
        .routes(routes!(stats::show_errors).layer(class(Class::Desk)))
        .routes(routes!(stats::show_articles).layer(class(Class::Desk)))
        .routes(routes!(reports::show_service).layer(class(Class::Desk)))
        .routes(routes!(satisfaction::show_satisfaction).layer(class(Class::Desk)))
        .routes(routes!(load::show_load).layer(class(Class::Desk)))
        .routes(routes!(challenges::create_challenge).layer(class(Class::Read)))
        .routes(routes!(uploads::create_upload).layer(taking(Class::Upload, MAX_FILE)))
        .routes(routes!(slices::append_slice, slices::show_partial).layer(taking(Class::Slice, MAX_FILE)))
        .routes(routes!(tickets::create_ticket).layer(taking(Class::Ticket, MAX_JSON)))
        .routes(routes!(tickets::list_tickets).layer(class(Class::Read)))
        .routes(routes!(tickets::show_ticket).layer(class(Class::Read)))
        .routes(routes!(events::stream_events).layer(class(Class::Read)))
        .routes(routes!(comments::create_comment).layer(class(Class::Write)))
        .routes(routes!(comments::create_action).layer(class(Class::Write)))
        .routes(routes!(rating::create_rating).layer(class(Class::Write)))
        .routes(routes!(letters::show_letters).layer(class(Class::Read)))
        .routes(routes!(letters::turn_letters).layer(class(Class::Write)))
        .routes(routes!(files::show_attachment).layer(class(Class::Read)))
        .routes(routes!(recover::create_recovery).layer(class(Class::Write)))
        .routes(routes!(recover::verify_recovery).layer(class(Class::Write)))
        .routes(routes!(desk::show_me).layer(class(Class::Desk)))
        .routes(routes!(desk::list_tickets).layer(class(Class::Desk)))
        .routes(routes!(desk::show_card).layer(class(Class::Desk)))
        .routes(routes!(desk::create_comment).layer(class(Class::Desk)))
        .routes(routes!(desk::create_transition).layer(class(Class::Desk)))
        .routes(routes!(desk::create_assignment).layer(class(Class::Desk)))
        .routes(routes!(moves::create_transfer).layer(class(Class::Desk)))
        .routes(routes!(moves::create_escalation).layer(class(Class::Desk)))
        .routes(routes!(moves::create_triage).layer(class(Class::Desk)))
        .routes(routes!(moves::create_link).layer(class(Class::Desk)))
        .routes(routes!(moves::create_merge).layer(class(Class::Desk)))
        .routes(routes!(desk::create_unmasking).layer(class(Class::Desk)))
        .routes(routes!(desk::create_upload).layer(taking(Class::Desk, MAX_FILE)))
        .routes(routes!(desk::show_attachment).layer(class(Class::Desk)));
    let info = InfoBuilder::new()
        .title("Подсказка")
        .description(Some("Support tickets of citizens: public part and operators' part (`/v1/desk`)."))
        .version(env!("CARGO_PKG_VERSION"));
    let bearer = |text: &str| {
        SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(text)).build())
    };
    let components = ComponentsBuilder::new()
        .security_scheme("ticket", bearer("`token` of the answer that created the ticket"))
        .security_scheme("identity", document::identity())
        .security_scheme("operator", bearer("token that `podskazka-server operator NAME` showed"))
        .build();
    let document = OpenApiBuilder::new().info(info).components(Some(components)).build();
    let (router, mut document) = OpenApiRouter::with_openapi(document).merge(v1).split_for_parts();
    document::complete(&mut document);
    (router, document)
}

/// Routes of the API.
pub fn api(app: App) -> Router {
    let (router, document) = described(&app);
    let mail = Router::new()
        .route("/mail/confirm", get(mail::show_confirm).post(mail::confirm))
        .route("/mail/stop", get(mail::show_stop).post(mail::stop))
        .layer(middleware::from_fn_with_state((app.clone(), Class::Write, MAX_SMALL), guard));
    let page = docs::page(&serde_json::to_value(&document).unwrap_or_default());
    let router = router
        .merge(mail)
        .route("/v1/openapi.json", get(async move || Json(document)))
        .route("/v1/docs", get(async move || docs::answer(page)))
        .route("/v1/docs.css", get(docs::show_style))
        .route("/v1/{*rest}", axum::routing::any(async || ApiError::NotFound))
        .method_not_allowed_fallback(async || ApiError::MethodNotAllowed)
        .layer(middleware::from_fn_with_state(app.clone(), around));
    router.with_state(app)
}

/// What stands around every handler: which sites may ask, the time an answer has, an answer where a handler broke off. One
/// layer, since axum copies all layers below each layer for every request.
async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    let patience = app.pace().body;
    cross_origin(&app, request, |request| in_time(request, next, patience)).await
}

async fn in_time(request: Request, next: Next, patience: Duration) -> Response {
    let progress = Progress::start();
    let request = request.map(|body| match body.is_end_stream() {
        true => body,
        false => Body::new(Paced::new(body, patience, progress.clone())),
    });
    let mut answer = pin!(AssertUnwindSafe(next.run(request)).catch_unwind());
    let mut response = loop {
        let end = progress.last() + PATIENCE;
        match tokio::time::timeout_at(end.into(), &mut answer).await {
            Ok(Ok(response)) => break response,
            Ok(Err(_)) => break ApiError::Internal.into_response(),
            // A body that moved meanwhile goes on.
            Err(_) if progress.last() + PATIENCE > end => {}
            Err(_) => break ApiError::Incomplete.into_response(),
        }
    };
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    // An answer that somebody opens as a page runs nothing and stands in no frame.
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(NOTHING));
    if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        page_headers(headers);
    }
    response
}
