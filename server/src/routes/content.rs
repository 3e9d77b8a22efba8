//! Form schemas and articles, with a tag: a page that has them asks only whether they changed. The article file is asked
//! for in two steps: which one is the current, and that one, which never changes.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use podskazka::faq::is_named_by_content;
use podskazka::wire::Problem;
use podskazka::wire::faq::FaqPointer;

use super::document::Octets;
use crate::app::App;
use crate::content::{Kind, media_type};
use crate::error::ApiError;
use crate::secret;
use crate::store::StoreError;

/// How long a page remembers what may change. Less for what it asks first: an editor who publishes is read a minute later.
const SOON: &str = "public, max-age=60";
const LATER: &str = "public, max-age=300";
const NEVER: &str = "public, max-age=31536000, immutable";

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

/// Tell which article file is the current one, and what readers made of its articles. 204: the server has no articles,
/// take those that came with the widget.
#[utoipa::path(get, path = "/v1/faq", tag = "public", params(("If-None-Match" = Option<String>, Header)),
    responses((status = 200, body = FaqPointer), (status = 204), (status = 304)))]
pub async fn show_articles(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let reading = app.clone();
    let pointer = tokio::task::spawn_blocking(move || {
        let (file, good) = reading.content().articles()?;
        let popular = reading.heard().popular(&good.articles);
        Some(FaqPointer { file, popular, pictures: reading.content().pictures() })
    });
    let Some(pointer) = pointer.await.map_err(|_| ApiError::Internal)? else {
        return Ok((StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, SOON)]).into_response());
    };
    let bytes = serde_json::to_vec(&pointer).map_err(StoreError::from)?;
    let tag = secret::hex(&secret::sha256(&[&bytes])).get(..32).unwrap_or_default().to_owned();
    Ok(tagged(&headers, &tag, "application/json", SOON, bytes.into()))
}

/// Give a file of the knowledge base. The article file never changes under the name that `/v1/faq` tells.
#[utoipa::path(get, path = "/v1/faq/{name}", tag = "public",
    params(("name" = String, Path, description = "`file` of `/v1/faq`, or the name of a file of the folder"),
        ("If-None-Match" = Option<String>, Header)),
    responses((status = 200, content((inline(Octets) = "application/octet-stream"), (inline(Octets) = "application/json"),
        (inline(Octets) = "image/svg+xml"), (inline(Octets) = "image/png"), (inline(Octets) = "image/webp"))), (status = 304),
        (status = 404, body = Problem)))]
pub async fn show_faq(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    give(app, Kind::Faq, name, &headers).await
}

async fn give(app: App, kind: Kind, name: String, headers: &HeaderMap) -> Result<Response, ApiError> {
    let media_type = media_type(kind, &name);
    let found = tokio::task::spawn_blocking(move || {
        let version = if kind == Kind::Faq { app.content().version(&name) } else { None };
        version.map(|good| (good, NEVER)).or_else(|| {
            let good = app.content().get(kind, &name)?;
            let cache = if is_named_by_content(&name, &good.bytes) { NEVER } else { LATER };
            Some((good, cache))
        })
    });
    let (good, cache) = found.await.map_err(|_| ApiError::Internal)?.ok_or(ApiError::NotFound)?;
    Ok(tagged(headers, &good.tag, media_type, cache, good.bytes))
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
