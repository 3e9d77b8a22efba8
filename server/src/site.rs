//! Static files, the headers of every answer, and which sites may ask.

use std::path::Path;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use tower_http::services::ServeDir;

use crate::app::App;
use crate::config::{Csp, Site};
use crate::error::{ApiError, REQUEST_ID};
use crate::secret;

/// Headers that a page of a site may send.
const ALLOWED_HEADERS: &str = "authorization, content-type, idempotency-key, if-none-match, last-event-id, upload-complete, upload-length, \
     upload-offset, x-altcha, x-identity, x-site-key";
/// Headers that a page of a site may read.
const EXPOSED_HEADERS: &str = "date, etag, idempotency-replayed, location, ratelimit, retry-after, upload-complete, upload-length, \
     upload-limit, upload-offset, x-request-id";

/// Longest page of the demo portal, in bytes; the longest today has 10 KB.
const MAX_PAGE: usize = 1 << 20;

/// The policy of the frame in which pictures are drawn: an SVG is drawn from `data:`, and nothing can leave.
const RASTER: &str = "default-src 'none'; script-src 'self'; img-src data:; style-src 'unsafe-inline'; font-src data:";

/// What no page of ours uses. The clipboard is not among it: the panel copies words.
const UNUSED: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

impl Csp {
    /// The policy of HTML pages.
    fn policy(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Csp::Wasm => {
                "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                 connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
            Csp::Js => {
                "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; \
                 connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
            }
        })
    }
}

/// The files of a folder; `index.html` answers for a folder.
pub fn files(www: Option<&Path>, csp: Csp) -> Router {
    let router = match www {
        Some(www) => Router::new().route("/portal/done", post(done)).fallback_service(ServeDir::new(www)),
        None => Router::new().fallback(async || StatusCode::NOT_FOUND),
    };
    router.layer(middleware::from_fn_with_state(csp, file_headers))
}

/// The demo portal's own forms end here: nothing is read, nothing is kept.
async fn done() -> Redirect {
    Redirect::to("/done.html")
}

/// A page under a policy without WebAssembly says so on its script tag, as a portal with such a policy does: then the
/// loader tries nothing.
async fn told_the_build(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    match axum::body::to_bytes(body, MAX_PAGE).await {
        Ok(bytes) => {
            let page = String::from_utf8_lossy(&bytes).replace(" data-site=", " data-build=\"js\" data-site=");
            Response::from_parts(parts, page.into())
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn file_headers(State(csp): State<Csp>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let (ours, raster) = (path.contains("/podskazka/"), path.ends_with("/raster.html"));
    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        let text = "Страница не найдена. Проверьте адрес или откройте начало сайта: /\n";
        response = (StatusCode::NOT_FOUND, text).into_response();
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    if kind.starts_with("text/html") {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            if raster { HeaderValue::from_static(RASTER) } else { csp.policy() },
        );
        if csp == Csp::Js && !raster {
            headers.remove(header::CONTENT_LENGTH);
            response = told_the_build(response).await;
        }
    }
    let headers = response.headers_mut();
    if kind.starts_with("text/html") {
        page_headers(headers);
    }
    if ours {
        // The widget's files are the same for everybody: pages of other origins load them, isolated pages too.
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    }
    if kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(value) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
    response
}

/// What a page of ours has besides its policy: no way to it from a window that opened it, and no device or place that
/// nothing of ours asks for. Into the frames of other origins the widget's own page of pictures goes all the same.
pub fn page_headers(headers: &mut HeaderMap) {
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("permissions-policy", HeaderValue::from_static(UNUSED));
}

/// Gives the request its number, writes one log line, adds the common headers. The line names the route, never the
/// address, a header or a body.
pub async fn every_answer(State(app): State<App>, request: Request, next: Next) -> Response {
    let Ok(number) = secret::random_u64() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let id = format!("{number:016x}");
    let route = request.extensions().get::<MatchedPath>().map_or("static", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let start = Instant::now();
    let mut response = REQUEST_ID.scope(id.clone(), next.run(request)).await;
    let (took, status) = (start.elapsed(), response.status().as_u16());
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request_id = id, %method, route, status, ms, "answered");
    app.metrics().answered(&route, method.as_str(), status, took);
    common_headers(response.headers_mut(), &id);
    response
}

fn common_headers(headers: &mut HeaderMap, id: &str) {
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(value) = HeaderValue::from_str(id) {
        headers.insert("x-request-id", value);
    }
}

/// `X-Site-Key` of a request.
pub fn site_key(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-site-key").and_then(|value| value.to_str().ok()).filter(|key| key.len() <= 100)
}

/// Lets pages of configured sites ask from their own origins, by exact match; without sites, only the same origin asks.
/// Origins are a hurdle for browsers alone: rights come from tokens. Operators and the links of a letter come from no page
/// of a site: what they may is in their token.
pub async fn cross_origin<F: Future<Output = Response>>(
    app: &App,
    request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    let path = request.uri().path();
    if app.sites().is_empty() || path.starts_with("/v1/desk") || path.starts_with("/mail/") {
        return answer(request).await;
    }
    let preflight = request.method() == Method::OPTIONS;
    let must_name_site = [Method::POST, Method::PATCH].contains(request.method());
    if must_name_site && !request.headers().contains_key(header::ORIGIN) {
        app.metrics().without_origin();
    }
    let mut response = match origin(app.sites(), request.headers(), preflight, must_name_site) {
        Err(error) => error.into_response(),
        Ok(origin) => {
            let mut response = if preflight { StatusCode::NO_CONTENT.into_response() } else { answer(request).await };
            if let Some(origin) = origin {
                allow(response.headers_mut(), origin, preflight);
            }
            response
        }
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
    response
}

/// The origin to answer to, `None` when the request has none, or the refusal.
fn origin(
    sites: &[Site],
    headers: &HeaderMap,
    preflight: bool,
    must_name_site: bool,
) -> Result<Option<HeaderValue>, ApiError> {
    let named = match site_key(headers) {
        Some(key) => Some(sites.iter().find(|site| site.key == key).ok_or(ApiError::UnknownSite)?),
        None if must_name_site => return Err(ApiError::UnknownSite),
        None => None,
    };
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else {
        return if preflight { Err(ApiError::ForeignOrigin) } else { Ok(None) };
    };
    let lists = |site: &Site| site.origins.iter().any(|it| it.as_bytes() == origin.as_bytes());
    let known = named.map_or_else(|| sites.iter().any(lists), lists);
    if known && origins.next().is_none() { Ok(Some(origin.clone())) } else { Err(ApiError::ForeignOrigin) }
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue, preflight: bool) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    if preflight {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD, PATCH, POST"));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(ALLOWED_HEADERS));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    } else {
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED_HEADERS));
    }
}
