//! The service about itself, on its own port: alive, ready, figures, version.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::middleware;
use axum::response::IntoResponse;
use axum::routing::get;

use crate::app::App;
use crate::error::ApiError;
use crate::limits::{Class, guard};

/// The type of OpenMetrics text.
const METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Routes of the second port.
pub fn routes(app: App) -> Router {
    Router::new()
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/version", get(version))
        .with_state(app)
}

/// What the public port answers when there is no second one.
pub fn public(app: App) -> Router {
    Router::new()
        .route("/livez", get(live))
        .route("/readyz", get(ready))
        .layer(middleware::from_fn_with_state((app.clone(), Class::Read, 0), guard))
        .with_state(app)
}

async fn live() -> &'static str {
    "ok\n"
}

/// Ready once a write has reached the disk and a read has come back.
async fn ready(State(app): State<App>) -> Result<&'static str, ApiError> {
    app.store().ping().await?;
    Ok("ok\n")
}

async fn metrics(State(app): State<App>) -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, METRICS)],
        app.metrics().text(
            app.store().hub().waiting(),
            app.content().broken(),
            app.store().count_letters().await.ok(),
            app.store().count_calls().await.ok(),
        ),
    )
}

async fn version() -> &'static str {
    concat!(env!("CARGO_PKG_VERSION"), "\n")
}
