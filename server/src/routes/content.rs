//! Form schemas and articles, with a tag: a page that has them asks only whether they changed.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use podskazka::wire::Problem;

use crate::app::App;
use crate::content::Kind;
use crate::error::ApiError;

/// Give the schema of a form.
#[utoipa::path(get, path = "/v1/schemas/{form}", tag = "public",
    params(("form" = String, Path), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = Object, content_type = "application/json"), (status = 304),
        (status = 404, body = Problem)))]
pub async fn show_schema(
    State(app): State<App>,
    Path(form): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    give(app, Kind::Schema, form, &headers).await
}

/// Give a file of the knowledge base.
#[utoipa::path(get, path = "/v1/faq/{name}", tag = "public",
    params(("name" = String, Path, description = "Such as faq.pdk"), ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 304),
        (status = 404, body = Problem)))]
pub async fn show_faq(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    give(app, Kind::Faq, name, &headers).await
}

async fn give(app: App, kind: Kind, name: String, headers: &HeaderMap) -> Result<Response, ApiError> {
    let json = kind == Kind::Schema || name.ends_with(".json");
    let good = tokio::task::spawn_blocking(move || app.content().get(kind, &name)).await;
    let good = good.map_err(|_| ApiError::Internal)?.ok_or(ApiError::NotFound)?;
    let media_type = if json { "application/json" } else { "application/octet-stream" };
    Ok(tagged(headers, &good.tag, media_type, "public, max-age=300", good.bytes))
}

/// The bytes with their tag, or 304 for a page that has them.
pub fn tagged(headers: &HeaderMap, tag: &str, media_type: &'static str, cache: &'static str, bytes: Bytes) -> Response {
    let quoted = format!("\"{tag}\"");
    let asked = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let mut asked = asked.flat_map(|list| list.split(',')).map(|it| it.trim().trim_start_matches("W/"));
    let mut response = if asked.any(|it| it == quoted || it == "*") {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type)], bytes).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    if let Ok(tag) = HeaderValue::from_str(&quoted) {
        headers.insert(header::ETAG, tag);
    }
    response
}
